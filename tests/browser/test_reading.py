"""Tests that read the real site in a real browser, page by page and as readers do."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import chromium
from tests.browser.conftest import Reader, as_folder, required_browser
from tests.serving import INSPECTION as INSPECTION_FILE
from tests.serving import break_grade, mend_grade, replace, serving
from tests.sites import assert_none, copy_project

PHONE, DESKTOP = 360, 1280

AXE = Axe()
AXE_OPTIONS: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "iframes": False,
    "preload": False,
}

FORCE = "forces/northumbria.html"
UNIT = "units/nerou.html"
REGION = "regions/north-east.html"
INSPECTION = "inspections/2022-12-07-north-east-soc.html"

WITH_SCRIPTS = {"compare.html", "search.html", "findings/index.html"}
"""Pages on which a script adds something; what they are without it has tests of its own."""

WHILE_BUILDING = 15_000

Scheme = Literal["light", "dark"]


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def style(element: Locator, name: str, pseudo: str = "") -> str:
    """Return a computed style of an element, or of its ``::before`` or ``::after``."""
    computed: str = element.evaluate(
        "(e, [name, pseudo]) => getComputedStyle(e, pseudo || null)[name]", [name, pseudo]
    )
    return computed


# The browser


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail), ("", pytest.skip)])
def test_a_missing_browser_is_a_failure_in_ci_alone(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: Any
) -> None:
    monkeypatch.setattr(chromium, "find_chromium", lambda: None)
    monkeypatch.setenv("CI", ci)
    with pytest.raises((pytest.fail.Exception, pytest.skip.Exception), match="no browser") as stop:
        required_browser()
    assert stop.type is outcome.Exception


# Every page has tests of its own in test_accessible.py


def violations(page: Page, within: str = "html", **options: Any) -> list[str]:
    """Return what axe finds wrong with a page, or a part of it, as it stands in the browser."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found: list[str] = page.evaluate(VIOLATIONS, [within, AXE_OPTIONS | options])
    return found


VIOLATIONS = """async ([within, options]) => {
  const { violations } = await axe.run(within, options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${help}) at ${target}`));
}"""


WIDER = """() => {
  const limit = document.documentElement.clientWidth + 1;
  const clipped = (e) => e.closest(".unseen, .skip, thead, .scroll > *");
  const wide = [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > limit && !clipped(e) && !e.ownerSVGElement);
  return wide
    .filter((e) => !wide.some((other) => other !== e && e.contains(other)))
    .map((e) => `${e.tagName} ${e.className} ${e.textContent.replace(/\\s+/g, " ").slice(0, 60)}`);
}"""
"""Gives the innermost elements that reach over the right edge and neither are hidden on purpose nor
scroll within a region of their own."""


# The longest page of each kind


def test_page_is_complete_without_scripts(
    reader: Reader, reader_without_scripts: Reader, example: str
) -> None:
    page = reader_without_scripts.open(example)
    for each in (page, reader.open(example)):
        resize(each, DESKTOP)
    assert_none(reader_without_scripts.troubles)
    reader.page.locator(BY_SCRIPTS).evaluate_all("all => all.forEach((each) => each.remove())")
    text = page.locator("body").inner_text()
    assert len(text) > 200
    if example not in WITH_SCRIPTS:
        assert text == reader.page.locator("body").inner_text()


BY_SCRIPTS = ".deed, .age"
"""What scripts add to every page: buttons that copy, and how long ago things were."""


def test_page_opens_from_a_folder(reader: Reader, folder_reader: Reader, example: str) -> None:
    page = folder_reader.open(example)
    assert_none(folder_reader.troubles)
    assert look(page) == look(reader.open(example))


def look(page: Page) -> dict[str, str]:
    """Return what shows whether the stylesheet is at work."""
    resize(page, DESKTOP)
    body = page.locator("body")
    names = ("marginTop", "backgroundColor", "color", "fontFamily", "fontSize")
    seen = {name: style(body, name) for name in names}
    assert seen["marginTop"] == "0px"
    assert seen["backgroundColor"] != "rgba(0, 0, 0, 0)"
    return {**seen, "header": style(page.locator(".site-header"), "borderTopWidth")}


def test_page_prints_whole(reader: Reader, example: str) -> None:
    page = reader.open(example)
    resize(page, DESKTOP)
    content = page.locator("main > .page")
    page.locator(FOR_THE_SCREEN).evaluate_all("all => all.forEach((each) => each.remove())")
    on_screen = words(content)
    page.emulate_media(media="print", color_scheme="dark")
    try:
        if example not in WITH_SCRIPTS:
            assert words(content) == on_screen
        assert style(page.locator("h1"), "color") == "rgb(0, 0, 0)"
        assert style(page.locator("body"), "backgroundColor") == "rgb(255, 255, 255)"
        assert_none([each for each in content.evaluate(PRINTED) if not is_printed(*each)])
    finally:
        page.emulate_media(media="screen", color_scheme="light")


FOR_THE_SCREEN = ".embed-this, .share, .deed, .exact a"
"""Tools on a page that paper has no use for."""


def words(element: Locator) -> str:
    return " ".join(element.inner_text().split())


PRINTED = """content => [...content.querySelectorAll("a[href^=http]")].map((link) => [
  link.getAttribute("href"), link.innerText, getComputedStyle(link, "::after").content,
])"""
"""Gives each link to elsewhere: its address, its words and the style of what stands after them."""


def is_printed(address: str, words: str, after: str) -> bool:
    """Whether the address of a link is among its words or printed after them."""
    return address in words or (after.startswith('"') and address in json.loads(after))


# Journeys by keyboard


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has the focus; wherever it stops on the way must be seen."""
    wanted = target.element_handle()
    for _ in range(300):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.count() == 1, "the focus left the page before it came to the link"
        assert style(focused, "outlineStyle") != "none", focused.evaluate("e => e.outerHTML")
        box = focused.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["width"] > 1
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            return
    pytest.fail("Tab never comes to the link")


def in_sight(element: Locator) -> None:
    """Expect that an element is on the screen, not only on the page."""
    expect(element).to_be_visible()
    expect(element).to_be_in_viewport()


def test_the_skip_link_comes_first_and_skips(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to the content")
    in_sight(skip)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_from_home_to_a_finding_by_keyboard(fresh: Reader) -> None:
    page = fresh.open("index.html")
    tab_to(page, body_at_home(page, "Northumbria"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(fresh.home + "forces/northumbria/")
    tab_to(page, page.locator("#northumbria-polit-workload .finding-title a"))
    page.keyboard.press("Enter")
    lands_on_finding(page, fresh.home)


def test_from_home_to_a_finding_by_mouse(fresh: Reader) -> None:
    page = fresh.open("index.html")
    body_at_home(page, "Northumbria").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northumbria Police")
    page.locator("#northumbria-polit-workload .finding-title a").click()
    lands_on_finding(page, fresh.home)


def body_at_home(page: Page, name: str) -> Locator:
    """Return the link to a body on the home page."""
    bodies = page.get_by_role("region", name="Find a force or unit")
    return bodies.get_by_role("link", name=name, exact=True)


def lands_on_finding(page: Page, home: str) -> None:
    anchor = "#northumbria-polit-workload"
    expect(page).to_have_url(f"{home}{as_folder(INSPECTION)}{anchor}")
    finding = page.locator(f"article{anchor}")
    in_sight(finding.get_by_role("heading"))
    assert finding.evaluate("e => e.matches(':target')")
    expect(finding).to_contain_text("referrals")


# Journeys by mouse


def test_the_name_of_the_site_leads_home(fresh: Reader) -> None:
    for address in (FORCE, "about.html", "themes/fraud.html", "index.html"):
        page = fresh.open(address)
        page.locator(".site-name").click()
        expect(page).to_have_url(fresh.home)
    assert_none(fresh.troubles)


def test_the_header_and_footer_lead_to_what_they_name(fresh: Reader) -> None:
    names = fresh.open("index.html").locator("nav li a").all_inner_texts()
    assert len(names) > 10
    for name in names:
        page = fresh.open(FORCE)
        page.locator("header nav, footer nav").get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).to_be_visible()
        current = page.locator("nav[aria-label=Breadcrumb] [aria-current=page]")
        expect(current).to_have_text(name)
        assert_none(fresh.troubles)


def test_the_breadcrumb_leads_up(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    crumbs = page.get_by_role("navigation", name="Breadcrumb")
    expect(crumbs.get_by_role("listitem")).to_have_text(["Home", "Forces", "Northumbria"])
    crumbs.get_by_role("link", name="Forces").click()
    expect(page).to_have_url(fresh.home + "forces/")
    crumbs.get_by_role("link", name="Home").click()
    expect(page).to_have_url(fresh.home)


@pytest.mark.parametrize(
    ("path", "grade", "anchor"),
    [
        ("forces/northumbria.html", "Good", "peel-5-good"),
        ("forces/durham.html", "Outstanding", "peel-5-outstanding"),
        ("units/nerou.html", "Adequate", "peel-5-adequate"),
    ],
)
def test_a_grade_leads_to_what_it_means(fresh: Reader, path: str, grade: str, anchor: str) -> None:
    page = fresh.open(path)
    page.get_by_role("link", name=f"What does “{grade.lower()}” mean?").click()
    expect(page).to_have_url(f"{fresh.home}grades/#{anchor}")
    definition = page.locator(f"#{anchor}")
    in_sight(definition)
    expect(definition.locator("dt .grade-word")).to_have_text(grade)
    assert len(definition.locator("dd").inner_text()) > 30


NAMES_OF_THE_UNIT = (
    "NEROU",
    "NEROCU",
    "NERSOU",
    "North East Regional Organised Crime Unit",
    "North East Regional Special Operations Unit",
    "North East Regional Specialist Operations Unit",
)


def test_the_unit_is_shown_under_each_of_its_names(fresh: Reader) -> None:
    page = fresh.open(UNIT)
    for place in (page.locator("header.lead"), page.get_by_role("table", name="Names")):
        text = place.inner_text()
        assert_none([name for name in NAMES_OF_THE_UNIT if name not in text])


def test_durham_has_no_concern_and_the_page_says_that_this_proves_nothing(fresh: Reader) -> None:
    concerns = fresh.open("forces/durham.html").get_by_role("region", name="Concerns")
    expect(concerns.get_by_role("article")).to_have_count(0)
    expect(concerns).to_contain_text("in the sources we hold")
    expect(concerns).to_contain_text("does not mean that inspectors had none")


def test_the_region_is_inspected_and_not_graded(fresh: Reader) -> None:
    rating = fresh.open(REGION).locator(".rating")
    expect(rating.locator(".grade")).to_have_text("Inspected, not graded")
    assert style(rating.locator(".grade"), "borderTopStyle") == "dashed"


@pytest.mark.parametrize("path", ["nowhere", "forces/nowhere/", "a/b/c/d.html"])
def test_a_missing_page_is_dressed_and_leads_on(fresh: Reader, path: str) -> None:
    page = fresh.open("index.html")
    dressed = look(page)
    answer = page.goto(fresh.home + path)
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("Page not found")
    assert look(page) == dressed
    page.get_by_role("main").get_by_role("link", name="Forces").click()
    expect(page).to_have_url(fresh.home + "forces/")
    page.goto(fresh.home + path)
    page.get_by_role("main").get_by_role("link", name="Home").last.click()
    expect(page).to_have_url(fresh.home)


def test_pages_lead_to_edit_and_report_on_github(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    tools = page.get_by_role("complementary", name="About this page")
    edit = tools.get_by_role("link", name="Edit this page").get_attribute("href")
    assert edit is not None
    assert edit.endswith("/edit/main/content/bodies/northumbria.yml")
    report = tools.get_by_role("link", name="Report a mistake").get_attribute("href")
    assert report is not None
    assert "/issues/new?title=Mistake+on" in report


def test_the_copy_in_a_folder_is_read_by_clicking(folder_reader: Reader) -> None:
    page, home = folder_reader.open("index.html"), folder_reader.home
    resize(page, DESKTOP)
    body_at_home(page, "Northumbria").click()
    expect(page).to_have_url(f"{home}forces/northumbria.html")
    page.locator("#northumbria-polit-workload .finding-title a").click()
    expect(page).to_have_url(f"{home}{INSPECTION}#northumbria-polit-workload")
    in_sight(page.locator("#northumbria-polit-workload").get_by_role("heading"))
    crumbs = page.get_by_role("navigation", name="Breadcrumb")
    crumbs.get_by_role("link", name="Inspections").click()
    expect(page).to_have_url(f"{home}inspections/index.html")
    crumbs.get_by_role("link", name="Home").click()
    expect(page).to_have_url(f"{home}index.html")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Units").click()
    expect(page).to_have_url(f"{home}units/index.html")
    page.locator(".site-name").click()
    expect(page).to_have_url(f"{home}index.html")
    assert_none(folder_reader.troubles)


# While one writes


def test_the_page_one_reads_follows_the_files(browser: Browser, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    with serving(project) as serve, closing(browser.new_context()) as context:
        reader = Reader(context.new_page(), serve().url)
        page = reader.open(FORCE)
        title = page.locator("h1")
        expect(title).to_have_text("Northumbria Police")
        place = break_grade(project)
        expect(title).to_have_text("The content has problems", timeout=WHILE_BUILDING)
        expect(page.locator("pre")).to_contain_text(place)
        mend_grade(project)
        expect(title).to_have_text("Northumbria Police", timeout=WHILE_BUILDING)
        replace(project / INSPECTION_FILE, "Operation Momentum in Ashington", "A changed title")
        changed = page.get_by_role("link", name="A changed title")
        expect(changed).to_be_visible(timeout=WHILE_BUILDING)
        assert_none(reader.troubles)


# Grades, whoever reads them and however


def read_aloud(page: Page, role: str) -> list[list[str]]:
    """Return the names of all within each element of a role, as the browser tells a reader."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    nodes = {node["nodeId"]: node for node in tree}

    def names(node: dict[str, Any]) -> list[str]:
        if node.get("role", {}).get("value") == "InlineTextBox":
            return []  # a line of the text above it
        name = node.get("name", {}).get("value", "")
        within = [each for id_ in node.get("childIds", ()) for each in names(nodes[id_])]
        return [*filter(None, [re.sub(r"\s+(?=,)", "", name)]), *within]

    return [names(node) for node in tree if node.get("role", {}).get("value") == role]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("Northumbria", "Good, 4 of 5 segments"),
        ("Durham", "Outstanding, 5 of 5 segments"),
        ("Cleveland", "Adequate, 3 of 5 segments"),
        ("NEROU", "Adequate, 3 of 5 segments"),
    ],
)
def test_a_grade_is_read_aloud_as_word_and_segments(
    fresh: Reader, name: str, grade: str, width: int
) -> None:
    page = fresh.open("index.html")
    resize(page, width)
    items = [item for item in read_aloud(page, "listitem") if name in item]
    [item] = [item for item in items if "segments" in " ".join(item)]
    assert grade in re.sub(r"\s+,", ",", " ".join(item))


def test_a_large_grade_is_read_aloud_too(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    words = [" ".join(names) for names in read_aloud(page, "paragraph")]
    assert any("Good" in each and "4 of 5 segments" in each for each in words), words


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_grade_survives_forced_colours(fresh: Reader, scheme: Scheme) -> None:
    page = fresh.open("index.html")
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    background = style(page.locator("body"), "backgroundColor")
    grades = page.locator(".grade").all()
    assert len(grades) >= 5
    for grade in grades:
        word = grade.locator(".grade-word")
        expect(word).to_be_visible()
        assert style(word, "color") != background
        assert style(grade, "borderTopStyle") in ("solid", "dashed")
        assert float(style(grade, "borderTopWidth").removesuffix("px")) >= 1
        assert style(grade, "borderTopColor") != background
        for filled in grade.locator("path.on").all():
            assert style(filled, "fill") == style(word, "color")
        for empty in grade.locator("path:not(.on)").all():
            assert style(empty, "fill") in ("none", background)
            assert style(empty, "stroke") == style(word, "color")


def boxes(path: Locator) -> int:
    """Return how many segments of a grade a path draws."""
    return (path.get_attribute("d") or "").count("h8v8h-8z")


def test_segments_show_the_grade_in_print(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    page.emulate_media(media="print")
    grade = page.locator(".grade-large").filter(has_text="Good")
    filled, empty = grade.locator("path").all()
    assert [boxes(each) for each in (filled, empty)] == [4, 1]
    assert style(filled, "fill") == "rgb(0, 0, 0)"
    assert style(empty, "fill") == "none"
    expect(grade.locator(".grade-word")).to_have_text("Good")
