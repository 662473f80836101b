"""The SQLite file: it holds what the tables hold, keeps their promises, and answers questions."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from datasette.app import Datasette  # type: ignore[import-untyped]

from peelsite.catalogue import Catalogue, ClockState, join
from peelsite.exports import database_file, tables
from peelsite.exports.database import database
from peelsite.exports.tables import Column, Kind, Table
from peelsite.exports.version import SCHEMA_VERSION
from peelsite.exports.views import VIEWS
from peelsite.load import load
from peelsite.pages import Hosting
from peelsite.schema import Status
from tests.sites import ROOT, environment

HOSTING: Final = Hosting("peelsite", "https://site.example/repo/")


@cache
def catalogue() -> Catalogue:
    return join(load(ROOT / "content"))


@cache
def real() -> tuple[Table[Any], ...]:
    return tables(catalogue(), HOSTING)


@cache
def content() -> bytes:
    return database_file(real(), catalogue().as_of, HOSTING).content


@contextmanager
def opened(file: bytes) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(file)
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection
    finally:
        connection.close()


def ask(question: str, *values: object, of: bytes | None = None) -> list[tuple[Any, ...]]:
    """Return the answer of the real file, or of the file ``of``, to a question in SQL."""
    with opened(content() if of is None else of) as connection:
        return connection.execute(question, values).fetchall()


def kept(table: Table[Any]) -> list[Column[Any]]:
    return [column for column in table.columns if column.kind is not Kind.IDS]


def with_records(name: str, change: Any) -> bytes:
    """Return the file of the real tables with the records of one of them changed."""
    changed = [
        replace(table, records=change(table.records)) if table.name == name else table
        for table in real()
    ]
    return b"".join(database(changed, {}))


def test_the_file_is_whole() -> None:
    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    assert ask("PRAGMA freelist_count") == [(0,)]


def test_the_file_holds_what_the_tables_hold() -> None:
    for table in real():
        rows = [tuple(column.cell(each) for column in kept(table)) for each in table.records]
        assert ask(f'SELECT * FROM "{table.name}" ORDER BY rowid') == rows  # noqa: S608
    found = len(catalogue().concerns) + len(catalogue().praised)
    assert ask("SELECT count(*) FROM findings WHERE kind <> 'claim'") == [(found,)]


def test_what_there_can_be_any_number_of_stands_in_lists() -> None:
    listed = [
        (finding.inspection.id, finding.body.id, finding.id, theme.id)
        for finding in (*catalogue().concerns, *catalogue().praised)
        for theme in finding.themes
    ]
    assert len(listed) > 1
    found = ask(
        "SELECT finding, theme FROM finding_themes JOIN findings ON findings.id = finding "
        "WHERE kind <> 'claim'"
    )
    assert sorted(found) == sorted((f"{at}#{body}-{id_}", theme) for at, body, id_, theme in listed)
    expected = {(unit.id, force.id) for unit in catalogue().bodies for force in unit.forces}
    assert set(ask("SELECT body, forces FROM body_forces")) == expected


def test_every_reference_and_date_can_be_looked_up_without_reading_all_rows() -> None:
    for table in real():
        for column in kept(table):
            if column.refers_to or column.kind in (Kind.DATE, Kind.DAY):
                question = f'SELECT * FROM "{table.name}" WHERE "{column.name}" = ?'  # noqa: S608
                [(*_, plan)] = ask(f"EXPLAIN QUERY PLAN {question}", "x")
                assert "USING INDEX" in plan, question


def test_all_that_is_in_the_file_is_told_in_it() -> None:
    made = ask("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    parts_of_search = {f"search_{n}" for n in ("data", "idx", "content", "docsize", "config")}
    names = {name for (name,) in made} - parts_of_search
    assert {name for (name,) in ask("SELECT name FROM contents")} == names
    columns = ask(
        "SELECT t.name, c.name FROM contents t JOIN pragma_table_info(t.name) c "
        "WHERE t.holds IN ('table', 'list')"
    )
    assert set(columns) == set(ask("SELECT table_name, column_name FROM columns"))
    told = ask(
        "SELECT word, label, meaning FROM words WHERE (table_name, column_name) = (?, ?) "
        "ORDER BY rowid",
        "updates",
        "status",
    )
    assert told == [(each.value, each.label, each.meaning) for each in Status]


def test_the_file_says_what_it_is() -> None:
    about = dict(ask("SELECT name, value FROM about"))
    assert catalogue().as_of is not None
    assert about["data_as_of"] == str(catalogue().as_of)
    assert about["schema_version"] == SCHEMA_VERSION
    assert about["address"] == "https://site.example/repo/data/"
    assert "Open Government Licence v3.0" in about["licence_inspectors"]
    assert about["citation"].endswith("https://site.example/repo/data/")
    without_address = database_file(real(), None, Hosting()).content
    names = {name for (name,) in ask("SELECT name FROM about", of=without_address)}
    assert {"title", "citation"} == {"title", "citation", "address", "data_as_of"} & names


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE findings SET body = 'nobody'", "FOREIGN KEY"),
        ("DELETE FROM themes", "FOREIGN KEY"),
        ("UPDATE findings SET label = 'bad'", "CHECK"),
        ("UPDATE ratings SET is_latest = 2", "CHECK"),
        ("UPDATE bodies SET name = NULL", "NOT NULL"),
        ("INSERT INTO finding_themes SELECT * FROM finding_themes", "UNIQUE"),
    ],
)
def test_the_file_keeps_its_promises(change: str, why: str) -> None:
    with opened(content()) as connection, pytest.raises(sqlite3.IntegrityError, match=why):
        connection.execute(change)


def test_rows_that_break_a_promise_are_refused() -> None:
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        with_records("bodies", lambda records: (*records, records[0]))
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        with_records("themes", lambda _: ())


def test_open_concerns_by_body_oldest_word_first() -> None:
    assert ask("SELECT body, title, since, status, body_says, last_word FROM open_concerns")[
        :3
    ] == [
        (
            "cleveland",
            "Not enough capacity for financial investigation",
            "2022-12-07",
            "open",
            "nothing-found",
            "2022-12-07",
        ),
        (
            "cleveland",
            "Inconsistent work on organised crime in neighbourhoods",
            "2022-12-07",
            "open",
            "nothing-found",
            "2022-12-07",
        ),
        (
            "north-east",
            "Some forces need enough resources in specialist areas",
            "2022-12-07",
            "open",
            "nothing-found",
            "2022-12-07",
        ),
    ]


def test_open_concerns_stand_as_the_pages_have_them() -> None:
    small = join(load(ROOT / "tests" / "small_site" / "content"))
    for each in (catalogue(), small):
        by_body = sorted(each.open_concerns, key=lambda concern: concern.body.name)
        expected = [
            (concern.body.name, since.iso if (since := each.silence(concern).since) else None)
            for concern in by_body
        ]
        assert len(expected) > 1
        file = b"".join(database(tables(each, HOSTING), {}))
        assert ask("SELECT name, last_word FROM open_concerns", of=file) == expected


def test_a_last_word_of_an_unknown_day_stands_at_the_end_of_its_month_or_year() -> None:
    words = ("2022-12-30", None, "2022", "2022-11", "2022-11-29", "2023-01-01")
    ids = ask("SELECT id FROM open_concerns WHERE body = 'nerou' ORDER BY id")
    with opened(content()) as connection:
        connection.executemany(
            "UPDATE findings SET last_word = ? WHERE id = ?",
            [(word, id_) for word, (id_,) in zip(words, ids, strict=True)],
        )
        found = connection.execute("SELECT last_word FROM open_concerns WHERE body = 'nerou'")
        assert [word for (word,) in found] == [
            "2022-11-29",
            "2022-11",
            "2022-12-30",
            "2022",
            "2023-01-01",
            None,
        ]


def test_views_count_what_the_pages_count() -> None:
    assert len(ask("SELECT * FROM praised_work")) == len(catalogue().praised)
    latest = [
        rating
        for body in catalogue().bodies
        for newest in catalogue().latest_of(body)
        for rating in newest.ratings
    ]
    assert len(ask("SELECT * FROM latest_ratings")) == len(latest)
    assert len(ask("SELECT * FROM rating_history")) == len(ask("SELECT * FROM ratings"))
    by_theme = {theme.id: 0 for theme in catalogue().themes}
    for concern in catalogue().concerns:
        for theme in concern.themes:
            by_theme[theme.id] += 1
    assert dict(ask("SELECT theme, concerns FROM findings_by_theme")) == by_theme
    [counted] = ask("SELECT * FROM evidence_by_body WHERE body = 'nerou'")
    assert counted == ("nerou", "North East Regional Organised Crime Unit", 12, 0, 0, 12)
    clocks = [clock for clock in catalogue().clocks if clock.state is not ClockState.NO_DUTY]
    assert len(ask("SELECT * FROM response_clocks")) == len(clocks)


@pytest.mark.parametrize(
    ("words", "found_in", "id_"),
    [
        (
            "hidden vulnerabilities",  # printed: "hidden vulnerability"
            "quotations",
            "2022-12-07-north-east-soc#northumbria-polit-workload/quote-2",
        ),
        (
            "digital AND forensics",
            "findings",
            "2022-12-07-north-east-soc#nerou-digital-forensics",
        ),
    ],
)
def test_words_of_findings_and_quotations_are_found(words: str, found_in: str, id_: str) -> None:
    found = ask("SELECT found_in, id FROM search WHERE search MATCH ? ORDER BY rank", words)
    assert (found_in, id_) in found
    assert ask(f"SELECT count(*) FROM {found_in} WHERE id = ?", id_) == [(1,)]  # noqa: S608


def test_everything_that_is_searched_is_there() -> None:
    counted = dict(ask("SELECT found_in, count(*) FROM search GROUP BY found_in"))
    assert counted == {
        "findings": len(ask("SELECT * FROM findings")),
        "quotations": len(ask("SELECT * FROM quotations")),
    }


HOSTILE: Final = "'); DROP TABLE bodies; --\n\"<script>\\u0000\0\U0001f600 %s ? :a"


def test_hostile_text_is_text() -> None:
    name = 'na"me; --'
    table: Table[str] = Table(
        "bod'ies \"x",
        "Title",
        f"Meaning\n{HOSTILE.replace(chr(0), '')}",
        (
            Column("id", "Id.", lambda each: each, Kind.ID, True),
            Column(name, HOSTILE.replace("\0", ""), lambda each: each),
            Column("from", "A word of SQL.", lambda _: (HOSTILE,), Kind.IDS),
        ),
        (HOSTILE,),
    )
    file = b"".join(database([*real(), table], {HOSTILE: HOSTILE}))
    assert ask("""SELECT * FROM "bod'ies ""x\"""", of=file) == [(HOSTILE, HOSTILE)]
    assert ask("SELECT * FROM about", of=file) == [(HOSTILE, HOSTILE)]
    assert len(ask("SELECT * FROM bodies", of=file)) == len(catalogue().bodies)
    assert ask("PRAGMA integrity_check", of=file) == [("ok",)]


MAKE: Final = """
import hashlib
from tests.test_database import content
print(hashlib.sha256(content()).hexdigest())
"""


def test_the_bytes_do_not_depend_on_where_and_when_it_is_made(tmp_path: Path) -> None:
    for seed, zone, locale in (("1", "Pacific/Kiritimati", "C"), ("2", "UTC", "tr_TR.UTF-8")):
        variables = environment(
            PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale, PYTHONPATH=str(ROOT), HOME=str(tmp_path)
        )
        run = subprocess.run(
            [sys.executable, "-c", MAKE],
            cwd=tmp_path,
            env=variables,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert run.stdout.strip() == hashlib.sha256(content()).hexdigest()


def test_other_content_gives_other_bytes() -> None:
    assert with_records("corrections", lambda records: records[1:]) != content()


def test_datasette_opens_every_table_and_view(tmp_path: Path) -> None:
    file = tmp_path / "peelsite.sqlite"
    file.write_bytes(content())
    names = [name for (name,) in ask("SELECT name FROM contents")]
    assert {view.name for view in VIEWS} < set(names)

    async def statuses() -> dict[str, int]:
        datasette = Datasette([], immutables=[str(file)])
        paths = ["/", "/peelsite", *(f"/peelsite/{name}" for name in names)]
        paths += ["/peelsite/search?_search=vulnerability", "/peelsite/findings?_facet=body"]
        return {path: (await datasette.client.get(path)).status_code for path in paths}

    with ThreadPoolExecutor() as pool:  # tests of the browser have a loop in this thread
        answered = pool.submit(asyncio.run, statuses()).result()
    assert {path: status for path, status in answered.items() if status != 200} == {}
    assert file.read_bytes() == content()


def test_datasette_inspects_the_file(tmp_path: Path) -> None:
    file = tmp_path / "peelsite.sqlite"
    file.write_bytes(content())
    run = subprocess.run(
        [sys.executable, "-m", "datasette", "inspect", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert run.stderr == ""
    inspected = json.loads(run.stdout)["peelsite"]["tables"]
    assert inspected["bodies"]["count"] == len(catalogue().bodies)
