"""YAML text to values, gathering problems on the way.

The reading is done by libyaml through PyYAML's events; values are made here because PyYAML's own
constructor keeps neither the place nor the wording of a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from peelsite.characters import fault_in
from peelsite.problems import TOLD_AT_ONCE, Problem, quoted
from peelsite.yaml_source import syntax
from peelsite.yaml_source.text import NotTextError, decode
from peelsite.yaml_source.values import (
    NOTHING,
    REFUSED,
    Document,
    Mapping,
    Marks,
    Sequence,
    Surprise,
    Value,
)

DEEPEST: Final = 20
"""How many values may stand inside one another; the real shapes need nine."""


def read(path: str, raw: bytes) -> tuple[Mapping | Sequence | None, list[Problem]]:
    """Read one YAML file.

    ``path`` is how problems name the file, ``raw`` its bytes. Returns its outermost mapping or
    sequence (None when there is none to be had) and the problems met on the way.
    """
    document = open_text(path, raw)
    if isinstance(document, Problem):
        return None, [document]
    reader = _Reader(document)
    return reader.read(), reader.problems


def open_text(path: str, raw: bytes) -> Document | Problem:
    """Return the text of a file, or what keeps it from being text; both are as for ``read``."""
    try:
        return Document(path, decode(raw))
    except NotTextError as wrong:
        shown = Document(path, wrong.text)
        return shown.problem((*wrong.at, 1), wrong.rule, wrong.message, wrong.remedy)


@dataclass
class _Reader:
    """Turns the events of one document into values. ``last`` is the event that came last."""

    document: Document
    problems: list[Problem] = field(default_factory=list)
    last: Any = None

    def read(self) -> Mapping | Sequence | None:
        try:
            return self._document(self._events())
        except yaml.MarkedYAMLError as error:
            problem = syntax.explain(self.document, error, self.last)
            if all(told.line != problem.line for told in self.problems):  # else the same slip
                self.problems.append(problem)
            return None

    def _events(self) -> Iterator[Any]:
        for event in yaml.parse(self.document.text, Loader=yaml.CSafeLoader):
            self.last = event
            yield event

    def _document(self, events: Iterator[Any]) -> Mapping | Sequence | None:
        next(events)  # the start of the stream
        if not isinstance(next(events), yaml.DocumentStartEvent):
            self._empty()
            return None
        first = next(events)
        value = self._value(first, events, 0)
        next(events)  # the end of the document
        after = next(events)
        if isinstance(after, yaml.DocumentStartEvent):
            message = 'A second document begins at this "---".'
            remedy = "Keep one document in each file: remove the line or make a second file."
            self._tell(marks_of(after), "two-documents", message, remedy)
        if isinstance(value, Mapping | Sequence):
            return value
        if isinstance(value, Surprise) and value.read_as == NOTHING:
            self._empty()
            return None
        if value is not REFUSED:
            message = "This file holds a single piece of text."
            self._tell(
                marks_of(first), "wrong-kind", message, 'Write it as lines of "name: value".'
            )
        return None

    def _empty(self) -> None:
        remedy = "Fill it in, or remove it if it is not needed."
        self._tell((0, 0, 1), "empty-file", "This file has no content.", remedy)

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Value:
        _not_too_deep(event, depth)
        if not self._is_plain(event):
            _pass_over(event, events)
            return REFUSED
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"' and (fault := fault_in(event.value)):
                remedy = "A code in this text makes it: take out the code."
                self._tell(marks_of(event), fault.rule, fault.message, remedy)
            if not event.style:
                self._whole(event)
            return event.value if event.style else plain(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _whole(self, event: Any) -> None:
        """Tell of a "#" that cuts off the rest of an unquoted text, as in "team #3"."""
        line, column = event.end_mark.line, event.end_mark.column
        cut = _CUT.match(self.document.lines[line][column:]) if event.value else None
        if cut:
            marks = (line, column + cut.start("rest"), len(cut["rest"]))
            message = "From this # on, YAML takes the line for a comment, which is not shown."
            remedy = "Put the whole text in quotes; if it is a comment, write a space after the #."
            self._tell(marks, "cut-off", message, remedy)

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> Sequence:
        sequence = Sequence(self.document, marks_of(start))
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            sequence.items_at.append(marks_of(event))
            sequence.append(self._value(event, events, depth + 1))
        return sequence

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> Value:
        mapping = Mapping(self.document, marks_of(start))
        is_filled = False
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events)
            value_event = next(events)
            value = self._value(value_event, events, depth + 1)
            if key is None:
                continue
            is_filled |= key == "<<" and value is REFUSED  # from another group, by an alias
            if key in mapping:
                line = mapping.keys_at[key][0] + 1
                message = f"{quoted(key)} is written twice; it stands on line {line} already."
                remedy = "Keep one of the two, or put both values under one name."
                self._tell(marks_of(event), "duplicate-key", message, remedy)
                continue
            mapping[key] = value
            mapping.keys_at[key] = marks_of(event)
            mapping.values_at[key] = marks_of(value_event)
        return REFUSED if is_filled else mapping

    def _key(self, event: Any, events: Iterator[Any]) -> str | None:
        """Return the name that ``event`` begins; None if it is none and its problem was told."""
        is_plain = self._is_plain(event)
        if isinstance(event, yaml.ScalarEvent) and event.value:
            return str(event.value)
        if is_plain:
            message = "A plain name must stand before a colon, and there is none here."
            remedy = "Write one; put text that begins with a colon, [ or { in quotes."
            self._tell(marks_of(event), "no-name", message, remedy)
        _pass_over(event, events)
        return None

    def _is_plain(self, event: Any) -> bool:
        """Whether a value is written where it stands, as what it is; if not, tell the problem."""
        if isinstance(event, yaml.AliasEvent):
            rule, written, does = "alias", f"*{event.anchor}", "points to text elsewhere"
        elif event.anchor is not None:
            rule, written, does = "alias", f"&{event.anchor}", "marks text for use elsewhere"
        elif event.tag is not None:
            written = event.tag.replace("tag:yaml.org,2002:", "!!")
            rule, does = "tag", "tells the reader what kind of value follows"
        else:
            return True
        message = f"{quoted(written)} {does}, which is not allowed here."
        remedy = "Write the value itself; put text that begins with &, * or ! in quotes."
        line, column, _ = marks_of(event)
        self._tell((line, column, len(written)), rule, message, remedy)
        return False

    def _tell(self, marks: Marks, rule: str, message: str, remedy: str) -> None:
        if len(self.problems) < TOLD_AT_ONCE:
            self.problems.append(self.document.problem(marks, rule, message, remedy))


def plain(text: str) -> Value:
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


_CUT = re.compile(r"\s+(?P<rest>#[^\s#].*)")
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


def marks_of(event: Any) -> Marks:
    """Return where what an event begins stands."""
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return start.line, start.column, max(1, length)


def _not_too_deep(event: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise yaml.MarkedYAMLError(problem=syntax.TOO_DEEP, problem_mark=event.start_mark)


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
        _not_too_deep(event, depth)
        event = next(events)
