"""The words that people may choose from, each with its label and meaning, said once.

Checking, pages and the data dictionary all read them here.
"""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A word as written in YAML, with the label that pages show and what it means."""

    label: str
    meaning: str

    def __new__(cls, written: str, label: str, meaning: str) -> Term:
        """Make the member: it equals ``written`` and carries the other two."""
        term = str.__new__(cls, written)
        term._value_ = written
        term.label = label
        term.meaning = meaning
        return term


class BodyKind(Term):
    """What kind of body is inspected."""

    FORCE = ("force", "Police force", "A territorial or special police force.")
    UNIT = (
        "unit",
        "Regional organised crime unit",
        "A unit that several forces run together against serious and organised crime.",
    )
    REGION = (
        "region",
        "Region",
        "An area in which forces and their unit work together. Inspected, never graded.",
    )


class SourceKind(Term):
    """Who published a source, which decides how far it can carry a statement."""

    PRIMARY = (
        "primary",
        "HMICFRS",
        "A report or page published by HMICFRS itself.",
    )
    BODY = (
        "body",
        "The body itself",
        "Published by the force, the unit or the policing body that speaks in it.",
    )
    OFFICIAL = (
        "official",
        "Other public record",
        "Legislation, Parliament or another public authority.",
    )
    PRESS = ("press", "Press", "A newspaper, broadcaster or trade magazine.")


class Evidence(Term):
    """How close to the inspectors' own words a statement was read."""

    REPORT = (
        "report",
        "Read in the report",
        "We read this in what HMICFRS itself published.",
    )
    ELSEWHERE = (
        "elsewhere",
        "Read elsewhere",
        "We read this in what a body itself, or a public authority, published; not in the report.",
    )
    PRESS = (
        "press",
        "Press only",
        "We read this in the press only and have not checked it where it was first said.",
    )


class Speaker(Term):
    """Whose statement it is."""

    INSPECTORS = ("inspectors", "Inspectors", "HMICFRS, in its report or a statement of its own.")
    FORCE = ("force", "The force", "The police force itself, through an office-holder.")
    UNIT = ("unit", "The unit", "The regional organised crime unit itself.")
    POLICING_BODY = (
        "policing-body",
        "The local policing body",
        "The police and crime commissioner, or whoever else oversees the force.",
    )
    PRESS = ("press", "The press", "A journalist, in words of the newspaper or broadcaster.")


class Label(Term):
    """The category that the report itself gives a finding."""

    CAUSE_OF_CONCERN = (
        "cause-of-concern",
        "Cause of concern",
        "HMICFRS's own category, which comes with recommendations.",
    )
    AREA_FOR_IMPROVEMENT = (
        "area-for-improvement",
        "Area for improvement",
        "HMICFRS's own category for what a body should improve.",
    )
    RECOMMENDATION = (
        "recommendation",
        "Recommendation",
        "The report recommends that something be done.",
    )
    INNOVATIVE_PRACTICE = (
        "innovative-practice",
        "Innovative practice",
        "HMICFRS's own category for a new way of working.",
    )
    PROMISING_PRACTICE = (
        "promising-practice",
        "Promising practice",
        "HMICFRS's own category for work that looks likely to succeed.",
    )
    NOT_STATED = (
        "not-stated",
        "Report's category not stated",
        "Our sources do not say which category the report gives this finding.",
    )


class Status(Term):
    """How a concern stands, in the words of whoever speaks."""

    OPEN = ("open", "Open", "Raised, and nothing later is recorded.")
    ACTION_PLANNED = (
        "action-planned",
        "Action planned",
        "There is a plan; what came of it is not recorded.",
    )
    PARTLY_ADDRESSED = ("partly-addressed", "Partly addressed", "Some of it has been dealt with.")
    CLOSED = ("closed", "Closed", "The speaker says it has been dealt with.")
    SUPERSEDED = ("superseded", "Superseded", "A later finding takes its place.")
    REOPENED = ("reopened", "Reopened", "It was closed and has been raised again.")


class Absence(Term):
    """Why there is no grade."""

    INSPECTED_NOT_GRADED = (
        "inspected-not-graded",
        "Inspected, not graded",
        "Inspectors looked at this and, by design, gave no grade.",
    )
    NOT_INSPECTED = ("not-inspected", "Not inspected", "Inspectors did not look at this.")
    NOT_IN_SOURCES = (
        "not-in-sources",
        "Not in the sources we hold",
        "There may be a grade; the sources we have read do not give it.",
    )
    UNDER_REVIEW = (
        "under-review",
        "Under review",
        "The grade is disputed or being checked, so it is not shown.",
    )


class Dating(Term):
    """What a date of publication rests on."""

    STATED = (
        "stated",
        "Date of publication",
        "The date on which the source says it was published.",
    )
    PAGE_DATE = (
        "page-date",
        "Date on the web page",
        "The only date we have is the one on a web page, which can be that of a later change.",
    )


class Wording(Term):
    """Whether words are the inspectors' own."""

    EXACT = ("exact", "HMICFRS's wording", "The words are HMICFRS's own.")
    PARAPHRASE = ("paraphrase", "Our wording", "The words are ours, for what HMICFRS asks.")
