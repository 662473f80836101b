"""Each kind of fault that the shapes can have, in plain words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from enum import Enum
from typing import Final, TypeAlias

from pydantic.fields import FieldInfo

from peelsite.problems import one_of, quoted
from peelsite.schema.faults import Fault, shape_at
from peelsite.schema.fields import LONGEST_QUOTATION, TO_FILL_IN, id_form
from peelsite.yaml_source import Mapping, Sequence, Surprise

Words: TypeAlias = tuple[str, str, str]
"""The rule that was broken, what is wrong, and what to do."""


def words_for(fault: Fault) -> Words:
    """Return the rule that ``fault`` breaks, what is wrong, and what to do."""
    if fault.is_nothing and not fault.is_key:
        return WORDS["to-fill-in"](fault) if TO_FILL_IN in fault.written else _nothing(fault)
    return WORDS[fault.kind](fault)


def _to_fill_in(fault: Fault) -> Words:
    told = f": {fault.field.description}" if fault.field else "."
    shape = shape_at(fault.field.annotation) if fault.field else None
    remedy = f"Write it in place of {TO_FILL_IN}."
    if isinstance(shape, type) and issubclass(shape, Enum):
        remedy = one_of(term.value for term in shape)
    return "to-fill-in", f"This is still to be filled in{told}", remedy


def _nothing(fault: Fault) -> Words:
    field = fault.fields.get(str(fault.place[-1]))
    if fault.rest_of_line.startswith("#"):
        remedy = 'All that follows a "#" is a comment: put the value in quotes.'
    elif field and field.is_required():
        remedy = f"Write it: {_told(field)}"
    else:
        remedy = "Write a value, or take this out."
    return "no-value", f"{fault.name} is empty.", remedy


def _wrong_kind(fault: Fault) -> Words:
    value, wanted = fault.value, _WANTED[fault.kind]
    if isinstance(value, Mapping | Sequence):
        found = "a group of names and values" if isinstance(value, Mapping) else "a list"
        remedy = _HOW_TO_WRITE[wanted]
        if wanted == "a single value" and isinstance(value, Mapping):
            remedy = "A colon inside a text makes a group of it: put the text in quotes."
        return "wrong-kind", f"{fault.name} must be {wanted}, and this is {found}.", remedy
    if fault.kind == "string_type":
        read_as = value.read_as if isinstance(value, Surprise) else _READ_AS[type(value)]
        written = quoted(fault.written)
        message = f"Without quotes, {written[1:-1]} is read as {read_as}, not as text."
        return "not-text", message, f"Put it in quotes if it is meant as text: {written}."
    message = f"{fault.name} must be {wanted}, and you wrote {quoted(fault.written)}."
    return "wrong-kind", message, _HOW_TO_WRITE[wanted]


_READ_AS: Final = {bool: "true or false", int: "a number"}
_WANTED: Final = {
    "string_type": "a single value",
    "date-kind": "a single value",
    "enum": "a single value",
    "dict_type": "a group of names and values",
    "model_type": "a group of names and values",
    "tuple_type": "a list",
}
_HOW_TO_WRITE: Final = {
    "a single value": "Write one value, without brackets or dashes.",
    "a group of names and values": 'Write lines of "name: value" below it, indented.',
    "a list": 'Write it in brackets, [one, two], or as lines that begin with "- ".',
}


def _unknown_key(fault: Fault) -> Words:
    remedy = one_of(fault.fields, fault.written)
    if fault.is_nothing and fault.rest_of_line[:1] in (",", "}"):
        remedy = f"If it belongs to the text before it, put that text in quotes. {remedy}"
    return "unknown-key", f"There is no {quoted(fault.written)} here.", remedy


def _missing(fault: Fault) -> Words:
    name = str(fault.place[-1])
    message = f'"{name}" is missing from {fault.around}.'
    return "missing", message, f"Add it: {_told(fault.fields[name])}"


def _told(field: FieldInfo) -> str:
    """Return what a field means and, where it can be told, what may be written."""
    shape = shape_at(field.annotation)
    if isinstance(shape, type) and issubclass(shape, Enum):
        return f"{field.description} {one_of(term.value for term in shape)}"
    return str(field.description)


def _not_a_term(fault: Fault) -> Words:
    if isinstance(fault.value, Mapping | Sequence):
        return _wrong_kind(fault)
    terms = shape_at(fault.shape, fault.place)
    message = f"{quoted(fault.written)} cannot be written for {fault.name}."
    return "unknown-word", message, one_of((term.value for term in terms), fault.written)


def _too_few(fault: Fault) -> Words:
    least = fault.error["ctx"]["min_length"]
    listed = "one entry" if least == 1 else f"{least} entries"
    return "too-few", f"{fault.name} needs at least {listed}.", "Add what is missing."


def _id_form(fault: Fault) -> Words:
    remedy = "Use small letters, digits and single hyphens only, as in clear-hold-build."
    if meant := id_form(fault.written):
        remedy += f" Did you mean {quoted(meant)}?"
    return "id-form", f"{quoted(fault.written)} is not in the form of an id.", remedy


def _date_form(fault: Fault) -> Words:
    also = fault.error["ctx"]["also"]
    remedy = "Write year-month-day, as in 2022-12-07"
    remedy += f"; or {also}." if also else "."
    if meant := _day_meant(fault.written):
        remedy += f' Did you mean "{meant}"?'
    message = f"{quoted(fault.written)} is not a date in the form that is used here."
    return "date-form", message, remedy


def _day_meant(written: str) -> datetime.date | None:
    """Return the day that somebody wrote in another form, as far as it is a usual one."""
    for form in _USUAL_FORMS:
        try:
            return datetime.datetime.strptime(written, form).date()
        except ValueError:
            continue
    return None


_USUAL_FORMS: Final = (
    *("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"),
    *("%d %B %Y", "%d %b %Y", "%Y-%m-%dT%H:%M"),
)


def _too_long(fault: Fault) -> Words:
    message = f"{fault.name} has {len(fault.written):,} characters."
    return "too-long", message, f"Keep it to {fault.error['ctx']['most']:,}."


def _long_quotation(fault: Fault) -> Words:
    message = f"This quotation has {fault.error['ctx']['words']} words."
    remedy = (
        f"Keep it to {LONGEST_QUOTATION} words: cut it (mark the cut with …) or tell it in the "
        "summary, in your own words."
    )
    return "long-quotation", message, remedy


WORDS: Final[dict[str, Callable[[Fault], Words]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "too_short": _too_few,
    **dict.fromkeys(_WANTED, _wrong_kind),
    "enum": _not_a_term,
    "empty": _nothing,
    "to-fill-in": _to_fill_in,
    "one-line": lambda fault: (
        "one-line",
        f"{fault.name} must stand on one line.",
        "Take out the line breaks; longer text belongs in a summary.",
    ),
    "id-form": _id_form,
    "date-form": _date_form,
    "no-such-day": lambda fault: (
        "no-such-day",
        f"There is no day {fault.written} in the calendar.",
        "Check the month and the day.",
    ),
    "url-form": lambda fault: (
        "url-form",
        f"{quoted(fault.written)} is not an address on the web.",
        "Write it whole, beginning with https:// and without any space.",
    ),
    "url-host": lambda fault: (
        "url-host",
        f"Nobody can be sure to which site {quoted(fault.written)} leads.",
        'After https:// write the site in letters from a to z, digits, "." and "-", with no "@" or '
        '"xn--"; a backslash or bracket stands nowhere.',
    ),
    "too-long": _too_long,
    "reserved-id": lambda fault: (
        "reserved-id",
        f"{quoted(fault.written)} cannot be an id: the page of a list has that address.",
        "Write another one.",
    ),
    "long-quotation": _long_quotation,
    "grade-or-reason": lambda _: (
        "grade-or-reason",
        "A rating has either a grade or the reason why there is none.",
        'Write "grade" or "not-graded", and not both.',
    ),
}
"""How each kind of fault that the shapes can have is put into words."""
