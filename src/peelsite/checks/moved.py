"""The rules on ids of before, so that an old address leads to one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peelsite.checks.walk import Addressed, items, namespaces
from peelsite.load import Content
from peelsite.problems import Problem, quoted
from peelsite.schema import UNREAD, Inspection


def moved_from_free(content: Content) -> Iterator[Problem]:
    """An id of before is that of nothing else, neither now nor before."""
    for space in namespaces(content):
        known: dict[str, str] = {}
        for id_, record in space.records:
            for index, old in enumerate(record.moved_from):
                first = known.setdefault(old, id_)
                if old == UNREAD:
                    continue
                if old == id_:
                    message = f"{quoted(old)} is the id that this has now."
                elif old in space.ids:
                    message = f"{quoted(old)} is the id of another {space.thing} now."
                elif first != id_:
                    message = f"{quoted(first)} has moved from {quoted(old)} too."
                else:
                    continue
                yield record.problem(("moved-from", index), "moved-from-taken", message, _REMEDY)


_REMEDY = "Take it out here: an address leads to one place."


def moved_anchors_free(content: Content) -> Iterator[Problem]:
    """What an inspection's page has had an anchor for is not found where something else is."""
    for inspection in content.inspections.values():
        if not any(record.moved_from for record in _shown(content, inspection)):
            continue
        anchors = list(_anchors(content, inspection))
        known = {each.text: each for each in reversed(anchors) if each.place is None}
        for each in anchors:
            first = known.setdefault(each.text, each)
            # Where the bodies' ids are alike, the others are, and that is told already.
            if each.place and first.found is not each.found and first.body != each.body:
                message = f"An old address ends with #{each.text}, and that is {first.told} too."
                yield each.record.problem(each.place, "moved-from-taken", message, _REMEDY)


def _shown(content: Content, inspection: Inspection) -> Iterator[Addressed]:
    """Give everything that has an anchor on the page of an inspection."""
    for body, part in inspection.bodies.items():
        if body in content.bodies:
            yield content.bodies[body]
        yield from items(part)


@dataclass(frozen=True)
class _Anchor:
    """Where a body, or a finding or claim on it (``id``, else ""), is found on a page.

    ``place`` is that of the id of before within ``record``, None for what is found there now.
    """

    found: Addressed
    body: str
    id: str
    record: Addressed
    place: tuple[str | int, ...] | None

    @property
    def text(self) -> str:
        """The anchor itself, as in peelsite.pages.anchor."""
        return f"{self.body}-{self.id}" if self.id else self.body

    @property
    def told(self) -> str:
        """What is found there, in words."""
        return f"{quoted(self.id)} of {quoted(self.body)}" if self.id else quoted(self.body)


def _anchors(content: Content, inspection: Inspection) -> Iterator[_Anchor]:
    """Give every anchor that the page of an inspection has or had for what it speaks of."""
    for body_id, part in inspection.bodies.items():
        body = content.bodies.get(body_id)
        if body is None:
            continue
        for name, of_body in _names(body_id, body):
            yield _Anchor(body, name, "", body, of_body)
            for item in items(part):
                for id_, of_item in _names(item.id, item):
                    if id_ != UNREAD:
                        record, place = (item, of_item) if of_item else (body, of_body)
                        yield _Anchor(item, name, id_, record, place)


def _names(id_: str, record: Addressed) -> Iterator[tuple[str, tuple[str | int, ...] | None]]:
    """Give the id of a record, and each that it had before, with the place of that."""
    yield id_, None
    for index, old in enumerate(record.moved_from):
        yield old, ("moved-from", index)
