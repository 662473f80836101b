"""The shape of each file in ``content/``, field by field, as people write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from peelsite.schema.fields import (
    Day,
    Id,
    Line,
    Quotation,
    Ref,
    Text,
    Url,
    WhenIfKnown,
    WhenKnown,
    WhenOrPresent,
    described,
)
from peelsite.schema.record import Record
from peelsite.schema.terms import (
    Absence,
    BodyKind,
    Dating,
    Label,
    SourceKind,
    Speaker,
    Status,
    Wording,
)


def _moved_from(example: str) -> Any:
    """Describe the field for ids of before, of whatever has an address made of its id."""
    meaning = "Ids under which this had an address of its own before; the old addresses lead here."
    return described(meaning, [example], default=())


class Source(Record):
    """Something that was read."""

    kind: SourceKind = described("Who published it.", "press")
    publisher: Line = described("The publisher's name.", "BBC News")
    author: Line | None = described("The author, if one is named.", "Sophie Doughty", default=None)
    title: Line = described(
        "The title, exactly as published, or a description of it.", "Annual report"
    )
    url: Url = described("The address at which it was read.", "https://example.org/report")
    published: WhenIfKnown = described("When it was published, or not-known.", "2022-12-07")
    read: Day = described("The day on which it was last read for this site.", "2026-11-23")
    seen: Line = described("How much of it was read, and in what form.", "all of it")
    note: Text | None = described("What a reader should know about it.", "Undated.", default=None)


class Citing(Record):
    """Whatever cites sources of its file."""

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys that are cited."""
        raise NotImplementedError

    def citations(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give each key that is cited, with its place in this record."""
        raise NotImplementedError


class Sourced(Citing):
    """Whatever was read somewhere."""

    source: Ref = described("The source it was read in: a key of this file's sources.", "report")
    also_in: tuple[Ref, ...] = described("Other sources that say the same.", ["bbc"], default=())

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys that are cited."""
        return (self.source, *self.also_in)

    def citations(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give each key that is cited, with its place in this record."""
        yield ("source",), self.source
        for index, key in enumerate(self.also_in):
            yield ("also-in", index), key


class Statement(Sourced):
    """Something said, in our words."""

    speaker: Speaker = described("Who says it.", "inspectors")
    summary: Text = described("What is said, in our own words.", "The unit was set up in 2013.")


class Quote(Sourced):
    """Exact words of somebody."""

    text: Quotation = described(
        'The words exactly as printed, at most 40; what is left out is marked "…".',
        "wasn't able to cope",
    )
    speaker: Speaker = described("Whose words they are.", "inspectors")
    note: Text | None = described(
        "A doubt about the words or whose they are.",
        "Printed without quotation marks.",
        default=None,
    )
    checked: Day | None = described(
        "The day on which these words were found, letter for letter, in the web page that the "
        "source is; a link to the very sentence is made from it.",
        "2026-11-23",
        default=None,
    )


class Name(Sourced):
    """A name that a body has or had."""

    name: Line = described("The full name.", "Northumbria Police")
    short: Line | None = described("Its abbreviation, if it has one.", "NERSOU", default=None)
    from_: WhenIfKnown = described("Since when, or not-known.", "2013-10")
    to: WhenOrPresent = described("Until when, or not-known, or present.", "present")
    note: Text | None = described(
        "What is known about the change.", "We do not know the day of the change.", default=None
    )


class AlsoCalled(Sourced):
    """A name that others use for a body."""

    name: Line = described("The name as they write it.", "NEROU")
    by: Line = described("Who writes it so.", "Chronicle Live")


class PolicingBody(Sourced):
    """Who oversees a force and answers for it, as an office."""

    name: Line = described("The office.", "Northumbria Police and Crime Commissioner")


class Body(Record):
    """``bodies/<id>.yml``: a force, a unit or a region that is inspected."""

    kind: BodyKind = described("What kind of body it is.", "force")
    short: Line = described("The name used where space is short.", "Northumbria")
    region: Ref | None = described(
        "The region it lies in (not for a region).", "north-east", default=None
    )
    forces: tuple[Ref, ...] = described(
        "The forces that run it together (for a unit).", ["durham"], default=()
    )
    policing_body: PolicingBody | None = described(
        "The office that oversees it (for a force).",
        {"name": "Northumbria Police and Crime Commissioner", "source": "pcc"},
        default=None,
    )
    no_policing_body: Statement | None = described(
        "Why no local policing body answers for it under the Police Act 1996 (for a force that is "
        "not one of a police area).",
        {"speaker": "inspectors", "summary": "It has an authority of its own.", "source": "act"},
        default=None,
    )
    names: tuple[Name, ...] = described(
        "Its own names, the present one first.", [{"name": "Northumbria Police"}], min_length=1
    )
    also_called: tuple[AlsoCalled, ...] = described("Names that others use.", [], default=())
    about: tuple[Statement, ...] = described(
        "What it is, each point with its source.", [], default=()
    )
    sources: dict[Id, Source] = described("What was read for this file.", {}, default={})
    moved_from: tuple[Id, ...] = _moved_from("northumbria-police")


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
    moved_from: tuple[Id, ...] = _moved_from("polit-capacity")


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
    moved_from: tuple[Id, ...] = _moved_from("fraud-by-courier")


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


class Looked(Citing):
    """Where and when something was looked for that was not found."""

    looked: Day = described("When it was last looked for.", "2026-11-23")
    looked_in: tuple[Ref, ...] = described(
        "Where it was looked for: keys of this file's sources.", ["report"], min_length=1
    )

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys that are cited."""
        return self.looked_in

    def citations(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give each key that is cited, with its place in this record."""
        for index, key in enumerate(self.looked_in):
            yield ("looked-in", index), key


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
    moved_from: tuple[Id, ...] = _moved_from("2022-12-07-north-east")


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
    moved_from: tuple[Id, ...] = _moved_from("peel-2021-22")


class Question(Record):
    """Something that inspectors ask of every body in a round."""

    label: Line = described("The question in a word or two.", "Serious and organised crime")
    meaning: Line = described(
        "What it asks, in our words.", "How the force tackles serious and organised crime."
    )
    source: Source = described("Where it was read.", {})
    moved_from: tuple[Id, ...] = _moved_from("organised-crime")


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
    moved_from: tuple[Id, ...] = _moved_from("staffing")


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
