"""The joined records that pages are made of.

Each holds the records it speaks of, not their ids, so that a template never looks anything up.
``moved_from`` are the ids that a record had before, in addresses that lead to it still.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from peelsite.catalogue.exact import exact_url
from peelsite.schema import (
    Absence,
    BodyKind,
    Dating,
    Evidence,
    Label,
    SourceKind,
    Speaker,
    Status,
    When,
    Wording,
)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Something that was read. ``id`` is its anchor on the page of sources."""

    id: str
    kind: SourceKind
    publisher: str
    author: str | None
    title: str
    url: str
    published: When | None
    read: datetime.date
    seen: str
    note: str | None

    @property
    def evidence(self) -> Evidence:
        """How close to the speaker's own words a statement stands that was read here."""
        return _EVIDENCE[self.kind]


_EVIDENCE: Final = {
    SourceKind.PRIMARY: Evidence.REPORT,
    SourceKind.BODY: Evidence.ELSEWHERE,
    SourceKind.OFFICIAL: Evidence.ELSEWHERE,
    SourceKind.PRESS: Evidence.PRESS,
}


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something, and where it was read. ``who`` is the speaker's name for the page."""

    speaker: Speaker
    who: str
    source: Source
    also_in: tuple[Source, ...] = ()

    @property
    def best(self) -> Source:
        """The source that stands closest to the speaker's own words."""
        if not self.also_in:
            return self.source
        return min((self.source, *self.also_in), key=lambda each: _CLOSEST.index(each.evidence))


_CLOSEST: Final = tuple(Evidence)


def last_read(statements: Iterable[Said]) -> datetime.date | None:
    """Return the last day on which a source of ``statements`` was read, None if there are none."""
    sources = (source for said in statements for source in (said.source, *said.also_in))
    return max((source.read for source in sources), default=None)


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said, in our words."""

    summary: str
    said: Said


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of somebody."""

    text: str
    said: Said
    note: str | None
    checked: datetime.date | None = None
    """When these words were found, letter for letter, in the web page that the source is."""

    @property
    def exact(self) -> str | None:
        """The link to the words themselves in their source; None if they were not found there."""
        return exact_url(self.said.source.url, self.text) if self.checked else None

    @property
    def is_short(self) -> bool:
        """Whether it is a word or two that need no paragraph of their own."""
        return len(self.text.split()) <= _SHORT


_SHORT: Final = 8


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a body has or had. ``to`` is None for not known; ``is_present`` for still so."""

    name: str
    short: str | None
    from_: When | None
    to: When | None
    is_present: bool
    note: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class AlsoCalled:
    """A name that others use for a body."""

    name: str
    by: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A force, a unit or a region. ``forces`` are those that run a unit or lie in a region."""

    id: str
    kind: BodyKind
    short: str
    names: tuple[Name, ...]
    also_called: tuple[AlsoCalled, ...]
    about: tuple[Statement, ...]
    policing_body: str | None
    policing_body_source: Source | None
    no_policing_body: Statement | None
    path: str
    region: Body | None = None
    forces: tuple[Body, ...] = ()
    moved_from: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The body's present name in full."""
        return self.names[0].name

    @property
    def other_names(self) -> list[str]:
        """Every other name that it has, had or is given, without repeats."""
        names = [self.names[0].short, self.short]
        for name in self.names[1:]:
            names += [name.short, name.name]
        names += [each.name for each in self.also_called]
        return [each for each in dict.fromkeys(names) if each and each not in self.name]


@dataclass(frozen=True, slots=True)
class Grade:
    """A step of a scale: the ``filled`` of ``steps`` segments are filled."""

    id: str
    label: str
    meaning: str
    filled: int
    steps: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades of a round, best first."""

    id: str
    label: str
    summary: str
    grades: tuple[Grade, ...]
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Something that inspectors ask of every body in a round."""

    id: str
    label: str
    meaning: str
    source: Source
    moved_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one round asks it."""

    question: Question
    wording: str
    wording_is: Wording
    ungraded: bool


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A round of inspections. ``comparable_with`` are the ids of rounds it may be compared with."""

    id: str
    label: str
    programme: str
    summary: str
    began: When | None
    scale: Scale
    asked: tuple[Asked, ...]
    comparable_with: tuple[str, ...]
    comparability: str
    break_: str | None
    comparability_source: Source
    source: Source
    moved_from: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that it asks, in its order."""
        return tuple(asked.question for asked in self.asked)

    def may_be_compared_with(self, other: Round) -> bool:
        """Whether grades of the two rounds may stand beside each other as like with like."""
        return self is other or other.id in self.comparable_with or self.id in other.comparable_with

    def asks(self, question: Question) -> Asked:
        """Return ``question`` as this round asks it. Raises StopIteration if it does not."""
        return next(asked for asked in self.asked if asked.question is question)


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """What findings can be about, across bodies."""

    id: str
    label: str
    meaning: str
    moved_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field. ``stands_for`` is the long form of an abbreviation."""

    id: str
    label: str
    stands_for: str | None
    meaning: str


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
