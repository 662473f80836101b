"""Fields as lines of YAML, each with what it means, in the words of the schema."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, get_origin

from pydantic.fields import FieldInfo

from peelsite.schema import TO_FILL_IN, Sourced
from peelsite.schema.faults import fields_of, shape_at

INDENT: Final = "  "


@dataclass(frozen=True)
class Entry:
    """A line of YAML, and what the field on it means."""

    text: str
    meaning: str

    def within(self, before: str) -> Entry:
        """Return the entry with ``before`` in front of its line."""
        return Entry(before + self.text, self.meaning)


def entries(
    shape: Any, values: Mapping[str, str], *, also: Collection[str] = (), unused: bool = False
) -> list[Entry]:
    """Return the fields of a record: those of ``values`` (in YAML) and others that are required.

    Of the fields that may be left out, those in ``also`` stand there too; with ``unused`` all that
    hold a single value stand there as comments. What no value is given for is to be filled in.
    """
    found = []
    for name, field in sorted(fields_of(shape).items(), key=_order(shape)):
        item = fields_of(shape_at(field.annotation, (0,))) if is_list(field) else None
        if name in values:
            found.append(Entry(f"{name}: {values[name]}", meaning(field)))
        elif item and (field.is_required() or name in also):
            found.append(Entry(f"{name}:", meaning(field)))
            inner = entries(shape_at(field.annotation, (0,)), values)
            found += [each.within(INDENT) for each in dashed(inner)]
        elif field.is_required():
            found.append(Entry(f"{name}: {TO_FILL_IN}", meaning(field, with_example=True)))
        elif unused and _is_single(field):
            found.append(Entry(f"#{name}: {TO_FILL_IN}", meaning(field, with_example=True)))
    return found


def meaning(field: FieldInfo, *, with_example: bool = False) -> str:
    """Return what a field means, the words it may hold, and an example where that helps."""
    told = str(field.description)
    shape = shape_at(field.annotation)
    [example] = field.examples or [None]
    if isinstance(shape, type) and issubclass(shape, Enum):
        told += f" One of: {', '.join(term.value for term in shape)}."
    elif with_example and isinstance(example, str) and example != "…":
        told += f" For example: {example}"
    return told


def dashed(item: Iterable[Entry]) -> list[Entry]:
    """Return the entries of a record as an item of a list."""
    return [each.within(INDENT if index else "- ") for index, each in enumerate(item)]


def above(lines: Iterable[Entry]) -> Iterator[str]:
    """Give the lines, each under a comment that says what it means."""
    for each in lines:
        start = each.text[: len(each.text) - len(each.text.lstrip())]
        yield f"{start}# {each.meaning}"
        yield each.text


def as_example(lines: Iterable[Entry], indent: str = "") -> Iterator[str]:
    """Give the lines commented out, with what each means beside it.

    A "#" stands right before what it takes out, so that the line is right once that is deleted.
    """
    for each in lines:
        yield f"{indent}#{each.text}  # {each.meaning}"


def is_list(field: FieldInfo) -> bool:
    """Return whether a field holds a list."""
    return get_origin(shape_at(field.annotation)) is tuple


def _is_single(field: FieldInfo) -> bool:
    shape = shape_at(field.annotation)
    return get_origin(shape) is None and not fields_of(shape)


def _order(shape: Any) -> Callable[[tuple[str, FieldInfo]], int]:
    """Sort the fields of a record: what names it, what it says, its source, lists of records."""
    naming = ("id", "title") if "id" in fields_of(shape) else ("text", "question")

    def order(named: tuple[str, FieldInfo]) -> int:
        name, field = named
        if name in naming:
            return 0
        if name in fields_of(Sourced):
            return 2
        return 3 if is_list(field) and fields_of(shape_at(field.annotation, (0,))) else 1

    return order
