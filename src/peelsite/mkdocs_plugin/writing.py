"""Writes the pages of records, and the files beside them, if it can be in two processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from peelsite.exports import Extra
from peelsite.mkdocs_plugin.record_page import RecordPage
from peelsite.mkdocs_plugin.second import Heap, Second, is_possible
from peelsite.pages import Page
from peelsite.render import Rendered


@dataclass
class Writing:
    """The pages of records, taken over from MkDocs, which would keep all of them in memory.

    ``content_of`` gives what stands in one, and ``extras`` the files beside them. ``sizes`` is
    filled with the size in bytes of each file, by path; the ``last`` pages, by address, tell of
    them. All events of plugins are called as MkDocs would.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    environment: Environment
    content_of: Callable[[Page], Rendered]
    extras: Callable[[], Iterable[Extra]]
    sizes: dict[str, int]
    last: Sequence[str]
    shown: Sequence[File] = field(init=False)
    """All pages, those of records and others, as MkDocs would have them."""

    def __post_init__(self) -> None:
        self.shown = self.files.documentation_pages()
        pages = [each.page for each in self.shown if isinstance(each.page, RecordPage)]
        for page in pages:
            page.file.inclusion = InclusionLevel.EXCLUDED
        self._last = [page for page in pages if page.record.address in self.last]
        self._pages = [page for page in pages if page.record.address not in self.last]
        self._heap: Heap | None = None
        self._second: Second | None = None

    def begin(self) -> None:
        """Begin in a second process, if there can be one.

        Other plugins may keep what they see of a page, so with them everything is done in one.
        """
        if len(self.config.plugins) == 1 and is_possible():
            self._heap = Heap()
            self._second = Second(self._write_second)

    def finish(self) -> None:
        """Write all that is not written yet. Raises whatever stands in the way of a page."""
        if self._heap and self._second:
            self._write(self._heap.share(self._pages))
            self._second.wait()
        else:
            self._write_files()
            self._write(self._last)
            self._write(self._pages)

    def stop(self) -> None:
        """Leave the rest unwritten."""
        if self._second:
            self._second.stop()

    def _write_second(self) -> None:
        self._write_files()
        self._write(self._last)
        if self._heap:
            self._write(self._heap.share(self._pages))

    def _write_files(self) -> None:
        for each in self.extras():
            _write(Path(self.config.site_dir, each.path), each.content)
            self.sizes[each.path] = len(each.content)

    def _write(self, pages: Iterable[RecordPage]) -> None:
        for page in pages:
            _write(Path(page.file.abs_dest_path), self._html(page).encode())

    def _html(self, page: RecordPage) -> str:
        config, plugins, nav = self.config, self.config.plugins, self.nav
        page.active = True
        page.content = plugins.on_page_content(
            self.content_of(page.record).html, page=page, config=config, files=self.files
        )
        context = get_context(nav, self.shown, config, page)
        context = plugins.on_page_context(context, page=page, config=config, nav=nav)
        template = self.environment.get_template(page.meta["template"])
        html = plugins.on_post_page(template.render(context), page=page, config=config)
        page.active, page.content = False, None
        return html or ""


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
