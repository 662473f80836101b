"""Whether everyone can use the pages: all of them, in every state a reader may have them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CONTENTS, Reader, ReaderOfBoth, everywhere
from tests.browser.test_reading import WIDER, WITH_SCRIPTS, resize, violations
from tests.sites import assert_none, build, copy_project

WIDTHS: Final = (320, 768, 1280)

COLOURS: Final[dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}

AS_IT_IS: Final[dict[str, Any]] = COLOURS["light"]


def test_every_page_is_among_those_that_are_tested(tmp_path: Path) -> None:
    built = set[tuple[str, str]]()
    for site, content in CONTENTS.items():
        project = copy_project(tmp_path / site, content)
        folder = build(project, tmp_path / "built" / site, PEELSITE_DIRECTORY_URLS="false")
        for path in folder.rglob("*.html"):
            if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8"):  # leads on at once
                built.add((site, path.relative_to(folder).as_posix()))
    assert built == set(everywhere())


# What axe finds

OF_COLOURS: Final = ("color-contrast", "link-in-text-block", "target-size")
"""The rules whose outcome can depend on the colours, or on the borders that forced ones add."""

CONTRAST: Final[dict[str, Any]] = {
    "runOnly": {"type": "rule", "values": OF_COLOURS},
}

ALL_BUT_CONTRAST: Final[dict[str, Any]] = {
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
}


def test_page_has_no_violation(
    reader_of_both: ReaderOfBoth,
    bare_reader_of_both: ReaderOfBoth,
    anywhere: tuple[str, str],
    record_property: Callable[[str, object], None],
) -> None:
    """Nor has it any without scripts: where the HTML is the same, contrast is what it was."""
    page, bare = (each.open_at(*anywhere) for each in (reader_of_both, bare_reader_of_both))
    expect(page.locator("h1")).to_be_visible()
    assert_none(reader_of_both.troubles)
    found = list(in_every_state(page))
    if anywhere[1] in WITH_SCRIPTS:
        found += in_every_state(bare)
    else:
        assert page.evaluate(SHARED) == bare.evaluate(SHARED)
        found += in_every_width(bare)
    record_property("states", 2 * len(WIDTHS) * len(COLOURS))
    assert_none(found)


SHARED: Final = """() => {
  const body = document.body.cloneNode(true);
  body.querySelectorAll(".deed").forEach((button) => { button.hidden = false; });
  body.querySelectorAll(".age").forEach((age) => { age.textContent = ""; });
  return body.outerHTML;
}"""
"""Gives the HTML of a page but for what scripts do to all of them."""


def in_every_state(page: Page, within: str = "html") -> Iterator[str]:
    """Give what is wrong with a page, or a part of it, at each width and in all colours."""
    for width in WIDTHS:
        resize(page, width)
        for name, colours in COLOURS.items():
            page.emulate_media(**colours)
            rules = {} if colours == AS_IT_IS else CONTRAST
            yield from (f"{width} px, {name}: {each}" for each in violations(page, within, **rules))
        page.emulate_media(**AS_IT_IS)


def in_every_width(page: Page) -> Iterator[str]:
    """Give what but contrast is wrong with a page at each width, and where."""
    for width in WIDTHS:
        resize(page, width)
        found = violations(page, **ALL_BUT_CONTRAST)
        yield from (f"{width} px, without scripts: {each}" for each in found)


# Text as large and as spread as a reader wants it


def test_text_is_whole_however_it_is_set(
    reader_of_both: ReaderOfBoth, anywhere: tuple[str, str]
) -> None:
    """At every width: as it is, twice as large, and spread as WCAG 1.4.12 has it."""
    page = reader_of_both.open_at(*anywhere)
    found = [f"as it is, {each}" for each in lost(page)]
    set_text(page, size=2)
    found += [f"twice as large, {each}" for each in lost(page)]
    set_text(page, size=1)
    page.evaluate(SPREAD)
    found += [f"spread, {each}" for each in lost(page)]
    assert_none(found)


def set_text(page: Page, *, size: int) -> None:
    """Set the size of text in the settings of the browser, as a multiple of the usual one."""
    session = page.context.new_cdp_session(page)
    sizes = {"standard": 16 * size, "fixed": 13 * size}
    session.send("Page.setFontSizes", {"fontSizes": sizes})
    session.detach()


SPREAD: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets.push(sheet);
}"""


def lost(page: Page) -> Iterator[str]:
    """Give what is wider than the window at each width, and what is cut off."""
    for width in WIDTHS:
        resize(page, width)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"{width} px: the page scrolls sideways"
        yield from (f"{width} px: {each}" for each in page.evaluate(WIDER))
        yield from (f"{width} px: cut off: {each}" for each in page.evaluate(CUT_OFF))


CUT_OFF: Final = """() => {
  const hides = (overflow) => ["hidden", "clip"].includes(overflow);
  const cuts = (e, { overflowX, overflowY }) =>
    (hides(overflowX) && e.scrollWidth > e.clientWidth + 1) ||
    (hides(overflowY) && e.scrollHeight > e.clientHeight + 1);
  return [...document.querySelectorAll("body *:not(svg)")]
    .filter((e) => e.checkVisibility() && !e.closest(".unseen, thead, caption"))
    .filter((e) => cuts(e, getComputedStyle(e)))
    .map((e) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 60)}`);
}"""
"""Gives the elements that hide a part of what is in them; some are for the ear alone."""


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("width: 40rem", "the page scrolls sideways"),
        ("width: 3rem; overflow: hidden; white-space: nowrap", "cut off: P"),
        ("height: 1rem; overflow: clip", "cut off: P"),
    ],
)
def test_text_that_is_not_whole_is_told(fresh: Reader, style: str, fault: str) -> None:
    page = fresh.open("about.html")
    page.locator("main p").first.evaluate("(p, style) => { p.style.cssText = style }", style)
    assert any(fault in each for each in lost(page))


# The focus


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_the_focus_goes_through_and_back_and_is_seen(
    fresh: Reader, example: str, width: int
) -> None:
    page = fresh.open(example)
    resize(page, width)
    follow_the_focus(page)


def follow_the_focus(page: Page) -> None:
    """Expect that Tab leads through all that takes the focus and out, and back, and is seen."""
    page.locator("a").last.focus()
    page.keyboard.press("Tab")
    stops = page.evaluate(STOPS)
    page.evaluate(WATCH_THE_FOCUS)
    there = press(page, "Tab", len(stops) + 1)
    assert page.evaluate("document.activeElement === document.body"), "the focus is trapped"
    back = press(page, "Shift+Tab", len(stops))
    assert [stop for stop, _ in there] == stops
    assert [stop for stop, _ in back] == stops[::-1]
    assert_none([f"{stop}: {fault}" for stop, fault in (*there, *back) if fault])


def press(page: Page, key: str, times: int) -> list[list[str]]:
    """Press a key so many times; return where the focus was, each with why it was not seen."""
    for _ in range(times):
        page.keyboard.press(key)
    stops: list[list[str]] = page.evaluate("window.stops.splice(0)")
    return stops


STOPS: Final = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, iframe, [tabindex]")];
  const seen = all.filter((e) => e.checkVisibility({ visibilityProperty: true }));
  return seen.filter((e) => e.tabIndex >= 0 && !e.disabled)
    .filter((e) => e.type !== "radio" || e.checked)
    .map((e, number) => {
      e.dataset.stop = `${number} ${e.tagName} ${e.textContent.replace(/\\s+/g, " ").slice(0, 40)}`;
      return e.dataset.stop;
    });
}"""
"""Gives all that should take the focus, of radio buttons the chosen one, and names each."""

WATCH_THE_FOCUS: Final = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => numbers(colour).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const behind = (e) => {
    const colour = getComputedStyle(e).backgroundColor;
    return (numbers(colour)[3] ?? 1) === 1 || !e.parentElement ? colour : behind(e.parentElement);
  };
  const inWindow = ({ left, right, top, bottom }) =>
    right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  const uncovered = (e) => [...e.getClientRects()].filter(inWindow).some((box) => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    return [left + 2, (left + right) / 2, right - 2].some((x) =>
      e.contains(document.elementFromPoint(x, (top + bottom) / 2)));
  });
  const unseen = (e) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(e);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return "no outline";
    if (contrast(outlineColor, behind(e.parentElement)) < 3) return "a faint outline";
    return uncovered(e) ? "" : "hidden";
  };
  window.stops = [];
  document.addEventListener("focusin", ({ target }) => {
    window.stops.push([target.dataset.stop ?? target.outerHTML.slice(0, 80), unseen(target)]);
  });
}"""
"""Notes each stop of the focus, and why it is not seen: it has no outline, or one of less contrast
than 3 to 1, or all of it lies under something else."""


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("outline: none", "no outline"),
        ("outline-color: #eee", "a faint outline"),
        ("position: absolute; z-index: -1", "hidden"),
    ],
)
def test_a_focus_that_is_not_seen_is_told(fresh: Reader, style: str, fault: str) -> None:
    page = fresh.open("about.html")
    page.locator("main p a").first.evaluate("(a, style) => { a.style.cssText = style }", style)
    with pytest.raises(AssertionError, match=fault):
        follow_the_focus(page)


def test_a_trap_is_told(fresh: Reader) -> None:
    page = fresh.open("about.html")
    page.locator("main p a").first.evaluate(
        "a => a.addEventListener('keydown', (event) => event.preventDefault())"
    )
    with pytest.raises(AssertionError, match="trapped"):
        follow_the_focus(page)


# Motion


def test_nothing_moves_for_who_wants_no_motion(reader_of_both: ReaderOfBoth, example: str) -> None:
    page = reader_of_both.open_at("real", example)
    assert_none(page.evaluate(MOVING))


MOVING: Final = """() => {
  const moves = ({ transitionDuration, animationName, scrollBehavior }) =>
    transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
  return [...document.querySelectorAll("*")]
    .filter((e) => ["", "::before", "::after"].some((part) => moves(getComputedStyle(e, part))))
    .map((e) => e.outerHTML.slice(0, 80));
}"""


def test_what_moves_is_told(fresh: Reader) -> None:
    page = fresh.open("about.html")
    assert not page.evaluate(MOVING)
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING)
