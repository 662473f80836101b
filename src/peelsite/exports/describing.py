"""What readers are told of the tables, for the page that offers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from peelsite.exports.tables import Table, as_text
from peelsite.pages import Described, files_made

FIRST: Final = 3
"""How many rows of a table are shown."""


def describe_tables(
    tables: Iterable[Table[Any]], sizes: Mapping[str, int]
) -> tuple[Described, ...]:
    """Return the tables as their readers are told of them, with the files that hold them.

    ``sizes`` has the size of every file that was made, by path.
    """
    return tuple(_described(table, sizes) for table in tables)


def _described(table: Table[Any], sizes: Mapping[str, int]) -> Described:
    wanted = (
        ("CSV", table.title, f"data/{table.name}.csv"),
        ("JSON", table.title, f"api/v1/{table.name}.json"),
    )
    return Described(
        table.name,
        table.title,
        table.meaning,
        len(table.records),
        tuple((column.name, column.meaning) for column in table.columns),
        tuple(tuple(map(as_text, row)) for row in table.first(FIRST)),
        files_made(wanted, sizes),
    )
