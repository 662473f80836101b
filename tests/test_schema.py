"""Files become frozen records; what cannot be read is told, and the rest is read all the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from peelsite.problems import TOLD_AT_ONCE, Problem
from peelsite.schema import (
    UNREAD,
    VOCABULARIES,
    Absence,
    Body,
    BodyKind,
    Citing,
    Concern,
    Dating,
    Inspection,
    Rating,
    Round,
    Scale,
    Source,
    Speaker,
    Term,
    Theme,
    When,
    Wording,
    id_form,
    read_record,
)
from peelsite.schema.faults import fields_of, shape_at
from peelsite.schema.fields import holds_id
from peelsite.yaml_source import Mapping, Sequence, read

SHAPES = {"bodies": Body, "inspections": Inspection, **VOCABULARIES}

SOURCE = """
  kind: press
  publisher: The Northshire Post
  title: Police do well
  url: https://example.org/post
  published: 2023-05
  read: 2023-06-01
  seen: all of it
"""
RATING = "{question: crime, grade: good, source: report}"
QUOTE = "{text: very quick, speaker: inspectors, source: report}"


def source(old: str = "", new: str = "") -> str:
    assert old in SOURCE
    return SOURCE.replace(old, new, 1)


def made(shape: Any, text: str) -> tuple[Any, list[Problem]]:
    root, problems = read("a.yml", text.encode())
    assert root is not None
    record, more = read_record(shape, root)
    return record, problems + more


def told(shape: Any, text: str) -> Problem:
    """Return the one problem of ``text``."""
    _, problems = made(shape, text)
    [problem] = problems
    return problem


def test_a_record_holds_what_was_written() -> None:
    record, problems = made(Source, SOURCE)
    assert problems == []
    assert record.kind.value == "press"
    assert record.published == When("2023-05")
    assert record.read == datetime.date(2023, 6, 1)
    assert record.author is None


def test_a_record_cannot_be_changed() -> None:
    record, _ = made(Source, SOURCE)
    with pytest.raises(ValidationError):
        record.title = "Another"


def test_a_record_knows_where_it_was_written() -> None:
    record, _ = made(Source, SOURCE)
    problem = record.problem(("title",), "r", "Wrong.", "Mend it.")
    assert (record.path, problem.line, problem.column) == ("a.yml", 4, 10)


def test_white_space_around_a_text_is_no_part_of_it() -> None:
    record, _ = made(Source, source("Police do well", '" Police do well "'))
    assert record.title == "Police do well"


def test_names_with_hyphens_and_words_of_python_are_read() -> None:
    rating, problems = made(Rating, "{question: q, not-graded: under-review, source: s}")
    assert (rating.not_graded, problems) == (Absence.UNDER_REVIEW, [])
    name = "{name: Unit, from: not-known, to: present, source: s}"
    body, problems = made(Body, f"{{kind: unit, short: U, names: [{name}]}}")
    assert (body.names[0].from_, body.names[0].to, problems) == (None, "present", [])


@pytest.mark.parametrize("written", ["2022", "007", "no", "1e3", "true", "2022-12-07", "0x1f"])
def test_an_id_is_what_was_typed(written: str) -> None:
    rating, problems = made(Rating, f"{{question: {written}, grade: good, source: s}}")
    assert (rating.question, problems) == (written, [])


@pytest.mark.parametrize(
    ("written", "iso"), [("2022-12-07", "2022-12-07"), ("2022-12", "2022-12"), ("2022", "2022")]
)
def test_a_date_has_as_many_parts_as_are_known(written: str, iso: str) -> None:
    record, problems = made(Source, source("2023-05", written))
    assert (record.published, problems) == (When(iso), [])


@pytest.mark.parametrize(
    ("written", "when", "dating"),
    [
        ("published: not-known", None, Dating.STATED),
        ("published: 2022-12", When("2022-12"), Dating.STATED),
        ("published: 2022-12-07\npublished-is: page-date", When("2022-12-07"), Dating.PAGE_DATE),
    ],
)
def test_an_inspection_says_how_far_its_date_is_known(
    written: str, when: When | None, dating: Dating
) -> None:
    text = f"title: T\nshort: S\nround: r\nfieldwork: not-known\n{written}\nsources: {{}}\n"
    inspection, problems = made(Inspection, f"{text}bodies: {{}}\n")
    assert problems == []
    assert (inspection.published, inspection.published_is) == (when, dating)


def test_a_rating_has_a_date_and_an_origin_of_its_own_if_it_has_any() -> None:
    rating, problems = made(Rating, RATING)
    assert problems == []
    assert (rating.published, rating.published_is) == (None, Dating.STATED)
    assert (rating.carried_over_from, rating.uncertain) == (None, None)
    more = "published: 2022, published-is: page-date, carried-over-from: 2021-a, uncertain: Copied."
    rating, problems = made(Rating, RATING.replace("}", f", {more}}}"))
    assert problems == []
    assert (rating.published, rating.published_is) == (When("2022"), Dating.PAGE_DATE)
    assert (rating.carried_over_from, rating.uncertain) == ("2021-a", "Copied.")


ROUND = f"""
label: L
programme: P
summary: S
began: not-known
scale: s
asked:
  - {{question: soc, wording: How good is it?, wording-is: exact}}
  - {{question: 2022, wording: W, wording-is: paraphrase}}
comparability: C
comparability-source: {SOURCE}
source: {SOURCE}
"""


def test_a_round_holds_what_was_asked_in_order() -> None:
    round_, problems = made(Round, ROUND)
    assert problems == []
    assert [(each.question, each.wording_is) for each in round_.asked] == [
        ("soc", Wording.EXACT),
        ("2022", Wording.PARAPHRASE),
    ]
    assert (round_.began, round_.ungraded, round_.comparable_with) == (None, (), ())
    assert round_.comparability_source == round_.source


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("programme: P", "programe: P", "unknown-key"),
        ("began: not-known", "began: present", "date-form"),
        ("wording-is: exact", "wording-is: verbatim", "unknown-word"),
        ("label: L", "label: L\nquestions: [soc]", "unknown-key"),
        ("label: L", "label: L\nungraded: soc", "wrong-kind"),
    ],
)
def test_what_is_wrong_in_a_round_is_told_once(old: str, new: str, rule: str) -> None:
    assert old in ROUND
    assert told(Round, ROUND.replace(old, new, 1)).rule == rule


def test_dates_sort_and_know_their_day() -> None:
    dates = [When("2023"), When("2022-12"), When("2022-12-07"), When("2022")]
    assert [each.iso for each in sorted(dates)] == ["2022", "2022-12", "2022-12-07", "2023"]
    assert When("2022-12-07").day == datetime.date(2022, 12, 7)
    assert When("2022-12").day is None


@pytest.mark.parametrize(
    "written", ["0000", "2022-00", "2022-13", "2022-02-30", "2023-02-29", "2022-12-32"]
)
def test_there_is_a_day_in_the_calendar_for_every_date(written: str) -> None:
    assert told(Source, source("2023-05", written)).rule == "no-such-day"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2022-12-7", "2022-12-07"),
        ("07/12/2022", "2022-12-07"),
        ("7.12.2022", "2022-12-07"),
        ("07-12-2022", "2022-12-07"),
        ("2022/12/07", "2022-12-07"),
        ("7 December 2022", "2022-12-07"),
        ("7 Dec 2022", "2022-12-07"),
        ("2022-12-07T10:00", "2022-12-07"),
    ],
)
def test_a_date_in_another_form_is_understood(written: str, meant: str) -> None:
    problem = told(Source, source("2023-05", written))
    assert problem.rule == "date-form"
    assert problem.remedy.endswith(f'Did you mean "{meant}"?')


@pytest.mark.parametrize("written", ["yesterday", "20221207", "12:30", "٢٠٢٢", "2022-1", "-1"])
def test_a_date_that_is_none_is_told(written: str) -> None:
    problem = told(Source, source("2023-05", written))
    assert problem.rule == "date-form"
    assert "Did you mean" not in problem.remedy


@pytest.mark.parametrize(
    ("written", "rule"),
    [("~", "no-value"), ("[2022]", "wrong-kind"), ("{a: 1}", "wrong-kind"), ('""', "date-form")],
)
def test_a_date_is_a_single_value(written: str, rule: str) -> None:
    assert told(Source, source("2023-05", written)).rule == rule


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "https:/x", "https://", "//x.org", '"https://x y"', "javascript:1"]
)
def test_an_address_is_one_on_the_web(url: str) -> None:
    assert told(Source, source("https://example.org/post", url)).rule == "url-form"


@pytest.mark.parametrize(("words", "is_told"), [(40, False), (41, True)])
def test_a_quotation_has_at_most_40_words(words: int, is_told: bool) -> None:
    text = " ".join(["word"] * words)
    finding = f"""
id: a
title: A
summary: B
label: not-stated
source: report
quotes: [{{text: {text}, speaker: inspectors, source: report}}]
"""
    concern, problems = made(Concern, finding)
    assert [each.rule for each in problems] == (["long-quotation"] if is_told else [])
    assert len(concern.quotes) == 1


def test_a_misspelt_name_is_told_and_its_value_read() -> None:
    record, [problem] = made(Source, source("title:", "titel:"))
    assert record.title == "Police do well"
    assert (problem.rule, problem.line, problem.length) == ("unknown-key", 4, 5)


def test_what_is_wrong_under_a_misspelt_name_is_told_too() -> None:
    record, problems = made(Source, source("kind: press", "knd: pres"))
    assert [each.rule for each in problems] == ["unknown-key", "unknown-word"]
    assert record.kind


def test_two_names_cannot_be_meant_for_one() -> None:
    record, problems = made(Source, source("title: Police", "titel: X\n  tittle: Police"))
    assert [each.rule for each in problems] == ["unknown-key", "unknown-key"]
    assert record.title


def test_a_misspelt_name_is_not_taken_for_one_that_is_there() -> None:
    record, [problem] = made(Source, source("title:", "titel: X\n  title:"))
    assert (record.title, problem.rule) == ("Police do well", "unknown-key")


def test_everything_wrong_is_told_at_once() -> None:
    text = source("kind: press", "kind: pres").replace("https", "http s").replace("seen", "sen")
    _, problems = made(Source, text)
    assert {each.rule for each in problems} == {"unknown-word", "url-form", "unknown-key"}


def test_a_record_with_something_missing_is_read_with_a_stand_in() -> None:
    inspection, problems = made(Inspection, "{title: T, about: []}")
    assert {each.message.partition('"')[2].partition('"')[0] for each in problems} == {
        *("short", "round", "published", "fieldwork", "sources", "bodies")
    }
    assert inspection.round == UNREAD
    assert inspection.keys_written("sources") is None


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_of_an_empty_file_a_record_can_be_made(shape: Any) -> None:
    text = "{}" if shape in (Body, Inspection) else "entry: {}"
    record, problems = made(shape, text)
    assert record is not None
    assert {each.rule for each in problems} == {"missing"}


@pytest.mark.parametrize("bad", ["[x]", "{a: b}", "~", "", "'Not an Id'"])
def test_an_id_that_cannot_be_read_keeps_its_record(bad: str) -> None:
    scale, problems = made(
        Scale,
        f"label: L\nsummary: S\nsource: {{{', '.join(SOURCE.strip().splitlines())}}}\n"
        f"grades:\n  - id: {bad}\n    label: A\n    meaning: B\n"
        "  - {id: poor, label: A, meaning: B}\n",
    )
    assert [each.rule in ("wrong-kind", "no-value", "id-form") for each in problems] == [True]
    assert [each.id for each in scale.grades] == [UNREAD, "poor"]


def test_what_is_wrong_in_a_list_does_not_move_what_stands_after_it() -> None:
    text = f"{{ratings: [word, {RATING}, {{grade: x}}, {RATING.replace('good', 'fine')}]}}"
    part, problems = made(shape_at(Inspection, ("bodies", "x")), text)
    assert [(each.grade, each.question) for each in part.ratings] == [
        ("good", "crime"),
        ("x", UNREAD),
        ("fine", "crime"),
    ]
    assert len(problems) == 3
    problem = part.ratings[-1].problem(("grade",), "r", "Wrong.", "Mend it.")
    assert problem.excerpt[problem.column - 1 :].startswith("fine")


def test_keys_are_told_as_meant_even_where_they_cannot_be_read() -> None:
    name = "{name: North, from: 1974, to: present, source: My Site}"
    text = f"kind: region\nshort: North\nnames: [{name}]\n"
    body, _ = made(Body, f"{text}sources:\n  My Site: x\n  other: 3\n")
    assert body.keys_written("sources") == ["my-site", "other"]
    body, _ = made(Body, f"{text}sources: [x]\n")
    assert body.keys_written("sources") is None
    body, _ = made(Body, text)
    assert body.keys_written("sources") == ()


def test_a_value_refused_by_the_reader_is_not_told_again() -> None:
    _, problems = made(Source, source("2023-05", "*x").replace("press", "&y press"))
    assert [each.rule for each in problems] == ["alias", "alias"]


def test_where_nothing_can_be_read_there_is_no_record() -> None:
    record, [problem] = made(Source, "- a\n")
    assert (record, problem.rule) == (None, "wrong-kind")


def test_of_very_many_faults_in_a_file_the_first_are_told_and_soon() -> None:
    text = "\n".join(f"key-{number}: 1" for number in range(20_000))
    _, problems = made(Source, SOURCE + "\n".join(f"  {line}" for line in text.splitlines()))
    assert len(problems) == TOLD_AT_ONCE


def test_records_inside_a_record_are_found() -> None:
    text = (
        f"id: a\ntitle: A\nsummary: B\nlabel: not-stated\nsource: r\nquotes: [{QUOTE}, {QUOTE}]\n"
    )
    concern, _ = made(Concern, text)
    assert [type(each).__name__ for each in concern.within(Citing)] == ["Concern", "Quote", "Quote"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [("Requires improvement", "requires-improvement"), ("POLIT_x", "polit-x"), ("--é--", "")],
)
def test_an_id_can_be_made_of_a_text(text: str, id_: str) -> None:
    assert id_form(text) == id_


def every_field() -> Iterator[tuple[str, FieldInfo]]:
    waiting, done = list(SHAPES.values()), set()
    while waiting:
        shape = shape_at(waiting.pop())
        inner = getattr(shape, "__args__", ())
        waiting += [each for each in inner if each is not Ellipsis and each is not type(None)]
        if shape in done or not fields_of(shape):
            continue
        done.add(shape)
        for name, field in fields_of(shape).items():
            yield f"{shape.__name__}.{name}", field
            waiting.append(field.annotation)


FIELDS = dict(every_field())


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_every_field_says_what_it_means(field: FieldInfo) -> None:
    assert field.description
    assert field.description.endswith(".")
    assert field.examples


def test_fields_that_hold_ids_are_known() -> None:
    ids = {name for name, field in FIELDS.items() if holds_id(field)}
    assert {"Finding.id", "Rating.grade", "Finding.themes", "Body.region", "Round.scale"} <= ids
    assert {"Asked.question", "Round.ungraded", "Rating.carried-over-from"} <= ids
    assert not ids & {"Inspection.bodies", "Body.sources", "Source.url", "Finding.title"}


@pytest.mark.parametrize("terms", Term.__subclasses__())
def test_every_word_has_a_label_and_a_meaning(terms: type[Term]) -> None:
    assert issubclass(terms, Enum)
    for term in terms:
        assert term == term.value == id_form(term.value)
        assert term.label
        assert term.meaning.endswith(".")


@pytest.mark.parametrize("terms", [BodyKind, Speaker])
def test_a_word_is_read_from_what_was_typed(terms: type[Term]) -> None:
    adapter = TypeAdapter(terms)
    assert [adapter.validate_python(term.value) for term in terms] == list(terms)


def test_themes_by_id() -> None:
    themes, problems = made(dict[str, Theme], "a: {label: A, meaning: B}")
    assert (themes["a"].label, problems) == ("A", [])


def test_lists_and_groups_are_told_apart() -> None:
    root, _ = read("a.yml", b"a: [1]\nb: {c: 1}\n")
    assert isinstance(root, Mapping)
    assert isinstance(root["a"], Sequence)
    assert isinstance(root["b"], Mapping)
