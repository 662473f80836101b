"""The tables of bodies, of their names, and of what was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peelsite import schema
from peelsite.catalogue import Body, Catalogue, Source
from peelsite.catalogue.bodies import AlsoCalled, Name
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
)
from peelsite.pages import Hosting
from peelsite.schema import BodyKind, Evidence, SourceKind


def sources(catalogue: Catalogue, hosting: Hosting) -> Table[Source]:
    """Return the table of everything that was read."""
    return Table(
        "sources",
        "Sources",
        "What was read: reports, web pages, articles.",
        (
            id_column("Its anchor on the page of sources.", lambda source: source.id),
            required_word(
                "kind",
                "Who published it.",
                lambda source: source.kind,
                SourceKind,
            ),
            of_field(schema.Source, "publisher", lambda source: source.publisher, required=True),
            of_field(schema.Source, "author", lambda source: source.author),
            of_field(schema.Source, "title", lambda source: source.title, required=True),
            of_field(schema.Source, "url", lambda source: source.url, Kind.URL, required=True),
            of_field(schema.Source, "published", lambda s: iso(s.published), Kind.DATE),
            of_field(schema.Source, "read", lambda s: s.read.isoformat(), Kind.DAY, required=True),
            of_field(schema.Source, "seen", lambda source: source.seen, required=True),
            of_field(schema.Source, "note", lambda source: source.note, Kind.MARKDOWN),
            required_word(
                "evidence",
                "How close to the speaker's own words what was read in it stands.",
                lambda source: source.evidence,
                Evidence,
            ),
            address_column(hosting, lambda source: source),
        ),
        catalogue.sources,
    )


def bodies(catalogue: Catalogue, hosting: Hosting) -> Table[Body]:
    """Return the table of forces, units and regions."""
    return Table(
        "bodies",
        "Bodies",
        "The police forces, regional organised crime units and regions that are inspected.",
        (
            id_column("The name of its file and page.", lambda body: body.id),
            required_word("kind", "What kind of body it is.", lambda b: b.kind, BodyKind),
            Column("name", "Its present name in full.", lambda body: body.name, required=True),
            of_field(schema.Body, "short", lambda body: body.short, required=True),
            reference(
                "region",
                "The region it lies in (not for a region).",
                "bodies",
                lambda body: body.region.id if body.region else None,
            ),
            references(
                "forces",
                "The forces that run it together (for a unit).",
                "bodies",
                lambda body: ids(body.forces),
            ),
            Column(
                "policing_body",
                "The office that oversees it (for a force).",
                lambda body: body.policing_body,
            ),
            of_field(schema.Body, "no_policing_body", _no_policing_body, Kind.MARKDOWN),
            *source_columns(_sources),
            address_column(hosting, lambda body: body),
        ),
        catalogue.bodies,
    )


def _sources(body: Body) -> tuple[Source, ...]:
    return body.names[0].sources


def _no_policing_body(body: Body) -> str | None:
    return body.no_policing_body.summary if body.no_policing_body else None


@dataclass(frozen=True, slots=True)
class Called:
    """A name of a body, one of its own or one that others use, with an id."""

    id: str
    body: Body
    name: Name | AlsoCalled

    def sources(self) -> tuple[Source, ...]:
        """Return where it was read."""
        return self.name.sources

    @property
    def own(self) -> Name | None:
        """The name if it is one of its own."""
        return self.name if isinstance(self.name, Name) else None


def names(catalogue: Catalogue, hosting: Hosting) -> Table[Called]:
    """Return the table of the names of bodies."""
    return Table(
        "names",
        "Names",
        "The names that bodies have and had, and those that others use for them.",
        (
            id_column("The body, and the place of the name in its file.", lambda row: row.id),
            reference("body", "Whose name it is.", "bodies", lambda r: r.body.id, required=True),
            of_field(schema.Name, "name", lambda row: row.name.name, required=True),
            of_field(schema.Name, "short", lambda row: row.own.short if row.own else None),
            Column(
                "since",
                "Since when it is one of the body's own names; empty if not known.",
                lambda row: iso(row.own.from_) if row.own else None,
                Kind.DATE,
            ),
            Column(
                "until",
                "Until when it was; empty if not known, and if it is so still.",
                lambda row: iso(row.own.to) if row.own else None,
                Kind.DATE,
            ),
            Column(
                "is_present",
                "Whether it is a name that the body itself has at present.",
                lambda row: bool(row.own and row.own.is_present),
                Kind.TRUTH,
                True,
            ),
            Column(
                "used_by",
                "Who calls the body so, if it is not a name of its own.",
                lambda row: None if isinstance(row.name, Name) else row.name.by,
            ),
            of_field(schema.Name, "note", lambda r: r.own.note if r.own else None, Kind.MARKDOWN),
            *source_columns(Called.sources),
            address_column(hosting, lambda row: row.body),
        ),
        tuple(row for body in catalogue.bodies for row in _called(body)),
    )


def _called(body: Body) -> Iterator[Called]:
    for number, name in enumerate(body.names, 1):
        yield Called(f"{body.id}/name-{number}", body, name)
    for number, also in enumerate(body.also_called, 1):
        yield Called(f"{body.id}/also-called-{number}", body, also)
