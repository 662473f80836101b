"""A file that stands beside the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from peelsite.catalogue import Catalogue


@dataclass(frozen=True)
class Extra:
    """A file beside the pages: its path in the site, and the pieces that make up what is in it.

    The pieces can be gone through again; those of a large file are made one after the other, so
    that it never stands in memory as a whole. ``of`` tells the record whose id its name begins
    with, "bodies/durham", if it is of one alone.
    """

    path: str
    pieces: Iterable[bytes]
    of: str = ""

    @property
    def content(self) -> bytes:
        """All that is in it."""
        return b"".join(self.pieces)


def with_old_paths(extras: Iterable[Extra], catalogue: Catalogue) -> Iterator[Extra]:
    """Give ``extras``, and each of a record that moved at every path that it had before, too.

    Programs cannot follow a page to another address, so the bytes are the same in both places.
    """
    before = {f"bodies/{body.id}": body.moved_from for body in catalogue.bodies}
    before |= {f"inspections/{each.id}": each.moved_from for each in catalogue.inspections}
    for extra in extras:
        yield extra
        for old in before.get(extra.of, ()):
            folder, _, name = extra.path.rpartition("/")
            ending = name.removeprefix(extra.of.rpartition("/")[2])
            yield replace(extra, path=f"{folder}/{old}{ending}")


@dataclass(frozen=True, slots=True)
class Sum:
    """By what a file can be checked: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def sum_of(extra: Extra) -> Sum:
    """Return by what a file can be checked."""
    size, digest = 0, hashlib.sha256()
    for piece in extra.pieces:
        size += len(piece)
        digest.update(piece)
    return Sum(size, digest.hexdigest())
