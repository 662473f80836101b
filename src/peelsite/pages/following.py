"""The pages that follow up: open concerns by silence, and who must answer by when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from peelsite.catalogue import (
    LAW_BEGAN,
    PERIOD,
    Body,
    Catalogue,
    Clock,
    ClockState,
    Inspection,
    due_date,
)
from peelsite.pages.feed import STATUS
from peelsite.pages.modified import modified
from peelsite.pages.numbered import over_pages
from peelsite.pages.page import Page


def concerns(catalogue: Catalogue) -> Iterator[Page]:
    """Give the pages of open concerns, the one without a word for the longest time first."""
    still_open = catalogue.open_concerns
    for listed in over_pages("concerns", still_open):
        yield Page(
            listed.address,
            "Concerns" if listed.number == 1 else f"Page {listed.number}",
            listed.of("Open concerns, longest without a word first"),
            "Concerns of police inspectors that they have not closed: the last word of each side, "
            "and since when nobody has said anything"
            + ("." if listed.number == 1 else f", page {listed.number}."),
            "pages/concerns.html",
            {"listed": listed, "others": len(catalogue.concerns) - len(still_open)},
            above=None if listed.number == 1 else ("concerns", "Concerns"),
            feed=STATUS,
            modified=modified(listed.entries),
        )


@dataclass(frozen=True, slots=True)
class Alike:
    """The clocks of one report that stand alike: one of them, and the forces of all."""

    clock: Clock
    bodies: tuple[Body, ...]


def alike(clocks: Iterable[Clock], state: ClockState) -> tuple[Alike, ...]:
    """Return report by report the clocks of which nothing is known and that are in ``state``."""
    silent = (clock for clock in clocks if clock.state is state and not clock.is_told_of)
    of_reports = (list(each) for _, each in groupby(silent, lambda clock: clock.inspection))
    return tuple(Alike(each[0], tuple(clock.body for clock in each)) for each in of_reports)


def told(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """Return the clocks of which a response was found, or was looked for."""
    return tuple(clock for clock in clocks if clock.is_told_of)


def responses(catalogue: Catalogue) -> Page:
    """Return the page of every clock, with the rule that sets them going."""
    clocks = catalogue.clocks
    return Page(
        "responses",
        "Responses",
        "Responses due from local policing bodies",
        "When police and crime commissioners and other local policing bodies must publish their "
        "comments on an inspection report, and what we found of them.",
        "pages/responses.html",
        {
            "period": PERIOD,
            "began": LAW_BEGAN,
            "example": (_EXAMPLE, due_date(_EXAMPLE)),
            "told": told(clocks),
            "not_sought": alike(clocks, ClockState.NOT_SOUGHT),
            "undated": alike(clocks, ClockState.UNDATED),
            "no_duty": alike(clocks, ClockState.NO_DUTY),
            "calendar": calendar_path() if any(clock.due for clock in clocks) else None,
        },
        modified=modified(clocks),
    )


_EXAMPLE: Final = datetime.date(2022, 12, 7)


def calendar_path(body: Body | None = None) -> str:
    """Return where the calendar of one force stands, or that of all."""
    return f"calendar/{body.id if body else 'all'}.ics"


@dataclass(frozen=True, slots=True)
class BodyClocks:
    """The newest clocks of a body that run, how many run, and how many ``others`` it has."""

    newest: tuple[Clock, ...]
    running: int
    others: int
    calendar: str | None
    """Where its calendar stands, if a day is known."""


def clocks_of_body(catalogue: Catalogue, body: Body) -> BodyClocks:
    """Return what the page of a body says of its clocks."""
    clocks = catalogue.clocks_of(body)
    running = tuple(clock for clock in clocks if clock.due or clock.is_told_of)
    calendar = calendar_path(body) if any(clock.due for clock in clocks) else None
    return BodyClocks(running[:_NEWEST], len(running), len(clocks) - len(running), calendar)


_NEWEST: Final = 5
"""Clocks that the page of a force lists."""


@dataclass(frozen=True, slots=True)
class InspectionClocks:
    """The clocks of an inspection: ``any`` of them (all run to one day), and how they stand."""

    any: Clock | None
    told: tuple[Clock, ...]
    silent: tuple[Alike, ...]


def clocks_of_inspection(catalogue: Catalogue, inspection: Inspection) -> InspectionClocks:
    """Return what the page of an inspection says of its clocks."""
    clocks = catalogue.clocks_of(inspection)
    silent = tuple(each for state in ClockState for each in alike(clocks, state))
    return InspectionClocks(next(iter(clocks), None), told(clocks), silent)
