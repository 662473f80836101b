"""What ``peelsite check --summary`` prints."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from peelsite.catalogue import Body, Coverage, Question, Summary
from peelsite.problems import count

WIDTH: Final = 100
"""Columns that the lines of a summary keep to."""


def told(summary: Summary) -> Iterator[str]:
    """Give the lines of a summary: the counts, then a paragraph for each round."""
    counts = list(_counts(summary))
    label_width = max(len(label) for label, _ in counts)
    number_width = max(len(str(number)) for _, number in counts)
    for label, number in counts:
        yield f"{label:{label_width}}  {number:{number_width}}"
    for coverage in summary.coverage:
        yield ""
        yield from _round(coverage)


def _counts(summary: Summary) -> Iterator[tuple[str, int]]:
    """Give what is counted, the parts of a number indented below it."""
    yield "Bodies", sum(summary.bodies.values())
    for kind, number in summary.bodies.items():
        yield f"  {kind.label}", number
    yield "Rounds", summary.rounds
    yield "Inspections", summary.inspections
    yield "Ratings", summary.graded + sum(summary.not_graded.values())
    yield "  Graded", summary.graded
    for absence, number in summary.not_graded.items():
        yield f"  No grade: {absence.label}", number
    yield "Carried-over grades, not counted again", summary.carried_over
    yield "Findings", summary.concerns + summary.praised
    yield "  Concerns", summary.concerns
    yield "  Praised", summary.praised
    yield "Claims", summary.claims
    yield "Replies", summary.replies
    yield "Sources", sum(summary.sources.values())
    for source, number in summary.sources.items():
        yield f"  {source.label}", number
    yield "Statements", sum(summary.statements.values())
    for evidence, number in summary.statements.items():
        yield f"  {evidence.label}", number


def _round(coverage: Coverage) -> Iterator[str]:
    """Give the lines on one round: how many are known of, who is not, and who is in part."""
    yield coverage.round.label
    known = [
        f"{each.count} of {count(each.of, each.kind.label.lower())}" for each in coverage.rated
    ]
    yield from _wrapped(f"In our sources: {', '.join(known) or 'no body'}.")
    if coverage.missing:
        yield from _wrapped(f"No rating in our sources for: {_names(coverage.missing)}.")
    for partly in coverage.partly:
        lacking = _labels(partly.questions)
        yield from _wrapped(f"{_names(partly.bodies)}: no rating in our sources for {lacking}.")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )


def _names(bodies: Iterable[Body]) -> str:
    return ", ".join(body.short for body in bodies)


def _labels(questions: Iterable[Question]) -> str:
    return "; ".join(question.label for question in questions)
