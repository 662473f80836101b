"""Where a site is built, and how it takes the place of the one before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Lock

from peelsite import kept, search
from peelsite.kept import Entry, Kept, files_in
from peelsite.mkdocs_plugin.writing import Writing


class BuiltPlace:
    """The place of a site that is built once.

    The site is built in a folder beside it, ``building``, and is then swapped in whole. What an
    earlier build made there is ``kept``; ``cache`` tells the next one what was made, and of what:
    ``everything``.
    """

    def __init__(self, kept: Kept, cache: Path, everything: str) -> None:
        self.final = kept.folder
        self.building = _beside(kept.folder, "building")
        self.kept = kept
        self._cache = cache
        self._everything = everything

    def finish(
        self, writing: Writing, index: Callable[[], Path] | None, warnings: int, strict: bool
    ) -> None:
        """Write what is not written yet, and let the new site take the place of the old one.

        ``index`` makes the index for search, where there is to be one. The old site stays if
        ``strict`` mode is about to refuse the new one for its ``warnings``, or if there is no
        difference.
        """
        writing.finish()
        if index and not writing.found_files:
            search.put(index(), self.building / search.FOLDER)
            writing.note_index(search.FOLDER)
        if strict and warnings:
            return
        writing.note_others()
        if self._is_as_before(writing):
            self.clear()
        else:
            self.kept.put(writing.found, self.building)
            self._swap()
        # What warns must warn again, and so be built again.
        everything = "" if warnings else self._everything
        kept.write(self._cache, Kept(self.final, writing.entries, everything))

    def _is_as_before(self, writing: Writing) -> bool:
        """Whether all that was written stands in the old site already, and nothing else."""
        written = set(files_in(self.building))
        return written.union(writing.found) == set(files_in(self.final)) and all(
            (self.building / path).read_bytes() == (self.final / path).read_bytes()
            for path in written
        )

    def _swap(self) -> None:
        """Let the new site stand where the old one is; it is whole, but for an instant."""
        old = _beside(self.final, "old")
        if self.final.exists():
            self.final.rename(old)
        self.building.rename(self.final)
        shutil.rmtree(old, ignore_errors=True)

    def clear(self) -> None:
        """Clear away what is half built."""
        shutil.rmtree(self.building, ignore_errors=True)


class ServedPlace:
    """The place of a site that is served while it changes.

    Only what changed is written, and then moved to ``final``; the files beside the pages follow in
    the ``background``. While there are problems, the good site stands aside.
    """

    def __init__(self, final: Path, background: search.Background) -> None:
        self.final = final
        self.building = _beside(final, "building")
        self.kept = Kept(final)
        self._background = background
        self._aside = _beside(final, "good")
        self._pages: dict[str, Entry] = {}
        self._others: set[str] = set()
        self._files: set[str] = set()
        self._turn = 0
        self._at_work = Lock()
        """Held by whoever writes into the site, so that nothing moves meanwhile."""

    def finish(self, writing: Writing, index: Callable[[], Path] | None) -> None:
        """Write the pages and serve them; begin to write the files and the index for search."""
        self._turn += 1
        writing.write_pages()
        with self._at_work:
            if self._aside.exists():
                shutil.rmtree(self.final)
                self._aside.rename(self.final)
            written = set(files_in(self.building))
            for path in written:
                _move(self.building / path, self.final / path)
            self._remove((self._pages.keys() | self._others) - writing.entries.keys() - written)
            shutil.rmtree(self.building)
            self._pages, self._others = dict(writing.entries), written - writing.entries.keys()
            self.kept = Kept(self.final, {**self.kept.entries, **self._pages})
        writing.folder = self.final
        follow = partial(self._follow, self._turn, writing, index)
        self._background.begin(follow, self.final / search.FOLDER)

    def _follow(self, turn: int, writing: Writing, index: Callable[[], Path] | None) -> Path | None:
        with self._at_work:
            if not writing.write_files(lambda: turn == self._turn):
                return None
            self._remove(self._files - writing.entries.keys())
            self._files = writing.entries.keys() - self._pages.keys()
            self.kept = Kept(self.final, writing.entries)
        return index() if index else None

    def _remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            (self.final / path).unlink(missing_ok=True)

    def show_problems(self, writing: Writing) -> None:
        """Write the pages and serve them in place of the good ones, which are needed later."""
        self._turn += 1
        writing.write_pages()
        with self._at_work:
            if self._aside.exists():
                shutil.rmtree(self.final)
            else:
                self.final.rename(self._aside)
                self.kept = Kept(self._aside, self.kept.entries)
            self.building.rename(self.final)

    def clear(self) -> None:
        """Clear away what is half built."""
        shutil.rmtree(self.building, ignore_errors=True)

    def close(self) -> None:
        """Clear away whatever stands beside the site."""
        self.clear()
        shutil.rmtree(self._aside, ignore_errors=True)


def _beside(folder: Path, what: str) -> Path:
    """Return a hidden folder beside ``folder`` that no other build uses."""
    return folder.with_name(f".{folder.name}.{what}-{os.getpid()}")


def _move(path: Path, to: Path) -> None:
    try:
        path.replace(to)
    except FileNotFoundError:
        to.parent.mkdir(parents=True, exist_ok=True)
        path.replace(to)
