"""The 56-day clock: when a local policing body's comments on a report are due, and what came.

Police Act 1996, section 55(5A), put in by section 37 of the Policing and Crime Act 2017: the
comments must be published before the end of the period of 56 days beginning with the day on which
the report is published (https://www.legislation.gov.uk/ukpga/2017/3/section/37). The section has
been in force since 2 May 2017 (https://www.legislation.gov.uk/uksi/2017/399/made, regulation 4).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from peelsite.catalogue.bodies import Body
from peelsite.catalogue.records import Inspection, NotFound, Part, Response
from peelsite.schema import BodyKind, Dating
from peelsite.schema.terms import Term

PERIOD: Final = 56
"""Days, of which the day of publication is the first."""

LAW_BEGAN: Final = datetime.date(2017, 5, 2)
"""The first day on which a report that is published sets a clock going."""


class ClockState(Term):
    """How the clock of one report and one local policing body stands."""

    IN_TIME = ("in-time", "Published in time", "Published before the end of the 56 days.")
    LATE = ("late", "Published late", "Published after the end of the 56 days.")
    ANSWERED = (
        "answered",
        "Published; whether in time is not known",
        "A response was found; its day, or that of the report, is not known or not certain.",
    )
    NONE_FOUND = (
        "none-found",
        "None found",
        "We looked and found none. That does not mean that there is none.",
    )
    NOT_SOUGHT = (
        "not-sought",
        "Not looked for yet",
        "Whether there is a response, we do not know.",
    )
    UNDATED = (
        "undated",
        "Due date not known",
        "The day on which the report was published is not known, so nor is when comments were due.",
    )
    NO_DUTY = (
        "no-duty",
        "No clock",
        "The report is older than the duty to publish comments within 56 days.",
    )


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """The clock of one inspection and the local policing body of one force.

    ``due`` is the last day in time, None where there is no duty or the day of publication is not
    known.
    """

    inspection: Inspection
    body: Body
    due: datetime.date | None
    state: ClockState
    response: Response | None
    not_found: NotFound | None

    @property
    def policing_body(self) -> str:
        """Whose comments are due: the office, or what every such office is called."""
        return self.body.policing_body or "The local policing body"

    @property
    def is_told_of(self) -> bool:
        """Whether anything was found, or at least looked for."""
        return self.response is not None or self.not_found is not None

    @property
    def is_running_from_page_date(self) -> bool:
        """Whether the due date rests on the date of a web page, which can be a later one."""
        return self.due is not None and self.inspection.published_is is Dating.PAGE_DATE

    @property
    def looked_before_due(self) -> bool:
        """Whether a response was last looked for while it was not yet due."""
        return bool(self.not_found and self.due and self.not_found.looked <= self.due)


def due_date(published: datetime.date) -> datetime.date:
    """Return the last day on which comments on a report of the day ``published`` are in time."""
    return published + datetime.timedelta(days=PERIOD - 1)


def clock_of(part: Part) -> Clock | None:
    """Return the clock that a part of an inspection sets going, None if nobody need respond.

    A unit or region has no local policing body, and a force outside the Police Act has none.
    """
    body, inspection = part.body, part.inspection
    if body.kind is not BodyKind.FORCE or body.no_policing_body:
        return None
    published = inspection.published
    has_duty = published is None or published.span[1] >= LAW_BEGAN
    day = published.day if published and has_duty else None
    due = due_date(day) if day else None
    state = _state(part, due, has_duty=has_duty)
    return Clock(inspection, body, due, state, part.response, part.response_not_found)


def _state(part: Part, due: datetime.date | None, *, has_duty: bool) -> ClockState:
    if not has_duty:
        return ClockState.NO_DUTY
    if part.response is None and part.response_not_found is None:
        return ClockState.NOT_SOUGHT if due else ClockState.UNDATED
    if part.response is None:
        return ClockState.NONE_FOUND
    if due is None or part.response.published is None:
        return ClockState.ANSWERED
    first, last = part.response.published.span
    if first > due:  # though the date of a page be later than that of the report
        return ClockState.LATE
    is_sure = last <= due and part.inspection.published_is is Dating.STATED
    return ClockState.IN_TIME if is_sure else ClockState.ANSWERED
