"""What the last build of a site made, and of what."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Final, NamedTuple

from peelsite.kept.digest import digest_of, digest_of_pieces


class Entry(NamedTuple):
    """A file that was made: the fingerprint of what it shows, and the digest of its bytes."""

    fingerprint: str
    digest: str


@dataclass(frozen=True)
class Kept:
    """The files in ``folder`` that an earlier build made, by their path there.

    ``everything`` names all that it was made of, "" where that may not be relied on.
    """

    folder: Path
    entries: Mapping[str, Entry] = field(default_factory=dict)
    everything: str = ""

    def find(self, path: str, fingerprint: str | None) -> Entry | None:
        """Return the entry of the file at ``path`` if that is as it would be made now.

        It is not if it shows something else, or is not, byte for byte, what was written then.
        """
        entry = self.entries.get(path)
        if entry is None or entry.fingerprint != fingerprint:
            return None
        return entry if self._is_as_written((path, entry)) else None

    def find_made_of(self, path: str, pieces: Iterable[bytes]) -> Entry | None:
        """Return the entry of the file at ``path`` if it holds these pieces put together.

        They are not looked at where there is no entry.
        """
        entry = self.entries.get(path)
        if entry is None or entry.digest != digest_of_pieces(pieces):
            return None
        return entry if self._is_as_written((path, entry)) else None

    def is_all_of(self, everything: str) -> bool:
        """Whether the folder holds what is made of ``everything``, byte for byte, and no more."""
        return self.everything == everything and self._is_whole()

    def _is_whole(self) -> bool:
        if set(files_in(self.folder)) != self.entries.keys():
            return False
        entries = list(self.entries.items())
        shares = (entries[first::_READERS] for first in range(_READERS))
        with ThreadPoolExecutor(_READERS) as pool:
            return all(pool.map(self._are_as_written, shares))

    def _are_as_written(self, entries: Iterable[tuple[str, Entry]]) -> bool:
        return all(map(self._is_as_written, entries))

    def _is_as_written(self, told: tuple[str, Entry]) -> bool:
        """Whether there is a file at a path, and it is, byte for byte, what was written then."""
        path, entry = told
        try:
            return digest_of(_bytes(f"{self.folder}/{path}")) == entry.digest
        except OSError:
            return False

    def put(self, paths: Iterable[str], to: Path) -> None:
        """Put files into another folder, too."""
        for path in paths:
            _link(self.folder / path, to / path)


def _link(path: Path, to: Path) -> None:
    """Let a file stand in two places, which costs less than to write it; or else copy it."""
    try:
        os.link(path, to)
    except FileNotFoundError:
        to.parent.mkdir(parents=True, exist_ok=True)
        _link(path, to)
    except OSError:
        shutil.copyfile(path, to)


_READERS: Final = 2
"""Threads that look at files. Most of their time goes into reading and digests, side by side."""


def _bytes(path: str) -> bytes:
    """Return what is in a file; where there are thousands, ``Path`` and a buffer take longer.

    Raises OSError also if there is a link, for then the file is somebody else's.
    """
    with FileIO(path, opener=_open_no_link) as file:
        return file.read()


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def files_in(folder: Path) -> Iterator[str]:
    """Give the path within ``folder`` of each file in it."""
    for here, _, names in os.walk(folder):
        within = here.removeprefix(str(folder)).lstrip(os.sep).replace(os.sep, "/")
        yield from (f"{within}/{name}" if within else name for name in names)


def read(cache: Path, folder: Path) -> Kept:
    """Return what is known of the site in ``folder``; nothing if ``cache`` does not tell."""
    try:
        told = json.loads(_place(cache, folder).read_text(encoding="utf-8"))
        entries = {path: Entry(*entry) for path, entry in told["entries"].items()}
        return Kept(folder, entries, str(told["everything"]))
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return Kept(folder)


def write(cache: Path, kept: Kept) -> None:
    """Tell the next build of the same folder what is kept there, if that can be told.

    No other build of the same folder may do so at the same time.
    """
    place = _place(cache, kept.folder)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        coming = place.with_suffix(".coming")
        told = {"everything": kept.everything, "entries": kept.entries}
        coming.write_text(json.dumps(told), encoding="utf-8")
        coming.replace(place)
        by_use = sorted(place.parent.iterdir(), key=lambda path: path.stat().st_mtime)
        for old in by_use[:-SITES_KEPT]:
            old.unlink()


SITES_KEPT: Final = 4
"""Sites of which something is known: enough for those that somebody builds in turn."""


def _place(cache: Path, folder: Path) -> Path:
    return cache / f"{digest_of(str(folder.absolute()))}.json"
