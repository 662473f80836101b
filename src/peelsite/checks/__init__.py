"""The rules that need more than one field or more than one file.

``RULES`` is the list of them: a rule is a function that looks at the whole content and gives a
problem for each thing that breaks it, and its docstring is the rule in one sentence.

``names``    whatever is named is there
``sense``    what is written fits together
``ratings``  ratings, and the rounds they belong to
``walk``     the parts of the content that rules look at
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from peelsite.checks.names import (
    known_bodies,
    known_comparable_rounds,
    known_forces,
    known_origin,
    known_questions,
    known_regions,
    known_round,
    known_scale,
    known_sources,
    known_themes,
    shared_with_others,
)
from peelsite.checks.ratings import (
    comparable_on_one_scale,
    grade_on_scale,
    origin_earlier,
    origin_holds_grade,
    rated_in_round,
    rated_once,
    rated_question,
    region_not_graded,
    ungraded_question,
)
from peelsite.checks.sense import (
    claimed_by_body,
    name_in_date_order,
    named_once,
    present_name_first,
    read_after_published,
    source_cited_once,
    sources_told_alike,
    sources_used,
    updates_in_order,
)
from peelsite.load import Content
from peelsite.problems import Problem, in_order

Rule: TypeAlias = Callable[[Content], Iterator[Problem]]

RULES: Final[tuple[Rule, ...]] = (
    known_round,
    known_scale,
    known_questions,
    known_comparable_rounds,
    known_bodies,
    known_regions,
    known_forces,
    known_sources,
    known_themes,
    known_origin,
    comparable_on_one_scale,
    rated_question,
    ungraded_question,
    grade_on_scale,
    region_not_graded,
    rated_once,
    rated_in_round,
    origin_earlier,
    origin_holds_grade,
    shared_with_others,
    present_name_first,
    name_in_date_order,
    source_cited_once,
    sources_used,
    sources_told_alike,
    read_after_published,
    named_once,
    claimed_by_body,
    updates_in_order,
)


def check(content: Content) -> tuple[Problem, ...]:
    """Return every problem of ``content``: those met in reading and those the rules find."""
    found = in_order(problem for rule in RULES for problem in rule(content))
    return in_order([*content.problems, *_told_once(found)])


def _told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Tell an id that is not known once for each file, with the other lines it stands on."""
    alike: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[problem.path, problem.rule, problem.message].append(problem)
    for first, *others in alike.values():
        if first.rule != "unknown-id" or not others:
            yield from (first, *others)
            continue
        lines = [str(other.line) for other in others]
        listed = ", ".join(lines[:_LINES])
        if len(lines) > _LINES:
            listed += f" and {len(lines) - _LINES} more"
        also = f"It stands on {'line' if len(lines) == 1 else 'lines'} {listed} too."
        yield replace(first, message=f"{first.message} {also}")


_LINES: Final = 8
"""Line numbers that are listed in a sentence."""
