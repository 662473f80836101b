"""What MkDocs calls where there is something to build: a method for each event, in its order."""

from __future__ import annotations

import datetime
import gc
import os
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from peelsite import pages, search
from peelsite.build import Known, Site, build, know, read
from peelsite.exports import Card, Extra, Keeper, card_path, cards
from peelsite.kept import Kept, digest_of
from peelsite.kept.fingerprint import Fingerprints
from peelsite.load import Content
from peelsite.mkdocs_plugin.entry import PeelsiteConfig
from peelsite.mkdocs_plugin.frame import Frame, frame_of, frame_of_missing, hosting_of
from peelsite.mkdocs_plugin.keeping import base_of, cache_of, sites_of, sources_of, templates_of
from peelsite.mkdocs_plugin.placing import BuiltPlace, ServedPlace, refuse_to_bury
from peelsite.mkdocs_plugin.record_page import RecordPage
from peelsite.mkdocs_plugin.reloading import look_often, reload
from peelsite.mkdocs_plugin.second import Second, SecondDiedError, is_possible
from peelsite.mkdocs_plugin.shell import make_ready
from peelsite.mkdocs_plugin.small import make_small
from peelsite.mkdocs_plugin.writing import Made, Writing
from peelsite.pages import Page
from peelsite.problems import ContentError
from peelsite.render import BrokenTemplateError, Renderer, clean_page

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # with a web server, which a build does not need

log = get_plugin_logger("peelsite")


class Building:
    """Gives MkDocs the pages made from ``content/``, build after build if it is ``serving``.

    ``warnings`` counts what MkDocs warns of.
    """

    config: PeelsiteConfig
    _made: Made
    _nav: Navigation
    _place: BuiltPlace | ServedPlace
    _writing: Writing

    def __init__(self, *, serving: bool, warnings: CountHandler) -> None:
        self._serving = serving
        self._warnings = warnings
        self._content: Content | None = None
        self._site: Site | None = None
        self._pages: Sequence[Page] = ()
        self._problems = ""
        """What the pages of a server say while there are problems in the content."""
        self._changed: Set[str] = frozenset()
        """The content files that a server has not shown yet as they are, by path."""
        self._sizes: dict[str, int] = {}
        self._cards: dict[str, Card] = {}
        self._prose: list[search.Prose] = []
        self._background = search.Background(log.error)

    def on_config(
        self,
        config: MkDocsConfig,
        settings: PeelsiteConfig,
        kept: Kept,
        everything: str,
        everything_now: Callable[[], str],
    ) -> MkDocsConfig:
        """Send the build to a folder beside the site.

        ``settings`` are the plugin's, which a server reads anew each time. ``kept`` is what an
        earlier build made, and ``everything`` names what the site is made of.
        """
        self.config = settings
        if not self._serving:
            refuse_to_bury(kept.folder, sources_of(config, Path(settings.content)))
            self._place = BuiltPlace(kept, sites_of(config), everything, everything_now)
        elif not hasattr(self, "_place"):
            self._place = ServedPlace(kept.folder, self._background, log.error)
        elif isinstance(self._place, ServedPlace):
            self._place.interrupt()
            gc.disable()  # what was interrupted has begun with it again
        config.site_dir = str(self._place.building)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the content and plan every page, before MkDocs touches a file."""
        templates = templates_of(config)
        hosting = hosting_of(config)
        self._background.forget()
        self._sizes, self._prose, self._changed = {}, [], frozenset()
        try:
            as_of = self._as_of()
            self._site = build(self._known(templates), templates, hosting=hosting, as_of=as_of)
            self._pages, self._problems = self._site.pages, ""
            self._made = self._made_of(self._site, config)
        except ContentError as error:
            if not self._serving:
                raise PluginError(f"\n{error}") from None
            log.error("\n%s", error)
            render = Renderer(templates, hosting=hosting).render
            addresses = [each.address for each in self._pages] or ["index"]
            self._pages = [pages.problems(str(error), address) for address in addresses]
            self._problems = render(self._pages[0]).html
            self._made = Made(render)

    def _known(self, templates: Path) -> Known:
        """Return what the content tells. Raises ContentError if something is wrong in it.

        What was read takes several times as much memory as what is made of it. A server keeps it,
        to read only what changes; in a build it stays in a second process, if there can be one.
        Meanwhile this one makes the templates ready.
        """
        folder = Path(self.config.content)
        if self._serving:
            before, self._content = self._content, read(folder, self._content)
            self._changed = self._content.changed_since(before) if before else frozenset()
            return know(folder, self._content)
        if not is_possible():
            return know(folder)
        second = Second(partial(know, folder))
        Renderer(templates).compile()
        return second.wait()

    def _made_of(self, site: Site, config: MkDocsConfig) -> Made:
        """Return how the pages and files of a site are made, and what each shows."""
        base = base_of(site, config, dict(self.config), self._serving)
        digests = site.known.digests
        return Made(
            partial(site.render, sizes=self._sizes),
            Fingerprints(site.catalogue, digests, base).of,
            (*site.file_groups(), partial(self._pictures, cache_of(config) / "cards")),
            digest_of(base, *(part for each in sorted(digests.items()) for part in each)),
        )

    def _as_of(self) -> datetime.date | None:
        """Return the day for which ages are written, if the settings name one."""
        written = str(self.config.as_of)
        try:
            return datetime.date.fromisoformat(written) if written else None
        except ValueError:
            message = f'as_of is "{written}". Write a day as year-month-day: 2026-11-23.'
            raise PluginError(message) from None

    def _pictures(self, cache: Path) -> Iterator[Extra]:
        """Give the picture of each card, which a body and an inspection have."""
        keeper = Keeper(cache)
        for address, card in self._cards.items():
            yield Extra(card_path(address), [keeper.png(card)])

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for each page; its source is the YAML file that "Edit this page" opens."""
        if not self._serving:
            make_small(files)
        root = Path(self.config.content).parent
        prose = {file.dest_uri: file.src_uri for file in files.documentation_pages()}
        for page in self._pages:
            uri = f"{page.address}.md"
            file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if file.dest_uri in prose:
                message = (
                    f"{prose[file.dest_uri]} has the address of another page: name it otherwise."
                )
                raise PluginError(message)
            if page.path:
                path = os.path.relpath(root / page.path, config.docs_dir)
                file.edit_uri = Path(path).as_posix()
            files.append(file)
            RecordPage(page, file, config)
        return files

    def on_nav(
        self,
        nav: Navigation,
        *,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> Navigation:
        """Remember what stands in the header and the footer."""
        self._nav = nav
        return nav

    def on_page_content(
        self,
        html: str,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Make hand-written pages safe, explain abbreviations there, or show what is wrong."""
        if isinstance(page, RecordPage):
            return html
        if self._problems or self._site is None:
            return self._problems
        html = clean_page(html)
        self._prose.append(search.Prose(page.url, str(page.title), html))
        return self._site.renderer.abbreviations.explain(html)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make the shell's templates as the others are, tell them what they need, and begin.

        From here on, the pages of records are written by us, and those of prose by MkDocs.
        """
        make_ready(env, config, self._site, serving=self._serving)
        # Other sites find cards by their whole address.
        if self._site and config.site_url and not self._serving:
            self._cards = cards(self._site.catalogue, config.site_name)
        self._writing = Writing(
            config, files, self._nav, env, self._made, self._place.kept, self._sizes, pages.OF_FILES
        )
        if not self._serving:
            self._writing.begin()
        return env

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Give the shell what it says about the page."""
        site = None if self._problems else self._site
        return _with_frame(context, frame_of(page, config, site, self._cards, self._sizes))

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the page for missing pages its frame; while content has problems it shows them."""
        context = _with_frame(context, frame_of_missing(config, template_name))
        context["pages"] = self._writing.shown
        return {**context, "problems": self._problems}  # type: ignore[typeddict-unknown-key]

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages of records, and put the finished site in its place.

        That is not done if strict mode is about to refuse the site.
        """
        # MkDocs writes the hour of the build into it, and nobody reads it.
        (self._place.building / "sitemap.xml.gz").unlink(missing_ok=True)
        is_to_be_found = config.use_directory_urls and self.config.search
        index = partial(self._index, config) if is_to_be_found else None
        warnings = sum(number for _, number in self._warnings.get_counts())
        try:
            if isinstance(self._place, BuiltPlace):
                self._place.finish(self._writing, index, warnings, config.strict)
            elif self._problems:
                self._place.show_problems(self._writing)
                gc.enable()
            else:
                self._place.finish(self._writing, index, self._changed, gc.enable)
        except (BrokenTemplateError, search.SearchError) as error:
            raise PluginError(str(error)) from None
        config.site_dir = str(self._place.final)

    def _index(self, config: MkDocsConfig) -> Path:
        """Return the folder with the index for search, made now or kept.

        A copy to be opened from a folder has none: browsers let nothing be fetched there.
        """
        assert self._site  # noqa: S101 - there is something to be found
        index = partial(search.index, self._site.catalogue, self._pages, self._prose)
        try:
            return index(cache_of(config) / "search")
        except OSError:  # what cannot be kept is made for this once
            return index(Path(self._spare.name))

    @cached_property
    def _spare(self) -> TemporaryDirectory[str]:
        """A folder for what cannot be kept, which goes when this does."""
        return TemporaryDirectory(ignore_cleanup_errors=True)

    def on_build_error(self, *, error: Exception) -> None:
        """Clear away what was half built, and tell in a sentence what the system refused."""
        self._abandon()
        if self._serving:
            gc.enable()
        if isinstance(error, OSError | SecondDiedError):
            raise PluginError(f"{_told(error)} The site is as it was before.") from None

    def on_shutdown(self) -> None:
        """Let nothing be written any more: MkDocs ends, and is about to remove a server's folder.

        It does so also when somebody interrupts it.
        """
        place = getattr(self, "_place", None)
        if isinstance(place, ServedPlace):
            place.interrupt()
        self._background.stop()
        if isinstance(place, ServedPlace):
            place.close()
        else:
            self._abandon()

    def _abandon(self) -> None:
        """Clear away what was half built, if there is any."""
        if hasattr(self, "_writing"):
            self._writing.stop()
        if hasattr(self, "_place"):
            self._place.clear()

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Any,  # noqa: ARG002
    ) -> LiveReloadServer:
        """Build again, and soon, when content or a template changes."""
        server.watch(self.config.content)
        server.watch(str(templates_of(config)))
        look_often(server)
        if isinstance(self._place, ServedPlace):
            self._place.reload = partial(reload, server)
        return server


def _told(error: Exception) -> str:
    """Return in a sentence what the system refused, and where."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.strerror}: {error.filename}." if error.filename else f"{error.strerror}."


def _with_frame(context: TemplateContext, frame: Frame) -> TemplateContext:
    return {**context, "frame": frame}  # type: ignore[typeddict-unknown-key]
