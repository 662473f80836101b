"""A value from a YAML file to a record, or to problems in plain words.

Pydantic does the reading; its sentences never reach anyone. What is wrong is told once and then
taken out or stood in for, so that the rules of ``checks`` still see the rest of the file.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from peelsite.problems import TOLD_AT_ONCE, Problem
from peelsite.schema.faults import Fault, fields_of, shape_at
from peelsite.schema.fields import TO_FILL_IN, UNREAD, holds_id
from peelsite.schema.record import Written
from peelsite.schema.wording import words_for
from peelsite.yaml_source import NOTHING, Mapping, Refused, Sequence, Surprise, Value


def read_record(shape: Any, root: Mapping | Sequence) -> tuple[Any, list[Problem]]:
    """Read ``root``, the outermost value of a file, as ``shape`` (a record or a dict of records).

    Returns the record, made from all that could be read (None if nothing could be), and a problem
    for each thing that could not. ``root`` is used up: what is wrong is taken out of it.
    """
    record, problems = _read(shape, root)
    if record is not None:
        Written(record, root.document.path, root=root, is_sound=not problems)
    return record, problems


def read_soundly(shape: Any, values: dict[str, Any], raw: bytes) -> Any:
    """Read ``values``, which are those of the bytes ``raw``, as ``shape``.

    Returns the record, still without a place; None if anything is wrong or has yet to be filled in,
    which ``read_record`` then tells.
    """
    if TO_FILL_IN.encode() in raw:
        return None
    try:
        return _adapter(shape).validate_python(values)
    except ValidationError:
        return None


def _read(shape: Any, root: Mapping | Sequence) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    _blank(root)
    record, faults = _validated(shape, root)
    while misspelt := [fault for fault in faults if fault.meant]:
        for fault in misspelt:
            if meant := fault.meant:  # else another name was taken for it just before
                problems.append(_problem(fault))
                _rename(fault, meant)
        record, faults = _validated(shape, root)
    problems += [_problem(fault) for fault in faults if not fault.is_told]
    for _ in range(_ROUNDS):  # what these find follows from what was taken out
        if not faults or not faults[0].place or len(faults) == TOLD_AT_ONCE:
            break
        for fault in faults:
            _mend(fault)
        _sweep(root)
        record, faults = _validated(shape, root)
    return record, problems


_ROUNDS: Final = 12
"""Deeper than the shapes are: each round takes out what the one before left incomplete."""


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _blank(values: Mapping | Sequence) -> None:
    """Read every text within ``values`` that is still to be filled in as no value at all."""
    inside: Any = values
    for step, value in list(values.items() if isinstance(values, Mapping) else enumerate(values)):
        if isinstance(value, Mapping | Sequence):
            _blank(value)
        elif isinstance(value, str) and TO_FILL_IN in value:
            inside[step] = Surprise(value, NOTHING)


def _validated(shape: Any, root: Mapping | Sequence) -> tuple[Any, list[Fault]]:
    """Return the record that pydantic makes of ``root``, or else what it finds wrong."""
    try:
        return _adapter(shape).validate_python(root), []
    except ValidationError as error:
        faults = [Fault(shape, root, each) for each in error.errors(include_url=False)]
        return None, [fault for fault in faults if not fault.is_another][:TOLD_AT_ONCE]


def _problem(fault: Fault) -> Problem:
    rule, message, remedy = words_for(fault)
    message = message[0].upper() + message[1:]
    return fault.root.document.problem(fault.marks, rule, message, remedy)


def _rename(fault: Fault, meant: str) -> None:
    """Read the value of a misspelt name under the name that was meant."""
    parent, written = fault.parent, fault.place[-1]
    for names in (parent, parent.keys_at, parent.values_at):
        names[meant] = names.pop(written)


def _mend(fault: Fault) -> None:
    """Take out what is wrong, or put in its place what no rule complains of."""
    parent, step, field = fault.parent, fault.place[-1], fault.field
    is_id = field is not None and not fault.is_key and holds_id(field)
    if isinstance(parent, Sequence):
        parent[int(step)] = UNREAD if is_id else _GONE
    elif isinstance(parent, Mapping):
        parent.pop(str(step), None)
        parent.values_at.pop(str(step), None)
        if field:
            parent[str(step)] = _stand_in(field, parent)


def _stand_in(field: FieldInfo, around: Mapping) -> Value:
    """Return what can be read where a value of ``field`` should stand in ``around``.

    What a group or an item lacks then is missing in the next round.
    """
    shape = shape_at(field.annotation)
    if get_origin(shape) is tuple:
        least = next((each.min_length for each in field.metadata if hasattr(each, "min_length")), 0)
        items = Sequence(around.document, around.marks)
        items.extend(UNREAD if holds_id(field) else _group(around) for _ in range(least))
        return items
    if get_origin(shape) is dict or fields_of(shape):
        return _group(around)
    example: str = UNREAD if holds_id(field) else (field.examples or [""])[0]
    return example


def _group(around: Mapping) -> Mapping:
    return Mapping(around.document, around.marks)


def _sweep(value: Value) -> None:
    """Take the items that are gone out of every list within ``value``."""
    if isinstance(value, Sequence) and _GONE in value:
        kept = [pair for pair in zip(value, value.items_at, strict=True) if pair[0] is not _GONE]
        value[:] = [item for item, _ in kept]
        value.items_at[:] = [marks for _, marks in kept]
    if isinstance(value, Mapping | Sequence):
        for inner in value.values() if isinstance(value, Mapping) else value:
            _sweep(inner)


_GONE: Final = Refused()
