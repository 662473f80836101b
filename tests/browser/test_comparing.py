"""Tests that set bodies side by side in a real browser: the comparison, questions and rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.test_accessible import follow_the_focus, in_every_state, lost
from tests.browser.test_reading import (
    DESKTOP,
    PHONE,
    boxes,
    read_aloud,
    resize,
    style,
    tab_to,
)
from tests.sites import assert_none

COMPARE = "compare.html"
SOC, QUESTION = "soc-2022", "soc"
NORTH_EAST = ("northumbria", "durham", "cleveland")
SEVEN = "durham,cleveland,northumbria,kent,surrey,sussex,essex"
LATEST_BEFORE, FIRST_AFTER = "peel-2018", "peel-2021"
"""The rounds of 2018/19 and 2021/22, which HMICFRS says cannot be compared."""

WIDE_ROUND = "rounds/peel-2016.html"
"""A round of so many questions that its table is wider and longer than any screen."""


@pytest.fixture
def phone(browser: Browser, home: str) -> Iterator[Reader]:
    """Read the site on a telephone."""
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740}, has_touch=True, reduced_motion="reduce"
    )
    yield Reader(context.new_page(), home)
    context.close()


def ask(reader: Reader, **asked: str) -> Page:
    """Open the page of comparison with an address that asks for something."""
    page = reader.open(COMPARE)
    page.goto(f"{page.url}?{'&'.join(f'{name}={value}' for name, value in asked.items())}")
    return page


def comparison(page: Page) -> Locator:
    return page.locator("#comparison").get_by_role("table")


def names(page: Page) -> list[str]:
    return comparison(page).get_by_role("rowheader").all_inner_texts()


def row(page: Page, name: str) -> Locator:
    return comparison(page).get_by_role("row").filter(has_text=name)


def refused(page: Page) -> Locator:
    """Return what the page says of why it refuses, and expect that it compares nothing."""
    expect(page.locator("#comparison")).to_be_empty()
    panel = page.get_by_role("region", name="Not compared")
    expect(panel).to_be_visible()
    return panel


def sideways(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return wide


# --- choosing, and what is shown ---------------------------------------------------------------


def test_bodies_are_chosen_on_a_phone_and_stand_as_cards(phone: Reader) -> None:
    page = phone.open(COMPARE)
    page.get_by_text("North East", exact=True).tap()
    for name in ("Northumbria", "Durham"):
        page.get_by_role("checkbox", name=name, exact=True).tap()
    expect(page.locator("form output")).to_contain_text("2 of at most 6")
    expect(page.locator("form output")).to_contain_text("Durham and Northumbria")
    page.get_by_role("button", name="Compare").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Compare Durham and Northumbria")
    expect(page).to_have_title(re.compile("^Compare Durham and Northumbria · "))
    expect(page.locator("#compared")).to_be_focused()
    expect(page.locator("#compared")).to_be_in_viewport()
    assert names(page) == ["Durham Constabulary", "Northumbria Police"]
    cards = comparison(page).locator("tbody tr").all()
    boxes = [card.bounding_box() for card in cards]
    assert all(box and box["width"] > PHONE * 0.85 for box in boxes)
    first, second = (box for box in boxes if box)
    assert second["y"] >= first["y"] + first["height"]
    assert not sideways(page)
    assert_none(phone.troubles)


def test_every_card_has_the_same_rows_in_the_same_order_with_their_names(phone: Reader) -> None:
    page = ask(phone, bodies=",".join((*NORTH_EAST, "kent")), round=SOC)
    labels = [
        [style(cell, "content", "::before") for cell in card.get_by_role("cell").all()]
        for card in comparison(page).locator("tbody tr").all()
    ]
    assert len(labels) == 4
    assert all(each == labels[0] for each in labels)
    heads = comparison(page).locator("thead th").all_text_contents()
    assert heads[1:] == ["Serious and organised crime", "Concerns", "Praised work", "Replies"]
    assert [label.split('"')[1] for label in labels[0]] == heads[1:]
    tops = [
        [cell.evaluate("e => e.offsetTop") for cell in card.get_by_role("cell").all()]
        for card in comparison(page).locator("tbody tr").all()
    ]
    assert all(each == sorted(each) for each in tops)


@pytest.mark.parametrize("width", [PHONE, 800, DESKTOP])
def test_it_is_read_aloud_as_a_table_however_it_is_set(fresh: Reader, width: int) -> None:
    page = ask(fresh, bodies="northumbria,durham", round=SOC)
    resize(page, width)
    rows = read_aloud(page, "row")
    assert [row[0] for row in rows] == ["Body", "Northumbria Police", "Durham Constabulary"]
    assert "Praised work" in rows[0]
    assert "Operation Momentum in Ashington" in rows[1]
    assert "Praised work" not in rows[1]
    assert len(read_aloud(page, "cell")) == 2 * (len(read_aloud(page, "columnheader")) - 1)
    without_role = comparison(page).locator(":is(thead, tbody, tr, th, td):not([role])")
    expect(without_role).to_have_count(0)


def test_a_cell_says_grade_date_and_evidence(fresh: Reader) -> None:
    page = ask(fresh, bodies="northumbria,durham", round=SOC, question=QUESTION)
    cell = row(page, "Northumbria Police").get_by_role("cell").first
    expect(cell.locator(".grade-word")).to_have_text("Good")
    assert boxes(cell.locator("path.on")) == 4
    expect(cell.locator("time")).to_have_text("7 December 2022")
    expect(cell).to_contain_text("Chronicle Live")
    evidence = cell.get_by_role("link", name="Press only")
    evidence.click()
    expect(page).to_have_url(re.compile(r"/sources/#chronicle-live-\w+$"))
    expect(page.locator(":target")).to_have_count(1)


def test_titles_of_findings_lead_to_the_findings_and_replies_are_given(fresh: Reader) -> None:
    page = ask(fresh, bodies="northumbria,durham", round=SOC)
    cells = row(page, "Northumbria Police").get_by_role("cell")
    praised, replies = cells.nth(2), cells.nth(3)
    expect(praised.get_by_role("link", name="Operation Momentum in Ashington")).to_be_visible()
    expect(replies).to_contain_text("Head of crime, Northumbria Police")
    cells.nth(1).get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/inspections/2022-12-07-north-east-soc/#northumbria-"))
    expect(page.locator("article:target")).to_be_visible()


def test_what_is_not_in_our_sources_is_said(fresh: Reader) -> None:
    page = ask(fresh, bodies="durham,wiltshire", round=SOC, question=QUESTION)
    expect(row(page, "Wiltshire").get_by_role("cell")).to_have_text(
        ["No rating in our sources", *["None in our sources"] * 3]
    )
    expect(row(page, "Durham").get_by_role("cell").nth(1)).to_have_text("None in our sources")
    expect(page.locator("#comparison")).to_contain_text("it does not mean that there was none")


def test_a_question_that_was_not_graded_says_so(fresh: Reader) -> None:
    page = ask(
        fresh, bodies="durham,kent", round="peel-2014", question="strategic-policing-requirement"
    )
    for name in ("Durham", "Kent"):
        expect(row(page, name).get_by_role("cell").first).to_have_text("Not graded in this round")


def test_all_questions_of_a_round_are_shown_or_named(fresh: Reader) -> None:
    page = ask(fresh, bodies="durham,northumbria", round="peel-2017")
    shown = comparison(page).get_by_role("columnheader").all_inner_texts()[1:-3]
    silent = page.get_by_text("our sources hold no rating of any of them").inner_text()
    asked = fresh.open("rounds/peel-2017.html").locator(".grid thead th a").all_inner_texts()
    assert len(shown) > 3
    assert all((question in shown) != (question in silent) for question in asked)
    assert [question for question in asked if question in shown] == shown


def test_the_wording_of_the_question_stands_below(fresh: Reader) -> None:
    page = ask(fresh, bodies="durham,northumbria", round="peel-2017", question=QUESTION)
    expect(page.locator("#comparison dl")).to_contain_text(
        "How effective is the force at tackling serious and organised crime? (HMICFRS's wording)"
    )


def test_on_a_wide_screen_bodies_are_columns_beside_the_names_of_the_rows(fresh: Reader) -> None:
    page = ask(fresh, bodies=",".join((*NORTH_EAST, "kent", "surrey", "essex")), round=SOC)
    heads = comparison(page).get_by_role("columnheader")
    bodies = comparison(page).get_by_role("rowheader")
    assert len({box["y"] for each in bodies.all() if (box := each.bounding_box())}) == 1
    for index, head in enumerate(heads.all()):
        beside = comparison(page).locator(f"tr > :nth-child({index + 1})").all()
        tops = {box["y"] for each in beside if (box := each.bounding_box())}
        assert len(tops) == 1, head.inner_text()
    assert not sideways(page)


# --- the address keeps the choice --------------------------------------------------------------


def test_the_choice_is_in_the_address_and_survives_a_reload(fresh: Reader) -> None:
    page = fresh.open(COMPARE)
    expect(page.get_by_text("Choosing bodies needs JavaScript")).to_be_hidden()
    for name in ("Kent", "Essex"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Round", exact=True).select_option("peel-2016")
    page.get_by_label("Question").select_option("effectiveness")
    page.get_by_label("Beside another round").select_option("peel-2017")
    page.get_by_role("button", name="Compare").click()
    address = f"{fresh.home}compare/?bodies=essex,kent&round=peel-2016&with=peel-2017"
    expect(page).to_have_url(f"{address}&question=effectiveness")

    seen = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == seen
    page.get_by_text("Choose what to compare").click()
    for name in ("Kent", "Essex"):
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(page.get_by_label("Round", exact=True)).to_have_value("peel-2016")
    expect(page.get_by_label("Question")).to_have_value("effectiveness")
    expect(page.get_by_label("Beside another round")).to_have_value("peel-2017")


def test_a_shared_link_shows_another_reader_the_same(fresh: Reader, phone: Reader) -> None:
    page = ask(fresh, bodies="durham,northumbria", round="peel-2017", question="efficiency")
    phone.page.goto(page.url)
    for each in (page, phone.page):
        expect(each.get_by_role("heading", level=1)).to_have_text("Compare Durham and Northumbria")
        expect(each.locator("#compared")).to_have_text("PEEL 2017: Efficiency")
    cells = [
        comparison(each).get_by_role("cell").all_text_contents() for each in (page, phone.page)
    ]
    assert cells[0] == cells[1]


def test_bodies_stand_in_the_order_of_the_address(fresh: Reader) -> None:
    for order in (("northumbria", "durham"), ("durham", "northumbria")):
        page = ask(fresh, bodies=",".join(order), round=SOC)
        assert [name.split()[0].lower() for name in names(page)] == list(order)


def test_the_back_button_goes_from_one_comparison_to_the_one_before(fresh: Reader) -> None:
    page = fresh.open(COMPARE)
    title = page.get_by_role("heading", level=1)
    for name in ("Durham", "Northumbria"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("Choose what to compare").click()
    page.get_by_role("checkbox", name="Cleveland").check()
    page.get_by_role("button", name="Compare").click()
    expect(title).to_have_text("Compare Cleveland, Durham and Northumbria")
    page.go_back()
    expect(title).to_have_text("Compare Durham and Northumbria")
    assert len(names(page)) == 2
    page.go_back()
    expect(title).to_have_text("Compare bodies")
    expect(page).to_have_title(re.compile("^Compare bodies · "))
    expect(page.locator("#comparison")).to_be_empty()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    page.go_forward()
    expect(title).to_have_text("Compare Durham and Northumbria")


def test_a_round_leads_to_the_comparison_with_the_round_chosen(fresh: Reader) -> None:
    page = fresh.open(WIDE_ROUND)
    page.get_by_role("link", name="compare a few of them").click()
    expect(page.get_by_label("Round", exact=True)).to_have_value("peel-2016")
    expect(page.locator("#refusal, #comparison")).to_have_text(["", ""])


def test_a_round_by_region_leads_to_the_comparison_of_a_region(fresh: Reader) -> None:
    page = fresh.open("rounds/soc-2022/by-region.html")
    group = page.get_by_role("row").filter(has_text="Forces, North East")
    group.get_by_role("link", name="Compare them").click()
    expect(page.locator("#compared")).to_contain_text("serious and organised crime")
    assert {name.split()[0].lower() for name in names(page)} == set(NORTH_EAST)


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rounds",
    [
        {"round": FIRST_AFTER, "with": LATEST_BEFORE},
        {"round": LATEST_BEFORE, "with": FIRST_AFTER},
        {"round": LATEST_BEFORE, "with": FIRST_AFTER, "question": "investigating-crime"},
    ],
)
def test_2018_19_is_not_compared_with_2021_22(fresh: Reader, rounds: dict[str, str]) -> None:
    page = ask(fresh, bodies="northumbria,durham", **rounds)
    panel = refused(page)
    expect(panel).to_contain_text("“PEEL 2021/22, revised framework” is not compared with")
    expect(panel).to_contain_text("“PEEL 2018/19”")
    expect(panel).to_contain_text("HMICFRS says that it is not possible to compare these grades")
    source = panel.get_by_role("link").get_attribute("href") or ""
    assert re.match(r"https://[^/]*justiceinspectorates\.gov\.uk/", source)


def test_rounds_that_may_be_compared_are_with_both_wordings(fresh: Reader) -> None:
    page = ask(fresh, **{"bodies": "northumbria,durham", "round": "peel-2016", "with": "peel-2017"})
    expect(page.locator("#compared")).to_have_text("PEEL 2017 and PEEL 2016")
    heads = comparison(page).get_by_role("columnheader").all_inner_texts()
    assert heads[1:3] == ["Effectiveness, PEEL 2017", "Effectiveness, PEEL 2016"]
    assert not [head for head in heads if "demand" in head.lower()]
    expect(page.get_by_text("Asked in one of the two rounds only")).to_contain_text(
        "Understanding demand"
    )
    wordings = page.locator("#comparison dl div").first.locator("dd")
    expect(wordings.nth(0)).to_contain_text("PEEL 2017: How")
    expect(wordings.nth(1)).to_contain_text("PEEL 2016: How")


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"bodies": ""}, "Choose at least two bodies"),
        ({"bodies": "durham"}, "Choose at least two bodies"),
        ({"bodies": "durham,durham"}, "Choose at least two bodies"),
        ({"bodies": SEVEN}, "Choose at most six bodies: 7 are too many"),
        ({"bodies": "durham,nerou"}, "Forces and units are not compared with each other"),
        ({"bodies": "durham,kent,atlantis"}, "“atlantis” is not a force or a unit on this site"),
        ({"bodies": "durham,north-east"}, "Regions are inspected and never graded"),
        ({"bodies": "durham,kent", "round": "peel-1829"}, "“peel-1829” is not a round"),
        ({"bodies": "durham,kent", "with": "peel-1829"}, "“peel-1829” is not a round"),
        ({"bodies": "durham,kent", "question": "tea"}, "“tea” is not a question"),
        (
            {"bodies": "durham,kent", "round": SOC, "question": "legitimacy"},
            "“Legitimacy” was not asked in this round: Regional inspections",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(
    fresh: Reader, asked: dict[str, str], reason: str
) -> None:
    page = ask(fresh, **asked)
    expect(refused(page)).to_contain_text(reason)
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare bodies")
    expect(page.get_by_role("button", name="Compare")).to_be_visible()
    assert_none(fresh.troubles)


def test_every_reason_is_given_at_once(fresh: Reader) -> None:
    page = ask(fresh, bodies=f"{SEVEN},nerou,<b>x</b>", round=SOC, question="legitimacy")
    panel = refused(page)
    for reason in ("too many", "“<b>x</b>”", "with each other", "was not asked"):
        expect(panel).to_contain_text(reason)


def test_one_body_chosen_by_hand_is_refused_and_can_be_mended(phone: Reader) -> None:
    page = phone.open(COMPARE)
    page.get_by_role("button", name="Compare").click()
    expect(refused(page)).to_contain_text("Choose at least two bodies")
    page.get_by_text("North East", exact=True).tap()
    page.get_by_role("checkbox", name="Durham").check()
    page.get_by_role("button", name="Compare").click()
    expect(refused(page)).to_contain_text("Choose at least two bodies")
    page.get_by_role("checkbox", name="Cleveland").check()
    page.get_by_role("button", name="Compare").click()
    assert len(names(page)) == 2
    expect(page.get_by_text("Not compared")).to_have_count(0)


def test_forces_and_units_cannot_be_mixed_by_hand(fresh: Reader) -> None:
    page = fresh.open(COMPARE)
    page.get_by_role("checkbox", name="Durham").check()
    page.get_by_role("radio", name="Units").check()
    expect(page.get_by_role("checkbox", name="Durham")).to_be_hidden()
    for name in ("NEROU", "EMSOU"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"\?bodies=emsou,nerou&round="))
    assert len(names(page)) == 2


def test_only_questions_of_the_chosen_rounds_are_offered(fresh: Reader) -> None:
    page = fresh.open(COMPARE)
    question = page.get_by_label("Question").locator("option")
    page.get_by_label("Round", exact=True).select_option(SOC)
    expect(question).to_have_count(2)
    page.get_by_label("Round", exact=True).select_option("peel-2017")
    offered = question.evaluate_all("all => all.map((each) => each.label)")
    assert "Planning for the future" in offered
    page.get_by_label("Beside another round").select_option("peel-2016")
    offered = question.evaluate_all("all => all.map((each) => each.label)")
    assert "Planning for the future" not in offered
    assert "Legitimacy" in offered


# --- by keyboard, on paper, without scripts, from a folder -------------------------------------


def test_bodies_are_chosen_by_keyboard(fresh: Reader) -> None:
    page = fresh.open(COMPARE)
    for name in ("Durham", "Northumbria"):
        tab_to(page, page.get_by_role("checkbox", name=name))
        page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Compare"))
    page.keyboard.press("Enter")
    expect(page.locator("#compared")).to_be_focused()
    assert len(names(page)) == 2


def test_what_is_touched_is_large_enough(phone: Reader) -> None:
    page = phone.open(COMPARE)
    for region in page.locator("#compare details summary").all():
        if region.is_visible():
            region.tap()
    targets = page.locator("#choice :is(summary, label, select, button)")
    boxes = [(each.inner_text(), each.bounding_box()) for each in targets.all()]
    small = [(text, box) for text, box in boxes if box and box["height"] < 44]
    assert len(boxes) > 40
    assert_none(small)
    assert not sideways(page)


def test_a_printed_comparison_has_everything_but_the_form(fresh: Reader) -> None:
    page = ask(fresh, bodies=",".join(NORTH_EAST), round=SOC)
    seen = comparison(page).all_inner_texts()
    resize(page, 720)
    page.emulate_media(media="print")
    expect(page.get_by_text("Choose what to compare")).to_be_hidden()
    expect(page.get_by_role("button", name="Compare")).to_be_hidden()
    assert " ".join(comparison(page).inner_text().split()) == " ".join(seen[0].split())
    for each in (*comparison(page).get_by_role("cell").all(), page.locator("h1")):
        expect(each).to_be_visible()
    assert not sideways(page)


def test_without_scripts_a_plain_page_leads_to_all_bodies(reader_without_scripts: Reader) -> None:
    page = ask(reader_without_scripts, bodies="durham,kent")
    expect(page.locator("#compare")).to_be_hidden()
    expect(page.get_by_text("Choose what to compare")).to_be_hidden()
    expect(page.get_by_text("Choosing bodies needs JavaScript")).to_be_visible()
    rounds = page.get_by_role("region", name="All bodies of a round").get_by_role("link")
    assert rounds.count() > 1
    rounds.filter(has_text="PEEL 2016").click()
    table = page.get_by_role("region", name="PEEL 2016, sorted by name")
    for name in ("Durham", "Kent"):
        expect(table.get_by_role("rowheader", name=name)).to_be_visible()


def test_the_copy_in_a_folder_compares_too(folder_reader: Reader) -> None:
    page = folder_reader.open(COMPARE)
    resize(page, DESKTOP)
    for name in ("Durham", "Northumbria"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Compare").click()
    address = f"{folder_reader.home}compare.html?bodies=durham,northumbria&round={SOC}"
    expect(page).to_have_url(address)
    cells = comparison(page).get_by_role("cell").all_inner_texts()
    page.reload()
    assert comparison(page).get_by_role("cell").all_inner_texts() == cells
    comparison(page).get_by_role("link", name="Durham Constabulary").click()
    expect(page).to_have_url(f"{folder_reader.home}forces/durham.html")
    page.go_back()
    comparison(page).locator("a.evidence").first.click()
    expect(page).to_have_url(re.compile(r"/sources\.html#"))
    assert_none(folder_reader.troubles)


@pytest.mark.parametrize(
    "asked",
    [
        {"bodies": ",".join((*NORTH_EAST, "kent", "surrey", "essex")), "round": "peel-2016"},
        {"bodies": "durham,nerou", "round": FIRST_AFTER, "with": LATEST_BEFORE},
        {"round": SOC},
    ],
    ids=["compared", "refused", "to choose"],
)
def test_comparing_is_accessible(fresh: Reader, asked: dict[str, str]) -> None:
    page = ask(fresh, **asked)
    for region in page.locator("#choice[open] .compare details:not([open]) > summary").all():
        if region.is_visible():
            region.click()
    assert_none(list(in_every_state(page)))
    assert_none(list(lost(page)))
    follow_the_focus(page)
    assert_none(fresh.troubles)


def test_the_page_is_light_for_all_that_it_holds(fresh: Reader) -> None:
    answer = fresh.page.goto(f"{fresh.home}compare/")
    assert answer is not None
    assert len(answer.body()) < 100_000


# --- one question ------------------------------------------------------------------------------


def test_a_question_shows_forces_and_units_apart_by_grade(fresh: Reader) -> None:
    page = fresh.open("questions/soc.html")
    of_round = page.locator("section").filter(has=page.locator(f"#{SOC}"))
    heads = of_round.get_by_role("heading", level=3)
    expect(heads).to_have_text(["Forces", "Units", "Regions"])
    forces, units, regions = of_round.locator("dl.by-grade").all()
    good = forces.locator("div").filter(has=page.locator("dt", has_text="Good"))
    expect(good.get_by_role("link", name="Northumbria Police")).to_be_visible()
    expect(forces.get_by_role("link", name="North East Regional")).to_have_count(0)
    expect(units.get_by_role("link", name="North East Regional")).to_have_count(1)
    expect(regions.locator("dt").first).to_contain_text("Inspected, not graded")
    order = [text.split(",")[0] for text in forces.locator("dt .grade").all_text_contents()]
    scale = ["Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate"]
    assert [word for word in scale if word in order] == order[: len(set(order) & set(scale))]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_question_names_every_force_that_has_no_rating(fresh: Reader, width: int) -> None:
    page = fresh.open("forces/index.html")
    forces = page.locator(".card h3 a").count()
    page = fresh.open("questions/soc.html")
    resize(page, width)
    of_round = page.locator("section").filter(has=page.locator(f"#{SOC}"))
    named = of_round.locator("dl").first.locator("a[href*='/forces/']")
    assert len(set(named.evaluate_all("all => all.map((a) => a.href)"))) == forces
    assert not sideways(page)


# --- the grid ----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_head_and_names_of_the_grid_stay_in_sight(fresh: Reader, width: int) -> None:
    page = fresh.open(WIDE_ROUND)
    resize(page, width)
    region = page.get_by_role("region", name="PEEL 2016, sorted by name")
    region.evaluate("e => { e.scrollIntoView(); e.scrollTo(400, 900); }")
    corner = region.locator("thead th").first
    head = region.locator("thead th").nth(5)
    name = region.locator("tbody th").nth(20)
    edge = region.bounding_box()
    assert edge is not None
    for each, axes in ((corner, "xy"), (head, "y"), (name, "x")):
        box = each.bounding_box()
        assert box is not None
        for axis in axes:
            assert abs(box[axis] - edge[axis]) <= 2, (each.inner_text(), axis)  # type: ignore[literal-required]
    opaque = r"rgb\(\d+, \d+, \d+\)"
    for each in (corner, head, name):
        assert re.fullmatch(opaque, style(each, "backgroundColor"))
    top = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('th')?.textContent",
        [edge["x"] + 5, edge["y"] + 12],
    )
    assert top == corner.text_content()
    assert not sideways(page)


def test_a_row_without_a_rating_says_so_wherever_one_has_scrolled(fresh: Reader) -> None:
    page = fresh.open(WIDE_ROUND)
    resize(page, PHONE)
    region = page.get_by_role("region", name="PEEL 2016, sorted by name")
    absent = region.get_by_role("row").filter(has_text="British Transport Police")
    region.evaluate("e => e.scrollTo(700, 0)")
    said = absent.get_by_text("No rating in our sources")
    said.scroll_into_view_if_needed()
    box, edge = said.bounding_box(), region.bounding_box()
    assert box is not None
    assert edge is not None
    name = absent.get_by_role("rowheader").bounding_box()
    assert name is not None
    assert name["x"] + name["width"] <= box["x"] < edge["x"] + edge["width"] * 0.6


def test_the_grid_scrolls_by_keyboard(fresh: Reader) -> None:
    page = fresh.open(WIDE_ROUND)
    region = page.get_by_role("region", name="PEEL 2016, sorted by name")
    tab_to(page, region)
    for key, axis in (("ArrowRight", "scrollLeft"), ("ArrowDown", "scrollTop")):
        page.keyboard.press(key)
        page.wait_for_function(
            "([id, axis]) => document.activeElement[axis] > 0", arg=["", axis], timeout=2000
        )


def test_the_grid_says_grades_in_words_and_segments(fresh: Reader) -> None:
    page = fresh.open(f"rounds/{SOC}.html")
    durham = page.locator(".grid tr").filter(has_text="Durham")
    expect(durham.locator(".grade-word")).to_have_text("Outstanding")
    assert boxes(durham.locator("path.on")) == 5
    chips = page.locator(".grid .grade")
    assert chips.count() == page.locator(".grid .grade .grade-word:not(:empty)").count()


def test_the_grid_has_every_body_and_every_question(fresh: Reader) -> None:
    forces = fresh.open("forces/index.html").locator(".card h3 a").count()
    page = fresh.open(WIDE_ROUND)
    asked = page.get_by_role("region", name="What was asked").locator("dt").all_inner_texts()
    heads = page.locator(".grid thead th a").all_inner_texts()
    assert heads == asked
    rows = page.locator(".grid tbody tr").all()
    assert len(rows) == forces
    for each in rows:
        spans = each.locator("td").evaluate_all("all => all.map((cell) => cell.colSpan)")
        assert sum(spans) == len(heads)
        assert "" not in [text.strip() for text in each.locator("td").all_inner_texts()]


def test_the_grid_is_sorted_by_name_or_by_region_alone(fresh: Reader) -> None:
    page = fresh.open(WIDE_ROUND)
    by_name = page.locator(".grid tbody th[scope=row] a").all_inner_texts()
    assert by_name == sorted(by_name)
    page.get_by_role("link", name="Sort by region").click()
    expect(page).to_have_url(re.compile(r"/rounds/peel-2016/by-region/$"))
    groups = page.locator(".grid .group th").all_inner_texts()
    assert groups == sorted(groups)
    assert len(groups) > 5
    by_region = page.locator(".grid tbody th[scope=row] a").all_inner_texts()
    assert sorted(by_region) == by_name
    page.get_by_role("link", name="Sort by name").click()
    expect(page).to_have_url(re.compile(r"/rounds/peel-2016/$"))


def test_a_printed_grid_is_whole_and_names_the_questions(fresh: Reader) -> None:
    page = fresh.open(WIDE_ROUND)
    resize(page, 720)
    page.emulate_media(media="print")
    region = page.locator(".scroll")
    assert region.evaluate("e => e.scrollHeight - e.clientHeight") <= 1
    assert style(page.locator(".grid td").first, "content", "::before") == '"Effectiveness: "'
    assert not sideways(page)
