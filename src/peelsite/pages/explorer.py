"""The pages that list every finding, body by body, and what each line of the list says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from peelsite.catalogue import Body, Catalogue, Claim, Finding, Part, Silence, Theme, Update
from peelsite.pages.modified import modified
from peelsite.pages.numbered import PER_PAGE, address_of_page
from peelsite.pages.page import Page
from peelsite.schema import Label, Status, When
from peelsite.schema.terms import Term


class Kind(Term):
    """What kind of finding it is."""

    CONCERN = ("concern", "Concern", "Something that inspectors were concerned about.")
    PRAISED = ("praised", "Praised work", "Something that inspectors praised.")
    CLAIM = ("claim", "Claim", "Something that a body says of its own work.")


class Answer(Term):
    """What a body says of a concern, where it is not a status."""

    ANSWERED = ("answered", "Answered", "It said something, and no status.")
    NOTHING_FOUND = (
        "nothing-found",
        "Nothing found in our sources",
        "We have found nothing that it said about this in our sources.",
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding or claim as lists show it.

    ``date`` is that of the report, or of the claim (None for not known). ``status``, ``answer``
    and ``silence`` are those of a concern, ``silence`` only while it is open.
    """

    item: Finding | Claim
    kind: Kind
    about: tuple[Body, ...]
    date: When | None
    label: Label | None = None
    status: Status | None = None
    answer: Status | Answer | None = None
    silence: Silence | None = None

    @property
    def themes(self) -> list[Theme]:
        """Its themes by label."""
        return sorted(self.item.themes, key=lambda theme: theme.label)

    @property
    def status_date(self) -> When | None:
        """When inspectors said that a concern stands so."""
        return self.item.last_inspectors if self.status and isinstance(self.item, Finding) else None

    @property
    def body_update(self) -> Update | None:
        """What the body itself last said of how a concern stands, or else at all."""
        return self.item.body_update if self.status and isinstance(self.item, Finding) else None


def entries(catalogue: Catalogue) -> list[Entry]:
    """Return every finding and claim, bodies by name, the newest inspection of each first."""
    return [
        entry
        for body in catalogue.bodies
        for part in catalogue.parts_of(body)
        for entry in _of_part(catalogue, part)
    ]


def _of_part(catalogue: Catalogue, part: Part) -> Iterator[Entry]:
    published = part.inspection.published
    for concern in part.concerns:
        update = concern.body_update
        yield Entry(
            concern,
            Kind.CONCERN,
            concern.about,
            published,
            concern.label,
            concern.status,
            (update.status or Answer.ANSWERED) if update else Answer.NOTHING_FOUND,
            catalogue.silence(concern) if concern.is_open else None,
        )
    for praised in part.praised:
        yield Entry(praised, Kind.PRAISED, praised.about, published, praised.label)
    for claim in part.claims:
        yield Entry(claim, Kind.CLAIM, (claim.body,), claim.date)


@dataclass(frozen=True, slots=True)
class Section:
    """What one page lists of a body.

    ``shared`` are the findings recorded under other bodies that are as much about this one; they
    stand where its list ends.
    """

    body: Body
    is_continued: bool
    entries: tuple[Entry, ...]
    shared: tuple[Finding, ...]

    @property
    def items(self) -> tuple[Finding | Claim, ...]:
        """Everything that it lists."""
        return (*(entry.item for entry in self.entries), *self.shared)


@dataclass(frozen=True, slots=True)
class Jump:
    """Where the list of a body begins, and how much there is of it."""

    body: Body
    address: str
    own: int
    shared: int


_ADDRESS: Final = "findings/index"
_TITLE: Final = "Findings"


def explorer(catalogue: Catalogue) -> Iterator[Page]:
    """Give the pages that list every finding; the first holds the filters too."""
    listed = entries(catalogue)
    shared = {
        body: tuple(f for part in catalogue.parts_of(body) for f in part.shared)
        for body in catalogue.bodies
    }
    pages = _paginated(listed, shared)
    addresses = [address_of_page(_ADDRESS, number) for number in range(1, len(pages) + 1)]
    jumps = _jumps(pages, addresses, listed, shared)
    for number, (address, sections) in enumerate(zip(addresses, pages, strict=True), 1):
        title = _TITLE if number == 1 else f"{_TITLE}, page {number} of {len(pages)}"
        yield Page(
            address,
            _TITLE if number == 1 else f"Page {number}",
            title,
            "Every concern, every piece of praised work and every claim in our sources, "
            "body by body" + (", with filters." if number == 1 else f", page {number}."),
            "pages/findings.html",
            {
                "sections": sections,
                "jumps": jumps,
                "total": len(listed),
                "without": len(catalogue.bodies) - len(jumps),
                "number": number,
                "addresses": list(enumerate(addresses, 1)),
            },
            above=None if number == 1 else (_ADDRESS, _TITLE),
            modified=modified(item for section in sections for item in section.items),
        )


def _paginated(listed: list[Entry], shared: dict[Body, tuple[Finding, ...]]) -> list[list[Section]]:
    """Return the sections of each page; there is one page even if there is nothing to list."""
    by_body = {body: tuple(each) for body, each in groupby(listed, lambda e: e.item.body)}
    pages: list[list[Section]] = [[]]
    room = PER_PAGE
    for body, also in shared.items():
        rest, is_continued = by_body.get(body, ()), False
        while len(rest) > room:
            if room:
                pages[-1].append(Section(body, is_continued, rest[:room], ()))
                is_continued = True
            rest, room = rest[room:], PER_PAGE
            pages.append([])
        if rest or also:
            pages[-1].append(Section(body, is_continued, rest, also))
            room -= len(rest)
    return pages


def _jumps(
    pages: list[list[Section]],
    addresses: list[str],
    listed: list[Entry],
    shared: dict[Body, tuple[Finding, ...]],
) -> list[Jump]:
    own = {body: len(list(each)) for body, each in groupby(listed, lambda e: e.item.body)}
    return [
        Jump(
            section.body,
            f"{address}#body-{section.body.id}",
            own.get(section.body, 0),
            len(shared[section.body]),
        )
        for address, sections in zip(addresses, pages, strict=True)
        for section in sections
        if not section.is_continued
    ]
