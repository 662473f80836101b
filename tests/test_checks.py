"""The rules look at the whole content, and one slip stays one problem."""

from __future__ import annotations

import copy
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from peelsite.checks import RULES, check
from peelsite.load import load
from peelsite.problems import Problem
from tests.problems import BASE

FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yml"))
INSPECTION = "inspections/2023-05-04-north.yml"

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


def test_sound_content_has_no_problem(content: Path) -> None:
    assert check(load(content)) == ()


def test_rules_read_aloud() -> None:
    for rule in RULES:
        assert rule.__doc__
        assert rule.__doc__.endswith(".")
        assert "\n" not in rule.__doc__
    assert len(set(RULES)) == len(RULES)


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
    change(content, "rounds.yml", ("crime-2023:", "crime-2024:"))
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


def test_a_grade_may_be_carried_over_from_an_earlier_inspection(content: Path) -> None:
    earlier = "inspections/2021-01-01-north.yml"
    shutil.copy(content / INSPECTION, content / earlier)
    change(content, earlier, ("published: 2023-05-04\nf", "published: 2021-01-01\nf"))
    carried = "grade: good\n        carried-over-from: 2021-01-01-north"
    change(content, INSPECTION, ("grade: good", carried))
    assert check(load(content)) == ()


def test_rounds_may_be_compared_with_each_other(content: Path) -> None:
    rounds = (content / "rounds.yml").read_text()
    other = rounds.replace("crime-2023:", "crime-2021:").replace("[]", "[crime-2023]")
    (content / "rounds.yml").write_text(rounds.replace("[]", "[crime-2021]") + other)
    assert check(load(content)) == ()


RATING = "      - {question: crime, grade: poor, source: report}\n"
ANOTHER = RATING.replace("grade: poor", "grade: poor, published: 2023-07-01")


def test_a_body_may_be_rated_again_on_another_day(content: Path) -> None:
    change(content, INSPECTION, (RATING, RATING + ANOTHER))
    assert check(load(content)) == ()
    change(content, INSPECTION, (ANOTHER, ANOTHER + ANOTHER))
    assert told(content).rule == "rated-twice"
    change(content, INSPECTION, (ANOTHER + ANOTHER, ANOTHER.replace("2023-07-01", "2023-05-04")))
    assert told(content).rule == "rated-twice"


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        ("bodies/northshire.yml", "from: not-known, to: 1974", "from: 1974, to: 1974", None),
        ("bodies/northshire.yml", "from: not-known, to: 1974", "from: 1974-03, to: 1974", None),
        ("bodies/northshire.yml", "from: not-known, to: 1974", "from: 1975, to: 1974-03", "name-d"),
        (INSPECTION, "05-05\n    read: 2023-06-01", "05-05\n    read: 2023-05-05", None),
        (INSPECTION, "05-05\n    read: 2023-06-01", "05-05\n    read: 2023-05-04", "read-too"),
        (INSPECTION, "2023-05-05\n    read: 2023-06-01", "2023-05\n    read: 2023-05-01", None),
        (INSPECTION, "date: 2023-06,", "date: 2023-05-04,", None),
        (INSPECTION, "date: 2023-06,", "date: 2023-05,", None),
        (INSPECTION, "date: 2023-06,", "date: 2023-05-03,", "update-order"),
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
        assert len({each.path for each in problems}) <= 1, (place, problems)


def test_a_thousand_inspections_are_checked_soon(content: Path) -> None:
    for number in range(1000):
        shutil.copy(content / INSPECTION, content / "inspections" / f"copy-{number}.yml")
    loaded = load(content)
    start = time.perf_counter()
    assert check(loaded) == ()
    assert time.perf_counter() - start < 10
