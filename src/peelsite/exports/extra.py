"""A file that stands beside the pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Extra:
    """A file beside the pages: its path in the site, and what is in it."""

    path: str
    content: bytes
