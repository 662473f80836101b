"""What a YAML file is read into: plain values that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from peelsite.characters import shown, unusual_in
from peelsite.problems import Problem
from peelsite.yaml_source.text import LINE_END

Value: TypeAlias = "str | int | bool | Surprise | Refused | Mapping | Sequence"
Marks: TypeAlias = tuple[int, int, int]
"""Line and column, both from 0, and length on that line."""

NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Surprise:
    """An unquoted value that YAML readers may take for something else than its text.

    ``read_as`` says what they take it for; NOTHING where no value was written at all.
    """

    written: str
    read_as: str


class Refused:
    """Stands where a value was refused and its problem already told."""


REFUSED: Final = Refused()


@dataclass(frozen=True)
class Document:
    """The text of one file. ``path`` is as problems print it."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The text by line, without line ends; what cannot be seen is shown as �."""
        if not unusual_in(self.text):  # then there are no other line ends, and all is seen
            return self.text.split("\n")
        return [shown(line) for line in LINE_END.split(self.text)]

    def problem(self, marks: Marks, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem at ``marks`` in this file, with the line as it stands there."""
        line, column, length = marks
        excerpt = self.lines[line]
        length = min(length, max(1, len(excerpt) - column))
        return Problem(self.path, line + 1, column + 1, rule, message, remedy, excerpt, length)


class Mapping(dict[str, Value]):
    """A YAML mapping in the order of the file, which knows where its keys and values stand.

    A key that was taken out is in ``keys_at`` still, and what was put in for it in no other place.
    """

    __slots__ = ("document", "keys_at", "marks", "values_at")

    def __init__(self, document: Document, marks: Marks) -> None:
        super().__init__()
        self.document = document
        self.marks = marks
        self.keys_at: dict[str, Marks] = {}
        self.values_at: dict[str, Marks] = {}


class Sequence(list[Value]):
    """A YAML sequence, which knows where its items stand."""

    __slots__ = ("document", "items_at", "marks")

    def __init__(self, document: Document, marks: Marks) -> None:
        super().__init__()
        self.document = document
        self.marks = marks
        self.items_at: list[Marks] = []


def locate(root: Mapping | Sequence, place: tuple[str | int, ...]) -> Marks:
    """Return where the value at ``place`` (keys and indexes from ``root``) stands.

    A place that is not there gives the nearest place around it that is.
    """
    marks = root.marks
    value: Value = root
    for step in place:
        if isinstance(value, Mapping) and step in value.values_at:
            marks = value.values_at[str(step)]
            value = value[str(step)]
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value.items_at):
            marks = value.items_at[step]
            value = value[step]
        else:
            break
    return marks
