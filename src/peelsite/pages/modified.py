"""When a page last changed for its readers, as the dates in the content tell it.

That is the last day on which anything that it shows was read for this site, or was put right; never
the hour of a build.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from peelsite.catalogue import (
    Body,
    Catalogue,
    Claim,
    Clock,
    Event,
    Finding,
    Inspection,
    Part,
    Question,
    Rating,
    Round,
    Said,
    Source,
    stood_on,
)
from peelsite.pages.links import address
from peelsite.pages.page import Page

Statements: TypeAlias = "Part | Finding | Claim | Rating | Event | Clock"
Shown: TypeAlias = "Body | Inspection | Question | Round | Source | Statements"


def modified(shown: Iterable[Shown]) -> datetime.date | None:
    """Return the last day on which any of what a page shows was read; None if it shows nothing.

    A round and a question are what they say themselves, without the ratings in them.
    """
    return max(chain.from_iterable(map(_read, shown)), default=None)


def _read(record: Shown) -> Iterable[datetime.date]:
    """Return the days on which what a record says was read, or looked for."""
    match record:
        case Rating():  # most are one
            return _cited([record.said])
        case Finding() | Part():
            return [record.last_read] if record.last_read else []
        case Event():
            return [record.updated]
        case Source():
            return [record.read]
        case Question():
            return [record.source.read]
        case Round():
            cited = (record.source, record.scale.source, record.comparability_source)
            return [source.read for source in cited]
        case Claim():
            return _cited(record.every_said())
        case Inspection():
            looked = [gap.looked for gap in record.not_known]
            return [*looked, *(source.read for source in record.sources)]
        case Body():
            return _of_body(record)
        case Clock():
            response = _cited([record.response.said]) if record.response else []
            return [*response, *([record.not_found.looked] if record.not_found else [])]


def _cited(statements: Iterable[Said]) -> list[datetime.date]:
    return [source.read for said in statements for source in (said.source, *said.also_in)]


def _of_body(body: Body) -> Iterator[datetime.date]:
    """Give the days on which it was read who a body is."""
    cited = (*(each.sources for each in body.names), *(e.sources for e in body.also_called))
    yield from (source.read for sources in cited for source in sources)
    if body.policing_body_source:
        yield body.policing_body_source.read
    told = [*body.about, *([body.no_policing_body] if body.no_policing_body else [])]
    yield from _cited(statement.said for statement in told)


def with_corrections(pages: Iterable[Page], catalogue: Catalogue) -> Iterator[Page]:
    """Give ``pages``, of which those on which something was wrong changed when it was put right."""
    corrected: dict[str, list[datetime.date]] = defaultdict(list)
    for correction in catalogue.corrections:
        for each in (*correction.about, *stood_on(correction)):
            corrected[address(each)[0]].append(correction.date)
    for page in pages:
        days = [*corrected[page.address], *([page.modified] if page.modified else [])]
        yield replace(page, modified=max(days, default=None))
