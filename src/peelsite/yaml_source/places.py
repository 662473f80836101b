"""Where the values of a sound file stand, read only as far as somebody asks."""

from __future__ import annotations

from typing import Any

import yaml

from peelsite.yaml_source.reader import marks_of
from peelsite.yaml_source.values import Document, Mapping, Marks, Sequence


class Places:
    """The places in one file of which ``reader`` has nothing to tell.

    ``path`` is how problems name the file, ``raw`` its bytes. What ``reader`` would refuse is not
    looked for, for there is none of it.
    """

    def __init__(self, path: str, raw: bytes) -> None:
        self._document = Document(path, raw.decode("utf-8-sig"))
        self._events = yaml.parse(self._document.text, Loader=yaml.CSafeLoader)
        for event in self._events:
            if isinstance(event, yaml.MappingStartEvent):
                self._root = Mapping(self._document, marks_of(event))
                break
        self._open: list[Mapping | Sequence] = [self._root]
        self._key: Any = None

    def mapping(self, place: tuple[str | int, ...]) -> Mapping:
        """Return the mapping at ``place``, keys and indexes that lead to it, with all its places.

        The single values in it are texts.
        """
        value: Any = self._root
        for step in place:
            while len(value) <= step if isinstance(step, int) else step not in value:
                self._go_on()
            value = value[step]
        while any(each is value for each in self._open):
            self._go_on()
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

    def _go_on(self) -> None:
        """Read one more event."""
        event: Any = next(self._events)
        kind, around = type(event), self._open[-1]
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._open.pop()
            return
        if isinstance(around, Mapping) and self._key is None:
            self._key = event
            return
        value: Any
        if kind is yaml.ScalarEvent:
            value = event.value
        else:
            shape = Mapping if kind is yaml.MappingStartEvent else Sequence
            value = shape(self._document, marks_of(event))
            self._open.append(value)
        if isinstance(around, Sequence):
            around.append(value)
            around.items_at.append(event)
        else:
            key = self._key.value
            around[key] = value
            around.keys_at[key] = self._key
            around.values_at[key] = event
            self._key = None


def _marks(at: Any) -> Marks:
    return at if type(at) is tuple else marks_of(at)
