"""The one table of facts: every record is in one row, and every row holds what it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from peelsite.catalogue import Catalogue, Source, join
from peelsite.exports.tables import Column, Kind, Table, Value, as_text, tables
from peelsite.exports.tables.columns import source_columns
from peelsite.exports.tables.findings import BodyStatus
from peelsite.load import load
from peelsite.pages import Hosting
from peelsite.pages.explorer import Answer
from peelsite.schema import SourceKind, Status
from tests.sites import ROOT

SMALL: Final = ROOT / "tests" / "small_site" / "content"
REAL: Final = ROOT / "content"
ON_THE_WEB: Final = Hosting("peelsite", "https://site.example/repo/")

both: Final = pytest.mark.parametrize("folder", [SMALL, REAL], ids=["small", "real"])


@cache
def catalogue(folder: Path) -> Catalogue:
    return join(load(folder))


@cache
def tables_of(folder: Path) -> dict[str, Table[Any]]:
    return {table.name: table for table in tables(catalogue(folder), ON_THE_WEB)}


def rows(folder: Path, name: str) -> list[dict[str, Value]]:
    table = tables_of(folder)[name]
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows()]


def cells(folder: Path) -> Iterator[tuple[str, Column[Any], Value]]:
    """Give every cell of every table, with where it stands and its column."""
    for table in tables_of(folder).values():
        for row in table.rows():
            for column, value in zip(table.columns, row, strict=True):
                yield f"{table.name}.{column.name} of {row[0]}", column, value


# --- all that there is -------------------------------------------------------------------------


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}


def lists(value: Any, key: str) -> Iterator[Any]:
    """Give what is in every list called ``key``, however deep it stands."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield from value.get(key, ())
    for each in inner:
        yield from lists(each, key)


def urls(value: Any) -> Iterator[str]:
    """Give the address of every source in a file."""
    if isinstance(value, dict) and "url" in value:
        yield value["url"]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from urls(each)


def counted(folder: Path) -> dict[str, int]:
    """Return how many rows there must be, counted in the files as people write them."""
    bodies = {path.stem: read(path) for path in folder.glob("bodies/*.yml")}
    inspections = [read(path) for path in folder.glob("inspections/*.yml")]
    parts = [(id_, part) for each in inspections for id_, part in each.get("bodies", {}).items()]
    vocabularies = {path.stem: read(path) for path in folder.glob("*.yml")}
    scales, rounds = vocabularies["scales"], vocabularies["rounds"]
    everything = [*bodies.values(), *inspections, *vocabularies.values()]
    findings = [
        each
        for _, part in parts
        for kind in ("concerns", "praised", "claims")
        for each in part.get(kind, ())
    ]
    must_answer = [
        id_
        for id_, _ in parts
        if bodies[id_]["kind"] == "force" and "no-policing-body" not in bodies[id_]
    ]
    return {
        "sources": len({url for each in everything for url in urls(each)}),
        "bodies": len(bodies),
        "names": sum(
            len(each["names"]) + len(each.get("also-called", ())) for each in bodies.values()
        ),
        "scales": len(scales),
        "grades": sum(len(scale["grades"]) for scale in scales.values()),
        "rounds": len(rounds),
        "questions": len(vocabularies["questions"]),
        "asked": sum(len(round_["asked"]) for round_ in rounds.values()),
        "themes": len(vocabularies["themes"]),
        "inspections": len(inspections),
        "ratings": sum(len(part.get("ratings", ())) for _, part in parts),
        "findings": len(findings),
        "updates": sum(len(each.get("updates", ())) for each in findings),
        "replies": sum(len(part.get("replies", ())) for _, part in parts),
        "quotations": len(list(lists(inspections, "quotes"))),
        "responses": len(must_answer),
        "corrections": len(vocabularies.get("corrections", {})),
    }


@both
def test_every_record_is_in_one_row(folder: Path) -> None:
    told = {name: len(list(table.rows())) for name, table in tables_of(folder).items()}
    assert told == counted(folder)


def test_the_small_site_has_a_row_in_every_table() -> None:
    assert min(counted(SMALL).values()) > 0


@both
def test_no_record_is_in_two_rows(folder: Path) -> None:
    for table in tables_of(folder).values():
        names = [column.name for column in table.columns]
        keys = [tuple(row[names.index(name)] for name in table.key) for row in table.rows()]
        assert len(keys) == len(set(keys)), table.name


# --- what stands in a cell ---------------------------------------------------------------------

SHAPES: Final = {
    Kind.ID: r"[a-z0-9]+(-[a-z0-9]+)*([#/][a-z0-9]+(-[a-z0-9]+)*)*",
    Kind.DATE: r"\d{4}(-\d{2}(-\d{2})?)?",
    Kind.DAY: r"\d{4}-\d{2}-\d{2}",
    Kind.URL: r"https?://\S+",
    Kind.TEXT: r"[^\r\n]+",
}
TYPES: Final = {Kind.NUMBER: int, Kind.TRUTH: bool, Kind.IDS: tuple}


@both
def test_a_cell_holds_what_its_column_says(folder: Path) -> None:
    for where, column, value in cells(folder):
        if value is None:
            assert not column.required, where
            continue
        assert type(value) is TYPES.get(column.kind, str), where
        assert value != "", where
        assert value or not (column.required and column.kind is Kind.IDS), where
        shape = SHAPES.get(column.kind)
        assert shape is None or re.fullmatch(shape, str(value)), f"{where}: {value}"
        assert column.words is None or value in [term.value for term in column.words], where


@both
def test_what_a_row_refers_to_stands_in_that_table_or_before(folder: Path) -> None:
    order = list(tables_of(folder))
    for name, table in tables_of(folder).items():
        for column in table.columns:
            if column.refers_to:
                assert column.kind in (Kind.ID, Kind.IDS), column.name
                assert order.index(column.refers_to) <= order.index(name), column.name
    known = {name: {row["id"] for row in rows(folder, name)} for name in order}
    for where, column, value in cells(folder):
        if column.refers_to and value is not None:
            named = value if isinstance(value, tuple) else (value,)
            assert set(named) <= known[column.refers_to], where


@both
def test_columns_have_names_and_meanings(folder: Path) -> None:
    for table in tables_of(folder).values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name
        assert names[0] == "id"
        assert table.key == ("id",)
        for column in table.columns:
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", column.name)
            assert column.meaning.endswith("."), column.name
            assert "not-known" not in column.meaning, column.name
            assert (column.words is not None) == (column.kind is Kind.WORD), column.name
        assert table.meaning.endswith(".")


def test_a_body_has_all_words_of_a_status_and_two_more() -> None:
    told = [(each.value, each.label, each.meaning) for each in BodyStatus]
    assert told == [(each.value, each.label, each.meaning) for each in (*Status, *Answer)]


PROMISE: Final = {
    "sources": "id kind publisher author title url published read seen note evidence address",
    "bodies": "id kind name short region forces policing_body no_policing_body "
    "evidence source source_id also_in address",
    "names": "id body name short since until is_present used_by note "
    "evidence source source_id also_in address",
    "scales": "id label summary evidence source source_id also_in address",
    "grades": "id scale grade label meaning place evidence source source_id also_in address",
    "rounds": "id label programme summary began scale comparable_with comparability "
    "not_comparable_because comparability_source_id evidence source source_id also_in address",
    "questions": "id label meaning evidence source source_id also_in address",
    "asked": "id round question place wording wording_is is_graded "
    "evidence source source_id also_in address",
    "themes": "id label meaning address",
    "inspections": "id title short round published published_is fieldwork bodies "
    "evidence source source_id also_in address",
    "ratings": "id body body_name inspection round question question_label "
    "grade grade_label grade_id not_graded scale published published_is carried_over_from "
    "uncertain is_latest note speaker speaker_name evidence source source_id also_in address",
    "findings": "id kind body body_name also_about inspection date title summary label "
    "status status_date body_status body_status_date body_status_by last_word last_word_by "
    "themes speaker speaker_name evidence source address is_open source_id also_in repeats note",
    "updates": "id finding inspection body date status summary "
    "speaker speaker_name evidence source source_id also_in address",
    "replies": "id inspection body by date summary "
    "speaker speaker_name evidence source source_id also_in address",
    "quotations": "id inspection body finding update reply text note checked exact_url "
    "speaker speaker_name evidence source source_id also_in address",
    "responses": "id inspection body policing_body state due is_due_uncertain published summary "
    "looked looked_in note evidence source source_id also_in address",
    "corrections": "id date about was now note address",
}
"""The tables and their columns: what is taken from here breaks what others built on it."""


def test_tables_and_columns_are_a_promise() -> None:
    told = {
        name: " ".join(column.name for column in table.columns)
        for name, table in tables_of(SMALL).items()
    }
    assert told == PROMISE
    assert list(told) == list(PROMISE)


# --- rows ---------------------------------------------------------------------------------------


@both
def test_as_many_ratings_are_the_latest_as_pages_show(folder: Path) -> None:
    latest = [row["id"] for row in rows(folder, "ratings") if row["is_latest"]]
    shown = [
        f"{rating.inspection.id}#{body.id}-{rating.question.id}"
        for body in catalogue(folder).bodies
        for newest in catalogue(folder).latest_of(body)
        for rating in newest.ratings
    ]
    assert sorted(map(str, latest)) == sorted(shown)
    assert 0 < len(latest) < len(rows(folder, "ratings"))


def test_a_rating_has_a_grade_or_the_reason_why_not() -> None:
    told = rows(REAL, "ratings")
    assert {(row["grade"] is None, row["not_graded"] is None) for row in told} == {
        (True, False),
        (False, True),
    }
    for row in told:
        with_scale = f"{row['scale']}/{row['grade']}" if row["grade"] else None
        assert row["grade_id"] == with_scale


def test_words_are_quoted_in_findings_claims_updates_and_replies() -> None:
    told = {str(row["id"]).split("#", 1)[-1]: row for row in rows(SMALL, "quotations")}
    for row in told.values():
        assert row["finding"] or row["reply"]
        within = row["update"] or row["reply"] or row["finding"]
        assert str(row["id"]).rpartition("/")[0] == within
    assert {(bool(r["finding"]), bool(r["update"]), bool(r["reply"])) for r in told.values()} == {
        (True, False, False),
        (True, True, False),
        (False, False, True),
    }


def test_the_source_of_a_row_is_the_one_that_stands_closest() -> None:
    read_in = [source for source in catalogue(SMALL).sources if source.kind is SourceKind.PRESS][:1]
    read_in += [each for each in catalogue(SMALL).sources if each.kind is SourceKind.PRIMARY][:2]
    press, first, second = read_in
    columns = source_columns(_as_they_are)
    told = {column.name: column.cell((press, first, second)) for column in columns}
    assert told == {
        "evidence": "report",
        "source": first.url,
        "source_id": first.id,
        "also_in": (second.id, press.id),
    }
    assert [column.cell(()) for column in columns] == [None, None, None, ()]


def _as_they_are(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    return sources


def test_an_own_name_has_dates_and_another_has_who_uses_it() -> None:
    told = rows(SMALL, "names")
    assert {row["is_present"] for row in told if row["used_by"] is None} == {True, False}
    others = [row for row in told if row["used_by"]]
    assert others
    assert {(row["since"], row["until"], row["is_present"]) for row in others} == {
        (None, None, False)
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        ((), ""),
        (("a", "b"), "a; b"),
        ("true", "true"),
    ],
)
def test_a_value_is_written_as_text(value: Value, text: str) -> None:
    assert as_text(value) == text


def test_addresses_begin_at_the_first_page_where_that_of_the_site_is_not_known() -> None:
    [table] = [table for table in tables(catalogue(SMALL), Hosting()) if table.name == "themes"]
    addresses = [as_text(row[-1]) for row in table.rows()]
    assert "themes/telephones/" in addresses
