"""Where a site is built, and how it takes the place of the one before."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from mkdocs.utils import CountHandler


def has_warned() -> bool:
    """Whether strict mode has counted a warning, upon which MkDocs fails after its last event."""
    handlers = [
        handler
        for name in ("mkdocs", "properdocs")
        for handler in logging.getLogger(name).handlers
        if isinstance(handler, CountHandler)
    ]
    return any(handler.get_counts() for handler in handlers)


def beside(folder: Path, what: str) -> Path:
    """Return a hidden folder beside ``folder`` that no other build uses."""
    return folder.with_name(f".{folder.name}.{what}-{os.getpid()}")


def swap(built: Path, final: Path) -> None:
    """Put ``built`` where ``final`` is; ``final`` is whole, old or new, but for an instant."""
    old = beside(final, "old")
    if final.exists():
        final.rename(old)
    built.rename(final)
    shutil.rmtree(old, ignore_errors=True)
