"""Where the values of a sound file stand, read only as far as somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from yaml import (
    CSafeLoader,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from peelsite.yaml_source.reader import marks_of
from peelsite.yaml_source.values import Document, Mapping, Marks, Sequence


class Places:
    """The places in one file of which ``reader`` has nothing to tell.

    ``path`` is how problems name the file, ``raw`` its bytes. What ``reader`` would refuse is not
    looked for, for there is none of it.
    """

    def __init__(self, path: str, raw: bytes) -> None:
        self._document = Document(path, raw.decode("utf-8-sig"))
        self._next: Callable[[], Any] = CSafeLoader(self._document.text).get_event
        while type(event := self._next()) is not MappingStartEvent:
            pass
        self._root = Mapping(self._document, marks_of(event))
        self._open: list[Mapping | Sequence] = [self._root]

    def mapping(self, place: tuple[str | int, ...]) -> Mapping:
        """Return the mapping at ``place``, keys and indexes that lead to it, with all its places.

        The single values in it are texts.
        """
        value: Any = self._root
        for step in place:
            if len(value) <= step if isinstance(step, int) else step not in value:
                self._read(value, step)
            value = value[step]
        if any(each is value for each in self._open):
            self._read(value)
        self._mark(value)
        found: Mapping = value
        return found

    def _mark(self, value: Any) -> None:
        """Put places where ``_go_on`` kept events, for of most events nobody asks the place."""
        if isinstance(value, Mapping) and value:
            value.keys_at = {key: _marks(at) for key, at in value.keys_at.items()}
            value.values_at = {key: _marks(at) for key, at in value.values_at.items()}
        elif isinstance(value, Sequence):
            value.items_at = list(map(_marks, value.items_at))
        if isinstance(value, Mapping | Sequence):
            for each in value.values() if isinstance(value, Mapping) else value:
                self._mark(each)

    def _read(self, wanted: Mapping | Sequence, step: str | int | None = None) -> None:
        """Read on until there is a value at ``step`` of what is ``wanted``, or else to its end."""
        opened = self._open
        around: Any = opened[-1]
        while True:
            event = key = self._next()
            if type(event) in _ENDS:
                if opened.pop() is wanted:
                    return
                around = opened[-1]
                continue
            if type(around) is Mapping:
                event = self._next()
            value: Any
            if type(event) is ScalarEvent:
                value = event.value
            else:
                shape = Mapping if type(event) is MappingStartEvent else Sequence
                value = shape(self._document, marks_of(event))
                opened.append(value)
            if type(around) is Mapping:
                at = key.value
                around[at] = value
                around.keys_at[at] = key
                around.values_at[at] = event
            else:
                at = len(around)
                around.append(value)
                around.items_at.append(event)
            if around is wanted and at == step:
                return
            around = opened[-1]


_ENDS: Final = frozenset({MappingEndEvent, SequenceEndEvent})


def _marks(at: Any) -> Marks:
    return at if type(at) is tuple else marks_of(at)
