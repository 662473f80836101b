"""Every file beside the pages, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from peelsite.catalogue import Catalogue
from peelsite.exports.api import api_files
from peelsite.exports.calendar import calendars
from peelsite.exports.csv_files import csv_files, whole_path
from peelsite.exports.database import database_file
from peelsite.exports.descriptors import descriptors
from peelsite.exports.explorer import explorer_files
from peelsite.exports.extra import Extra, Sum, sum_of
from peelsite.exports.feeds import feeds
from peelsite.exports.tables import Table
from peelsite.pages import Hosting


def every_file(
    catalogue: Catalogue, facts: Sequence[Table[Any]], hosting: Hosting
) -> Iterator[Extra]:
    """Give every file beside the pages; ``facts`` are the tables of ``catalogue``.

    A file is made when it is asked for and not kept, so that whoever writes each and lets go of it
    needs no room for all. Raises sqlite3.IntegrityError as :func:`peelsite.exports.database` does.
    """
    as_of = catalogue.as_of
    yield from explorer_files(catalogue, hosting)
    yield from calendars(catalogue, hosting)
    yield from feeds(catalogue, hosting)
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
