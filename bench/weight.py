"""Measure what the site costs a browser: search, the page of findings, and pages that are large.

    .venv/bin/python -m bench.weight [SIZE] [SITE]

``SIZE`` is one of those of ``bench.make_corpus``, M if it is left out; ``SITE`` is a folder in
which the site of that size is built already. A real Chromium reads it from a server that compresses
as a static host does, gzip at level 6, and what Pagefind has compressed goes as it is. Bytes are
those of the bodies of the answers. Prints tables in Markdown.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.project import project_of
from bench.tools import URL
from tests.browser.chromium import find_chromium
from tests.browser.conftest import QUIET
from tests.sites import run_mkdocs

PHONE: Final = {"width": 360, "height": 740}
DESKTOP: Final = {"width": 1280, "height": 900}
KEY: Final = 200
"""Milliseconds between two keys: slow enough that a search is made for the beginnings of words."""

QUERIES: Final = (
    ("one word", "safeguarding"),
    ("two words", "stop search"),
    ("an abbreviation", "SOC"),
    ("a body’s name", "Carley Police"),
    ("a phrase", "investigation of online child abuse"),
)
CLICKS: Final = 10
LEVEL: Final = 6
COMPRESSED: Final = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".csv", ".ics")


class Counted:
    """A site on a server, and what has been sent of it since somebody last asked: path to bytes."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sent: list[tuple[str, int]] = []

    def taken(self) -> int:
        """Return the number of bytes sent since this was last asked, and begin anew."""
        sent, self.sent = self.sent, []
        return sum(size for _, size in sent)


@cache
def _body(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, LEVEL) if path.suffix in COMPRESSED else content


@contextmanager
def counted(site: Path) -> Iterator[Counted]:
    """Serve ``site``, and count."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = site / unquote(urlsplit(self.path).path).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            body = _body(path) if path.is_file() else b""
            self.send_response(200 if path.is_file() else 404)
            self.send_header("Content-Type", guess_type(path.name)[0] or "application/octet-stream")
            self.send_header("Cache-Control", "max-age=600")
            if path.suffix in COMPRESSED:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            server_of.sent.append((self.path, len(body)))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output to the tables."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server_of = Counted(f"http://127.0.0.1:{server.server_address[1]}/")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server_of
    finally:
        server.shutdown()
        server.server_close()


def main(size: str, built: Path | None) -> None:
    """Print what the site of one size costs, building it first unless it is given."""
    executable = find_chromium()
    with sync_playwright() as playwright, _site(size, built) as site:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        with counted(site) as host:
            _tell(f"Search at size {size}", _SEARCHING, searching(browser, host))
            _tell(f"The page of findings at size {size}", _FIGURES, filtering(browser, host))
            _tell(f"Pages at 360 px, size {size}", _ON_PHONE, on_a_phone(browser, host, site))
        browser.close()


@contextmanager
def _site(size: str, built: Path | None) -> Iterator[Path]:
    if built:
        yield built
        return
    with project_of(size) as project:
        run = run_mkdocs(project, "build", SITE_URL=URL)
        if run.returncode:
            raise SystemExit(run.stdout)
        yield project / "site"


def _tell(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    print(f"\n{title}\n")  # noqa: T201
    print("\n".join(f"| {' | '.join(line)} |" for line in lines))  # noqa: T201


def _kilo(number: float) -> str:
    return f"{number / 1000:.1f} KB"


def _context(browser: Browser, viewport: dict[str, int]) -> BrowserContext:
    size = {"width": viewport["width"], "height": viewport["height"]}
    return browser.new_context(viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]


# Search

_SEARCHING: Final = ("query", "first", "ms", "next", "ms", "next, key by key", "results", "shown")


def searching(browser: Browser, host: Counted) -> Iterator[Sequence[str]]:
    """Give for each query its bytes and milliseconds, as the first of a visit and as the next.

    The first is pasted into the box on the home page and costs all that search fetches, the script
    too; the next comes after a search for another word, and all at once or key by key.
    """
    for name, query in QUERIES:
        page, before = _at_the_box(browser, host)
        first, first_ms = _search(page, host, query)
        told = page.locator("form.search [role=status]").inner_text()
        shown = page.locator(".found li").count()
        page.context.close()
        page, _ = _at_the_box(browser, host)
        _search(page, host, "vulnerable people")
        following, next_ms = _search(page, host, query)
        page.context.close()
        page, _ = _at_the_box(browser, host)
        _search(page, host, "vulnerable people")
        typed, _ = _search(page, host, query, by_key=True)
        page.context.close()
        yield (
            f"{name}: “{query}”",
            f"{_kilo(before + first)}, of it {_kilo(before)} before the first word",
            f"{first_ms:.0f}",
            _kilo(following),
            f"{next_ms:.0f}",
            _kilo(typed),
            told.split()[0],
            str(shown),
        )


def _at_the_box(browser: Browser, host: Counted) -> tuple[Page, int]:
    """Return a new window with the home page and the box ready, and what that box has cost."""
    page = _context(browser, DESKTOP).new_page()
    page.goto(host.url)
    page.wait_for_load_state("networkidle")
    host.taken()
    page.keyboard.press("/")
    page.wait_for_load_state("networkidle")
    time.sleep(0.5)
    return page, host.taken()


_PASTE: Final = """async (box, query) => {
  const panel = document.querySelector(".found");
  const start = performance.now();
  const shown = new Promise((done) => {
    new MutationObserver(() => { if (!panel.hidden) done(performance.now() - start); })
      .observe(panel, { attributes: true, childList: true });
  });
  box.value = query;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return shown;
}"""


def _search(page: Page, host: Counted, query: str, *, by_key: bool = False) -> tuple[int, float]:
    """Search in the box of the header; return the bytes and the milliseconds to results."""
    box = page.get_by_role("searchbox").first
    box.fill("")
    page.locator(".found").wait_for(state="hidden")
    host.taken()
    passed = 0.0
    if by_key:
        box.press_sequentially(query, delay=KEY)
        page.locator(".found:not([hidden]) a").first.wait_for()
    else:
        passed = box.evaluate(_PASTE, query)
    page.wait_for_load_state("networkidle")
    time.sleep(1)
    return host.taken(), passed


# The page of findings

_FIGURES: Final = ("what", "figure")

_CLICK: Final = """async (box) => {
  const start = performance.now();
  box.click();
  await new Promise((done) => { setTimeout(done); });
  const script = performance.now() - start;
  await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
  return [script, performance.now() - start];
}"""


def filtering(browser: Browser, host: Counted) -> Iterator[Sequence[str]]:
    """Give the figures of the page of findings: bytes to first use, a click, the first word."""
    page = _context(browser, DESKTOP).new_page()
    host.taken()
    page.goto(f"{host.url}findings/")
    page.locator("#found [role=status]").wait_for()
    page.wait_for_load_state("networkidle")
    for path, size in host.sent:
        yield f"`{path}`", _kilo(size)
    yield "to first use, all of it", _kilo(host.taken())
    boxes = page.locator("#facets input:not([hidden])")
    places = range(0, boxes.count(), max(1, boxes.count() // CLICKS))
    scripts, painted = [], []
    for place in places[:CLICKS]:
        script, whole = boxes.nth(place).evaluate(_CLICK)
        scripts.append(script)
        painted.append(whole)
        page.wait_for_load_state("networkidle")
        page.locator("#clear").evaluate("(button) => button.click()")
    yield "a click on a filter, script (median)", f"{statistics.median(scripts):.0f} ms"
    yield "a click on a filter, until painted (median)", f"{statistics.median(painted):.0f} ms"
    yield f"{len(scripts)} clicks, texts of results", _kilo(host.taken())
    start = time.perf_counter()
    page.locator("#filters [name=q]").fill("burglary")
    page.locator("#results .row, #remarks p").first.wait_for()
    page.wait_for_load_state("networkidle")
    yield "the first word, to results", f"{(time.perf_counter() - start) * 1000:.0f} ms"
    yield "the first word, all texts", _kilo(host.taken())
    page.context.close()


# The pages that might be too large for a telephone

_ON_PHONE: Final = ("page", "HTML", "compressed", "all of it", "first paint", "scrolls sideways")

_SIDEWAYS: Final = "document.scrollingElement.scrollWidth > innerWidth"
_PAINTED: Final = """performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1"""


def on_a_phone(browser: Browser, host: Counted, site: Path) -> Iterator[Sequence[str]]:
    """Give for each page that lists or tables much what a telephone fetches and shows."""
    for address in _large(site):
        page = _context(browser, PHONE).new_page()
        host.taken()
        page.goto(f"{host.url}{address}")
        page.wait_for_load_state("networkidle")
        path = site / address / "index.html"
        yield (
            f"`/{address}`",
            _kilo(path.stat().st_size),
            _kilo(len(_body(path))),
            _kilo(host.taken()),
            f"{page.evaluate(_PAINTED):.0f} ms",
            "yes" if page.evaluate(_SIDEWAYS) else "no",
        )
        page.context.close()


def _large(site: Path) -> Iterator[str]:
    yield from ("", "compare/", "concerns/", "findings/", "sources/", "changes/", "responses/")
    for pattern in ("rounds/*/", "rounds/*/by-region/", "questions/*/", "themes/*/", "changes/*/"):
        pages = list(site.glob(f"{pattern}index.html"))
        if pages:
            largest = max(pages, key=lambda path: path.stat().st_size)
            yield f"{largest.parent.relative_to(site).as_posix()}/"


if __name__ == "__main__":
    main(
        sys.argv[1] if len(sys.argv) > 1 else "M",
        Path(sys.argv[2]) if len(sys.argv) > 2 else None,
    )
