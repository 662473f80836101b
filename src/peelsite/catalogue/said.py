"""Who says something, in whose words, and where it was read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from peelsite.catalogue.exact import exact_url
from peelsite.schema import Evidence, SourceKind, Speaker, When


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Something that was read. ``id`` is its anchor on the page of sources."""

    id: str
    kind: SourceKind
    publisher: str
    author: str | None
    title: str
    url: str
    published: When | None
    read: datetime.date
    seen: str
    note: str | None

    @property
    def evidence(self) -> Evidence:
        """How close to the speaker's own words a statement stands that was read here."""
        return _EVIDENCE[self.kind]


_EVIDENCE: Final = {
    SourceKind.PRIMARY: Evidence.REPORT,
    SourceKind.BODY: Evidence.ELSEWHERE,
    SourceKind.OFFICIAL: Evidence.ELSEWHERE,
    SourceKind.PRESS: Evidence.PRESS,
}


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something, and where it was read. ``who`` is the speaker's name for the page."""

    speaker: Speaker
    who: str
    source: Source
    also_in: tuple[Source, ...] = ()

    @property
    def best(self) -> Source:
        """The source that stands closest to the speaker's own words."""
        if not self.also_in:
            return self.source
        return min((self.source, *self.also_in), key=lambda each: _CLOSEST.index(each.evidence))


_CLOSEST: Final = tuple(Evidence)


def last_read(statements: Iterable[Said]) -> datetime.date | None:
    """Return the last day on which a source of ``statements`` was read, None if there are none."""
    sources = (source for said in statements for source in (said.source, *said.also_in))
    return max((source.read for source in sources), default=None)


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said, in our words."""

    summary: str
    said: Said


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of somebody."""

    text: str
    said: Said
    note: str | None
    checked: datetime.date | None = None
    """When these words were found, letter for letter, in the web page that the source is."""

    @property
    def exact(self) -> str | None:
        """The link to the words themselves in their source; None if they were not found there."""
        return exact_url(self.said.source.url, self.text) if self.checked else None

    @property
    def is_short(self) -> bool:
        """Whether it is a word or two that need no paragraph of their own."""
        return len(self.text.split()) <= _SHORT


_SHORT: Final = 8
