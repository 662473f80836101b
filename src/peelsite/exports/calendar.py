"""The due dates of responses as calendars (iCalendar, RFC 5545), one for all and one per force.

The same content gives the same bytes: no event holds the hour of the build.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from peelsite import __version__
from peelsite.catalogue import PERIOD, Body, Catalogue, Clock
from peelsite.exports.extra import Extra
from peelsite.pages import Hosting, address, calendar_path
from peelsite.render import in_words

if TYPE_CHECKING:
    from icalendar import Event

_OURS: Final = uuid.UUID("0d9bd4f2-53f1-4f5e-9b3c-6a3a5a6f2c11")
"""What the ids of events are made in, so that they are the same wherever the site stands."""


def calendars(catalogue: Catalogue, hosting: Hosting) -> Iterator[Extra]:
    """Give the calendar of all due dates, and that of each force that has any.

    A calendar must hold an event, so where nothing is due there is none.
    """
    everything: list[Event] = []
    of_body: dict[Body, list[Event]] = defaultdict(list)
    for clock in catalogue.clocks:
        if clock.due:
            event = _event(clock, hosting)
            everything.append(event)
            of_body[clock.body].append(event)
    if everything:
        yield Extra(calendar_path(), [_calendar(None, everything, hosting)])
    for body in catalogue.bodies:
        if body in of_body:
            calendar = _calendar(body, of_body[body], hosting)
            yield Extra(calendar_path(body), [calendar], f"bodies/{body.id}")


def _calendar(body: Body | None, events: Iterable[Event], hosting: Hosting) -> bytes:
    from icalendar import Calendar  # not all who read this room write one

    whose = body.name if body else "all forces"
    calendar = Calendar.new(
        name=f"Responses due: {whose} ({hosting.name})",
        description=f"Until when comments on inspection reports are due: {whose}.",
        language="en-GB",
        prodid=f"-//peelsite//peelsite {__version__}//EN",
        uid=uuid.uuid5(_OURS, body.id if body else "all"),
        subcomponents=list(events),
    )
    return bytes(calendar.to_ical())


def _event(clock: Clock, hosting: Hosting) -> Event:
    """Return an event, which is the same in every calendar."""
    from icalendar import STATUS, TRANSP, Event  # as above

    body, inspection = clock.body, clock.inspection
    return Event.new(
        uid=uuid.uuid5(_OURS, f"{inspection.id}/{body.id}"),
        stamp=_last_seen(clock),
        start=clock.due,
        summary=f"Response due: {body.policing_body or f'local policing body of {body.name}'}",
        description="\n".join(_told(clock)),
        categories=[body.short],
        status=STATUS.TENTATIVE if clock.is_running_from_page_date else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
        url=hosting.absolute(f"{address(inspection)[0]}#responses") or None,
    )


def _last_seen(clock: Clock) -> datetime.datetime:
    """Return when we last read or looked for anything on which the event rests."""
    days = [source.read for source in clock.inspection.sources]
    if clock.not_found:
        days.append(clock.not_found.looked)
    return datetime.datetime.combine(max(days), datetime.time(), datetime.UTC)


def _told(clock: Clock) -> Iterator[str]:
    yield f"Comments on the report “{clock.inspection.title}”."
    yield f"{clock.state.label}{_day_of(clock)}. {clock.state.meaning}"
    yield (
        f"This is the last of the {PERIOD} days that section 55(5A) of the Police Act 1996 gives, "
        "counted from the day of publication."
    )
    if clock.is_running_from_page_date:
        yield "It is uncertain: the only date of the report that we have is that on a web page."


def _day_of(clock: Clock) -> str:
    if clock.response and clock.response.published:
        return f", {in_words(clock.response.published)}"
    if not clock.not_found:
        return ""
    not_yet = ", when it was not yet due" if clock.looked_before_due else ""
    return f", last looked {in_words(clock.not_found.looked)}{not_yet}"
