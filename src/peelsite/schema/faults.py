"""What pydantic finds wrong in a value, seen from the file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from peelsite.problems import nearest, quoted
from peelsite.yaml_source import NOTHING, Mapping, Refused, Sequence, Surprise, locate

Place: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in the value ``root``, which should have had the shape ``shape``."""

    shape: Any
    root: Mapping | Sequence
    error: ErrorDetails

    @property
    def kind(self) -> str:
        """What kind of fault it is, in pydantic's word or in that of a field's own check."""
        return self.error["type"]

    @property
    def value(self) -> Any:
        """What stands there; what is missing has the record around it here."""
        return self.error["input"]

    @property
    def is_told(self) -> bool:
        """Whether the value was refused, and its problem told, while the YAML was read."""
        return isinstance(self.value, Refused)

    @property
    def is_another(self) -> bool:
        """Whether an item is at fault: of a list, pydantic counts only what it could read."""
        if self.kind != "too_short":
            return False
        return bool(len(self.value) >= self.error["ctx"]["min_length"])

    @property
    def is_key(self) -> bool:
        """Whether a name is wrong, and not the value after it."""
        return "[key]" in self.error["loc"] or self.kind == "extra_forbidden"

    @property
    def is_nothing(self) -> bool:
        """Whether a value is wanted and none was written."""
        return isinstance(self.value, Surprise) and self.value.read_as == NOTHING

    @cached_property
    def place(self) -> Place:
        """The keys and indexes that lead to the value."""
        return tuple(step for step in self.error["loc"] if step != "[key]")

    @property
    def marks(self) -> tuple[int, int, int]:
        """Where a person should look."""
        if self.kind == "missing":
            return _heading(self.root, self.place[:-1])
        if self.is_key and isinstance(self.parent, Mapping):
            return self.parent.keys_at[str(self.place[-1])]
        return locate(self.root, self.place)

    @property
    def rest_of_line(self) -> str:
        """What follows, on its line, from where a person should look."""
        line, column, length = self.marks
        after = column + length if self.is_key else column
        return self.root.document.lines[line][after:].strip()

    @property
    def name(self) -> str:
        """What the value is called, by the innermost name around it."""
        return _called(self.place)

    @property
    def around(self) -> str:
        """What the value stands in is called."""
        return _called(self.place[:-1])

    @property
    def written(self) -> str:
        """The value as the person wrote it, where it is a single word or text."""
        value = self.place[-1] if self.is_key else self.value
        if isinstance(value, Surprise):
            return value.written
        return str(value).lower() if isinstance(value, bool) else str(value)

    @cached_property
    def fields(self) -> dict[str, FieldInfo]:
        """The fields of the record that the value stands in, by their written names."""
        return fields_of(shape_at(self.shape, self.place[:-1]))

    @property
    def field(self) -> FieldInfo | None:
        """The field that holds the value, or the list in which the value stands."""
        if isinstance(self.place[-1], str):
            return self.fields.get(self.place[-1])
        return fields_of(shape_at(self.shape, self.place[:-2])).get(str(self.place[-2]))

    @property
    def parent(self) -> Any:
        """The group or list that the value stands in; None once that was taken out."""
        value: Any = self.root
        for step in self.place[:-1]:
            if isinstance(value, Mapping):
                value = value.get(str(step))
            else:
                value = value[int(step)] if isinstance(value, Sequence) else None
        return value

    @property
    def meant(self) -> str | None:
        """The name that an unknown name is most like, if that is not there already."""
        like = nearest(str(self.place[-1]), self.fields) if self.kind == "extra_forbidden" else None
        return None if like is None or like in self.parent else like


def shape_at(shape: Any, place: Place = ()) -> Any:
    """Return the shape of what stands at ``place`` inside ``shape``."""
    origin = get_origin(shape)
    if origin is Annotated:
        return shape_at(get_args(shape)[0], place)
    if origin in (Union, UnionType):
        return shape_at(get_args(shape)[0], place)  # the other is None
    if not place:
        return shape
    if origin is dict:
        return shape_at(get_args(shape)[1], place[1:])
    if origin is tuple:
        return shape_at(get_args(shape)[0], place[1:])
    return shape_at(fields_of(shape)[str(place[0])].annotation, place[1:])


def fields_of(shape: Any) -> dict[str, FieldInfo]:
    """Return the fields of a record by their written names; what is no record has none."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return {field.alias or name: field for name, field in shape.model_fields.items()}
    return {}


def _called(place: Place) -> str:
    named = next((step for step in reversed(place) if isinstance(step, str)), None)
    if named is None:
        return "this file"
    return quoted(named) if place[-1] == named else f"this item of {quoted(named)}"


def _heading(root: Mapping | Sequence, place: Place) -> tuple[int, int, int]:
    """Return where the record at ``place`` begins: at its name if it has one."""
    around: Any = root
    for step in place[:-1]:
        around = around[step]
    if place and isinstance(around, Mapping):
        return around.keys_at[str(place[-1])]
    line, column, _ = locate(root, place)
    return line, column, 1
