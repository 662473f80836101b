"""The rules look at the whole content, and one slip stays one problem."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from peelsite.checks import RULES, WARNINGS, check, warn
from peelsite.checks.doubts import LONGEST_SUMMARY
from peelsite.load import load
from peelsite.problems import Problem, in_order
from tests.problems import BASE

FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yml"))
INSPECTION = "inspections/2023-05-04-north.yml"
LATER = "inspections/2024-05-02-northshire.yml"

Place: TypeAlias = tuple[str | int, ...]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "content")


def change(content: Path, path: str, *changes: tuple[str, str]) -> None:
    file = content / path
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def told(content: Path) -> Problem:
    """Return the one problem of ``content``."""
    [problem] = check(load(content))
    return problem


def rules(content: Path) -> list[str]:
    """Return the rules that ``content`` breaks."""
    return [problem.rule for problem in check(load(content))]


def warnings(content: Path) -> list[str]:
    """Return the rules of which ``content`` gets a warning."""
    return [problem.rule for problem in warn(load(content))]


def test_sound_content_has_no_problem(content: Path) -> None:
    assert check(load(content)) == ()


def test_rules_read_aloud() -> None:
    every = (*RULES, *WARNINGS)
    for rule in every:
        assert rule.__doc__
        assert rule.__doc__.endswith(".")
        assert "\n" not in rule.__doc__
    assert len(set(every)) == len(every)


def test_problems_of_all_kinds_and_files_come_in_one_order(content: Path) -> None:
    change(content, "themes.yml", ("fraud:", "fraud"))
    change(content, INSPECTION, ("grade: good", "grade: goood"), ("read: 2023-06-01", "read: x"))
    change(content, "bodies/north.yml", ("source: report", "source: x"))
    problems = check(load(content))
    places = [(each.path, each.line, each.column) for each in problems]
    assert places == sorted(places)
    assert {each.rule for each in problems} == {"unknown-id", "date-form", "no-colon"}


def test_an_unknown_id_is_told_once_with_the_lines_it_stands_on(content: Path) -> None:
    change(content, INSPECTION, ("  post:", "  paper:"))
    assert told(content).message == (
        'There is no source "post". It stands on lines 53, 55, 64, 66, 78, 80 too.'
    )


def test_of_many_lines_only_the_first_are_listed(content: Path) -> None:
    reply = "      - {speaker: force, by: A, date: not-known, summary: B., source: x}\n"
    change(content, INSPECTION, ("    replies:\n", "    replies:\n" + reply * 12))
    assert told(content).message == (
        'There is no source "x". It stands on lines 67, 68, 69, 70, 71, 72, 73, 74 and 3 more too.'
    )
    change(content, INSPECTION, (reply * 12, reply * 9))
    assert told(content).message.endswith("lines 67, 68, 69, 70, 71, 72, 73, 74 too.")
    change(content, INSPECTION, (reply * 9, reply * 2))
    assert told(content).message == 'There is no source "x". It stands on line 67 too.'


def test_an_unknown_id_is_told_in_each_file(content: Path) -> None:
    shutil.copy(content / INSPECTION, content / "inspections" / "2024-01-01-copy.yml")
    change(
        content,
        "inspections/2024-01-01-copy.yml",
        ("published: 2023-05-04\nf", "published: 2023-05\nf"),
    )
    change(content, INSPECTION, ("round: crime-2023", "round: x"))
    change(content, "inspections/2024-01-01-copy.yml", ("round: crime-2023", "round: x"))
    assert [(each.path, each.rule) for each in check(load(content))] == [
        (f"content/{INSPECTION}", "unknown-id"),
        ("content/inspections/2024-01-01-copy.yml", "unknown-id"),
    ]


def test_a_grade_is_checked_even_where_the_round_is_not_known(content: Path) -> None:
    change(content, INSPECTION, ("round: crime-2023", "round: x"), ("grade: good", "grade: goood"))
    assert [each.line for each in check(load(content))] == [3, 32]


def test_of_several_files_the_one_that_differs_is_told(content: Path) -> None:
    """Also if it is the first of them."""
    unit = content / "bodies" / "northern-unit.yml"
    for name in ("aa", "ab"):
        shutil.copy(unit, content / "bodies" / f"{name}.yml")
    change(content, "bodies/aa.yml", ("title: About the unit", "title: About"))
    problem = told(content)
    assert (problem.path, problem.line) == ("content/bodies/aa.yml", 11)
    assert problem.message.startswith("content/bodies/ab.yml ")
    assert '"About the unit"' in problem.remedy


@pytest.mark.parametrize("broken", ["kind: [", "kind: forse", "x", ""])
def test_what_refers_to_a_body_that_cannot_be_read_is_not_told(content: Path, broken: str) -> None:
    for body in ("north", "northshire", "northern-unit"):
        change(content, f"bodies/{body}.yml", ("kind: ", f"{broken}\nx: "))
    assert {each.path.count("bodies") for each in check(load(content))} == {1}


@pytest.mark.parametrize("name", ["rounds", "questions", "scales", "themes"])
@pytest.mark.parametrize("broken", ["", "a: [", "- a\n", "word", "\0", None])
def test_a_vocabulary_that_cannot_be_read_is_told_once(
    content: Path, name: str, broken: str | None
) -> None:
    file = content / f"{name}.yml"
    if broken is None:
        file.unlink()
    else:
        file.write_text(broken)
    assert told(content).path == f"content/{name}.yml"


def test_values_that_stand_in_are_not_compared(content: Path) -> None:
    change(content, INSPECTION, ("published: 2023-05-04\nf", "published: soon\nf"))
    change(content, INSPECTION, ("date: 2023-06,", "date: 2021-06,"))
    assert told(content).rule == "date-form"


def test_an_inspection_may_say_that_a_body_was_not_graded(content: Path) -> None:
    change(content, INSPECTION, ("grade: poor", "not-graded: under-review"))
    assert check(load(content)) == ()


RATING = "      - {question: crime, grade: poor, source: report}\n"
ANOTHER = RATING.replace("grade: poor", "grade: poor, published: 2023-07-01")
CARRIED = "carried-over-from: 2023-05-04-north"
TRAFFIC = "not-graded: inspected-not-graded, source: report}\n"


def test_a_body_may_be_rated_again_on_another_day(content: Path) -> None:
    change(content, INSPECTION, (RATING, RATING + ANOTHER))
    assert check(load(content)) == ()
    change(content, INSPECTION, (ANOTHER, ANOTHER + ANOTHER))
    assert told(content).rule == "rated-twice"
    change(content, INSPECTION, (ANOTHER + ANOTHER, ANOTHER.replace("2023-07-01", "2023-05-04")))
    assert told(content).rule == "rated-twice"


def again(content: Path, *changes: tuple[str, str]) -> None:
    """Write the inspection a second time, with changes, under another name."""
    shutil.copy(content / INSPECTION, content / "inspections" / "2023-05-04-other.yml")
    change(content, "inspections/2023-05-04-other.yml", *changes)


def test_a_body_may_be_rated_on_one_day_in_two_rounds_only(content: Path) -> None:
    change(content, "rounds.yml", ("began: 2024-02-01", "began: 2023"))
    again(content, ("round: crime-2023", "round: crime-2024"))
    assert rules(content) == []
    change(content, "inspections/2023-05-04-other.yml", ("round: crime-2024", "round: crime-2023"))
    assert rules(content) == ["rated-twice"] * 3


def test_of_a_body_rated_twice_the_second_place_is_told(content: Path) -> None:
    again(content)
    problems = check(load(content))
    assert {each.path for each in problems} == {"content/inspections/2023-05-04-other.yml"}
    assert [each.line for each in problems] == [31, 69, 72]
    assert problems[1].message == (
        '"northern-unit" is rated for "crime" in this round already, dated 2023-05-04, '
        "on line 69 of content/inspections/2023-05-04-north.yml."
    )


@pytest.mark.parametrize("date", ["2023-05", "2023", "2023-05-05"])
def test_ratings_of_another_date_are_others(content: Path, date: str) -> None:
    again(content, ("published: 2023-05-04\nf", f"published: {date}\nf"))
    assert rules(content) == []


def test_of_undated_ratings_those_in_one_file_are_of_one_date(content: Path) -> None:
    change(content, INSPECTION, ("published: 2023-05-04\nf", "published: not-known\nf"))
    again(content)
    assert rules(content) == []
    change(content, INSPECTION, (RATING, RATING * 2))
    assert told(content).rule == "rated-twice"


def test_ratings_that_were_not_read_whole_are_not_counted(content: Path) -> None:
    again(content, ("fieldwork: 2023-01", "fieldwork: soon"))
    assert told(content).rule == "date-form"


@pytest.mark.parametrize(
    ("began", "published", "is_told"),
    [
        ("2024-05-02", "2024-05-02", False),
        ("2024-05-03", "2024-05-02", True),
        ("2024-05", "2024-05-01", False),
        ("2024-05", "2024-04-30", True),
        ("2024-05-03", "2024-05", False),
        ("2024-05-03", "2024-04", True),
        ("2024-05-03", "2024", False),
        ("2024", "2024-01-01", False),
        ("2024", "2023", True),
        ("not-known", "2024", False),
        ("2024-05-03", "not-known", False),
    ],
)
def test_nothing_is_older_than_its_round(
    content: Path, began: str, published: str, is_told: bool
) -> None:
    change(content, "rounds.yml", ("began: 2024-02-01", f"began: {began}"))
    change(content, LATER, ("published-is: page-date\n", ""))
    change(content, LATER, ("published: 2024-05-02", f"published: {published}"))
    assert rules(content) == ["before-round"] * is_told


@pytest.mark.parametrize("date", ["2024-02-01", "2024-02", "2024", "2024-01-31", "2024-01", "2023"])
def test_no_rating_is_older_than_its_round(content: Path, date: str) -> None:
    change(content, LATER, (TRAFFIC, TRAFFIC.replace("source", f"published: {date}, source")))
    is_told = date in ("2024-01-31", "2024-01", "2023")
    assert [(each.rule, each.line) for each in check(load(content))] == (
        [("before-round", 20)] * is_told
    )


def test_of_an_inspection_older_than_its_round_the_ratings_are_not_told_too(content: Path) -> None:
    change(content, LATER, (TRAFFIC, TRAFFIC.replace("source", "published: 2024-01, source")))
    change(content, LATER, ("published: 2024-05-02", "published: 2024-01-02"))
    assert told(content).line == 4


@pytest.mark.parametrize("slip", ["", "  began: soon\n", "  began:\n", "  began: [2019]\n"])
def test_what_stands_in_for_the_beginning_of_a_round_is_not_compared(
    content: Path, slip: str
) -> None:
    """Its example would be later than this inspection."""
    let_dates_move(content)
    change(content, "rounds.yml", ("  began: 2023-01\n", "  began: 2019\n"))
    change(content, INSPECTION, ("published: 2023-05-04\nf", "published: 2019-05-04\nf"))
    assert rules(content) == []
    change(content, "rounds.yml", ("  began: 2019\n", slip))
    assert told(content).path == "content/rounds.yml"


def let_dates_move(content: Path) -> None:
    """Let no other rule mind when the inspections were published."""
    for path in (content / INSPECTION, content / LATER):
        text = path.read_text(encoding="utf-8").replace(
            "fieldwork: 2023-01", "fieldwork: not-known"
        )
        path.write_text(re.sub(r"read: \S+", "read: 2026-06-01", text), encoding="utf-8")


@pytest.mark.parametrize(
    ("there", "here", "is_told"),
    [
        ("2023-05-04", "2023-05-04", True),
        ("2023-05-04", "2023-05-05", False),
        ("2023-05-05", "2023-05-04", True),
        ("2023-05", "2023-05-04", False),  # it may have been before
        ("2023-05-04", "2023-05", False),
        ("2023-05", "2023-05", False),
        ("2023-06", "2023-05", True),
        ("2023", "2023-05-04", False),
        ("2024", "2023-05-04", True),
        ("not-known", "2023-05-04", False),
        ("2023-05-04", "not-known", False),
    ],
)
def test_a_carried_over_grade_comes_from_earlier(
    content: Path, there: str, here: str, is_told: bool
) -> None:
    let_dates_move(content)
    change(content, "rounds.yml", ("began: 2024-02-01", "began: 2023-01"))
    change(content, INSPECTION, ("published: 2023-05-04\nf", f"published: {there}\nf"))
    change(content, INSPECTION, ("date: 2023-06,", "date: 2025,"))
    change(content, LATER, ("published-is: page-date\n", ""))
    change(content, LATER, ("published: 2024-05-02", f"published: {here}"))
    assert rules(content) == ["origin-not-earlier"] * is_told
    change(content, LATER, (f"published: {here}", "published: 2026"))
    if here != "not-known":
        change(content, LATER, (CARRIED, f"{CARRIED}, published: {here}"))
        assert rules(content) == ["origin-not-earlier"] * is_told


@pytest.mark.parametrize("published", ["2023-05-04", "not-known"])
def test_no_grade_is_carried_over_within_one_inspection(content: Path, published: str) -> None:
    """Not even with a later date of its own."""
    carried = RATING.replace("source", f"published: 2023-07-01, {CARRIED}, source")
    change(content, INSPECTION, (RATING, RATING + carried))
    change(content, INSPECTION, ("published: 2023-05-04\nf", f"published: {published}\nf"))
    assert told(content).message == '"2023-05-04-north" is this inspection itself.'


def test_a_carried_over_grade_is_that_of_the_same_body(content: Path) -> None:
    shutil.copy(content / "bodies" / "northshire.yml", content / "bodies" / "southshire.yml")
    change(content, LATER, ("  northshire:", "  southshire:"))
    problem = told(content)
    assert problem.rule == "origin-missing"
    assert problem.message == '"2023-05-04-north" has no rating of "southshire" for "crime".'


def test_a_carried_over_grade_is_that_on_the_same_question(content: Path) -> None:
    change(content, INSPECTION, ("question: crime\n", "question: traffic\n"))
    asked = "    - {question: traffic, wording: Roads, wording-is: exact}\n  comparable-with: []"
    change(content, "rounds.yml", ("  comparable-with: []", asked))
    assert told(content).message == '"2023-05-04-north" has no rating of "northshire" for "crime".'


def test_a_carried_over_grade_is_one_of_several_given(content: Path) -> None:
    """An inspection may have changed its grade later."""
    first = "      - question: crime\n        grade: good\n"
    second = "      - {question: crime, grade: poor, published: 2023-06-01, source: report}\n"
    change(content, INSPECTION, (first, second + first))
    assert rules(content) == []
    change(content, LATER, ("grade: good", "grade: poor"))
    assert rules(content) == []
    change(content, INSPECTION, ("grade: poor, published", "grade: good, published"))
    assert told(content).message.endswith('"northshire" for "crime": good, good.')


def test_a_reason_may_be_carried_over(content: Path) -> None:
    change(content, LATER, ("grade: good", "not-graded: not-in-sources"))
    assert told(content).rule == "origin-missing"
    change(content, INSPECTION, ("grade: good", "not-graded: under-review"))
    assert rules(content) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (INSPECTION, "grade: good", "grade: goood"),
        (INSPECTION, "question: crime\n", "question: crimes\n"),
        (INSPECTION, "  northshire:", "  northshyre:"),
        (INSPECTION, "fieldwork: 2023-01", "fieldwork: soon"),
        (LATER, "grade: good", "grade: goood"),
        (LATER, "question: crime", "question: crimes"),
        (LATER, "  northshire:", "  northshyre:"),
        (LATER, "fieldwork: not-known", "fieldwork: soon"),
    ],
)
def test_what_is_misspelt_is_not_missed_where_it_is_carried_over(
    content: Path, path: str, old: str, new: str
) -> None:
    change(content, path, (old, new))
    assert told(content).path == f"content/{path}"
    assert told(content).rule in ("unknown-id", "date-form")


def test_rounds_on_one_scale_may_be_compared(content: Path) -> None:
    change(content, "rounds.yml", ("comparable-with: []", "comparable-with: [crime-2024]"))
    assert check(load(content)) == ()
    change(content, "rounds.yml", ("[crime-2024]", "[crime-2024, crime-2019]"))
    assert told(content).rule == "other-scale"
    change(content, "rounds.yml", ("scale: three-grades", "scale: two-grades"))
    assert check(load(content)) == ()


@pytest.mark.parametrize("scale", ["[two-grades]", "too-grades", ""])
def test_rounds_are_not_compared_by_a_scale_that_is_not_known(content: Path, scale: str) -> None:
    old = "began: 2023-01\n  scale: two-grades"
    change(content, "rounds.yml", (old, f"began: 2023-01\n  scale: {scale}"))
    problem = told(content)
    assert (problem.path, problem.line) == ("content/rounds.yml", 31)


def test_a_grade_is_one_of_its_own_round(content: Path) -> None:
    change(content, LATER, (TRAFFIC, "grade: low, source: report}\n"))
    change(content, "rounds.yml", ("  ungraded: [traffic]\n", ""))
    assert told(content).remedy == "Write one of: good, poor."
    change(content, LATER, ("grade: low", "grade: poor"))
    assert check(load(content)) == ()


@pytest.mark.parametrize("slip", ["- text", "- {id: Poor!, label: P, meaning: P.}", "- [poor]"])
def test_the_grades_of_a_scale_that_was_not_read_whole_are_not_missed(
    content: Path, slip: str
) -> None:
    poor = "- {id: poor, label: Poor, meaning: It does not do well.}"
    change(content, "scales.yml", (poor, f"- {{id: x, label: X, meaning: X.}}\n    {slip}"))
    assert told(content).path == "content/scales.yml"


@pytest.mark.parametrize(
    "slip", ["- traffic", "- {question: [traffic], wording: Roads, wording-is: exact}", "-"]
)
def test_the_questions_of_a_round_that_was_not_read_whole_are_not_missed(
    content: Path, slip: str
) -> None:
    asked = "- {question: traffic, wording: How safe the roads are, wording-is: paraphrase}"
    change(content, "rounds.yml", (asked, slip))
    assert told(content).path == "content/rounds.yml"


def test_what_could_not_be_read_is_not_taken_for_a_question_left_ungraded(content: Path) -> None:
    change(content, "rounds.yml", ("ungraded: [traffic]", "ungraded: [[traffic]]"))
    change(content, LATER, ("question: crime", "question: [crime]"))
    assert rules(content) == ["wrong-kind", "wrong-kind"]


def test_a_question_not_asked_is_told_of_the_round_or_of_the_rating(content: Path) -> None:
    traffic = "    - {question: traffic, wording: How safe the roads are, wording-is: paraphrase}\n"
    change(content, "rounds.yml", (traffic, ""))
    assert told(content).path == "content/rounds.yml"
    change(content, "rounds.yml", ("  ungraded: [traffic]\n", ""))
    assert told(content).path == f"content/{LATER}"
    change(content, LATER, ("question: traffic", "question: crime"))
    assert told(content).rule == "rated-twice"


def test_a_region_that_is_graded_on_an_ungraded_question_is_told_once(content: Path) -> None:
    change(content, LATER, ("  northshire:", "  north:"), (f"{CARRIED}, ", ""))
    change(content, LATER, ("grade: good", "not-graded: not-in-sources"))
    change(content, LATER, (TRAFFIC, "grade: poor, source: report}\n"))
    assert told(content).rule == "graded-ungraded"
    change(content, "rounds.yml", ("  ungraded: [traffic]\n", ""))
    assert told(content).rule == "graded-region"


def test_updates_of_an_undated_report_have_their_own_order(content: Path) -> None:
    change(content, INSPECTION, ("published: 2023-05-04\nf", "published: not-known\nf"))
    change(content, INSPECTION, ("date: 2023-06,", "date: 1999,"))
    assert (check(load(content)), warnings(content)) == ((), [])


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        ("bodies/northshire.yml", "from: not-known, to: 1974", "from: 1974, to: 1974", None),
        ("bodies/northshire.yml", "from: not-known, to: 1974", "from: 1974-03, to: 1974", None),
        ("bodies/northshire.yml", "from: not-known, to: 1974", "from: 1975, to: 1974-03", "name-d"),
        (INSPECTION, "05-05\n    read: 2023-06-01", "05-05\n    read: 2023-05-05", None),
        (INSPECTION, "05-05\n    read: 2023-06-01", "05-05\n    read: 2023-05-04", "read-too"),
        (INSPECTION, "2023-05-05\n    read: 2023-06-01", "2023-05\n    read: 2023-05-01", None),
    ],
)
def test_days_months_and_years_are_compared_as_far_as_they_are_known(
    content: Path, path: str, old: str, new: str, rule: str | None
) -> None:
    change(content, path, (old, new))
    problems = check(load(content))
    assert [each.rule.startswith(str(rule)) for each in problems] == [True] * bool(rule)


def test_updates_stand_oldest_first(content: Path) -> None:
    update = (
        "          - {date: 2023-06, speaker: force, status: action-planned, "
        "summary: More will come., source: post}\n"
    )
    month, day, late = (
        update.replace("2023-06", date) for date in ("2023-06", "2023-06-15", "2024")
    )
    change(content, INSPECTION, (update, day + month + late))
    assert check(load(content)) == ()
    change(content, INSPECTION, (day + month + late, late + day))
    assert told(content).line == 56
    change(content, INSPECTION, (late + day, late + month + day + day))
    assert told(content).line == 56  # one that stands too early is told once


@pytest.mark.parametrize(
    ("date", "is_told"),
    [("2023-05-04", False), ("2023-05", False), ("2023-05-03", True), ("2022", True)],
)
def test_an_update_that_is_older_than_the_report_gets_a_warning(
    content: Path, date: str, is_told: bool
) -> None:
    change(content, INSPECTION, ("date: 2023-06,", f"date: {date},"))
    assert (rules(content), warnings(content)) == ([], ["early-update"] * is_told)


def test_warnings_are_no_problems_and_come_after_them(content: Path) -> None:
    change(content, INSPECTION, ("title: Too few people", "title: A shambles"))
    shutil.copy(content / "themes.yml", content / "themes.yml~")
    change(content, "themes.yml", ("fraud:", "fraud"))
    [problem], found = check(load(content)), warn(load(content))
    assert not problem.is_warning
    assert [each.rule for each in found] == ["headline-word", "leftover"]
    assert all(each.is_warning for each in found)
    assert in_order([*found, problem]) == (problem, *found)


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [
        ("also-in: [post]", "also-in: []", False),
        ("source: report\n        also-in: [post]", "source: post", True),
        ("source: report\n        also-in: [post]", "source: post\n        note: So.", False),
        ("source: report\n        also-in: [post]", "source: post\n        uncertain: So.", False),
        (
            "source: report\n        also-in: [post]",
            "source: post\n        also-in: [report]",
            False,
        ),
        ("source: report\n        also-in: [post]", "source: post\n        also-in: [pots]", False),
    ],
)
def test_a_grade_that_only_the_press_gives_gets_a_warning(
    content: Path, old: str, new: str, is_told: bool
) -> None:
    change(content, INSPECTION, (old, new))
    assert warnings(content) == ["press-only"] * is_told


def test_a_reason_that_only_the_press_gives_gets_none(content: Path) -> None:
    change(
        content, INSPECTION, ("inspected-not-graded, source: report", "not-inspected, source: post")
    )
    assert (rules(content), warnings(content)) == ([], [])


@pytest.mark.parametrize(("words", "is_told"), [(LONGEST_SUMMARY, 0), (LONGEST_SUMMARY + 1, 1)])
@pytest.mark.parametrize("path", [INSPECTION, "rounds.yml", "bodies/northshire.yml"])
def test_a_very_long_summary_gets_a_warning(
    content: Path, path: str, words: int, is_told: int
) -> None:
    summaries = {
        INSPECTION: "The force answers quickly.",
        "rounds.yml": "It had three grades.",
        "bodies/northshire.yml": "It polices a shire that does not exist.",
    }
    change(content, path, (summaries[path], "word " * words))
    assert warnings(content) == ["long-summary"] * is_told


@pytest.mark.parametrize(
    ("path", "old", "new", "is_told"),
    [
        (INSPECTION, "title: Number of people", "title: Crisis of numbers", True),
        (INSPECTION, "title: The best in the land", "title: Chief hails the force", True),
        ("rounds.yml", "summary: It had three grades.", "summary: A scandalous round.", True),
        (INSPECTION, "title: Police do well", "title: Police slammed", False),  # a source's own
        (INSPECTION, "title: Organised crime in the north\nshort", "title: Chaos\nshort", False),
        (INSPECTION, "{text: very quick indeed", "{text: damning", False),
        (INSPECTION, "title: Quick work", "title: Quick work in critical cases", False),
    ],
)
def test_a_word_of_headlines_in_words_of_ours_gets_a_warning(
    content: Path, path: str, old: str, new: str, is_told: bool
) -> None:
    change(content, path, (old, new))
    assert warnings(content) == ["headline-word"] * is_told


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (INSPECTION, "also-in: [post]", "also-in: [report]"),  # told by another rule
        (INSPECTION, "themes: [workload]", "themes: [[], []]"),
        ("bodies/northern-unit.yml", "[northshire]", "[{}, {}]"),
    ],
)
def test_what_could_not_be_read_is_not_listed_twice(
    content: Path, path: str, old: str, new: str
) -> None:
    change(content, path, (old, new))
    assert "listed-twice" not in rules(content)


def test_an_address_of_one_body_is_told_once(content: Path) -> None:
    """As the id, not as the address that follows from it."""
    change(content, INSPECTION, ("id: too-few-people", "id: quick-work"))
    assert told(content).rule == "id-twice"


def test_findings_of_several_inspections_may_have_one_id(content: Path) -> None:
    again(content, ("published: 2023-05-04\nf", "published: 2023-05-05\nf"))
    assert rules(content) == []


REPEATING = """
    concerns:
      - id: still-too-few-people
        title: Still too few people
        summary: The force still has too few people.
        label: not-stated
        source: report
        repeats: [2023-05-04-north#northshire-quick-work]
"""


def repeat(content: Path, *changes: tuple[str, str]) -> None:
    """Add a finding of 2024 that repeats one of 2023, with these changes."""
    text = REPEATING
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with (content / LATER).open("a", encoding="utf-8") as file:
        file.write(text.lstrip("\n"))


@pytest.mark.parametrize(
    ("published", "is_told"),
    [("2024-05-02", 0), ("2023-06", 0), ("2023-05", 1), ("2023-05-04", 1), ("not-known", 1)],
)
def test_a_finding_repeats_what_is_surely_older(
    content: Path, published: str, is_told: int
) -> None:
    repeat(content)
    let_dates_move(content)
    dating = "" if published == "not-known" else "published-is: page-date\n"
    change(
        content,
        LATER,
        ("published: 2024-05-02\npublished-is: page-date\n", f"published: {published}\n{dating}"),
    )
    assert [each for each in rules(content) if each.startswith("repeats")] == [
        "repeats-later"
    ] * is_told


def test_a_finding_repeats_one_that_another_body_shares(content: Path) -> None:
    repeat(content, ("    concerns", "  northern-unit:\n    concerns"))
    assert rules(content) == []
    change(content, INSPECTION, ("        shared-with: [northern-unit]\n", ""))
    assert told(content).rule == "repeats-other"


def test_findings_that_were_not_read_whole_are_not_compared(content: Path) -> None:
    repeat(content, ("    concerns", "  northern-unit:\n    concerns"))
    change(content, INSPECTION, ("shared-with: [northern-unit]", "shared-with: [[]]"))
    assert told(content).rule == "wrong-kind"


def correct(content: Path, about: str) -> None:
    text = f"slip:\n  date: 2024-06-01\n  about: ['{about}']\n  was: It.\n  now: That.\n"
    (content / "corrections.yml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "about",
    [
        *("forces/northshire", "units/northern-unit", "regions/north", "rounds/crime-2019"),
        *("questions/crime", "themes/fraud", "sources", "index", "inspections/2023-05-04-north"),
        "inspections/2023-05-04-north#northshire-quick-work",
        "inspections/2023-05-04-north#northshire-best-in-land",
    ],
)
def test_whatever_has_an_address_can_be_corrected(content: Path, about: str) -> None:
    correct(content, about)
    assert rules(content) == []


@pytest.mark.parametrize("broken", ["bodies: [", "title: {}"])
def test_a_correction_of_a_finding_that_cannot_be_read_is_not_told(
    content: Path, broken: str
) -> None:
    correct(content, "inspections/2023-05-04-north#northshire-quick-work")
    (content / INSPECTION).write_text(f"{broken}\n", encoding="utf-8")
    problems = check(load(content))
    assert {each.path for each in problems} == {f"content/{INSPECTION}"}


def test_a_response_needs_no_summary(content: Path) -> None:
    reply = "summary: The force is glad., source: post}\n"
    response = f"{reply}    response: {{published: 2023-06, source: post}}\n"
    change(content, INSPECTION, (reply, response))
    assert (rules(content), warnings(content)) == ([], [])


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Give the place of everything within ``value``."""
    if at:
        yield at
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*at, key))


def remove(parent: Any, key: Any) -> None:
    del parent[key]


def put(value: object) -> Callable[[Any, Any], None]:
    def replace(parent: Any, key: Any) -> None:
        parent[key] = value

    return replace


SLIPS = {
    "gone": remove,
    "empty": put(None),
    "text": put("Any Text"),
    "list": put(["any"]),
    "list of lists": put([[], []]),
    "truth": put(True),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
@pytest.mark.parametrize("path", FILES)
def test_whatever_goes_wrong_in_one_place_is_told_in_one_file(
    path: str, slip: Callable[[Any, Any], None], content: Path
) -> None:
    """Two problems only where a list of wrong things is also too short or used twice."""
    sound = load(content)
    data = yaml.load((content / path).read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    for place in list(places(data)):
        changed = copy.deepcopy(data)
        parent = changed
        for step in place[:-1]:
            parent = parent[step]
        slip(parent, place[-1])
        text = yaml.safe_dump(changed, sort_keys=False, allow_unicode=True, width=1000)
        (content / path).write_text(text, encoding="utf-8")
        problems = check(load(content, before=sound))
        assert len(problems) <= 2, (place, problems)
        alike = {(each.rule, each.message) for each in problems}  # as of an id that is gone
        assert len(alike) <= 1 or len({each.path for each in problems}) == 1, (place, problems)


# --- ids of before -------------------------------------------------------------------------------


def test_one_finding_may_have_had_one_address_twice_over(content: Path) -> None:
    """Of the id that its body had with its own, and of the body's with the one that it had."""
    change(content, "bodies/northshire.yml", ("short:", "moved-from: [northshire-very]\nshort:"))
    quick = "- id: quick-work\n"
    change(content, INSPECTION, (quick, f"{quick}        moved-from: [very-quick-work]\n"))
    assert check(load(content)) == ()


def test_an_old_address_of_a_finding_is_not_that_of_a_body(content: Path) -> None:
    change(content, "bodies/northern-unit.yml", ("short:", "moved-from: [northshire-fast]\nshort:"))
    quick = "- id: quick-work\n"
    change(content, INSPECTION, (quick, f"{quick}        moved-from: [fast]\n"))
    assert told(content).message == (
        'An old address ends with #northshire-fast, and that is "fast" of "northshire" too.'
    )


@pytest.mark.parametrize(
    ("path", "before"),
    [
        ("rounds.yml", "crime-2023:"),
        ("questions.yml", "crime:"),
        ("bodies/northshire.yml", "kind: force"),
        (INSPECTION, "short: The north, 2023"),
    ],
)
def test_everything_with_an_address_may_have_had_another(
    content: Path, path: str, before: str
) -> None:
    line = "moved-from: [a-1, a-2]\n"
    new = f"{before}\n  {line}" if before.endswith(":") else f"{line}{before}\n"
    change(content, path, (f"{before}\n", new))
    assert check(load(content)) == ()


def test_what_cannot_be_read_still_has_its_id(content: Path) -> None:
    change(content, "bodies/northern-unit.yml", ("kind: unit", "kind: unite"))
    change(content, "bodies/northshire.yml", ("short:", "moved-from: [northern-unit]\nshort:"))
    assert "moved-from-taken" in rules(content)
