"""Following a concern: the silence, the chains and the 56-day clock, and the pages of them."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from peelsite.catalogue import (
    Catalogue,
    Clock,
    ClockState,
    Finding,
    NotFound,
    Part,
    Response,
    Silence,
    Statement,
    Update,
    days_between,
    due_date,
    join,
)
from peelsite.catalogue.clocks import clock_of
from peelsite.catalogue.silence import chain_of, silence_of
from peelsite.load import load
from peelsite.pages import Hosting
from peelsite.schema import BodyKind, Dating, Speaker, Status, When
from tests.sites import ROOT, Html, Made, make, words_of

SMALL_SITE: Final = ROOT / "tests" / "small_site" / "content"
DAY: Final = datetime.date.fromisoformat


@cache
def catalogue() -> Catalogue:
    return join(load(SMALL_SITE))


def part(body: str = "northshire") -> Part:
    """Return a part of an inspection, with nothing known of a response."""
    found = next(each for each in catalogue().parts if each.body.id == body)
    return replace(found, response=None, response_not_found=None)


def clock(
    published: str,
    response: str | None = "",
    *,
    dating: Dating = Dating.STATED,
    looked: str = "",
    of: str = "northshire",
) -> Clock:
    """Return the clock of a report; ``response`` is "" for none and None for one without a date."""
    base = part(of)
    said = base.said[0]
    inspection = replace(
        base.inspection, published=When(published) if published else None, published_is=dating
    )
    answer = Response(When(response) if response else None, None, said, None)
    sought = NotFound(DAY(looked), (said.source,), None) if looked else None
    found = clock_of(
        replace(
            base,
            inspection=inspection,
            response=None if response == "" else answer,
            response_not_found=sought,
        )
    )
    assert found
    return found


# --- when comments are due ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "due"),
    [
        ("2022-12-07", "2023-01-31"),
        ("2023-01-05", "2023-03-01"),
        ("2024-01-05", "2024-02-29"),
        ("2024-01-06", "2024-03-01"),
        ("2024-02-29", "2024-04-24"),
        ("2020-01-20", "2020-03-15"),
        ("2021-01-20", "2021-03-16"),
        ("2020-02-28", "2020-04-23"),
        ("2021-02-28", "2021-04-24"),
        ("2024-05-14", "2024-07-08"),
    ],
)
def test_the_day_of_publication_is_the_first_of_56(published: str, due: str) -> None:
    assert due_date(DAY(published)) == DAY(due)
    assert clock(published).due == DAY(due)


@pytest.mark.parametrize(
    ("published", "due", "state"),
    [
        ("2017-05-01", None, ClockState.NO_DUTY),
        ("2017-05-02", "2017-06-26", ClockState.NOT_SOUGHT),
        ("2017-04", None, ClockState.NO_DUTY),
        ("2017-05", None, ClockState.UNDATED),
        ("2016", None, ClockState.NO_DUTY),
        ("2017", None, ClockState.UNDATED),
        ("2023-06", None, ClockState.UNDATED),
        ("", None, ClockState.UNDATED),
    ],
)
def test_a_clock_needs_the_duty_and_the_day(
    published: str, due: str | None, state: ClockState
) -> None:
    found = clock(published)
    assert (found.due, found.state) == (DAY(due) if due else None, state)
    assert not found.is_told_of


@pytest.mark.parametrize(
    ("published", "response", "state"),
    [
        ("2022-12-07", "2022-12-07", ClockState.IN_TIME),
        ("2022-12-07", "2023-01-31", ClockState.IN_TIME),
        ("2022-12-07", "2023-02-01", ClockState.LATE),
        ("2024-01-05", "2024-02-29", ClockState.IN_TIME),
        ("2024-01-05", "2024-03-01", ClockState.LATE),
        ("2023-01-05", "2023-03-01", ClockState.IN_TIME),
        ("2023-01-05", "2023-03-02", ClockState.LATE),
        ("2022-12-07", None, ClockState.ANSWERED),
        ("2022-12", "2023-06-01", ClockState.ANSWERED),
        ("", "2023-06-01", ClockState.ANSWERED),
        # A month, before the due day of 31 January, with it as its last day, and after it.
        ("2022-12-07", "2022-12", ClockState.IN_TIME),
        ("2022-12-07", "2023-01", ClockState.IN_TIME),
        ("2022-12-07", "2023-02", ClockState.LATE),
        # A month, and a year, in which the due day of 3 February lies.
        ("2022-12-10", "2023-02", ClockState.ANSWERED),
        ("2022-12-10", "2023", ClockState.ANSWERED),
        # Answered, though nobody had to within 56 days.
        ("2017-05-01", "2017-09-01", ClockState.NO_DUTY),
    ],
)
def test_a_response_is_in_time_or_late(
    published: str, response: str | None, state: ClockState
) -> None:
    found = clock(published, response)
    assert found.state is state
    assert found.is_told_of


@pytest.mark.parametrize(
    ("response", "state"),
    [("2023-01-31", ClockState.ANSWERED), ("2023-02-01", ClockState.LATE)],
)
def test_with_the_date_of_a_web_page_none_is_surely_in_time(
    response: str, state: ClockState
) -> None:
    """The report can be older than its page, so late by the page is late all the same."""
    found = clock("2022-12-07", response, dating=Dating.PAGE_DATE)
    assert found.state is state
    assert found.is_running_from_page_date


def test_a_known_day_is_not_uncertain() -> None:
    assert not clock("2022-12-07").is_running_from_page_date
    assert not clock("2017-05-01", dating=Dating.PAGE_DATE).is_running_from_page_date


@pytest.mark.parametrize(
    ("looked", "before"), [("2023-01-30", True), ("2023-01-31", True), ("2023-02-01", False)]
)
def test_none_found_says_whether_it_was_due_yet(looked: str, before: bool) -> None:
    found = clock("2022-12-07", looked=looked)
    assert (found.state, found.looked_before_due) == (ClockState.NONE_FOUND, before)
    assert found.is_told_of


def test_without_a_due_date_nobody_looked_before_it() -> None:
    found = clock("2022-12", looked="2022-12-01")
    assert (found.state, found.looked_before_due) == (ClockState.NONE_FOUND, False)


def test_units_and_regions_have_no_clock() -> None:
    assert part("vrcu").body.kind is BodyKind.UNIT
    assert part("vale").body.kind is BodyKind.REGION
    assert clock_of(part("vrcu")) is None
    assert clock_of(part("vale")) is None


def test_a_force_outside_the_police_act_has_no_clock() -> None:
    base = part()
    said = base.said[0]
    outside = replace(base.body, no_policing_body=Statement("It has an authority.", said))
    assert clock_of(base)
    assert clock_of(replace(base, body=outside)) is None


def test_there_is_a_clock_for_each_report_on_each_force() -> None:
    on_forces = [each for each in catalogue().parts if each.body.kind is BodyKind.FORCE]
    clocks = catalogue().clocks
    assert [(c.inspection, c.body) for c in clocks] == [(p.inspection, p.body) for p in on_forces]
    first = clocks[0]
    for record in (first.inspection, first.body):
        assert (first.inspection, first.body) in [
            (each.inspection, each.body) for each in catalogue().clocks_of(record)
        ]


# --- silence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "as_of", "days"),
    [
        ("2022-12-07", "2026-11-23", (1447, 1447)),  # 3 years with a 29 February, and 351 days
        ("2022-12-07", "2022-12-07", (0, 0)),
        ("2024-02-28", "2024-03-01", (2, 2)),
        ("2023-02-28", "2023-03-01", (1, 1)),
        ("2022-12", "2023-01-10", (10, 40)),
        ("2022-12", "2022-12-15", (0, 14)),
        ("2022", "2023-01-01", (1, 365)),
        ("2022-12-08", "2022-12-07", None),
        ("2023-01", "2022-12-31", None),
    ],
)
def test_days_are_counted_at_least_and_at_most(
    since: str, as_of: str, days: tuple[int, int] | None
) -> None:
    assert days_between(When(since), DAY(as_of)) == days
    assert Silence(When(since), "Inspectors").days(DAY(as_of)) == days


def test_a_day_that_is_not_known_is_no_number_of_days_ago() -> None:
    assert days_between(None, DAY("2026-11-23")) is None


def concern(
    id_: str, published: str, *updates: Update, repeats: tuple[Finding, ...] = ()
) -> Finding:
    """Return a concern in a report that was published on some day ("" for not known)."""
    base = next(each for each in catalogue().concerns)
    inspection = replace(base.inspection, published=When(published) if published else None)
    return replace(base, id=id_, inspection=inspection, updates=updates, repeats=repeats)


def update(date: str, speaker: Speaker, who: str, status: Status | None = None) -> Update:
    said = replace(catalogue().concerns[0].said, speaker=speaker, who=who)
    return Update(When(date), status, "Said.", said, ())


def test_without_a_later_word_the_report_is_the_last() -> None:
    assert silence_of(concern("a", "2022-12-07"), {}) == Silence(When("2022-12-07"), "Inspectors")


@pytest.mark.parametrize(
    ("speaker", "who"),
    [
        (Speaker.INSPECTORS, "Inspectors"),
        (Speaker.FORCE, "The force"),
        (Speaker.POLICING_BODY, "The commissioner"),
        (Speaker.PRESS, "The Gazette"),
    ],
)
def test_whoever_speaks_ends_the_silence(speaker: Speaker, who: str) -> None:
    said = concern("a", "2022-12-07", update("2023-05-01", speaker, who))
    assert silence_of(said, {}) == Silence(When("2023-05-01"), who)


def test_of_two_words_of_one_day_the_later_in_the_file_is_the_last() -> None:
    words = [update("2023-05-01", Speaker.FORCE, who) for who in ("First", "Second")]
    assert silence_of(concern("a", "2022-12-07", *words), {}).who == "Second"
    same_day = update("2022-12-07", Speaker.FORCE, "The force")
    assert silence_of(concern("a", "2022-12-07", same_day), {}).who == "The force"


def test_a_report_without_a_date_yields_to_any_dated_word() -> None:
    said = concern("a", "", update("2019-05-01", Speaker.FORCE, "The force"))
    assert silence_of(said, {}) == Silence(When("2019-05-01"), "The force")
    assert silence_of(concern("a", ""), {}) == Silence(None, "Inspectors")


def chain_of_three() -> tuple[Finding, Finding, Finding, dict[Finding, list[Finding]]]:
    """Return three findings of which each repeats the one before, and which repeat which."""
    first = concern("first", "2016-01-01")
    second = concern("second", "2018-01-01", repeats=(first,))
    third = concern(
        "third",
        "2020-01-01",
        update("2021-05-01", Speaker.FORCE, "The force"),
        repeats=(second,),
    )
    return first, second, third, {first: [second], second: [third]}


def test_a_report_that_finds_the_same_again_ends_the_silence() -> None:
    """Also where it repeats a report that repeats this one."""
    *chain, repeated_by = chain_of_three()
    for each in chain:
        assert silence_of(each, repeated_by) == Silence(When("2021-05-01"), "The force")


def test_an_earlier_report_is_no_later_word() -> None:
    first = concern("first", "2016-01-01", update("2019-01-01", Speaker.FORCE, "The force"))
    second = concern("second", "2018-01-01", repeats=(first,))
    assert silence_of(second, {first: [second]}).since == When("2018-01-01")


def test_a_chain_is_the_same_from_each_of_its_findings() -> None:
    *chain, repeated_by = chain_of_three()
    for each in chain:
        assert chain_of(each, repeated_by) == chain
    alone = concern("alone", "2016-01-01")
    assert chain_of(alone, repeated_by) == [alone]


def test_a_chain_may_branch() -> None:
    """Two that repeat one do not repeat each other; the one they repeat has both."""
    first = concern("first", "2016-01-01")
    left, right = (concern(id_, "2018-01-01", repeats=(first,)) for id_ in ("left", "right"))
    repeated_by = {first: [right, left]}
    assert chain_of(first, repeated_by) == [first, left, right]
    assert chain_of(left, repeated_by) == [first, left]


def test_the_catalogue_knows_what_repeats_what() -> None:
    known = catalogue()
    [first] = [each for each in known.concerns if each.id == "paper-files"]
    [later] = known.repeated_by(first)
    assert later.repeats == (first,)
    assert known.chain(first) == known.chain(later) == (first, later)
    assert [each.date for each in first.updates][-1] == When("2023-06-15")
    assert known.silence(first) == known.silence(later)
    assert known.silence(first).since == When("2023-07")


# --- the pages ---------------------------------------------------------------------------------

CRIME: Final = "inspections/2023-06-15-crime"


def site(folder: Path, *changes: tuple[str, str], as_of: str = "", url: str = "") -> Made:
    """Build the small site with some text in its report of 15 June 2023 replaced."""
    content = shutil.copytree(SMALL_SITE, folder / "content")
    file = content / f"{CRIME}.yml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    day = DAY(as_of) if as_of else None
    return make(content, ROOT / "templates", hosting=Hosting(url=url), as_of=day)


def page(built: Made, address: str) -> Html:
    html = next(each.html for each in built.pages if each.page.address == address)
    return Html(address, f"<!doctype html><title>x</title><main>{html}</main>")


def rows(html: Html, table: str) -> list[list[str]]:
    """Return the words of each cell of the rows of a table."""
    bodies = [
        each
        for found in html.elements("table")
        if found.get("class") == table
        for each in found.iter("tbody")
    ]
    return [[words_of(cell) for cell in row] for body in bodies for row in body.iter("tr")]


def section(html: Html, id_: str) -> str:
    """Return the words of the section that a heading of some id is the name of."""
    found = [each for each in html.elements("section") if each.get("aria-labelledby") == id_]
    assert len(found) == 1
    return words_of(found[0])


def test_open_concerns_are_listed_by_silence(tmp_path: Path) -> None:
    built = site(tmp_path, as_of="2026-11-23")
    listed = rows(page(built, "concerns"), "silences stacked")
    concerns = built.catalogue.open_concerns
    assert len(listed) == len(concerns) > 2
    assert [row[0].removesuffix(" said before") for row in listed] == [c.title for c in concerns]
    ends = [built.catalogue.silence(each).since for each in concerns]
    days = [since.span[1] for since in ends if since]
    assert days == sorted(days)
    assert None in ends
    assert None not in ends[: len(days)]
    for row, each in zip(listed, concerns, strict=True):
        assert row[3].startswith(each.status.label)
        assert row[5].startswith(built.catalogue.silence(each).who)


def test_a_page_built_for_a_day_says_the_days(tmp_path: Path) -> None:
    html = page(site(tmp_path, as_of="2026-11-23"), "concerns")
    words = words_of(html.root)
    assert "Days are counted to 23 November 2026." in words
    assert "days)" in words
    assert "data-since" not in html.text


def test_else_the_browser_is_left_to_say_them(tmp_path: Path) -> None:
    html = page(site(tmp_path), "concerns")
    assert "counted to" not in html.text
    assert 'class="age" data-since="' in html.text


def test_a_body_that_said_nothing_is_not_said_to_be_silent(tmp_path: Path) -> None:
    built = site(tmp_path)
    said = [row[4] for row in rows(page(built, "concerns"), "silences stacked")]
    none = [each for each in built.catalogue.open_concerns if not each.body_update]
    assert said.count("Nothing found in our sources") == len(none) > 0
    assert len(none) < len(said)


def test_closed_concerns_are_counted_and_not_listed(tmp_path: Path) -> None:
    built = site(tmp_path)
    closed = [each for each in built.catalogue.concerns if not each.is_open]
    html = page(built, "concerns")
    assert closed
    assert f"{len(closed)} concern" in words_of(html.root)
    for each in closed:
        assert each.title not in [row[0] for row in rows(html, "silences stacked")]


def told(html: Html) -> dict[str, list[str]]:
    """Return the rows of the table of clocks of which something is known, by who must answer."""
    return {row[0]: row[1:] for row in reversed(rows(html, "clocks stacked")) if len(row) == 5}


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ("published: 2023-10-02", "Published late, 2 October 2023."),
        ("published: 2023-08-09", "Published in time, 9 August 2023."),
        ("published: 2023-08", "Published; whether in time is not known, August 2023."),
        (
            "published: not-known",
            "Published; whether in time is not known (its date is not known).",
        ),
    ],
)
def test_a_response_is_told_wherever_its_clock_stands(
    tmp_path: Path, found: str, state: str
) -> None:
    built = site(tmp_path, ("published: 2023-10-02", found))
    row = told(page(built, "responses"))["Northshire Crime Commissioner for Northshire"]
    assert row[1:3] == ["15 June 2023", "9 August 2023"]
    assert row[3].startswith(f"{state} Northshire Crime Commissioner")
    of_report = section(page(built, CRIME), "responses")
    assert "The last day in time: 9 August 2023." in of_report
    assert f"{state} The commissioner marked asks for" in of_report
    assert state in section(page(built, "forces/northshire"), "responses")


@pytest.mark.parametrize(
    ("looked", "state"),
    [
        ("2026-01-06", "None found, last looked 6 January 2026."),
        ("2023-07-01", "None found, last looked 1 July 2023, when it was not yet due."),
    ],
)
def test_none_found_says_where_and_when(tmp_path: Path, looked: str, state: str) -> None:
    built = site(
        tmp_path,
        (
            "looked: 2026-01-06\n      looked-in: [minutes]",
            f"looked: {looked}\n      looked-in: [minutes]",
        ),
    )
    where = "Looked in Vale Joint Committee"
    rows_ = [row for row in told(page(built, "responses")).values() if "None found" in row[3]]
    assert [row[3] for row in rows_] == [f"{state} {where}"]
    found = section(page(built, CRIME), "responses")
    assert f"{state} {where}. That does not mean that there is none." in found
    assert "We marked saw one item of the minutes only." in found


def test_a_report_older_than_the_duty_is_not_said_to_lack_a_due_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peelsite.catalogue.clocks.LAW_BEGAN", DAY("2023-06-16"))
    listed = told(page(site(tmp_path), "responses"))
    answered = listed["Northshire Crime Commissioner for Northshire"]
    assert answered[2] == "none, the report is older than the duty"
    assert answered[3].startswith("No clock; a response was found, 2 October 2023.")
    assert any("No clock; no response found, last looked" in row[3] for row in listed.values())


def test_a_force_outside_the_police_act_is_told_so(tmp_path: Path) -> None:
    html = page(site(tmp_path), "forces/weald")
    assert "responses" not in html.ids
    assert "no local policing body under the Police Act 1996" in section(html, "about")


def test_what_nobody_looked_for_stands_report_by_report(tmp_path: Path) -> None:
    built = site(tmp_path)
    html = page(built, "responses")
    listed = {row[0]: row[1:] for row in rows(html, "clocks stacked") if len(row) == 4}
    sought = [each for each in built.catalogue.clocks if each.state is ClockState.NOT_SOUGHT]
    assert set(listed) == {each.inspection.short for each in sought}
    for each in sought:
        assert each.body.short in listed[each.inspection.short][2].split(", ")


def test_reports_without_a_due_date_are_told_apart(tmp_path: Path) -> None:
    built = site(tmp_path)
    words = section(page(built, "responses"), "without")
    undated = [each for each in built.catalogue.clocks if each.state is ClockState.UNDATED]
    assert undated
    for each in undated:
        assert each.inspection.short in words


@pytest.mark.parametrize(
    "link",
    [
        "https://www.legislation.gov.uk/ukpga/2017/3/section/37",
        "https://www.legislation.gov.uk/uksi/2017/399/made",
    ],
)
def test_the_rule_and_its_source_are_on_the_page(tmp_path: Path, link: str) -> None:
    html = page(site(tmp_path), "responses")
    words = section(html, "rule")
    assert link in [each.value for each in html.links]
    for told_ in ("55(5A)", "56 days", "2 May 2017", "7 December 2022", "31 January 2023"):
        assert told_ in words


def test_only_a_site_with_an_address_can_be_subscribed_to(tmp_path: Path) -> None:
    with_address = page(site(tmp_path / "a", url="https://example.org/repo/"), "responses")
    assert with_address.link("Subscribe to it") == "webcal://example.org/repo/calendar/all.ics"
    without = page(site(tmp_path / "b"), "responses")
    assert without.link("Subscribe to it") is None
    assert without.link("Download the calendar") == "../calendar/all.ics"


def test_every_word_on_a_clock_is_in_the_glossary(tmp_path: Path) -> None:
    html = page(site(tmp_path), "glossary")
    for state in ClockState:
        assert f"responses-{state.value}" in html.ids
        assert state.meaning in words_of(html.root)


def test_a_unit_has_no_section_of_comments(tmp_path: Path) -> None:
    built = site(tmp_path)
    assert "responses" in page(built, "forces/northshire").ids
    assert "responses" not in page(built, "units/vrcu").ids
