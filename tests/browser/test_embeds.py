"""Tests of the small pages in a real browser, in frames on another site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.conftest import Reader
from tests.browser.test_reading import DESKTOP, PHONE, WIDER, resize, style, violations
from tests.sites import assert_none, web_server

EMBEDS: Final = (
    "embed/forces/northumbria/",
    "embed/forces/lincolnshire/",
    "embed/units/nerou/",
    "embed/units/tarian/",
    "embed/regions/north-east/",
    "embed/inspections/2022-12-07-north-east-soc/",
    "embed/inspections/2017-03-02-peel-effectiveness-2016/",
)
"""The longest, the shortest, and those with doubts and without a grade."""

Scheme = Literal["light", "dark"]

HOST: Final = """<!doctype html><html lang="en"><title>A newspaper</title>
<link rel="icon" href="data:,"><main><h1>News</h1>{code}</main></html>"""


class Elsewhere:
    """A page of another site, with the HTML that ours offers. ``asked`` is what was fetched."""

    def __init__(self, page: Page, folder: Path, url: str) -> None:
        self.page = page
        self.folder = folder
        self.url = url
        self.troubles: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.troubles.append(message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def show(self, code: str) -> Frame:
        """Open the page with this HTML in it, and return the frame, loaded."""
        (self.folder / "index.html").write_text(HOST.format(code=code), encoding="utf-8")
        self.page.goto(self.url, wait_until="networkidle")
        [frame] = self.page.frames[1:]
        return frame


@pytest.fixture
def elsewhere(browser: Browser, tmp_path: Path) -> Iterator[Elsewhere]:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    with web_server(tmp_path, prefix="/") as url:
        yield Elsewhere(context.new_page(), tmp_path, url)
    context.close()


def code_for(url: str, width: int = 304, height: int = 480) -> str:
    return f'<iframe src="{url}" title="Ratings" width="{width}" height="{height}"></iframe>'


@pytest.mark.parametrize("embed", EMBEDS)
def test_a_frame_on_another_site_shows_it_whole(
    elsewhere: Elsewhere, home: str, embed: str
) -> None:
    frame = elsewhere.show(code_for(home + embed))

    expect(frame.locator("h1")).to_be_visible()
    expect(frame.locator("footer")).to_contain_text("This is not HMICFRS.")
    assert frame.evaluate("document.scripts.length") == 0
    assert not frame.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert_none(frame.evaluate(WIDER))
    assert_none(elsewhere.troubles)
    ours = {url.removeprefix(home) for url in elsewhere.asked if url.startswith(home)}
    assert ours - {"assets/icon.svg"} == {embed, "assets/embed.css"}


def test_it_follows_light_and_dark(elsewhere: Elsewhere, home: str) -> None:
    colours = {}
    for scheme in ("light", "dark"):
        elsewhere.page.emulate_media(color_scheme=scheme)
        body = elsewhere.show(code_for(home + EMBEDS[0])).locator("body")
        colours[scheme] = [style(body, "backgroundColor"), style(body, "color")]

    assert colours == {
        "light": ["rgb(251, 248, 242)", "rgb(31, 27, 22)"],
        "dark": ["rgb(23, 21, 18)", "rgb(236, 230, 218)"],
    }


def test_grades_are_seen_in_forced_colours(elsewhere: Elsewhere, home: str) -> None:
    elsewhere.page.emulate_media(forced_colors="active")
    frame = elsewhere.show(code_for(home + "embed/units/nerou/"))
    ink = style(frame.locator("body"), "color")

    assert style(frame.locator("body"), "backgroundColor") != ink
    assert style(frame.locator(".segments .on").first, "fill") == ink
    assert style(frame.locator(".segments path:not(.on)").first, "fill") == "none"
    assert style(frame.locator(".segments path").first, "stroke") == ink


def test_its_link_opens_the_real_page_beside_by_keyboard(elsewhere: Elsewhere, home: str) -> None:
    frame = elsewhere.show(code_for(home + "embed/units/nerou/"))
    link = frame.get_by_role("link", name="Sources, findings and history")
    link.focus()
    assert style(link, "outlineStyle") == "solid"
    with elsewhere.page.context.expect_page() as opened:
        elsewhere.page.keyboard.press("Enter")

    expect(opened.value).to_have_url(f"{home}units/nerou/")
    assert elsewhere.page.url == elsewhere.url


# The HTML that a page offers


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("path", ["units/nerou.html", "inspections/2022-12-07-north-east-soc.html"])
def test_the_page_offers_html_that_works(
    fresh: Reader, elsewhere: Elsewhere, path: str, width: int
) -> None:
    """Only its first part differs: the tests serve the site at another host."""
    page = fresh.open(path)
    resize(page, width)
    page.locator(".embed-this summary").press("Enter")
    code = page.locator("#embed-code").inner_text()
    assert_none(page.evaluate(WIDER))
    assert_none(violations(page))

    assert code.startswith(f'<iframe src="https://example.org/repo/embed/{path[:-5]}/" ')
    frame = elsewhere.show(code.replace("https://example.org/repo/", fresh.home))
    expect(frame.locator("h1")).to_be_visible()
    assert elsewhere.page.locator("iframe").get_attribute("title")
    assert_none(elsewhere.page.evaluate(WIDER))


def test_one_rating_needs_no_scrolling(fresh: Reader, elsewhere: Elsewhere) -> None:
    for address in ("units/nerou.html", "units/tarian.html", "regions/south-west.html"):
        code = fresh.open(address).locator("#embed-code").text_content() or ""
        frame = elsewhere.show(code.replace("https://example.org/repo/", fresh.home))
        assert not frame.evaluate("document.documentElement.scrollHeight > innerHeight"), address


def test_the_preview_is_the_small_page(fresh: Reader) -> None:
    page = fresh.open("forces/northumbria.html")
    page.locator(".embed-this summary").click()
    page.get_by_role("link", name="Preview").click()

    expect(page).to_have_url(f"{fresh.home}embed/forces/northumbria/")
    expect(page.locator("h1")).to_have_text("Northumbria Police")


def test_the_html_can_be_copied(fresh: Reader) -> None:
    fresh.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = fresh.open("forces/northumbria.html")
    page.locator(".embed-this summary").click()
    page.locator(".embed-this").get_by_role("button").press("Enter")
    expect(page.locator(".told")).to_have_text("Copied.")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#embed-code").text_content()


def test_without_scripts_there_is_no_dead_button(reader_without_scripts: Reader) -> None:
    page = reader_without_scripts.open("forces/northumbria.html")
    page.locator(".embed-this summary").click()

    expect(page.locator("#embed-code")).to_be_visible()
    expect(page.locator(".embed-this button")).to_be_hidden()


def test_it_opens_from_a_folder(folder_reader: Reader) -> None:
    page = folder_reader.open("embed/forces/northumbria.html")

    assert style(page.locator("body"), "backgroundColor") == "rgb(251, 248, 242)"
    assert urljoin(page.url, page.get_by_role("link").get_attribute("href") or "").endswith(
        "/forces/northumbria.html"
    )
    assert_none(folder_reader.troubles)
