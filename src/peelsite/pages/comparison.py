"""The page on which readers compare bodies, and what it holds for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from peelsite.catalogue import Body, Catalogue, Question, Rating, Round
from peelsite.pages.modified import modified
from peelsite.pages.page import Page
from peelsite.pages.tables import COMPARED, Row, alike_among, number_rated, tables
from peelsite.schema import BodyKind, Evidence, Wording

MOST_TOLD: Final = 5
"""Concerns of a body that the page holds of a round, and as much praised work and replies."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rating as the comparison holds it: what many ratings share is held once, with a number.

    ``numbers`` are those of the chip of its grade, of the words on when and where it was read
    and, if there is more to say of it, of that.
    """

    question: Question
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What the comparison holds of one round: the bodies of which anything is known, and no other.

    ``alike`` are the rounds that it may be compared with.
    """

    round: Round
    alike: tuple[Round, ...]
    rows: tuple[tuple[Row, tuple[Entry, ...]], ...]


def compare(catalogue: Catalogue) -> Page:
    """Return the page on which a reader picks bodies, a round and a question."""
    of_rounds = tables(catalogue)
    ratings = [
        rating
        for rows in of_rounds.values()
        for row in rows
        if row.body.kind in COMPARED
        for of_question in row.ratings
        for rating in of_question
    ]
    shared = [_Shared(ratings, key) for key in (_chip, _read, _note)]
    held = {
        round_: tuple(
            (row, tuple(_entries(row, shared)))
            for row in rows
            if row.is_held and row.body.kind in COMPARED
        )
        for round_, rows in of_rounds.items()
    }
    chips, read, notes = (each.numbered for each in shared)
    return Page(
        "compare",
        "Compare",
        "Compare bodies",
        "Set two to six forces or units side by side, in one round of inspections, like with like.",
        "pages/compare.html",
        {
            "kinds": [
                (BodyKind.FORCE, _regions(catalogue.of_kind(BodyKind.FORCE))),
                (BodyKind.UNIT, [(None, catalogue.of_kind(BodyKind.UNIT))]),
            ],
            "bodies": [body for kind in COMPARED for body in catalogue.of_kind(kind)],
            "rounds": [
                Held(each, alike_among(each, of_rounds), rows) for each, rows in held.items()
            ],
            "first": max(of_rounds, key=lambda each: number_rated(of_rounds[each]), default=None),
            "questions": catalogue.questions,
            "wordings": list(Wording),
            "evidences": list(Evidence),
            "chips": chips,
            "read": read,
            "notes": notes,
            "most_told": MOST_TOLD,
        },
        modified=modified([*catalogue.rounds, *catalogue.questions, *ratings]),
    )


class _Shared:
    """Numbers what ratings have in common, as far as ``key`` gives anything for them."""

    def __init__(self, ratings: Iterable[Rating], key: Callable[[Rating], object]) -> None:
        self._key = key
        self._numbers: dict[object, int] = {}
        self.numbered: list[tuple[int, Rating]] = []
        for rating in ratings:
            if key(rating) is not None and key(rating) not in self._numbers:
                self.numbered.append((len(self._numbers), rating))
                self._numbers[key(rating)] = len(self._numbers)

    def number(self, rating: Rating) -> int | None:
        """Return the number of what ``rating`` shares with others, or None for nothing."""
        return self._numbers.get(self._key(rating))


def _entries(row: Row, shared: Iterable[_Shared]) -> Iterator[Entry]:
    for asked, ratings in zip(row.asked, row.ratings, strict=True):
        for rating in ratings:
            numbers = (each.number(rating) for each in shared)
            yield Entry(asked.question, tuple(each for each in numbers if each is not None))


def _chip(rating: Rating) -> object:
    return rating.absence or rating.grade


def _read(rating: Rating) -> object:
    return rating.published, rating.published_is, rating.said.source, rating.said.best


def _note(rating: Rating) -> object:
    note = rating.carried_over_from, rating.uncertain, rating.note
    return note if any(note) else None


def _regions(bodies: tuple[Body, ...]) -> list[tuple[Body | None, list[Body]]]:
    """Return ``bodies`` by region, in the order of the regions' names."""
    regions = dict.fromkeys(body.region for body in bodies)
    return [
        (region, [body for body in bodies if body.region is region])
        for region in sorted(regions, key=lambda each: each.name if each else "")
    ]
