"""Tests in a real browser that nothing moves away from the reader when scripts arrive late."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Reader
from tests.browser.test_reading import DESKTOP, PHONE, resize
from tests.sites import assert_none
from tests.tools import JUDGED

LATE = 0.4
"""Seconds that each script comes late: the page is seen by then."""

LINE = 27
"""Pixels from one line of ordinary text to the next."""

WATCH = """
    window.moved = [];
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries()) {
        moved.push(...sources.map(({ node }) => node?.id || node?.className || node?.nodeName));
      }
    }).observe({ type: "layout-shift", buffered: true });
"""
"""Notes whatever changes its place in the window, and what it is called."""


def _late(route: Route) -> None:
    time.sleep(LATE)
    route.continue_()


def _moved(page: Page) -> list[str]:
    """Return what changed its place, once it has been drawn."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    found: list[str] = page.evaluate("moved")
    return found


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("address", JUDGED.values(), ids=JUDGED)
def test_what_is_seen_stays_where_it_is(fresh: Reader, address: str, width: int) -> None:
    resize(fresh.page, width)
    fresh.page.add_init_script(WATCH)
    fresh.page.route("**/*.js", _late)
    fresh.page.goto(fresh.home + address, wait_until="networkidle")
    assert_none(_moved(fresh.page))


@pytest.mark.parametrize("width", [320, DESKTOP])
@pytest.mark.parametrize("address", ["findings/", "compare/"])
def test_where_no_script_comes_the_sentence_that_says_so_has_room(
    fresh: Reader, address: str, width: int
) -> None:
    page = fresh.page
    resize(page, width)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(fresh.home + address)
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    told = page.locator("#without-script").bounding_box()
    below = page.locator("main h2:visible").first.bounding_box()
    assert told
    assert below
    assert 0 < below["y"] - (told["y"] + told["height"]) < told["height"] + 8 * LINE


def test_what_moves_is_noted(fresh: Reader) -> None:
    fresh.page.add_init_script(WATCH)
    fresh.page.goto(fresh.home)
    fresh.page.evaluate("document.querySelector('h1').before(document.createElement('hr'))")
    assert _moved(fresh.page)
