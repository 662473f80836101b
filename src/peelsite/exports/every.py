"""Every file beside the pages, in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeAlias

from peelsite.catalogue import Catalogue
from peelsite.exports.api import api_files
from peelsite.exports.calendar import calendars
from peelsite.exports.csv_files import csv_files, whole_path
from peelsite.exports.database import database_file
from peelsite.exports.descriptors import descriptors
from peelsite.exports.explorer import explorer_files
from peelsite.exports.extra import Extra, Sum, sum_of, with_old_paths
from peelsite.exports.feeds import feeds
from peelsite.exports.tables import tables
from peelsite.pages import Hosting

Group: TypeAlias = Callable[[], Iterable[Extra]]
"""Gives files that belong together, one after the other."""


def file_groups(catalogue: Catalogue, hosting: Hosting) -> tuple[Group, ...]:
    """Return what gives the files beside the pages, the longest first.

    No group needs another, so that two processes may share them. A file is made when it is asked
    for and not kept, so that whoever writes each and lets go of it needs no room for all. What was
    at another path before the id of its record changed stands there still. Raises
    sqlite3.IntegrityError, when files are asked for, as :func:`peelsite.exports.database` does.
    """
    groups = (
        partial(_of_tables, catalogue, hosting),
        partial(explorer_files, catalogue, hosting),
        partial(calendars, catalogue, hosting),
        partial(feeds, catalogue, hosting),
    )
    return tuple(partial(_with_old_paths, group, catalogue) for group in groups)


def _with_old_paths(group: Group, catalogue: Catalogue) -> Iterator[Extra]:
    return with_old_paths(group(), catalogue)


def _of_tables(catalogue: Catalogue, hosting: Hosting) -> Iterator[Extra]:
    facts, as_of = tables(catalogue, hosting), catalogue.as_of
    whole, beside = set(map(whole_path, facts)), set[str]()
    sums: dict[str, Sum] = {}
    for written in csv_files(facts):
        beside.add(written.path)
        if written.path in whole:
            sums[written.path] = sum_of(written)
        yield written
    yield from descriptors(facts, sums, hosting, as_of)
    yield database_file(facts, as_of, hosting)
    yield from api_files(facts, as_of, hosting, beside)
