"""A file that stands beside the pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Extra:
    """A file beside the pages: its path in the site, and what is in it."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sum:
    """By what a file can be checked: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def sum_of(extra: Extra) -> Sum:
    """Return by what a file can be checked."""
    return Sum(len(extra.content), hashlib.sha256(extra.content).hexdigest())
