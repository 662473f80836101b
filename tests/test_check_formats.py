"""What ``peelsite check`` prints for programs, for GitHub and in colours, and how it exits."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import click
import jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from peelsite.build import build, know
from peelsite.checks import check, warn
from peelsite.cli import main, progress
from peelsite.cli.formats import MOST_ANNOTATIONS, MOST_ROWS, Found, as_github, as_json, as_text
from peelsite.load import load
from peelsite.problems import ContentError, Problem, report
from tests.problems import BASE

INSPECTION = "inspections/2023-05-04-north.yml"

SHAPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "files", "errors", "warnings", "problems"],
    "properties": {
        "version": {"const": 1},
        "files": {"type": "integer"},
        "errors": {"type": "integer"},
        "warnings": {"type": "integer"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    *("path", "line", "column", "end_column", "severity"),
                    *("rule", "message", "remedy", "excerpt"),
                ],
                "properties": {
                    **{name: {"minimum": 1} for name in ("line", "column", "end_column")},
                    "severity": {"enum": ["error", "warning"]},
                    **{name: {"minLength": 1} for name in ("path", "rule", "message", "remedy")},
                    "excerpt": {"type": "string"},
                },
            },
        },
    },
}
"""The JSON, as the docstring of ``cli/formats.py`` describes it."""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound content, in the present folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return shutil.copytree(BASE, tmp_path / "content")


def change(content: Path, old: str, new: str) -> None:
    file = content / INSPECTION
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def slip(content: Path) -> None:
    change(content, "kind: press", "kind: pres → 漢字, 100%")


def doubt(content: Path) -> None:
    change(content, "title: Too few people", "title: A shambles")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", *words])


def data(*words: str) -> Any:
    told = json.loads(run("--format", "json", *words).stdout)
    jsonschema.validate(told, SHAPE)
    return told


# --- how it ends ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_warning_fails_only_when_that_is_asked_for(content: Path, form: str) -> None:
    assert run("--format", form, "--strict").exit_code == 0
    doubt(content)
    assert run("--format", form).exit_code == 0
    assert run("--format", form, "--strict").exit_code == 1
    slip(content)
    assert run("--format", form).exit_code == 1


def test_warnings_are_counted_apart(content: Path) -> None:
    doubt(content)
    assert run().output.endswith("\n\n1 warning in 1 file.\n")
    slip(content)
    assert run().output.endswith("\n\n1 problem and 1 warning in 1 file.\n")
    read = load(content)
    assert run().output == report([*check(read), *warn(read)]) + "\n"
    change(content, "summary: The force has too few people.", "summary: They were slammed.")
    assert run().output.endswith("\n\n1 problem and 2 warnings in 1 file.\n")


def test_a_summary_follows_warnings(content: Path) -> None:
    doubt(content)
    assert "\n\n1 warning in 1 file.\n\nBodies " in run("--summary").output
    assert "Bodies " not in run("--summary", "--strict").output


def test_a_summary_is_for_people(content: Path) -> None:  # noqa: ARG001
    done = run("--summary", "--format", "json")
    assert done.exit_code == 2
    assert "--format text" in done.output


# --- in colours ----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """Keeps what is written, and says that somebody sees it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "is_coloured"),
    [
        (Terminal, {}, True),
        (Terminal, {"NO_COLOR": "1"}, False),
        (Terminal, {"NO_COLOR": ""}, True),
        (Terminal, {"TERM": "dumb"}, False),
        (io.StringIO, {}, False),
    ],
)
def test_a_terminal_gets_colours(
    content: Path,
    monkeypatch: pytest.MonkeyPatch,
    stream: type[io.StringIO],
    environment: dict[str, str],
    is_coloured: bool,
) -> None:
    slip(content)
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stdout = stream()
    monkeypatch.setattr(sys, "stdout", stdout)
    with pytest.raises(SystemExit):
        main(["check"])
    printed = stdout.getvalue()
    assert ("\x1b[" in printed) == is_coloured
    assert click.unstyle(printed) == report(check(load(content))) + "\n"


def test_colours_change_nothing_else() -> None:
    problems = [
        Problem("a.yml", 3, 2, "r", "It is wrong.", "Mend it.", "\txx漢 y", 3),
        Problem("b.yml", 1, 1, "s", "It may be wrong.", "Look.", is_warning=True),
    ]
    found = Found(problems, 2)
    coloured = as_text(found, in_colour=True)
    assert click.unstyle(coloured) == as_text(found, in_colour=False) == report(problems)
    assert f"{click.style('^^^^', fg='red', bold=True)}\n" in coloured
    assert click.style("warning:", fg="yellow", bold=True) in coloured


# --- for programs --------------------------------------------------------------------------------


def test_json_tells_all_that_the_text_tells(content: Path) -> None:
    slip(content)
    doubt(content)
    told = data()
    assert (told["files"], told["errors"], told["warnings"]) == (10, 1, 1)
    problem, warning = told["problems"]
    assert problem == {
        "path": f"content/{INSPECTION}",
        "line": 19,
        "column": 11,
        "end_column": 26,
        "severity": "error",
        "rule": "unknown-word",
        "message": '"pres → 漢字, 100%" cannot be written for "kind".',
        "remedy": "Write one of: body, official, press, primary.",
        "excerpt": "    kind: pres → 漢字, 100%",
    }
    assert (warning["severity"], warning["rule"]) == ("warning", "headline-word")


def test_json_of_sound_content_has_no_problem(content: Path) -> None:  # noqa: ARG001
    assert data() == {"version": 1, "files": 10, "errors": 0, "warnings": 0, "problems": []}


def test_json_has_a_shape_whatever_is_wrong(content: Path) -> None:
    (content / "themes.yml").unlink()
    (content / "rounds.yml").write_text("")
    (content / "bodies" / "north.yml").write_bytes(b"\xff")
    assert data()["errors"] == 3


def test_json_can_be_printed_everywhere() -> None:
    problem = Problem("a.yml", 1, 1, "r", "漢 is wrong.", "Mend it.")
    assert as_json(Found([problem], 1)).isascii()


@pytest.mark.parametrize(
    ("here", "folder", "path"),
    [
        (".", "content", "content"),
        (".", "./content", "content"),
        ("..", "site/content", "site/content"),
        ("content", ".", "../content"),
        ("content/bodies", "..", "../../content"),
    ],
)
def test_programs_are_told_paths_from_the_present_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, folder: str, path: str
) -> None:
    content = shutil.copytree(BASE, tmp_path / "site" / "content")
    slip(content)
    monkeypatch.chdir(tmp_path / "site" / here)
    assert data(folder)["problems"][0]["path"] == f"{path}/{INSPECTION}"
    assert f"::error file={path}/{INSPECTION},line=19," in run("--format", "github", folder).output


# --- for GitHub ----------------------------------------------------------------------------------


def test_github_is_told_the_place_and_the_sentences(content: Path) -> None:
    slip(content)
    doubt(content)
    assert run("--format", "github").output.splitlines() == [
        f"::error file=content/{INSPECTION},line=19,col=11,endColumn=26,title=unknown-word::"
        '"pres → 漢字, 100%25" cannot be written for "kind".'
        "%0AWrite one of: body, official, press, primary.",
        f"::warning file=content/{INSPECTION},line=47,col=16,endColumn=26,title=headline-word::"
        '"shambles" is a word for headlines.'
        '%0ASay soberly what was found; words of others belong under "quotes".',
        "1 problem and 1 warning in 1 file.",
    ]


def test_nothing_that_somebody_wrote_ends_a_command_of_github() -> None:
    problem = Problem("a,b:c%.yml", 1, 1, "r", "One\r\n::error::two, 50%: so", "Mend\nit.")
    assert as_github(Found([problem], 1), None).splitlines()[0] == (
        "::error file=a%2Cb%3Ac%25.yml,line=1,col=1,endColumn=2,title=r::"
        "One\ufffd ::error::two, 50%25: so%0AMend it."
    )


def many(errors: int, warnings: int, message: str = "It is wrong.") -> Found:
    problems = [
        Problem("a.yml", line, 1, "r", message, "Mend it.", is_warning=line > errors)
        for line in range(1, errors + warnings + 1)
    ]
    return Found(problems, 1)


def kinds(printed: str) -> tuple[int, int]:
    return len(re.findall("^::error ", printed, re.M)), len(
        re.findall("^::warning ", printed, re.M)
    )


def test_github_gets_no_more_than_it_shows(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    most = MOST_ANNOTATIONS
    assert kinds(as_github(many(most, most), summary)) == (most, most)
    assert not summary.exists()

    summary.write_text("# Before\n")
    printed = as_github(many(most + 2, most + 1), summary)
    assert kinds(printed) == (most, most)
    assert "\n3 more are in the summary of this step.\n" in printed
    table = summary.read_text().splitlines()
    assert table[:3] == [
        "# Before",
        "| Place | | What is wrong | What to do |",
        "| --- | --- | --- | --- |",
    ]
    assert table[3:6] == [
        "| a.yml:11:1 | error | It is wrong. | Mend it. |",
        "| a.yml:12:1 | error | It is wrong. | Mend it. |",
        "| a.yml:23:1 | warning | It is wrong. | Mend it. |",
    ]


def test_without_a_summary_of_the_step_the_rest_is_printed(content: Path) -> None:
    printed = as_github(many(MOST_ANNOTATIONS + 1, 0), None)
    assert kinds(printed) == (MOST_ANNOTATIONS, 0)
    assert "\na.yml:11:1: It is wrong. [r]\n  Mend it.\n" in printed
    (content / INSPECTION).write_text("a: b\n" * 2)
    assert "::error" in run("--format", "github").output


def test_the_summary_of_the_step_is_where_github_says(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(content.parent / "step.md"))
    reply = "      - {speaker: force, by: A, date: x, summary: B., source: post}\n"
    change(content, "    replies:\n", "    replies:\n" + reply * 12)
    done = run("--format", "github")
    assert kinds(done.output) == (MOST_ANNOTATIONS, 0)
    assert (content.parent / "step.md").read_text().count("| error |") == 2


def test_nothing_that_somebody_wrote_is_markdown_in_the_summary(tmp_path: Path) -> None:
    message = "a | b\n<img src=x> `c` *d* [e](f) @g #1 \\"
    as_github(many(MOST_ANNOTATIONS + 1, 0, message), tmp_path / "step.md")
    row = (tmp_path / "step.md").read_text().splitlines()[2]
    cell = r"a \| b &lt;img src=x&gt; \`c\` \*d\* \[e\](f) \@g \#1 " + "\\\\"
    assert row == f"| a.yml:11:1 | error | {cell} | Mend it. |"


def test_the_summary_of_the_step_does_not_grow_too_large(tmp_path: Path) -> None:
    as_github(many(MOST_ANNOTATIONS + MOST_ROWS + 5, 0), tmp_path / "step.md")
    told = (tmp_path / "step.md").read_text()
    assert told.count("| error |") == MOST_ROWS
    assert told.rstrip().endswith("… and 5 more.")


# --- while it reads ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "patience", "is_shown"),
    [(Terminal, -1.0, True), (Terminal, 60.0, False), (io.StringIO, -1.0, False)],
)
def test_who_waits_at_a_terminal_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], patience: float, is_shown: bool
) -> None:
    stderr = stream()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    paths = [Path(str(number)) for number in range(5)]
    assert list(progress.with_progress(paths)) == paths
    shown = stderr.getvalue()
    assert ("Reading" in shown) == ("100%" in shown) == is_shown


def test_sound_content_is_silent_on_stderr(content: Path) -> None:  # noqa: ARG001
    assert run().stderr == ""


# --- a build -------------------------------------------------------------------------------------


def test_a_build_stops_on_problems_and_not_on_warnings(content: Path) -> None:
    templates = Path(__file__).parent.parent / "templates"
    doubt(content)
    (content / "bodies" / "north.yml~").write_text("kind: region")
    assert build(know(content), templates).pages
    slip(content)
    with pytest.raises(ContentError) as error:
        build(know(content), templates)
    assert [each.rule for each in error.value.problems] == ["unknown-word"]
