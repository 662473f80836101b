"""The browser, and the real site on a web server and in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import TemplateError
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from peelsite.problems import ContentError
from peelsite.render import Rendered
from tests.browser import chromium
from tests.sites import ROOT, build, copy_project, make, web_server

QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
"""Arguments that keep Chromium from talking to anybody but us. Playwright itself adds that the
sandbox is off, which root could not have."""


CONTENTS = {"real": ROOT / "content", "miniature": ROOT / "tests" / "small_site" / "content"}

MISSING = "404.html"
"""The page that a server shows in place of one that does not exist."""


@cache
def everywhere() -> list[tuple[str, str]]:
    """Return every page of the real site and of the miniature: the site, and its address there.

    The small pages for frames on other sites are among them, and so is the page of a missing one;
    pages that lead on at once are not.
    """
    return [
        (site, address)
        for site in CONTENTS
        for address in sorted(
            [
                *(_file(each) for each in _made(site) if not each.page.moved_to),
                *_prose(),
                MISSING,
            ]
        )
    ]


@cache
def examples() -> list[str]:
    """Return the address of the longest page of each template, and of every page of prose.

    The small pages for frames on other sites have tests of their own and are not among them.
    """
    framed = (made for made in _made("real") if made.page.frame == "main.html")
    longest = {made.page.template: made for made in sorted(framed, key=lambda made: len(made.html))}
    return sorted([*(_file(each) for each in longest.values()), *_prose()])


@cache
def _made(site: str) -> tuple[Rendered, ...]:
    """Return the pages made from the content; none if it is broken, as building it will tell."""
    try:
        return tuple(make(CONTENTS[site], ROOT / "templates").pages)
    except (ContentError, TemplateError):
        return ()


def _file(made: Rendered) -> str:
    """Return the address of a page as a file: ``forces/durham.html``."""
    return f"{made.page.address}.html"


def _prose() -> list[str]:
    return [f"{path.stem}.html" for path in (ROOT / "content" / "pages").glob("*.md")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``anywhere`` once for every page, for an ``example`` for some."""
    if "anywhere" in metafunc.fixturenames:
        metafunc.parametrize("anywhere", everywhere(), ids=": ".join)
    if "example" in metafunc.fixturenames:
        metafunc.parametrize("example", examples(), ids=lambda path: path.removesuffix(".html"))


def required_browser() -> Path:
    """Return the path of a browser; without one skip the test, or fail it where CI is set."""
    executable = chromium.find_chromium()
    if executable is not None:
        return executable
    reason = f"There is no browser to test with. Install Chromium, or set {chromium.VARIABLE}."
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open the browser."""
    executable = required_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real site as a fork has it on GitHub Pages; give the URL of its first page."""
    folder = tmp_path_factory.mktemp("hosted") / "site"
    with web_server(build(ROOT, folder, SITE_URL="https://example.org/repo/")) as url:
        yield url


@pytest.fixture(scope="session")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the miniature; give the URL of its first page."""
    folder = tmp_path_factory.mktemp("miniature")
    project = copy_project(folder / "project", CONTENTS["miniature"])
    with web_server(build(project, folder / "site", SITE_URL="https://example.org/repo/")) as url:
        yield url


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site to be opened from a folder, whose name is not a plain one."""
    folder = tmp_path_factory.mktemp("offline") / "a copy of the site"
    return build(ROOT, folder, PEELSITE_DIRECTORY_URLS="false")


class Reader:
    """A page of the browser that notes what goes wrong in it, in ``troubles``."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.troubles: list[str] = []
        page.set_default_timeout(10_000)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failure)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.home):
            self.troubles.append(f"request to elsewhere: {request.url}")

    def _failure(self, request: Request) -> None:
        # The icon is fetched late; who has left the page by then no longer wants it.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.url}: {response.status}")

    def open(self, address: str) -> Page:
        """Open a page by its address as a file, and forget what went wrong before."""
        self.troubles.clear()
        web = not self.home.startswith("file:")
        self.page.goto(self.home + (as_folder(address) if web else address))
        return self.page


class ReaderOfBoth(Reader):
    """One that reads the real site and the miniature."""

    def __init__(self, page: Page, homes: dict[str, str]) -> None:
        super().__init__(page, homes["real"])
        self.homes = homes

    def open_at(self, site: str, address: str) -> Page:
        """Open a page of one of the sites."""
        self.home = self.homes[site]
        return self.open(address)


def as_folder(address: str) -> str:
    """Return an address as a web server has it: ``forces/durham/`` for ``forces/durham.html``."""
    if address == MISSING:
        return address
    path = address.removesuffix(".html")
    return path.removesuffix("index") if path.split("/")[-1] == "index" else f"{path}/"


@pytest.fixture(scope="session")
def reader(browser: Browser, home: str) -> Iterator[Reader]:
    """Read the site on a web server; tests set size and media for themselves."""
    context = browser.new_context(reduced_motion="reduce")
    yield Reader(context.new_page(), home)
    context.close()


@pytest.fixture(scope="session")
def folder_reader(browser: Browser, offline: Path) -> Iterator[Reader]:
    """Read the copy in a folder."""
    context = browser.new_context(reduced_motion="reduce")
    yield Reader(context.new_page(), f"{offline.as_uri()}/")
    context.close()


@pytest.fixture(scope="session")
def reader_without_scripts(browser: Browser, home: str) -> Iterator[Reader]:
    """Read the site with JavaScript off."""
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
    yield Reader(context.new_page(), home)
    context.close()


@pytest.fixture(scope="session")
def reader_of_both(browser: Browser, home: str, miniature: str) -> Iterator[ReaderOfBoth]:
    """Read the real site and the miniature, with all that scripts do."""
    context = browser.new_context(reduced_motion="reduce")
    yield ReaderOfBoth(context.new_page(), {"real": home, "miniature": miniature})
    context.close()


@pytest.fixture(scope="session")
def bare_reader_of_both(browser: Browser, home: str, miniature: str) -> Iterator[ReaderOfBoth]:
    """Read both with every script refused: what JavaScript switched off leaves.

    Switched off, it would stop axe too, which is a script itself.
    """
    context = browser.new_context(reduced_motion="reduce")
    context.route("**/*.js", lambda route: route.abort())
    yield ReaderOfBoth(context.new_page(), {"real": home, "miniature": miniature})
    context.close()


@pytest.fixture
def fresh(browser: Browser, home: str) -> Iterator[Reader]:
    """Read the site in a new window of ordinary size."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield Reader(context.new_page(), home)
    context.close()
