"""The calendars of due dates, read back as a calendar program reads them."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from typing import Any, Final

import pytest
from icalendar import Calendar

from peelsite.catalogue import Catalogue, NotFound, Response, join
from peelsite.exports import calendars
from peelsite.load import load
from peelsite.pages import Hosting
from peelsite.schema import BodyKind, Dating, When
from tests.sites import ROOT

SMALL_SITE: Final = ROOT / "tests" / "small_site" / "content"
WEB: Final = Hosting("A fork", "https://example.org/repo/")


@cache
def real() -> Catalogue:
    return join(load(ROOT / "content"))


def files(catalogue: Catalogue, hosting: Hosting = WEB) -> dict[str, bytes]:
    return {each.path: each.content for each in calendars(catalogue, hosting)}


def read(content: bytes) -> Any:
    """Return a calendar; its parts have types that only the program that reads it knows."""
    return Calendar.from_ical(content)


def events(content: bytes) -> dict[str, Any]:
    """Return the events of a calendar by their ids."""
    return {str(each["uid"]): each for each in read(content).walk("VEVENT")}


def of(catalogue: Catalogue, body: str, due: datetime.date, hosting: Hosting = WEB) -> Any:
    """Return the event of one day in the calendar of one force."""
    found = events(files(catalogue, hosting)[f"calendar/{body}.ics"]).values()
    of_day = [each for each in found if each.decoded("dtstart") == due]
    assert len(of_day) == 1
    return of_day[0]


def northshire(
    response: str = "", looked: str = "", dating: Dating = Dating.STATED
) -> dict[str, bytes]:
    """Return the calendars of one report on one force, with what is known of a response to it."""
    small = join(load(SMALL_SITE))
    [base] = [
        part
        for part in small.parts
        if (part.inspection.id, part.body.id) == ("2023-06-15-crime", "northshire")
    ]
    said = base.said[0]
    part = replace(
        base,
        inspection=replace(base.inspection, published_is=dating),
        response=Response(When(response), None, said, None) if response else None,
        response_not_found=NotFound(datetime.date.fromisoformat(looked), (said.source,), None)
        if looked
        else None,
    )
    return files(replace(small, parts=(part,)))


def only(made: dict[str, bytes]) -> Any:
    """Return the one event of one force, which stands in the calendar of all too."""
    ours, everybody = (events(made[f"calendar/{name}.ics"]) for name in ("northshire", "all"))
    assert ours == everybody
    [event] = ours.values()
    return event


def test_there_is_an_event_for_each_due_date() -> None:
    due = [each for each in real().clocks if each.due]
    found = events(files(real())["calendar/all.ics"])
    assert len(found) == len(due) > 50
    assert sorted(each.decoded("dtstart") for each in found.values()) == sorted(
        each.due for each in due if each.due
    )


def test_the_north_east_is_due_on_31_january_2023() -> None:
    event = of(real(), "northumbria", datetime.date(2023, 1, 31))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["summary"] == "Response due: Northumbria Police and Crime Commissioner"
    assert event["categories"].to_ical() == b"Northumbria"
    assert event["status"] == "CONFIRMED"
    assert event["transp"] == "TRANSPARENT"
    assert "dtend" not in event
    assert "serious and organised crime" in event["description"]
    assert "section 55(5A) of the Police Act 1996" in event["description"]


def test_each_force_has_a_calendar_of_its_own_events() -> None:
    made = files(real())
    everything = events(made.pop("calendar/all.ics"))
    single: dict[str, Any] = {}
    for path, content in made.items():
        of_force = events(content)
        assert of_force, path
        assert not single.keys() & of_force.keys(), path
        single |= of_force
    assert single.keys() == everything.keys()
    forces = {each.body.id for each in real().clocks if each.due}
    assert made.keys() == {f"calendar/{id_}.ics" for id_ in forces}


def test_a_calendar_says_whose_and_which_it_is() -> None:
    made = files(real())
    calendar = read(made["calendar/northumbria.ics"])
    assert calendar["version"] == "2.0"
    assert calendar["prodid"].startswith("-//peelsite//")
    assert calendar["x-wr-calname"] == "Responses due: Northumbria Police (A fork)"
    assert read(made["calendar/all.ics"])["x-wr-calname"] == "Responses due: all forces (A fork)"


def test_lines_are_as_the_standard_wants_them() -> None:
    """RFC 5545, 3.1: they end in CR and LF and have at most 75 bytes before that."""
    for path, content in files(real()).items():
        lines = content.split(b"\r\n")
        assert lines[-1] == b"", path
        assert max(map(len, lines)) <= 75, path
        assert b"\n" not in b"".join(lines), path


def test_the_same_content_gives_the_same_bytes() -> None:
    again = join(load(ROOT / "content"))
    assert again is not real()
    assert files(again) == files(real())


def test_an_event_was_last_changed_when_something_was_last_read() -> None:
    read_by = real().as_of
    assert read_by
    for event in events(files(real())["calendar/all.ics"]).values():
        assert event["dtstamp"].to_ical().endswith(b"T000000Z")
        assert event.decoded("dtstamp").date() <= read_by


def test_an_event_stays_the_same_wherever_the_site_stands() -> None:
    here, there = (files(real(), each)["calendar/all.ics"] for each in (WEB, Hosting()))
    assert events(here).keys() == events(there).keys()


def test_only_a_site_with_an_address_is_linked() -> None:
    day = datetime.date(2023, 1, 31)
    where = "https://example.org/repo/inspections/2022-12-07-north-east-soc/#responses"
    assert of(real(), "durham", day)["url"] == where
    assert "url" not in of(real(), "durham", day, Hosting())


def test_an_event_is_the_same_after_a_response_was_looked_for() -> None:
    before, after = only(northshire()), only(northshire(looked="2026-03-01"))
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") == datetime.date(2023, 8, 9)
    assert "Not looked for yet." in before["description"]
    assert "None found, last looked 1 March 2026." in after["description"]
    assert before["dtstamp"].to_ical() == b"20260106T000000Z"
    assert after["dtstamp"].to_ical() == b"20260301T000000Z"


@pytest.mark.parametrize(
    ("response", "told"),
    [
        ("2023-08-09", "Published in time, 9 August 2023."),
        ("2023-08-10", "Published late, 10 August 2023."),
    ],
)
def test_a_response_is_told_with_its_day(response: str, told: str) -> None:
    assert told in only(northshire(response))["description"]


@pytest.mark.parametrize(
    ("looked", "told"),
    [
        ("2023-08-09", "None found, last looked 9 August 2023, when it was not yet due."),
        ("2023-08-10", "None found, last looked 10 August 2023. We"),
    ],
)
def test_none_found_before_it_was_due_is_told_as_such(looked: str, told: str) -> None:
    assert told in only(northshire(looked=looked))["description"]


def test_a_date_from_a_web_page_makes_an_event_tentative() -> None:
    event = only(northshire(dating=Dating.PAGE_DATE))
    assert event["status"] == "TENTATIVE"
    assert "It is uncertain" in event["description"]
    assert "It is uncertain" not in only(northshire())["description"]


def test_where_nothing_is_due_there_is_no_calendar() -> None:
    """A calendar without an event would be none."""
    catalogue = join(load(SMALL_SITE))
    due = {clock.body.id for clock in catalogue.clocks if clock.due}
    forces = {body.id for body in catalogue.of_kind(BodyKind.FORCE)}
    assert due < forces
    assert files(catalogue).keys() == {f"calendar/{name}.ics" for name in ("all", *due)}
    assert files(replace(catalogue, parts=())) == {}
