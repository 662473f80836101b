"""The tables as CSV files, and what describes them to programs."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from csvw import CSVW  # type: ignore[import-untyped]
from frictionless import Package

from peelsite.catalogue import Catalogue
from peelsite.exports import Extra, csv_files, descriptors, sum_of
from peelsite.exports.csv_files import as_csv, cell, part_path
from peelsite.exports.extra import Sum
from peelsite.exports.tables import Column, Kind, Table, as_text, tables
from peelsite.exports.version import SCHEMA_VERSION
from peelsite.pages import Hosting
from tests.test_tables import ON_THE_WEB, PROMISE, REAL, SMALL, both, catalogue, rows, tables_of

HOSTILE: Final = (
    '=HYPERLINK("https://evil.example","Click")',
    "+44 is not a sum",
    "-1 is none either",
    "@SUM(A1:A9)",
    "\tafter a tab",
    "\rafter the end of a line",
    'She said "no", twice;\r\nthen, \n“yes”',
    "'already quoted",
    "{{ 7*7 }} <b>&amp;</b> 😀",
)


def files_of(folder: Path) -> dict[str, bytes]:
    return {extra.path: extra.content for extra in csv_files(tables_of(folder).values())}


def read(content: bytes) -> list[list[str]]:
    """Return the records of a file by RFC 4180, in which a line ends with CR and LF."""
    text = content.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    column: Column[str] = Column("text", "What is written.", str)
    table = Table("some", "Some", "Some words.", (column,), (text,))
    header, [told] = read(as_csv(table, table.rows()))
    assert header == ["text"]
    assert told in (text, f"'{text}")
    assert told[0] not in "=+-@\t\r"


def test_only_what_is_dangerous_gets_an_apostrophe() -> None:
    told = {text: cell(Kind.MARKDOWN, text) for text in HOSTILE}
    assert [told[text] == f"'{text}" for text in HOSTILE] == [True] * 6 + [False] * 3


def test_numbers_are_not_touched() -> None:
    assert cell(Kind.NUMBER, -3) == "-3"
    assert cell(Kind.TEXT, "-3") == "'-3"


# --- files ---------------------------------------------------------------------------------------


@both
def test_a_file_holds_its_table(folder: Path) -> None:
    files = files_of(folder)
    for name, table in tables_of(folder).items():
        header, *told = read(files[f"data/{name}.csv"])
        assert header == [column.name for column in table.columns]
        kinds = [column.kind for column in table.columns]
        assert told == [[*map(cell, kinds, row)] for row in table.rows()], name


@both
@pytest.mark.parametrize("table", ["ratings", "findings"])
def test_the_files_of_bodies_and_inspections_sum_up_to_the_whole(folder: Path, table: str) -> None:
    files = files_of(folder)
    whole = [as_text(row["id"]) for row in rows(folder, table)]
    for kind, columns in (("bodies", ("body", "also_about")), ("inspections", ("inspection",))):
        prefix = f"data/{kind}/"
        told = {p: read(c) for p, c in files.items() if p.startswith(prefix) and table in p}
        expected: dict[str, list[str]] = {}
        for row in rows(folder, table):
            named = "; ".join(as_text(row.get(name)) for name in columns).split("; ")
            for id_ in filter(None, named):
                expected.setdefault(part_path(kind, id_, table), []).append(as_text(row["id"]))
        assert {path: [row[0] for row in found[1:]] for path, found in told.items()} == expected
        assert {id_ for ids in expected.values() for id_ in ids} == set(whole)
        assert {tuple(found[0]) for found in told.values()} == {
            tuple(column.name for column in tables_of(folder)[table].columns)
        }


def test_a_body_that_shares_a_finding_has_it_in_its_file() -> None:
    told = read(files_of(SMALL)["data/bodies/vale-findings.csv"])
    assert {row[told[0].index("body")] for row in told[1:]}.isdisjoint({"vale"})
    assert len(told) > 1


def test_where_there_is_nothing_there_is_no_file() -> None:
    assert "data/bodies/weald-ratings.csv" not in files_of(SMALL)


# --- descriptors ---------------------------------------------------------------------------------


def written(content: Catalogue, hosting: Hosting, folder: Path) -> Path:
    """Write all that stands in ``data/``, and return that folder."""
    facts = tables(content, hosting)
    made = list(csv_files(facts))
    for extra in (*made, *descriptors(facts, sums(made), hosting, content.as_of)):
        path = folder / extra.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(extra.content)
    return folder / "data"


def sums(made: Iterable[Extra]) -> dict[str, Sum]:
    """Return by what each of the files that were made can be checked."""
    return {extra.path: sum_of(extra) for extra in made}


def hostile() -> Catalogue:
    """Return the small catalogue with every hostile text in the name of a theme."""
    small = catalogue(SMALL)
    first = small.themes[0]
    more = [replace(first, id=f"hostile-{i}", meaning=text) for i, text in enumerate(HOSTILE)]
    return replace(small, themes=(*small.themes, *more))


def csvw_problems(data: Path) -> list[str]:
    """Return what a strict reader of CSVW has against the files."""
    try:
        read = CSVW(str(data / "csv-metadata.json"), validate=True)
        return [] if read.is_valid else [str(each.message) for each in read.warnings]
    except ValueError as error:  # so it tells of a foreign key that refers to nothing
        return [str(error)]


def package_problems(data: Path) -> list[str]:
    report = Package(str(data / "datapackage.json")).validate()
    return [f"{title}: {note}" for title, note in report.flatten(["title", "note"])]


sites: Final = pytest.mark.parametrize(
    ("content", "hosting"),
    [(catalogue(REAL), ON_THE_WEB), (hostile(), Hosting())],
    ids=["real", "hostile"],
)


@sites
def test_csvw_reads_the_files(content: Catalogue, hosting: Hosting, tmp_path: Path) -> None:
    assert csvw_problems(written(content, hosting, tmp_path)) == []


@sites
def test_frictionless_reads_the_files(content: Catalogue, hosting: Hosting, tmp_path: Path) -> None:
    assert package_problems(written(content, hosting, tmp_path)) == []


def test_both_miss_a_body_that_is_missing(tmp_path: Path) -> None:
    data = written(catalogue(SMALL), ON_THE_WEB, tmp_path)
    path = data / "bodies.csv"
    lines = path.read_bytes().split(b"\r\n")
    rest = [line for line in lines if not line.startswith(b"southmoor,")]
    assert len(rest) == len(lines) - 1
    path.write_bytes(b"\r\n".join(rest))
    assert any("`southmoor` not found" in each for each in csvw_problems(data))
    assert any("southmoor" in each and "bodies" in each for each in package_problems(data))


def test_frictionless_sees_that_a_file_is_not_as_it_was_made(tmp_path: Path) -> None:
    data = written(catalogue(SMALL), ON_THE_WEB, tmp_path)
    path = data / "themes.csv"
    path.write_bytes(path.read_bytes().replace(b"Bold", b"Bald"))
    assert any("Hash Count Error" in each for each in package_problems(data))


def described(folder: Path, name: str) -> Any:
    facts = tables_of(folder).values()
    extras = descriptors(facts, sums(csv_files(facts)), ON_THE_WEB, catalogue(folder).as_of)
    content = {extra.path: extra.content for extra in extras}
    return json.loads(content[f"data/{name}.json"])


def test_both_tell_the_same_of_every_column() -> None:
    of_csvw = {
        each["url"]: [(c["name"], c["dc:description"]) for c in each["tableSchema"]["columns"]]
        for each in described(SMALL, "csv-metadata")["tables"]
    }
    of_package = {
        each["path"]: [(f["name"], f["description"]) for f in each["schema"]["fields"]]
        for each in described(SMALL, "datapackage")["resources"]
    }
    assert of_csvw == of_package
    assert of_csvw == {
        f"{name}.csv": [(column.name, column.meaning) for column in table.columns]
        for name, table in tables_of(SMALL).items()
    }


def test_both_have_version_date_and_licences() -> None:
    csvw, package = described(SMALL, "csv-metadata"), described(SMALL, "datapackage")
    as_of = catalogue(SMALL).as_of
    assert as_of
    assert csvw["dc:hasVersion"] == package["version"] == SCHEMA_VERSION
    assert csvw["dc:modified"]["@value"] == as_of.isoformat()
    assert package["created"] == f"{as_of.isoformat()}T00:00:00Z"
    assert package["homepage"] == ON_THE_WEB.url
    licences = [each["@id"] for each in csvw["dc:license"]]
    assert licences == [each["path"] for each in package["licenses"]]
    assert [url.split("/")[2] for url in licences] == [
        "creativecommons.org",
        "www.nationalarchives.gov.uk",
    ]
    assert "belong to their publishers" in csvw["dc:rights"]


# --- the same again ------------------------------------------------------------------------------

DIGEST: Final = """
import hashlib, pathlib, sys
from peelsite.catalogue import join
from peelsite.exports import csv_files, descriptors, sum_of, tables
from peelsite.load import load
from peelsite.pages import Hosting
catalogue = join(load(pathlib.Path(sys.argv[1])))
facts = tables(catalogue, Hosting())
made = list(csv_files(facts))
sums = {each.path: sum_of(each) for each in made}
made += descriptors(facts, sums, Hosting(), catalogue.as_of)
print(len(made), hashlib.sha256(b"".join(e.path.encode() + e.content for e in made)).hexdigest())
"""


def test_the_same_content_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    surroundings = (
        (tmp_path, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
        (SMALL, {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8"}),
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", DIGEST, str(SMALL)],
            cwd=folder,
            env={**os.environ, **variables},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for folder, variables in surroundings
    ]
    assert told[0] == told[1]
    assert int(told[0].split()[0]) > len(PROMISE)
