"""The records of the API: rows of the tables, with what belongs to a record told within it.

Their schemas (:mod:`peelsite.exports.api_schemas`) and what stands in the files are both made of
the shapes that are told here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from peelsite.exports.tables import Table

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a record is made of: the columns of a table, and the records within it."""

    name: str
    table: Table[Any]
    within: tuple[Within, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """Records within another, in its field ``field``: those that name it in a column of ``by``.

    Those that name something in the column ``unless`` are told within that instead.
    """

    field: str
    shape: Shape
    by: tuple[str, ...]
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of all records. ``listed`` are those of the lists, by name of the table.

    ``body`` is a body with all that is said about it; ``part`` has what an inspection says of one
    body, by field.
    """

    listed: Mapping[str, Shape]
    body: Shape
    inspection: Shape
    part: Mapping[str, Shape]


def shapes(tables: Iterable[Table[Any]]) -> Shapes:
    """Return the shapes of the records that are made of ``tables``."""
    named = {table.name: table for table in tables}
    quotation, asked = Shape("Quotation", named["quotations"]), Shape("Asked", named["asked"])
    grade = Shape("Grade", named["grades"])
    names = Within("names", Shape("Name", named["names"]), ("body",))
    update = Shape("Update", named["updates"], (Within("quotations", quotation, ("update",)),))
    finding = Shape(
        "Finding",
        named["findings"],
        (
            Within("quotations", quotation, ("finding",), unless="update"),
            Within("updates", update, ("finding",)),
        ),
    )
    reply = Shape("Reply", named["replies"], (Within("quotations", quotation, ("reply",)),))
    rating, response = Shape("Rating", named["ratings"]), Shape("Response", named["responses"])
    inspection = Shape("Inspection", named["inspections"])
    listed = {
        "bodies": Shape("Body", named["bodies"], (names,)),
        "inspections": inspection,
        "ratings": rating,
        "findings": finding,
        "rounds": Shape("Round", named["rounds"], (Within("asked", asked, ("round",)),)),
        "questions": Shape("Question", named["questions"]),
        "scales": Shape("Scale", named["scales"], (Within("grades", grade, ("scale",)),)),
        "themes": Shape("Theme", named["themes"]),
        "sources": Shape("Source", named["sources"]),
        "updates": update,
        "replies": reply,
        "responses": response,
        "corrections": Shape("Correction", named["corrections"]),
    }
    part = {"ratings": rating, "findings": finding, "replies": reply, "responses": response}
    about = (
        names,
        Within("ratings", rating, ("body",)),
        Within("findings", finding, ("body", "also_about")),
        Within("replies", reply, ("body",)),
        Within("responses", response, ("body",)),
    )
    return Shapes(listed, Shape("BodyInFull", named["bodies"], about), inspection, part)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A file of the API or, with ``{id}`` in its path, one for each record.

    ``name`` is that of its schema, and ``result`` the component that ``result`` holds: one, or
    with ``is_list`` any number.
    """

    name: str
    path: str
    title: str
    meaning: str
    result: str
    is_list: bool = True

    @property
    def component(self) -> str:
        """The name of the schema of the whole file."""
        return f"{self.name.capitalize()}File"


def endpoints(made_of: Shapes) -> tuple[Endpoint, ...]:
    """Return every kind of file of the API."""
    lists = [
        Endpoint(name, f"{name}.json", shape.table.title, shape.table.meaning, shape.name)
        for name, shape in made_of.listed.items()
    ]
    index = Endpoint("index", "index.json", "Index", "Every file of the API.", "Entry")
    body = Endpoint(
        "body",
        "bodies/{id}.json",
        "One body",
        "A body, and all that is said about it, with the sources.",
        "BodyInFull",
        is_list=False,
    )
    inspection = Endpoint(
        "inspection",
        "inspections/{id}.json",
        "One inspection",
        "An inspection, and all that it says, body by body, with the sources.",
        "InspectionInFull",
        is_list=False,
    )
    return (index, *lists, body, inspection)


@dataclass(frozen=True)
class Records:
    """Makes the records; each table is read once for each shape, and grouped once."""

    _made: dict[str, list[Row]] = field(default_factory=dict)
    _cited: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def of(self, shape: Shape) -> list[Row]:
        """Return the records of a shape, in the order of its table."""
        if shape.name not in self._made:
            self._made[shape.name] = list(self._rows(shape))
        return self._made[shape.name]

    def within(self, within: Within) -> dict[str, list[Row]]:
        """Return records that are told within others, by the ids of those."""
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.of(within.shape):
            if not (within.unless and row[within.unless]):
                for name in ids(row, within.by):
                    groups[name].append(row)
        return groups

    def cited(self, shape: Shape) -> Mapping[str, set[str]]:
        """Return the ids of the sources that each record of a shape names, by its own id.

        Those that are named in the records within it are among them.
        """
        if shape.name not in self._cited:
            self._cited[shape.name] = dict(self._citing(shape))
        return self._cited[shape.name]

    def _citing(self, shape: Shape) -> Iterator[tuple[str, set[str]]]:
        columns = [each.name for each in shape.table.columns if each.refers_to == "sources"]
        within = [(each.field, self.cited(each.shape)) for each in shape.within]
        for row in self.of(shape):
            named = set(ids(row, columns))
            for name, cited in within:
                named.update(*(cited[inner["id"]] for inner in row[name]))
            yield row["id"], named

    def _rows(self, shape: Shape) -> Iterator[Row]:
        within = [(each.field, self.within(each)) for each in shape.within]
        names = [column.name for column in shape.table.columns]
        for cells in shape.table.rows():
            row: Row = dict(zip(names, cells, strict=True))
            for name, groups in within:
                row[name] = groups.get(row["id"], [])
            yield row


def ids(row: Row, columns: Iterable[str]) -> dict[str, None]:
    """Return every id in some columns, each of which holds one, several or none, once."""
    found: dict[str, None] = {}
    for column in columns:
        value = row[column]
        if isinstance(value, tuple):
            found |= dict.fromkeys(value)
        elif value is not None:
            found[value] = None
    return found
