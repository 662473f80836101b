"""The page of data, what records offer as files, the promise and the citation file."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from functools import cache
from typing import Final
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import pytest
import yaml

from peelsite.exports.version import SCHEMA_VERSION
from peelsite.pages import Download, Hosting, address, downloads
from tests.sites import ROOT, Html, Made, make, words_of

ON_THE_WEB: Final = Hosting("peelsite", "https://site.example/repo/")


@cache
def real() -> Made:
    return make(ROOT / "content", ROOT / "templates", hosting=ON_THE_WEB)


@cache
def files() -> dict[str, bytes]:
    return {each.path: each.content for each in real().files}


def page(at: str) -> Html:
    [made] = [each for each in real().pages if each.page.address == at]
    return Html(at, made.html)


def elements_offered(on: Html) -> dict[str, Element]:
    """Return the elements that offer a file, by its path."""
    top = "https://site.example/"
    folder = top + on.path.removesuffix("index") + ("" if on.path.endswith("index") else "/")
    return {
        urljoin(folder, next(each.iter("a")).attrib["href"]).removeprefix(top): each
        for each in on.elements("span", "li")
        if each.get("class") == "file"
    }


def files_offered(on: Html) -> dict[str, int]:
    """Return the paths of the files that a page offers, and the sizes that it tells."""
    return {
        path: int(next(each.iter("data")).attrib["value"])
        for path, each in elements_offered(on).items()
    }


def made(pattern: str) -> dict[str, int]:
    """Return the paths of the files whose path fits, and their sizes."""
    return {path: len(data) for path, data in files().items() if re.match(pattern, path)}


def test_every_file_on_everything_is_offered_with_its_size() -> None:
    whole = made(r"(data|api/v1)/[^/]+$")

    assert len(whole) > 30
    assert files_offered(page("data/index")) == whole


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (9949, "9.9 kB"),
        (9960, "10 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (12_345_678, "12 MB"),
    ],
)
def test_a_size_is_told_in_units(size: int, words: str) -> None:
    assert Download("", "", "", size).in_units == words


def tables_on_the_page() -> dict[str, tuple[int, list[list[str]]]]:
    """Return the number of rows that the page tells of each table, and the rows that it shows."""
    shown = {}
    for part in page("data/index").elements("article"):
        [number] = [each for each in part.iter("data") if "row" in words_of(each)]
        rows = [[words_of(cell) for cell in row] for row in part.iter("tr")]
        shown[part.attrib["id"].removeprefix("table-")] = int(number.attrib["value"]), rows
    return shown


def test_each_table_is_shown_as_its_file_has_it() -> None:
    shown = tables_on_the_page()

    assert [f"data/{name}.csv" for name in shown] == [
        path for path in files() if posixpath.dirname(path) == "data" and path.endswith(".csv")
    ]
    for name, (number, rows) in shown.items():
        there = list(csv.reader(io.StringIO(files()[f"data/{name}.csv"].decode(), newline="")))
        assert number == len(there) - 1, name
        assert len(rows) == (min(number, 3) + 1 if number else 0), name
        for ours, theirs in zip(rows, there, strict=False):
            begun = [cell.removesuffix("…").rstrip() for cell in ours]
            whole = [" ".join(cell.removeprefix("'").split()) for cell in theirs]
            assert len(begun) == len(whole)
            assert all(map(str.startswith, whole, begun)), (name, begun)


def test_every_column_is_explained() -> None:
    for part in page("data/index").elements("article"):
        heads = [words_of(each) for each in part.iter("th") if each.get("scope") == "col"]
        names = [words_of(each) for each in part.iter("dt")]
        assert names
        assert heads in (names, [])
        assert all(words_of(each) for each in part.iter("dd"))


def test_a_body_and_an_inspection_offer_what_was_made_of_them() -> None:
    bodies, inspections = real().catalogue.bodies, real().catalogue.inspections
    records = {address(each)[0]: f"bodies/{each.id}" for each in bodies}
    records |= {address(each)[0]: f"inspections/{each.id}" for each in inspections}
    offered = {at: elements_offered(page(at)).keys() for at in records}

    assert offered == {
        at: made(rf"(api/v1|data)/{path}(\.json|-ratings\.csv|-findings\.csv)$").keys()
        for at, path in records.items()
    }
    assert {len(each) for each in offered.values()} == {1, 2, 3}


def test_a_body_without_a_row_offers_no_empty_table() -> None:
    catalogue = real().catalogue
    without = [each for each in catalogue.bodies if not catalogue.parts_of(each)]

    assert without
    assert {tuple(d.name for d in downloads(catalogue, each)) for each in without} == {("JSON",)}


def test_columns_that_the_page_warns_of_exist() -> None:
    told = page("data/index")
    [care] = [each for each in told.elements("section") if each.get("aria-labelledby") == "care"]
    named = {words_of(each) for each in care.iter("code")}
    columns = {name for _, rows in tables_on_the_page().values() for name in (rows or [[]])[0]}

    assert {"comparability", "carried_over_from", "evidence"} <= named & columns
    assert {name for name in named if name.isidentifier()} <= columns


# --- the promise, and how to cite ---------------------------------------------------------------

PROMISE: Final = (ROOT / "content" / "pages" / "promise.md").read_text(encoding="utf-8")
CITATION: Final = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_change_log_ends_with_the_version_that_is_built() -> None:
    versions = re.findall(r"^\| (\d+\.\d+\.\d+) \| \d+ \w+ \d{4} \|", PROMISE, re.MULTILINE)

    assert versions[0] == SCHEMA_VERSION
    assert f"Version {SCHEMA_VERSION}" in words_of(page("data/index").root)


def test_the_citation_names_this_version_and_this_repository() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    assert CITATION["version"] == SCHEMA_VERSION
    assert f'"{CITATION["repository-code"]}"' in settings
    assert CITATION["license"] == "CC-BY-4.0"
