"""The page of data, and what each record offers as files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from peelsite.catalogue import Body, Catalogue, Inspection
from peelsite.pages.examples import examples
from peelsite.pages.links import Hosting
from peelsite.pages.page import Page


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: what it is called, what it is and where it stands.

    ``size`` is in bytes, and 0 where it is not told.
    """

    name: str
    meaning: str
    path: str
    size: int = 0

    @property
    def in_units(self) -> str:
        """Its size as people say it: "812 bytes", "4.2 kB", "31 kB"; a kB has 1,000 bytes."""
        if self.size < _THOUSAND:
            return f"{self.size} bytes"
        amount, unit = self.size / _THOUSAND, "kB"
        if round(amount) >= _THOUSAND:
            amount, unit = amount / _THOUSAND, "MB"
        return f"{amount:.1f} {unit}" if round(amount, 1) < 10 else f"{amount:.0f} {unit}"


@dataclass(frozen=True, slots=True)
class Described:
    """A table as its readers are told of it.

    ``rows`` is how many it has, ``first`` the first of them as text; ``columns`` are names with
    their meanings; ``files`` are the ones that hold the table and nothing else.
    """

    name: str
    title: str
    meaning: str
    rows: int
    columns: tuple[tuple[str, str], ...]
    first: tuple[tuple[str, ...], ...]
    files: tuple[Download, ...]


def downloads(catalogue: Catalogue, record: Body | Inspection) -> tuple[Download, ...]:
    """Return the files on one body or inspection, of which nobody knows the size yet."""
    folder = "bodies" if isinstance(record, Body) else "inspections"
    csv, parts = f"data/{folder}/{record.id}", catalogue.parts_of(record)
    files = [Download("JSON", "everything", f"api/v1/{folder}/{record.id}.json")]
    if any(part.ratings for part in parts):
        files.append(Download("Ratings, CSV", "for a spreadsheet", f"{csv}-ratings.csv"))
    if any(part.concerns or part.praised or part.claims or part.shared for part in parts):
        files.append(Download("Findings, CSV", "for a spreadsheet", f"{csv}-findings.csv"))
    return tuple(files)


def files_made(
    wanted: Iterable[tuple[str, str, str]], sizes: Mapping[str, int]
) -> tuple[Download, ...]:
    """Return those of ``wanted`` (name, meaning and path) that were made."""
    return tuple(Download(*each, sizes[each[2]]) for each in wanted if each[2] in sizes)


DATA: Final = "data/index"
"""The address of the page of the data."""

OF_FILES: Final = (DATA, "index")
"""The pages that tell of the files beside the pages: this one, and in its head the home page."""


def data(modified: datetime.date | None = None) -> Page:
    """Return the page that says what data there is, under what licence, and how to use it.

    What it is given tells the sizes of files, and comes when they are made: see
    :func:`data_given`. ``modified`` is as in :class:`peelsite.pages.page.Page`.
    """
    return Page(
        DATA,
        "Data",
        "Data",
        "Everything on this site as files: tables for spreadsheets, one file with all of it, and "
        "JSON for programs; with licence, citation and examples.",
        "pages/data.html",
        {},
        modified=modified,
    )


def data_given(
    tables: Iterable[Described], sizes: Mapping[str, int], version: str, hosting: Hosting
) -> dict[str, Any]:
    """Return what the page of the data is given; ``sizes`` has the size of every file, by path."""
    return {
        "tables": [(table, list(_shown(table))) for table in tables],
        "database": files_made(_DATABASE, sizes),
        "descriptions": files_made(_DESCRIPTIONS, sizes),
        "version": version,
        "examples": examples(hosting),
    }


def _shown(table: Described) -> Iterator[list[tuple[str, str]]]:
    """Give the first rows as cells with their columns; long ones are cut, to be looked at only."""
    for row in table.first:
        yield [(name, _cut(cell)) for (name, _), cell in zip(table.columns, row, strict=True)]


def _cut(cell: str) -> str:
    return cell if len(cell) <= _LONG else f"{cell[: _LONG - 1].rstrip()}…"


_THOUSAND: Final = 1000
_LONG: Final = 60

_DATABASE: Final = (
    (
        "peelsite.sqlite",
        "every table, with the links between them, search in the words, and views that answer "
        "common questions",
        "data/peelsite.sqlite",
    ),
)

_DESCRIPTIONS: Final = (
    (
        "JSON API, version 1",
        "where to begin: all its files and what they hold",
        "api/v1/index.json",
    ),
    ("OpenAPI 3.1", "the JSON API, for programs that write programs", "api/v1/openapi.json"),
    (
        "CSV on the Web",
        "the columns of every CSV file, and how tables hang together",
        "data/csv-metadata.json",
    ),
    ("Data Package", "the same for Frictionless Data", "data/datapackage.json"),
)
