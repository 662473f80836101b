"""The pack: a page on one force or unit, made to be printed and taken to a meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from string import ascii_lowercase
from typing import Final

from peelsite.catalogue import (
    LAW_BEGAN,
    Body,
    Catalogue,
    Clock,
    ClockState,
    Finding,
    Latest,
    NotFound,
    Rating,
    Round,
    Said,
    Source,
)
from peelsite.pages.following import told
from peelsite.pages.links import address
from peelsite.pages.modified import modified
from peelsite.pages.page import Page
from peelsite.pages.record import record_address
from peelsite.schema import BodyKind, Speaker, Status, When


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to put at a meeting: its words, and the date (if any) with which it ends."""

    words: str
    date: When | None = None


SINCE: Final[dict[Status | None, str]] = {
    None: "What has changed since",
    Status.OPEN: "What has been done about this since",
    Status.ACTION_PLANNED: "What has come of the plan since",
}
"""What to ask by the last word on a concern, before its date; None: a word without a status."""

WITHOUT_DATE: Final[dict[Status | None, str]] = {
    Status.PARTLY_ADDRESSED: "What is still to be done",
    Status.REOPENED: "What has been done about this since it was raised again",
    Status.CLOSED: "What do inspectors say of this",
    Status.SUPERSEDED: "What do inspectors say of this",
}
"""The same without a date. What is closed or superseded is so by the word of the body alone."""

ON_REPEATED: Final = "What was done after this was first said"
ON_SAID_BEFORE: Final = "When was this first said, and what was done then"
"""What to ask if only others say that it had been said before."""


def ask_about(concern: Finding, before: tuple[Finding, ...]) -> tuple[Ask, ...]:
    """Return what to ask about an open concern.

    ``before`` are the findings of earlier reports that it repeats, oldest first. Each question
    follows from what is recorded, asks for facts, and suggests no answer.
    """
    asked = [_ask_by_status(concern)]
    if before:
        asked.append(_dated(ON_REPEATED, before[0].inspection.published))
    elif concern.said_before:
        asked.append(Ask(ON_SAID_BEFORE))
    return tuple(asked)


def _ask_by_status(concern: Finding) -> Ask:
    said = [each for each in concern.updates if each.said.speaker is not Speaker.PRESS]
    last = said[-1] if said else None
    status = last.status if last else Status.OPEN
    date = last.date if last else concern.inspection.published
    if words := WITHOUT_DATE.get(status):
        return Ask(words)
    return Ask(SINCE[status], date) if date else Ask(f"{SINCE[status]} the report")


def _dated(words: str, date: When | None) -> Ask:
    return Ask(f"{words} {'on' if date.day else 'in'}", date) if date else Ask(words)


@dataclass(frozen=True, slots=True)
class Graded:
    """A round, and the ratings in it, each with the mark ("a") of what is doubtful about it."""

    round: Round
    ratings: tuple[tuple[Rating, str], ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """An open concern, what earlier findings it repeats, and what to ask about it."""

    concern: Finding
    before: tuple[Finding, ...]
    asked: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """How the 56-day clocks of a force stand, newest report first.

    ``told`` are those of which a response was found, or looked for; ``not_sought`` those of which
    nobody has looked for one yet; ``others`` is how many have no due date.
    """

    told: tuple[Clock, ...]
    not_sought: tuple[Clock, ...]
    others: int


@dataclass(frozen=True)
class Numbered:
    """The sources of a page, numbered from 1 in the order in which it first cites them."""

    listed: tuple[tuple[int, Source], ...]

    @classmethod
    def as_cited(cls, cited: Iterable[Said | NotFound]) -> Numbered:
        """Number the sources of what was said, or looked for."""
        found = dict.fromkeys(source for each in cited for source in _sources(each))
        return cls(tuple(enumerate(found, start=1)))

    @cached_property
    def _numbers(self) -> dict[Source, int]:
        return {source: number for number, source in self.listed}

    def of(self, cited: Said | NotFound) -> tuple[int, ...]:
        """Return the numbers of the sources of what was said, or looked for."""
        return tuple(self._numbers[source] for source in _sources(cited))


def _sources(cited: Said | NotFound) -> tuple[Source, ...]:
    return cited.looked_in if isinstance(cited, NotFound) else (cited.source, *cited.also_in)


def pack_address(body: Body) -> str | None:
    """Return the address of the pack of a body; None for a region, which nobody answers for."""
    return None if body.kind is BodyKind.REGION else f"{address(body)[0]}/pack"


def packs(catalogue: Catalogue) -> Iterator[Page]:
    """Give the pack of each force and each unit."""
    still_open, not_open, praised = (
        _by_body(findings)
        for findings in (
            catalogue.open_concerns,
            [each for each in catalogue.concerns if not each.is_open],
            catalogue.praised,
        )
    )
    for body in catalogue.bodies:
        if where := pack_address(body):
            findings = (still_open[body], not_open[body], tuple(praised[body]))
            yield _pack(catalogue, body, where, *findings)


def _by_body(findings: Iterable[Finding]) -> dict[Body, list[Finding]]:
    by_body: dict[Body, list[Finding]] = defaultdict(list)
    for finding in findings:
        for body in dict.fromkeys(finding.about):
            by_body[body].append(finding)
    return by_body


def _pack(
    catalogue: Catalogue,
    body: Body,
    where: str,
    still_open: Iterable[Finding],
    not_open: Iterable[Finding],
    praised: tuple[Finding, ...],
) -> Page:
    latest = catalogue.latest_of(body)
    doubts = _doubts(latest)
    raised = tuple(_raised(catalogue, still_open))
    closed = tuple(_closed_lately(catalogue, body, not_open))
    replies = tuple(reply for part in catalogue.parts_of(body) for reply in part.replies)
    answers = _answers(catalogue.clocks_of(body))
    cited: list[Said | NotFound] = [
        *(rating.said for each in latest for rating in each.ratings),
        *(said for each in raised for said in _said_of(each.concern)),
        *(each.said for each in (*closed, *praised)),
        *(reply.said for reply in replies),
        *_cited_by(answers),
        *([body.no_policing_body.said] if body.no_policing_body else []),
    ]
    return Page(
        where,
        "Pack for a meeting",
        f"{body.name}: pack for a meeting",
        f"For a meeting about {body.name}, on paper: ratings, open concerns, what has been said "
        "since, and what to ask.",
        "pages/pack.html",
        {
            "body": body,
            "record": record_address(body),
            "graded": _graded(latest, doubts),
            "doubts": [(mark, doubt) for doubt, mark in doubts.items()],
            "is_apart": _is_apart(latest),
            "raised": raised,
            "closed": closed,
            "praised": praised,
            "replies": replies,
            "answers": answers,
            "law_began": LAW_BEGAN,
            "sources": Numbered.as_cited(cited),
            "as_of": catalogue.as_of,
        },
        (address(body)[0], body.short),
        body.path,
        modified=modified([body, *catalogue.parts_of(body), *catalogue.clocks_of(body)]),
    )


def _doubts(latest: Iterable[Latest]) -> dict[str, str]:
    """Return what is doubtful about ratings, each once though it be so of many, with its mark."""
    told = (rating.uncertain for each in latest for rating in each.ratings)
    different = dict.fromkeys(filter(None, told))
    return {doubt: _letters(place) for place, doubt in enumerate(different)}


def _letters(place: int) -> str:
    """Return the mark of a doubt: a to z, then aa, bb and so on."""
    times, letter = divmod(place, len(ascii_lowercase))
    return ascii_lowercase[letter] * (times + 1)


def _graded(latest: Iterable[Latest], doubts: Mapping[str, str]) -> list[Graded]:
    return [
        Graded(
            each.round,
            tuple((rating, doubts.get(rating.uncertain or "", "")) for rating in each.ratings),
        )
        for each in latest
    ]


def _is_apart(latest: Iterable[Latest]) -> bool:
    """Whether there are rounds among ``latest`` that may not be compared with each other."""
    pairs = combinations((each.round for each in latest), 2)
    return any(not one.may_be_compared_with(other) for one, other in pairs)


def _raised(catalogue: Catalogue, still_open: Iterable[Finding]) -> Iterator[Raised]:
    """Give the open concerns about a body, in their order, with what was said of each before."""
    for concern in still_open:
        chain = catalogue.chain(concern)
        before = chain[: chain.index(concern)]
        yield Raised(concern, before, ask_about(concern, before))


def _closed_lately(
    catalogue: Catalogue, body: Body, not_open: Iterable[Finding]
) -> Iterator[Finding]:
    """Give the concerns that inspectors closed no earlier than the newest report of their kind.

    ``not_open`` are the concerns about ``body`` that inspectors closed, or put others in place of.
    """
    newest: dict[str, When] = {}
    for part in catalogue.parts_of(body):
        if published := part.inspection.published:
            newest.setdefault(part.inspection.round.programme, published)
    for concern in not_open:
        since = newest.get(concern.inspection.round.programme)
        closed = concern.last_inspectors
        if not (closed and since and closed.is_before(since)):
            yield concern


def _said_of(concern: Finding) -> Iterator[Said]:
    """Give what the pack cites on an open concern."""
    yield concern.said
    yield from (each.said for each in concern.updates)
    yield from (each.said for each in concern.said_before)


def _answers(clocks: tuple[Clock, ...]) -> Answers:
    found = told(clocks)
    not_sought = tuple(each for each in clocks if each.state is ClockState.NOT_SOUGHT)
    return Answers(found, not_sought, len(clocks) - len(found) - len(not_sought))


def _cited_by(answers: Answers) -> Iterator[Said | NotFound]:
    for clock in answers.told:
        if clock.response:
            yield clock.response.said
        elif clock.not_found:
            yield clock.not_found
