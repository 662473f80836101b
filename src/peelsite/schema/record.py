"""The base of every shape: a mapping as people write it, which can say where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from pydantic import BaseModel, ConfigDict

from peelsite.problems import Problem
from peelsite.schema.fields import id_form
from peelsite.yaml_source import Mapping, Places, Sequence, locate


class Record(BaseModel):
    """A mapping as people write it, read and frozen. It knows where it was written."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,  # for a record within another one that of the other does
        extra="forbid",
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
    )
    # No private attribute of pydantic, which would make of it a call for every record.
    __slots__ = ("_written",)
    if TYPE_CHECKING:
        _written: Written

    def __reduce__(self) -> tuple[Any, ...]:
        """Be kept without the place, which is for the file to give back to all of its records."""
        return _kept, (type(self), tuple(self.__dict__.values()), tuple(self.model_fields_set))

    @property
    def path(self) -> str:
        """The file it was written in, as problems print it."""
        return self._written.path

    @property
    def beside(self) -> dict[type[Record], list[Record]]:
        """Every record of the file, this one among them, by its type and in the file's order.

        There is none while a record that was kept does not know its file again.
        """
        return self._written.records if hasattr(self, "_written") else {}

    def problem(
        self, place: tuple[str | int, ...], rule: str, message: str, remedy: str
    ) -> Problem:
        """Return a problem with the value at ``place`` within this record."""
        mapping = self._written.mapping(self)
        return mapping.document.problem(locate(mapping, place), rule, message, remedy)

    def key_problem(self, name: str, key: str, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem with ``key`` itself in the group that the field ``name`` holds."""
        mapping = self._written.mapping(self)
        group = mapping[name]
        assert isinstance(group, Mapping)  # noqa: S101 - the shape says so
        return mapping.document.problem(group.keys_at[key], rule, message, remedy)

    def keys_written(self, name: str) -> Collection[str] | None:
        """Return the ids meant by the keys in the group that the field ``name`` holds.

        None means that they cannot be told, because the group could not be read.
        """
        if self._written.is_sound:
            is_written = name in self.model_fields_set
            return [id_form(key) for key in getattr(self, name)] if is_written else ()
        mapping = self._written.mapping(self)
        if name in mapping.values_at:
            group = mapping[name]
            return [id_form(key) for key in group.keys_at] if isinstance(group, Mapping) else None
        return None if name in mapping or name in mapping.keys_at else ()

    def within(self, kind: type[Kind]) -> Iterator[Kind]:
        """Give every record of ``kind`` in this one, itself among them, in the file's order."""
        if isinstance(self, kind):
            yield self
        for name, _ in _holding(type(self)):
            for each in _records_in(getattr(self, name)):
                yield from each.within(kind)


Kind = TypeVar("Kind", bound=Record)


class Written:
    """Where the records of one file were written, found when somebody asks.

    ``outermost`` is the record of the file, or are those by their ids; ``path`` is the file as
    problems print it. ``root`` is what they were read from, or else ``raw`` are the bytes of a file
    in which nothing is wrong, where the places are looked up. ``is_sound`` says that the records
    hold all that was written, and nothing in the place of it.
    """

    __slots__ = ("_outermost", "_places", "_steps", "is_sound", "path", "raw", "records", "root")

    def __init__(
        self,
        outermost: Record | dict[str, Any],
        path: str,
        *,
        raw: bytes = b"",
        root: Mapping | Sequence | None = None,
        is_sound: bool = True,
    ) -> None:
        self.path, self.raw, self.root, self.is_sound = path, raw, root, is_sound
        self.records: dict[type[Record], list[Record]] = defaultdict(list)
        self._outermost = outermost
        self._steps: dict[int, tuple[str | int, ...]] = {}
        self._places: Places | None = None
        for each in _records_in(outermost):
            self._take(each)

    def mapping(self, record: Record) -> Mapping:
        """Return what ``record``, one of those of the file, was read from."""
        if not self._steps:
            self._number(self._outermost, ())
        steps = self._steps[id(record)]
        if self.root is not None:
            value: Any = self.root
            for step in steps:
                value = value[step]
            found: Mapping = value
            return found
        if self._places is None:
            self._places = Places(self.path, self.raw)
        return self._places.mapping(steps)

    def _take(self, record: Record) -> None:
        """Let ``record``, and those within it, know that they are of this file."""
        _set_written(record, self)
        _set_fields(record, _alike(record.model_fields_set))
        kind = type(record)
        self.records[kind].append(record)
        values = record.__dict__
        for name, _ in _holding(kind):
            if value := values[name]:
                for each in _records_in(value):
                    self._take(each)

    def _number(self, value: Any, steps: tuple[str | int, ...]) -> None:
        """Remember the keys and indexes that lead to each record within ``value``."""
        if isinstance(value, Record):
            self._steps[id(value)] = steps
            values = value.__dict__
            for name, written in _holding(type(value)):
                if inner := values[name]:
                    self._number(inner, (*steps, written))
        elif isinstance(value, dict | tuple):
            for step, each in value.items() if isinstance(value, dict) else enumerate(value):
                self._number(each, (*steps, step))


_FIELDS: Final[dict[frozenset[str], set[str]]] = {}


def _alike(fields: set[str]) -> set[str]:
    """Return the one set of these names of fields, for a set weighs as much as a whole record."""
    return _FIELDS.setdefault(frozenset(fields), fields)


_set_written = Record.__dict__["_written"].__set__
"""Sets what a frozen record does not let anybody set."""


def _records_in(value: Any) -> Collection[Record]:
    """Return the records that a field holds: one or none, a tuple or a dict of them."""
    if type(value) is tuple:
        return value
    if type(value) is dict:
        return value.values()
    return () if value is None else (value,)


@cache
def _holding(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """Return the fields of ``kind`` in which records can stand: their names here and in files."""
    return tuple(
        (name, field.alias or name)
        for name, field in kind.model_fields.items()
        if _holds_records(field.annotation)
    )


def _holds_records(shape: Any) -> bool:
    return (isinstance(shape, type) and issubclass(shape, Record)) or any(
        map(_holds_records, get_args(shape))
    )


def _kept(kind: type[Record], values: tuple[Any, ...], written: tuple[str, ...]) -> Record:
    """Return a record that was kept: its values, and the names of the fields that were written."""
    record = kind.__new__(kind)
    _set_dict(record, dict(zip(kind.__pydantic_fields__, values, strict=True)))
    _set_fields(record, set(written))
    _set_extra(record, None)
    _set_private(record, None)
    return record


_set_dict = BaseModel.__dict__["__dict__"].__set__
_set_fields = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__
