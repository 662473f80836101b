"""``peelsite concerns`` and ``peelsite build``: what they print, write and exit with."""

from __future__ import annotations

import csv
import datetime
import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peelsite.cli import main
from tests.problems import BASE
from tests.sites import ROOT, copy_project

CONTENT = ROOT / "tests" / "small_site" / "content"


def concerns(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["concerns", *map(str, words)])


def table(*words: str | Path) -> list[dict[str, str]]:
    done = concerns("--format", "csv", *words)
    assert done.exit_code == 0
    return list(csv.DictReader(io.StringIO(done.output)))


def test_open_concerns_are_told_with_their_days() -> None:
    done = concerns(ROOT / "content", "--as-of", "2026-11-23")
    assert done.exit_code == 0
    assert (
        "1,447 days: Northumbria, Online child abuse investigation team could not keep up with "
        "referrals\n    last word 7 December 2022, Inspectors; Action planned; "
        "inspections/2022-12-07-north-east-soc#northumbria-polit-workload\n"
    ) in done.output


def test_the_table_has_the_same_concerns_in_the_same_order() -> None:
    lines = concerns(CONTENT, "--as-of", "2026-11-23").output.splitlines()[::2]
    rows = table(CONTENT, "--as-of", "2026-11-23")
    assert [line.rpartition(", ")[2] for line in lines] == [row["title"] for row in rows]
    assert {row["counted_to"] for row in rows} == {"2026-11-23"}


def test_days_that_are_not_known_are_empty_and_last() -> None:
    rows = table(CONTENT, "--as-of", "2026-11-23")
    known = [row for row in rows if row["last_word"]]
    assert 0 < len(known) < len(rows)
    assert rows[: len(known)] == known
    assert {(row["days_at_least"], row["days_at_most"]) for row in rows[len(known) :]} == {("", "")}
    assert all(int(row["days_at_least"]) <= int(row["days_at_most"]) for row in known)
    assert "days not known: " in concerns(CONTENT).output


def test_without_a_day_they_are_counted_to_today() -> None:
    before = datetime.date.today().isoformat()
    counted = {row["counted_to"] for row in table(CONTENT)}
    assert counted <= {before, datetime.date.today().isoformat()}
    assert len(counted) == 1


def test_content_without_an_open_concern_says_so(tmp_path: Path) -> None:
    content = shutil.copytree(CONTENT, tmp_path / "content")
    for file in (content / "inspections").iterdir():
        file.unlink()
    done = concerns(content)
    assert (done.exit_code, done.output) == (0, "No open concern in the sources we hold.\n")


def test_content_with_a_problem_must_be_mended_first(tmp_path: Path) -> None:
    content = shutil.copytree(BASE, tmp_path / "content")
    file = content / "bodies" / "northshire.yml"
    file.write_text(file.read_text("utf-8").replace("kind: force", "kind: forse"), "utf-8")
    done = concerns(content)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "has 1 problem, so its concerns cannot be told. `peelsite check`" in done.stderr


@pytest.mark.parametrize("command", ["concerns", "build"])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3 May 2025", "2025-05-03"),
        ("2025/5/3", "2025-05-03"),
        ("20250503", "2025-05-03"),
        ("2025-05", "2026-11-23"),
        ("2025-02-29", "2026-11-23"),
        ("3/5/2025", "2026-11-23"),
        ("yesterday", "2026-11-23"),
        ("", "2026-11-23"),
    ],
)
def test_what_is_no_day_is_told_with_what_to_write(command: str, written: str, meant: str) -> None:
    done = CliRunner().invoke(main, [command, "--as-of", written])
    assert done.exit_code == 2
    told = f"{written!r} is no day. Write year-month-day: {meant}."
    assert told in " ".join(done.output.split())


def test_the_site_is_built_with_the_days_of_a_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_project(tmp_path / "project"))
    monkeypatch.delenv("PEELSITE_AS_OF", raising=False)
    done = CliRunner().invoke(
        main, ["build", "--as-of", "2026-11-23", "--site-dir", str(tmp_path / "site")]
    )
    assert done.exit_code == 0
    page = (tmp_path / "site" / "concerns" / "index.html").read_text(encoding="utf-8")
    assert "(1,447 days)" in page
    assert "Days are counted to 23 November 2026." in page
    assert "data-since" not in page


class Ran:
    """What stands in for a command that ended."""

    returncode = 3


def test_it_is_mkdocs_that_builds_and_says_whether_it_could(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[tuple[list[str], dict[str, str]]] = []

    def run(command: list[str], *, env: dict[str, str], check: bool) -> Ran:
        assert not check
        ran.append((command, env))
        return Ran()

    monkeypatch.setattr("subprocess.run", run)
    monkeypatch.delenv("PEELSITE_AS_OF", raising=False)
    done = CliRunner().invoke(main, ["build"])
    [(command, variables)] = ran
    assert done.exit_code == 3
    assert command[1:] == ["-m", "mkdocs", "build", "--strict"]
    assert "PEELSITE_AS_OF" not in variables
