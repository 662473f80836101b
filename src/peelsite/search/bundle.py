"""Runs Pagefind on records, and keeps what it made for as long as nothing in them changes.

Pagefind reads small HTML files that nobody else sees. Handed over one by one, as its Python service
would have it, each record takes a tenth of a second; from a folder, thousands take that together.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final

from markupsafe import escape

from peelsite.search.canonical import canonicalise
from peelsite.search.light import make_light
from peelsite.search.records import Record

FOLDER: Final = "pagefind"
"""Where a site has its index."""

BUNDLES_KEPT: Final = 3
"""Bundles that the cache keeps: enough to go back and forth between two states of the content."""

UNUSED: Final = (
    "pagefind-*ui.*",
    "pagefind-highlight.js",
    "pagefind.js",
    "wasm.unknown.pagefind",
)
"""What Pagefind adds for pages without a search box of their own, for unknown languages, and for
browsers without workers, where our policy would not let it run."""

_FILES: Final = "files"
_DIGESTS: Final = "digests.json"


class SearchError(Exception):
    """Pagefind is missing or has failed; the text says what to do, or what it said."""


def bundle_of(records: Sequence[Record], cache: Path) -> Path:
    """Return the folder with the index of ``records``: one kept in ``cache``, or else a new one.

    One that is damaged, or was made by another version of Pagefind or of this code, is not used.
    Raises SearchError if Pagefind cannot make one, OSError if it cannot be kept.
    """
    kept = cache / _key(records)
    if not _is_whole(kept):
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as half_made:
            whole = Path(half_made) / kept.name
            build_index(records, whole / _FILES)
            (whole / _DIGESTS).write_text(json.dumps(_told(whole)), encoding="utf-8")
            if not _is_whole(kept):  # no other build was quicker
                _remove(kept)
                shutil.move(whole, kept)
    with suppress(OSError):  # a cache that may only be read is as good
        os.utime(kept)
        _forget_old(cache)
    return kept / _FILES


def put(bundle: Path, folder: Path) -> None:
    """Give an index its place in the site, where nothing of an older one is left."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(bundle, folder, copy_function=_link)


def _link(source: str, target: str) -> None:
    """Let a file stand in two places, or copy it to another disk.

    Thousands of copies take seconds. A change at one place shows at the other, upon which the
    bundle counts as damaged.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def build_index(records: Iterable[Record], folder: Path) -> None:
    """Write the index of ``records`` to ``folder``: the same bytes for the same records.

    Raises SearchError if Pagefind is not there or fails.
    """
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as pages:
        for number, record in enumerate(records):
            path = Path(pages, f"{number:07}.html")
            path.write_text("".join(_html(record)), encoding="utf-8")
        _run_pagefind(pages, folder.absolute())
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    canonicalise(folder)
    make_light(folder)


def _run_pagefind(pages: str, folder: Path) -> None:
    """Run Pagefind where no file of settings stands (https://pagefind.app/docs/config-options/)."""
    # It brings all of asyncio along, which a build that keeps its index can do without.
    from pagefind.service import get_executable

    try:
        program = get_executable()
    except FileNotFoundError:
        program = None
    if program is None:
        raise SearchError("Search needs Pagefind. Install it: pip install pagefind pagefind-bin")
    options = ("--site", pages, "--output-path", folder, "--force-language", "en", "--silent")
    try:
        run = subprocess.run(  # noqa: S603 - nothing in it comes from the content
            [program, *options],
            cwd=pages,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SearchError(f"Pagefind could not be run: {error}") from None
    if run.returncode:
        raise SearchError(f"Pagefind could not make the search index:\n{run.stdout.strip()}")


def _html(record: Record) -> Iterator[str]:
    """Give a page for Pagefind alone (https://pagefind.app/docs/metadata/, /filtering/, /sorts/).

    A page without a sort key would be missing from what is sorted, so no date sorts last.
    """
    told = {
        "title": record.title,
        "url": record.url,
        "kind": record.kind,
        "names": ", ".join(record.names),
        "bodies": ", ".join(record.bodies),
        "when": record.when,
        "evidence": record.evidence,
        "status": record.status,
    }
    filters = {
        "kind": [record.kind],
        "body": record.bodies,
        "theme": record.themes,
        "evidence": [record.evidence],
    }
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    for name, value in told.items():
        if value:
            yield f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'
    for name, values in filters.items():
        for value in filter(None, values):
            yield f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'
    yield f'<meta data-pagefind-sort="date[content]" content="{record.date or "0"}">'
    yield "</head><body data-pagefind-body>"
    for weight, texts in ((8, record.names), (1, record.text), (0.1, record.also)):
        for text in filter(None, texts):
            yield f'<p data-pagefind-weight="{weight}">{escape(text)}</p>'
    yield "</body></html>"


def _key(records: Iterable[Record]) -> str:
    """Return a name for all that an index depends on: records, Pagefind and this code."""
    key = hashlib.sha256(version("pagefind-bin").encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        key.update(path.read_bytes())
    for record in records:
        key.update(repr(record).encode())
    return key.hexdigest()[:32]


def _is_whole(kept: Path) -> bool:
    """Whether a bundle holds what it held when it was made under its name, and nothing else."""
    try:
        told = json.loads((kept / _DIGESTS).read_text(encoding="utf-8"))
        return bool(told == _told(kept))
    except (OSError, ValueError):
        return False


def _told(bundle: Path) -> dict[str, str]:
    """Return the name of a bundle, and the digest of each of its files by its path."""
    folder = bundle / _FILES
    digests = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    return {"": bundle.name, **digests}


def _forget_old(cache: Path) -> None:
    """Keep the bundles that were used last."""
    by_use = sorted(cache.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_use[BUNDLES_KEPT:]:
        _remove(path)


def _remove(path: Path) -> None:
    """Remove whatever is there. Raises OSError if it cannot be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
