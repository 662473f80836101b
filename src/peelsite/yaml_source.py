"""YAML text to plain values that remember their line and column.

YAML lets one sign mean two things, and readers differ about which: ``no`` is a word or a false,
``1e3`` a word or a number, of two equal keys one is dropped without a word. Here a scalar is what
was typed. What YAML readers would disagree about becomes a :class:`Surprise`, and what hides or
multiplies text (equal keys, aliases, tags) is a problem.

The reading is done by libyaml through PyYAML's events; values are made here because PyYAML's own
constructor keeps neither the place nor the wording of a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

import yaml

from peelsite.problems import Problem

Value: TypeAlias = "str | int | bool | Surprise | Refused | Mapping | Sequence"
Marks: TypeAlias = tuple[int, int, int]
"""Line and column, both from 0, and length on that line."""

DEEPEST: Final = 20
"""How many values may stand inside one another; the real shapes need nine."""


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
    """The text of one YAML file. ``path`` is as problems print it."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The text by line, without line ends."""
        return re.split(r"\r\n|\r|\n", self.text)

    def problem(self, marks: Marks, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem at ``marks`` in this file, with the line as it stands there."""
        line, column, length = marks
        excerpt = self.lines[line] if line < len(self.lines) else ""
        length = min(length, max(1, len(excerpt) - column))
        return Problem(self.path, line + 1, column + 1, rule, message, remedy, excerpt, length)


class Mapping(dict[str, Value]):
    """A YAML mapping in the order of the file, which knows where its keys and values stand."""

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
        if isinstance(value, Mapping) and step in value:
            marks = value.values_at[str(step)]
            value = value[str(step)]
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
            marks = value.items_at[step]
            value = value[step]
        else:
            break
    return marks


def read(path: str, raw: bytes) -> tuple[Mapping | Sequence | None, list[Problem]]:
    """Read one YAML file.

    ``path`` is how problems name the file, ``raw`` its bytes. Returns its outermost mapping or
    sequence (None when there is none to be had) and the problems met on the way.
    """
    text, problem = _decode(path, raw)
    if problem:
        return None, [problem]
    reader = _Reader(Document(path, text))
    return reader.read(), reader.problems


def _decode(path: str, raw: bytes) -> tuple[str, Problem | None]:
    """Return the text of ``raw``, or the problem that keeps it from being text."""
    remedy = "Save the file as UTF-8 text, then try again."
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Problem(path, 1, 1, "encoding", "This file is in UTF-16, not UTF-8.", remedy)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        message = f"The byte 0x{raw[error.start]:02x} here is not UTF-8 text."
        document = Document(path, raw.decode("utf-8-sig", errors="replace"))
        return "", document.problem((line, column, 1), "encoding", message, remedy)
    if control := _CONTROL.search(text):
        document = Document(path, text)
        start = control.start()
        line, column = text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1
        message = f"An invisible control character (U+{ord(control[0]):04X}) stands here."
        return "", document.problem((line, column, 1), "encoding", message, "Delete it.")
    return text, None


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


@dataclass
class _Reader:
    """Turns the events of one document into values, gathering problems."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> Mapping | Sequence | None:
        events = yaml.parse(self.document.text, Loader=yaml.CSafeLoader)
        try:
            return self._document(events)
        except yaml.MarkedYAMLError as error:
            self.problems.append(self._not_yaml(error))
            return None

    def _document(self, events: Iterator[Any]) -> Mapping | Sequence | None:
        next(events)  # the start of the stream
        if not isinstance(next(events), yaml.DocumentStartEvent):
            self._tell((0, 0, 1), "empty-file", "This file is empty.", _EMPTY_REMEDY)
            return None
        first = next(events)
        value = self._value(first, events, 0)
        next(events)  # the end of the document
        after = next(events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._tell(
                _marks(after),
                "two-documents",
                'A second document begins at this "---".',
                "Keep one document in each file: remove the line or make a second file.",
            )
        if isinstance(value, Mapping | Sequence):
            return value
        if isinstance(value, Surprise) and value.read_as == NOTHING:
            self._tell((0, 0, 1), "empty-file", "This file has no content.", _EMPTY_REMEDY)
        elif not isinstance(value, Refused):
            message = "This file holds a single piece of text."
            remedy = 'Write it as lines of "name: value".'
            self._tell(_marks(first), "wrong-kind", message, remedy)
        return None

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Value:
        if depth > DEEPEST:
            message = f"Values stand more than {DEEPEST} deep inside one another here."
            self._tell(_marks(event), "too-deep", message, "Write it flatter.")
            _pass_over(event, events)
            return REFUSED
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "alias", f"*{event.anchor}", "points to text elsewhere")
            return REFUSED
        if event.anchor is not None:
            self._refuse(event, "alias", f"&{event.anchor}", "marks text for use elsewhere")
        if event.tag is not None:
            self._refuse(event, "tag", event.tag, "tells the reader what kind of value follows")
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else _plain(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> Sequence:
        sequence = Sequence(self.document, _marks(start))
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            sequence.items_at.append(_marks(event))
            sequence.append(self._value(event, events, depth + 1))
        return sequence

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> Mapping:
        mapping = Mapping(self.document, _marks(start))
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            marks = _marks(event)
            if isinstance(event, yaml.ScalarEvent):
                key = event.value
            else:
                message = "A name before a colon must be one word here."
                self._tell(marks, "wrong-kind", message, "Write a plain name before the colon.")
                key = ""
                _pass_over(event, events)
            value_event = next(events)
            value = self._value(value_event, events, depth + 1)
            if key in mapping:
                first = mapping.keys_at[key][0] + 1
                message = f'"{key}" is written twice; it stands on line {first} already.'
                remedy = "Keep one of the two, or put both values under one name."
                self._tell(marks, "duplicate-key", message, remedy)
            elif key or isinstance(event, yaml.ScalarEvent):
                mapping[key] = value
                mapping.keys_at[key] = marks
                mapping.values_at[key] = _marks(value_event)
        return mapping

    def _tell(self, marks: Marks, rule: str, message: str, remedy: str) -> None:
        self.problems.append(self.document.problem(marks, rule, message, remedy))

    def _refuse(self, event: Any, rule: str, written: str, does: str) -> None:
        message = f'"{written}" {does}, which is not allowed here.'
        remedy = "Write the value itself; put text that begins with &, * or ! in quotes."
        self._tell(_marks(event), rule, message, remedy)

    def _not_yaml(self, error: yaml.MarkedYAMLError) -> Problem:
        """Say in plain words what libyaml stumbled over, at the place that helps most."""
        told = f"{error.context or ''}; {error.problem or ''}"
        at_start, message, remedy = next(
            (words[1:] for words in _SYNTAX if words[0] in told), _SYNTAX_OTHERWISE
        )
        mark = error.context_mark if at_start else error.problem_mark
        mark = mark or error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        lines = self.document.lines
        if line >= len(lines) or not lines[line].strip():  # the end of the file: show the last line
            line = max((i for i, text in enumerate(lines) if text.strip()), default=0)
            column = len(lines[line])
        if "\t" in lines[line][: len(lines[line]) - len(lines[line].lstrip())]:
            column = lines[line].index("\t")
            message, remedy = "This line is indented with a tab.", "Indent with spaces only."
        return self.document.problem((line, column, 1), "not-yaml", message, remedy)


_EMPTY_REMEDY = "Fill it in, or delete the file."

_SYNTAX: Final[tuple[tuple[str, bool, str, str], ...]] = (
    # part of what libyaml says, whether to point at the start of the construct, our words
    (
        "found unexpected end of stream",
        True,
        "A quotation mark opens here and is never closed.",
        "Close it, or put the whole text on lines of its own after >-.",
    ),
    (
        "mapping values are not allowed",
        False,
        "A second colon on this line makes YAML see a name and a value inside the value.",
        "Put the value in quotes.",
    ),
    (
        "found a tab character",
        False,
        "A tab stands here where YAML allows only spaces.",
        "Indent with spaces only.",
    ),
    (
        "cannot start any token",
        False,
        "A value cannot begin with this character.",
        "Put the value in quotes, or replace a tab by spaces.",
    ),
    (
        "could not find expected ':'",
        False,
        "A line before this place lacks its colon, or is indented differently from its neighbours.",
        'Write "name: value", and line up what belongs together.',
    ),
    (
        "did not find expected ',' or ']'",
        True,
        "A list opens here with [ and is not closed, or lacks a comma.",
        "Put commas between the items and ] at the end.",
    ),
    (
        "did not find expected ',' or '}'",
        True,
        "A group opens here with { and is not closed, or lacks a comma.",
        "Put commas between the parts and } at the end; put text with commas in quotes.",
    ),
    (
        "did not find expected key",
        False,
        "This line does not fit in with the lines above it.",
        "Line it up with its neighbours; put text with : or quotation marks in it in quotes.",
    ),
    (
        "did not find expected '-' indicator",
        False,
        'This line stands in a list but does not begin with "- ".',
        'Begin it with "- ", or indent it to the item it belongs to.',
    ),
    (
        "block sequence entries are not allowed",
        False,
        'A list item ("- ") cannot begin here.',
        "Begin the list on a line of its own.",
    ),
    (
        "did not find expected node content",
        False,
        "A value was expected here.",
        "Write one, or take out the comma or bracket before it.",
    ),
    (
        "unknown escape character",
        False,
        "Within double quotation marks a backslash begins a code, and this one is not known.",
        "Use single quotation marks, or write the backslash twice.",
    ),
    (
        "undefined alias",
        False,
        "An asterisk before a word points to text elsewhere, which is not allowed here.",
        "Put the value in quotes.",
    ),
    (
        "scanning an a",  # libyaml: "while scanning an anchor", "while scanning an alias"
        False,
        "A value cannot begin with & or *.",
        "Put the value in quotes.",
    ),
)
_SYNTAX_OTHERWISE: Final[tuple[bool, str, str]] = (
    False,
    "From here on this is not YAML.",
    "Compare the line and the one above it with another file; look at indents, colons and quotes.",
)


def _plain(text: str) -> Value:
    """Return what an unquoted scalar stands for."""
    if text in ("", "~", "null", "Null", "NULL"):
        return Surprise(text, NOTHING)
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _TRUTH.fullmatch(text):
        return Surprise(text, "true or false")
    if _NUMBER.fullmatch(text):
        return Surprise(text, "a number")
    return text


_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_TRUTH = re.compile(r"y|n|yes|no|on|off|true|false", re.IGNORECASE)
_NUMBER = re.compile(
    r"""
    [-+]? (
      [0-9][0-9_]* (\.[0-9_]*)? ([eE][-+]?[0-9]+)?    # 007, 1_000, 3.11, 1e3; 10 is taken above
    | \.[0-9][0-9_]* ([eE][-+]?[0-9]+)?
    | [0-9][0-9_]* (:[0-5]?[0-9])+ (\.[0-9_]*)?    # 12:30, which some readers count in sixties
    | 0[xob][0-9a-fA-F_]+
    | \.(inf|Inf|INF)
    )
    | \.(nan|NaN|NAN)
    """,
    re.VERBOSE,
)


def _marks(event: Any) -> Marks:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return start.line, start.column, max(1, length)


def _pass_over(event: Any, events: Iterator[Any]) -> None:
    """Go past the rest of the value that ``event`` begins."""
    depth = 0
    while True:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth == 0:
            return
        event = next(events)
