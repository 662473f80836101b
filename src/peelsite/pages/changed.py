"""The pages on what changed, on what this site had wrong, and on the feeds that tell of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from peelsite.catalogue import Catalogue, Correction, Event
from peelsite.pages.feed import ALL, CORRECTIONS, STATUS, feed_of
from peelsite.pages.following import calendar_path
from peelsite.pages.links import Target
from peelsite.pages.modified import modified
from peelsite.pages.page import Page
from peelsite.pages.telling import Told, name_of, tell
from peelsite.schema import BodyKind, When

NEWEST: Final = 100
"""Changes on the first page; all stand on those of their years."""

_ADDRESS: Final = "changes/index"
_TITLE: Final = "What changed"


@dataclass(frozen=True, slots=True)
class Month:
    """What changed in one month, newest first; or in one year, where more is not known."""

    when: When
    told: tuple[Told, ...]

    @property
    def is_year(self) -> bool:
        """Whether the month is not known."""
        return len(self.when.iso) == len("2022")


def changes(catalogue: Catalogue) -> Iterator[Page]:
    """Give the page of what changed last, and a page for each year."""
    dated = [event for event in catalogue.events if event.date]
    years = {
        f"changes/{year}": (year, list(events))
        for year, events in groupby(dated, lambda event: _date(event)[:4])
    }
    undated = [tell(event) for event in catalogue.events if not event.date]
    linked = [(page, year) for page, (year, _) in years.items()]
    yield Page(
        _ADDRESS,
        _TITLE,
        _TITLE,
        "Reports, grades, words on concerns, answers and corrections, newest first.",
        "pages/changes.html",
        {
            "months": _months(dated[:NEWEST]),
            "undated": undated,
            "years": linked,
            "left": len(dated) - NEWEST,
        },
        feed=ALL,
        modified=modified(catalogue.events),
    )
    for page, (year, events) in years.items():
        yield Page(
            page,
            year,
            f"{_TITLE} in {year}",
            f"Reports, grades, words on concerns, answers and corrections of {year}, newest first.",
            "pages/changes.html",
            {"months": _months(events), "undated": [], "years": linked, "left": 0},
            (_ADDRESS, _TITLE),
            feed=ALL,
            modified=modified(events),
        )


def _date(event: Event) -> str:
    return event.date.iso if event.date else ""


def _months(events: Iterable[Event]) -> list[Month]:
    grouped = groupby(events, lambda event: _date(event)[:7])
    return [Month(When(month), tuple(map(tell, of_it))) for month, of_it in grouped]


@dataclass(frozen=True, slots=True)
class Stood:
    """A correction, and the names of what it stood on."""

    correction: Correction
    about: tuple[tuple[str, Target], ...]


def corrections(catalogue: Catalogue) -> Page:
    """Return the page of what this site had wrong."""
    return Page(
        "corrections",
        "Corrections",
        "Corrections",
        "What this site got wrong, when it was put right, and how to tell us of more.",
        "pages/corrections.html",
        {
            "corrections": [
                Stood(each, tuple((name_of(target), target) for target in each.about))
                for each in catalogue.corrections
            ]
        },
        feed=CORRECTIONS,
        modified=max((each.date for each in catalogue.corrections), default=None),
    )


def feeds(catalogue: Catalogue) -> Page:
    """Return the page that says which feeds and calendars there are."""
    regions = [
        (region, feed_of(region), [(body, feed_of(body)) for body in catalogue.related_to(region)])
        for region in catalogue.of_kind(BodyKind.REGION)
    ]
    listed = {body for region, _, bodies in regions for body in (region, *dict(bodies))}
    forces = [
        force
        for force in catalogue.of_kind(BodyKind.FORCE)
        if any(clock.due for clock in catalogue.clocks_of(force))
    ]
    return Page(
        "feeds/index",
        "Feeds and calendars",
        "Feeds and calendars",
        "Be told when something changes, on this site or about one force, unit or region.",
        "pages/feeds.html",
        {
            "of_the_site": (ALL, STATUS, CORRECTIONS),
            "regions": regions,
            "others": [(body, feed_of(body)) for body in catalogue.bodies if body not in listed],
            "calendar": calendar_path() if forces else None,
            "calendars": [(force, calendar_path(force)) for force in forces],
        },
    )
