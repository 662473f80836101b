"""Tests that follow old addresses in a real browser, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Reader
from tests.sites import ROOT, assert_none, build, copy_project, web_server

SMALL: Final = ROOT / "tests" / "small_site" / "content"

NOW: Final = {
    "forces/north-shire": "forces/northshire",
    "forces/shire-of-north/record": "forces/northshire/record",
    "embed/forces/north-shire": "embed/forces/northshire",
    "inspections/2023-vale": "inspections/2023-06-15-crime",
    "inspections/2023-vale/cite": "inspections/2023-06-15-crime/cite",
    "themes/phones": "themes/telephones",
    "questions/ringers": "questions/callers",
    "rounds/round-two/by-region": "rounds/second/by-region",
}
"""The addresses of now, by those of before."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project with the small site, in which something of each kind has moved."""
    return copy_project(tmp_path_factory.mktemp("moved") / "project", SMALL)


@pytest.fixture(scope="module", params=["web", "folder"])
def top(
    request: pytest.FixtureRequest, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give the URL of the top of the site: on a web server, and in a folder."""
    folder = tmp_path_factory.mktemp("built") / "a site"
    if request.param == "folder":
        build(project, folder, PEELSITE_DIRECTORY_URLS="false")
        yield f"{folder.as_uri()}/"
        return
    with web_server(build(project, folder, SITE_URL="https://example.org/repo/")) as url:
        yield url


@pytest.fixture
def with_scripts(browser: Browser, top: str) -> Iterator[Reader]:
    context = browser.new_context(reduced_motion="reduce")
    yield Reader(context.new_page(), top)
    context.close()


@pytest.fixture
def without_scripts(browser: Browser, top: str) -> Iterator[Reader]:
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
    yield Reader(context.new_page(), top)
    context.close()


def follow(reader: Reader, old: str, anchor: str = "", kept: str = "") -> Page:
    """Go to an address of before, and return the page when the reader is where it leads.

    ``kept`` is the anchor that the reader has then.
    """
    end = "/" if reader.home.startswith("http") else ".html"
    reader.page.goto(f"{reader.home}{old}{end}{anchor}", wait_until="commit")
    expect(reader.page).to_have_url(f"{reader.home}{NOW[old]}{end}{kept}")
    assert_none(reader.troubles)
    return reader.page


@pytest.mark.parametrize("old", NOW)
def test_an_old_address_leads_to_the_new_one(with_scripts: Reader, old: str) -> None:
    follow(with_scripts, old)


@pytest.mark.parametrize("old", NOW)
def test_it_does_without_scripts_too(without_scripts: Reader, old: str) -> None:
    follow(without_scripts, old)


@pytest.mark.parametrize("anchor", ["#northshire-horse", "#north-shire-one-horse"])
@pytest.mark.parametrize("old", ["inspections/2023-vale", "inspections/2023-vale/cite"])
def test_an_old_anchor_leads_to_the_finding(with_scripts: Reader, old: str, anchor: str) -> None:
    page = follow(with_scripts, old, anchor, anchor)
    finding = page.locator("#northshire-horse")
    expect(finding).to_be_in_viewport()
    expect(finding).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_without_scripts_the_top_of_the_page_is_shown(without_scripts: Reader) -> None:
    page = follow(without_scripts, "inspections/2023-vale", "#northshire-horse")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_the_way_back_does_not_lead_forward_again(with_scripts: Reader) -> None:
    reader = with_scripts
    reader.open("index.html")
    page = follow(reader, "themes/phones")
    page.go_back()
    expect(page).to_have_title("What inspectors found about the police · peelsite")


def test_who_is_not_led_on_has_a_link(with_scripts: Reader) -> None:
    """Where a browser leads nobody on, the way is in sight."""
    page = with_scripts.page
    page.route("**/moved.js", lambda route: route.fulfill(body=""))
    end = "/" if with_scripts.home.startswith("http") else ".html"
    page.goto(f"{with_scripts.home}themes/phones{end}")
    page.get_by_role("link", name="Telephones", exact=True).click()
    expect(page).to_have_url(f"{with_scripts.home}themes/telephones{end}")
