"""A bar on the terminal for whoever has to wait."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

PATIENCE: Final = 1.0
"""Seconds without a bar."""


def with_progress(paths: list[Path]) -> Iterator[Path]:
    """Give the paths, with a bar on a terminal once that has taken longer than a second."""
    begun = time.monotonic()
    given = iter(paths)
    for at, path in enumerate(given):
        yield path
        if time.monotonic() - begun > PATIENCE and sys.stderr.isatty():
            with click.progressbar(length=len(paths), label="Reading", file=sys.stderr) as bar:
                bar.update(at + 1)
                for late in given:
                    yield late
                    bar.update(1)
