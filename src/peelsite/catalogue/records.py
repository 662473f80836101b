"""The joined records of inspections, of what each says about a body, and of corrections."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from peelsite.catalogue.bodies import Body
from peelsite.catalogue.said import Quote, Said, Source, Statement, last_read
from peelsite.catalogue.vocabulary import Asked, Grade, Question, Round, Theme
from peelsite.schema import Absence, Dating, Evidence, Label, Speaker, Status, When


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """One published report, without what it says of each body."""

    id: str
    title: str
    short: str
    round: Round
    published: When | None
    published_is: Dating
    fieldwork: When | None
    about: tuple[Statement, ...]
    differences: tuple[Difference, ...]
    not_known: tuple[Gap, ...]
    sources: tuple[Source, ...]
    path: str
    moved_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Something on which sources differ."""

    title: str
    statements: tuple[Statement, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known, with when and where it was looked for."""

    summary: str
    looked: datetime.date
    looked_in: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """A grade on one question, or the reason (``absence``) why there is none."""

    body: Body
    inspection: Inspection
    question: Question
    grade: Grade | None
    absence: Absence | None
    published: When | None
    published_is: Dating
    carried_over_from: Inspection | None
    uncertain: str | None
    said: Said
    note: str | None

    @property
    def has_own_date(self) -> bool:
        """Whether it was published on another day than the inspection it stands in."""
        return self.published != self.inspection.published

    @property
    def asked(self) -> Asked:
        """The question as the round of this rating asked it."""
        return self.inspection.round.asks(self.question)


@dataclass(frozen=True, slots=True)
class Latest:
    """A body's ratings in the newest round of one programme, in the order that it asks in."""

    round: Round
    ratings: tuple[Rating, ...]

    @property
    def inspections(self) -> tuple[Inspection, ...]:
        """The inspections in which the ratings stand."""
        return tuple(dict.fromkeys(rating.inspection for rating in self.ratings))


@dataclass(frozen=True, slots=True)
class Update:
    """What somebody said about a concern, when the report came out or later."""

    date: When
    status: Status | None
    summary: str
    said: Said
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, eq=False)
class Finding:
    """What inspectors praised or were concerned about in one body."""

    id: str
    body: Body
    inspection: Inspection
    is_concern: bool
    title: str
    summary: str
    label: Label
    themes: tuple[Theme, ...]
    shared_with: tuple[Body, ...]
    said: Said
    quotes: tuple[Quote, ...]
    further: tuple[Statement, ...]
    repeats: tuple[Finding, ...]
    said_before: tuple[Statement, ...]
    updates: tuple[Update, ...]
    note: str | None
    moved_from: tuple[str, ...] = ()

    def every_said(self) -> Iterator[Said]:
        """Give the provenance of every statement in this finding, quotations among them."""
        yield self.said
        yield from (statement.said for statement in (*self.further, *self.said_before))
        yield from (quote.said for quote in self.quotes)
        for update in self.updates:
            yield update.said
            yield from (quote.said for quote in update.quotes)

    @cached_property
    def last_read(self) -> datetime.date | None:
        """The last day on which a source of it was read."""
        return last_read(self.every_said())

    @property
    def about(self) -> tuple[Body, ...]:
        """The bodies that it is about: the one that it is recorded under, and the others."""
        return (self.body, *self.shared_with)

    @property
    def status(self) -> Status:
        """The inspectors' last word on a concern; what a body says never replaces it."""
        said = [u.status for u in self.updates if u.said.speaker is Speaker.INSPECTORS and u.status]
        return said[-1] if said else Status.OPEN

    @property
    def last_inspectors(self) -> When | None:
        """When inspectors said that it stands so."""
        said = [u.date for u in self.updates if u.said.speaker is Speaker.INSPECTORS and u.status]
        return said[-1] if said else self.inspection.published

    @property
    def is_open(self) -> bool:
        """Whether inspectors have not closed it or put a later finding in its place."""
        return self.is_concern and self.status not in (Status.CLOSED, Status.SUPERSEDED)

    @property
    def body_update(self) -> Update | None:
        """The last that the body, or whoever oversees it, said of how it stands, or else at all."""
        inspectors_or_press = (Speaker.INSPECTORS, Speaker.PRESS)
        said = [u for u in self.updates if u.said.speaker not in inspectors_or_press]
        return next(iter([u for u in reversed(said) if u.status] + said[-1:]), None)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a body says of its own work."""

    id: str
    body: Body
    inspection: Inspection
    title: str
    summary: str
    by: str
    date: When | None
    themes: tuple[Theme, ...]
    said: Said
    quotes: tuple[Quote, ...]
    note: str | None
    moved_from: tuple[str, ...] = ()

    def every_said(self) -> Iterator[Said]:
        """Give the provenance of the claim and of the quotations in it."""
        yield self.said
        yield from (quote.said for quote in self.quotes)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a body, or whoever oversees it, says in answer to the report."""

    body: Body
    inspection: Inspection
    by: str
    date: When | None
    summary: str
    said: Said
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What a local policing body published under section 55 of the Police Act 1996."""

    published: When | None
    summary: str | None
    said: Said
    note: str | None


@dataclass(frozen=True, slots=True)
class NotFound:
    """That a response was looked for and not found, with when and where."""

    looked: datetime.date
    looked_in: tuple[Source, ...]
    note: str | None


@dataclass(frozen=True, eq=False)
class Part:
    """What one inspection says about one body.

    ``shared`` are the findings recorded under other bodies that are as much about this one.
    """

    inspection: Inspection
    body: Body
    ratings: tuple[Rating, ...]
    concerns: tuple[Finding, ...]
    praised: tuple[Finding, ...]
    claims: tuple[Claim, ...]
    replies: tuple[Reply, ...]
    response: Response | None
    response_not_found: NotFound | None
    shared: tuple[Finding, ...] = ()

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The provenance of every statement in this part, quotations among them."""
        return tuple(self._said())

    def _said(self) -> Iterator[Said]:
        for rating in self.ratings:
            yield rating.said
        for finding in (*self.concerns, *self.praised):
            yield from finding.every_said()
        for claim in self.claims:
            yield from claim.every_said()
        for reply in self.replies:
            yield reply.said
            yield from (quote.said for quote in reply.quotes)
        if self.response:
            yield self.response.said

    @cached_property
    def last_read(self) -> datetime.date | None:
        """The last day on which a source of it was read."""
        return last_read(self.said)

    @cached_property
    def evidence(self) -> Counter[Evidence]:
        """How many statements rest on which evidence."""
        return Counter(said.best.evidence for said in self.said)


@dataclass(frozen=True, slots=True, eq=False)
class Correction:
    """Something that this site had wrong. ``about`` has what it stood on, be it a page alone."""

    id: str
    date: datetime.date
    about: tuple[Body | Inspection | Finding | Claim | Round | Question | Theme | str, ...]
    was: str
    now: str
    note: str | None
