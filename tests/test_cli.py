"""The ``peelsite`` command: what it prints, and what it exits with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from peelsite import __version__
from peelsite.checks import check
from peelsite.cli import main
from peelsite.load import load
from peelsite.problems import report
from tests.problems import BASE


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "content")


def slip(content: Path) -> None:
    file = content / "bodies" / "northshire.yml"
    file.write_text(file.read_text().replace("kind: force", "kind: forse → 漢字"), "utf-8")


def run(encoding: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a terminal that has the letters of one encoding."""
    return subprocess.run(
        [sys.executable, "-c", "from peelsite.cli import main; main()", *words],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )


def test_sound_content_exits_with_0(content: Path) -> None:
    files = len(list(content.rglob("*.yml")))
    done = CliRunner().invoke(main, ["check", str(content)])
    assert (done.exit_code, done.output) == (0, f"{files} files checked, no problem.\n")


def test_a_summary_follows_the_check_when_asked_for(content: Path) -> None:
    plain = CliRunner().invoke(main, ["check", str(content)])
    done = CliRunner().invoke(main, ["check", "--summary", str(content)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.output.startswith(plain.output + "\nBodies ")
    assert "  In our sources: " in done.output


def test_content_with_a_problem_has_no_summary(content: Path) -> None:
    slip(content)
    plain = CliRunner().invoke(main, ["check", str(content)])
    done = CliRunner().invoke(main, ["check", "--summary", str(content)])
    assert (done.exit_code, done.output) == (1, plain.output)


def test_a_slip_is_printed_and_exits_with_1(content: Path) -> None:
    slip(content)
    done = CliRunner().invoke(main, ["check", str(content)])
    assert done.exit_code == 1
    assert done.output == report(check(load(content))) + "\n"
    assert done.output.startswith("content/bodies/northshire.yml:1:7: ")


def test_content_is_the_folder_that_is_checked(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(content.parent)
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    slip(content)
    assert CliRunner().invoke(main, ["check"]).exit_code == 1


@pytest.mark.parametrize("what", ["missing", "file"])
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, what: str) -> None:
    if what == "file":
        (tmp_path / what).write_text("x")
    done = CliRunner().invoke(main, ["check", str(tmp_path / what)])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert str(tmp_path / what) in done.output


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_a_terminal_with_few_letters_gets_the_summary_too(content: Path, encoding: str) -> None:
    body = content / "bodies" / "northshire.yml"
    body.write_text(
        body.read_text("utf-8").replace("short: Northshire", "short: Northšhire → 漢字"), "utf-8"
    )
    done = run(encoding, "check", "--summary", str(content))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Bodies " in done.stdout.decode(encoding)


def test_the_version_is_told() -> None:
    assert __version__ in CliRunner().invoke(main, ["--version"]).output


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_a_terminal_with_few_letters_gets_the_report_too(content: Path, encoding: str) -> None:
    slip(content)
    done = run(encoding, "check", str(content))
    assert (done.returncode, done.stderr) == (1, b"")
    printed = done.stdout.decode(encoding, errors="replace")
    assert '"forse' in printed
    assert printed.rstrip().endswith("1 problem in 1 file.")
