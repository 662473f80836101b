"""Tests that choose among the findings in a real browser, by keyboard and on a phone."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from peelsite.catalogue import Catalogue, join
from peelsite.exports import explorer_files
from peelsite.exports.explorer import facets
from peelsite.exports.tables import as_text, finding_columns
from peelsite.load import load
from peelsite.pages import Hosting
from peelsite.pages.explorer import Entry, entries
from tests.browser.conftest import Reader
from tests.browser.test_accessible import follow_the_focus, in_every_state, lost
from tests.browser.test_reading import DESKTOP, PHONE, resize, tab_to
from tests.sites import ROOT, assert_none
from tests.test_explorer import many, small

FINDINGS: Final = "findings/index.html"

Chosen = dict[str, Collection[str]]
"""The values that are chosen in each facet."""


@cache
def real() -> Catalogue:
    return join(load(ROOT / "content"))


def open_findings(reader: Reader, query: str = "") -> Page:
    """Open the page of findings with an address that asks for something."""
    page = reader.open(FINDINGS)
    if query:
        page.goto(f"{page.url}?{query}")
    expect(page.locator("#filters")).to_be_visible()
    return page


def hand_over(page: Page, catalogue: Catalogue) -> None:
    """Let the page have the findings of another catalogue than the one it was built from."""
    files = {extra.path: extra.content for extra in explorer_files(catalogue, Hosting())}

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        route.fulfill(body=files[f"findings/{name}"], content_type="text/javascript")

    page.route(re.compile(r"/findings/(data|rows-.+|texts-.+)\.js$"), answer)


def fitting(catalogue: Catalogue, chosen: Chosen) -> list[Entry]:
    """Return the entries that fit a choice, worked out by a way of its own."""
    listed = entries(catalogue)
    of = {facet.name: facet.of for facet in facets(catalogue, listed)}
    return [
        entry
        for entry in listed
        if all(set(values) & set(of[name](entry)) for name, values in chosen.items() if values)
    ]


def titles(page: Page) -> list[str]:
    return page.locator("#results h3").all_inner_texts()


def expect_titles(page: Page, expected: list[str]) -> None:
    expect(page.locator("#results h3")).to_have_text(expected)


def expect_number(page: Page, text: str) -> None:
    expect(page.locator("#found").get_by_role("status")).to_have_text(text)


def facet(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True).last


def box(page: Page, group: str, value: str) -> Locator:
    name = re.compile(rf"^{re.escape(value)} [\d,]+$")
    return facet(page, group).get_by_role("checkbox", name=name)


def words_of(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Words in titles and summaries")


def offered(page: Page, group: str) -> dict[str, int]:
    """Return the values that a facet offers, with their counts."""
    labels = facet(page, group).locator("label:visible").all_inner_texts()
    found = [re.fullmatch(r"(.+?)\s+([\d,]+)", label.strip(), re.DOTALL) for label in labels]
    return {match[1]: int(match[2].replace(",", "")) for match in found if match}


def counted(catalogue: Catalogue, name: str, chosen: Chosen) -> dict[str, int]:
    """Return how many findings have each value of a facet, if nothing is chosen within it.

    Values that none has are left out, unless they are chosen.
    """
    [of_name] = [each for each in facets(catalogue, entries(catalogue)) if each.name == name]
    rest = fitting(catalogue, {**chosen, name: ()})
    counts = {
        (value, label): sum(value in of_name.of(entry) for entry in rest)
        for value, label in of_name.values
    }
    kept = chosen.get(name, ())
    return {label: count for (value, label), count in counts.items() if count or value in kept}


# --- choosing ----------------------------------------------------------------------------------


def test_findings_are_chosen_by_keyboard_and_the_focus_stays(fresh: Reader) -> None:
    page = open_findings(fresh)
    expect_number(page, "27 of 27 findings")
    concern = box(page, "Kind", "Concern")
    tab_to(page, concern)
    page.keyboard.press("Space")
    expect(concern).to_be_checked()
    expect(concern).to_be_focused()
    expected = fitting(real(), {"kind": ["concern"]})
    expect_number(page, f"{len(expected)} of 27 findings")
    expect_titles(page, [entry.item.title for entry in expected])
    expect(page).to_have_url(re.compile(r"/findings/\?kind=concern$"))
    expect(page.locator("#all")).to_be_hidden()

    durham = box(page, "Body", "Northumbria")
    page.keyboard.press("Shift+Tab")
    while not durham.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?body=northumbria&kind=concern$"))
    expect_number(page, "3 of 27 findings")
    expect(durham).to_be_focused()
    assert_none(fresh.troubles)


def test_findings_are_chosen_on_a_phone(browser: Browser, home: str) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740}, has_touch=True, reduced_motion="reduce"
    )
    reader = Reader(context.new_page(), home)
    page = open_findings(reader)
    expect(box(page, "Kind", "Claim")).to_be_hidden()
    page.get_by_text("Filters", exact=True).tap()
    page.locator("#facets summary").get_by_text("Kind", exact=True).tap()
    box(page, "Kind", "Claim").tap()
    expect_number(page, "6 of 27 findings")
    expect(page.locator("#facets > summary")).to_have_text("Filters (1 chosen)")
    page.get_by_role("button", name="Take away Kind: Claim").tap()
    expect_number(page, "27 of 27 findings")
    expect(page.locator("#all")).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert_none(reader.troubles)
    context.close()


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"kind": ["concern"]},
        {"kind": ["concern", "praised"], "body": ["north-east"]},
        {"body": ["durham", "cleveland"], "evidence": ["press"]},
        {"status": ["action-planned"], "answer": ["nothing-found"]},
        {"speaker": ["force", "unit"], "year": ["2022"]},
    ],
    ids=str,
)
def test_values_of_a_facet_add_up_and_facets_narrow(fresh: Reader, chosen: Chosen) -> None:
    page = open_findings(fresh, "&".join(f"{n}={','.join(v)}" for n, v in chosen.items()))
    expected = fitting(real(), chosen)
    assert expected
    expect_number(page, f"{len(expected)} of 27 findings")
    if chosen:
        expect_titles(page, [entry.item.title for entry in expected])
    for each in facets(real(), entries(real())):
        assert offered(page, each.label) == counted(real(), each.name, chosen), each.name


def test_values_that_nothing_has_are_left_out_and_counted(fresh: Reader) -> None:
    page = open_findings(fresh, "kind=claim")
    assert set(offered(page, "Kind")) == {"Concern", "Praised work", "Claim"}
    assert offered(page, "Status, inspectors say") == {}
    expect(facet(page, "Status, inspectors say")).to_contain_text(
        "6 more, with none of these findings"
    )


def test_a_body_without_findings_can_be_asked_for(fresh: Reader) -> None:
    page = open_findings(fresh, "body=kent")
    expect_number(page, "0 of 27 findings")
    expect(box(page, "Body", "Kent")).to_be_checked()
    expect(page.locator("#remarks")).to_have_text(
        "No finding in the sources we hold fits all of this. "
        "That does not mean that inspectors found nothing of the kind."
    )
    box(page, "Body", "Kent").press("Space")
    expect_number(page, "27 of 27 findings")
    expect(box(page, "Body", "Kent")).to_be_focused()


def test_what_is_chosen_can_be_taken_away(fresh: Reader) -> None:
    page = open_findings(fresh, "kind=concern&body=durham,cleveland&q=the&sort=date")
    tags = page.get_by_role("list", name="Chosen filters").get_by_role("button")
    expect(tags).to_have_text(
        [
            re.compile("Body: Durham"),
            re.compile("Body: Cleveland"),
            re.compile("Kind: Concern"),
            re.compile("Words: “the”"),
        ]
    )
    tab_to(page, tags.nth(1))
    page.keyboard.press("Enter")
    expect(tags).to_have_count(3)
    expect(tags.nth(1)).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?body=durham&kind=concern&q=the&sort=date$"))
    for _ in range(3):
        tags.last.press("Enter")
    expect(page).to_have_url(re.compile(r"\?sort=date$"))
    expect(page.locator("#facets > summary")).to_be_focused()

    page.get_by_role("button", name="Clear all").press("Enter")
    expect(page).to_have_url(re.compile(r"/findings/$"))
    expect(page.get_by_role("button", name="Clear all")).to_be_hidden()
    expect(page.locator("#facets > summary")).to_be_focused()
    expect_number(page, "27 of 27 findings")


# --- words and order ---------------------------------------------------------------------------


def test_all_the_words_typed_are_looked_for(fresh: Reader) -> None:
    page = open_findings(fresh)
    words = words_of(page)
    tab_to(page, words)
    page.keyboard.type("CRIME young")
    expected = [
        entry.item.title
        for entry in entries(real())
        if all(
            word in f"{entry.item.title} {entry.item.summary}".lower()
            for word in ("crime", "young")
        )
    ]
    assert expected
    expect_titles(page, expected)
    expect(words).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?q=CRIME\+young$"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=CRIME\+young$"))
    assert_none(fresh.troubles)


def test_typing_is_one_step_of_the_history(fresh: Reader) -> None:
    page = open_findings(fresh, "kind=praised")
    before = page.evaluate("history.length")
    words_of(page).press_sequentially("crime")
    expect(page).to_have_url(re.compile(r"q=crime$"))
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?kind=praised$"))
    expect(words_of(page)).to_have_value("")
    expect_number(page, "9 of 27 findings")


def by_silence(entry: Entry) -> tuple[int, str]:
    if entry.silence is None:
        return 2, ""
    return (0, entry.silence.since.span[1].isoformat()) if entry.silence.since else (1, "")


@pytest.mark.parametrize(
    ("sort", "key", "is_reversed"),
    [
        ("Newest first", lambda e: e.date.span[1].isoformat() if e.date else "", True),
        ("Longest without a word first", by_silence, False),
    ],
)
def test_findings_are_put_in_order(
    fresh: Reader, sort: str, key: Callable[[Entry], object], is_reversed: bool
) -> None:
    hand_over(fresh.page, small())
    page = open_findings(fresh)
    page.get_by_role("combobox", name="Order").select_option(sort)
    expect(page.get_by_role("combobox", name="Order")).to_have_value(re.compile("date|silence"))
    listed = sorted(entries(small()), key=key, reverse=is_reversed)  # type: ignore[arg-type]
    expect_titles(page, [entry.item.title for entry in listed])


def test_an_unknown_silence_is_said_and_stands_after_the_others(fresh: Reader) -> None:
    hand_over(fresh.page, small())
    page = open_findings(fresh, "kind=concern&sort=silence")
    rows = page.locator("#results .row")
    expect(rows).to_have_count(8)
    told = rows.all_inner_texts()
    known = [bool(re.search(r"Last word: .+ \([\d,]+( to [\d,]+)? days\)", row)) for row in told]
    assert known == [True] * 5 + [False] * 3
    assert "Last word: Inspectors, date not known" in told[5]
    assert all("Last word" not in row for row in told[6:])
    expect(page.locator("#remarks")).to_contain_text("for which we count no silence")


def test_a_result_says_what_the_list_without_scripts_says(fresh: Reader) -> None:
    def lines(row: Locator) -> list[str]:
        return [line for line in row.inner_text().splitlines() if line.strip()]

    page = open_findings(fresh)
    listed = {lines(row)[1]: lines(row) for row in page.locator("#all .row").all()}
    assert len(listed) == 27
    leading = page.locator("#all .row a").evaluate_all("all => all.map((a) => a.href)")
    page.goto(f"{page.url}?year=2022")
    expect(page.locator("#results .row")).to_have_count(27)
    shown = {lines(row)[1]: lines(row) for row in page.locator("#results .row").all()}
    assert shown == listed
    assert leading == page.locator("#results .row a").evaluate_all("all => all.map((a) => a.href)")


def test_a_result_leads_to_the_finding(fresh: Reader) -> None:
    page = open_findings(fresh, "q=momentum")
    page.get_by_role("link", name="Operation Momentum in Ashington").press("Enter")
    expect(page.locator(":target .finding-title")).to_have_text("Operation Momentum in Ashington")
    page.go_back()
    expect_titles(page, ["Operation Momentum in Ashington", "Successful operations under way"])


# --- the address -------------------------------------------------------------------------------


def test_back_forward_and_reload_bring_back_the_choice(fresh: Reader) -> None:
    page = open_findings(fresh)
    box(page, "Kind", "Concern").press("Space")
    box(page, "Body", "NEROU").press("Space")
    page.get_by_role("combobox", name="Order").select_option("Newest first")
    nerou = fitting(real(), {"kind": ["concern"], "body": ["nerou"]})
    expect_titles(page, [entry.item.title for entry in nerou])

    page.go_back()
    expect(page.get_by_role("combobox", name="Order")).to_have_value("body")
    page.go_back()
    expect(box(page, "Body", "NEROU")).not_to_be_checked()
    expect_number(page, "12 of 27 findings")
    page.go_back()
    expect(box(page, "Kind", "Concern")).not_to_be_checked()
    expect(page.locator("#all")).to_be_visible()
    expect(page.locator("#results")).to_be_hidden()

    page.go_forward()
    page.go_forward()
    expect_number(page, f"{len(nerou)} of 27 findings")
    page.reload()
    expect(box(page, "Kind", "Concern")).to_be_checked()
    expect(box(page, "Body", "NEROU")).to_be_checked()
    expect_titles(page, [entry.item.title for entry in nerou])
    assert_none(fresh.troubles)


def test_the_link_that_is_copied_brings_others_here(fresh: Reader) -> None:
    fresh.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_findings(fresh, "kind=claim")
    box(page, "Body", "Cleveland").press("Space")
    expect_number(page, "2 of 27 findings")
    page.locator("#copy").press("Enter")
    expect(page.get_by_text("Copied.", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url.replace(fresh.home, "https://example.org/repo/")
    assert copied.endswith("/findings/?body=cleveland&kind=claim")


def test_what_the_address_asks_for_and_nobody_knows_is_told(fresh: Reader) -> None:
    page = open_findings(fresh, "body=durham,atlantis&kind=rumour&sort=size")
    told = page.locator("#unknown p")
    expect(told).to_have_text(
        [
            re.compile("^“atlantis” is not a choice under “Body”, and was left out."),
            re.compile("^“rumour” is not a choice under “Kind”, and was left out."),
            re.compile("^“size” is not a choice under “Order”, and was left out."),
        ]
    )
    expect_number(page, "2 of 27 findings")
    box(page, "Kind", "Praised work").press("Space")
    expect(told).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?body=durham&kind=praised$"))


# --- the table ---------------------------------------------------------------------------------


def downloaded(page: Page) -> tuple[str, list[dict[str, str]]]:
    """Download what is shown; return the text of the file, and its rows as Python reads them."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these as CSV").press("Enter")
    assert download.value.suggested_filename == "findings.csv"
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    return text, list(csv.DictReader(text.splitlines(keepends=True), strict=True))


def test_the_table_that_is_downloaded_holds_what_is_shown(fresh: Reader) -> None:
    page = open_findings(fresh, "kind=concern&sort=silence")
    expect(page.locator("#results .row")).to_have_count(12)
    text, rows = downloaded(page)
    assert [row["title"] for row in rows] == titles(page)
    columns = finding_columns(Hosting("peelsite", "https://example.org/repo/"))
    by_id = {columns[0].cell(entry): entry for entry in entries(real())}
    for row in rows:
        entry = by_id[row["id"]]
        assert row == {column.name: as_text(column.cell(entry)) for column in columns}
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1
    assert rows[0]["address"].startswith("https://example.org/repo/inspections/")
    assert_none(fresh.troubles)


def test_everything_can_be_downloaded(fresh: Reader) -> None:
    _, rows = downloaded(open_findings(fresh))
    assert [row["title"] for row in rows] == [entry.item.title for entry in entries(real())]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula_and_all_are_whole(fresh: Reader, start: str) -> None:
    title = f'{start}1+1, "so to speak"'
    [part, *_] = [part for part in small().parts if part.concerns]
    concern = replace(part.concerns[0], title=title, summary="Two lines,\nand more")
    hand_over(fresh.page, replace(small(), parts=(replace(part, concerns=(concern,)),)))
    page = open_findings(fresh, "kind=concern")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these as CSV").press("Enter")
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        [row] = list(csv.DictReader(file, strict=True))
    assert row["title"] == f"'{title}"
    assert row["summary"] == "Two lines,\nand more"


# --- circumstances -----------------------------------------------------------------------------


def test_a_copy_in_a_folder_chooses_too(folder_reader: Reader) -> None:
    resize(folder_reader.page, DESKTOP)
    page = open_findings(folder_reader)
    box(page, "Kind", "Concern").press("Space")
    expect_number(page, "12 of 27 findings")
    words_of(page).press_sequentially("workload")
    expect_titles(page, ["Three specialist teams were struggling with their workloads"])
    assert page.url.endswith("/findings/index.html?kind=concern&q=workload")
    page.reload()
    expect_number(page, "1 of 27 findings")
    page.go_back()
    expect_number(page, "12 of 27 findings")
    _, rows = downloaded(page)
    assert len(rows) == 12
    page.get_by_role("link", name="Undercover officers may be recognised").click()
    expect(page.locator(":target .finding-title")).to_have_text(
        "Undercover officers may be recognised"
    )
    assert_none(folder_reader.troubles)


def test_the_list_is_complete_without_scripts(reader_without_scripts: Reader) -> None:
    page = reader_without_scripts.open(FINDINGS)
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#without-script")).to_be_visible()
    assert page.locator("#all h3").all_inner_texts() == [
        entry.item.title for entry in entries(real())
    ]


def test_open_filters_are_accessible(fresh: Reader) -> None:
    page = open_findings(fresh, "kind=concern&body=northumbria,atlantis&sort=silence&q=the")
    page.locator("details").evaluate_all("all => all.forEach((e) => { e.open = true; })")
    expect(page.locator("#results .row").first).to_be_visible()
    assert_none(list(in_every_state(page)))
    assert_none(list(lost(page)))
    follow_the_focus(page)


def test_texts_that_cannot_be_read_are_told_and_asked_for_again(fresh: Reader) -> None:
    rows = re.compile(r"/findings/rows-.+\.js$")
    fresh.page.route(rows, lambda route: route.abort())
    page = open_findings(fresh)
    box(page, "Kind", "Concern").press("Space")
    expect_number(
        page,
        "The texts of the findings could not be read. Try again, or load this page anew.",
    )
    page.unroute(rows)
    box(page, "Kind", "Claim").press("Space")
    expect_number(page, "18 of 27 findings")
    expect(page.locator("#results .row")).to_have_count(18)


# --- ten thousand ------------------------------------------------------------------------------


def test_ten_thousand_findings_are_chosen_from(fresh: Reader) -> None:
    catalogue = many(10_000)
    hand_over(fresh.page, catalogue)
    page = open_findings(fresh)
    expect_number(page, "10,000 of 10,000 findings")
    box(page, "Kind", "Concern").press("Space")
    box(page, "Body", "Durham").press("Space")
    chosen: Chosen = {"kind": ["concern"], "body": ["durham"]}
    expected = fitting(catalogue, chosen)
    assert len(expected) > 50
    expect_number(page, f"{len(expected):,} of 10,000 findings")
    for each in facets(catalogue, entries(catalogue)):
        assert offered(page, each.label) == counted(catalogue, each.name, chosen), each.name
    expect_titles(page, [entry.item.title for entry in expected[:50]])

    more = page.get_by_role("button", name="Show 50 more")
    for number in range(100, len(expected), 50):
        more.press("Enter")
        expect(page.locator("#results .row")).to_have_count(number)
        expect(more).to_be_focused()
    more.press("Enter")
    expect_titles(page, [entry.item.title for entry in expected])
    expect(more).to_be_hidden()
    expect(page.locator("#results h3 a:focus")).to_have_count(1)


def test_ten_thousand_findings_are_put_in_order_and_searched(fresh: Reader) -> None:
    catalogue = many(10_000)
    hand_over(fresh.page, catalogue)
    page = open_findings(fresh, "sort=silence")
    ordered = sorted(entries(catalogue), key=by_silence)
    expect_titles(page, [entry.item.title for entry in ordered[:50]])

    words = ordered[7_777].item.title.lower()
    words_of(page).fill(words)
    expected = [
        entry.item.title
        for entry in ordered
        if all(word in f"{entry.item.title} {entry.item.summary}".lower() for word in words.split())
    ]
    expect_number(page, f"{len(expected):,} of 10,000 findings")
    expect_titles(page, expected[:50])
    assert_none(fresh.troubles)
