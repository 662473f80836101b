"""What changed, as the dates in the content tell it."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from peelsite.catalogue.bodies import Body
from peelsite.catalogue.records import (
    Claim,
    Correction,
    Finding,
    Inspection,
    Part,
    Rating,
    Reply,
    Response,
    Update,
)
from peelsite.catalogue.said import Said
from peelsite.schema import When
from peelsite.schema.terms import Term


class EventKind(Term):
    """What kind of thing happened."""

    REPORT = ("report", "Report", "A report was published.")
    GRADE = ("grade", "Grade", "A grade was published on another day than its report.")
    STATUS = ("status", "Status", "Somebody said how a concern stands.")
    WORD = ("word", "Said of a concern", "Somebody said something, and not how it stands.")
    REPLY = ("reply", "Reply", "A body, or who oversees it, replied to a report.")
    RESPONSE = ("response", "Response", "A local policing body published its comments.")
    CORRECTION = ("correction", "Correction", "This site put something right.")


Happened: TypeAlias = Inspection | Rating | Update | Reply | Response | Correction


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """Something that happened.

    ``id`` stays the same however often the site is built; where there is no other way to tell one
    from the next, it has the date. ``date`` is when it happened, None if not known; ``noted`` the
    day on which what it rests on was last read for this site. ``bodies`` are those whom it
    concerns. ``inspection`` is that on which it rests, if on one; ``finding`` the one concern that
    somebody spoke of.
    """

    id: str
    kind: EventKind
    date: When | None
    noted: datetime.date
    bodies: tuple[Body, ...]
    record: Happened
    inspection: Inspection | None = None
    finding: Finding | None = None

    @property
    def updated(self) -> datetime.date:
        """The last day on which it changed for readers of this site."""
        return max(self.noted, self.date.span[0]) if self.date else self.noted


def events_of(
    inspections: Iterable[Inspection], parts: Iterable[Part], corrections: Iterable[Correction]
) -> tuple[Event, ...]:
    """Return all that happened, newest first; what has no date stands last.

    What bodies claim of their own work is not among it: it answers nobody and changes nothing. Nor
    is a report of which nothing was read.
    """
    by_inspection: dict[Inspection, list[Part]] = defaultdict(list)
    for part in parts:
        by_inspection[part.inspection].append(part)
    events = [_report(each, by_inspection[each]) for each in inspections if each.sources]
    for of_it in by_inspection.values():
        for part in of_it:
            events += [*_grades(part), *_words(part), *_answers(part)]
    events += map(_corrected, corrections)
    newest_first = sorted(events, key=lambda e: e.date.iso if e.date else "", reverse=True)
    return tuple(_told_apart(newest_first))


def _told_apart(events: Iterable[Event]) -> Iterator[Event]:
    """Number events that would have one id: words of one speaker on one thing and day."""
    seen = Counter[str]()
    for event in events:
        seen[event.id] += 1
        number = seen[event.id]
        yield event if number == 1 else replace(event, id=f"{event.id}/{number}")


def _report(inspection: Inspection, parts: list[Part]) -> Event:
    return Event(
        f"report/{inspection.id}",
        EventKind.REPORT,
        inspection.published,
        max(source.read for source in inspection.sources),
        tuple(part.body for part in parts),
        inspection,
        inspection,
    )


def _grades(part: Part) -> Iterator[Event]:
    """Give the grades that were published on another day than their report."""
    for rating in part.ratings:
        if rating.has_own_date and rating.grade and not rating.carried_over_from:
            known_by = (rating.question.id,)
            yield _event(part, EventKind.GRADE, known_by, rating.published, rating.said, rating)


def _words(part: Part) -> Iterator[Event]:
    for finding in part.concerns:
        for update in finding.updates:
            # Not by its status, which may come to be told later.
            known_by = (finding.id, update.said.speaker, update.date.iso)
            event = _event(part, EventKind.WORD, known_by, update.date, update.said, update)
            kind = EventKind.STATUS if update.status else EventKind.WORD
            yield replace(event, kind=kind, bodies=finding.about, finding=finding)


def _answers(part: Part) -> Iterator[Event]:
    for reply in part.replies:
        known_by = (reply.said.speaker, *([reply.date.iso] if reply.date else ()))
        yield _event(part, EventKind.REPLY, known_by, reply.date, reply.said, reply)
    if response := part.response:
        kind = EventKind.RESPONSE
        yield _event(part, kind, (), response.published, response.said, response)


def _event(
    part: Part,
    kind: EventKind,
    known_by: tuple[str, ...],
    date: When | None,
    said: Said,
    record: Happened,
) -> Event:
    """Return an event, known by its kind, report and body, and ``known_by``."""
    return Event(
        "/".join((kind, part.inspection.id, part.body.id, *known_by)),
        kind,
        date,
        max(source.read for source in (said.source, *said.also_in)),
        (part.body,),
        record,
        part.inspection,
    )


def _corrected(correction: Correction) -> Event:
    standing = stood_on(correction)
    return Event(
        f"correction/{correction.id}",
        EventKind.CORRECTION,
        When(correction.date.isoformat()),
        correction.date,
        tuple(each for each in standing if isinstance(each, Body)),
        correction,
    )


def stood_on(correction: Correction) -> tuple[Body | Inspection | Finding | Claim, ...]:
    """Return whom, which reports and which findings a correction is about.

    What was wrong in a finding was wrong on the pages of its report and its bodies.
    """
    return tuple(dict.fromkeys(each for about in correction.about for each in _standing(about)))


def _standing(about: object) -> tuple[Body | Inspection | Finding | Claim, ...]:
    match about:
        case Finding():
            return about, about.inspection, *about.about
        case Claim():
            return about, about.inspection, about.body
        case Body() | Inspection():
            return (about,)
    return ()
