"""All tables in one SQLite file, with what a reader needs to ask it questions.

The file holds no time and nothing of the machine: the same tables give the same bytes, as long as
the version of SQLite is the same.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import compress
from operator import itemgetter
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from weakref import finalize

from peelsite.exports.citing import cite
from peelsite.exports.extra import Extra
from peelsite.exports.licences import LICENCES, Licence
from peelsite.exports.tables import Column, Kind, Table, Value
from peelsite.exports.version import SCHEMA_VERSION
from peelsite.exports.views import VIEWS
from peelsite.pages import Hosting
from peelsite.schema.terms import Term

if TYPE_CHECKING:
    import sqlite3

PATH: Final = "data/peelsite.sqlite"

_Pair: TypeAlias = "tuple[Value, str]"


_PRAGMAS: Final = """\
PRAGMA encoding = 'UTF-8';
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA foreign_keys = OFF;
PRAGMA ignore_check_constraints = ON;
"""
"""For a file that is thrown away if anything goes wrong, and checked when it is full."""


class Holding(Term):
    """What something in the file holds."""

    TABLE = ("table", "Table", "Facts: a row for each.")
    LIST = ("list", "List", "A row for each value of something that has any number of them.")
    VIEW = ("view", "View", "An answer to a question, worked out from the tables when asked.")
    SEARCH = ("search", "Search", "Words, for full-text search (FTS5).")
    GUIDE = ("guide", "Guide", "What the file is, and what is in it.")


_SEARCH_MEANING: Final = (
    "The words of findings and quotations, also in other forms (report finds reports): those of "
    "the row with this id in the table that found_in names."
)
_SEARCH: Final = """\
CREATE VIRTUAL TABLE "search" USING fts5(
  "title", "text", "found_in" UNINDEXED, "id" UNINDEXED,
  tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO "search" SELECT "title", "summary", 'findings', "id" FROM "findings" ORDER BY rowid;
INSERT INTO "search" SELECT NULL, "text", 'quotations', "id" FROM "quotations" ORDER BY rowid;
INSERT INTO "search" ("search") VALUES ('optimize');
VACUUM;
"""


class Database:
    """An SQLite file, piece by piece. It stands at ``path`` for as long as there is this."""

    def __init__(self) -> None:
        folder = mkdtemp(prefix="peelsite-")
        self.path = Path(folder, "made.sqlite")
        finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def __iter__(self) -> Iterator[bytes]:
        """Give what is in the file, but for what SQLite writes into its head of itself."""
        with self.path.open("rb") as file:
            head = bytearray(file.read(_PIECE))
            for place in _OF_SQLITE:
                head[place] = bytes(place.stop - place.start)
            yield bytes(head)
            while piece := file.read(_PIECE):
                yield piece


_PIECE: Final = 1 << 20

_OF_SQLITE: Final = (slice(24, 28), slice(92, 100))
"""How often the file was written, and by which version; with nothing there it is as good."""


def database(tables: Sequence[Table[Any]], about: Mapping[str, str]) -> Database:
    """Return the tables as an SQLite file; ``about`` says by name what the file itself is.

    It is made on the disk, because it is larger than everything that it is made of. Raises
    sqlite3.IntegrityError if a row breaks what its columns promise: a key that stands twice or
    refers to nothing, an empty cell that is required, a word that is not one of its words; OSError
    if the disk is full.
    """
    import sqlite3  # not all who read this room make the file

    lists = [
        _list(table, column)
        for table in tables
        for column in table.columns
        if column.kind is Kind.IDS
    ]
    everything = (*_guide(tables, lists, about), *tables, *lists)
    made = Database()
    try:
        with closing(sqlite3.connect(made.path, isolation_level=None)) as connection:
            _write(connection, everything)
    except sqlite3.OperationalError as error:
        raise OSError(f"The SQLite file could not be written: {error}.") from None
    return made


def _write(connection: sqlite3.Connection, tables: Sequence[Table[Any]]) -> None:
    connection.executescript(_PRAGMAS + "".join(_structure(tables)))
    connection.execute("BEGIN")
    for table in tables:
        _fill(connection, table)
    connection.execute("COMMIT")
    connection.executescript("".join(_indexes(tables)))
    _check(connection)
    connection.executescript(_SEARCH)


def _check(connection: sqlite3.Connection) -> None:
    """Raise sqlite3.IntegrityError if rows break what their tables promise.

    SQLite looks at all rows at once: while they are put in, one by one, it would make the list of
    the words that a column may hold anew for each.
    """
    from sqlite3 import IntegrityError  # as above

    connection.execute("PRAGMA ignore_check_constraints = OFF")
    found = [told for (told,) in connection.execute("PRAGMA quick_check") if told != "ok"]
    found += [
        f"FOREIGN KEY constraint failed: row {row} of {table} refers to nothing in {parent}"
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]
    if found:
        raise IntegrityError("; ".join(found))


def database_file(
    tables: Sequence[Table[Any]], as_of: datetime.date | None, hosting: Hosting
) -> Extra:
    """Return the file with ``tables`` for a site at ``hosting``; the data is of ``as_of``."""
    citation = cite("The data", "data/index", hosting, as_of)
    about = {
        "title": hosting.name,
        "address": hosting.absolute("data/index"),
        "data_as_of": as_of.isoformat() if as_of else "",
        "schema_version": SCHEMA_VERSION,
        **{f"licence_{key}": _licence(each) for key, each in LICENCES.items()},
        "citation": citation.text,
        "foreign_keys": "Each connection has to switch them on: PRAGMA foreign_keys = ON;",
    }
    return Extra(PATH, database(tables, {name: told for name, told in about.items() if told}))


def _licence(licence: Licence) -> str:
    said = f"{licence.of} {licence.name}"
    return f"{said}: {licence.url}" if licence.url else said


def _list(table: Table[Any], column: Column[Any]) -> Table[_Pair]:
    """Return the table that has a row for each value of a column that holds several."""
    names = [each.name for each in table.columns]
    key, place = names.index(table.key[0]), names.index(column.name)
    owner, member = _one(table.name), _one(column.refers_to) or column.name
    if member == owner:
        member = column.name
    pairs = tuple(
        (row[key], value)
        for row in table.rows()
        if isinstance(values := row[place], tuple)
        for value in values
    )
    return Table(
        f"{owner}_{column.name}",
        f"{table.title}: {column.name}",
        f"{table.title}: {column.meaning}",
        (
            _column(owner, f"The row of {table.name} that it is said of.", 0, refers_to=table.name),
            _column(member, column.meaning, 1, refers_to=column.refers_to),
        ),
        pairs,
        (owner, member),
    )


def _one(name: str) -> str:
    """Return what one row of a table is called."""
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")


def _column(name: str, meaning: str, position: int, **more: Any) -> Column[Any]:
    return Column(name, meaning, itemgetter(position), required=True, **more)


def _guide(
    tables: Sequence[Table[Any]], lists: Sequence[Table[Any]], about: Mapping[str, str]
) -> list[Table[Any]]:
    """Return the tables that say what the file is, and what is in it."""
    told = Table(
        "about",
        "About",
        "What this file is.",
        (_column("name", "What is told.", 0), _column("value", "What is told of it.", 1)),
        tuple(about.items()),
        ("name",),
    )
    columns = Table(
        "columns",
        "Columns",
        "Every column of the tables and lists.",
        (
            _column("table_name", "The table.", 0, refers_to="contents"),
            _column("column_name", "The column.", 1),
            _column("meaning", "What stands in it.", 2),
        ),
        tuple(
            (table.name, column.name, column.meaning)
            for table in (*tables, *lists)
            for column in _own_columns(table)
        ),
        ("table_name", "column_name"),
    )
    words = Table(
        "words",
        "Words",
        "The words of every column that holds one of a few.",
        (
            _column("table_name", "The table.", 0, refers_to="contents"),
            _column("column_name", "The column.", 1),
            _column("word", "The word.", 2),
            _column("label", "The word as the pages of the site have it.", 3),
            _column("meaning", "What it means.", 4),
        ),
        tuple(_words(tables)),
        ("table_name", "column_name", "word"),
    )
    contents = Table(
        "contents",
        "Contents",
        "Every table, list and view.",
        (
            _column("name", "Its name.", 0),
            _column("holds", "What it holds.", 1, words=Holding),
            _column("meaning", "What stands in it.", 2),
        ),
        (
            *((table.name, Holding.TABLE.value, table.meaning) for table in tables),
            *((table.name, Holding.LIST.value, table.meaning) for table in lists),
            *((view.name, Holding.VIEW.value, view.meaning) for view in VIEWS),
            ("search", Holding.SEARCH.value, _SEARCH_MEANING),
            *((each.name, Holding.GUIDE.value, each.meaning) for each in (told, columns, words)),
            ("contents", Holding.GUIDE.value, "Every table, list and view."),
        ),
        ("name",),
    )
    return [told, contents, columns, words]


def _words(tables: Sequence[Table[Any]]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        for column in table.columns:
            for word in column.words or ():
                yield table.name, column.name, word.value, word.label, word.meaning


def _own_columns(table: Table[Any]) -> list[Column[Any]]:
    """Return the columns that a table has in the file: of several values there is a list."""
    return [column for column in table.columns if column.kind is not Kind.IDS]


def _structure(tables: Sequence[Table[Any]]) -> Iterator[str]:
    """Give the statements that make the tables and the views, all still empty."""
    keys = {table.name: table.key[0] for table in tables}
    for table in tables:
        lines = [f"CREATE TABLE {_name(table.name)} (", f"  {_comment(table.meaning)}"]
        for column in _own_columns(table):
            lines.append(f"  {_definition(table, column, keys)}, {_comment(column.meaning)}")
        lines.append(f"  PRIMARY KEY ({', '.join(map(_name, table.key))})\n);\n")
        yield "\n".join(lines)
    for view in VIEWS:
        yield f"CREATE VIEW {_name(view.name)} AS\n{_comment(view.meaning)}\n{view.query};\n"


def _indexes(tables: Sequence[Table[Any]]) -> Iterator[str]:
    """Give the statements that make the indexes, which takes less time when all rows are there."""
    for table in tables:
        for column in _own_columns(table):
            if _is_looked_up(column) and column.name != table.key[0]:
                index = _name(f"{table.name}_by_{column.name}")
                yield f"CREATE INDEX {index} ON {_name(table.name)} ({_name(column.name)});\n"


def _definition(table: Table[Any], column: Column[Any], keys: Mapping[str, str]) -> str:
    is_number = column.kind in (Kind.NUMBER, Kind.TRUTH)
    parts = [_name(column.name), "INTEGER" if is_number else "TEXT"]
    if column.required or column.name in table.key:
        parts.append("NOT NULL")
    if column.kind is Kind.TRUTH:
        parts.append(f"CHECK ({_name(column.name)} IN (0, 1))")
    if column.words:
        words = ", ".join(map(_text, column.words))
        parts.append(f"CHECK ({_name(column.name)} IN ({words}))")
    if column.refers_to:
        parts.append(f"REFERENCES {_name(column.refers_to)} ({_name(keys[column.refers_to])})")
    return " ".join(parts)


def _is_looked_up(column: Column[Any]) -> bool:
    return bool(column.refers_to) or column.kind in (Kind.DATE, Kind.DAY)


def _fill(connection: sqlite3.Connection, table: Table[Any]) -> None:
    own = [column.kind is not Kind.IDS for column in table.columns]
    places = ", ".join("?" * sum(own))
    rows = (tuple(compress(row, own)) for row in table.rows())
    connection.executemany(f"INSERT INTO {_name(table.name)} VALUES ({places})", rows)  # noqa: S608


def _name(name: str) -> str:
    """Return the name of a table or column as SQL has it, though it be a word of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _comment(text: str) -> str:
    return f"-- {' '.join(text.split())}"
