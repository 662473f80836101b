"""A project to measure: this one, with content of a size of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.make_corpus import corpus
from tests.sites import ROOT


def project_with(content: Path, folder: Path) -> Path:
    """Make the new ``folder`` a project of its own with this content, and return it."""
    shutil.copytree(content, folder / "content")
    return _completed(folder)


@contextmanager
def project_of(size: str) -> Iterator[Path]:
    """Give a project with the content of ``size``, for a while."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"  # for servers put their log beside it
        corpus(size, folder)
        yield _completed(folder)


def _completed(folder: Path) -> Path:
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder
