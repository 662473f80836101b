"""The tables of what was said of concerns and reports later, and of exact words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from peelsite import schema
from peelsite.catalogue import (
    Catalogue,
    Claim,
    Finding,
    Part,
    Quote,
    Reply,
    Said,
    Update,
)
from peelsite.exports.tables.columns import (
    Column,
    Kind,
    R,
    Table,
    address_column,
    id_column,
    iso,
    of_field,
    reference,
    spoken_columns,
    word,
)
from peelsite.exports.tables.findings import finding_id
from peelsite.pages import Hosting, address
from peelsite.schema import Status


@dataclass(frozen=True, slots=True)
class UpdateOf:
    """An update of a concern, with an id."""

    id: str
    finding: Finding
    update: Update

    def within(self) -> Finding:
        """Return the concern."""
        return self.finding

    def said(self) -> Said:
        """Return who says it, and where it was read."""
        return self.update.said


@dataclass(frozen=True, slots=True)
class ReplyIn:
    """A reply to a report, with an id."""

    id: str
    reply: Reply

    def within(self) -> Reply:
        """Return the reply itself, which knows where it stands."""
        return self.reply

    def said(self) -> Said:
        """Return who says it, and where it was read."""
        return self.reply.said


@dataclass(frozen=True, slots=True)
class Quoted:
    """Exact words with an id, and the finding, update or reply that they are quoted in."""

    id: str
    quote: Quote
    item: Finding | Claim | Reply
    update: str | None = None
    reply: str | None = None

    def within(self) -> Finding | Claim | Reply:
        """Return the finding, claim or reply."""
        return self.item

    def said(self) -> Said:
        """Return who says it, and where it was read."""
        return self.quote.said


def updates(catalogue: Catalogue, hosting: Hosting) -> Table[UpdateOf]:
    """Return the table of what was said of concerns later."""
    return Table(
        "updates",
        "Updates",
        "What somebody said of a concern, when the report came out or later.",
        (
            id_column("The finding, and the place of the update in it.", lambda row: row.id),
            reference(
                "finding",
                "The concern.",
                "findings",
                lambda row: finding_id(row.finding),
                required=True,
            ),
            *_standing(UpdateOf.within),
            of_field(schema.Update, "date", lambda r: r.update.date.iso, Kind.DATE, required=True),
            word(
                "status", "How the concern stands, as they say.", lambda r: r.update.status, Status
            ),
            of_field(
                schema.Update, "summary", lambda r: r.update.summary, Kind.MARKDOWN, required=True
            ),
            *spoken_columns(UpdateOf.said),
            address_column(hosting, lambda row: row.finding),
        ),
        tuple(row for finding in catalogue.concerns for row in updates_of(finding)),
    )


def updates_of(finding: Finding) -> Iterator[UpdateOf]:
    """Give the updates of a concern with their ids."""
    for number, update in enumerate(finding.updates, 1):
        yield UpdateOf(f"{finding_id(finding)}/update-{number}", finding, update)


def replies(catalogue: Catalogue, hosting: Hosting) -> Table[ReplyIn]:
    """Return the table of replies to reports."""
    return Table(
        "replies",
        "Replies",
        "What a body, or whoever oversees it, says in answer to a report.",
        (
            id_column(
                "The inspection, the body, and the place of the reply in the file.",
                lambda row: row.id,
            ),
            *_standing(ReplyIn.within),
            of_field(schema.Reply, "by", lambda row: row.reply.by, required=True),
            of_field(schema.Reply, "date", lambda row: iso(row.reply.date), Kind.DATE),
            of_field(
                schema.Reply, "summary", lambda r: r.reply.summary, Kind.MARKDOWN, required=True
            ),
            *spoken_columns(ReplyIn.said),
            address_column(hosting, _part_of),
        ),
        tuple(row for part in catalogue.parts for row in replies_in(part)),
    )


def replies_in(part: Part) -> Iterator[ReplyIn]:
    """Give the replies of a part of an inspection with their ids."""
    for number, reply in enumerate(part.replies, 1):
        yield ReplyIn(f"{part.inspection.id}#{part.body.id}/reply-{number}", reply)


def _part_of(row: ReplyIn) -> str:
    return f"inspections/{row.reply.inspection.id}#{row.reply.body.id}"


def _standing(item: Callable[[R], Finding | Claim | Reply]) -> tuple[Column[R], ...]:
    """Return the columns that say in which inspection, and of which body, something is told."""
    return (
        reference(
            "inspection",
            "The inspection that it stands in.",
            "inspections",
            lambda row: item(row).inspection.id,
            required=True,
        ),
        reference(
            "body",
            "The body that it is recorded under.",
            "bodies",
            lambda row: item(row).body.id,
            required=True,
        ),
    )


def quotations(catalogue: Catalogue, hosting: Hosting) -> Table[Quoted]:
    """Return the table of quotations."""
    return Table(
        "quotations",
        "Quotations",
        "Exact words, with who says them and where they were read.",
        (
            id_column(
                "The finding, update or reply, and the place of the words in it.",
                lambda row: row.id,
            ),
            *_standing(Quoted.within),
            reference(
                "finding",
                "The finding or claim that they are about, if they are about one.",
                "findings",
                lambda r: None if isinstance(r.item, Reply) else finding_id(r.item),
            ),
            reference(
                "update",
                "The update that they are quoted in, if they are in one.",
                "updates",
                lambda row: row.update,
            ),
            reference(
                "reply",
                "The reply that they are quoted in, if they are in one.",
                "replies",
                lambda row: row.reply,
            ),
            of_field(schema.Quote, "text", lambda row: row.quote.text, required=True),
            of_field(schema.Quote, "note", lambda row: row.quote.note, Kind.MARKDOWN),
            of_field(
                schema.Quote,
                "checked",
                lambda r: r.quote.checked.isoformat() if r.quote.checked else None,
                Kind.DAY,
            ),
            Column(
                "exact_url",
                "The link to the very sentence in its source, if it was found there.",
                lambda row: row.quote.exact,
                Kind.URL,
            ),
            *spoken_columns(Quoted.said),
            address_column(hosting, _page_of_words),
        ),
        tuple(_quoted(catalogue)),
    )


def _page_of_words(row: Quoted) -> str:
    within = row.item
    if isinstance(within, Reply):
        return f"inspections/{within.inspection.id}#{within.body.id}"
    return "#".join(address(within))


def _quoted(catalogue: Catalogue) -> Iterator[Quoted]:
    for part in catalogue.parts:
        items: tuple[Finding | Claim, ...] = (*part.concerns, *part.praised, *part.claims)
        for item in items:
            for id_, quote in _numbered(finding_id(item), item.quotes):
                yield Quoted(id_, quote, item)
        for concern in part.concerns:
            for row in updates_of(concern):
                for id_, quote in _numbered(row.id, row.update.quotes):
                    yield Quoted(id_, quote, concern, update=row.id)
        for reply in replies_in(part):
            for id_, quote in _numbered(reply.id, reply.reply.quotes):
                yield Quoted(id_, quote, reply.reply, reply=reply.id)


def _numbered(within: str, quotes: Iterable[Quote]) -> Iterator[tuple[str, Quote]]:
    for number, quote in enumerate(quotes, 1):
        yield f"{within}/quote-{number}", quote
