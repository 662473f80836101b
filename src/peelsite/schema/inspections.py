"""The shape of a file in ``content/inspections/``, field by field, as people write it."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from peelsite.schema.fields import (
    Id,
    Line,
    Ref,
    Text,
    WhenIfKnown,
    WhenKnown,
    described,
    former_ids,
)
from peelsite.schema.record import Record
from peelsite.schema.sources import Looked, Quote, Source, Sourced, Statement
from peelsite.schema.terms import Absence, Dating, Label, Speaker, Status


class Rating(Sourced):
    """A grade on one question, or the reason why there is none."""

    question: Ref = described("The question: an id in questions.yml.", "soc")
    grade: Ref | None = described(
        "The grade: an id on the scale of the round.", "good", default=None
    )
    not_graded: Absence | None = described(
        "Why there is no grade, in place of one.", "inspected-not-graded", default=None
    )
    published: WhenKnown | None = described(
        "When this grade was published, if not with the inspection.", "2022-12-07", default=None
    )
    published_is: Dating = described("What that date rests on.", "page-date", default=Dating.STATED)
    carried_over_from: Ref | None = described(
        "The earlier inspection that gave this grade, if it was carried over.",
        "2021-10-27-durham-peel",
        default=None,
    )
    uncertain: Text | None = described(
        "What is doubtful about the rating itself.",
        "We have found this grade in one newspaper only.",
        default=None,
    )
    note: Text | None = described(
        "A doubt or a circumstance.", "The body asked for a review of it.", default=None
    )

    @model_validator(mode="after")
    def _grade_or_reason(self) -> Self:
        if (self.grade is None) == (self.not_graded is None):
            raise PydanticCustomError("grade-or-reason", "")
        return self


class Update(Sourced):
    """What somebody said later about a concern."""

    date: WhenKnown = described("When it was said.", "2023-09-21")
    speaker: Speaker = described("Who says it.", "inspectors")
    status: Status | None = described(
        "How the concern stands, as they say.", "closed", default=None
    )
    summary: Text = described("What they say, in our own words.", "The team has been enlarged.")
    quotes: tuple[Quote, ...] = described("Exact words.", [], default=())


class Finding(Sourced):
    """Something the inspectors praised or were concerned about."""

    id: Id = described("Its permanent name within this body's part of the file.", "polit-workload")
    title: Line = described("What it is about, soberly and in our words.", "Workload of the team")
    summary: Text = described(
        "What inspectors found, in our own words.",
        "The team could not cope with the number of referrals.",
    )
    label: Label = described("The report's own category, or not-stated.", "area-for-improvement")
    themes: tuple[Ref, ...] = described("Ids in themes.yml.", ["workload"], default=())
    shared_with: tuple[Ref, ...] = described(
        "Other bodies that the finding is about as much.", ["north-east"], default=()
    )
    quotes: tuple[Quote, ...] = described("Exact words.", [], default=())
    further: tuple[Statement, ...] = described(
        "What other sources add, each with its own source.", [], default=()
    )
    repeats: tuple[Ref, ...] = described(
        "Earlier findings that say the same: the end of each one's address on this site.",
        ["2021-10-27-durham-peel#durham-vetting"],
        default=(),
    )
    said_before: tuple[Statement, ...] = described(
        "Who says that it had been said before, where we do not hold the earlier finding.",
        [],
        default=(),
    )
    note: Text | None = described(
        "What we do not know about it.", "We have not read the report.", default=None
    )
    moved_from: tuple[Id, ...] = former_ids("polit-capacity")


class Concern(Finding):
    """Something the inspectors were concerned about."""

    updates: tuple[Update, ...] = described("What was said later, oldest first.", [], default=())


class Spoken(Sourced):
    """Something that a body, or whoever oversees it, says."""

    speaker: Speaker = described("Who says it.", "force")
    by: Line = described("The office of whoever spoke.", "Head of crime, Northumbria Police")
    date: WhenIfKnown = described("When it was said, or not-known.", "2022-12-07")
    summary: Text = described(
        "What they say, in our own words.", "The force will enlarge the team."
    )
    quotes: tuple[Quote, ...] = described("Exact words.", [], default=())


class Claim(Spoken):
    """Something the body says of its own work, which the inspectors are not shown to have said."""

    id: Id = described("Its permanent name within this body's part of the file.", "courier-fraud")
    title: Line = described("What the claim is about.", "Work against courier fraud")
    themes: tuple[Ref, ...] = described("Ids in themes.yml.", ["fraud"], default=())
    note: Text | None = described(
        "What we do not know about it.", "We have not read the report.", default=None
    )
    moved_from: tuple[Id, ...] = former_ids("fraud-by-courier")


class Reply(Spoken):
    """What a body, or whoever oversees it, says in answer to the report."""


class Response(Sourced):
    """What the local policing body published under section 55 of the Police Act 1996."""

    published: WhenIfKnown = described("When it was published, or not-known.", "2023-01-31")
    summary: Text | None = described(
        "What it says, in our own words.", "The commissioner will follow the plan.", default=None
    )
    note: Text | None = described(
        "What we do not know about it.", "The page has no date.", default=None
    )


class NotFound(Looked):
    """A response that was looked for and not found."""

    note: Text | None = described(
        "What could not be looked at.", "The list of replies was not seen.", default=None
    )


class BodyPart(Record):
    """What one inspection says about one body."""

    ratings: tuple[Rating, ...] = described("One for each question asked.", [], default=())
    praised: tuple[Finding, ...] = described("What inspectors praised.", [], default=())
    concerns: tuple[Concern, ...] = described("What concerned inspectors.", [], default=())
    claims: tuple[Claim, ...] = described("What the body says of its own work.", [], default=())
    replies: tuple[Reply, ...] = described("What was said in answer.", [], default=())
    response: Response | None = described(
        "What the local policing body published in answer, as section 55 of the Police Act 1996 "
        "asks of it (for a force).",
        {"published": "2023-01-31", "source": "pcc"},
        default=None,
    )
    response_not_found: NotFound | None = described(
        "That such a response was looked for and not found, in place of one.",
        {"looked": "2026-11-23", "looked-in": ["pcc"]},
        default=None,
    )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What inspectors found, praise and concern alike."""
        return (*self.concerns, *self.praised)


class Difference(Record):
    """Something on which sources differ, or which one of them leaves out."""

    title: Line = described("What they differ on.", "Number of warrants")
    statements: tuple[Statement, ...] = described("What each says.", [], min_length=1)
    note: Text | None = described(
        "How this site deals with it.", "The page shows both counts.", default=None
    )


class Gap(Looked):
    """Something that is not known, with where and when it was looked for."""

    summary: Text = described("What is not known.", "When inspectors did their fieldwork.")


class Inspection(Record):
    """``inspections/<id>.yml``: one published report."""

    title: Line = described("The title of the report, exactly.", "PEEL 2021/22: Durham")
    short: Line = described("A name for tables and links.", "North East, organised crime, 2022")
    round: Ref = described("The round: an id in rounds.yml.", "soc-2022")
    published: WhenIfKnown = described("When the report was published, or not-known.", "2022-12-07")
    published_is: Dating = described("What that date rests on.", "page-date", default=Dating.STATED)
    fieldwork: WhenIfKnown = described("When inspectors were there, or not-known.", "2022-06")
    about: tuple[Statement, ...] = described("What kind of inspection it was.", [], default=())
    sources: dict[Id, Source] = described("What was read; cited by key.", {})
    bodies: dict[Ref, BodyPart] = described("What it says about each body, by the body's id.", {})
    differences: tuple[Difference, ...] = described("Where sources differ.", [], default=())
    not_known: tuple[Gap, ...] = described("What we looked for and did not find.", [], default=())
    moved_from: tuple[Id, ...] = former_ids("2022-12-07-north-east")
