"""The pack for a meeting: on paper, by keyboard, on a phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Reader
from tests.browser.test_reading import in_sight, tab_to
from tests.sites import ROOT, assert_none, build, web_server

FORCE: Final = "forces/northumbria/pack.html"
PACKS: Final = (
    FORCE,
    "forces/durham/pack.html",
    "units/nerou/pack.html",
    "forces/merseyside/pack.html",
    "forces/btp/pack.html",
    "units/swrocu/pack.html",
)


def printed(page: Page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(format="A4")))


def words(paper: PdfReader) -> str:
    return squeezed("".join(side.extract_text() for side in paper.pages))


def squeezed(text: str) -> str:
    """Return a text without white space and ligatures: on paper, words are set as they fit."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@contextmanager
def site_of(folder: Path, **variables: str) -> Iterator[str]:
    with web_server(build(ROOT, folder, SITE_URL="https://example.org/repo/", **variables)) as url:
        yield url


# On paper


def test_northumbria_has_two_sides_of_paper(fresh: Reader) -> None:
    paper = printed(fresh.open(FORCE))

    assert len(paper.pages) == 2
    for side in paper.pages:
        assert [round(float(each)) for each in side.mediabox[2:]] == [596, 843]
        assert len(side.extract_text()) > 1000


def test_it_has_two_sides_too_when_it_was_built_for_a_day(browser: Browser, tmp_path: Path) -> None:
    with (
        site_of(tmp_path / "site", PEELSITE_AS_OF="2026-11-23") as home,
        closing(browser.new_context(java_script_enabled=False)) as context,
    ):
        paper = printed(Reader(context.new_page(), home).open(FORCE))

    assert len(paper.pages) == 2
    assert words(paper).count(squeezed("(1,447 days, counted to 23 November 2026)")) == 3


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_is_cut_off_on_paper(fresh: Reader, pack: str) -> None:
    page = fresh.open(pack)
    there = page.locator(".pack").locator(PRINTED).all_inner_texts()
    there += page.locator(".pack-sources a").evaluate_all("all => all.map((a) => a.href)")

    paper = words(printed(page))

    assert len(there) > 10
    assert_none([text for text in there if squeezed(text) not in paper])


PRINTED: Final = "h1, h2, h3, p, dd, tbody th, td time, .grade-word, .pack li:not(li[id]), cite"
"""All that is written in a pack; after the title of a source paper has its address."""


def test_the_columns_of_ratings_are_headed_on_paper(fresh: Reader) -> None:
    assert "QuestionGradePublishedEvidence" in words(printed(fresh.open(FORCE)))


def test_every_concern_is_printed_with_a_question(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    titles = page.locator(".pack-concern h3").all_inner_texts()
    questions = page.locator(".asked li").all_inner_texts()

    paper = words(printed(page))

    assert len(titles) == 3
    assert len(questions) == 4
    for text in (*titles, *questions):
        assert squeezed(text) in paper
    assert all(each.endswith("?") for each in questions)


def test_paper_says_where_it_is_from_and_nothing_about_the_site(fresh: Reader) -> None:
    paper = words(printed(fresh.open(FORCE)))

    for there in (
        "From peelsite, https://example.org/repo/forces/northumbria/pack/",
        "Data as of",
        "This is not HMICFRS",
        "1 / 2",
    ):
        assert squeezed(there) in paper
    for not_there in ("Skip to the content", "Edit this page", "Breadcrumb", "Accessibility"):
        assert squeezed(not_there) not in paper


def test_praised_work_has_the_size_of_concerns(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        sizes = [
            page.locator(where).first.evaluate("e => getComputedStyle(e).font")
            for where in (".pack-concern h3 a", ".pack-praised a")
        ]
        assert sizes[0] == sizes[1]


# On a screen


def test_the_pack_is_reached_and_its_sources_are_by_keyboard(fresh: Reader) -> None:
    page = fresh.open("forces/northumbria.html")
    tab_to(page, page.get_by_role("link", name="Pack for a meeting"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{fresh.home}forces/northumbria/pack/")
    expect(page.locator("h1")).to_have_text("Northumbria Police: pack for a meeting")
    tab_to(page, page.locator(".pack-concern .cited").first)
    page.keyboard.press("Enter")
    in_sight(page.locator(".pack-sources li:target"))
    crumbs = page.get_by_role("navigation", name="Breadcrumb")
    expect(crumbs.get_by_role("listitem")).to_have_text(
        ["Home", "Northumbria", "Pack for a meeting"]
    )


def test_a_body_of_which_nothing_is_known_has_a_page_that_says_so(fresh: Reader) -> None:
    text = fresh.open("units/swrocu/pack.html").locator(".pack").inner_text()

    for said in (
        "No rating in the sources we hold. That does not mean that inspectors gave none.",
        "No open concern in the sources we hold. That does not mean that inspectors had none.",
        "No praised work in the sources we hold. That does not mean that inspectors praised none.",
        "A unit has no local policing body of its own",
    ):
        assert said in text
