"""A value from a YAML file to a record, or to problems in plain words.

Pydantic does the reading; its sentences never reach anyone. What is wrong is told once and then
taken out or stood in for, so that the rules of ``checks`` still see the rest of the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Annotated, Any, Final, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from peelsite.problems import Problem, one_of
from peelsite.schema.fields import LONGEST_QUOTATION, is_id
from peelsite.schema.terms import BodyKind
from peelsite.yaml_source import NOTHING, Mapping, Refused, Sequence, Surprise, locate

Place: TypeAlias = tuple[str | int, ...]


def read_record(shape: Any, root: Mapping | Sequence) -> tuple[Any, list[Problem]]:
    """Read ``root``, the outermost value of a file, as ``shape`` (a record or a dict of records).

    Returns the record, made from all that could be read (None if nothing could be), and a problem
    for each thing that could not.
    """
    adapter = _adapter(shape)
    problems: list[Problem] | None = None
    value: Any = root
    for _ in range(_ROUNDS):
        try:
            return adapter.validate_python(value), problems or []
        except ValidationError as error:
            faults = [_Fault(shape, value, each) for each in error.errors(include_url=False)]
        if problems is None:  # what later rounds find follows from what was taken out
            problems = [fault.problem() for fault in faults if not fault.is_told]
        for fault in faults:
            value = _mended(value, fault)
        if value is None:
            break
        value = _swept(value)
    return None, problems or []


_ROUNDS: Final = 12
"""Deeper than the shapes are: each round takes out what the one before left incomplete."""

_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(shape: Any) -> TypeAdapter[Any]:
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


@dataclass(frozen=True)
class _Fault:
    """One thing that pydantic found wrong, seen from the file."""

    shape: Any
    root: Mapping | Sequence
    error: ErrorDetails

    @property
    def kind(self) -> str:
        return self.error["type"]

    @property
    def value(self) -> Any:
        return self.error["input"]

    @property
    def is_told(self) -> bool:
        """Whether the value was refused, and its problem told, while the YAML was read."""
        return isinstance(self.value, Refused)

    @property
    def is_key(self) -> bool:
        return "[key]" in self.error["loc"]

    @cached_property
    def place(self) -> Place:
        return tuple(step for step in self.error["loc"] if step != "[key]")

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

    @property
    def fields(self) -> dict[str, FieldInfo]:
        """The fields of the record that the value stands in, by their written names."""
        inner = _shape_at(self.shape, self.place[:-1])
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return {field.alias or name: field for name, field in inner.model_fields.items()}
        return {}

    def problem(self) -> Problem:
        """Return the problem as the person should meet it."""
        if isinstance(self.value, Surprise) and self.value.read_as == NOTHING and not self.is_key:
            words = _nothing(self)
        else:
            words = _WORDS[self.kind](self)
        marks = locate(self.root, self.place)
        parent = _value_at(self.root, self.place[:-1])
        if (self.is_key or self.kind == "extra_forbidden") and isinstance(parent, Mapping):
            marks = parent.keys_at[str(self.place[-1])]
        elif self.kind == "missing":
            marks = _heading(self.root, self.place[:-1])
        return self.root.document.problem(marks, *words)


def _called(place: Place) -> str:
    named = next((step for step in reversed(place) if isinstance(step, str)), None)
    if named is None:
        return "this file"
    return f'"{named}"' if place[-1] == named else f'this item of "{named}"'


def _heading(root: Mapping | Sequence, place: Place) -> tuple[int, int, int]:
    """Return where the record at ``place`` begins: at its name if it has one."""
    around = _value_at(root, place[:-1]) if place else None
    if isinstance(around, Mapping):
        return around.keys_at[str(place[-1])]
    line, column, _ = locate(root, place)
    return line, column, 1


def _value_at(root: Any, place: Place) -> Any:
    for step in place:
        root = root[step]
    return root


def _shape_at(shape: Any, place: Place) -> Any:
    """Return the shape of what stands at ``place`` inside ``shape``."""
    origin = get_origin(shape)
    if origin is Annotated:
        return _shape_at(get_args(shape)[0], place)
    if origin in (Union, UnionType):
        return _shape_at(next(arg for arg in get_args(shape) if arg is not type(None)), place)
    if not place:
        return shape
    if origin is dict:
        return _shape_at(get_args(shape)[1], place[1:])
    if origin is tuple:
        return _shape_at(get_args(shape)[0], place[1:])
    fields = {field.alias or name: field for name, field in shape.model_fields.items()}
    return _shape_at(fields[place[0]].annotation, place[1:])


def _mended(value: Any, fault: _Fault) -> Any:
    """Return ``value`` with the fault taken out, or a missing text stood in for."""
    if fault.kind != "missing":
        return _with(value, fault.place, None)
    field = fault.fields.get(str(fault.place[-1]))
    if field is None or not field.examples or is_id(field) or field.annotation is BodyKind:
        # Other rules hang on it, and would complain of whatever stood in its place.
        return _with(value, fault.place[:-1], None)
    return _with(value, fault.place, field.examples[0])


def _with(value: Any, place: Place, put: Any) -> Any:
    """Return a copy of ``value`` with ``put`` at ``place``; None takes away what stands there."""
    if not place:
        return put
    step, rest = place[0], place[1:]
    if isinstance(value, Mapping):
        mapping = Mapping(value.document, value.marks)
        mapping.keys_at, mapping.values_at = value.keys_at, value.values_at
        mapping.update(value)
        inner = _with(value.get(str(step)), rest, put)
        if inner is None:
            mapping.pop(str(step), None)
        else:
            mapping[str(step)] = inner
        return mapping
    if isinstance(value, Sequence):
        sequence = Sequence(value.document, value.marks)
        sequence.items_at = value.items_at
        sequence.extend(value)
        # A list keeps its length, so that the places of the other faults stay true.
        sequence[int(step)] = (
            _GONE if (inner := _with(value[int(step)], rest, put)) is None else inner
        )
        return sequence
    return value


def _swept(value: Any) -> Any:
    """Return ``value`` without the list items that were taken out."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            value[key] = _swept(inner)
    elif isinstance(value, Sequence) and any(item is _GONE for item in value):
        kept = Sequence(value.document, value.marks)
        for item, marks in zip(value, value.items_at, strict=True):
            if item is not _GONE:
                kept.append(_swept(item))
                kept.items_at.append(marks)
        return kept
    elif isinstance(value, Sequence):
        value[:] = [_swept(item) for item in value]
    return value


_GONE: Final = Refused()

Words: TypeAlias = tuple[str, str, str]
"""The rule that was broken, what is wrong, and what to do."""


def _nothing(fault: _Fault) -> Words:
    return "no-value", f"{fault.name} is empty.", "Write a value, or delete the line."


def _wrong_kind(fault: _Fault) -> Words:
    value, wanted = fault.value, _WANTED[fault.kind]
    if isinstance(value, Mapping | Sequence):
        found = "a group of names and values" if isinstance(value, Mapping) else "a list"
        remedy = _HOW_TO_WRITE[wanted]
        if wanted == "a text" and isinstance(value, Mapping):
            remedy = "A colon inside a text makes a group of it: put the text in quotes."
        return "wrong-kind", f"{fault.name} must be {wanted}, and this is {found}.", remedy
    if wanted == "a text":
        read_as = value.read_as if isinstance(value, Surprise) else _READ_AS[type(value)]
        message = f"{fault.written} without quotes is read as {read_as}, not as text."
        return "not-text", message, f'Put it in quotes if it is meant as text: "{fault.written}".'
    message = f'{fault.name} must be {wanted}, and you wrote "{_short(fault.written)}".'
    return "wrong-kind", message, _HOW_TO_WRITE[wanted]


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[:_SHORT].rstrip() + " …"


_SHORT: Final = 60
_READ_AS: Final = {bool: "true or false", int: "a number"}
_WANTED: Final = {
    "string_type": "a text",
    "dict_type": "a group of names and values",
    "model_type": "a group of names and values",
    "tuple_type": "a list",
}
_HOW_TO_WRITE: Final = {
    "a text": "Write a single text.",
    "a group of names and values": 'Write lines of "name: value" below it, indented.',
    "a list": 'Write it in brackets, [one, two], or as lines that begin with "- ".',
}


def _unknown_key(fault: _Fault) -> Words:
    written = str(fault.place[-1])
    return "unknown-key", f'There is no "{written}" here.', one_of(fault.fields, written)


def _missing(fault: _Fault) -> Words:
    name = str(fault.place[-1])
    field = fault.fields[name]
    return "missing", f'"{name}" is missing from {fault.around}.', f"Add it: {field.description}"


def _not_a_term(fault: _Fault) -> Words:
    terms = _shape_at(fault.shape, fault.place)
    allowed = one_of((term.value for term in terms), fault.written)
    return "unknown-word", f'"{fault.written}" cannot be written for {fault.name}.', allowed


def _too_few(fault: _Fault) -> Words:
    least = fault.error["ctx"]["min_length"]
    listed = "one entry" if least == 1 else f"{least} entries"
    return "too-few", f"{fault.name} needs at least {listed}.", "Add what is missing."


def _id_form(fault: _Fault) -> Words:
    message = f'"{_short(fault.written)}" is not in the form of an id.'
    remedy = "Use small letters, digits and single hyphens only, as in clear-hold-build."
    return "id-form", message, remedy


def _date_form(precise: bool) -> Callable[[_Fault], Words]:
    form = "year-month-day, as in 2022-12-07"
    if not precise:
        form += ", or less if less is known: 2022-12, 2022, not-known"

    def words(fault: _Fault) -> Words:
        message = f'"{_short(fault.written)}" is not a date in the form that is used here.'
        return "date-form", message, f"Write {form}."

    return words


def _long_quotation(fault: _Fault) -> Words:
    message = f"This quotation has {fault.error['ctx']['words']} words."
    remedy = (
        f"Keep it to {LONGEST_QUOTATION} words: cut it (mark the cut with …) or tell it in the "
        "summary, in your own words."
    )
    return "long-quotation", message, remedy


_WORDS: Final[dict[str, Callable[[_Fault], Words]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "enum": _not_a_term,
    "too_short": _too_few,
    **dict.fromkeys(_WANTED, _wrong_kind),
    "empty": _nothing,
    "one-line": lambda fault: (
        "one-line",
        f"{fault.name} must stand on one line.",
        "Take out the line breaks; longer text belongs in a summary.",
    ),
    "id-form": _id_form,
    "day-form": _date_form(precise=True),
    "when-form": _date_form(precise=False),
    "no-such-day": lambda fault: (
        "no-such-day",
        f"There is no day {fault.written} in the calendar.",
        "Check the month and the day.",
    ),
    "url-form": lambda fault: (
        "url-form",
        f'"{_short(fault.written)}" is not an address on the web.',
        "Write it whole, beginning with https://",
    ),
    "long-quotation": _long_quotation,
    "grade-or-reason": lambda _: (
        "grade-or-reason",
        "A rating has either a grade or the reason why there is none.",
        'Write "grade" or "not-graded", and not both.',
    ),
}
"""How each kind of fault that the shapes can have is put into words."""
