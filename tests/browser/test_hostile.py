"""Tests of a site of hostile content in a real browser: nothing runs, is fetched or refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Reader
from tests.hostile import HARMLESS, attacked
from tests.problems import BASE
from tests.sites import assert_none, build, copy_project, web_server

WATCH: Final = """
window.seen = [];
window.pwned = () => window.seen.push("pwned");
addEventListener("securitypolicyviolation", (event) => window.seen.push(
  `${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""
"""Notes a script of the content that runs, and whatever the policy of the page keeps from it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with an attack in every text, each in several."""
    folder = tmp_path_factory.mktemp("hostile")
    parts = cycle([" ".join(HARMLESS[at : at + 2]) for at in range(0, len(HARMLESS), 2)])
    project = copy_project(folder / "project", attacked(BASE, folder, lambda: next(parts)))
    page = "# {{ config }}\n\n`<script>pwned()</script>` [a][b] &lt;script>pwned()&lt;/script>\n"
    (project / "content" / "pages" / "about.md").write_text(page, encoding="utf-8")
    return build(project, folder / "site", SITE_URL="https://example.org/repo/")


@pytest.fixture
def attacked_reader(browser: Browser, site: Path) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_init_script(WATCH)
    with web_server(site) as home:
        reader = Reader(context.new_page(), home)
        reader.page.on("dialog", lambda dialog: reader.troubles.append(dialog.message))
        yield reader
    context.close()


def test_nothing_runs_on_any_page(attacked_reader: Reader, site: Path) -> None:
    pages = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    addresses = sorted(page for page in pages if page != "404.html")  # which is at no address
    assert len(addresses) > 50
    assert any(address.startswith("embed/") for address in addresses)
    told: list[str] = []
    for address in addresses:
        page = attacked_reader.open(address)
        page.wait_for_load_state("load")
        told += [f"{address}: {each}" for each in attacked_reader.troubles]
        told += [f"{address}: {each}" for each in page.evaluate("window.seen")]
    assert_none(told)


def test_nothing_runs_in_what_scripts_show(attacked_reader: Reader) -> None:
    """The search of every page, the page of search, and the filter of findings make HTML too."""
    page = attacked_reader.open("index.html")
    for address in ("search/?q=script", "search/?q=img", "findings/?q=script", "compare/"):
        page.goto(attacked_reader.home + address)
        page.wait_for_load_state("networkidle")
        if address.startswith("search"):
            expect(page.locator("main [role=status]").first).to_contain_text("result")
        assert_none(attacked_reader.troubles)
        assert_none(page.evaluate("window.seen"))


def test_it_would_be_seen_if_a_script_ran(attacked_reader: Reader, site: Path) -> None:
    (site / "pwned.html").write_text(
        "<!doctype html><p>a<script>pwned()</script>", encoding="utf-8"
    )
    page = attacked_reader.page
    page.goto(f"{attacked_reader.home}pwned.html")
    assert page.evaluate("window.seen") == ["pwned"]
    (site / "pwned.html").unlink()
