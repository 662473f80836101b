"""Tests that follow concerns and responses in a real browser, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.test_reading import DESKTOP, INSPECTION, PHONE, resize, style, tab_to
from tests.sites import ROOT, assert_none, build, web_server

CONCERNS: Final = "concerns.html"
RESPONSES: Final = "responses.html"

BY_HAND: Final = {
    "Online child abuse investigation team could not keep up with referrals": (
        "inspections/2022-12-07-north-east-soc/#northumbria-polit-workload"
    ),
    "Not enough capacity for financial investigation": (
        "inspections/2022-12-07-north-east-soc/#cleveland-financial-investigation"
    ),
}
"""Two concerns of 7 December 2022 on which nobody has spoken since, as counted by hand: to the same
day of 2025 there are 365 + 366 + 365 days, and 351 from there to 23 November 2026: 1,447."""


def row(page: Page, title: str) -> Locator:
    """Return the row of the table of concerns that is headed by some words."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader").filter(has_text=title))


@pytest.fixture(scope="module")
def built_for_a_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real site as it is built with ``--as-of 2026-11-23``."""
    folder: Path = tmp_path_factory.mktemp("as-of") / "site"
    with web_server(build(ROOT, folder, PEELSITE_AS_OF="2026-11-23")) as url:
        yield url


@pytest.fixture
def without_scripts(browser: Browser, built_for_a_day: str) -> Iterator[Reader]:
    context = browser.new_context(java_script_enabled=False)
    yield Reader(context.new_page(), built_for_a_day)
    context.close()


@pytest.mark.parametrize("title", BY_HAND)
def test_a_site_built_for_a_day_says_the_days_by_itself(
    without_scripts: Reader, title: str
) -> None:
    page = without_scripts.open(CONCERNS)
    cell = row(page, title).get_by_role("cell").last
    expect(cell).to_have_text("Inspectors, 7 December 2022 (1,447 days)")
    expect(page.get_by_text("Days are counted to 23 November 2026.")).to_be_visible()
    page = without_scripts.open(INSPECTION)
    finding = page.locator(f"[id='{BY_HAND[title].partition('#')[2]}']")
    expect(finding.locator(".silence")).to_contain_text(
        "7 December 2022 (1,447 days, counted to 23 November 2026)"
    )
    assert_none(without_scripts.troubles)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-11-23T00:00:01", "1,447 days"),
        ("2026-11-23T23:59:59", "1,447 days"),
        ("2026-11-24T00:00:01", "1,448 days"),
        ("2022-12-07T12:00:00", "0 days"),
        ("2022-12-08T12:00:00", "1 day"),
    ],
)
@pytest.mark.parametrize("title", BY_HAND)
def test_else_the_browser_puts_in_the_days(fresh: Reader, title: str, now: str, days: str) -> None:
    fresh.page.clock.set_fixed_time(now)
    page = fresh.open(CONCERNS)
    cell = row(page, title).get_by_role("cell").last
    expect(cell).to_have_text(f"Inspectors, 7 December 2022 ({days})")
    assert_none(fresh.troubles)


def test_a_browser_whose_clock_is_before_the_word_says_no_days(fresh: Reader) -> None:
    fresh.page.clock.set_fixed_time("2022-12-06T12:00:00")
    page = fresh.open(CONCERNS)
    for title in BY_HAND:
        cell = row(page, title).get_by_role("cell").last
        expect(cell).to_have_text("Inspectors, 7 December 2022")


def test_a_copy_in_a_folder_says_the_days_too(folder_reader: Reader) -> None:
    page = folder_reader.open(CONCERNS)
    title = next(iter(BY_HAND))
    expect(row(page, title).locator(".age")).to_contain_text("days)")
    assert_none(folder_reader.troubles)


def test_without_scripts_there_is_the_date_and_no_age(reader_without_scripts: Reader) -> None:
    page = reader_without_scripts.open(CONCERNS)
    for title in BY_HAND:
        cell = row(page, title).get_by_role("cell").last
        expect(cell).to_have_text("Inspectors, 7 December 2022")


@pytest.mark.parametrize("title", BY_HAND)
def test_a_concern_is_reached_by_keyboard(fresh: Reader, title: str) -> None:
    page = fresh.open(CONCERNS)
    tab_to(page, page.get_by_role("link", name=title))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{BY_HAND[title]}")
    assert_none(fresh.troubles)


def test_the_calendar_is_taken_by_keyboard(fresh: Reader) -> None:
    page = fresh.open(RESPONSES)
    tab_to(page, page.get_by_role("link", name="Download the calendar"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "all.ics"
    calendar = Calendar.from_ical(Path(download.value.path()).read_bytes())
    summaries = {str(each["summary"]) for each in calendar.walk("VEVENT")}
    assert "Response due: Northumbria Police and Crime Commissioner" in summaries


def test_from_a_clock_one_comes_to_what_is_known_of_it(fresh: Reader) -> None:
    page = fresh.open(RESPONSES)
    told = page.get_by_role("table").first
    link = told.get_by_role("link", name="North East, organised crime, 2022").first
    tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inspections/2022-12-07-north-east-soc/#responses")
    heading = page.get_by_role("heading", name="Who must answer, and by when")
    expect(heading).to_be_in_viewport()
    section = page.get_by_role("region", name="Who must answer, and by when")
    expect(section).to_contain_text("The last day in time: 31 January 2023.")


@pytest.mark.parametrize(("listed", "table"), [(CONCERNS, ".silences"), (RESPONSES, ".clocks")])
def test_on_a_phone_each_row_is_a_card_that_names_its_values(
    fresh: Reader, listed: str, table: str
) -> None:
    page = fresh.open(listed)
    first = page.locator(f"{table} tbody tr").first
    cells = first.locator("td")
    resize(page, DESKTOP)
    assert style(cells.first, "display") == "table-cell"
    resize(page, PHONE)
    assert style(cells.first, "display") == "block"
    assert cells.count() >= 3
    for cell in cells.all():
        assert (cell.get_attribute("data-label") or "?") in style(cell, "content", "::before")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert_none(fresh.troubles)
