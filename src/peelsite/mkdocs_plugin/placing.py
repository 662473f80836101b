"""Where a site is built, and how it takes the place of the one before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from peelsite import kept, search
from peelsite.kept import Kept, files_in
from peelsite.mkdocs_plugin.writing import Writing
from peelsite.mkdocs_plugin.yard import Yard

log = get_plugin_logger("peelsite")


_WAITS: Final = "Another build is at work on %s. This one begins when that has ended."


class BuiltPlace:
    """The place of a site that is built once.

    The site is built in a yard beside it, by one build at a time, and is then swapped in whole.
    What an earlier build made there is ``kept``; ``cache`` tells the next one what was made, and of
    what: ``everything``, which is asked again at the end: ``everything_now``. Raises OSError if
    there can be no yard.
    """

    def __init__(
        self, kept: Kept, cache: Path, everything: str, everything_now: Callable[[], str]
    ) -> None:
        self.final = kept.folder
        self.kept = kept
        self._yard = Yard(kept.folder, partial(log.info, _WAITS, kept.folder))
        self.building = self._yard.building
        self._cache = cache
        self._everything = everything
        self._everything_now = everything_now

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
        if not self._is_as_before(writing):
            self.kept.put(writing.found, self.building)
            self._yard.swap()
        kept.write(self._cache, self._kept_by(writing, warnings))
        self.clear()

    def _kept_by(self, writing: Writing, warnings: int) -> Kept:
        """Return what the next build may rely on: nothing if something changed during this one.

        What warns must warn again, and so be built again.
        """
        if self._everything_now() != self._everything:
            return Kept(self.final)
        return Kept(self.final, writing.entries, "" if warnings else self._everything)

    def _is_as_before(self, writing: Writing) -> bool:
        """Whether all that was written stands in the old site already, and nothing else."""
        written = set(files_in(self.building))
        return written.union(writing.found) == set(files_in(self.final)) and all(
            (self.building / path).read_bytes() == (self.final / path).read_bytes()
            for path in written
        )

    def clear(self) -> None:
        """Clear away what is half built, and let another build begin."""
        self._yard.leave()


class ServedPlace:
    """The place of a site that is served while it changes.

    Only what changed is written, and then moved to ``final``: first the pages that somebody who
    edits waits for, then, in a thread, the others and the files beside them, and at last the index
    for search in the ``background``. While there are problems, the good site stands aside. ``tell``
    is given a sentence when the thread fails.
    """

    def __init__(
        self, final: Path, background: search.Background, tell: Callable[[str], None]
    ) -> None:
        self.final = final
        self.building = _beside(final, "building")
        self.kept = Kept(final)
        self.reload: Callable[[], None] = lambda: None
        """Called when pages changed after the first were served."""
        self._background = background
        self._tell = tell
        self._following = _beside(final, "following")
        self._aside = _beside(final, "good")
        self._pages: set[str] = set()
        self._files: set[str] = set()
        self._turn = 0
        self._at_work = Lock()
        """Held by whoever writes into the site, so that nothing moves meanwhile."""

    def interrupt(self) -> None:
        """Return when nothing of an earlier build is written any more; the next makes it all."""
        self._turn += 1
        with self._at_work:
            pass

    def finish(
        self,
        writing: Writing,
        index: Callable[[], Path] | None,
        changed: Collection[str],
        at_rest: Callable[[], None],
    ) -> None:
        """Write the first pages and serve them; begin to write the others, the files and the index.

        First are the pages that show a ``changed`` content file, and all where there are none.
        ``at_rest`` is called when all is written but the ``index`` for search. No earlier build may
        be at work.
        """
        writing.write_first(changed)
        if self._aside.exists():
            shutil.rmtree(self.final)
            self._aside.rename(self.final)
            writing.kept = Kept(self.final, writing.kept.entries)
        written = self._serve(self.building, writing)
        followed = self._turn, writing, written, index, at_rest
        Thread(target=self._follow, args=followed, daemon=True).start()

    def _serve(self, folder: Path, writing: Writing) -> set[str]:
        """Move what was written in ``folder`` to where it is served; return its paths there."""
        written = set(files_in(folder))
        for path in written:
            _move(folder / path, self.final / path)
        shutil.rmtree(folder, ignore_errors=True)
        self._pages |= written
        self.kept = Kept(self.final, {**self.kept.entries, **writing.entries})
        return written

    def _follow(
        self,
        turn: int,
        writing: Writing,
        written: set[str],
        index: Callable[[], Path] | None,
        at_rest: Callable[[], None],
    ) -> None:
        with self._at_work:
            try:
                if not self._write_others(writing, written, lambda: turn == self._turn):
                    return
            except Exception as error:
                self._tell(f"The rest stays as it was until the next change: {error}")
            at_rest()
            if index:
                self._background.begin(index, self.final / search.FOLDER)

    def _write_others(
        self, writing: Writing, written: set[str], is_wanted: Callable[[], bool]
    ) -> bool:
        """Write all that is not ``written`` yet; False if it is no longer wanted before the end."""
        writing.folder = self._following
        try:
            if not is_wanted() or not writing.write_pages(is_wanted):
                return False
            later = self._serve(self._following, writing)
        finally:
            shutil.rmtree(self._following, ignore_errors=True)
        self._remove(self._pages - writing.entries.keys() - written - later)
        self._pages = writing.entries.keys() | written | later
        if later:
            self.reload()
        writing.folder = self.final
        is_whole = writing.write_files(is_wanted)
        files = writing.entries.keys() - self._pages
        if is_whole:
            self._remove(self._files - files)
            self.kept = Kept(self.final, writing.entries)
        self._files = files if is_whole else self._files | files
        return is_whole

    def _remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            (self.final / path).unlink(missing_ok=True)

    def show_problems(self, writing: Writing) -> None:
        """Write the pages and serve them in place of the good ones, which are needed later.

        No earlier build may be at work.
        """
        writing.write_pages()
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


def refuse_to_bury(site: Path, sources: Iterable[Path]) -> None:
    """Raise PluginError if the site would take the place of what it is made of, or stand in it."""
    for path in map(Path, map(os.path.realpath, sources)):
        if path.is_relative_to(site) or site.is_relative_to(path):
            raise PluginError(
                f"The site cannot be built into {site}, because {path} is what it is made of. "
                "Choose another folder: --site-dir, or site_dir in mkdocs.yml."
            )


def _beside(folder: Path, what: str) -> Path:
    """Return a hidden folder beside ``folder`` that no other build uses."""
    return folder.with_name(f".{folder.name}.{what}-{os.getpid()}")


def _move(path: Path, to: Path) -> None:
    try:
        path.replace(to)
    except FileNotFoundError:
        to.parent.mkdir(parents=True, exist_ok=True)
        path.replace(to)
