"""The record of a body: all its ratings by question and round, and everything they rest on.

It stands on a page of its own, because it grows with every round, and the page of the body must
stay light.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peelsite.catalogue import Body, Catalogue, Finding, History, Part, Rating, Source
from peelsite.pages.links import address
from peelsite.pages.modified import modified
from peelsite.pages.page import Page


def record_address(body: Body) -> str:
    """Return the address of the record of a body."""
    return f"{address(body)[0]}/record"


def record_of(catalogue: Catalogue, body: Body, told: Sequence[History]) -> Page:
    """Return the page of the record of a body, of which ``told`` are all histories."""
    parts = catalogue.parts_of(body)
    ratings = catalogue.ratings_of(body)
    return Page(
        record_address(body),
        "Record",
        f"Ratings and sources: {body.name}",
        f"Every rating of {body.name} that we hold, by question and round, what may be compared, "
        "and every source.",
        "pages/record.html",
        {
            "body": body,
            "histories": [each for each in told if len(each.entries) > 1],
            "rated_once": [each.entries[0].rating for each in told if len(each.entries) == 1],
            "rounds_without": catalogue.rounds_without(body),
            "sources": sources_of(parts),
        },
        (address(body)[0], body.short),
        body.path,
        modified=modified([*ratings, *parts]),
    )


@dataclass(frozen=True, slots=True)
class Span:
    """How many ratings there are on one question, and the years of the first and the last."""

    rating: Rating
    number: int
    years: str


def spans(told: Iterable[History]) -> list[Span]:
    """Return a line for each history of a body."""
    return [
        Span(
            each.entries[0].rating,
            len(each.entries),
            _years([e.rating.published.iso[:4] for e in each.entries if e.rating.published]),
        )
        for each in told
    ]


def _years(years: list[str]) -> str:
    """Return "2016 to 2025", "2016", or "date not known" if there are none."""
    if not years:
        return "date not known"
    first, last = min(years), max(years)
    return first if first == last else f"{first} to {last}"


def sources_of(parts: Iterable[Part]) -> list[Source]:
    """Return every source of what is recorded of a body, each once."""
    said = [said for part in parts for said in part.said]
    said += [finding.said for finding in shared_of(parts)]
    return list(dict.fromkeys(source for each in said for source in (each.source, *each.also_in)))


def shared_of(parts: Iterable[Part]) -> list[Finding]:
    """Return the findings that are recorded under another body, and as much about this one."""
    return [finding for part in parts for finding in part.shared]
