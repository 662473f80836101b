"""What changed: events, as the dates in the content tell them."""

from __future__ import annotations

import datetime
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from peelsite.catalogue import Catalogue, Event, EventKind, Inspection, Rating, Update, join
from peelsite.checks import check
from peelsite.load import load
from peelsite.pages import tell
from peelsite.problems import report
from peelsite.schema import Dating, Evidence
from tests.sites import ROOT, Html, make, words_of

SMALL_SITE: Final = Path(__file__).parent / "small_site" / "content"
FIRST: Final = "inspections/2019-05-01-fraud.yml"
SECOND: Final = "inspections/2023-06-15-crime.yml"
HORSE: Final = "word/2023-06-15-crime/northshire/horse/force/2023-08-01"


def catalogue(content: Path) -> Catalogue:
    read = load(content)
    problems = check(read)
    assert not problems, report(problems)
    return join(read)


@cache
def small() -> Catalogue:
    return catalogue(SMALL_SITE)


def event(id_: str, among: Catalogue | None = None) -> Event:
    return next(each for each in (among or small()).events if each.id == id_)


def ids(of: Catalogue) -> list[str]:
    return [each.id for each in of.events]


class _Plain(yaml.SafeDumper):
    """Writes every value out, as a person would."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


class Folder:
    """A copy of the small site's content that a test changes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> Any:
        return yaml.safe_load((self.path / name).read_text(encoding="utf-8"))

    def write(self, name: str, value: Any) -> None:
        text = yaml.dump(value, Dumper=_Plain, sort_keys=False, allow_unicode=True)
        (self.path / name).write_text(text, encoding="utf-8")

    def updates(self, body: str, finding: str, name: str = SECOND) -> tuple[Any, list[Any]]:
        """Return the value of a file, and in it the updates of one concern."""
        value = self.read(name)
        concerns = value["bodies"][body]["concerns"]
        return value, next(each["updates"] for each in concerns if each["id"] == finding)

    def correct(self, *about: str) -> None:
        """Make these addresses what the one correction is about."""
        slip = {"date": "2026-02-01", "about": list(about), "was": "So.", "now": "Not so."}
        self.write("corrections.yml", {"slip": slip})

    @property
    def catalogue(self) -> Catalogue:
        return catalogue(self.path)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(shutil.copytree(SMALL_SITE, tmp_path / "content"))


# --- kinds -------------------------------------------------------------------------------------


def test_a_report_is_one_event_of_all_its_bodies() -> None:
    report = event("report/2023-06-15-crime")

    assert isinstance(report.record, Inspection)
    assert report.date is not None
    assert report.date.iso == "2023-06-15"
    assert [body.id for body in report.bodies] == ["northshire", "southmoor", "vrcu", "vale"]
    assert report.noted == datetime.date(2026, 1, 6)


def test_a_report_of_which_nothing_was_read_is_no_event(folder: Folder) -> None:
    value = folder.read("inspections/2024-02-special.yml")
    folder.write("inspections/2024-02-special.yml", {**value, "sources": {}, "bodies": {}})

    assert set(ids(small())) - set(ids(folder.catalogue)) == {"report/2024-02-special"}


def test_a_report_on_no_body_of_ours_is_an_event(folder: Folder) -> None:
    value = folder.read("inspections/2024-02-special.yml")
    about = [{"summary": "Nobody is named.", "speaker": "inspectors", "source": "page"}]
    folder.write("inspections/2024-02-special.yml", {**value, "bodies": {}, "about": about})

    assert event("report/2024-02-special", folder.catalogue).bodies == ()


def test_a_grade_is_an_event_only_on_a_day_of_its_own() -> None:
    grades = [each for each in small().events if each.kind is EventKind.GRADE]

    assert [each.id for each in grades] == ["grade/2019-05-01-fraud/northshire/fraud"]
    assert isinstance(grades[0].record, Rating)
    assert tell(grades[0]).dating is Dating.PAGE_DATE


def test_a_grade_that_was_carried_over_is_no_event() -> None:
    ratings = [rating for part in small().parts for rating in part.ratings]
    carried = [each for each in ratings if each.carried_over_from and each.has_own_date]

    assert len(carried) == 1
    assert not [each for each in small().events if each.record is carried[0]]


def test_words_on_concerns_are_told_apart_by_whether_they_tell_how_it_stands() -> None:
    kinds = Counter(each.kind for each in small().events)
    updates = [update for concern in small().concerns for update in concern.updates]

    assert kinds[EventKind.STATUS] == sum(each.status is not None for each in updates) >= 10
    assert kinds[EventKind.WORD] == sum(each.status is None for each in updates) >= 2
    horse = event(HORSE)
    assert horse.kind is EventKind.WORD
    assert isinstance(horse.record, Update)
    assert horse.finding is not None
    assert horse.finding.id == "horse"


def test_a_shared_concern_concerns_all_its_bodies() -> None:
    word = event("word/2023-06-15-crime/vrcu/nobody-leads/unit/2023-07")

    assert [body.id for body in word.bodies] == ["vrcu", "vale", "northshire"]


def test_a_response_is_an_event_of_its_force(folder: Folder) -> None:
    id_ = "response/2019-05-01-fraud/northshire"
    assert event(id_).kind is EventKind.RESPONSE
    assert [body.id for body in event(id_).bodies] == ["northshire"]
    assert event(id_).noted == datetime.date(2026, 1, 4)

    value = folder.read(FIRST)
    value["bodies"]["northshire"]["response"]["also-in"] = ["courier"]
    folder.write(FIRST, value)
    assert event(id_, folder.catalogue).noted == datetime.date(2026, 1, 6)


def test_a_correction_concerns_whom_it_names(folder: Folder) -> None:
    folder.correct("forces/northshire", "sources", "inspections/2023-06-15-crime#vrcu-nobody-leads")

    found = event("correction/slip", folder.catalogue)
    assert [body.id for body in found.bodies] == ["northshire", "vrcu", "vale"]
    assert found.updated == datetime.date(2026, 2, 1)


# --- corrections at the place of the mistake ---------------------------------------------------


def test_a_correction_stands_wherever_the_mistake_stood(folder: Folder) -> None:
    folder.correct(
        "inspections/2019-05-01-fraud#southmoor-dog",
        "inspections/2023-06-15-crime#northshire-happy-callers",
    )
    known = folder.catalogue
    bodies = [body.id for body in known.bodies if known.corrections_of(body)]
    inspections = [each.id for each in known.inspections if known.corrections_of(each)]
    claims = [claim for part in known.parts for claim in part.claims]

    assert bodies == ["northshire", "southmoor"]
    assert inspections == ["2023-06-15-crime", "2019-05-01-fraud"]
    assert [each.id for each in known.concerns if known.corrections_of(each)] == ["dog"]
    assert [each.id for each in claims if known.corrections_of(each)] == ["happy-callers"]


def test_corrections_stand_newest_first() -> None:
    [northshire] = [each for each in small().bodies if each.id == "northshire"]

    assert [each.id for each in small().corrections] == ["rang-for-an-hour", "horses"]
    assert small().corrections_of(northshire) == small().corrections


def test_a_correction_of_a_page_alone_stands_on_no_body(folder: Folder) -> None:
    folder.correct("sources", "rounds/second", "themes/telephones", "questions/fraud")
    known = folder.catalogue

    assert not [each for each in known.bodies if known.corrections_of(each)]
    assert not [each for each in known.inspections if known.corrections_of(each)]
    told = tell(event("correction/slip", known))
    assert told.headline == "the page “Sources”; The second round; Telephones; Fraud"


# --- order and dates ---------------------------------------------------------------------------


def test_events_stand_newest_first_and_unknown_dates_last() -> None:
    dates = [each.date.iso if each.date else None for each in small().events]
    known = [date for date in dates if date]

    assert known == sorted(known, reverse=True)
    assert dates[len(known) :] == [None, None]


def test_updated_is_the_later_of_the_first_possible_day_and_the_reading(folder: Folder) -> None:
    value, updates = folder.updates("northshire", "horse")
    updates[0]["date"] = "2023-08"
    value["sources"]["force"]["read"] = "2023-10-02"
    folder.write(SECOND, value)
    month = event("word/2023-06-15-crime/northshire/horse/force/2023-08", folder.catalogue)
    assert month.updated == datetime.date(2023, 10, 2)

    later = event("word/2023-06-15-crime/northshire/telephone/force/2023-10", folder.catalogue)
    assert (later.noted, later.updated) == (datetime.date(2023, 10, 2),) * 2
    updates[0]["date"] = "2024"
    updates.append(updates.pop(0))
    folder.write(SECOND, value)
    year = event("word/2023-06-15-crime/northshire/horse/force/2024", folder.catalogue)
    assert year.updated == datetime.date(2024, 1, 1)


def test_without_a_date_an_event_is_as_new_as_its_reading() -> None:
    reply = event("reply/2023-06-15-crime/northshire/policing-body")

    assert reply.date is None
    assert reply.updated == reply.noted == datetime.date(2026, 1, 4)


# --- ids stay ----------------------------------------------------------------------------------


def test_ids_are_unique_and_the_same_in_every_build() -> None:
    assert len(set(ids(small()))) == len(small().events) > 20
    assert ids(catalogue(SMALL_SITE)) == ids(small())


def test_an_earlier_update_changes_no_other_id(folder: Folder) -> None:
    value, updates = folder.updates("northshire", "horse")
    updates.insert(0, {**updates[0], "date": "2023-07-05"})
    folder.write(SECOND, value)

    assert set(ids(folder.catalogue)) - set(ids(small())) == {HORSE.replace("08-01", "07-05")}
    assert set(ids(small())) <= set(ids(folder.catalogue))


def test_two_words_of_one_speaker_on_one_day_are_two_events(folder: Folder) -> None:
    value, updates = folder.updates("northshire", "horse")
    updates.insert(1, {**updates[0], "summary": "The horse has a hat."})
    folder.write(SECOND, value)

    first, second = (event(id_, folder.catalogue) for id_ in (HORSE, f"{HORSE}/2"))
    assert (tell(first).summary, tell(second).summary) == (
        "The horse rests on Sundays.",
        "The horse has a hat.",
    )
    assert set(ids(folder.catalogue)) - set(ids(small())) == {f"{HORSE}/2"}


def test_other_words_a_status_and_a_reading_change_no_id(folder: Folder) -> None:
    value, updates = folder.updates("northshire", "horse")
    updates[0] |= {"summary": "It rests.", "status": "closed"}
    value["sources"]["force"]["read"] = "2026-02-01"
    value["title"] = "Another title"
    folder.write(SECOND, value)

    assert ids(folder.catalogue) == ids(small())
    horse = event(HORSE, folder.catalogue)
    assert (horse.kind, horse.noted) == (EventKind.STATUS, datetime.date(2026, 2, 1))


def test_a_date_that_comes_to_be_known_changes_no_id_of_reports_and_grades(folder: Folder) -> None:
    value = folder.read(FIRST)
    value["bodies"]["northshire"]["ratings"][0]["published"] = "2019-05-04"
    folder.write(FIRST, value)
    third = folder.read("inspections/undated-third.yml")
    folder.write("inspections/undated-third.yml", {**third, "published": "2025-03"})

    assert set(ids(folder.catalogue)) == set(ids(small()))


def test_files_in_another_order_change_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = folder.read(SECOND)
    value["bodies"] = dict(reversed(value["bodies"].items()))
    value["bodies"]["northshire"]["concerns"].reverse()
    folder.write(SECOND, value)
    monkeypatch.setattr(Path, "rglob", _backwards(Path.rglob))
    monkeypatch.setattr(Path, "glob", _backwards(Path.glob))
    monkeypatch.setattr(Path, "iterdir", _backwards(Path.iterdir))

    assert set(ids(folder.catalogue)) == set(ids(small()))


def _backwards(listing: Any) -> Any:
    return lambda *given: sorted(listing(*given), reverse=True)


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "title"),
    [
        (
            "report/2023-06-15-crime",
            "Report: The second round: crime in the Vale (inspectors)",
        ),
        (
            "grade/2019-05-01-fraud/northshire/fraud",
            "Grade good: Fraud – Northshire (inspectors)",
        ),
        (
            "word/2023-06-15-crime/northshire/telephone/force/2023-10",
            "Northshire Police says: Closed: Nobody answered the telephone – Northshire",
        ),
        (
            "word/2023-06-15-crime/vrcu/nobody-leads/unit/2023-07",
            "VRCU says: Action planned: Nobody led – VRCU, Vale, Northshire",
        ),
        (
            "word/2019-05-01-fraud/southmoor/paper-piles/press/2020",
            "Moor Courier on a concern: Paper piled up – Southmoor",
        ),
        (
            "reply/2023-06-15-crime/vrcu/unit/2024",
            "Reply: Second round, 2023 – VRCU (A spokesman for the unit)",
        ),
    ],
)
def test_a_title_says_what_of_whom_and_who_says_so(id_: str, title: str) -> None:
    assert tell(event(id_)).title == title


def test_a_response_without_a_summary_is_told_too() -> None:
    told = tell(event("response/2019-05-01-fraud/northshire"))

    assert told.title == "Response: First round, 2019 – Northshire (Northshire Crime Commissioner)"
    assert told.summary == "The local policing body published its comments on the report."


def test_what_stands_closest_to_the_speaker_is_named_as_the_source() -> None:
    assert {
        each.source.evidence
        for each in map(tell, small().events)
        if each.source and isinstance(each.event.record, Inspection)
    } == {Evidence.REPORT}
    paper = tell(event("word/2019-05-01-fraud/southmoor/paper-piles/press/2020"))
    assert paper.source is not None
    assert paper.source.evidence is Evidence.PRESS


# --- pages -------------------------------------------------------------------------------------


def pages(content: Path) -> dict[str, Html]:
    """Return the pages of a content folder by their addresses."""
    rendered = make(content, ROOT / "templates").pages
    return {each.page.address: Html(each.page.address, each.html) for each in rendered}


@cache
def small_pages() -> dict[str, Html]:
    return pages(SMALL_SITE)


def entries(page: Html) -> list[str]:
    """Return the words of each change that a page lists."""
    return [words_of(each) for each in page.elements("li") if each.get("class") == "brief"]


def headings(page: Html) -> list[str]:
    return [words_of(each) for each in page.elements("h2")]


def test_the_page_of_changes_lists_all_and_those_without_a_date_last() -> None:
    page = small_pages()["changes/index"]

    assert len(entries(page)) == len(small().events)
    assert headings(page)[:2] == ["January 2026", "February 2024"]
    assert headings(page)[-2:] == ["May 2019", "Date not known"]
    assert "2024, month not known" in headings(page)
    undated = [each for each in entries(page) if "date not known" in each]
    assert entries(page)[-2:] == undated


def test_an_entry_says_what_of_whom_when_by_whom_and_where_we_read_it() -> None:
    [entry] = [each for each in entries(small_pages()["changes/2020"]) if "dog" in each]

    assert entry == (
        "Closed · Southmoor The dog guarded nothing 10 January 2020 · inspectors · "
        "Imaginary Inspectorate Read in the report · read for this site on 5 January 2026"
    )


def test_every_change_with_a_date_stands_on_the_page_of_its_year() -> None:
    years = {
        address.removeprefix("changes/"): entries(page)
        for address, page in small_pages().items()
        if address.startswith("changes/2")
    }
    dated = Counter(each.date.iso[:4] for each in small().events if each.date)

    assert {year: len(listed) for year, listed in years.items()} == dated
    assert list(years) == sorted(years, reverse=True)


def test_the_newest_hundred_stand_on_the_first_page_and_all_on_those_of_the_years(
    folder: Folder,
) -> None:
    slip = {"date": "2025-02-01", "about": ["sources"], "was": "So.", "now": "Not so."}
    folder.write("corrections.yml", {f"slip-{number}": slip for number in range(100)})
    made = pages(folder.path)
    known = folder.catalogue.events
    undated = [each for each in known if not each.date]

    assert len(entries(made["changes/index"])) == 100 + len(undated)
    left = len(known) - len(undated) - 100
    assert f"{left} older changes stand on the pages of the years." in words_of(
        made["changes/index"].root
    )
    assert len(entries(made["changes/2025"])) == 100


def test_the_home_page_lists_the_five_newest() -> None:
    assert [each.split(" · ")[0] for each in entries(small_pages()["index"])][-5:] == [
        each.split(" · ")[0] for each in entries(small_pages()["changes/index"])[:5]
    ]


def test_where_nothing_was_corrected_the_page_says_so(folder: Folder) -> None:
    (folder.path / "corrections.yml").unlink()
    made = pages(folder.path)

    assert "None yet." in words_of(made["corrections"].root)
    assert not [page.path for page in made.values() if "Corrected on" in words_of(page.root)]


def test_a_correction_says_where_it_stood_and_what_is_right(folder: Folder) -> None:
    folder.correct("inspections/2019-05-01-fraud#southmoor-dog", "sources")
    made = pages(folder.path)
    [article] = made["corrections"].elements("article")

    assert article.get("id") == "slip"
    assert words_of(article).startswith("Corrected on 1 February 2026 ")
    told = dict(zip(article.iter("dt"), article.iter("dd"), strict=True))
    assert {words_of(name): words_of(value) for name, value in told.items()} == {
        "Where it stood": "The dog guarded nothing (Southmoor); the page “Sources”",
        "What was wrong": "So.",
        "What is right": "Not so.",
    }
    links = {words_of(each): each.get("href") for each in article.iter("a")}
    assert links == {
        "The dog guarded nothing (Southmoor)": "../inspections/2019-05-01-fraud/#southmoor-dog",
        "the page “Sources”": "../sources/",
    }


def test_a_correction_stands_at_the_place_of_the_mistake_and_nowhere_else(folder: Folder) -> None:
    folder.correct("inspections/2019-05-01-fraud#southmoor-dog")
    made = pages(folder.path)
    noted = [path for path, page in made.items() if "Corrected on this page" in headings(page)]
    marked = {
        (path, each.get("id"))
        for path, page in made.items()
        for each in page.elements("article")
        if "Corrected on 1 February 2026: what was wrong" in words_of(each)
    }

    assert noted == ["forces/southmoor", "inspections/2019-05-01-fraud"]
    assert {each for each in marked if not each[0].startswith("corrections")} == {
        (path, "southmoor-dog") for path in noted
    }
