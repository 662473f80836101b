"""``peelsite diff``: where it reads what was, what it prints and what it exits with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peelsite.cli import main
from peelsite.cli.changes import NOTHING
from tests.problems import BASE

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Somebody" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "somebody@example.org" for who in ("AUTHOR", "COMMITTER")},
}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, env={**os.environ, **GIT}, check=True)


def diff(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, words)])


def grade(content: Path, old: str, new: str) -> None:
    file = content / "inspections" / "2023-05-04-north.yml"
    text = file.read_text(encoding="utf-8")
    assert f"grade: {old}, source" in text
    file.write_text(text.replace(f"grade: {old}, source", f"grade: {new}, source"), "utf-8")


CORRECTED = "Corrected: Northern Unit, Crime, in “The north, 2023”: was poor, is good."
UNCORRECTED = "Corrected: Northern Unit, Crime, in “The north, 2023”: was good, is poor."


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the content of a repository with two commits, as somebody stands in its folder."""
    content = shutil.copytree(BASE, tmp_path / "repository" / "content")
    monkeypatch.chdir(content.parent)
    git(content.parent, "init", "--quiet", "--initial-branch=main")
    for message in ("First", "Second"):
        git(content.parent, "add", ".")
        git(content.parent, "commit", "--quiet", "--message", message)
        if message == "First":
            grade(content, "poor", "good")
    return content


# What was


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("base", ["HEAD", "main", "HEAD^{commit}"])
def test_a_commit_of_the_same_content_changes_nothing(base: str) -> None:
    done = diff(base)
    assert (done.exit_code, done.output) == (0, f"{NOTHING}\n")


def test_an_earlier_commit_is_compared_with_what_is_on_disk(content: Path) -> None:
    done = diff("HEAD^1")
    assert done.exit_code == 0
    assert CORRECTED in " ".join(done.output.split())
    grade(content, "good", "poor")
    assert diff("HEAD^1").output == f"{NOTHING}\n"
    assert UNCORRECTED in " ".join(diff("HEAD").output.split())


def test_the_content_may_stand_anywhere_in_the_repository(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / "repository" / "some where" / "else"
    deep.parent.mkdir()
    content.rename(deep)
    git(deep, "add", "--all", ".")
    git(deep, "add", "--all", "../..")
    git(deep, "commit", "--quiet", "--message", "Move")
    grade(deep, "good", "poor")
    monkeypatch.chdir(tmp_path)
    done = diff("HEAD", deep)
    assert done.exit_code == 0
    assert UNCORRECTED in " ".join(done.output.split())
    monkeypatch.chdir(deep.parent)
    assert diff("HEAD", "else").output == done.output
    monkeypatch.chdir(deep)
    assert diff("HEAD", ".").output == done.output


def test_the_content_may_be_the_whole_repository(tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    git(content, "init", "--quiet")
    git(content, "add", ".")
    git(content, "commit", "--quiet", "--message", "One")
    grade(content, "poor", "good")
    assert CORRECTED in " ".join(diff("HEAD", content).output.split())


@pytest.mark.usefixtures("content")
def test_a_folder_is_compared_as_it_is(tmp_path: Path) -> None:
    older = shutil.copytree(BASE, tmp_path / "older")
    done = diff(older)
    assert done.exit_code == 0
    assert CORRECTED in " ".join(done.output.split())


@pytest.mark.usefixtures("content")
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert diff("HEAD^1").exit_code == 0
    assert list(temporary.iterdir()) == []
    state = subprocess.run(["git", "status", "--short"], capture_output=True, check=True)
    assert state.stdout == b""


# What cannot be compared


@pytest.mark.parametrize("base", ["nonsense", "--output=x", "-h", "", "HEAD:content", "a b; c"])
def test_what_is_no_commit_is_told(content: Path, base: str) -> None:
    done = CliRunner().invoke(main, ["diff", "--", base])
    assert done.exit_code == 2
    assert "no commit, branch or tag of that name" in " ".join(done.output.split())
    assert sorted(path.name for path in content.parent.iterdir()) == [".git", "content"]


def test_a_commit_without_the_content_is_told(content: Path) -> None:
    other = shutil.copytree(content, content.parent / "other")
    done = diff("HEAD", other)
    assert done.exit_code == 2
    assert "HEAD has no folder other/" in " ".join(done.output.split())


def test_a_folder_that_git_does_not_know_is_told(tmp_path: Path) -> None:
    done = diff("HEAD", shutil.copytree(BASE, tmp_path / "content"))
    assert done.exit_code == 2
    assert "git has no commit" in " ".join(done.output.split())


@pytest.mark.usefixtures("content")
def test_a_computer_without_git_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    done = diff("HEAD")
    assert done.exit_code == 2
    assert "git must be installed" in done.output


def test_content_with_a_problem_must_be_mended_first(content: Path) -> None:
    grade(content, "good", "goood")
    done = diff("HEAD^1")
    assert done.exit_code == 1
    assert done.output == (
        "content has 1 problem in 1 file, so what would change cannot be told. `peelsite check` "
        "names them and must pass first.\n"
    )


def test_a_base_with_a_problem_is_told_and_is_not_the_fault_of_the_content(content: Path) -> None:
    grade(content, "good", "goood")
    git(content, "commit", "--quiet", "--all", "--message", "Third")
    grade(content, "goood", "good")
    done = diff("HEAD")
    assert done.exit_code == 0
    assert done.output == (
        "HEAD has 1 problem in 1 file by the rules of now, so what would change cannot be told. "
        "content has none.\n"
    )


# What is printed


@pytest.mark.usefixtures("content")
def test_markdown_is_printed_when_asked_for() -> None:
    done = diff("--format", "markdown", "HEAD^1")
    assert done.output.startswith("## What would change on the site\n\n### In short\n\n- ")
    assert f"\n- {CORRECTED}\n" in done.output


def test_hand_written_pages_are_told(content: Path) -> None:
    pages = content / "pages"
    pages.mkdir()
    for name in ("about.md", "method.md", "same.md"):
        (pages / name).write_text("# One\n", "utf-8")
    git(content, "add", ".")
    git(content, "commit", "--quiet", "--message", "Third")
    (pages / "about.md").write_text("# Two\n", "utf-8")
    (pages / "method.md").unlink()
    (pages / "more").mkdir()
    (pages / "more" / "new.md").write_text("# New\n", "utf-8")
    assert diff("HEAD").output == (
        "Hand-written pages\n  Changed: about.md.\n  Removed: method.md.\n  Added: more/new.md.\n"
    )


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_a_terminal_with_few_letters_gets_it_too(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from peelsite.cli import main; main()", "diff", "HEAD^1"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "was poor, is good" in " ".join(done.stdout.decode(encoding, errors="replace").split())
