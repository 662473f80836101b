"""Tests of what changed, corrections and feeds in a real browser, by keyboard and on a phone."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from peelsite.catalogue import Body, Correction, join
from peelsite.load import load
from tests.browser.conftest import Reader
from tests.browser.test_reading import DESKTOP, PHONE, WIDER, resize, style
from tests.sites import ROOT, assert_none

CHANGES: Final = "changes/index.html"
YEAR: Final = "changes/2022.html"
CORRECTIONS: Final = "corrections.html"
FEEDS: Final = "feeds/index.html"
WORKLOAD: Final = "Online child abuse investigation team could not keep up with referrals"

PAGES: Final = (CHANGES, YEAR, CORRECTIONS, FEEDS)


@cache
def corrected() -> tuple[Correction, Body]:
    """Return a correction of the real content, and a body that it is about."""
    return next(
        (correction, about)
        for correction in join(load(ROOT / "content")).corrections
        for about in correction.about
        if isinstance(about, Body)
    )


def tab_to(page: Page, link: Locator) -> None:
    """Press Tab until ``link`` has the focus, which must be seen."""
    expect(link).to_have_count(1)
    for _ in range(page.locator("a, button, input, summary").count()):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    assert style(link, "outlineStyle") == "solid"


def follow(page: Page, link: Locator) -> None:
    """Go to ``link`` and open it by keyboard alone."""
    tab_to(page, link)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_reader_goes_from_a_year_to_what_was_said_in_it(fresh: Reader, width: int) -> None:
    page = fresh.open(CHANGES)
    resize(page, width)
    years = page.get_by_role("navigation", name="Changes by year")

    follow(page, years.get_by_role("link", name="2022", exact=True))
    expect(page).to_have_url(f"{fresh.home}changes/2022/")
    expect(years.locator("[aria-current=page]")).to_have_text("2022")
    december = page.get_by_role("region", name="December 2022")
    entry = december.get_by_role("listitem").filter(has_text=WORKLOAD)
    expect(entry).to_contain_text("Action planned · Northumbria")
    expect(entry).to_contain_text("7 December 2022 · inspectors · Chronicle Live Press only")
    expect(entry).to_contain_text("read for this site on")

    follow(page, entry.get_by_role("link", name=WORKLOAD))
    expect(page).to_have_url(re.compile(r"/inspections/[^/]+/#northumbria-polit-workload$"))
    expect(page.locator(":target")).to_be_in_viewport()
    assert_none(fresh.troubles)


def test_what_has_no_date_stands_last_under_its_own_heading(fresh: Reader) -> None:
    page = fresh.open(CHANGES)
    headings = page.locator("main h2").all_inner_texts()

    assert headings[-1] == "Date not known"
    entries = page.get_by_role("region", name="Date not known").get_by_role("listitem")
    assert entries.count() > 0
    for text in entries.all_inner_texts():
        assert "date not known" in text


def test_a_correction_is_found_at_the_place_of_the_mistake_and_back(fresh: Reader) -> None:
    correction, body = corrected()
    page = fresh.open(f"{body.kind.value}s/{body.id}.html")
    note = page.get_by_role("region", name="Corrected on this page")

    follow(page, note.locator(f"a[href$='corrections/#{correction.id}']"))
    expect(page).to_have_url(f"{fresh.home}corrections/#{correction.id}")
    told = page.locator(f"article#{correction.id}")
    expect(told).to_be_in_viewport()
    for words in ("Where it stood", "What was wrong", "What is right"):
        expect(told.get_by_text(words, exact=True)).to_be_visible()

    follow(page, told.get_by_role("link", name=body.short, exact=True))
    expect(page.locator("h1")).to_have_text(body.name)
    assert_none(fresh.troubles)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("What changed", "feeds/all.xml"),
        ("Northumbria", "feeds/forces/northumbria.xml"),
        ("North East", "feeds/regions/north-east.xml"),
    ],
)
def test_a_feed_is_reached_by_keyboard(fresh: Reader, name: str, file: str) -> None:
    page = fresh.open(FEEDS)
    link = page.locator("main").get_by_role("link", name=name, exact=True)

    with page.expect_response(re.compile(r"\.xml$")) as answer:
        follow(page, link.and_(page.locator("[href$='.xml']")))
    assert answer.value.url == f"{fresh.home}{file}"
    assert answer.value.status == 200
    assert "xml" in (answer.value.header_value("content-type") or "")
    assert b'<feed xmlns="http://www.w3.org/2005/Atom"' in answer.value.body()


def test_a_copy_in_a_folder_says_that_it_has_no_feeds(folder_reader: Reader) -> None:
    page = folder_reader.open(FEEDS)

    expect(page.locator(".note")).to_contain_text("no address on the web")
    expect(page.locator("a[href$='.xml']")).to_have_count(0)
    page.locator(".note").get_by_role("link", name="What changed").press("Enter")
    expect(page.locator("h1")).to_have_text("What changed")
    assert_none(folder_reader.troubles)


@pytest.mark.parametrize("told", PAGES)
def test_a_phone_needs_no_sideways_scrolling(reader: Reader, told: str) -> None:
    page = reader.open(told)
    resize(page, PHONE)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert_none(page.evaluate(WIDER))
    assert_none(reader.troubles)
