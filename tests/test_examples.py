"""The examples on the page of data, run as they stand there against the finished site."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, fromstring

import pytest

from peelsite.catalogue import Catalogue, Rating, join
from peelsite.load import load
from peelsite.pages.examples import SOMEWHERE, examples
from peelsite.pages.links import Hosting
from tests import programs
from tests.sites import ROOT, Html, build, web_server

WEB: Final = "https://example.org/repo/"
"""The address that the site is built for; the examples are run with the server's in its place."""

ROUND: Final = "peel-2018"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("examples") / "site", SITE_URL=WEB)


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    with web_server(site) as url:
        yield url


@cache
def catalogue() -> Catalogue:
    return join(load(ROOT / "content"))


def code(site: Path, name: str, home: str) -> str:
    """Return the text of an example as the page shows it, but for the address of the site."""
    page = Html("data", (site / "data" / "index.html").read_text(encoding="utf-8"))
    [block] = [each for each in page.elements("code") if each.get("id") == f"code-{name}"]
    text = "".join(block.itertext())
    assert text.count(WEB) == text.count("https://") > 0
    return text.replace(WEB, home)


def run(command: list[str], text: str, folder: Path) -> str:
    """Run ``command`` in ``folder`` with ``text`` as its last argument, and return what it says."""
    assert shutil.which(command[0]), f"{command[0]} is missing: {sys.executable} -m tests.programs"
    done = subprocess.run(
        [*command, text], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def counted() -> Counter[tuple[str, str]]:
    """Return how often each grade was first given on each question of the round."""
    return Counter(
        (each.question.id, each.grade.id)
        for each in ratings()
        if each.grade and each.inspection.round.id == ROUND and not each.carried_over_from
    )


def ratings() -> list[Rating]:
    return [rating for part in catalogue().parts for rating in part.ratings]


def cells(printed: str) -> Counter[tuple[str, str]]:
    """Return the numbers of a printed table whose columns are grades and whose rows questions."""
    head, *rows = [words for line in printed.splitlines() if len(words := line.split()) > 1]
    grades = head[-len({grade for _, grade in counted()}) :]
    return Counter(
        {
            (question, grade): int(number)
            for question, *numbers in rows
            for grade, number in zip(grades, numbers, strict=True)
            if number != "0"
        }
    )


def test_curl_and_jq_list_the_open_concerns_of_a_body(
    site: Path, home: str, tmp_path: Path
) -> None:
    printed = run(["sh", "-c"], code(site, "curl", home), tmp_path)

    concerns = [each for each in catalogue().open_concerns if each.body.id == "northumbria"]
    assert len(concerns) > 0
    assert sorted(line.split("\t")[1] for line in printed.splitlines()) == sorted(
        each.title for each in concerns
    )


def test_pandas_counts_grades_by_question(site: Path, home: str, tmp_path: Path) -> None:
    printed = run([sys.executable, "-c"], code(site, "pandas", home), tmp_path)

    assert len(counted()) > 10
    assert cells(printed) == counted()


def test_r_counts_the_same(site: Path, home: str, tmp_path: Path) -> None:
    printed = run(["Rscript", "-e"], code(site, "r", home), tmp_path)

    assert len(counted()) > 10
    assert cells(printed) == counted()


def test_sqlite_lists_open_concerns_by_body(site: Path, home: str, tmp_path: Path) -> None:
    rows = list(
        csv.DictReader(run(["sh", "-c"], code(site, "sqlite", home), tmp_path).splitlines())
    )

    # Already from the one that nobody has spoken of for the longest time; sorting keeps that.
    concerns = sorted(catalogue().open_concerns, key=lambda each: each.body.name)
    assert len({each.body.name for each in concerns}) > 1
    assert [(row["name"], row["last_word_by"], row["title"]) for row in rows] == [
        (each.body.name, catalogue().silence(each).who, each.title) for each in concerns
    ]


TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def cells_of(row: Element, width: int) -> list[str]:
    """Return what a row of a spreadsheet shows; equal cells beside each other are written once."""
    shown: list[str] = []
    for cell in row.iter(f"{TABLE}table-cell"):
        words = "\n".join("".join(_text(line)) for line in cell.iter(f"{TEXT}p"))
        shown += [words] * min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), width)
    return shown[:width]


def _text(element: Element) -> Iterator[str]:
    """Give the text of a paragraph; several spaces are an element with their number."""
    yield element.text or ""
    for each in element:
        yield (
            " " * int(each.get(f"{TEXT}c", "1")) if each.tag == f"{TEXT}s" else "".join(_text(each))
        )
        yield each.tail or ""


def test_a_spreadsheet_takes_the_table_in_unchanged(
    site: Path, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # its settings, which two at a time cannot share
    run(["sh", "-c"], code(site, "spreadsheet", home), tmp_path)

    text = (site / "data" / "ratings.csv").read_text(encoding="utf-8")
    expected = list(csv.reader(io.StringIO(text, newline="")))
    with zipfile.ZipFile(tmp_path / "ratings.ods") as opened:
        [sheet] = fromstring(opened.read("content.xml")).iter(f"{TABLE}table")  # noqa: S314 - ours
    rows = list(sheet.iter(f"{TABLE}table-row"))[: len(expected)]
    assert len(expected) == len(ratings()) + 1
    assert [cells_of(row, len(expected[0])) for row in rows] == expected


def test_a_site_without_an_address_shows_another_in_its_place() -> None:
    assert all(SOMEWHERE in each.text for each in examples(Hosting()))


def test_every_example_is_run() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    names = [each.id for each in examples(Hosting())]
    assert [name for name in names if f'code(site, "{name}", home)' not in source] == []


# --- the programs -------------------------------------------------------------------------------


def test_what_is_missing_is_installed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for program in [*programs.PROGRAMS][1:]:
        path = tmp_path / program
        path.write_text("#!/bin/sh\n", encoding="utf-8")
        path.chmod(0o755)
    asked: list[str] = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "install", asked.extend)

    assert programs.main() == 1
    assert asked == ["curl"]
    assert "Missing: curl.\n" in capsys.readouterr().err
