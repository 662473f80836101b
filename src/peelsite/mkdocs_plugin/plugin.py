"""The plugin: what MkDocs calls, in the order in which it does.

A build goes to a folder beside the site, which takes the site's place only when everything has gone
well.
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from peelsite import pages, search
from peelsite.build import Site, build
from peelsite.exports import Card, Extra, Keeper, card_path, cards
from peelsite.mkdocs_plugin.frame import Frame, frame_of, frame_of_missing, hosting_of
from peelsite.mkdocs_plugin.placing import beside, has_warned, swap
from peelsite.mkdocs_plugin.policy import POLICY, POLICY_IN_SERVE, POLICY_OF_EMBEDS, POLICY_OFFLINE
from peelsite.mkdocs_plugin.record_page import RecordPage
from peelsite.mkdocs_plugin.small import make_small
from peelsite.problems import ContentError
from peelsite.render import (
    BrokenTemplateError,
    Rendered,
    Renderer,
    Unindented,
    first_sentence,
    in_words,
    tell_faults,
)

log = get_plugin_logger("peelsite")

LOOK_EVERY: Final = 0.1
"""Seconds between two looks of the server for files that changed; MkDocs looks every 0.5."""


class PeelsiteConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in ``mkdocs.yml``."""

    content = config_options.Dir(exists=True, default="content")
    """The folder of YAML files."""

    as_of = config_options.Type((str, datetime.date), default="")
    """The day for which ages are written into the pages; without it browsers put them in."""


class PeelsitePlugin(BasePlugin[PeelsiteConfig]):  # type: ignore[no-untyped-call]
    """Gives MkDocs the pages made from ``content/``."""

    def __init__(self) -> None:
        self._serving = False
        self._site: Site | None = None
        self._rendered: list[Rendered] = []
        self._cards: dict[str, Card] = {}
        self._prose: list[search.Prose] = []
        self._indexing = search.Background(log.error)
        self._final: Path | None = None
        self._building: Path | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Note the command; that this method exists keeps the plugin from one build to the next."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Send the build to a folder beside the site; a server has a folder of its own."""
        if not self._serving:
            self._final = Path(config.site_dir)
            self._building = beside(self._final, "building")
            config.site_dir = str(self._building)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build every page, before MkDocs touches a file."""
        templates = Path(config.theme.custom_dir or "templates")
        hosting = hosting_of(config)
        before = self._site.content if self._site else None
        try:
            self._site = build(
                Path(self.config.content),
                templates,
                hosting=hosting,
                as_of=self._as_of(),
                before=before,
            )
            self._rendered = self._site.pages
            self._prose = []
        except BrokenTemplateError as error:
            raise PluginError(str(error)) from None
        except ContentError as error:
            if not self._serving:
                raise PluginError(f"\n{error}") from None
            log.error("\n%s", error)
            renderer = Renderer(templates, hosting=hosting)
            addresses = [each.page.address for each in self._rendered] or ["index"]
            self._rendered = [
                renderer.render(pages.problems(str(error), address)) for address in addresses
            ]
        self._indexing.forget()

    def _as_of(self) -> datetime.date | None:
        """Return the day for which ages are written, if the settings name one."""
        written = str(self.config.as_of)
        try:
            return datetime.date.fromisoformat(written) if written else None
        except ValueError:
            message = f'as_of is "{written}". Write a day as year-month-day: 2026-11-23.'
            raise PluginError(message) from None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for each page; its source is the YAML file that "Edit this page" opens."""
        if not self._serving:
            make_small(files)
        root = Path(self.config.content).parent
        for rendered in self._rendered:
            uri = f"{rendered.page.address}.md"
            file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if rendered.page.path:
                path = os.path.relpath(root / rendered.page.path, config.docs_dir)
                file.edit_uri = Path(path).as_posix()
            RecordPage(rendered, file, config)
            files.append(file)
        for extra in (*self._site.files, *self._pictures(config)) if self._site else ():
            files.append(File.generated(config, extra.path, content=extra.content))
        return files

    def _pictures(self, config: MkDocsConfig) -> Iterator[Extra]:
        """Give the card of each body and inspection.

        Other sites find them by their whole address, so without one, and in serve, there are none.
        """
        if self._site is None or self._serving or not config.site_url:
            return
        self._cards = cards(self._site.catalogue, config.site_name)
        keeper = Keeper(Path(config.config_file_path).parent / ".cache" / "peelsite" / "cards")
        for address, card in self._cards.items():
            yield Extra(card_path(address), keeper.png(card))

    def on_page_content(
        self,
        html: str,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Explain abbreviations in hand-written pages too, or show what is wrong there too."""
        if problems := self._problem_html():
            return problems
        if isinstance(page, RecordPage) or self._site is None:
            return html
        self._prose.append(search.Prose(page.url, str(page.title), html))
        return self._site.renderer.abbreviations.explain(html)

    def on_env(
        self,
        env: Environment,
        *,
        config: MkDocsConfig,
        files: Files,  # noqa: ARG002
    ) -> Environment:
        """Make the shell's templates as strict as the others, and tell them what they need."""
        env.autoescape = True
        env.undefined = StrictUndefined
        tell_faults(env, PluginError)
        env.add_extension(Unindented)
        env.trim_blocks = env.lstrip_blocks = True
        env.filters["date"] = in_words
        env.filters["first_sentence"] = first_sentence
        offline = not config.use_directory_urls
        env.globals["policy"] = (
            POLICY_IN_SERVE if self._serving else POLICY_OFFLINE if offline else POLICY
        )
        env.globals["policy_of_embeds"] = (
            POLICY_OF_EMBEDS.replace("'self'", "'self' file:") if offline else POLICY_OF_EMBEDS
        )
        env.globals["search_page"] = "search.html" if offline else "search/"
        env.globals["as_of"] = self._site.catalogue.as_of if self._site else None
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
        site = None if self._problem_html() else self._site
        return _with_frame(context, frame_of(page, config, site, self._cards))

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the page for missing pages its frame; while content has problems it shows them."""
        context = _with_frame(context, frame_of_missing(config, template_name))
        return {**context, "problems": self._problem_html()}  # type: ignore[typeddict-unknown-key]

    def _problem_html(self) -> str:
        first = self._rendered[0]
        return first.html if first.page.template == "pages/problems.html" else ""

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in its place, unless strict mode is about to refuse it."""
        built = Path(config.site_dir)
        # MkDocs writes the hour of the build into it, and nobody reads it.
        (built / "sitemap.xml.gz").unlink(missing_ok=True)
        if config.use_directory_urls and not self._problem_html():
            self._index(config)
        if self._final is None:
            return
        if not has_warned():
            swap(built, self._final)
        config.site_dir = str(self._final)

    def _index(self, config: MkDocsConfig) -> None:
        """Make the index for search; in serve beside the pages, where it appears when it is ready.

        A copy to be opened from a folder has none: browsers let nothing be fetched there.
        """
        if self._site is None:
            return
        cache = Path(config.config_file_path).parent / ".cache" / "peelsite" / "search"
        made = [rendered.page for rendered in self._rendered]
        make = partial(search.index, self._site.catalogue, made, self._prose, cache)
        folder = Path(config.site_dir) / search.FOLDER
        if self._serving:
            self._indexing.begin(make, folder)
            return
        try:
            search.put(make(), folder)
        except search.SearchError as error:
            raise PluginError(str(error)) from None

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Clear away what was half built."""
        if self._building is not None:
            shutil.rmtree(self._building, ignore_errors=True)

    def on_shutdown(self) -> None:
        """Let no index be written into the server's folder, which MkDocs is about to remove."""
        self._indexing.stop()

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Any,  # noqa: ARG002
    ) -> LiveReloadServer:
        """Build again, and soon, when content or a template changes."""
        server.watch(self.config.content)
        server.watch(config.theme.custom_dir or "templates")
        for emitter in server.observer.emitters:
            emitter._timeout = LOOK_EVERY  # MkDocs has no setting for it
        return server


def _with_frame(context: TemplateContext, frame: Frame) -> TemplateContext:
    return {**context, "frame": frame}  # type: ignore[typeddict-unknown-key]
