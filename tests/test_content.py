"""The real content: no problems, and the rules of fairness that go beyond any single file."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from peelsite.checks import check
from peelsite.load import Content, load
from peelsite.problems import report
from peelsite.schema import Claim, Finding, Inspection, Quote, Spoken

CONTENT: Final = Path(__file__).parent.parent / "content"

FILES: Final = sorted(
    path.relative_to(CONTENT).as_posix()
    for path in CONTENT.rglob("*")
    if path.suffix in (".yml", ".yaml") and path.relative_to(CONTENT).parts[0] != "pages"
)
INSPECTIONS: Final = [Path(name).stem for name in FILES if name.startswith("inspections/")]

LONGEST_QUOTATION: Final = 40

HEADLINE_WORDS: Final = re.compile(
    r"\b(paedophile hunters?|slam(med|s)?|blast(ed|s)?|damning|shock(ing|ed)?|scandal\w*|fury|"
    r"furious|outrage\w*|chaos|crisis|shambl\w+|disgrace\w*|shameful|bombshell|exposed|revealed|"
    r"failing|hails?|hailed|praises? heaped|top cops?|cops?|crackdown|blitz|thugs?|yobs?)\b",
    re.IGNORECASE,
)


@cache
def content() -> Content:
    return load(CONTENT)


def test_there_is_content() -> None:
    assert INSPECTIONS
    assert {f"content/{name}" for name in FILES} == content().files.keys()


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_no_problems(name: str) -> None:
    problems = [each for each in check(content()) if each.path == f"content/{name}"]

    assert not problems, report(problems)


def test_nothing_else_has_problems() -> None:
    problems = check(content())

    assert not problems, report(problems)


def quotes() -> list[Quote]:
    return [quote for each in content().inspections.values() for quote in each.within(Quote)]


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_quotations_are_short(id_: str) -> None:
    """Counted in the YAML itself, for a quotation that is refused is not among the records."""
    text = (CONTENT / "inspections" / f"{id_}.yml").read_text(encoding="utf-8")
    found = list(quotations(yaml.load(text, Loader=yaml.CSafeLoader)))

    assert found
    assert [each for each in found if len(each.split()) > LONGEST_QUOTATION] == []


def quotations(value: Any) -> Iterator[str]:
    """Give the text of every quotation in a YAML value, at whatever depth."""
    if isinstance(value, dict):
        if {"text", "speaker"} <= value.keys():
            yield value["text"]
        for each in value.values():
            yield from quotations(each)
    elif isinstance(value, list):
        for each in value:
            yield from quotations(each)


def test_no_quotation_stands_twice() -> None:
    places = defaultdict(list)
    for quote in quotes():
        words = re.sub(r"\W+", " ", quote.text).strip().lower()
        places[words].append(f"{quote.path}: {quote.text}")

    assert [same for same in places.values() if len(same) > 1] == []


def test_quotations_have_no_quotation_marks_around_them() -> None:
    """The pages put them there."""
    assert [q.text for q in quotes() if q.text[0] in "\"“'‘" and q.text[-1] in "\"”'’"] == []


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_every_body_has_a_grade_or_a_reason_for_each_question(id_: str) -> None:
    inspection = content().inspections[id_]
    asked = set(content().rounds[inspection.round].questions)
    unanswered = {
        body: asked - {rating.question for rating in part.ratings}
        for body, part in inspection.bodies.items()
    }

    assert inspection.bodies
    assert {body: missing for body, missing in unanswered.items() if missing} == {}


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_no_body_of_the_region_is_left_out(id_: str) -> None:
    """Who is in the region of an inspected region is rated in it, or told why not."""
    inspection, bodies = content().inspections[id_], content().bodies
    regions = {body for body in inspection.bodies if body in bodies and not bodies[body].region}
    expected = {id_ for id_, body in bodies.items() if body.region in regions} | regions

    assert expected - inspection.bodies.keys() == set()


def titles(inspection: Inspection) -> list[str]:
    findings = [each.title for each in inspection.within(Finding)]
    claims = [each.title for each in inspection.within(Claim)]
    return findings + claims + [each.title for each in inspection.differences]


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_titles_are_sober(id_: str) -> None:
    told = titles(content().inspections[id_])

    assert told
    assert [title for title in told if HEADLINE_WORDS.search(title) or "!" in title] == []


@pytest.mark.parametrize(
    "title",
    ["Paedophile hunters struggle", "Force SLAMMED by watchdog", "Inspectors blasted the unit"],
)
def test_words_of_headlines_are_known(title: str) -> None:
    assert HEADLINE_WORDS.search(title)


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_who_speaks_is_named_by_office(id_: str) -> None:
    """A claim or reply begins with an office or the body, and a name only follows it."""
    offices = re.compile(
        r"commissioner|constable|superintendent|head of|spokes(wo)?man|spokesperson|mayor|chief",
        re.IGNORECASE,
    )
    spoken = list(content().inspections[id_].within(Spoken))

    assert [each.by for each in spoken if not offices.search(each.by)] == []


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_a_claim_says_that_it_is_the_bodys_own_account(id_: str) -> None:
    claims = list(content().inspections[id_].within(Claim))

    assert [claim.id for claim in claims if claim.note is None] == []
