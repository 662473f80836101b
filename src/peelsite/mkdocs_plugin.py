"""The adapter to MkDocs, and the only room that imports it.

MkDocs gets finished pages: :class:`RecordPage` skips its Markdown. A build goes to a folder beside
the site, which takes the site's place only when everything has gone well.
"""

from __future__ import annotations

import logging
import os
import posixpath
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

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
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from peelsite import pages
from peelsite.build import Site, build
from peelsite.drafts import blank
from peelsite.pages import Links
from peelsite.problems import ContentError
from peelsite.render import BrokenTemplateError, Rendered, Renderer, in_words, tell_faults

log = get_plugin_logger("peelsite")

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""The content security policy of every page: nothing from elsewhere, no script in the page."""

POLICY_IN_SERVE: Final = (
    POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    + "; connect-src 'self'"
)
"""The same with MkDocs's live reload, which is a script inside the page."""

POLICY_OFFLINE: Final = POLICY.replace("'self'", "'self' file:")
"""The same for a copy that is opened from a folder, where no file counts as the site itself."""


LOOK_EVERY: Final = 0.1
"""Seconds between two looks of the server for files that changed; MkDocs looks every 0.5."""


class PeelsiteConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in ``mkdocs.yml``."""

    content = config_options.Dir(exists=True, default="content")
    """The folder of YAML files."""


class RecordPage(MkDocsPage):
    """A page whose HTML is finished, so that MkDocs has only to put the frame around it."""

    def __init__(self, rendered: Rendered, file: File, config: MkDocsConfig) -> None:
        super().__init__(rendered.page.name, file, config)
        self.rendered = rendered

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take nothing from a Markdown file: there is none."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Take the finished HTML."""
        self.content = self.rendered.html


@dataclass(frozen=True)
class Frame:
    """What the shell around a page says of it. ``above`` is the name and URL of the page above.

    ``add_url`` is where one adds an inspection, on the page that lists them.
    """

    title: str
    description: str
    above: tuple[str, str] | None
    edit_url: str | None
    report_url: str
    add_url: str | None = None


class PeelsitePlugin(BasePlugin[PeelsiteConfig]):  # type: ignore[no-untyped-call]
    """Gives MkDocs the pages made from ``content/``."""

    def __init__(self) -> None:
        self._serving = False
        self._site: Site | None = None
        self._rendered: list[Rendered] = []
        self._final: Path | None = None
        self._building: Path | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Note the command; that this method exists keeps the plugin from one build to the next."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Send the build to a folder beside the site; a server has a folder of its own."""
        if not self._serving:
            self._final = Path(config.site_dir)
            self._building = _beside(self._final, "building")
            config.site_dir = str(self._building)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build every page, before MkDocs touches a file."""
        templates = Path(config.theme.custom_dir or "templates")
        folders = config.use_directory_urls
        before = self._site.content if self._site else None
        try:
            self._site = build(Path(self.config.content), templates, folders=folders, before=before)
            self._rendered = self._site.pages
        except BrokenTemplateError as error:
            raise PluginError(str(error)) from None
        except ContentError as error:
            if not self._serving:
                raise PluginError(f"\n{error}") from None
            log.error("\n%s", error)
            renderer = Renderer(templates, folders=folders)
            addresses = [each.page.address for each in self._rendered] or ["index"]
            self._rendered = [
                renderer.render(pages.problems(str(error), address)) for address in addresses
            ]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for each page; its source is the YAML file that "Edit this page" opens."""
        root = Path(self.config.content).parent
        for rendered in self._rendered:
            uri = f"{rendered.page.address}.md"
            file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if rendered.page.path:
                path = os.path.relpath(root / rendered.page.path, config.docs_dir)
                file.edit_uri = Path(path).as_posix()
            RecordPage(rendered, file, config)
            files.append(file)
        return files

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
        env.trim_blocks = env.lstrip_blocks = True
        env.filters["date"] = in_words
        offline = not config.use_directory_urls
        env.globals["policy"] = (
            POLICY_IN_SERVE if self._serving else POLICY_OFFLINE if offline else POLICY
        )
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
        add_url = None
        if isinstance(page, RecordPage):
            record = page.rendered.page
            links = Links(record.address, config.use_directory_urls)
            above = (record.above[1], links(record.above[0])) if record.above else None
            title, description = record.title, record.description
            if record.template == "pages/inspections.html":
                add_url = self._add_url(config)
        else:
            above = None
            title = str(page.title)
            description = page.meta.get("description", config.site_description)
        where = page.canonical_url or page.url
        report_url = _report_url(config, title, where)
        frame = Frame(title, description, above, page.edit_url, report_url, add_url)
        return _with_frame(context, frame)

    def _add_url(self, config: MkDocsConfig) -> str | None:
        """Return where GitHub begins a new inspection, None where the repository is elsewhere."""
        repository = (config.repo_url or "").rstrip("/")
        folder = os.path.relpath(Path(self.config.content) / "inspections", config.docs_dir)
        place = posixpath.normpath(f"{config.edit_uri or ''}/{Path(folder).as_posix()}")
        edit, _, rest = place.lstrip("/").partition("/")
        if urlsplit(repository).hostname != "github.com" or edit != "edit" or not self._site:
            return None
        value = blank(self._site.content.rounds)
        query = urlencode({"filename": "YYYY-MM-DD-name.yml", "value": value}, quote_via=quote)
        return f"{repository}/new/{rest}?{query}"

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the page for missing pages its frame; while content has problems it shows them."""
        title = "Page not found"
        report_url = _report_url(config, title, template_name)
        context = _with_frame(
            context, Frame(title, config.site_description or "", None, None, report_url)
        )
        return {**context, "problems": self._problem_html()}  # type: ignore[typeddict-unknown-key]

    def _problem_html(self) -> str:
        first = self._rendered[0]
        return first.html if first.page.template == "pages/problems.html" else ""

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in its place, unless strict mode is about to refuse it."""
        built = Path(config.site_dir)
        # MkDocs writes the hour of the build into it, and nobody reads it.
        (built / "sitemap.xml.gz").unlink(missing_ok=True)
        if self._final is None:
            return
        if not _has_warned():
            _swap(built, self._final)
        config.site_dir = str(self._final)

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Clear away what was half built."""
        if self._building is not None:
            shutil.rmtree(self._building, ignore_errors=True)

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


def _report_url(config: MkDocsConfig, title: str, where: str) -> str:
    """Return the address of a new issue that says which page is meant.

    Where there is the form "Something here is wrong", it opens with the page filled in; elsewhere
    the questions stand in the issue itself.
    """
    body = (
        f"Page: {where}\n\n"
        "What is wrong:\n\n"
        "What it should say:\n\n"
        "A source that shows it (link):\n\n"
        "Is the mistake ours or the source's?\n"
    )
    query = urlencode(
        {"title": f"Mistake on: {title}", "template": "wrong.yml", "page": where, "body": body}
    )
    return f"{(config.repo_url or '').rstrip('/')}/issues/new?{query}"


def _has_warned() -> bool:
    """Whether strict mode has counted a warning, upon which MkDocs fails after its last event."""
    handlers = [
        handler
        for name in ("mkdocs", "properdocs")
        for handler in logging.getLogger(name).handlers
        if isinstance(handler, CountHandler)
    ]
    return any(handler.get_counts() for handler in handlers)


def _beside(folder: Path, what: str) -> Path:
    """Return a hidden folder beside ``folder`` that no other build uses."""
    return folder.with_name(f".{folder.name}.{what}-{os.getpid()}")


def _swap(built: Path, final: Path) -> None:
    """Put ``built`` where ``final`` is; ``final`` is whole, old or new, but for an instant."""
    old = _beside(final, "old")
    if final.exists():
        final.rename(old)
    built.rename(final)
    shutil.rmtree(old, ignore_errors=True)
