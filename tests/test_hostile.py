"""Whatever somebody writes is refused at its line or shown harmless (decision 30)."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from peelsite.checks import check, warn
from peelsite.load import Content, load
from peelsite.pages import Hosting
from peelsite.render import clean_page
from tests.hostile import (
    HARMLESS,
    OF_PAGES,
    OF_TEXTS,
    REFUSED,
    Reader,
    assert_told_well,
    cases,
    data_of,
    in_data,
    in_text,
    texts,
    with_free_texts,
)
from tests.problems import BASE
from tests.sites import Made, assert_none, make, words_of

ROOT: Final = Path(__file__).parents[1]
SMALL: Final = ROOT / "tests" / "small_site" / "content"
REAL: Final = ROOT / "content"
HOSTING: Final = Hosting("A site", "https://example.org/repo/")


# --- the reader, the checker, and what is printed ----------------------------------------------


@cache
def read(folder: Path) -> Content:
    return load(folder)


@cache
def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of the files of a folder, by their paths as problems print them."""
    return {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "schema" not in path.parts and path.suffix in (".yml", ".md")
    }


@cache
def data_in(folder: Path, path: str) -> Any:
    return data_of(folder.parent / path)


def assert_read_well(folder: Path, path: str, raw: bytes) -> Content:
    """Read and check a folder with these bytes for one of its files; fail upon a bad problem."""
    content = load(folder, read(folder), instead={path: raw})
    assert_told_well((*check(content), *warn(content)), {**files_of(folder), path: raw})
    return content


@st.composite
def files(draw: st.DrawFn, folder: Path) -> tuple[str, bytes]:
    """Give the path of a file of a folder, and other bytes for it."""
    path = draw(st.sampled_from(sorted(files_of(folder))))
    if path.endswith(".md") or draw(st.booleans()):
        return path, in_text(draw, files_of(folder)[path].decode())
    return path, in_data(draw, data_in(folder, path))


@cases(900)
@given(files(BASE))
def test_a_changed_file_of_the_examples_is_read_or_told(changed: tuple[str, bytes]) -> None:
    assert_read_well(BASE, *changed)


@cases(300)
@given(files(SMALL))
def test_a_changed_file_of_the_small_site_is_read_or_told(changed: tuple[str, bytes]) -> None:
    assert_read_well(SMALL, *changed)


@cases(300)
@given(files(REAL))
def test_a_changed_file_of_the_real_content_is_read_or_told(changed: tuple[str, bytes]) -> None:
    assert_read_well(REAL, *changed)


@cases(300)
@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode(errors="replace"))
)
def test_any_bytes_at_all_are_told(raw: bytes) -> None:
    for path in ("base/rounds.yml", "base/bodies/north.yml", "base/pages/a.md"):
        if path in files_of(BASE):
            assert_read_well(BASE, path, raw)


@pytest.mark.parametrize("text", [each for each in REFUSED if "\r" not in each], ids=ascii)
@pytest.mark.parametrize("form", ["{}", "# {}", "'{}'", '"{}"'])
def test_a_character_that_may_stand_nowhere_is_refused_where_it_stands(
    text: str, form: str
) -> None:
    path = "base/bodies/north.yml"
    raw = files_of(BASE)[path].decode().replace("short: North", f"short: {form.format(text)}")
    content = assert_read_well(BASE, path, raw.encode())
    [problem] = content.files[path].problems
    assert problem.rule in ("invisible", "look-alike", "encoding")
    assert problem.line == 2


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_a_code_that_makes_such_a_character_is_refused(text: str) -> None:
    path = "base/bodies/north.yml"
    coded = "".join(f"\\U{ord(each):08x}" for each in text)
    raw = files_of(BASE)[path].decode().replace("short: North", f'short: "{coded}"')
    content = assert_read_well(BASE, path, raw.encode())
    assert [each.line for each in content.files[path].problems] == [2]


# --- pages and files ---------------------------------------------------------------------------


def attacked(folder: Path, to: Path, draw: Any) -> Path:
    """Write content to ``to`` that is that of ``folder``, with an attack in every free text."""
    content = to / "content"
    for path in sorted(folder.rglob("*.yml")):
        data = with_free_texts(data_of(path), draw)
        file = content / path.relative_to(folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return content


@cache
def usual_parts() -> set[tuple[str, str]]:
    """Return of what elements and attributes pages without any attack are made."""
    reader = Reader()
    for rendered in make(BASE, hosting=HOSTING).pages:
        reader.read(rendered.html)
    return reader.parts


def assert_harmless(made: Made) -> None:
    """Fail if anything that was written can do anything on a page or in a file."""
    reader = Reader()
    for rendered in made.pages:
        reader.read(rendered.html)
    assert_none(reader.parts - usual_parts() - OF_TEXTS)
    files = {each.path: each.content for each in made.files}
    for path, raw in files.items():
        if path.endswith(".json"):
            json.loads(raw)
        elif path.endswith(".xml"):
            ElementTree.fromstring(raw)  # noqa: S314 - our own
        elif path.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
            assert len({len(row) for row in rows}) == 1, path
        elif path.endswith(".ics"):
            read_back = Calendar.from_ical(raw)
            assert {each.name for each in read_back.walk()} <= {"VCALENDAR", "VEVENT"}, path
    assert_read_back(made, files)


def assert_read_back(made: Made, files: dict[str, bytes]) -> None:
    """Fail unless titles come back from pages and files as they were written."""
    titles = {each.id: each.title for each in made.catalogue.inspections}
    told = json.loads(files["api/v1/inspections.json"])
    assert {each["id"]: each["title"] for each in told["result"]} == titles
    rows = csv.DictReader(io.StringIO(files["data/inspections.csv"].decode("utf-8"), newline=""))
    for row in rows:
        title = titles[row["id"]]
        assert row["title"] == (f"'{title}" if title[0] in "=+-@\t\r" else title)
    database = sqlite3.connect(":memory:")
    [raw] = [raw for path, raw in files.items() if path.endswith(".sqlite")]
    database.deserialize(raw)
    assert dict(database.execute("select id, title from inspections")) == titles
    database.close()
    for rendered in made.pages:
        id_ = rendered.page.address.removeprefix("inspections/")
        if id_ in titles and rendered.page.address.startswith("inspections/"):
            root = html5lib.parse(rendered.html, namespaceHTMLElements=False)
            assert " ".join(titles[id_].split()) in words_of(root)


@cases(25)
@given(st.data())
def test_attacks_in_every_text_are_harmless_on_all_pages_and_in_all_files(
    data: st.DataObject,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = attacked(BASE, Path(folder), lambda: data.draw(texts()))
        problems = check(load(content))
        names = {
            f"content/{path.relative_to(content).as_posix()}": path
            for path in content.rglob("*.yml")
        }
        assert_told_well(problems, {name: path.read_bytes() for name, path in names.items()})
        if not problems:
            assert_harmless(make(content, hosting=HOSTING))


@pytest.mark.parametrize("part", range(4))
def test_each_attack_is_harmless(tmp_path: Path, part: int) -> None:
    """Of every attack, so that none is left to chance; lists are long, so each stands somewhere."""
    left = list(HARMLESS[part::4])

    def attack() -> str:
        left.append(left.pop(0))
        return left[-1]

    assert_harmless(make(attacked(BASE, tmp_path, attack), hosting=HOSTING))


# --- hand-written pages ------------------------------------------------------------------------


@pytest.mark.parametrize("text", HARMLESS)
def test_html_of_a_page_is_made_safe(text: str) -> None:
    reader = Reader()
    reader.read(
        clean_page(f"<h1 id='a'>A</h1><p>{text}</p><table><tr><td>{text}</td></tr></table>")
    )
    assert reader.parts <= OF_PAGES
