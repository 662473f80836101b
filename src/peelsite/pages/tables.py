"""The table that each round makes of its bodies, from which other pages are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from peelsite.catalogue import Asked, Body, Catalogue, Finding, Question, Rating, Reply, Round
from peelsite.schema import BodyKind

KINDS: Final = (BodyKind.FORCE, BodyKind.UNIT, BodyKind.REGION)
COMPARED: Final = (BodyKind.FORCE, BodyKind.UNIT)
"""The kinds of which a reader may compare bodies; a region is never graded."""

FEWEST, MOST = 2, 6
"""How many bodies a reader may compare; ``compare.js`` refuses what this does not offer."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table says of a body on ``asked``: its ratings, newest first, or that there is none.

    Questions next to each other without a rating share one cell.
    """

    asked: tuple[Asked, ...]
    ratings: tuple[Rating, ...]

    @property
    def is_ungraded(self) -> bool:
        """Whether there is no rating because the round graded nobody on any of the questions."""
        return not self.ratings and all(each.ungraded for each in self.asked)


@dataclass(frozen=True, slots=True)
class Row:
    """What one round says of a body. ``ratings`` has those on each question it asked."""

    body: Body
    asked: tuple[Asked, ...]
    ratings: tuple[tuple[Rating, ...], ...]
    concerns: tuple[Finding, ...]
    praised: tuple[Finding, ...]
    replies: tuple[Reply, ...]

    @property
    def is_rated(self) -> bool:
        """Whether any rating of the body, or a reason for none, is held."""
        return any(self.ratings)

    @property
    def is_held(self) -> bool:
        """Whether anything that the round says of the body is held."""
        return bool(self.is_rated or self.concerns or self.praised or self.replies)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The row of the grid."""
        cells: list[Cell] = []
        for asked, ratings in zip(self.asked, self.ratings, strict=True):
            if cells and not ratings and not cells[-1].ratings:
                cells[-1] = Cell((*cells[-1].asked, asked), ())
            else:
                cells.append(Cell((asked,), ratings))
        return tuple(cells)

    def on(self, question: Question) -> tuple[Rating, ...]:
        """Return the ratings on a question that the round asked, newest first."""
        return self.ratings[[asked.question for asked in self.asked].index(question)]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the grid below one heading: bodies of one kind, of one region if that is said."""

    kind: BodyKind
    region: Body | None
    rows: tuple[Row, ...]

    @property
    def may_be_compared(self) -> bool:
        """Whether a reader may compare all bodies of the group."""
        return self.kind in COMPARED and FEWEST <= len(self.rows) <= MOST


def tables(catalogue: Catalogue) -> dict[Round, tuple[Row, ...]]:
    """Return the rounds, newest first, each with a row for every body, by kind and name."""
    newest_first = sorted(
        catalogue.rounds, key=lambda each: each.began.iso if each.began else "", reverse=True
    )
    return {
        round_: tuple(
            _row(catalogue, body, round_) for kind in KINDS for body in catalogue.of_kind(kind)
        )
        for round_ in newest_first
    }


def _row(catalogue: Catalogue, body: Body, round_: Round) -> Row:
    parts = [part for part in catalogue.parts_of(body) if part.inspection.round is round_]
    ratings = [each for each in catalogue.ratings_of(body) if each.inspection.round is round_]
    shared = [finding for part in parts for finding in part.shared]
    concerns = [finding for part in parts for finding in part.concerns]
    praised = [finding for part in parts for finding in part.praised]
    return Row(
        body,
        round_.asked,
        tuple(
            tuple(rating for rating in ratings if rating.question is question)
            for question in round_.questions
        ),
        (*concerns, *(finding for finding in shared if finding.is_concern)),
        (*praised, *(finding for finding in shared if not finding.is_concern)),
        tuple(reply for part in parts for reply in part.replies),
    )


def number_rated(rows: Iterable[Row]) -> int:
    """Return of how many bodies a rating, or a reason for none, is held."""
    return sum(row.is_rated for row in rows)


def alike_among(round_: Round, others: Iterable[Round]) -> tuple[Round, ...]:
    """Return those of ``others`` that a round may be compared with."""
    return tuple(
        each for each in others if each is not round_ and round_.may_be_compared_with(each)
    )


def by_kind(rows: Iterable[Row]) -> list[Group]:
    """Return the rows of each kind of which the round has a rating."""
    groups = [Group(kind, None, tuple(r for r in rows if r.body.kind is kind)) for kind in KINDS]
    return [group for group in groups if number_rated(group.rows)]


def by_region(catalogue: Catalogue, rows: Iterable[Row]) -> list[Group]:
    """Return the same with the forces and the units of each region apart."""
    regions = (*catalogue.of_kind(BodyKind.REGION), None)
    found = []
    for group in by_kind(rows):
        if group.kind is BodyKind.REGION:
            found.append(group)
            continue
        for region in regions:
            members = tuple(row for row in group.rows if row.body.region is region)
            found.append(Group(group.kind, region, members))
    return [group for group in found if group.rows]
