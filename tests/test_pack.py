"""The pack for a meeting: what it asks, what it leaves out, and what it says where nothing is."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from peelsite.catalogue import Catalogue, Finding, NotFound, Said, Statement, Update, join
from peelsite.load import load
from peelsite.pages import Page
from peelsite.pages.pack import (
    SINCE,
    WITHOUT_DATE,
    Ask,
    Numbered,
    ask_about,
    pack_address,
    packs,
)
from peelsite.schema import Absence, BodyKind, Speaker, Status, When
from tests.test_pages import catalogue

HERE: Final = Path(__file__).parent
REPORT: Final = When("2023-06-15")
LATER: Final = When("2024-02")


@cache
def real() -> Catalogue:
    return join(load(HERE.parent / "content"))


def pack(of: Catalogue, body: str) -> Page:
    return next(each for each in packs(of) if each.given["body"].id == body)


def concern(**changes: Any) -> Finding:
    """Return a concern of 15 June 2023 of which nobody has said anything since."""
    found = next(each for each in catalogue().concerns if each.id == "telephone")
    assert found.inspection.published == REPORT
    return replace(found, **{"updates": (), "repeats": (), "said_before": (), **changes})


def update(speaker: Speaker, status: Status | None, date: When = LATER) -> Update:
    said = replace(concern().said, speaker=speaker, who=speaker.label)
    return Update(date, status, "A word.", said, ())


# --- what to ask -------------------------------------------------------------------------------


def test_of_a_concern_that_nobody_spoke_of_since_it_asks_what_was_done_since() -> None:
    assert ask_about(concern(), ()) == (Ask("What has been done about this since", REPORT),)


BY_INSPECTORS: Final = {
    Status.OPEN: Ask("What has been done about this since", LATER),
    Status.ACTION_PLANNED: Ask("What has come of the plan since", LATER),
    Status.PARTLY_ADDRESSED: Ask("What is still to be done"),
    Status.REOPENED: Ask("What has been done about this since it was raised again"),
    None: Ask("What has changed since", LATER),
}
BY_BODY: Final = {
    **BY_INSPECTORS,
    Status.CLOSED: Ask("What do inspectors say of this"),
    Status.SUPERSEDED: Ask("What do inspectors say of this"),
}


@pytest.mark.parametrize("status", BY_INSPECTORS)
def test_it_asks_by_the_last_word_of_inspectors(status: Status | None) -> None:
    last = update(Speaker.INSPECTORS, status)

    assert ask_about(concern(updates=(last,)), ()) == (BY_INSPECTORS[status],)


@pytest.mark.parametrize("speaker", [Speaker.FORCE, Speaker.UNIT, Speaker.POLICING_BODY])
@pytest.mark.parametrize("status", BY_BODY)
def test_it_asks_by_the_last_word_of_the_body(status: Status | None, speaker: Speaker) -> None:
    said = (update(Speaker.INSPECTORS, Status.OPEN, When("2023-12")), update(speaker, status))

    assert ask_about(concern(updates=said), ()) == (BY_BODY[status],)


def test_the_last_word_counts_whoever_had_it() -> None:
    said = (update(Speaker.FORCE, Status.CLOSED), update(Speaker.INSPECTORS, Status.OPEN))

    assert ask_about(concern(updates=said), ()) == (BY_INSPECTORS[Status.OPEN],)


def test_the_press_does_not_decide_what_is_asked() -> None:
    said = (update(Speaker.FORCE, Status.CLOSED), update(Speaker.PRESS, Status.OPEN))

    assert ask_about(concern(updates=said), ()) == (BY_BODY[Status.CLOSED],)


def test_every_status_has_its_question_once() -> None:
    assert {*SINCE, *WITHOUT_DATE} == {None, *Status}
    assert not {*SINCE} & {*WITHOUT_DATE}


def test_where_the_date_of_the_report_is_not_known_it_asks_since_the_report() -> None:
    undated = concern(inspection=replace(concern().inspection, published=None))

    assert ask_about(undated, ()) == (Ask("What has been done about this since the report"),)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (When("2019-05-01"), "What was done after this was first said on"),
        (When("2019-05"), "What was done after this was first said in"),
        (When("2019"), "What was done after this was first said in"),
        (None, "What was done after this was first said"),
    ],
)
def test_of_what_was_said_before_it_asks_what_was_done_then(date: When | None, words: str) -> None:
    first = concern(inspection=replace(concern().inspection, published=date))

    _, asked = ask_about(concern(), (first, concern()))

    assert asked == Ask(words, date)


def test_of_what_others_say_was_said_before_it_asks_when() -> None:
    told = Statement("It had been said before.", update(Speaker.PRESS, None).said)

    _, asked = ask_about(concern(said_before=(told,)), ())

    assert asked == Ask("When was this first said, and what was done then")


def test_no_question_leads() -> None:
    """None supposes failure or success, or that anybody should have done something."""
    loaded = (
        r"\b(why|fail|failed|still not|yet|should|ignored?|fixed|finally|only|enough|at last)\b"
    )
    asked = [*SINCE.values(), *WITHOUT_DATE.values()]
    assert len(asked) > 5
    for words in asked:
        assert words.startswith("What ")
        assert not re.search(loaded, words), words


# --- what it holds -----------------------------------------------------------------------------


def test_every_force_and_unit_has_a_pack_and_no_region() -> None:
    addresses = {each.address for each in packs(catalogue())}

    assert addresses == {
        "forces/northshire/pack",
        "forces/southmoor/pack",
        "forces/weald/pack",
        "units/vrcu/pack",
    }
    [region] = catalogue().of_kind(BodyKind.REGION)
    assert pack_address(region) is None


def test_a_pack_stands_below_its_body_and_shows_its_file() -> None:
    page = pack(catalogue(), "northshire")

    assert page.above == ("forces/northshire", "Northshire")
    assert page.path == "content/bodies/northshire.yml"


def test_the_open_concerns_about_a_body_stand_longest_silence_first() -> None:
    """Those recorded under another body, and as much about this one, are among them."""
    of_unit = pack(real(), "nerou").given["raised"]
    silent = [real().silence(each.concern).since for each in of_unit]

    assert len(of_unit) == 6
    assert [each.iso for each in silent if each] == sorted(each.iso for each in silent if each)
    for body in real().bodies:
        if pack_address(body):
            raised = {each.concern for each in pack(real(), body.id).given["raised"]}
            assert raised == {each for each in real().open_concerns if body in each.about}


def test_ratings_are_those_of_the_newest_round_of_each_kind() -> None:
    graded = pack(real(), "northumbria").given["graded"]

    assert [each.round.id for each in graded] == ["peel-2023", "vetting-2021", "soc-2022"]
    assert [len(each.ratings) for each in graded] == [7, 1, 1]
    assert graded[0].ratings[0][0].absence is Absence.INSPECTED_NOT_GRADED


def test_a_doubt_about_several_ratings_is_told_once() -> None:
    given = pack(real(), "northumbria").given
    marks = [mark for each in given["graded"] for _, mark in each.ratings]
    doubts = dict(given["doubts"])

    assert marks == ["", "a", "a", "a", "a", "a", "a", "", "b"]
    assert [*doubts] == ["a", "b"]
    for each in given["graded"]:
        for rating, mark in each.ratings:
            assert doubts.get(mark) == rating.uncertain


def test_it_says_when_its_rounds_may_not_be_compared() -> None:
    assert pack(real(), "northumbria").given["is_apart"]
    assert not pack(real(), "nerou").given["is_apart"]


def is_listed(closed: str) -> bool:
    """Whether the pack lists a concern of 15 June 2023 that inspectors closed on a day."""
    one = catalogue()
    [part] = [part for part in one.parts if any(each.id == "telephone" for each in part.concerns)]
    last = update(Speaker.INSPECTORS, Status.CLOSED, When(closed))
    now_closed = concern(updates=(last,))
    changed = replace(part, concerns=(now_closed,))
    parts = tuple(changed if each is part else each for each in one.parts)
    return now_closed in pack(replace(one, parts=parts), part.body.id).given["closed"]


def test_concerns_closed_since_the_last_report_have_a_line_each() -> None:
    """Of those closed before it the last report already knew."""
    assert is_listed("2023-06-15")
    assert is_listed("2024")
    assert not is_listed("2023-06-14")


def test_the_clock_of_each_report_is_told() -> None:
    answers = pack(real(), "northumbria").given["answers"]

    assert [clock.inspection.id for clock in answers.told] == ["2022-12-07-north-east-soc"]
    assert len(answers.not_sought) == 7
    assert answers.others == 8
    total = len(answers.told) + len(answers.not_sought) + answers.others
    northumbria = pack(real(), "northumbria").given["body"]
    assert total == len(real().clocks_of(northumbria))


# --- sources -----------------------------------------------------------------------------------


def test_sources_are_numbered_as_they_are_cited_and_once_each() -> None:
    one, two, three, *_ = catalogue().sources
    here = Said(Speaker.INSPECTORS, "Inspectors", two, (one,))
    looked = NotFound(datetime.date(2026, 1, 2), (three, two), None)

    sources = Numbered.as_cited([here, looked])

    assert sources.listed == ((1, two), (2, one), (3, three))
    assert sources.of(here) == (1, 2)
    assert sources.of(looked) == (3, 1)


def test_a_pack_of_which_nothing_is_known_is_a_page_all_the_same() -> None:
    given = pack(real(), "swrocu").given

    assert given["graded"] == []
    assert given["sources"].listed == ()
    assert given["raised"] == given["praised"] == given["replies"] == ()
