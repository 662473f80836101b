"""Tests that search the real site in a real browser, by keyboard alone and on a phone."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import Reader
from tests.browser.test_accessible import follow_the_focus, in_every_state
from tests.browser.test_reading import PHONE, resize
from tests.sites import assert_none

FORCE = "forces/northumbria.html"
SEARCH = "search.html"

UNIT = "North East Regional Organised Crime Unit"
WORKLOAD = "Online child abuse investigation team could not keep up with referrals"


@pytest.fixture
def phone(browser: Browser, home: str) -> Iterator[Reader]:
    """Read the site on a telephone."""
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740}, has_touch=True, reduced_motion="reduce"
    )
    yield Reader(context.new_page(), home)
    context.close()


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def found(page: Page) -> Locator:
    """Return the links of the results, under the box or on the page of search."""
    return page.locator(":is(.found, .found-all) li a")


def status(page: Page) -> Locator:
    return page.locator("#result-count, form.search [role=status]")


def look_for(page: Page, words: str) -> None:
    """Press Ctrl+/ and type."""
    page.keyboard.press("Control+/")
    expect(box(page)).to_be_focused()
    page.keyboard.type(words)


def asked(reader: Reader, query: str) -> Page:
    """Open the page of search at an address that asks for something."""
    reader.troubles.clear()
    reader.page.goto(f"{reader.home}search/?{query}")
    return reader.page


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def loaded(page: Page) -> list[str]:
    """Return the paths of all that the page has fetched so far."""
    names: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map((each) => new URL(each.name).pathname)"
    )
    return names


# What is found


@pytest.mark.parametrize(
    "name", ["NERSOU", "NEROCU", "NEROU", "special operations unit north east"]
)
def test_a_body_is_found_first_by_every_name(fresh: Reader, name: str) -> None:
    page = fresh.open(FORCE)
    look_for(page, name)
    expect(found(page).first).to_have_text(UNIT)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/repo/units/nerou/$"))
    assert_none(fresh.troubles)


@pytest.mark.parametrize("force", ["Northumbria", "Durham", "Met Police", "Cleveland Police"])
def test_a_force_stands_before_what_is_said_of_it(fresh: Reader, force: str) -> None:
    page = fresh.open("about.html")
    look_for(page, force)
    expect(page.locator(".found li").first).to_contain_text("Police force · ")
    expect(found(page).first).to_contain_text(force.split()[0][:3])


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("hidden vulnerability", "vulnerability"),
        ('"hidden vulnerability"', "vulnerability"),
        ("POLIT", "POLIT"),
        ("paedophile online investigation team", "Paedophile"),
    ],
)
def test_a_finding_is_found_by_a_quotation_an_abbreviation_and_its_long_form(
    fresh: Reader, words: str, marked: str
) -> None:
    page = fresh.open(FORCE)
    look_for(page, words)
    result = page.locator(".found li").filter(has=page.get_by_role("link", name=WORKLOAD))
    expect(result.locator(".found-facts")).to_have_text(
        "Concern · Northumbria · 7 December 2022 · Press only"
        " · Inspectors’ last word: Action planned"
    )
    expect(result.locator("mark").filter(has_text=marked).first).to_be_visible()
    link = result.get_by_role("link")
    expect(link).to_have_accessible_description(re.compile("^Concern · Northumbria · 7 December"))
    link.click()
    expect(page).to_have_url(
        re.compile(r"/inspections/2022-12-07-north-east-soc/#northumbria-polit-workload$")
    )
    expect(page.locator(":target")).to_contain_text("hidden vulnerability")
    assert_none(fresh.troubles)


def test_a_long_form_that_a_finding_does_not_write_finds_it(fresh: Reader) -> None:
    """The finding of momentum speaks of OCGs, and nowhere says what they are."""
    page = fresh.open(FORCE)
    look_for(page, "organised crime group momentum")
    expect(found(page).first).to_have_text("Operation Momentum in Ashington")


def test_nothing_found_is_said_and_leads_on(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    look_for(page, "xylophonist")
    expect(status(page)).to_have_text("Nothing found")
    expect(page.locator(".found")).to_contain_text("Nothing found for “xylophonist”.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=xylophonist$"))
    expect(status(page)).to_have_text("Nothing found for “xylophonist”")
    expect(page.get_by_role("heading", name="Other ways to find something")).to_be_visible()


# By keyboard


def test_slash_goes_to_the_box_and_escape_leaves_it(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    look_for(page, "NERSOU")
    expect(found(page).first).to_be_visible()
    expect(status(page)).to_have_text(re.compile(r"^\d+ results$"))
    page.keyboard.press("Escape")
    expect(page.locator(".found")).to_be_hidden()
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("NERSOU")
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()
    expect(box(page)).to_have_value("NERSOU")
    page.keyboard.press("Control+/")
    expect(found(page).first).to_be_visible()
    assert_none(fresh.troubles)


def test_arrows_and_tab_move_through_the_results(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    look_for(page, "NERSOU")
    expect(found(page)).to_have_count(6)
    for number in range(6):
        page.keyboard.press("ArrowDown")
        expect(found(page).nth(number)).to_be_focused()
    page.keyboard.press("ArrowDown")
    all_results = page.get_by_role("link", name=re.compile(r"^All results \(\d+\)$"))
    expect(all_results).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(all_results).to_be_focused()
    for number in reversed(range(6)):
        page.keyboard.press("ArrowUp")
        expect(found(page).nth(number)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    page.keyboard.press("Tab")
    expect(found(page).first).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page)).to_be_focused()
    expect(page.locator(".found")).to_be_hidden()


def test_who_goes_elsewhere_closes_the_results(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    look_for(page, "NERSOU")
    expect(found(page)).to_have_count(6)
    page.get_by_role("link", name="All results").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".found")).to_be_hidden()


def test_slash_is_a_letter_where_one_writes(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    look_for(page, "2018/19")
    expect(box(page)).to_have_value("2018/19")
    expect(found(page).first).to_contain_text("2018/19")


def test_one_key_alone_does_nothing(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    for key in (*string.printable.strip(), "Escape"):
        page.keyboard.press(key)
    expect(page.locator("body")).to_be_focused()
    expect(page).to_have_url(fresh.home + "forces/northumbria/")


def test_the_keys_go_to_the_box_from_a_box_to_tick(fresh: Reader) -> None:
    page = fresh.open("findings/index.html")
    tick = page.get_by_role("checkbox").first
    tick.press("Space")
    expect(tick).to_be_checked()
    page.keyboard.press("Control+/")
    expect(page.get_by_role("searchbox", name="Search this site")).to_be_focused()


def test_typing_is_never_held_up_and_only_the_last_words_count(fresh: Reader) -> None:
    """The index is held back until all is typed."""
    page = fresh.open(FORCE)
    held: list[Route] = []
    page.route("**/pagefind-worker.js", lambda route: held.append(route))
    with page.expect_request("**/pagefind-worker.js"):
        look_for(page, "courier")
    expect(box(page)).to_have_value("courier")
    for _ in "courier":
        page.keyboard.press("Backspace")
    page.keyboard.type("NERSOU")
    expect(box(page)).to_have_value("NERSOU")
    expect(page.locator(".found")).to_be_hidden()
    [route] = held
    route.continue_()
    expect(found(page).first).to_have_text(UNIT)


SLOW = """
const held = {};
const channel = new BroadcastChannel("answers");
channel.onmessage = ({ data }) => held[data]();
const work = {
  init: () => true,
  options: () => true,
  search: (query) => ({ results: [{ id: query, data: query }] }),
  getData: (query) => new Promise((resolve) => {
    held[query] = () => resolve({
      meta: { title: `About ${query}`, url: "about/" }, excerpt: "", plain_excerpt: "", content: "",
    });
    channel.postMessage(`asked ${query}`);
  }),
};
addEventListener("message", async ({ data: { id, method, args } }) =>
  postMessage({ id, result: await work[method](...args) }));
"""
"""Stands in for Pagefind, and answers when it is told to."""


def test_results_that_come_late_do_not_replace_newer_ones(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    page.route(
        "**/pagefind-worker.js",
        lambda route: route.fulfill(body=SLOW, content_type="text/javascript"),
    )
    page.evaluate(
        """() => {
          globalThis.channel = new BroadcastChannel("answers");
          channel.onmessage = ({ data }) => document.documentElement.dataset.said = data;
        }"""
    )
    look_for(page, "first")
    expect(page.locator("html")).to_have_attribute("data-said", "asked first")
    page.keyboard.press("Control+A")
    page.keyboard.type("second")
    expect(page.locator("html")).to_have_attribute("data-said", "asked second")
    page.evaluate("channel.postMessage('second')")
    expect(found(page)).to_have_text(["About second"])
    page.evaluate("channel.postMessage('first')")
    page.wait_for_timeout(200)
    assert found(page).all_inner_texts() == ["About second"]


def test_nothing_is_fetched_for_search_before_somebody_searches(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    assert not [path for path in loaded(page) if "pagefind" in path or "search.js" in path]
    with page.expect_request_finished(lambda request: request.url.endswith("/assets/search.js")):
        page.keyboard.press("Control+/")
    assert not [path for path in loaded(page) if "pagefind" in path]
    page.keyboard.type("NERSOU")
    expect(found(page).first).to_be_visible()
    assert [path for path in loaded(page) if path.endswith("pagefind/pagefind-worker.js")]


# The page of search


def test_enter_opens_the_page_with_all_results(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    look_for(page, "NERSOU")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/repo/search/\?q=NERSOU$"))
    expect(page).to_have_title(re.compile("^NERSOU · Search · "))
    expect(box(page)).to_have_value("NERSOU")
    expect(status(page)).to_have_text(re.compile(r"^\d+ results for “NERSOU”$"))
    expect(found(page).first).to_have_text(UNIT)
    expect(page.get_by_text("Search does not work here")).to_be_hidden()
    assert_none(fresh.troubles)


def number_of(page: Page) -> int:
    expect(status(page)).to_have_text(re.compile(r"^\d+ results? for"))
    return int((status(page).text_content() or "").split()[0])


def test_more_results_come_on_demand_and_focus_goes_to_the_first_of_them(fresh: Reader) -> None:
    page = asked(fresh, "q=police")
    number = number_of(page)
    assert number > 20
    expect(found(page)).to_have_count(10)
    more = page.get_by_role("button", name="Show more results")
    more.focus()
    page.keyboard.press("Enter")
    expect(found(page)).to_have_count(20)
    expect(found(page).nth(10)).to_be_focused()
    for _ in range(number // 10 - 1 - (number % 10 == 0)):
        shown = found(page).count()
        more.click()
        expect(found(page)).to_have_count(min(shown + 10, number))
    expect(more).to_be_hidden()


def test_filters_stand_in_the_address_and_back_takes_them_away(fresh: Reader) -> None:
    page = asked(fresh, "q=police")
    before = number_of(page)
    for name, value in (
        ("Kind", "Concern"),
        ("Body", "Northumbria"),
        ("Theme", "Online child abuse"),
    ):
        choice(page, name).select_option(value)
        expect(page).to_have_url(re.compile(re.escape(value.replace(" ", "+"))))
    choice(page, "Evidence").select_option("Press only")
    expect(page).to_have_url(
        re.compile(
            r"/search/\?q=police&kind=Concern&body=Northumbria&theme=Online\+child\+abuse"
            r"&evidence=Press\+only$"
        )
    )
    expect(status(page)).to_have_text("1 result for “police”")
    expect(found(page)).to_have_text([WORKLOAD])

    page.reload()
    expect(found(page)).to_have_text([WORKLOAD])
    expect(choice(page, "Theme")).to_have_value("Online child abuse")

    for _ in range(4):
        page.go_back()
    expect(page).to_have_url(re.compile(r"/search/\?q=police$"))
    expect(choice(page, "Kind")).to_have_value("")
    expect(status(page)).to_have_text(f"{before} results for “police”")
    page.go_forward()
    expect(choice(page, "Kind")).to_have_value("Concern")
    expect(page.locator(".found-all li").first).to_contain_text("Concern · ")
    assert_none(fresh.troubles)


def test_filters_alone_list_all_of_a_kind(fresh: Reader) -> None:
    page = fresh.open(SEARCH)
    expect(status(page)).to_be_empty()
    choice(page, "Kind").select_option("Regional organised crime unit")
    expect(status(page)).to_have_text(re.compile(r"^\d+ results$"))
    expect(page.locator(".found-all li").first).to_contain_text("Regional organised crime unit · ")


def test_results_stand_by_date_where_that_is_chosen(fresh: Reader) -> None:
    page = asked(fresh, "q=Northumbria&kind=Inspection")
    expect(found(page)).to_have_count(10)
    choice(page, "Order").select_option("Newest")
    expect(page).to_have_url(re.compile(r"&sort=date$"))
    expect(page.locator(".found-all li").first).to_contain_text("14 May 2025")
    years = [
        int(text.split()[-1]) if text[-1].isdigit() else 0
        for text in page.locator(".found-all .found-facts").all_inner_texts()
    ]
    assert len(years) == 10
    assert years == sorted(years, reverse=True)


def test_typing_on_the_page_changes_the_results_and_the_address(fresh: Reader) -> None:
    page = fresh.open(SEARCH)
    look_for(page, "NERSOU")
    expect(found(page).first).to_have_text(UNIT)
    expect(page).to_have_url(re.compile(r"/search/\?q=NERSOU$"))


def test_escape_leaves_the_box_on_the_page_too(fresh: Reader) -> None:
    page = fresh.open("search.html")
    look_for(page, "NERSOU")
    expect(status(page)).to_have_text(re.compile(r"^\d+ results for “NERSOU”$"))
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()
    expect(box(page)).to_have_value("NERSOU")
    assert page.url.endswith("?q=NERSOU")


def test_escape_leaves_a_box_whose_script_has_not_come_yet(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    held: list[Route] = []
    page.route("**/assets/search.js", lambda route: held.append(route))
    with page.expect_request("**/assets/search.js"):
        look_for(page, "NERSOU")
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()
    expect(box(page)).to_have_value("NERSOU")


def test_what_an_address_asks_for_and_is_not_there_is_left_out(fresh: Reader) -> None:
    page = asked(fresh, "q=NERSOU&kind=Nonsense&page=7&sort=<b>")
    expect(found(page).first).to_have_text(UNIT)
    expect(choice(page, "Kind")).to_have_value("")
    assert_none(fresh.troubles)


# Where search cannot work


def test_without_javascript_the_box_leads_to_what_to_use_instead(
    reader_without_scripts: Reader,
) -> None:
    page = reader_without_scripts.open(FORCE)
    page.get_by_role("searchbox").fill("NERSOU")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=NERSOU$"))
    expect(page.get_by_text("Search does not work here")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
    unit = page.get_by_role("listitem").filter(has_text=UNIT)
    expect(unit).to_contain_text("NERSOU")
    unit.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(UNIT)
    assert_none(reader_without_scripts.troubles)


def test_in_a_folder_the_box_leads_to_what_to_use_instead(folder_reader: Reader) -> None:
    page = folder_reader.open(FORCE)
    look_for(page, "NERSOU")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\.html\?q=NERSOU$"))
    expect(page.get_by_text("Search does not work here")).to_be_visible()
    page.get_by_role("link", name="Forces", exact=True).last.click()
    expect(page.locator("h1")).to_have_text("Police forces")
    assert_none(folder_reader.troubles)


def test_an_index_that_is_not_there_is_told(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    page.route("**/pagefind-worker.js", lambda route: route.abort())
    look_for(page, "NERSOU")
    expect(status(page)).to_have_text("Search does not work just now")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=NERSOU$"))
    expect(page.get_by_text("Search does not work here")).to_be_visible()


# As it looks


def test_results_under_the_box_are_accessible(fresh: Reader) -> None:
    page = fresh.open(FORCE)
    look_for(page, "NERSOU")
    expect(found(page)).to_have_count(6)
    assert_none(list(in_every_state(page, within=".site-header")))
    assert_none(fresh.troubles)


def test_the_page_of_results_is_accessible(fresh: Reader) -> None:
    page = asked(fresh, "q=police&evidence=Press+only")
    expect(found(page)).to_have_count(10)
    assert_none(list(in_every_state(page)))
    follow_the_focus(page)
    assert_none(fresh.troubles)


@pytest.mark.parametrize("start", [FORCE, SEARCH])
@pytest.mark.parametrize("width", [320, PHONE])
def test_results_fit_a_phone(fresh: Reader, start: str, width: int) -> None:
    page = fresh.open(start)
    resize(page, width)
    look_for(page, "NERSOU")
    expect(found(page).first).to_be_visible()
    edges = page.locator(":is(.found, .found-all, .search, .searching) *").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect()).filter(({ width }) => width > 1)"
        ".map(({ left, right }) => [left, right])"
    )
    assert min(left for left, _ in edges) >= 0
    assert max(right for _, right in edges) <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_result_is_opened_on_a_phone(phone: Reader) -> None:
    page = phone.open(FORCE)
    box(page).tap()
    page.keyboard.type("NERSOU")
    found(page).first.tap()
    expect(page.locator("h1")).to_have_text(UNIT)
    assert_none(phone.troubles)
