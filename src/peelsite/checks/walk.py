"""The parts of the content that rules look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from peelsite.load import Content
from peelsite.schema import (
    Body,
    BodyPart,
    Claim,
    Concern,
    Finding,
    Inspection,
    Question,
    Rating,
    Record,
    Round,
    Theme,
    Update,
    When,
)

File = TypeVar("File", bound=Body | Inspection)
Kind = TypeVar("Kind", bound=Record)

Addressed: TypeAlias = Body | Inspection | Round | Question | Theme | Finding | Claim
"""What has an address of its own, for having an id."""


def whole(content: Content, files: Iterable[File]) -> Iterator[File]:
    """Give those of the files of which nothing was left out or stood in for."""
    yield from (file for file in files if content.is_whole(file))


def files_with_sources(content: Content) -> Iterator[Body | Inspection]:
    """Give every file that has sources of its own."""
    yield from content.bodies.values()
    yield from content.inspections.values()


def within(content: Content, file: Body | Inspection, kind: type[Kind]) -> list[Kind]:
    """Return every record of ``kind`` in a file, itself among them."""
    return content.files[file.path].within(kind)


def parts(content: Content) -> Iterator[tuple[Inspection, BodyPart]]:
    """Give what each inspection says about each body."""
    for inspection in content.inspections.values():
        for part in inspection.bodies.values():
            yield inspection, part


@dataclass(frozen=True)
class Rated:
    """A rating, with the id of the body that it is of and the inspection in which it stands."""

    body: str
    rating: Rating
    inspection: Inspection

    @property
    def when(self) -> When | None:
        """When the rating was published, if that is known."""
        return self.rating.published or self.inspection.published


def ratings(content: Content) -> Iterator[Rated]:
    """Give every rating of the inspections that were read whole."""
    for inspection in whole(content, content.inspections.values()):
        for body, part in inspection.bodies.items():
            for rating in part.ratings:
                yield Rated(body, rating, inspection)


@dataclass(frozen=True)
class Namespace:
    """Things of one kind, which differ by their ids: all ``ids``, and those records that were read.

    ``thing`` is what one of them is called.
    """

    thing: str
    ids: Collection[str]
    records: Sequence[tuple[str, Addressed]]


def namespaces(content: Content) -> Iterator[Namespace]:
    """Give whatever has an address of its own, kind by kind, or body by body of an inspection."""
    for thing, kind, records in (
        ("body", "bodies", content.bodies),
        ("inspection", "inspections", content.inspections),
        ("round", "rounds", content.rounds),
        ("question", "questions", content.questions),
        ("theme", "themes", content.themes),
    ):
        yield Namespace(thing, content.ids(kind) or (), [*records.items()])
    for _, part in parts(content):
        found = [(item.id, item) for item in items(part)]
        yield Namespace("finding or claim here", {id_ for id_, _ in found}, found)


def items(part: BodyPart) -> tuple[Finding | Claim, ...]:
    """Return what has an address of its own, for having an id."""
    return (*part.findings, *part.claims)


def dated_updates(concern: Concern) -> Iterator[tuple[Update, When | None]]:
    """Give each update of a concern, with the date of the one that stands before it."""
    before: When | None = None
    for update in concern.updates:
        yield update, before
        before = update.date
