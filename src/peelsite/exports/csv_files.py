"""The tables as files of comma-separated values, by RFC 4180, in UTF-8.

A spreadsheet takes a cell that begins with "=", "+", "-" or "@" for a formula, so text that begins
so, or with a tab or the end of a line, gets an apostrophe in front, as in what the page of findings
has the browser download (``templates/assets/findings-choosing.js``).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from peelsite.exports.extra import Extra
from peelsite.exports.tables import Kind, Table, Value, as_text

FOLDER: Final = "data/"
"""Where in the site the files stand."""

_NEVER_TEXT: Final = {Kind.DATE, Kind.DAY, Kind.NUMBER, Kind.TRUTH}
_DANGEROUS: Final = frozenset("=+-@\t\r")

_OF_BODIES: Final = {"ratings": ("body",), "findings": ("body", "also_about")}
_OF_INSPECTIONS: Final = {"ratings": ("inspection",), "findings": ("inspection",)}
"""The tables of which each body and inspection has its own part, and the columns that name it."""


def csv_files(tables: Iterable[Table[Any]]) -> Iterator[Extra]:
    """Give each table as a file, and the ratings and findings of each body and inspection.

    A body's findings are those that it is recorded under and those that are as much about it.
    Each row is written once, for all the files that hold it.
    """
    for table in tables:
        head, *lines = _lines(table, table.rows())
        yield Extra(whole_path(table), (head, *lines))
        for folder, parts in (("bodies", _OF_BODIES), ("inspections", _OF_INSPECTIONS)):
            for id_, some in _parted(table, lines, parts.get(table.name, ())):
                path = part_path(folder, id_, table.name)
                yield Extra(path, (head, *some), f"{folder}/{id_}")


def whole_path(table: Table[Any]) -> str:
    """Return where all rows of a table stand."""
    return f"{FOLDER}{table.name}.csv"


def part_path(folder: str, id_: str, table: str) -> str:
    """Return where the rows of one table on one of the ``bodies`` or ``inspections`` stand."""
    return f"{FOLDER}{folder}/{id_}-{table}.csv"


def _parted(
    table: Table[Any], lines: Iterable[bytes], by: Iterable[str]
) -> Iterator[tuple[str, list[bytes]]]:
    """Give the lines of rows that name an id in one of the columns ``by``, with that id."""
    names = [column.name for column in table.columns]
    places = [names.index(name) for name in by]
    parted: dict[str, list[bytes]] = defaultdict(list)
    if places:
        for row, line in zip(table.rows(), lines, strict=True):
            for id_ in dict.fromkeys(id_ for place in places for id_ in _ids(row[place])):
                parted[id_].append(line)
    yield from parted.items()


def _ids(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def as_csv(table: Table[Any], rows: Iterable[tuple[Value, ...]]) -> bytes:
    """Return some rows of a table as a file, the names of the columns first."""
    return b"".join(_lines(table, rows))


class _Lines(list[str]):
    """Takes what a writer of CSV writes, which is one line at a time."""

    write = list.append


def _lines(table: Table[Any], rows: Iterable[tuple[Value, ...]]) -> list[bytes]:
    """Return the line with the names of the columns, and that of each row."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    kinds = [column.kind for column in table.columns]
    written = map(_written, kinds, zip(*rows, strict=True))  # by columns
    writer.writerows(zip(*written, strict=True))
    return [line.encode() for line in lines]


def _written(kind: Kind, cells: Iterable[Value]) -> list[str]:
    """Return the cells of a column of this ``kind`` as text, harmless in a spreadsheet."""
    texts = [each if isinstance(each, str) else as_text(each) for each in cells]
    if kind in _NEVER_TEXT:
        return texts
    return [f"'{text}" if text[:1] in _DANGEROUS else text for text in texts]


def cell(kind: Kind, value: Value) -> str:
    """Return what one cell of a column of this ``kind`` holds."""
    [text] = _written(kind, (value,))
    return text
