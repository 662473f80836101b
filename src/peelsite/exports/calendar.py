"""The due dates of responses as calendars (iCalendar, RFC 5545), one for all and one per force.

The same content gives the same bytes: no event holds the hour of the build.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from peelsite import __version__
from peelsite.catalogue import PERIOD, Body, Catalogue, Clock
from peelsite.exports.extra import Extra
from peelsite.pages import Hosting, address, calendar_path
from peelsite.render import in_words

_OURS: Final = uuid.UUID("0d9bd4f2-53f1-4f5e-9b3c-6a3a5a6f2c11")
"""What the ids of events are made in, so that they are the same wherever the site stands."""


def calendars(catalogue: Catalogue, hosting: Hosting) -> Iterator[Extra]:
    """Give the calendar of all due dates, and that of each force that has any.

    A calendar must hold an event, so where nothing is due there is none.
    """
    of_body: dict[Body, list[bytes]] = defaultdict(list)
    everything: list[bytes] = []
    for clock in catalogue.clocks:
        if clock.due:
            event = _lines(_event(clock, clock.due, hosting))
            everything.append(event)
            of_body[clock.body].append(event)
    if everything:
        yield _calendar(None, everything, hosting)
    for body in catalogue.bodies:
        if body in of_body:
            yield _calendar(body, of_body[body], hosting)


def _calendar(body: Body | None, events: Iterable[bytes], hosting: Hosting) -> Extra:
    whose = body.name if body else "all forces"
    told = _text(f"Until when comments on inspection reports are due: {whose}.")
    name = _text(f"Responses due: {whose} ({hosting.name})")
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_text(f'-//peelsite//peelsite {__version__}//EN')}",
        f"DESCRIPTION:{told}",
        f"X-WR-CALDESC:{told}",  # for programs that are older than RFC 7986
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"UID:{uuid.uuid5(_OURS, body.id if body else 'all')}",
    )
    return Extra(calendar_path(body), b"".join((_lines(head), *events, _lines(("END:VCALENDAR",)))))


def _event(clock: Clock, due: datetime.date, hosting: Hosting) -> Iterator[str]:
    """Give the lines of an event, which are the same in every calendar."""
    body, inspection = clock.body, clock.inspection
    whose = body.policing_body or f"local policing body of {body.name}"
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_text(f'Response due: {whose}')}"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTSTAMP:{_last_seen(clock):%Y%m%d}T000000Z"
    yield f"UID:{uuid.uuid5(_OURS, f'{inspection.id}/{body.id}')}"
    yield f"CATEGORIES:{_text(body.short)}"
    yield f"DESCRIPTION:{_text(chr(10).join(_told(clock)))}"
    yield f"STATUS:{'TENTATIVE' if clock.is_running_from_page_date else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if url := hosting.absolute(f"{address(inspection)[0]}#responses"):
        yield f"URL:{url}"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """Return a text as a value (RFC 5545, 3.3.11)."""
    return text.translate(_ESCAPED)


_ESCAPED: Final = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def _lines(lines: Iterable[str]) -> bytes:
    return b"".join(_folded(line.encode()) + b"\r\n" for line in lines)


def _folded(line: bytes) -> bytes:
    """Return a line in pieces of at most 75 bytes with the space before them (RFC 5545, 3.1).

    No character is cut, and no mark from what it escapes: some programs read piece by piece.
    """
    pieces = []
    while len(line) > _PIECE:
        end = _PIECE
        while line[end] & 0xC0 == 0x80:  # within a character of UTF-8
            end -= 1
        if line[end - 1 : end] in (b"\\", b"^"):
            end -= 1
        pieces.append(line[:end])
        line = line[end:]
    return b"\r\n ".join((*pieces, line))


_PIECE: Final = 74


def _last_seen(clock: Clock) -> datetime.date:
    """Return the day on which we last read or looked for anything on which the event rests."""
    days = [source.read for source in clock.inspection.sources]
    if clock.not_found:
        days.append(clock.not_found.looked)
    return max(days)


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
