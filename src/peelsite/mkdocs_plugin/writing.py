"""Writes the pages of records, and the files beside them, if it can be in two processes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from peelsite.exports import Group
from peelsite.kept import Entry, Kept, digest_of, digest_of_pieces, files_in
from peelsite.mkdocs_plugin.record_page import RecordPage
from peelsite.mkdocs_plugin.second import Heap, Second, is_possible
from peelsite.pages import Page
from peelsite.render import Rendered

IsWanted: TypeAlias = Callable[[], bool]
"""Whether what is being written is still wanted."""


def always() -> bool:
    """Want whatever is being written."""
    return True


@dataclass(frozen=True)
class Made:
    """How pages and the files beside them are made, and a name for all that each shows.

    ``fingerprint`` gives None for a page that must be made anew each time.
    """

    content_of: Callable[[Page], Rendered]
    fingerprint: Callable[[Page], str | None] = lambda _: None
    files: Sequence[Group] = ()
    files_fingerprint: str = ""


@dataclass
class Writing:
    """The pages of records, taken over from MkDocs, which would keep all of them in memory.

    What an earlier build has made is ``kept``. ``sizes`` is filled with the size in bytes of each
    file beside the pages, by path; the ``last`` pages, by address, tell of them. All events of
    plugins are called as MkDocs would.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    environment: Environment
    made: Made
    kept: Kept
    sizes: dict[str, int]
    last: Sequence[str]
    folder: Path = field(init=False)
    """Where it is written."""
    shown: Sequence[File] = field(init=False)
    """All pages, those of records and others, as MkDocs would have them."""
    entries: dict[str, Entry] = field(init=False, default_factory=dict)
    """What the next build need not make again."""
    found: set[str] = field(init=False, default_factory=set)
    """The paths of what was found as it would be made, and is not written."""
    found_files: bool = field(init=False, default=False)
    """Whether the files beside the pages were found as they would be made."""

    def __post_init__(self) -> None:
        self.folder = Path(self.config.site_dir)
        self.shown = self.files.documentation_pages()
        pages = [each.page for each in self.shown if isinstance(each.page, RecordPage)]
        for page in pages:
            page.file.inclusion = InclusionLevel.EXCLUDED
        self._last = [page for page in pages if page.record.address in self.last]
        self._pages = [page for page in pages if page.record.address not in self.last]
        self._second: Second[tuple[dict[str, Entry], set[str], dict[str, int]]] | None = None

    def begin(self) -> None:
        """Begin in a second process, if there can be one.

        Other plugins may keep what they see of a page, so with them everything is done in one.
        """
        if len(self.config.plugins) == 1 and is_possible():
            self._find_files()
            self._heap, self._groups = Heap(), Heap(at_once=1)
            self._second = Second(self._write_second)

    def finish(self) -> None:
        """Write all that is not written yet. Raises whatever stands in the way of a page."""
        if self._second:
            self._write(self._heap.share(self._pages))
            self._write_groups(self._groups.share(self.made.files))
            entries, found, sizes = self._second.wait()
            self.entries |= entries
            self.found |= found
            self.sizes |= sizes
            self._write_last()
        else:
            self.write_pages()
            self.write_files()

    def note_index(self, folder: str) -> None:
        """Note the index for search, as made of the same as the files beside the pages."""
        self._note(folder, self.made.files_fingerprint)

    def note_others(self) -> None:
        """Note what MkDocs has written, which it writes anew each time."""
        self._note("", "")

    def _note(self, folder: str, mark: str) -> None:
        for path in files_in(self.folder / folder):
            within = f"{folder}/{path}" if folder else path
            if within not in self.entries:
                self.entries[within] = Entry(mark, digest_of((self.folder / within).read_bytes()))

    def stop(self) -> None:
        """Leave the rest unwritten."""
        if self._second:
            self._second.stop()

    def _write_second(self) -> tuple[dict[str, Entry], set[str], dict[str, int]]:
        self._write_groups(self._groups.share(self.made.files))
        self._write(self._heap.share(self._pages))
        return self.entries, self.found, self.sizes

    def write_first(self, paths: Collection[str]) -> None:
        """Write the pages that show content files at ``paths``; all pages where there are none."""
        first = [page for page in self._pages if page.record.path in paths]
        self._write(first or self._pages)
        self._pages = [page for page in self._pages if first and page.record.path not in paths]

    def write_pages(self, is_wanted: IsWanted = always) -> bool:
        """Write the pages that are not written yet, but for those that tell of files.

        Stops and returns False as soon as they are no longer wanted.
        """
        return self._write(self._pages, is_wanted)

    def write_files(self, is_wanted: IsWanted = always) -> bool:
        """Write the files beside the pages, and the pages that tell of them.

        Stops and returns False as soon as they are no longer wanted.
        """
        self._find_files()
        if not self._write_groups(self.made.files, is_wanted):
            return False
        self._write_last()
        return True

    def _write_groups(self, groups: Iterable[Group], is_wanted: IsWanted = always) -> bool:
        if self.found_files:
            return True
        for each in chain.from_iterable(group() for group in groups):
            if not is_wanted():
                return False
            self._put_file(each.path, each.pieces)
        return True

    def _put_file(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a file beside the pages, unless it stands there as it would be written."""
        mark, folder = self.made.files_fingerprint, self.folder
        if entry := self.kept.find_made_of(path, pieces):
            self.entries[path] = Entry(mark, entry.digest)
            self.found.add(path)
            folder = self.kept.folder
        else:
            self._put(path, pieces, mark)
        self.sizes[path] = (folder / path).stat().st_size

    def _write_last(self) -> None:
        if not self.found_files:
            for page in self._last:
                self._put(page.file.dest_uri, [self._html(page)], self.made.files_fingerprint)

    def _find_files(self) -> None:
        """See whether all that there was of the same content is there still."""
        mark = self.made.files_fingerprint
        paths = [path for path, entry in self.kept.entries.items() if entry.fingerprint == mark]
        entries = {path: self.kept.find(path, mark) for path in paths}
        whole = {path: entry for path, entry in entries.items() if entry}
        self.found_files = bool(mark and paths) and len(whole) == len(paths)
        if self.found_files:
            self.entries |= whole
            self.found |= whole.keys()

    def _write(self, pages: Iterable[RecordPage], is_wanted: IsWanted = always) -> bool:
        for page in pages:
            if not is_wanted():
                return False
            path, mark = page.file.dest_uri, self.made.fingerprint(page.record)
            if mark and (entry := self.kept.find(path, mark)):
                self.entries[path] = entry
                self.found.add(path)
            else:
                self._put(path, [self._html(page)], mark)
        return True

    def _put(self, path: str, pieces: Iterable[bytes], mark: str | None) -> None:
        digest = digest_of_pieces(_write(self.folder / path, pieces))
        if mark:
            self.entries[path] = Entry(mark, digest)

    def _html(self, page: RecordPage) -> bytes:
        config, plugins, nav = self.config, self.config.plugins, self.nav
        page.active = True
        page.content = plugins.on_page_content(
            self.made.content_of(page.record).html, page=page, config=config, files=self.files
        )
        context = get_context(nav, self.shown, config, page)
        context = plugins.on_page_context(context, page=page, config=config, nav=nav)
        template = self.environment.get_template(page.meta["template"])
        html = plugins.on_post_page(template.render(context), page=page, config=config)
        page.active, page.content = False, None
        return (html or "").encode()


def _write(path: Path, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Write a file piece by piece, and give each piece that is written."""
    try:
        file = path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb")
    with file:
        for piece in pieces:
            file.write(piece)
            yield piece
