"""Whatever somebody writes is refused at its line or shown harmless (decision 24)."""

from __future__ import annotations

import csv
import io
import itertools
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import html5lib
import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from peelsite.checks import check, warn
from peelsite.load import Content, load
from peelsite.pages import Hosting
from peelsite.render import clean_page, to_html
from tests.hostile import (
    HARMLESS,
    OF_PAGES,
    OF_TEXTS,
    REFUSED,
    Reader,
    assert_told_well,
    attacked,
    cases,
    data_of,
    in_data,
    in_text,
    texts,
)
from tests.problems import BASE
from tests.sites import Made, assert_none, copy_project, make, run_mkdocs, words_of

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


@pytest.mark.parametrize(
    "page",
    [
        "```\n\n<script>pwned()</script><img src=//evil.example/a onerror=pwned()>",
        "<form action=/a><input name=q></form><a href='//evil.example' onclick=pwned()>a</a>",
        "<style>*{}</style><iframe src=https://evil.example></iframe><svg onload=pwned()>",
        "[a](&#106;avascript:pwned()) [b][c]\n\n[c]: javascript:pwned()",
        "![a](https://evil.example/a.png) [a](https://gov.uk@evil.example/)",
        "<math><mtext><table><mglyph><style><!--</style><img title='--><img src onerror=pwned()>'>",
    ],
)
def test_html_that_markdown_lets_pass_is_made_safe(page: str) -> None:
    reader = Reader()
    reader.read(clean_page(markdown.markdown(page, extensions=["fenced_code"])))
    assert reader.parts <= OF_PAGES


@pytest.mark.parametrize("text", ["- " * 2_000 + "a", "[" * 4_000, "> " * 2_000, "[a][" * 1_200])
def test_a_text_that_markdown_cannot_read_is_shown_as_it_is(text: str) -> None:
    began = time.process_time()
    html = to_html(f"A. {text}")
    assert time.process_time() - began < 5
    assert html.striptags()


def test_a_page_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    (project / "content" / "pages" / "forces.md").write_text("# Forces\n", encoding="utf-8")
    run = run_mkdocs(project, "build")
    assert run.returncode == 1
    assert "forces.md has the address of another page" in run.stdout
    assert "Traceback" not in run.stdout


# --- limits ------------------------------------------------------------------------------------


def laughs() -> str:
    """Return a billion laughs: each name stands for nine of the one before."""
    names = "abcdefghij"
    lines = [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in itertools.pairwise(names)]
    return "\n".join(["a: &a [ha, ha]", *lines, ""])


LARGE: Final = {
    "a value of 10 MB": "a: " + "x" * 10_000_000,
    "a text of nearly 1 MB": f"a: {{label: {'x' * 990_000}, meaning: b}}\n",
    "lists 10,000 deep": "a: " + "[" * 10_000 + "]" * 10_000 + "\n",
    "dashes 400,000 deep": "- " * 400_000 + "a\n",
    "a billion laughs": laughs(),
    "40,000 merges": "a: &a {b: c}\n" + "".join(f"a{i}: {{<<: *a}}\n" for i in range(40_000)),
    "100,000 names on one line": "{" + ", ".join(f"a{i}: b" for i in range(90_000)) + "}\n",
    "one name 190,000 times": "a: 1\n" * 190_000,
    "a mark on every letter": "a: " + "e\u0301" * 300_000 + "\n",
}

IN_LITTLE: Final = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
from peelsite.cli import main
sys.argv[0] = "peelsite"
main()
"""
"""Runs the command in 700 MB, of which Python and libraries want 300 before anything is read."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no memory so.")
@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_what_is_too_much_is_refused_soon_and_in_little_memory(tmp_path: Path, text: str) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    (content / "themes.yml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", IN_LITTLE, "check", str(content), "--format", "json"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (run.returncode, run.stderr) == (1, "")
    assert len(run.stdout) < 2_000_000
    assert json.loads(run.stdout)["errors"] > 0


def test_a_build_reads_no_file_that_is_too_large(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    with (project / "content" / "bodies" / "vale.yml").open("r+b") as file:
        file.truncate(10_000_000_000)
    before = set(project.iterdir())
    run = run_mkdocs(project, "build")
    assert run.returncode == 1
    assert "This file is larger than 1 MB. [too-large]" in run.stdout
    assert "Traceback" not in run.stdout
    assert set(project.iterdir()) - before <= {project / ".cache"}
