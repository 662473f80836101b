"""Lists that grow with the content, over numbered pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from peelsite.build import build, know
from peelsite.pages import numbered, reference
from peelsite.pages.numbered import Numbered, over_pages
from peelsite.render import Rendered
from tests.sites import ROOT, Html, words_of

SMALL = ROOT / "tests" / "small_site" / "content"


@cache
def whole() -> dict[str, Rendered]:
    return {each.page.address: each for each in made(SMALL)}


def made(content: Path) -> list[Rendered]:
    site = build(know(content), ROOT / "templates")
    return [site.render(page, {}) for page in site.pages if page.template in LISTING]


LISTING = {
    f"pages/{name}.html" for name in ("home", "concerns", "theme", "sources", "sources_in_full")
}


@pytest.fixture
def split(monkeypatch: pytest.MonkeyPatch) -> dict[str, Rendered]:
    """Build the small site with two entries on a page."""
    whole()
    monkeypatch.setattr(numbered, "PER_PAGE", 2)
    monkeypatch.setattr(reference, "SOURCES_PER_PAGE", 2)
    return {each.page.address: each for each in made(SMALL)}


def html(rendered: Rendered) -> Html:
    return Html("index.html", f"<!doctype html><title>x</title><main>{rendered.html}</main>")


@pytest.mark.parametrize("number", [0, 1, 3, 4, 7])
def test_every_entry_stands_once_and_in_order(number: int) -> None:
    pages = list(over_pages("lists/index", range(number), 3))
    assert [entry for page in pages for entry in page.entries] == list(range(number))
    assert [page.address for page in pages] == [
        "lists/index",
        *(f"lists/{each}" for each in range(2, len(pages) + 1)),
    ]
    assert all(0 < len(page.entries) <= 3 for page in pages) or number == 0
    assert {page.total for page in pages} == {number}
    assert [page.start for page in pages] == [each * 3 + 1 for each in range(len(pages))]
    assert pages[-1].end == number


def test_the_concerns_go_on_over_pages(split: dict[str, Rendered]) -> None:
    first: Numbered[object] = whole()["concerns"].page.given["listed"]
    assert first.is_whole
    assert "concerns/2" not in whole()
    on_pages = [split[address] for _, address in split["concerns"].page.given["listed"].addresses]
    assert len(on_pages) > 1
    shown = [entry.title for each in on_pages for entry in each.page.given["listed"].entries]
    listed: Numbered[object] = whole()["concerns"].page.given["listed"]
    assert shown == [entry.title for entry in listed.entries]  # type: ignore[attr-defined]
    told = [words_of(p) for p in html(on_pages[1]).elements("p") if p.get("class") == "part"]
    assert told == [
        f"Concerns 3 to {min(4, len(shown))} of {len(shown)}, on {len(on_pages)} pages."
    ]
    assert on_pages[1].page.above == ("concerns", "Concerns")


def test_a_theme_over_pages_is_short_and_leads_to_each_finding(split: dict[str, Rendered]) -> None:
    long = [each for address, each in split.items() if address.startswith("themes/")]
    long = [each for each in long if not each.page.given.get("listed", ONE).is_whole]
    assert long
    for each in long:
        page = html(each)
        assert not page.elements("article")
        titles = [a for a in page.elements("a") if a.get("class") == "brief-title"]
        items = each.page.given["listed"].entries
        assert {words_of(a) for a in titles} == {item.title for item in items}


ONE: Numbered[object] = next(over_pages("x", ()))


def test_each_source_keeps_its_address_and_leads_to_all_of_it(split: dict[str, Rendered]) -> None:
    before = html(whole()["sources"])
    ids = [each.get("id") for each in before.elements("article")]
    after = html(split["sources"])
    assert [each.get("id") for each in after.elements("li") if each.get("id")] == ids
    links = {a.get("href", "").split("sources/")[-1] for a in after.elements("a")}
    for number in range(1, -(-len(ids) // 2) + 1):
        in_full = html(split[f"sources/{number}"])
        for article in in_full.elements("article"):
            assert f"{number}/#{article.get('id')}" in {
                link.split("sources/")[-1] for link in links
            }


def test_the_home_page_tells_a_part_and_how_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("peelsite.pages.records._FINDINGS", 1)
    [home] = [each for each in made(SMALL) if each.page.address == "index"]
    page = html(home)
    assert page.link(f"All {home.page.given['number_open']} open concerns") == "concerns/"
    assert page.link("All praised work") == "findings/?kind=praised"
    assert len(home.page.given["concerns"]) == 1
    assert "All praised work" not in whole()["index"].html
