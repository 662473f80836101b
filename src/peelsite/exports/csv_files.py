"""The tables as files of comma-separated values, by RFC 4180, in UTF-8.

A spreadsheet takes a cell that begins with "=", "+", "-" or "@" for a formula, so text that begins
so, or with a tab or the end of a line, gets an apostrophe in front, as in what the page of findings
has the browser download (``templates/assets/findings-choosing.js``).
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from peelsite.exports.extra import Extra
from peelsite.exports.tables import Kind, Table, Value, as_text

FOLDER: Final = "data/"
"""Where in the site the files stand."""

_NEVER_TEXT: Final = {Kind.DATE, Kind.DAY, Kind.NUMBER, Kind.TRUTH}
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")

_OF_BODIES: Final = {"ratings": ("body",), "findings": ("body", "also_about")}
_OF_INSPECTIONS: Final = {"ratings": ("inspection",), "findings": ("inspection",)}
"""The tables of which each body and inspection has its own part, and the columns that name it."""


def csv_files(tables: Iterable[Table[Any]]) -> Iterator[Extra]:
    """Give each table as a file, and the ratings and findings of each body and inspection.

    A body's findings are those that it is recorded under and those that are as much about it.
    """
    for table in tables:
        rows = list(table.rows())
        yield Extra(f"{FOLDER}{table.name}.csv", as_csv(table, rows))
        for folder, parts in (("bodies", _OF_BODIES), ("inspections", _OF_INSPECTIONS)):
            for id_, some in _parted(table, rows, parts.get(table.name, ())):
                yield Extra(part_path(folder, id_, table.name), as_csv(table, some))


def part_path(folder: str, id_: str, table: str) -> str:
    """Return where the rows of one table on one of the ``bodies`` or ``inspections`` stand."""
    return f"{FOLDER}{folder}/{id_}-{table}.csv"


def _parted(
    table: Table[Any], rows: Iterable[tuple[Value, ...]], by: Iterable[str]
) -> Iterator[tuple[str, list[tuple[Value, ...]]]]:
    """Give the rows that name an id in one of the columns ``by``, with that id."""
    names = [column.name for column in table.columns]
    places = [names.index(name) for name in by]
    parted: dict[str, list[tuple[Value, ...]]] = defaultdict(list)
    for row in rows:
        for id_ in dict.fromkeys(id_ for place in places for id_ in _ids(row[place])):
            parted[id_].append(row)
    yield from parted.items()


def _ids(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def as_csv(table: Table[Any], rows: Iterable[tuple[Value, ...]]) -> bytes:
    """Return some rows of a table as a file, the names of the columns first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    kinds = [column.kind for column in table.columns]
    writer.writerows(map(cell, kinds, row) for row in rows)
    return text.getvalue().encode()


def cell(kind: Kind, value: Value) -> str:
    """Return what a cell of a column of this ``kind`` holds, harmless in a spreadsheet."""
    text = as_text(value)
    is_dangerous = kind not in _NEVER_TEXT and text.startswith(_DANGEROUS)
    return f"'{text}" if is_dangerous else text
