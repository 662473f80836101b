"""The rules that need more than one field or more than one file.

``RULES`` is the list of them: a rule is a function that looks at the whole content and gives a
problem for each thing that breaks it, and its docstring is the rule in one sentence. What breaks
one of ``WARNINGS`` is told by ``peelsite check`` too, and stops no build.

``names``    whatever is named is there
``sense``    what is written fits together
``ratings``  ratings, and the rounds they belong to
``following``  what follows a report: repeats, responses and corrections
``moved``    ids of before lead to one place
``doubts``   what is likely to be a slip, and may be meant
``walk``     the parts of the content that rules look at
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final, TypeAlias

from peelsite.checks.doubts import press_only, summary_short, updated_after_report, words_sober
from peelsite.checks.following import (
    checked_on_web_page,
    checked_when_published,
    known_addresses,
    known_repeats,
    policing_body_of_force,
    repeats_earlier,
    response_after_report,
    response_of_force,
    response_or_search,
)
from peelsite.checks.moved import moved_anchors_free, moved_from_free
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
    addresses_differ,
    asked_once,
    claimed_by_body,
    dating_has_date,
    listed_once,
    name_in_date_order,
    named_once,
    present_name_first,
    published_when_read,
    read_after_published,
    read_already,
    source_cited_once,
    sources_told_alike,
    sources_used,
    updates_in_order,
)
from peelsite.load import Content
from peelsite.problems import TOLD_AT_ONCE, Problem, in_order

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
    published_when_read,
    read_after_published,
    read_already,
    named_once,
    addresses_differ,
    listed_once,
    asked_once,
    claimed_by_body,
    updates_in_order,
    dating_has_date,
    known_repeats,
    repeats_earlier,
    policing_body_of_force,
    response_of_force,
    response_or_search,
    response_after_report,
    checked_on_web_page,
    checked_when_published,
    known_addresses,
    moved_from_free,
    moved_anchors_free,
)
"""What must hold."""


WARNINGS: Final[tuple[Rule, ...]] = (
    press_only,
    summary_short,
    updated_after_report,
    words_sober,
)
"""What should hold, unless there is a reason."""


def check(content: Content) -> tuple[Problem, ...]:
    """Return every problem of ``content``: those met in reading and those the rules find."""
    return in_order(_told_once(every_problem(content)))


def warn(content: Content) -> tuple[Problem, ...]:
    """Return what may be a slip in ``content`` and stops no build."""
    found = (replace(each, is_warning=True) for rule in WARNINGS for each in _first(rule(content)))
    met = (problem for problem in content.problems if problem.is_warning)
    return in_order([*met, *_told_once(in_order(found))])


def every_problem(content: Content) -> tuple[Problem, ...]:
    """Return every problem of ``content``, and each as often as there is a place for it.

    Of very many that break one rule it is the first.
    """
    met = (problem for problem in content.problems if not problem.is_warning)
    return in_order([*met, *(problem for rule in RULES for problem in _first(rule(content)))])


def _first(problems: Iterator[Problem]) -> Iterator[Problem]:
    """Give the first of the problems that a rule finds: looking for what was meant takes time."""
    return islice(problems, TOLD_AT_ONCE)


def _told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Tell what a file is likely to have often once for each file, with the other lines."""
    alike: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[problem.path, problem.rule, problem.message].append(problem)
    for first, *others in alike.values():
        if first.rule not in _ALSO or not others:
            yield from (first, *others)
            continue
        lines = [str(other.line) for other in others]
        listed = ", ".join(lines[:_LINES])
        if len(lines) > _LINES:
            listed += f" and {len(lines) - _LINES} more"
        also = _ALSO[first.rule].format(f"{'line' if len(lines) == 1 else 'lines'} {listed}")
        yield replace(first, message=f"{first.message} {also}")


_ALSO: Final = {
    "unknown-id": "It stands on {} too.",
    "press-only": "It is the same on {}.",
}
"""What is told once for each file, with what is said of the other lines."""

_LINES: Final = 8
"""Line numbers that are listed in a sentence."""
