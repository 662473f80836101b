"""The JSON API, version 1: files that hold the tables as records, for static hosting.

Every file is an envelope with the version, the date of the data, how many records there are, the
licences, and links; ``result`` has the records. See :mod:`peelsite.exports.api_records`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from peelsite.exports.api_records import (
    Endpoint,
    Records,
    Row,
    Shape,
    Shapes,
    endpoints,
    shapes,
)
from peelsite.exports.api_schemas import components, schema_of
from peelsite.exports.as_json import as_json
from peelsite.exports.extra import Extra
from peelsite.exports.licences import LICENCES
from peelsite.exports.openapi import document
from peelsite.exports.tables import Table
from peelsite.exports.version import SCHEMA_VERSION
from peelsite.pages import Hosting, Links

FOLDER: Final = "api/v1/"

_PAGES: Final = {
    "index": "data/index",
    "bodies": "index",
    "inspections": "inspections/index",
    "ratings": "rounds/index",
    "findings": "findings/index",
    "rounds": "rounds/index",
    "questions": "questions/index",
    "themes": "themes/index",
    "sources": "sources",
    "updates": "concerns",
    "responses": "responses",
    "corrections": "corrections",
}
"""The pages that show readers what the lists hold, where there is one."""


def api_files(
    tables: Iterable[Table[Any]],
    as_of: datetime.date | None,
    hosting: Hosting,
    beside: Collection[str] = (),
) -> Iterator[Extra]:
    """Give the files of the API, made of ``tables``; the data is of the day ``as_of``.

    ``beside`` are the paths of CSV files that are made of the same, which the API then links to.
    """
    made_of = shapes(tables)
    yield from _Api(made_of, as_of.isoformat() if as_of else None, hosting, beside).files()
    yield from _descriptions(made_of, hosting)


def _descriptions(made_of: Shapes, hosting: Hosting) -> Iterator[Extra]:
    """Give the schemas and the OpenAPI document."""
    every = components(made_of)
    for each in endpoints(made_of):
        path = _schema_path(each)
        schema = schema_of(each, every, hosting.file(path) or f"{each.name}.json")
        yield Extra(path, [as_json(schema)])
    place = _Place(f"{FOLDER}openapi.json", hosting)
    title = f"{hosting.name}: the same facts for machines"
    server = hosting.file(FOLDER).rstrip("/") or "."
    described = document(made_of, every, title=title, server=server, about=place.page("data/index"))
    yield Extra(place.path, [as_json(described)])


@dataclass(frozen=True)
class _Place:
    """Where a file of the API stands, and how it leads elsewhere."""

    path: str
    hosting: Hosting

    def file(self, path: str) -> str:
        """Return the link to a file beside the pages."""
        return self.hosting.file(path) or self._links.file(path)

    def page(self, target: str) -> str:
        """Return the link to a page, by its address."""
        return self.hosting.absolute(target) or self._links(target)

    def from_top(self, link: str) -> str:
        """Return the link for one that leads from the top of the site, if it is not whole."""
        return link if self.hosting.url else self._links.file(link)

    @property
    def _links(self) -> Links:
        return Links(f"{self.path.rpartition('/')[0]}/index", self.hosting)


@dataclass(frozen=True)
class _Api:
    """Makes the files that hold records; ``beside`` are the paths of the files made already."""

    made_of: Shapes
    as_of: str | None
    hosting: Hosting
    beside: Collection[str]
    records: Records = field(default_factory=Records)

    def files(self) -> Iterator[Extra]:
        """Give every file that holds records."""
        index, *lists, body, inspection = endpoints(self.made_of)
        held = {each: self.records.of(self.made_of.listed[each.name]) for each in lists}
        totals = {each.name: len(rows) for each, rows in held.items()}
        totals |= {body.name: totals["bodies"], inspection.name: totals["inspections"]}
        yield self._list(index, self._entries([*lists, body, inspection], totals))
        for each, rows in held.items():
            yield self._list(each, rows)
        yield from (self._one(body, "bodies", row) for row in self._bodies())
        yield from (self._one(inspection, "inspections", row) for row in self._inspections())

    def _entries(self, listed: Iterable[Endpoint], totals: Mapping[str, int]) -> list[Row]:
        place = _Place(f"{FOLDER}index.json", self.hosting)
        return [
            {
                "name": each.name,
                "title": each.title,
                "meaning": each.meaning,
                "file": place.file(f"{FOLDER}{each.path}"),
                "total": totals[each.name],
                "schema": place.file(_schema_path(each)),
            }
            for each in listed
        ]

    def _bodies(self) -> Iterator[Row]:
        """Give each body with all that is said about it, and the sources of that."""
        shape = self.made_of.body
        cited = self.records.cited(shape)
        for row in self.records.of(shape):
            yield row | {"sources": self._sources(cited[row["id"]])}

    def _inspections(self) -> Iterator[Row]:
        """Give each inspection with what it says, body by body, and the sources of that."""
        shape, parts = self.made_of.inspection, self.made_of.part
        said = {name: self._by_part(each) for name, each in parts.items()}
        cited = {name: self.records.cited(each) for name, each in parts.items()}
        cited_itself = self.records.cited(shape)
        for row in self.records.of(shape):
            told = [
                {"body": body, **{name: of.get((row["id"], body), []) for name, of in said.items()}}
                for body in row["bodies"]
            ]
            named = cited_itself[row["id"]].union(
                *(cited[name][each["id"]] for part in told for name in parts for each in part[name])
            )
            yield row | {"parts": told, "sources": self._sources(named)}

    def _by_part(self, shape: Shape) -> dict[tuple[str, str], list[Row]]:
        """Return the records of a shape by inspection and body."""
        groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.records.of(shape):
            groups[row["inspection"], row["body"]].append(row)
        return groups

    def _sources(self, named: Set[str]) -> list[Row]:
        """Return the sources that are named, in the order of their table."""
        return [self._source_rows[place] for place in sorted(map(self._places.__getitem__, named))]

    @cached_property
    def _source_rows(self) -> list[Row]:
        return self.records.of(self.made_of.listed["sources"])

    @cached_property
    def _places(self) -> dict[str, int]:
        return {row["id"]: place for place, row in enumerate(self._source_rows)}

    def _list(self, endpoint: Endpoint, rows: list[Row]) -> Extra:
        place = _Place(f"{FOLDER}{endpoint.path}", self.hosting)
        page = _PAGES.get(endpoint.name)
        html = place.page(page) if page else None
        return self._file(endpoint, place, rows, html, [f"data/{endpoint.name}.csv"])

    def _one(self, endpoint: Endpoint, folder: str, row: Row) -> Extra:
        place = _Place(f"{FOLDER}{folder}/{row['id']}.json", self.hosting)
        tables = [f"data/{folder}/{row['id']}-{name}.csv" for name in ("ratings", "findings")]
        made = self._file(endpoint, place, row, place.from_top(row["address"]), tables)
        return replace(made, of=f"{folder}/{row['id']}")

    def _file(
        self,
        endpoint: Endpoint,
        place: _Place,
        result: list[Row] | Row,
        html: str | None,
        tables: Iterable[str],
    ) -> Extra:
        """Return a file: ``result`` in its envelope."""
        links = {
            "self": place.file(place.path),
            "html": html,
            "csv": [place.file(path) for path in tables if path in self.beside],
            "documentation": place.page("data/index"),
            "schema": place.file(_schema_path(endpoint)),
        }
        envelope = {
            "schema_version": SCHEMA_VERSION,
            "date_of_data": self.as_of,
            "total": len(result) if isinstance(result, list) else 1,
            "licence": _LICENCES,
            "links": links,
        }
        if isinstance(result, list):
            return Extra(place.path, _Enveloped(envelope, result))
        return Extra(place.path, [as_json(envelope | {"result": result})])


@dataclass(frozen=True)
class _Enveloped:
    """JSON in pieces: ``envelope`` with all of ``rows`` as its result."""

    envelope: Row
    rows: list[Row]

    def __iter__(self) -> Iterator[bytes]:
        before, after = as_json(self.envelope | {"result": []}).rsplit(b"]", 1)
        yield before
        for start in range(0, len(self.rows), _AT_ONCE):
            some = as_json(self.rows[start : start + _AT_ONCE]).strip()[1:-1]
            yield b"," + some if start else some
        yield b"]" + after


_AT_ONCE: Final = 500
"""Records of which one piece is made."""


_LICENCES: Final = {name: asdict(licence) for name, licence in LICENCES.items()}


def _schema_path(endpoint: Endpoint) -> str:
    return f"{FOLDER}schemas/{endpoint.name}.json"
