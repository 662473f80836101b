"""The JSON Schemas (2020-12) of the files of the API, made of the columns of the tables.

New fields and new words may come without a new version of the API, so nothing in a schema forbids
a field that it does not tell of. Rules: https://json-schema.org/draft/2020-12/schema.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from peelsite.exports.api_records import Endpoint, Shape, Shapes, endpoints
from peelsite.exports.licences import LICENCES
from peelsite.exports.tables import Column, Kind
from peelsite.schema.terms import Term

Schema: TypeAlias = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


# Values


_KINDS: Final[Mapping[Kind, Schema]] = {
    Kind.DATE: {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.URL: {"type": "string", "format": "uri-reference"},
    Kind.NUMBER: {"type": "integer"},
    Kind.TRUTH: {"type": "boolean"},
    Kind.IDS: {"type": "array", "items": {"type": "string"}},
    Kind.MARKDOWN: {"type": "string", "contentMediaType": "text/markdown"},
}
"""The schemas of values; those of other kinds are plain strings."""


def ref(name: str) -> Schema:
    """Return the schema that refers to the component called ``name``."""
    return {"$ref": f"#/components/schemas/{name}"}


def _list_of(name: str, meaning: str) -> Schema:
    return {"type": "array", "description": meaning, "items": ref(name)}


def _object(meaning: str, properties: Schema, *, title: str = "") -> Schema:
    """Return the schema of an object that always has all of ``properties``."""
    named = {"title": title} if title else {}
    return {
        **named,
        "description": meaning,
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


def _property(column: Column[Any]) -> Schema:
    """Return the schema of a field; null where there is nothing of the kind."""
    told = {"description": column.meaning}
    if column.words:
        word = ref(column.words.__name__)
        return {**told, **(word if column.required else {"anyOf": [word, {"type": "null"}]})}
    value = dict(_KINDS.get(column.kind, {"type": "string"}))
    if not column.required and column.kind is not Kind.IDS:
        value["type"] = [value["type"], "null"]
    return {**told, **value}


def _words(words: type[Term]) -> Schema:
    """Return the schema of the words to choose from, with the label and meaning of each."""
    return {
        "description": inspect.cleandoc(words.__doc__ or "").partition("\n\n")[0],
        "type": "string",
        "oneOf": [
            {"const": word.value, "title": word.label, "description": word.meaning}
            for word in words
        ],
    }


# Records


def _lists(of: Iterable[tuple[str, Shape]]) -> Schema:
    return {name: _list_of(shape.name, shape.table.meaning) for name, shape in of}


def _within(shape: Shape) -> Schema:
    return _lists((each.field, each.shape) for each in shape.within)


def _record(shape: Shape) -> Schema:
    columns = {column.name: _property(column) for column in shape.table.columns}
    table = shape.table
    return _object(
        f"One record of {table.title.lower()}. {table.meaning}", columns | _within(shape)
    )


def _in_full(shape: Shape, meaning: str, more: Schema) -> Schema:
    """Return the schema of a record with all that belongs to it, and the sources of that."""
    plain = _record(shape)
    sources = _list_of("Source", "Every source that is named above.")
    return _object(meaning, {**plain["properties"], **more, "sources": sources})


def _every(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Give ``shapes`` and those within them."""
    for shape in shapes:
        yield shape
        yield from _every(each.shape for each in shape.within)


def components(made_of: Shapes) -> dict[str, Schema]:
    """Return the schemas of files, records and words by name; they refer to each other."""
    kinds = endpoints(made_of)
    listed = {shape.name: shape for shape in _every(made_of.listed.values())}
    columns = [column for shape in listed.values() for column in shape.table.columns]
    words = {column.words.__name__: column.words for column in columns if column.words}
    part = {"body": {"type": "string", "description": "The body: its id."}}
    inspected = _list_of("Part", "What the inspection says, body by body.")
    return {
        **{each.component: _file(each) for each in kinds},
        "Licence": _LICENCE,
        "Links": _LINKS,
        "Entry": _ENTRY,
        **{name: _record(listed[name]) for name in sorted(listed)},
        made_of.body.name: _in_full(made_of.body, kinds[-2].meaning, {}),
        "InspectionInFull": _in_full(made_of.inspection, kinds[-1].meaning, {"parts": inspected}),
        "Part": _object(
            "What an inspection says of one body.", part | _lists(made_of.part.items())
        ),
        **{name: _words(words[name]) for name in sorted(words)},
    }


# Files


def _text(meaning: str, **more: Any) -> Schema:
    return {"type": "string", "description": meaning, **more}


def _address(meaning: str) -> Schema:
    return _text(meaning, format="uri-reference")


def _or_none(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


_LICENCE: Final = _object(
    "What may be done with the words of this file.",
    {
        name: _object(
            licence.of,
            {
                "of": _text("Whose words are meant."),
                "name": _text("The licence, or why there is none."),
                "url": _or_none(_address("The text of the licence; null if there is none.")),
            },
        )
        for name, licence in LICENCES.items()
    },
)

_LINKS: Final = _object(
    "Where else this stands. Whole addresses if that of the site is known, or else from this file.",
    {
        "self": _address("This file."),
        "html": _or_none(_address("The page for readers; null if there is none of just this.")),
        "csv": {
            "type": "array",
            "description": "The same as tables, where there are any.",
            "items": {"type": "string", "format": "uri-reference"},
        },
        "documentation": _address("The page about the data."),
        "schema": _address("The JSON Schema of this file."),
    },
)

_ENTRY: Final = _object(
    "One kind of file.",
    {
        "name": _text("The name of its schema."),
        "title": _text("What it is called."),
        "meaning": _text("What it holds."),
        "file": _text(
            "Where it is; if {id} stands there, with an id in its place (RFC 6570).",
            format="uri-template",
        ),
        "total": {
            "type": "integer",
            "description": "How many records it holds; where there is a file for each record, "
            "how many files there are.",
        },
        "schema": _address("Its JSON Schema."),
    },
)


def _file(endpoint: Endpoint) -> Schema:
    """Return the schema of the envelope with what the file holds."""
    result = ref(endpoint.result) | {"description": endpoint.meaning}
    if endpoint.is_list:
        result = _list_of(endpoint.result, endpoint.meaning)
    properties = {
        "schema_version": _text("The version of the shape of the data: major.minor.patch."),
        "date_of_data": _or_none(_text("The latest day of reading or publishing.", format="date")),
        "total": {"type": "integer", "description": "How many records result holds."},
        "licence": ref("Licence"),
        "links": ref("Links"),
        "result": result,
    }
    return _object(endpoint.meaning, properties, title=endpoint.title)


# Schemas as files


def schema_of(endpoint: Endpoint, every: Mapping[str, Schema], address: str) -> Schema:
    """Return the schema of a kind of file as a file of its own, which stands at ``address``."""
    whole = every[endpoint.component]
    definitions = {name: _alone(every[name]) for name in sorted(_needed(whole, every))}
    return {"$schema": DIALECT, "$id": address, **_alone(whole), "$defs": definitions}


def _needed(schema: Any, every: Mapping[str, Schema]) -> set[str]:
    """Return the names of the schemas that one refers to, and those that these refer to."""
    waiting, needed = [schema], set[str]()
    while waiting:
        found = set(_references(waiting.pop())) - needed
        waiting += [every[name] for name in found]
        needed |= found
    return needed


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        schema = schema.values()
    elif not isinstance(schema, list):
        return
    for each in schema:
        yield from _references(each)


def _alone(schema: Any) -> Any:
    """Return a schema that refers to its own definitions."""
    if isinstance(schema, dict):
        return {
            name: re.sub("^#/components/schemas/", "#/$defs/", each)
            if name == "$ref"
            else _alone(each)
            for name, each in schema.items()
        }
    return [_alone(each) for each in schema] if isinstance(schema, list) else schema
