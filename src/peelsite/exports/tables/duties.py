"""The tables of responses that are due by law, and of what this site had wrong."""

from __future__ import annotations

from peelsite import schema
from peelsite.catalogue import (
    Catalogue,
    Clock,
    ClockState,
    Correction,
    Source,
)
from peelsite.exports.tables.columns import (
    Column,
    Kind,
    Table,
    address_column,
    id_column,
    ids,
    iso,
    of_field,
    reference,
    references,
    required_word,
    source_columns,
    sources_of,
)
from peelsite.pages import Hosting, address


def responses(catalogue: Catalogue, hosting: Hosting) -> Table[Clock]:
    """Return the table of the 56-day clocks: what is due, and what came."""
    return Table(
        "responses",
        "Responses",
        "For each report and force: until when the local policing body's comments were due by "
        "section 55 of the Police Act 1996, and what we found of them.",
        (
            id_column("The inspection and the force.", _clock_id),
            reference(
                "inspection",
                "The inspection.",
                "inspections",
                lambda clock: clock.inspection.id,
                required=True,
            ),
            reference("body", "The force.", "bodies", lambda clock: clock.body.id, required=True),
            Column("policing_body", "Whose comments are due.", lambda clock: clock.policing_body),
            required_word("state", "How it stands.", lambda clock: clock.state, ClockState),
            Column(
                "due",
                "The last day in time; empty if there is none, or if it is not known.",
                lambda clock: clock.due.isoformat() if clock.due else None,
                Kind.DAY,
            ),
            Column(
                "is_due_uncertain",
                "Whether that day rests on the date of a web page, which can be a later one.",
                lambda clock: clock.is_running_from_page_date,
                Kind.TRUTH,
                True,
            ),
            of_field(schema.Response, "published", _published, Kind.DATE),
            of_field(schema.Response, "summary", _summary, Kind.MARKDOWN),
            Column(
                "looked",
                "When we last looked for comments, if we found none.",
                lambda clock: clock.not_found.looked.isoformat() if clock.not_found else None,
                Kind.DAY,
            ),
            references(
                "looked_in",
                "Where we looked, if we found none.",
                "sources",
                lambda clock: ids(clock.not_found.looked_in) if clock.not_found else (),
            ),
            Column("note", "What we do not know about it.", _note, Kind.MARKDOWN),
            *source_columns(_sources),
            address_column(hosting, lambda c: f"inspections/{c.inspection.id}#responses"),
        ),
        catalogue.clocks,
    )


def _clock_id(clock: Clock) -> str:
    return f"{clock.inspection.id}#{clock.body.id}"


def _published(clock: Clock) -> str | None:
    return iso(clock.response.published) if clock.response else None


def _summary(clock: Clock) -> str | None:
    return clock.response.summary if clock.response else None


def _note(clock: Clock) -> str | None:
    told = clock.response or clock.not_found
    return told.note if told else None


def _sources(clock: Clock) -> tuple[Source, ...]:
    return sources_of(clock.response.said if clock.response else None)


def corrections(catalogue: Catalogue, hosting: Hosting) -> Table[Correction]:
    """Return the table of what this site had wrong."""
    return Table(
        "corrections",
        "Corrections",
        "What this site had wrong, and what it says now.",
        (
            id_column("Its anchor on the page of corrections.", lambda each: each.id),
            of_field(
                schema.Correction,
                "date",
                lambda each: each.date.isoformat(),
                Kind.DAY,
                required=True,
            ),
            Column(
                "about",
                "What it stood on: where on this site, without the site's own address.",
                _about,
                Kind.IDS,
                True,
            ),
            of_field(schema.Correction, "was", lambda e: e.was, Kind.MARKDOWN, required=True),
            of_field(schema.Correction, "now", lambda e: e.now, Kind.MARKDOWN, required=True),
            of_field(schema.Correction, "note", lambda each: each.note, Kind.MARKDOWN),
            address_column(hosting, lambda each: f"corrections#{each.id}"),
        ),
        catalogue.corrections,
    )


def _about(correction: Correction) -> tuple[str, ...]:
    pages = map(address, correction.about)
    return tuple(f"{page}#{anchor}" if anchor else page for page, anchor in pages)
