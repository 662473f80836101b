"""The pages that set bodies side by side: what stands in their tables, and in which order."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from peelsite.catalogue import Catalogue, join
from peelsite.checks import check
from peelsite.load import load
from peelsite.pages import Page
from peelsite.pages.comparison import Entry, Held, compare
from peelsite.pages.rounds import Asking, questions, rounds
from peelsite.pages.tables import Cell, Group, Row
from peelsite.schema import Absence, BodyKind

SOURCE = {
    "kind": "primary",
    "publisher": "Inspectorate",
    "title": "A report",
    "url": "https://inspectorate.example/report",
    "published": "2020-01-01",
    "read": "2026-01-01",
    "seen": "all of it",
}
GAZETTE = {**SOURCE, "kind": "press", "publisher": "Gazette", "url": "https://gazette.example/"}

STEPS = ("good", "fair", "bad")


def asked(*ids: str) -> list[dict[str, str]]:
    return [{"question": id_, "wording": f"How is {id_}?", "wording-is": "exact"} for id_ in ids]


def round_of(began: str, questions: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    return {
        "label": f"The round of {began}",
        "programme": "Rounds",
        "summary": "A round.",
        "began": began,
        "scale": "steps",
        "asked": questions,
        "comparability": "It is said what it may be compared with.",
        "comparability-source": SOURCE,
        "source": SOURCE,
        **more,
    }


def body_of(kind: str, name: str, **more: Any) -> dict[str, Any]:
    named = {"name": name, "from": "not-known", "to": "present", "source": "report"}
    return {"kind": kind, "short": name, "names": [named], "sources": {"report": SOURCE}, **more}


def inspection_of(
    round_: str, published: str, bodies: dict[str, Any], **more: Any
) -> dict[str, Any]:
    return {
        "title": f"An inspection of {published}",
        "short": f"Inspection, {published}",
        "round": round_,
        "published": published,
        "fieldwork": "not-known",
        "sources": {"report": SOURCE},
        "bodies": bodies,
        **more,
    }


def finding(id_: str, **more: Any) -> dict[str, Any]:
    said = {"summary": "So it is.", "label": "not-stated", "source": "report"}
    return {"id": id_, "title": f"It is {id_}", **said, **more}


def rating(question: str, grade: str | None, **more: str) -> dict[str, str]:
    value = {"grade": grade} if grade else {"not-graded": "inspected-not-graded"}
    return {"question": question, **value, "source": "report", **more}


FILES: dict[str, Any] = {
    "scales": {
        "steps": {
            "label": "Steps",
            "summary": "Three steps.",
            "grades": [{"id": id_, "label": id_.title(), "meaning": "It is."} for id_ in STEPS],
            "source": SOURCE,
        }
    },
    "questions": {
        id_: {"label": id_.title(), "meaning": "It is asked.", "source": SOURCE}
        for id_ in ("alpha", "beta", "gamma", "delta")
    },
    "rounds": {
        "old": round_of("2018", asked("alpha"), **{"comparable-with": ["middle"]}),
        "new": round_of("2022-03", asked("alpha", "delta")),
        "middle": round_of("2020-05", asked("alpha", "beta", "gamma"), ungraded=["gamma"]),
        "empty": round_of("2010", asked("beta")),
    },
    "themes": {},
    "glossary": {},
    "bodies/west": body_of("region", "West"),
    "bodies/east": body_of("region", "East"),
    "bodies/ashford": body_of("force", "Ashford", region="west"),
    "bodies/bexley": body_of("force", "Bexley", region="east"),
    "bodies/corby": body_of("force", "Corby", region="west"),
    "bodies/westru": body_of("unit", "West Regional Unit", region="west", forces=["ashford"]),
    "inspections/old": inspection_of(
        "old", "2018-02-02", {"ashford": {"ratings": [rating("alpha", "bad")]}}
    ),
    "inspections/middle": inspection_of(
        "middle",
        "2020-06-06",
        {
            "corby": {
                "ratings": [
                    rating("alpha", "fair"),
                    rating("alpha", "good", published="2021-07-07"),
                    rating("gamma", None),
                ]
            },
            "bexley": {"ratings": [rating("beta", "bad", uncertain="One source alone says so.")]},
        },
    ),
    "inspections/new": inspection_of(
        "new",
        "2022-04-04",
        {
            "westru": {"ratings": [rating("alpha", "fair", source="gazette")]},
            "west": {"ratings": [rating("alpha", None)]},
            "ashford": {
                "ratings": [rating("alpha", "fair")],
                "concerns": [finding("slow", **{"shared-with": ["corby"]})],
            },
            "corby": {"praised": [finding("bright")]},
        },
        sources={"report": SOURCE, "gazette": GAZETTE},
    ),
}


@cache
def catalogue() -> Catalogue:
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        for name, values in FILES.items():
            path = content / f"{name}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), encoding="utf-8")
        loaded = load(content)
        assert [str(problem) for problem in check(loaded)] == []
        return join(loaded)


def page_at(address: str) -> Page:
    pages = [*rounds(catalogue()), *questions(catalogue()), compare(catalogue())]
    [found] = [page for page in pages if page.address == address]
    return found


def groups(address: str) -> list[Group]:
    found: list[Group] = page_at(address).given["groups"]
    return found


def row_of(address: str, body: str) -> Row:
    [found] = [row for group in groups(address) for row in group.rows if row.body.id == body]
    return found


def said(cells: tuple[Cell, ...]) -> list[tuple[list[str], list[str | None]]]:
    """Return for each cell its questions and its grades."""
    return [
        (
            [asked.question.id for asked in cell.asked],
            [rating.grade.id if rating.grade else None for rating in cell.ratings],
        )
        for cell in cells
    ]


# --- rounds ------------------------------------------------------------------------------------


def test_every_round_has_a_page_by_name_and_one_by_region() -> None:
    assert [page.address for page in rounds(catalogue())] == [
        "rounds/index",
        *("rounds/new", "rounds/new/by-region"),
        *("rounds/middle", "rounds/middle/by-region"),
        *("rounds/old", "rounds/old/by-region"),
        *("rounds/empty", "rounds/empty/by-region"),
    ]


def test_rounds_are_listed_newest_first_with_the_number_of_bodies_rated() -> None:
    listed = page_at("rounds/index").given["rounds"]

    assert [
        (round_.id, number, [each.id for each in alike]) for round_, number, alike in listed
    ] == [
        ("new", 3, []),
        ("middle", 2, ["old"]),
        ("old", 1, ["middle"]),
        ("empty", 0, []),
    ]


def test_the_grid_has_a_row_for_every_body_of_the_kinds_that_were_rated() -> None:
    found = [(g.kind, [row.body.id for row in g.rows]) for g in groups("rounds/new")]

    assert found == [
        (BodyKind.FORCE, ["ashford", "bexley", "corby"]),
        (BodyKind.UNIT, ["westru"]),
        (BodyKind.REGION, ["east", "west"]),
    ]
    assert [group.kind for group in groups("rounds/middle")] == [BodyKind.FORCE]
    assert page_at("rounds/middle").given["unrated"] == [BodyKind.UNIT, BodyKind.REGION]
    assert groups("rounds/empty") == []


def test_questions_without_a_rating_share_a_cell() -> None:
    assert said(row_of("rounds/middle", "ashford").cells) == [(["alpha", "beta", "gamma"], [])]
    assert said(row_of("rounds/middle", "bexley").cells) == [
        (["alpha"], []),
        (["beta"], ["bad"]),
        (["gamma"], []),
    ]


def test_two_ratings_on_one_question_stand_in_one_cell_newest_first() -> None:
    assert said(row_of("rounds/middle", "corby").cells) == [
        (["alpha"], ["good", "fair"]),
        (["beta"], []),
        (["gamma"], [None]),
    ]


def test_a_cell_is_ungraded_only_if_none_of_its_questions_was_graded() -> None:
    *_, gamma = row_of("rounds/middle", "bexley").cells
    [together] = row_of("rounds/middle", "ashford").cells
    *_, rated = row_of("rounds/middle", "corby").cells

    assert (gamma.is_ungraded, together.is_ungraded, rated.is_ungraded) == (True, False, False)


def test_by_region_the_forces_of_each_region_stand_apart() -> None:
    found = [
        (group.kind, group.region.id if group.region else None, [r.body.id for r in group.rows])
        for group in groups("rounds/new/by-region")
    ]

    assert found == [
        (BodyKind.FORCE, "east", ["bexley"]),
        (BodyKind.FORCE, "west", ["ashford", "corby"]),
        (BodyKind.UNIT, "west", ["westru"]),
        (BodyKind.REGION, None, ["east", "west"]),
    ]


def test_only_two_to_six_forces_or_units_may_be_compared() -> None:
    row = row_of("rounds/new", "ashford")
    found = {
        (kind, number): Group(kind, None, (row,) * number).may_be_compared
        for kind in BodyKind
        for number in (1, 2, 6, 7)
    }

    assert [key for key, may in found.items() if may] == [
        (BodyKind.FORCE, 2),
        (BodyKind.FORCE, 6),
        (BodyKind.UNIT, 2),
        (BodyKind.UNIT, 6),
    ]


# --- questions ---------------------------------------------------------------------------------


def asking(question: str, round_: str) -> Asking:
    [found] = [
        each for each in page_at(f"questions/{question}").given["rounds"] if each.round.id == round_
    ]
    assert isinstance(found, Asking)
    return found


def test_a_question_has_its_rounds_newest_first() -> None:
    found = page_at("questions/alpha").given["rounds"]

    assert [each.round.id for each in found] == ["new", "middle", "old"]
    assert [[other.id for other in each.alike] for each in found] == [[], ["old"], ["middle"]]


def test_bodies_stand_by_grade_in_the_order_of_the_scale() -> None:
    [forces] = asking("alpha", "middle").kinds

    assert [(grade.id, [r.body.id for r in found]) for grade, found in forces.graded] == [
        ("good", ["corby"]),
        ("fair", ["corby"]),
    ]
    assert [body.id for body in forces.missing] == ["ashford", "bexley"]


def test_kinds_stand_apart_and_a_region_is_named_with_the_reason() -> None:
    forces, units, regions = asking("alpha", "new").kinds

    assert [body.id for body in forces.missing] == ["bexley", "corby"]
    assert [rating.body.id for _, found in units.graded for rating in found] == ["westru"]
    assert units.missing == ()
    assert regions.graded == ()
    [(absence, [rating])] = regions.ungraded
    assert (absence, rating.body.id) == (Absence.INSPECTED_NOT_GRADED, "west")
    assert [body.id for body in regions.missing] == ["east"]


def test_a_question_on_which_nobody_has_a_rating_names_everybody_as_missing() -> None:
    forces, *_ = asking("delta", "new").kinds

    assert (forces.graded, forces.ungraded) == ((), ())
    assert len(forces.missing) == 3


def test_a_round_without_any_rating_has_no_kinds() -> None:
    assert asking("beta", "empty").kinds == ()


# --- the comparison ----------------------------------------------------------------------------


def held(round_: str) -> Held:
    [found] = [each for each in compare(catalogue()).given["rounds"] if each.round.id == round_]
    assert isinstance(found, Held)
    return found


def numbers(round_: str) -> dict[str, list[tuple[str, int]]]:
    """Return of each body held in a round its questions, with how many numbers each has."""
    return {
        row.body.id: [(entry.question.id, len(entry.numbers)) for entry in entries]
        for row, entries in held(round_).rows
    }


def test_only_what_is_known_of_forces_and_units_is_held() -> None:
    assert numbers("new") == {"ashford": [("alpha", 2)], "corby": [], "westru": [("alpha", 2)]}
    assert numbers("middle") == {
        "bexley": [("beta", 3)],
        "corby": [("alpha", 2), ("alpha", 2), ("gamma", 2)],
    }
    assert numbers("empty") == {}
    assert [each.id for each in held("middle").alike] == ["old"]


def test_a_finding_is_held_for_the_body_that_shares_it() -> None:
    found = {
        row.body.id: ([f.id for f in row.concerns], [f.id for f in row.praised])
        for row, _ in held("new").rows
    }

    assert found == {"ashford": (["slow"], []), "corby": (["slow"], ["bright"]), "westru": ([], [])}


@pytest.mark.parametrize("shared", ["chips", "read", "notes"])
def test_what_ratings_share_is_held_once_and_numbered_in_order(shared: str) -> None:
    found = compare(catalogue()).given[shared]

    assert [number for number, _ in found] == list(range(len(found)))
    assert len(found) == {"chips": 4, "read": 5, "notes": 1}[shared]


def test_the_numbers_lead_to_what_is_said_of_the_rating() -> None:
    given = compare(catalogue()).given
    of_chip, of_read, of_note = (dict(given[name]) for name in ("chips", "read", "notes"))

    def entries(round_: str, body: str) -> tuple[Entry, ...]:
        [found] = [entries for row, entries in held(round_).rows if row.body.id == body]
        return found

    [beta] = entries("middle", "bexley")
    chip, read, note = beta.numbers
    assert of_chip[chip].grade.id == "bad"
    assert of_read[read].published.iso == "2020-06-06"
    assert of_note[note].uncertain == "One source alone says so."
    [alpha] = entries("new", "westru")
    assert of_read[alpha.numbers[1]].said.source.publisher == "Gazette"
    *_, gamma = entries("middle", "corby")
    assert of_chip[gamma.numbers[0]].absence is Absence.INSPECTED_NOT_GRADED


def test_forces_are_offered_by_region_and_units_in_one_list() -> None:
    offered = [
        (kind, [(region and region.id, [body.id for body in bodies]) for region, bodies in found])
        for kind, found in compare(catalogue()).given["kinds"]
    ]

    assert offered == [
        (BodyKind.FORCE, [("east", ["bexley"]), ("west", ["ashford", "corby"])]),
        (BodyKind.UNIT, [(None, ["westru"])]),
    ]


def test_the_round_offered_first_is_the_one_in_which_most_bodies_are_rated() -> None:
    assert compare(catalogue()).given["first"].id == "new"
