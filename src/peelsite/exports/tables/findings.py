"""The table of findings: concerns, praised work and claims."""

from __future__ import annotations

from peelsite import schema
from peelsite.catalogue import Catalogue, Claim, Finding, Said, Source
from peelsite.exports.tables.columns import (
    Column,
    Kind,
    Table,
    address_column,
    ids,
    iso,
    of_field,
    required_word,
    source_columns,
    sources_of,
    speaker_columns,
    word,
)
from peelsite.pages import Hosting, anchor
from peelsite.pages.explorer import Answer, Entry, entries
from peelsite.pages.explorer import Kind as FindingKind
from peelsite.schema import Label, Status, Term


def _told(term: Status | Answer) -> tuple[str, str, str]:
    return term.value, term.label, term.meaning


class BodyStatus(Term):
    """How a concern stands by the body itself: a status, or what it did in place of giving one."""

    OPEN = _told(Status.OPEN)
    ACTION_PLANNED = _told(Status.ACTION_PLANNED)
    PARTLY_ADDRESSED = _told(Status.PARTLY_ADDRESSED)
    CLOSED = _told(Status.CLOSED)
    SUPERSEDED = _told(Status.SUPERSEDED)
    REOPENED = _told(Status.REOPENED)
    ANSWERED = _told(Answer.ANSWERED)
    NOTHING_FOUND = _told(Answer.NOTHING_FOUND)


def findings(catalogue: Catalogue, hosting: Hosting) -> Table[Entry]:
    """Return the table of everything that was praised, of concern or claimed."""
    *_, source_id, also_in = source_columns(_sources)
    return Table(
        "findings",
        "Findings",
        "What inspectors praised or were concerned about, and what bodies say of their own work.",
        (
            *finding_columns(hosting),
            Column(
                "is_open",
                "Whether it is a concern that is open.",
                lambda entry: entry.silence is not None,
                Kind.TRUTH,
                True,
            ),
            source_id,
            also_in,
            of_field(schema.Finding, "repeats", _repeats, Kind.IDS, refers_to="findings"),
            of_field(schema.Finding, "note", lambda entry: entry.item.note, Kind.MARKDOWN),
        ),
        tuple(entries(catalogue)),
    )


def finding_id(item: Finding | Claim) -> str:
    """Return the id of a finding or claim: its inspection, "#" and the anchor on its page."""
    return f"{item.inspection.id}#{anchor(item)}"


def finding_columns(hosting: Hosting) -> tuple[Column[Entry], ...]:
    """Return the columns with which findings are shown and downloaded at ``hosting``."""
    evidence, source, *_ = source_columns(_sources)
    return (
        Column(
            "id",
            "The inspection and the anchor on its page; never changes.",
            lambda entry: finding_id(entry.item),
            Kind.ID,
            True,
        ),
        required_word(
            "kind",
            "concern, praised or claim (by the body itself).",
            lambda entry: entry.kind,
            FindingKind,
        ),
        Column(
            "body",
            "The body that it is recorded under.",
            lambda entry: entry.item.body.id,
            Kind.ID,
            True,
            "bodies",
        ),
        Column("body_name", "The present name of that body.", _body_name, required=True),
        Column(
            "also_about",
            "Other bodies that it is as much about.",
            lambda entry: ids(entry.about[1:]),
            Kind.IDS,
            refers_to="bodies",
        ),
        Column(
            "inspection",
            "The inspection that it stands in.",
            lambda entry: entry.item.inspection.id,
            Kind.ID,
            True,
            "inspections",
        ),
        Column(
            "date",
            "When the report, or the claim, was published.",
            lambda entry: iso(entry.date),
            Kind.DATE,
        ),
        Column("title", "What it is about, in our words.", lambda e: e.item.title, required=True),
        Column(
            "summary",
            "What was found, in our words (Markdown).",
            lambda entry: entry.item.summary,
            Kind.MARKDOWN,
            True,
        ),
        word("label", "The report's own category.", lambda entry: entry.label, Label),
        *_voices(),
        Column(
            "themes",
            "What it is about, across bodies.",
            lambda entry: ids(entry.themes),
            Kind.IDS,
            refers_to="themes",
        ),
        *speaker_columns(_said),
        evidence,
        source,
        address_column(hosting, lambda entry: entry.item),
    )


def _voices() -> tuple[Column[Entry], ...]:
    """Return the columns that say how a concern stands, and by whom."""
    return (
        word("status", "How a concern stands, by the inspectors.", lambda e: e.status, Status),
        Column(
            "status_date",
            "When they said so.",
            lambda entry: iso(entry.status_date),
            Kind.DATE,
        ),
        word(
            "body_status",
            "How a concern stands, by the body itself.",
            lambda entry: entry.answer,
            BodyStatus,
        ),
        Column("body_status_date", "When it said so.", _body_status_date, Kind.DATE),
        Column("body_status_by", "Who spoke for the body.", _body_status_by),
        Column("last_word", "When anyone last spoke of an open concern.", _last_word, Kind.DATE),
        Column("last_word_by", "Who did.", lambda e: e.silence.who if e.silence else None),
    )


def _body_name(entry: Entry) -> str:
    return entry.item.body.name


def _body_status_date(entry: Entry) -> str | None:
    return iso(entry.body_update.date) if entry.body_update else None


def _body_status_by(entry: Entry) -> str | None:
    return entry.body_update.said.who if entry.body_update else None


def _last_word(entry: Entry) -> str | None:
    return iso(entry.silence.since) if entry.silence else None


def _said(entry: Entry) -> Said:
    return entry.item.said


def _sources(entry: Entry) -> tuple[Source, ...]:
    return sources_of(entry.item.said)


def _repeats(entry: Entry) -> tuple[str, ...]:
    repeats = entry.item.repeats if isinstance(entry.item, Finding) else ()
    return tuple(map(finding_id, repeats))
