"""Where the values of a sound file stand, read only as far as somebody asks."""

from __future__ import annotations

from typing import Any

import yaml

from peelsite.yaml_source.reader import marks_of
from peelsite.yaml_source.values import Document, Mapping, Sequence


class Places:
    """The places in one file that ``read_quickly`` could read.

    ``path`` is how problems name the file, ``raw`` its bytes. What ``reader`` would refuse, or take
    for another thing than a text, is not looked for: there is none of it in such a file.
    """

    def __init__(self, path: str, raw: bytes) -> None:
        self._document = Document(path, raw.decode())
        self._events = yaml.parse(raw, Loader=yaml.CSafeLoader)
        for event in self._events:
            if type(event) is yaml.MappingStartEvent:
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
        found: Mapping = value
        return found

    def _go_on(self) -> None:
        """Read one more event."""
        event = next(self._events)
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
            around.items_at.append(marks_of(event))
        else:
            key = self._key.value
            around[key] = value
            around.keys_at[key] = marks_of(self._key)
            around.values_at[key] = marks_of(event)
            self._key = None
