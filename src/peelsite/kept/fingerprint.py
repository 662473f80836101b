"""A name for all that a page shows, which changes whenever that does.

It is made of what the page's template is given. A statement stands there for everything in its
file, since a template may follow it to whatever it belongs to; what all pages share is in the
``base``. So a fingerprint may change where the page does not, but never the other way round.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from itertools import chain
from typing import Any, Final

from peelsite.catalogue import (
    Asked,
    Body,
    Catalogue,
    Claim,
    Clock,
    Finding,
    Inspection,
    Latest,
    Part,
    Question,
    Rating,
    Reply,
    Round,
    Scale,
    Source,
    Term,
    Theme,
)
from peelsite.kept.digest import digest_of
from peelsite.pages import Jump, Page
from peelsite.schema import When


class Fingerprints:
    """Makes the fingerprints of the pages of ``catalogue``.

    ``files`` has the digest of each content file by its path. ``base`` names what every page may
    show: code, templates, settings, and all content but inspections.
    """

    def __init__(self, catalogue: Catalogue, files: Mapping[str, bytes], base: str) -> None:
        self._catalogue = catalogue
        self._files = files
        self._base = base
        self._known: dict[int, tuple[object, str]] = {}

    def of(self, page: Page) -> str | None:
        """Return the fingerprint of a page; None if it is given what this does not know."""
        told: list[str] = [self._base]
        try:
            for name in _FIELDS:
                self._add(getattr(page, name), told)
        except TypeError:
            return None
        return digest_of(*told)

    def _add(self, value: Any, told: list[str]) -> None:
        kind = type(value)
        if kind is str:
            told.append(value)
        elif (known := self._known.get(id(value))) is not None:
            told.append(known[1])
        elif kind in (list, tuple):
            self._add_all(kind, value, told)
        elif kind in _PLAIN or isinstance(value, Enum):
            told.append(repr(value))
        elif kind is dict:
            self._add_all(kind, chain.from_iterable(value.items()), told)
        elif is_dataclass(kind):
            told.append(self._of_record(value))
        else:
            raise TypeError(kind)

    def _add_all(self, kind: type, values: Iterable[Any], told: list[str]) -> None:
        told.append(kind.__name__)
        for each in values:
            self._add(each, told)
        told.append("")

    def _of_record(self, record: Any) -> str:
        """Return a name for what a record shows; for what many pages are given it is remembered.

        The record is remembered too, so that no other is taken for it.
        """
        if type(record) not in _ON_MANY_PAGES:
            return self._made_of(record)
        known = self._known.get(id(record))
        if known is None:
            known = self._known[id(record)] = record, self._made_of(record)
        return known[1]

    def _made_of(self, record: Any) -> str:
        """Return a name for a record, and for all from which it, or what it belongs to, is made."""
        kind: Any = type(record)
        if kind in _IN_BASE:
            return f"{kind.__name__} {record.id}"
        if kind not in _WITH_FILE:
            values: list[str] = []
            self._add_all(kind, (getattr(record, name) for name in _names(kind)), values)
            return digest_of(*values)
        if isinstance(record, Inspection):
            sources: list[str] = []
            self._add(record.sources, sources)
            return digest_of(self._files[record.path], *sources)
        rests_on = {record.inspection: None}
        own = [kind.__name__, record.body.id]
        match record:
            case Finding():
                own.append(record.id)
                rests_on |= {each.inspection: None for each in self._catalogue.chain(record)}
            case Claim():
                own.append(record.id)
            case Rating():
                own.append(record.question.id)
                if record.carried_over_from:
                    rests_on[record.carried_over_from] = None
            case Part():
                self._add((record.ratings, record.concerns, record.praised, record.shared), own)
        return digest_of(*own, *map(self._of_record, rests_on))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_FIELDS: Final = _names(Page)

_PLAIN: Final = frozenset({type(None), bool, int, datetime.date, When})

_IN_BASE: Final = frozenset({Body, Question, Round, Scale, Theme, Term})
"""What is told in files that belong to the base; what they cite is read before the inspections."""

_WITH_FILE: Final = frozenset({Inspection, Part, Finding, Claim, Rating, Reply})
"""What is told in the file of an inspection."""

_ON_MANY_PAGES: Final = _IN_BASE | _WITH_FILE | {Asked, Clock, Jump, Latest, Source}
"""The rest is made for one page, and there is far more of it."""
