"""The parts of the content that rules look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from peelsite.load import Content
from peelsite.schema import Body, BodyPart, Claim, Finding, Inspection

File = TypeVar("File", bound=Body | Inspection)


def whole(content: Content, files: Iterable[File]) -> Iterator[File]:
    """Give those of the files of which nothing was left out or stood in for."""
    yield from (file for file in files if content.is_whole(file))


def files_with_sources(content: Content) -> Iterator[Body | Inspection]:
    """Give every file that has sources of its own."""
    yield from content.bodies.values()
    yield from content.inspections.values()


def parts(content: Content) -> Iterator[tuple[Inspection, BodyPart]]:
    """Give what each inspection says about each body."""
    for inspection in content.inspections.values():
        for part in inspection.bodies.values():
            yield inspection, part


def items(part: BodyPart) -> tuple[Finding | Claim, ...]:
    """Return what has an address of its own, for having an id."""
    return (*part.findings, *part.claims)
