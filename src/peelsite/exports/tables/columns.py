"""What a table for machines is made of, and how a cell of it is written as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final, Generic, TypeAlias, TypeVar

from peelsite.catalogue import Said, Source
from peelsite.pages import Hosting, Links, address
from peelsite.pages.links import Target
from peelsite.schema import Evidence, Record, Speaker, When
from peelsite.schema.terms import Term

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)

Value: TypeAlias = "str | int | bool | tuple[str, ...] | None"
"""What stands in a cell: None, or an empty tuple, for nothing of the kind or not known."""


class Kind(Term):
    """What kind of value the cells of a column hold."""

    ID = ("id", "Id", "The name of one thing; it never changes.")
    TEXT = ("text", "Text", "Plain text on one line.")
    MARKDOWN = ("markdown", "Markdown", "Text that may have paragraphs, lists, emphasis, links.")
    DATE = ("date", "Date", "A day, a month or a year: 2022-12-07, 2022-12 or 2022.")
    DAY = ("day", "Day", "A day: 2022-12-07.")
    URL = ("url", "Address", "An address on the web.")
    NUMBER = ("number", "Number", "A whole number.")
    TRUTH = ("truth", "Yes or no", "true or false.")
    WORD = ("word", "Word", "One of the words of a list, written as in the YAML files.")
    IDS = ("ids", "Ids", "Any number of ids.")


@dataclass(frozen=True, slots=True)
class Column(Generic[R_contra]):
    """A column of a table whose rows are made of records: ``cell`` gives what stands in it.

    ``required`` says that it is never empty; ``refers_to`` names the table of the thing whose id
    it holds (of each of them, if it holds several); ``words`` are those that it may hold.
    """

    name: str
    meaning: str
    cell: Callable[[R_contra], Value]
    kind: Kind = Kind.TEXT
    required: bool = False
    refers_to: str = ""
    words: type[Term] | None = None


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table: a row for each of ``records``. ``key`` names the columns that tell rows apart."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column[R], ...]
    records: tuple[R, ...]
    key: tuple[str, ...] = ("id",)

    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Return the rows, the values of each in the order of the columns.

        They are worked out once, column by column, for all the files that hold them.
        """
        return self._rows

    def first(self, number: int) -> list[tuple[Value, ...]]:
        """Return the first ``number`` rows; all others need not be worked out for them."""
        some = self.records[:number]
        return [tuple(column.cell(record) for column in self.columns) for record in some]

    @cached_property
    def _rows(self) -> tuple[tuple[Value, ...], ...]:
        cells = [[*map(column.cell, self.records)] for column in self.columns]
        return tuple(zip(*cells, strict=True))


LIST_SEPARATOR: Final = "; "
"""Sets apart the values of a cell that holds several, where it is written as text."""


def as_text(value: Value) -> str:
    """Return a value as text, as a CSV file and the table of findings hold it."""
    if isinstance(value, str):  # nearly always, so it is asked first
        return value
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return LIST_SEPARATOR.join(value)
    return str(value)


def described_in(shape: type[Record], field: str) -> str:
    """Return the meaning of a field of the YAML files, as it is when empty stands for not known."""
    meaning = shape.model_fields[field].description or ""
    return meaning.replace(", or not-known", "; empty if not known")


def of_field(
    shape: type[Record],
    field: str,
    cell: Callable[[R], Value],
    kind: Kind = Kind.TEXT,
    **more: Any,
) -> Column[R]:
    """Return the column that holds a field of the YAML files, under its name and meaning.

    ``more`` is as in :class:`Column`.
    """
    return Column(field.rstrip("_"), described_in(shape, field), cell, kind, **more)


def id_column(meaning: str, cell: Callable[[R], str]) -> Column[R]:
    """Return the column by which the rows of a table are told apart."""
    return Column("id", meaning, cell, Kind.ID, True)


def reference(
    name: str,
    meaning: str,
    refers_to: str,
    cell: Callable[[R], str | None],
    *,
    required: bool = False,
) -> Column[R]:
    """Return a column that holds the id of a row of another table."""
    return Column(name, meaning, cell, Kind.ID, required, refers_to)


def references(
    name: str, meaning: str, refers_to: str, cell: Callable[[R], tuple[str, ...]]
) -> Column[R]:
    """Return a column that holds the ids of any number of rows of another table."""
    return Column(name, meaning, cell, Kind.IDS, refers_to=refers_to)


def word(name: str, meaning: str, cell: Callable[[R], Term | None], words: type[Term]) -> Column[R]:
    """Return a column of words that may be empty."""
    return Column(name, meaning, lambda r: _written(cell(r)), Kind.WORD, words=words)


def required_word(
    name: str, meaning: str, cell: Callable[[R], Term], words: type[Term]
) -> Column[R]:
    """Return a column of words that is never empty."""
    return Column(name, meaning, lambda r: cell(r).value, Kind.WORD, True, words=words)


def _written(term: Term | None) -> str | None:
    return term.value if term else None


def iso(when: When | None) -> str | None:
    """Return a date of any precision as it is written."""
    return when.iso if when else None


def ids(records: Iterable[Any]) -> tuple[str, ...]:
    """Return the ids of records."""
    return tuple(record.id for record in records)


def address_column(hosting: Hosting, target: Callable[[R], Target]) -> Column[R]:
    """Return the column of permanent addresses; ``target`` gives what a record's page shows."""
    links = Links("index", hosting)

    @cache
    def at(page: str) -> str:
        return hosting.absolute(page) or links(page)

    def cell(record: R) -> str:
        page, fragment = address(target(record))
        return f"{at(page)}#{fragment}" if fragment else at(page)

    return Column(
        "address",
        "Its permanent address; if that of the site is not known, from the site's first page.",
        cell,
        Kind.URL,
        True,
    )


def speaker_columns(said: Callable[[R], Said]) -> tuple[Column[R], ...]:
    """Return the columns that say who says something, by ``said``."""
    return (
        required_word("speaker", "Who says it, as a word.", lambda r: said(r).speaker, Speaker),
        Column("speaker_name", "Who says it, by name.", lambda r: said(r).who, required=True),
    )


def source_columns(read_in: Callable[[R], Iterable[Source]]) -> tuple[Column[R], ...]:
    """Return the columns that say where a record was read, by the sources that say it."""

    def closest(record: R) -> tuple[Source, ...]:
        sources = tuple(read_in(record))
        return tuple(sorted(sources, key=_distance)) if len(sources) > 1 else sources

    def of_best(cell: Callable[[Source], Value]) -> Callable[[R], Value]:
        return lambda record: cell(sources[0]) if (sources := closest(record)) else None

    return (
        Column(
            "evidence",
            "Where we read it.",
            of_best(lambda source: source.evidence.value),
            Kind.WORD,
            words=Evidence,
        ),
        Column("source", "The source that stands closest.", of_best(lambda s: s.url), Kind.URL),
        Column(
            "source_id",
            "That source, by its id.",
            of_best(lambda source: source.id),
            Kind.ID,
            refers_to="sources",
        ),
        Column(
            "also_in",
            "Other sources that say the same.",
            lambda record: ids(closest(record)[1:]),
            Kind.IDS,
            refers_to="sources",
        ),
    )


def _distance(source: Source) -> int:
    return _ORDER[source.evidence]


_ORDER: Final = {evidence: place for place, evidence in enumerate(Evidence)}


def spoken_columns(said: Callable[[R], Said]) -> tuple[Column[R], ...]:
    """Return the columns that say who says something and where it was read, by ``said``."""

    def read_in(record: R) -> tuple[Source, ...]:
        return sources_of(said(record))

    return (*speaker_columns(said), *source_columns(read_in))


def sources_of(said: Said | None) -> tuple[Source, ...]:
    """Return the sources in which something was said."""
    return (said.source, *said.also_in) if said else ()
