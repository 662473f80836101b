"""Builds the site for tests, reads what was built, and puts it on a web server as GitHub would."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree.ElementTree import Element

import html5lib

from peelsite.build import Site, know, read
from peelsite.build import build as build_site
from peelsite.catalogue import Catalogue
from peelsite.exports import Extra
from peelsite.load import Content
from peelsite.render import Rendered

ROOT = Path(__file__).parents[1]


def environment(**variables: str) -> dict[str, str]:
    """Return the environment for MkDocs: ours, but of the site's own variables only these."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if name != "SITE_URL" and not name.startswith("PEELSITE_")
    }
    return {**ours, "PYTHONIOENCODING": "utf-8", **variables}


def copy_project(to: Path, content: Path = ROOT / "content") -> Path:
    """Copy all that the site is built from into the new folder ``to``, and return it.

    Other ``content`` has no prose, and gets ours.
    """
    to.mkdir(parents=True)
    shutil.copytree(content, to / "content")
    shutil.copytree(ROOT / "templates", to / "templates")
    shutil.copy(ROOT / "mkdocs.yml", to)
    prose = to / "content" / "pages"
    if not prose.exists():
        shutil.copytree(ROOT / "content" / "pages", prose)
        for page in prose.glob("*.md"):
            text = page.read_text(encoding="utf-8")
            page.write_text(_TO_A_RECORD.sub("](regions/index.md", text), encoding="utf-8")
    return to


_TO_A_RECORD = re.compile(
    r"\]\((?:forces|units|regions|rounds|questions|themes)/(?!index)[\w-]+\.md"
)


def run_mkdocs(
    project: Path, *arguments: str, host: str = "mkdocs", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs`` (or ``properdocs``) in the folder of a project."""
    return subprocess.run(
        [sys.executable, "-m", host, *arguments],
        cwd=project,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def build(project: Path, folder: Path, *, host: str = "mkdocs", **variables: str) -> Path:
    """Build the site strictly into ``folder`` and return that; fails the test if it cannot be."""
    arguments = ("build", "--strict", "-f", "mkdocs.yml", "--site-dir", str(folder))
    run = run_mkdocs(project, *arguments, host=host, **variables)
    assert run.returncode == 0, f"{host} build failed:\n{run.stdout}"
    return folder


@dataclass(frozen=True)
class Made:
    """A site whose pages and files were all made, and are held here and not written."""

    content: Content
    site: Site
    pages: list[Rendered]
    files: list[Extra]

    @property
    def files_now(self) -> list[Extra]:
        """The files, each at its path of now alone, and not at those that it had before too."""
        return [
            each
            for each in self.files
            if each.path.rpartition("/")[2].startswith(each.of.rpartition("/")[2])
        ]

    @property
    def catalogue(self) -> Catalogue:
        return self.site.catalogue


def make(
    folder: Path,
    templates: Path = ROOT / "templates",
    *,
    before: Content | None = None,
    **more: Any,
) -> Made:
    """Make all that there is to be on the site of a content folder; ``more`` is for the build.

    Files that are as they were in ``before`` are not read again.
    """
    content = read(folder, before)
    site = build_site(know(folder, content), templates, **more)
    files = [file for group in site.file_groups() for file in group()]
    sizes = {each.path: len(each.content) for each in files}
    return Made(content, site, [site.render(page, sizes) for page in site.pages], files)


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in ``folder`` by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(one: Path, other: Path) -> list[str]:
    """Return the paths at which two folders do not hold the same file."""
    ours, theirs = tree(one), tree(other)
    return sorted(path for path in ours | theirs if ours.get(path) != theirs.get(path))


def assert_none(found: Collection[object]) -> None:
    """Fail if anything was found, with all of it, one a line."""
    assert not found, f"{len(found)} found:\n" + "\n".join(map(str, found))


@dataclass(frozen=True)
class Link:
    """Something that an element of a page leads to or loads: ``tag`` and ``attribute`` have it."""

    tag: str
    attribute: str
    value: str
    rel: str = ""

    def __str__(self) -> str:
        return f'<{self.tag} {self.attribute}="{self.value}">'


_LEADING = ("href", "src", "srcset", "poster", "data", "action", "formaction", "background")


@dataclass(frozen=True)
class Html:
    """One page as a browser would read it."""

    path: str
    text: str

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(self.text)
        return root, [f"{position}: {code} {data}" for position, code, data in parser.errors]

    @property
    def root(self) -> Element:
        return self._parsed[0]

    @property
    def errors(self) -> list[str]:
        """Everything that a browser would have to guess at."""
        return self._parsed[1]

    def elements(self, *tags: str) -> list[Element]:
        """Return the elements with one of these tags (or all), in the order of the page."""
        found = (each for each in self.root.iter() if isinstance(each.tag, str))
        return [each for each in found if not tags or each.tag in tags]

    @cached_property
    def ids(self) -> list[str]:
        return [each.attrib["id"] for each in self.elements() if "id" in each.attrib]

    @cached_property
    def links(self) -> list[Link]:
        """Every address that is written on the page, to follow or to load."""
        return [
            Link(each.tag, name, value.strip(), each.get("rel", ""))
            for each in self.elements()
            for name, value in each.attrib.items()
            if name.split("}")[-1] in _LEADING
        ]

    def link(self, words: str) -> str | None:
        """Return where the first link with these words leads, or None if there is none."""
        for each in self.elements("a"):
            if words_of(each) == words:
                return each.get("href")
        return None


def words_of(element: Element) -> str:
    """Return the text of an element with its white space made even."""
    return " ".join("".join(element.itertext()).split())


@dataclass(frozen=True)
class BuiltSite:
    """A site in a folder. ``home`` is the URL at which its first page stands."""

    folder: Path
    home: str

    @cached_property
    def files(self) -> dict[str, bytes]:
        return tree(self.folder)

    @cached_property
    def pages(self) -> dict[str, Html]:
        """The pages of the site, without the small ones for frames on other sites."""
        return {path: page for path, page in self._html.items() if not path.startswith("embed/")}

    @cached_property
    def embeds(self) -> dict[str, Html]:
        """The small pages for frames on other sites."""
        return {path: page for path, page in self._html.items() if path.startswith("embed/")}

    @cached_property
    def _html(self) -> dict[str, Html]:
        return {
            path: Html(path, data.decode("utf-8"))
            for path, data in self.files.items()
            if path.endswith(".html")
        }

    @property
    def is_for_a_folder(self) -> bool:
        """Whether it is made to be opened without a web server."""
        return self.home.startswith("file:")

    def url(self, path: str) -> str:
        """Return the URL at which the file with this path is read."""
        if self.is_for_a_folder:
            return self.home + path
        return self.home + re.sub(r"(^|/)index\.html$", r"\1", path)

    def is_elsewhere(self, page: Html, link: str) -> bool:
        """Whether ``link``, written on ``page``, leads to another host."""
        ours = re.match(r"[a-z]+://[^/]*/", self.home)
        assert ours is not None
        return not urljoin(self.url(page.path), link).startswith(ours[0])

    def trouble_with(self, page: Html, link: str) -> str | None:
        """Return why ``link``, written on ``page``, leads nowhere, or None if it leads to us."""
        url, fragment = urldefrag(urljoin(self.url(page.path), link))
        if not url.startswith(self.home):
            return "leads out of the site's folder"
        path = unquote(url.removeprefix(self.home))
        if path.endswith("/") or not path:
            if self.is_for_a_folder:
                return "leads to a folder, which a browser shows as a list of files"
            path += "index.html"
        if path not in self.files:
            return f"leads to {path}, which does not exist"
        if fragment and unquote(fragment) not in self._html[path].ids:
            return f"leads to #{fragment}, which is not on {path}"
        return None


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def web_server(folder: Path, prefix: str = "/repo/") -> Iterator[str]:
    """Serve ``folder`` below ``prefix`` as GitHub Pages does; give the URL of its first page.

    What does not exist is answered with ``404.html``, and nothing is served beside ``prefix``.
    """

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *given: object) -> None:
            super().__init__(*given, directory=str(folder))  # type: ignore[arg-type]

        def translate_path(self, path: str) -> str:
            return super().translate_path("/" + path.removeprefix(prefix))

        def send_head(self) -> BinaryIO | None:
            if not self.path.startswith(prefix):
                self.send_error(HTTPStatus.NOT_FOUND)
                return None
            wanted = Path(self.translate_path(self.path))
            if wanted.is_file() or (wanted / "index.html").is_file():
                return super().send_head()
            missing = folder / "404.html"
            self.send_response(HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(missing.stat().st_size))
            self.end_headers()
            return missing.open("rb")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
