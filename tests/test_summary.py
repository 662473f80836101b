"""What there is, counted, and what is missing: of a small content, and of the real one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner

from peelsite.catalogue import Partly, Rated, Summary, join, summary_of
from peelsite.checks import check
from peelsite.cli import main
from peelsite.cli.summary import WIDTH
from peelsite.load import load
from peelsite.problems import report
from peelsite.schema import Absence, BodyKind, Evidence, SourceKind

REAL: Final = Path(__file__).parent.parent / "content"

# --- a small content, made for these tests ------------------------------------------------------

SOURCES: Final = {
    "report": {"kind": "primary", "publisher": "The Inspectorate"},
    "paper": {"kind": "press", "publisher": "The Daily"},
    "site": {"kind": "body", "publisher": "The police"},
}


def source(key: str) -> dict[str, Any]:
    return {
        **SOURCES[key],
        "title": key.capitalize(),
        "url": f"https://example.org/{key}",
        "published": "not-known",
        "read": "2024-01-01",
        "seen": "all of it",
    }


def sources(*keys: str) -> dict[str, Any]:
    return {key: source(key) for key in keys}


def body(kind: str, name: str, **more: Any) -> dict[str, Any]:
    names = [{"name": name, "from": "not-known", "to": "present", "source": "report"}]
    return {"kind": kind, "short": name, "names": names, "sources": sources("report"), **more}


def round_(*questions: str, ungraded: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "label": " and ".join(questions).capitalize(),
        "programme": "Crime",
        "summary": "A round.",
        "began": "not-known",
        "scale": "two",
        "asked": [
            {"question": each, "wording": f"How good at {each}?", "wording-is": "paraphrase"}
            for each in questions
        ],
        "ungraded": list(ungraded),
        "comparability": "It stands alone.",
        "comparability-source": source("report"),
        "source": source("report"),
    }


def inspection(round_id: str, published: str, bodies: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": f"A report of {published}",
        "short": f"Report of {published}",
        "round": round_id,
        "published": published,
        "fieldwork": "not-known",
        "sources": sources("report", *(["paper"] if "paper" in str(bodies) else [])),
        "bodies": bodies,
    }


def said(words: str, speaker: str = "inspectors", **more: Any) -> dict[str, Any]:
    return {"summary": words, "speaker": speaker, "source": "paper", **more}


def graded(question: str, grade: str = "good") -> dict[str, Any]:
    return {"question": question, "grade": grade, "source": "report"}


def reason(question: str, why: str) -> dict[str, Any]:
    return {"question": question, "not-graded": why, "source": "report"}


NEAR: Final = {
    "ratings": [
        graded("theft") | {"source": "paper", "also-in": ["report"]},
        reason("traffic", "inspected-not-graded"),
    ],
    "concerns": [
        {
            "id": "queues",
            "title": "Queues",
            "summary": "People wait.",
            "label": "not-stated",
            "source": "paper",
            "quotes": [{"text": "long queues", "speaker": "inspectors", "source": "paper"}],
            "further": [said("It rained.", "press")],
            "updates": [said("It is shorter.", date="2021-02", status="closed")],
        }
    ],
    "praised": [
        {
            "id": "calm",
            "title": "Calm",
            "summary": "People are calm.",
            "label": "not-stated",
            "source": "report",
        }
    ],
    "claims": [
        said("We are best.", "force", id="best", title="Best", by="Chief", date="2021-01-01")
    ],
    "replies": [said("We are glad.", "force", by="Chief", date="2021-01-01")],
}

SMALL: Final[dict[str, Any]] = {
    "bodies/north.yml": body("region", "North"),
    "bodies/south.yml": body("region", "South"),
    "bodies/nearshire.yml": body("force", "Nearshire", region="north"),
    "bodies/farshire.yml": body("force", "Farshire", region="north"),
    "bodies/elsewhere.yml": body("force", "Elsewhere", region="south"),
    "bodies/squad.yml": body("unit", "Squad", region="north", forces=["nearshire"]),
    "inspections/old.yml": inspection("old", "2021-01-01", {"nearshire": NEAR}),
    "inspections/new.yml": inspection(
        "new",
        "2022-01-01",
        {
            "nearshire": {
                "ratings": [graded("theft") | {"carried-over-from": "old"}, graded("fraud")]
            },
            "farshire": {"ratings": [graded("fraud", "poor")]},
            "elsewhere": {
                "ratings": [reason("theft", "not-in-sources"), reason("fraud", "not-in-sources")]
            },
            "squad": {"ratings": [graded("fraud")]},
            "north": {"ratings": [reason("fraud", "inspected-not-graded")]},
        },
    ),
    "rounds.yml": {
        "old": round_("theft", "traffic", ungraded=("traffic",)),
        "new": round_("theft", "fraud", "traffic", ungraded=("traffic",)),
        "next": round_("theft"),
    },
    "questions.yml": {
        each: {"label": each.capitalize(), "meaning": "It.", "source": source("report")}
        for each in ("theft", "traffic", "fraud")
    },
    "scales.yml": {
        "two": {
            "label": "Two",
            "summary": "Two grades.",
            "grades": [
                {"id": "good", "label": "Good", "meaning": "Well done."},
                {"id": "poor", "label": "Poor", "meaning": "Not done."},
            ],
            "source": source("site"),
        }
    },
    "themes.yml": {"queues": {"label": "Queues", "meaning": "Waiting."}},
    "glossary.yml": {"pc": {"label": "PC", "meaning": "A constable."}},
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "content"
    for name, value in SMALL.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(in_yaml(value), encoding="utf-8")
    problems = check(load(folder))
    assert not problems, report(problems)
    return folder


def in_yaml(value: Any) -> str:
    """Return the value as YAML in its own order, with dates as people write them."""
    return re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", yaml.safe_dump(value, sort_keys=False))


def of(folder: Path) -> Summary:
    return summary_of(join(load(folder)))


def test_bodies_rounds_inspections_and_sources_are_counted(small: Path) -> None:
    summary = of(small)

    assert summary.bodies == {BodyKind.FORCE: 3, BodyKind.UNIT: 1, BodyKind.REGION: 2}
    assert (summary.rounds, summary.inspections) == (3, 2)
    assert summary.sources == {SourceKind.PRIMARY: 1, SourceKind.BODY: 1, SourceKind.PRESS: 1}


def test_a_carried_over_grade_is_told_apart_and_counted_once(small: Path) -> None:
    summary = of(small)

    assert (summary.graded, summary.carried_over) == (4, 1)


def test_ratings_without_a_grade_are_counted_by_reason(small: Path) -> None:
    assert of(small).not_graded == {Absence.INSPECTED_NOT_GRADED: 2, Absence.NOT_IN_SOURCES: 2}


def test_what_was_found_claimed_and_replied_is_counted(small: Path) -> None:
    summary = of(small)

    assert (summary.concerns, summary.praised) == (1, 1)
    assert (summary.claims, summary.replies) == (1, 1)


def test_statements_are_counted_by_the_best_evidence_for_them(small: Path) -> None:
    """Ten ratings and one praise from the report, and six statements from a newspaper."""
    assert of(small).statements == {Evidence.REPORT: 10, Evidence.PRESS: 6}


def test_a_round_tells_who_is_rated_who_is_missing_and_who_is_rated_in_part(small: Path) -> None:
    old, new, next_ = of(small).coverage

    assert old.rated == (Rated(BodyKind.FORCE, 1, 3),)
    assert [each.id for each in old.missing] == ["elsewhere", "farshire"]
    assert old.partly == ()
    assert new.rated == (
        Rated(BodyKind.FORCE, 2, 3),
        Rated(BodyKind.UNIT, 1, 1),
        Rated(BodyKind.REGION, 1, 2),
    )
    assert [each.id for each in new.missing] == ["elsewhere", "south"]
    # "traffic" was left ungraded, and nobody is said to lack it.
    assert [ids(each) for each in new.partly] == [(["farshire", "north", "squad"], ["theft"])]
    assert (next_.rated, next_.missing, next_.partly) == ((), (), ())


def ids(partly: Partly) -> tuple[list[str], list[str]]:
    return [each.id for each in partly.bodies], [each.id for each in partly.questions]


def printed(folder: Path) -> str:
    done = CliRunner().invoke(main, ["check", "--summary", str(folder)])
    assert done.exit_code == 0, done.output
    return done.output[done.output.index("\nBodies ") + 1 :]


def test_the_summary_is_printed_after_the_check(small: Path) -> None:
    assert printed(small) == (
        """\
Bodies                                   6
  Police force                           3
  Regional organised crime unit          1
  Region                                 2
Rounds                                   3
Inspections                              2
Ratings                                  8
  Graded                                 4
  No grade: Inspected, not graded        2
  No grade: Not in the sources we hold   2
Carried-over grades, not counted again   1
Findings                                 2
  Concerns                               1
  Praised                                1
Claims                                   1
Replies                                  1
Sources                                  3
  HMICFRS                                1
  The body itself                        1
  Press                                  1
Statements                              16
  Read in the report                    10
  Press only                             6

Theft and traffic
  In our sources: 1 of 3 police forces.
  No rating in our sources for: Elsewhere, Farshire.

Theft and fraud and traffic
  In our sources: 2 of 3 police forces, 1 of 1 regional organised crime unit, 1 of 2 regions.
  No rating in our sources for: Elsewhere, South.
  Farshire, North, Squad: no rating in our sources for Theft.

Theft
  In our sources: no body.
"""
    )


# --- the real content, counted anew from its YAML without the package ---------------------------


@cache
def written(folder: str) -> dict[str, Any]:
    """Return the YAML of the files of a folder of the real content, by id."""
    return {path.stem: read(path) for path in sorted((REAL / folder).glob("*.yml"))}


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def parts() -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    """Give each inspection with each body in it and what it says of that body."""
    for each in written("inspections").values():
        for name, part in each["bodies"].items():
            yield each, name, part


def ratings() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give each rating with its round and its body."""
    for each, name, part in parts():
        for rating in part.get("ratings", []):
            yield each["round"], name, rating


def within(value: Any, wanted: str) -> Iterator[dict[str, Any]]:
    """Give every mapping in a YAML value, at whatever depth, that has the key ``wanted``."""
    if isinstance(value, dict):
        if wanted in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from within(each, wanted)


@cache
def lines() -> tuple[str, ...]:
    return tuple(printed(REAL).splitlines())


def told(label: str, under: str | None = None) -> int:
    """Return the number on the line with a label; ``under`` is the line it is a part of."""
    heading = None
    for line in lines():
        found = re.fullmatch(r"( *)(.*\S) {2,}(\d+)", line)
        if not found:
            break
        heading = heading if found[1] else found[2]
        if found[2] == label and under in (None, heading):
            return int(found[3])
    return 0


@pytest.mark.parametrize(
    ("kind", "label"),
    [("force", "Police force"), ("unit", "Regional organised crime unit"), ("region", "Region")],
)
def test_real_bodies(kind: str, label: str) -> None:
    found = [each for each in written("bodies").values() if each["kind"] == kind]

    assert told(label, "Bodies") == len(found) > 0
    assert told("Bodies") == len(written("bodies"))


def test_real_rounds_and_inspections() -> None:
    assert told("Rounds") == len(read(REAL / "rounds.yml")) > 0
    assert told("Inspections") == len(written("inspections")) > 0


def test_real_ratings() -> None:
    found = [rating for _, _, rating in ratings()]
    carried_over = [each for each in found if "carried-over-from" in each]
    reasons = Counter(each["not-graded"] for each in found if "not-graded" in each)

    assert carried_over
    assert told("Carried-over grades, not counted again") == len(carried_over)
    assert told("Ratings") == len(found) - len(carried_over)
    assert told("Graded") == len(found) - len(carried_over) - reasons.total()
    assert {
        "inspected-not-graded": told("No grade: Inspected, not graded"),
        "not-in-sources": told("No grade: Not in the sources we hold"),
    } == reasons


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("concerns", "Concerns"),
        ("praised", "Praised"),
        ("claims", "Claims"),
        ("replies", "Replies"),
    ],
)
def test_real_findings_claims_and_replies(name: str, label: str) -> None:
    assert told(label) == sum(len(part.get(name, [])) for _, _, part in parts()) > 0
    assert told("Findings") == told("Concerns") + told("Praised")


def test_real_sources() -> None:
    files = [
        *written("bodies").values(),
        *written("inspections").values(),
        *(read(REAL / name) for name in ("rounds.yml", "questions.yml", "scales.yml")),
    ]
    kinds = {each["url"]: each["kind"] for file in files for each in within(file, "url")}
    labels = {"primary": "HMICFRS", "body": "The body itself", "press": "Press"}
    labels |= {"official": "Other public record"}

    assert told("Sources") == len(kinds)
    assert {kind: told(label, "Sources") for kind, label in labels.items()} == Counter(
        kinds.values()
    )


def test_real_statements() -> None:
    labels = {"primary": "Read in the report", "press": "Press only"}
    labels |= {"body": "Read elsewhere", "official": "Read elsewhere"}
    best = ["primary", "body", "official", "press"]
    found = Counter(
        labels[min((each["sources"][key]["kind"] for key in keys), key=best.index)]
        for each, _, part in parts()
        for keys in ([one["source"], *one.get("also-in", [])] for one in within(part, "source"))
    )

    assert told("Statements") == found.total()
    assert {label: told(label, "Statements") for label in labels.values()} == found


def test_real_bodies_that_are_missing_from_a_round_are_named() -> None:
    rounds, bodies = read(REAL / "rounds.yml"), written("bodies")
    known = defaultdict(set)
    for round_id, name, rating in ratings():
        if rating.get("not-graded") != "not-in-sources":
            known[round_id].add(name)
    paragraphs = "\n".join(lines()).split("\n\n")[1:]

    assert len(paragraphs) == len(rounds)
    for paragraph, (round_id, each) in zip(paragraphs, rounds.items(), strict=True):
        heading, rest = paragraph.split("\n", 1)
        kinds = {bodies[name]["kind"] for name in known[round_id]}
        expected = {
            body["short"]
            for name, body in bodies.items()
            if body["kind"] in kinds and name not in known[round_id]
        }
        found = re.search(r"No rating in our sources for: (.*?)\.(\n  \w|$)", rest, re.DOTALL)

        assert heading == each["label"]
        assert kinds
        assert found
        assert set(re.split(r",\s+", re.sub(r"\s+", " ", found[1]))) == expected


def test_real_bodies_tell_the_questions_on_which_they_are_missing() -> None:
    rounds, bodies = read(REAL / "rounds.yml"), written("bodies")
    labels = {id_: each["label"] for id_, each in read(REAL / "questions.yml").items()}
    answered = defaultdict(set)
    for round_id, name, rating in ratings():
        if rating.get("not-graded") != "not-in-sources":
            answered[round_id, name].add(rating["question"])
    expected = set()
    for (round_id, name), found in answered.items():
        asked = {each["question"] for each in rounds[round_id]["asked"]}
        for question in asked - found - set(rounds[round_id].get("ungraded", [])):
            expected.add((rounds[round_id]["label"], bodies[name]["short"], labels[question]))

    assert expected
    assert set(told_in_part()) == expected


def told_in_part() -> Iterator[tuple[str, str, str]]:
    """Give round, body and question of each rating that is said to be missing."""
    for paragraph in "\n".join(lines()).split("\n\n")[1:]:
        heading, rest = paragraph.split("\n", 1)
        for sentence in re.split(r"\n  (?=\w)", "\n" + rest):
            names, said_so, questions = re.sub(r"\s+", " ", sentence).partition(
                ": no rating in our sources for "
            )
            for name in names.split(", ") if said_so else ():
                for question in questions.removesuffix(".").split("; "):
                    yield heading, name.strip(), question


def test_the_summary_keeps_to_its_width_and_is_the_same_every_time() -> None:
    assert max(map(len, lines())) <= WIDTH
    assert printed(REAL).splitlines() == list(lines())
