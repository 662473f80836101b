"""A file that stands beside the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Extra:
    """A file beside the pages: its path in the site, and the pieces that make up what is in it.

    The pieces can be gone through again; those of a large file are made one after the other, so
    that it never stands in memory as a whole.
    """

    path: str
    pieces: Iterable[bytes]

    @property
    def content(self) -> bytes:
        """All that is in it."""
        return b"".join(self.pieces)


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
