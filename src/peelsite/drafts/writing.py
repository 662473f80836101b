"""Drafts to disk: whole or not at all, and never over what is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ChangedError(Exception):
    """Somebody changed the file after it was read."""


def create(path: Path, text: str) -> None:
    """Write a new file. Raises FileExistsError if there is one, in whatever moment it came."""
    path.parent.mkdir(exist_ok=True)
    with _beside(path, text.encode()) as written:
        try:
            os.link(written, path)
        except FileExistsError:
            raise
        except OSError:  # a disk on which a file has one name only
            with path.open("xb") as file:
                file.write(text.encode())


def put_in_place(path: Path, before: bytes, after: bytes) -> None:
    """Put ``after`` in place of ``before`` in a file. Raises ChangedError if it holds another."""
    path = path.resolve()
    with _beside(path, after) as written:
        shutil.copymode(path, written)
        if path.read_bytes() != before:
            raise ChangedError
        written.replace(path)


@contextmanager
def _beside(path: Path, raw: bytes) -> Iterator[Path]:
    """Give a file with ``raw`` in it in the folder of ``path``, and take it away afterwards."""
    written = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with written.open("xb") as file:
            file.write(raw)
        yield written
    finally:
        written.unlink(missing_ok=True)
