"""What all inspections share: rounds, questions and grades, themes, and the words of the field."""

from __future__ import annotations

from dataclasses import dataclass

from peelsite.catalogue.said import Source
from peelsite.schema import When, Wording


@dataclass(frozen=True, slots=True)
class Grade:
    """A step of a scale: the ``filled`` of ``steps`` segments are filled."""

    id: str
    label: str
    meaning: str
    filled: int
    steps: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades of a round, best first."""

    id: str
    label: str
    summary: str
    grades: tuple[Grade, ...]
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Something that inspectors ask of every body in a round."""

    id: str
    label: str
    meaning: str
    source: Source
    moved_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one round asks it."""

    question: Question
    wording: str
    wording_is: Wording
    ungraded: bool


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A round of inspections. ``comparable_with`` are the ids of rounds it may be compared with."""

    id: str
    label: str
    programme: str
    summary: str
    began: When | None
    scale: Scale
    asked: tuple[Asked, ...]
    comparable_with: tuple[str, ...]
    comparability: str
    break_: str | None
    comparability_source: Source
    source: Source
    moved_from: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that it asks, in its order."""
        return tuple(asked.question for asked in self.asked)

    def may_be_compared_with(self, other: Round) -> bool:
        """Whether grades of the two rounds may stand beside each other as like with like."""
        return self is other or other.id in self.comparable_with or self.id in other.comparable_with

    def asks(self, question: Question) -> Asked:
        """Return ``question`` as this round asks it. Raises StopIteration if it does not."""
        return next(asked for asked in self.asked if asked.question is question)


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """What findings can be about, across bodies."""

    id: str
    label: str
    meaning: str
    moved_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field. ``stands_for`` is the long form of an abbreviation."""

    id: str
    label: str
    stands_for: str | None
    meaning: str
