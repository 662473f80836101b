"""One body's ratings on one question through the rounds, with the breaks between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from peelsite.catalogue.records import Rating
from peelsite.catalogue.said import Source
from peelsite.catalogue.vocabulary import Question, Round

IN_A_ROW: Final = 6
"""Ratings that are drawn side by side, which is what fits on a phone; others begin a new row."""


@dataclass(frozen=True, slots=True)
class Break:
    """Why a rating may not be compared with the one before it: a sentence, and what we read."""

    reason: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A rating, with the break (if any) between it and the next newer one."""

    rating: Rating
    break_: Break | None


@dataclass(frozen=True, slots=True)
class Point:
    """A rating as it is drawn, ``column`` and ``row`` counted from the oldest.

    ``label`` and ``marks`` are the words below it. A line may lead to the rating before it
    (``joined``) and from it to the one after it (``joined_on``), or a break stands before it.
    """

    rating: Rating
    column: int
    row: int
    label: str
    marks: tuple[str, ...]
    steps: int
    joined: bool
    joined_on: bool
    broken: bool


@dataclass(frozen=True, slots=True)
class History:
    """A body's ratings on one question: ``entries`` newest first, ``points`` oldest first.

    There are no points where there is nothing to draw: one rating only, or no grade.
    """

    question: Question
    entries: tuple[Entry, ...]
    points: tuple[Point, ...]

    @property
    def columns(self) -> int:
        """The points of the longest row."""
        return min(len(self.points), IN_A_ROW)

    @property
    def rows(self) -> int:
        """The rows of points."""
        return -(-len(self.points) // IN_A_ROW)

    @property
    def marks(self) -> int:
        """The most marks that one point has."""
        return max((len(point.marks) for point in self.points), default=0)


def histories(ratings: Iterable[Rating]) -> list[History]:
    """Return the history of each question in the ``ratings`` of one body, newest first."""
    by_question: dict[Question, list[Rating]] = defaultdict(list)
    for rating in newest_first(ratings):
        by_question[rating.question].append(rating)
    return [_history(question, found) for question, found in by_question.items()]


def newest_first(ratings: Iterable[Rating]) -> list[Rating]:
    """Return the ratings of one body, newest first.

    One of unknown date stands where its round began, and after what is known to have been
    published in earlier rounds of the same programme.
    """
    known = tuple(ratings)
    return sorted(known, key=lambda rating: _when(rating, known), reverse=True)


def _when(rating: Rating, others: Iterable[Rating]) -> tuple[str, str, str]:
    """Return what to sort a rating by: when, then when its round began, then the round."""
    round_ = rating.inspection.round
    began = round_.began.iso if round_.began else ""
    if rating.published:
        return rating.published.iso, began, round_.id
    earlier = [
        other.published.iso
        for other in others
        if other.published and _is_earlier_round(other.inspection.round, round_)
    ]
    return max([began, *earlier]), began, round_.id


def _is_earlier_round(one: Round, other: Round) -> bool:
    """Whether ``one`` surely began before ``other``, a round of the same programme."""
    if one.programme != other.programme or one.began is None or other.began is None:
        return False
    return one.began.is_before(other.began)


def _history(question: Question, ratings: list[Rating]) -> History:
    older = [*ratings[1:], None]
    newer = [None, *ratings[:-1]]
    entries = tuple(
        Entry(rating, break_between(one, rating) if one else None)
        for one, rating in zip(newer, ratings, strict=True)
    )
    triples = list(zip(older, ratings, newer, strict=True))[::-1]
    is_drawn = len(ratings) > 1 and any(rating.grade for rating in ratings)
    points = tuple(_point(index, *each) for index, each in enumerate(triples)) if is_drawn else ()
    return History(question, entries, points)


def break_between(newer: Rating, older: Rating) -> Break | None:
    """Return the break between two ratings, or None if all that they rest on may be compared."""
    for one in _rounds(newer):
        for other in _rounds(older):
            if not one.may_be_compared_with(other):
                return _break(one, other)
    return None


def _rounds(rating: Rating) -> tuple[Round, ...]:
    """Return the rounds that a rating rests on: its own, and the one it was carried over from."""
    origin = rating.carried_over_from
    return (rating.inspection.round, *((origin.round,) if origin else ()))


def _break(newer: Round, older: Round) -> Break:
    both = tuple(dict.fromkeys((newer.comparability_source, older.comparability_source)))
    if newer.programme != older.programme:
        return Break(
            f"“{newer.programme}” and “{older.programme}” are two kinds of inspection, and we "
            "have read nothing in which HMICFRS allows a comparison of one with the other.",
            both,
        )
    for round_ in (newer, older):
        if round_.break_:
            return Break(round_.break_, (round_.comparability_source,))
    return Break(
        "We have read nothing in which HMICFRS allows a comparison of the two rounds.", both
    )


def may_be_joined(newer: Rating | None, older: Rating | None) -> bool:
    """Whether a line may join two ratings.

    Both have a grade, nothing that they rest on is barred from comparison, and which of the two
    came first is sure.
    """
    if not (newer and older and newer.grade and older.grade):
        return False
    return break_between(newer, older) is None and _is_surely_later(newer, older)


def _is_surely_later(newer: Rating, older: Rating) -> bool:
    if newer.published and older.published and older.published.is_before(newer.published):
        return True
    return _is_earlier_round(older.inspection.round, newer.inspection.round)


def _point(index: int, older: Rating | None, rating: Rating, newer: Rating | None) -> Point:
    return Point(
        rating=rating,
        column=index % IN_A_ROW,
        row=index // IN_A_ROW,
        label=rating.published.iso[:4] if rating.published else "undated",
        marks=tuple(_marks(rating)),
        steps=rating.grade.steps if rating.grade else 0,
        joined=may_be_joined(rating, older),
        joined_on=may_be_joined(newer, rating),
        broken=older is not None and break_between(rating, older) is not None,
    )


def _marks(rating: Rating) -> Iterator[str]:
    """Give the words, short enough to stand below a point, for what must not be overlooked."""
    if rating.grade is None:
        yield "no grade"
    if rating.carried_over_from:
        yield from ("carried", "over")
    if rating.uncertain:
        yield "uncertain"
