"""The shapes of the files in ``content/`` itself, field by field, as people write them."""

from __future__ import annotations

from typing import Any, Final

from peelsite.schema.fields import Day, Id, Line, Ref, Text, WhenIfKnown, described, former_ids
from peelsite.schema.record import Record
from peelsite.schema.sources import Source
from peelsite.schema.terms import Wording


class Asked(Record):
    """A question as one round asks it."""

    question: Ref = described("The question: an id in questions.yml.", "soc")
    wording: Line = described(
        "The question in full.", "How good is the force at tackling serious and organised crime?"
    )
    wording_is: Wording = described("Whether the words are HMICFRS's own.", "paraphrase")


class Round(Record):
    """What was asked in one round of inspections, and what it may be compared with."""

    label: Line = described("The name of the round.", "PEEL 2021/22")
    programme: Line = described("The series of inspections that it is a part of.", "PEEL")
    summary: Text = described("What the round is.", "The first round on the five-grade scale.")
    began: WhenIfKnown = described("When it began, or not-known.", "2021-04-21")
    scale: Ref = described("The scale of its grades: an id in scales.yml.", "peel-5")
    asked: tuple[Asked, ...] = described("What was asked, in order.", [], min_length=1)
    ungraded: tuple[Ref, ...] = described(
        "Questions that the round asked and did not grade.", ["soc"], default=()
    )
    comparable_with: tuple[Ref, ...] = described(
        "Rounds it may be compared with.", ["peel-2016"], default=()
    )
    comparability: Text = described(
        "Why it may or may not be compared.", "HMICFRS changed the scale after it."
    )
    break_: Line | None = described(
        "Why not with other rounds of its programme, in one sentence for the history of a body; "
        "of two rounds that may not be compared, the newer one's sentence stands there, or else "
        "the older one's.",
        "HMICFRS says that these grades cannot be compared with those before.",
        default=None,
    )
    comparability_source: Source = described("Where that was read.", {})
    source: Source = described("Where that was read.", {})
    moved_from: tuple[Id, ...] = former_ids("peel-2021-22")


class Question(Record):
    """Something that inspectors ask of every body in a round."""

    label: Line = described("The question in a word or two.", "Serious and organised crime")
    meaning: Line = described(
        "What it asks, in our words.", "How the force tackles serious and organised crime."
    )
    source: Source = described("Where it was read.", {})
    moved_from: tuple[Id, ...] = former_ids("organised-crime")


class Grade(Record):
    """One step of a scale."""

    id: Id = described("How the grade is written in inspections.", "requires-improvement")
    label: Line = described("The grade as HMICFRS writes it.", "Requires improvement")
    meaning: Line = described(
        "What it means, in our own words.", "There is much that the body should improve."
    )


class Scale(Record):
    """The grades of a round, best first."""

    label: Line = described("The name of the scale.", "Five grades, since 2021/22")
    summary: Text = described(
        "When it was used and what to mind.", "HMICFRS has used it since its 2021/22 round."
    )
    grades: tuple[Grade, ...] = described("The grades, best first.", [], min_length=2)
    source: Source = described("Where the meanings were read.", {})


class Theme(Record):
    """What findings can be about, across bodies."""

    label: Line = described("The theme's name.", "Workload and staffing")
    meaning: Line = described("What belongs to it.", "Whether there are enough people.")
    moved_from: tuple[Id, ...] = former_ids("staffing")


class GlossaryTerm(Record):
    """An abbreviation or a word of the field."""

    label: Line = described("The abbreviation or word.", "POLIT")
    stands_for: Line | None = described(
        "The long form.", "Paedophile Online Investigation Team", default=None
    )
    meaning: Text = described(
        "What it is, in plain words.", "A team that investigates abuse of children online."
    )


class Correction(Record):
    """Something that this site had wrong, and what it says now."""

    date: Day = described("When it was put right.", "2026-11-23")
    about: tuple[Ref, ...] = described(
        "What it stood on: addresses of bodies, inspections and findings on this site.",
        ["inspections/2022-12-07-north-east-soc#durham-systems-and-people"],
        min_length=1,
    )
    was: Text = described("What was wrong.", "We gave the grade as good.")
    now: Text = described("What is right.", "The report says outstanding.")
    note: Text | None = described(
        "How it came about, or who pointed it out.", "A reader wrote to us.", default=None
    )


VOCABULARIES: Final[dict[str, Any]] = {
    "rounds": dict[Id, Round],
    "questions": dict[Id, Question],
    "scales": dict[Id, Scale],
    "themes": dict[Id, Theme],
    "glossary": dict[Id, GlossaryTerm],
    "corrections": dict[Id, Correction],
}
"""The files that are one mapping from ids to entries, by name, with their shape."""
