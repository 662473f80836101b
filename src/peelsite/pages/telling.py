"""What changed, in the words that pages and feeds have for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from peelsite.catalogue import (
    Body,
    Claim,
    Correction,
    Event,
    EventKind,
    Finding,
    Inspection,
    Question,
    Rating,
    Reply,
    Response,
    Round,
    Said,
    Source,
    Theme,
    Update,
)
from peelsite.pages.links import Target
from peelsite.schema import Dating, Evidence, Speaker


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words.

    ``what`` is what happened, ``headline`` what it happened to, without markup; ``target`` is where
    that stands. ``summary`` is Markdown. ``who`` is the speaker; ``source`` is what stands closest
    to the speaker's own words, None where this site itself speaks. ``dating`` is what the date
    rests on, if that must be told.
    """

    event: Event
    what: str
    headline: str
    target: Target
    summary: str
    who: str
    source: Source | None
    dating: Dating | None = None

    @property
    def is_spoken(self) -> bool:
        """Whether ``summary`` is what the speaker says, in our words."""
        return self.event.kind in _SPOKEN

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Whom it concerns, unless the headline says so."""
        return () if self.event.kind is EventKind.CORRECTION else self.event.bodies

    @property
    def title(self) -> str:
        """All of it in one line."""
        names = [] if self.event.kind is EventKind.REPORT else [each.short for each in self.bodies]
        whose = f" – {', '.join(names)}" if names else ""
        who = "" if self.what.startswith(self.who) else f" ({self.who})"
        return f"{self.what}: {self.headline}{whose}{who}"


_SPOKEN: Final = frozenset({EventKind.STATUS, EventKind.WORD, EventKind.REPLY, EventKind.RESPONSE})

_INSPECTORS: Final = Speaker.INSPECTORS.label.lower()


def tell(event: Event) -> Told:
    """Return an event in words."""
    match event.record:
        case Inspection():
            return _report(event, event.record)
        case Rating():
            return _grade(event, event.record)
        case Update():
            return _update(event, event.record)
        case Reply():
            return _reply(event, event.record)
        case Response():
            return _response(event, event.record)
        case Correction():
            return _correction(event, event.record)


def _report(event: Event, inspection: Inspection) -> Told:
    order = list(Evidence)
    names = ", ".join(body.name for body in event.bodies)
    return Told(
        event,
        event.kind.label,
        inspection.title,
        inspection,
        f"Inspectors published a report{' on ' if names else ''}{names}.",
        _INSPECTORS,
        min(inspection.sources, key=lambda source: order.index(source.evidence)),
        _doubtful(inspection.published_is),
    )


def _grade(event: Event, rating: Rating) -> Told:
    grade = rating.grade.label if rating.grade else ""
    return Told(
        event,
        f"{event.kind.label} {grade.lower()}",
        rating.question.label,
        rating.inspection,
        "It was published on another day than the report under which it is recorded.",
        _who_said(rating.said),
        rating.said.best,
        _doubtful(rating.published_is),
    )


def _update(event: Event, update: Update) -> Told:
    finding = event.finding
    assert finding is not None  # noqa: S101 - what is said later is said about a concern
    what = update.status.label if update.status else event.kind.label
    if update.said.speaker is not Speaker.INSPECTORS:  # whose word it is must not be overlooked
        who = update.said.who
        what = f"{who} says: {what}" if update.status else f"{who} on a concern"
    return Told(
        event,
        what,
        finding.title,
        finding,
        update.summary,
        _who_said(update.said),
        update.said.best,
    )


def _reply(event: Event, reply: Reply) -> Told:
    return Told(
        event,
        event.kind.label,
        reply.inspection.short,
        f"inspections/{reply.inspection.id}#{reply.body.id}",
        reply.summary,
        reply.by,
        reply.said.best,
    )


def _response(event: Event, response: Response) -> Told:
    inspection = event.inspection
    assert inspection is not None  # noqa: S101 - it is a response to a report
    body = event.bodies[0]
    return Told(
        event,
        event.kind.label,
        inspection.short,
        f"inspections/{inspection.id}#{body.id}",
        response.summary or "The local policing body published its comments on the report.",
        _who_said(response.said),
        response.said.best,
    )


def _correction(event: Event, correction: Correction) -> Told:
    return Told(
        event,
        event.kind.label,
        "; ".join(dict.fromkeys(map(name_of, correction.about))),
        f"corrections#{correction.id}",
        f"What was wrong: {correction.was}\n\nWhat is right: {correction.now}",
        "this site",
        None,
    )


def name_of(target: Target) -> str:
    """Return what a record, or a page by its address, is called where a link leads to it."""
    match target:
        case Body() | Inspection():
            return target.short
        case Finding() | Claim():
            return f"{target.title} ({target.body.short})"
        case Source():
            return target.title
        case Question() | Round() | Theme():
            return target.label
    return f"the page “{target.capitalize()}”"


def _doubtful(dating: Dating) -> Dating | None:
    return dating if dating is Dating.PAGE_DATE else None


def _who_said(said: Said) -> str:
    return _INSPECTORS if said.speaker is Speaker.INSPECTORS else said.who
