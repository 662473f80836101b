"""The shapes of files as JSON Schema (draft-07), which editors read to help whoever writes them.

There is a schema for each kind of file, and ``ids.json``, which lists the ids that there are. The
first say what may be written and change only with the code. The second only feeds completion: an
id that it does not have yet is as good as any, and ``peelsite check`` sees whether it exists.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Final, TypeAlias, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from peelsite.schema.bodies import Body
from peelsite.schema.faults import fields_of
from peelsite.schema.fields import (
    ADDRESS,
    LONGEST,
    LONGEST_QUOTATION,
    RESERVED,
    TO_FILL_IN,
    Day,
    Id,
    Line,
    Quotation,
    Ref,
    Text,
    Url,
    WhenIfKnown,
    WhenKnown,
    WhenOrPresent,
)
from peelsite.schema.inspections import Inspection, Rating
from peelsite.schema.record import Record
from peelsite.schema.terms import Term
from peelsite.schema.vocabularies import VOCABULARIES

Schema: TypeAlias = dict[str, Any]

DIALECT: Final = "http://json-schema.org/draft-07/schema#"

IDS: Final = "ids.json"
"""The file of the ids that there are."""

FILES: Final[dict[str, tuple[str, Any]]] = {
    "inspection": ("inspections/*.yml", Inspection),
    "body": ("bodies/*.yml", Body),
    **{name: (f"{name}.yml", shape) for name, shape in VOCABULARIES.items()},
}
"""The kinds of file: the name of the schema, where in ``content/`` such files are, their shape."""

THINGS: Final = {
    "bodies": "bodies",
    "carried-over-from": "inspections",
    "comparable-with": "rounds",
    "forces": "forces",
    "grade": "grades",
    "question": "questions",
    "region": "regions",
    "round": "rounds",
    "scale": "scales",
    "shared-with": "bodies",
    "themes": "themes",
    "ungraded": "questions",
}
"""The fields that name something told in another file, with the kind of thing that they name."""

OWN: Final = frozenset({"source", "also-in", "looked-in"})
"""The fields that name a source of their own file."""

ADDRESSES: Final = {
    "about": "address of a body, inspection, finding or other page",
    "repeats": "address of a finding, as its inspection#body-finding",
}
"""The fields that name something by its address on this site, with what is written there.

They are not completed: there are too many findings for a list of all of them in ``ids.json``.
"""

OLD: Final = {"moved-from": "id that this had before"}
"""The fields that name nothing that is there now, with what is written there."""

EITHER: Final = {Rating: ("grade", "not-graded")}
"""The records that have one of two fields, and not both."""


@dataclass(frozen=True)
class Kind:
    """A kind of single value: what it is called and, in plain words, what may be written.

    ``also`` are words that may stand in its place, with their meaning.
    """

    name: str
    words: str
    schema: Schema
    also: Mapping[str, str] = field(default_factory=dict)


def _text(pattern: str, kind: str = "line") -> Schema:
    return {"type": "string", "pattern": pattern, "maxLength": LONGEST[kind]}


def _typed(pattern: str) -> Schema:
    """Return the schema of an id: what was typed, even where YAML reads a number or a truth."""
    return {"not": {"type": ["array", "null", "object"]}, "pattern": pattern}


def _date(words: Mapping[str, str]) -> Schema:
    """Return the schema of a date of as many parts as are known, or of one of ``words``."""
    choices = "|".join((*words, f"{_YEAR}(-{_MONTH}(-{_DAY})?)?"))
    # A year alone is a number to readers of YAML.
    number = {"minimum": 1000, "maximum": 9999}
    return {"type": ["string", "integer"], "pattern": f"^({choices})$", **number}


_YEAR: Final = "(?!0000)[0-9]{4}"
_MONTH: Final = "(0[1-9]|1[0-2])"
_DAY: Final = "(0[1-9]|[12][0-9]|3[01])"
_DATE: Final = "A date, with as many parts as are known: 2022-12-07, 2022-12 or 2022"
_NOT_KNOWN: Final = {"not-known": "The sources do not say."}
_PRESENT: Final = {"present": "It is so today."}


def _check_of(metadata: Any) -> Any:
    """Return the check that tells the kind of a field: its last."""
    return next((each.func for each in reversed(metadata) if hasattr(each, "func")), None)


_ALIASES: Final = (
    (
        Text,
        Kind(
            "text",
            "Text, of one paragraph or more, with *emphasis* and [links](https://…) as in "
            "Markdown.",
            _text(r"\S", "text"),
        ),
    ),
    (Line, Kind("line", "Plain text on one line.", _text(r"^\s*\S[^\n]*\s*$"))),
    (
        Quotation,
        Kind(
            "quotation",
            f"Exact words on one line, at most {LONGEST_QUOTATION}.",
            _text(rf"^\s*\S+([^\S\n]+\S+){{0,{LONGEST_QUOTATION - 1}}}\s*$"),
        ),
    ),
    (
        Url,
        Kind(
            "address",
            "An address on the web, whole, beginning with https:// or http://.",
            _text(rf"^\s*{ADDRESS}\s*$", "address"),
        ),
    ),
    (
        Ref,
        Kind("reference", "The id of something that is told elsewhere.", _typed(r"\S")),
    ),
    (
        Id,
        Kind(
            "id",
            "An id: small letters, digits and single hyphens, as in clear-hold-build.",
            {
                **_typed(f"^(?!({'|'.join(sorted(RESERVED))})$)[a-z0-9]+(-[a-z0-9]+)*$"),
                "maxLength": LONGEST["id"],
                "multipleOf": 1,
                "minimum": 0,
            },
        ),
    ),
    (
        Day,
        Kind(
            "day",
            "A day, as year-month-day: 2022-12-07.",
            _text(f"^{_YEAR}-{_MONTH}-{_DAY}$"),
        ),
    ),
    (WhenKnown, Kind("date", f"{_DATE}.", _date({}))),
    (
        WhenIfKnown,
        Kind("date-or-not-known", f"{_DATE}; or not-known.", _date(_NOT_KNOWN), _NOT_KNOWN),
    ),
    (
        WhenOrPresent,
        Kind(
            "date-or-present",
            f"{_DATE}; or present; or not-known.",
            _date(_PRESENT | _NOT_KNOWN),
            _PRESENT | _NOT_KNOWN,
        ),
    ),
)

KINDS: Final = {_check_of(get_args(alias)[1:]): kind for alias, kind in _ALIASES}
"""The kinds of single value, by the check that reads them."""

_FILLED: Final = {
    "pattern": rf"^(?![\s\S]*{TO_FILL_IN})",
    "patternErrorMessage": f"Write it in place of {TO_FILL_IN}.",
}
"""Refuses a text in which something is still to be filled in."""


def _enum(choices: Mapping[str, str]) -> Schema:
    """Return the schema of a word to choose; editors show the meaning of each."""
    return {"type": "string", "enum": [*choices], "enumDescriptions": [*choices.values()]}


def json_schemas() -> dict[str, Schema]:
    """Return the schema of each kind of file by name; ids are looked up in ``ids.json``."""
    return {name: _file(pattern, shape) for name, (pattern, shape) in FILES.items()}


def ids_schema(ids: Mapping[str, Mapping[str, str]]) -> Schema:
    """Return the schema that lists ``ids``, those of each kind of thing with their labels."""
    return {
        "$schema": DIALECT,
        "title": "Ids",
        "description": "The ids that there are, for completion: written by `peelsite schema`.",
        "definitions": {
            thing: _enum(dict(sorted(ids[thing].items()))) for thing in sorted({*THINGS.values()})
        },
    }


def as_text(schema: Schema) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def modeline(inside: str) -> str:
    """Return the line that tells editors the schema of the file ``inside`` the content folder."""
    folder, _, name = inside.rpartition("/")
    stem = name.removesuffix(".yml")
    schema = next((each for each in FILES if FILES[each][0].startswith(f"{folder}/")), stem)
    up = "../" if folder else ""
    return f"# yaml-language-server: $schema={up}schema/{schema}.json"


def _file(pattern: str, shape: Any) -> Schema:
    writer = _Writer({})
    if fields_of(shape):
        top = writer.record(shape)
    else:
        of = get_args(shape)[1]
        top = {
            "title": _title(of),
            "description": f"{_told(of)} By id.",
            **writer.value(shape, (), None),
        }
    top["description"] = f"content/{pattern}: {top['description']}"
    definitions = {name: writer.definitions[name] for name in sorted(writer.definitions)}
    return {"$schema": DIALECT, **top, "definitions": definitions}


@dataclass(frozen=True)
class _Writer:
    """Writes the schema of one kind of file; ``definitions`` gathers what it refers to."""

    definitions: dict[str, Schema]

    def record(self, shape: type[Record]) -> Schema:
        inside = own_first(shape)
        schema = {
            "title": _title(shape),
            "description": _told(shape),
            "type": "object",
            "properties": {name: self._property(name, each) for name, each in inside.items()},
            "required": [name for name, each in inside.items() if each.is_required()],
            "additionalProperties": False,
        }
        if shape in EITHER:
            schema["oneOf"] = [{"required": [name]} for name in EITHER[shape]]
        return schema

    def _property(self, name: str, field: FieldInfo) -> Schema:
        value = self.value(field.annotation, field.metadata, name)
        if "$ref" in value:  # whatever stands beside "$ref" is passed over in draft-07
            value = {"allOf": [value]}
        more: Schema = {"minItems": least} if (least := _least(field)) else {}
        if isinstance(field.default, Term):
            more["default"] = field.default.value
        kind = KINDS.get(_check_of(field.metadata))
        example = example_of(field)
        also = [word for word in (kind.also if kind else ()) if word != example]
        told = {"description": field.description, "examples": [example, *also]}
        return {**told, **value, **more}

    def value(self, shape: Any, metadata: Any, name: str | None) -> Schema:
        """Return the schema of a value of ``shape``, which the field ``name`` holds."""
        origin, inner = get_origin(shape), get_args(shape)
        if origin is Annotated:
            return self.value(inner[0], inner[1:], name)
        if kind := KINDS.get(_check_of(metadata)):
            return self._single(kind, name)
        if origin in (Union, UnionType):
            return self.value(inner[0], (), name)  # the other is None, which nobody writes
        if origin is tuple:
            return {"type": "array", "items": self.value(inner[0], (), name)}
        if origin is dict:
            return {
                "type": "object",
                "propertyNames": self.value(inner[0], (), name),
                "additionalProperties": self.value(inner[1], (), name),
            }
        if issubclass(shape, Term):
            words = {
                "title": _title(shape),
                "description": _told(shape),
                **_enum({term.value: term.meaning for term in shape}),
            }
            return self._defined(shape.__name__, words)
        if shape.__name__ not in self.definitions:
            self._defined(shape.__name__, self.record(shape))
        return {"$ref": f"#/definitions/{shape.__name__}"}

    def _single(self, kind: Kind, name: str | None) -> Schema:
        told = {"patternErrorMessage": kind.words}
        any_ = self._defined(kind.name, {**kind.schema, **told, "allOf": [_FILLED]})
        if kind.name != "reference" or name not in THINGS:
            return any_
        return {"anyOf": [{"$ref": f"{IDS}#/definitions/{THINGS[name]}"}, any_]}

    def _defined(self, name: str, schema: Schema) -> Schema:
        self.definitions[name] = schema
        return {"$ref": f"#/definitions/{name}"}


def own_first(shape: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields of a record by name, those that say where it was read last."""
    return dict(sorted(fields_of(shape).items(), key=lambda each: each[0] in ("source", "also-in")))


def example_of(field: FieldInfo) -> Any:
    """Return an example of what a field holds; that of a group is made of those of its fields."""
    [told] = field.examples or [None]
    example = _example(field.annotation)
    if isinstance(example, list):
        return example * max(1, _least(field))
    return told if example is None else example


def _least(field: FieldInfo) -> int:
    """Return how many items the list that a field holds needs."""
    return next((each.min_length for each in field.metadata if hasattr(each, "min_length")), 0)


def _example(shape: Any) -> Any:
    """Return an example of a group of names and values, or a list of such; else None."""
    origin, inner = get_origin(shape), get_args(shape)
    if origin in (Union, UnionType):
        return _example(inner[0])
    if origin is tuple:
        item = _example(inner[0])
        return None if item is None else [item]
    if origin is dict:
        return {"report" if inner[0] == Id else "northumbria": _example(inner[1])}
    if not fields_of(shape):
        return None
    either = EITHER.get(shape, ())
    shown = {
        name: field
        for name, field in own_first(shape).items()
        if field.is_required() or name in either[:1]
    }
    return {name: example_of(field) for name, field in shown.items()}


def _title(shape: type[Any]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", shape.__name__).capitalize()


def _told(shape: type[Any]) -> str:
    """Return the first paragraph of the docstring, without the path that may stand before it."""
    paragraph = inspect.cleandoc(shape.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    told = re.sub(r"^``.*?``: ", "", paragraph)
    return told[0].upper() + told[1:]
