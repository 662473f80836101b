"""``peelsite check --fix`` mends what has one meaning only, and nothing else."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peelsite.checks import check, every_problem
from peelsite.cli import main
from peelsite.cli.dates import date_meant
from peelsite.cli.fix import mended, write
from peelsite.load import load
from tests.problems import BASE, EXAMPLES, Example

INSPECTION = "inspections/2023-05-04-north.yml"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(BASE, tmp_path / "content")


def change(content: Path, *changes: tuple[str, str], path: str = INSPECTION) -> None:
    file = content / path
    text = file.read_bytes().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_bytes(text.encode())


def fix(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", "--fix", *words])


def lines(result: Result) -> list[str]:
    """Return what was shown to be taken out and put in."""
    return [
        line
        for line in result.stdout.splitlines()
        if line.startswith(("-", "+")) and not line.startswith(("---", "+++"))
    ]


SLIPS = [
    ("        grade: good\n", "        grade: Good\n"),
    ("        grade: good\n", "        grade: GOOD # sure\n"),
    ("        grade: good\n", "        grade: 'Good'\n"),
    ("        grade: good\n", '        grade: "Good"  # "Bad"\n'),
    ("not-graded: inspected-not-graded", "not-graded: Inspected not graded"),
    ("not-graded: inspected-not-graded", "not-graded: inspected_not_graded"),
    ("kind: press\n", "kind: Press\n"),
    ("themes: [workload]\n", "themes: [Workload]\n"),
    ("shared-with: [northern-unit]", "shared-with: [Northern Unit]"),
    ("round: crime-2023", "round: Crime 2023"),
    ("  northern-unit:\n", "  Northern-Unit:\n"),
    ("  northern-unit:\n", "  'Northern Unit':\n"),
    ("also-in: [post]", "also-in: [Post]"),
    ("published: 2023-05-04\nf", "published: 4 May 2023\nf"),
    ("published: 2023-05-04\nf", 'published: "4 May 2023"\nf'),
    ("published: 2023-05-04\nf", "published: 2023/05/04\nf"),
    ("published: 2023-05-04\nf", "published: 2023-5-4\nf"),
    ("fieldwork: 2023-01", "fieldwork: January 2023"),
    ("fieldwork: 2023-01", "fieldwork: 2023-1"),
    ("date: not-known", "date: Not known"),
    ("looked: 2023-06-01", "looked: 1st June 2023"),
    ("round: crime-2023\n", "round: crime-2023   \n"),
    ("sources:\n", "sources:  \n"),
    ("bodies:\n", "   \nbodies:\n"),
]


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_what_has_one_meaning_is_mended_where_it_stands(
    content: Path, right: str, wrong: str
) -> None:
    change(content, (right, wrong))
    before = (content / INSPECTION).read_text().splitlines()
    done = fix()
    after = (content / INSPECTION).read_text().splitlines()
    assert done.exit_code == 0
    assert check(load(content)) == ()
    [(old, new)] = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert lines(done) == [f"-{old}", f"+{new}"]
    assert ("#" in new) == ("#" in old)
    assert [mark for mark in new if mark in "'\""] == [mark for mark in old if mark in "'\""]


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_what_is_mended_is_not_mended_again(content: Path, right: str, wrong: str) -> None:
    change(content, (right, wrong))
    fix()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in content.rglob("*.yml")}
    assert lines(fix()) == []
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in content.rglob("*.yml")}
    assert after == before


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("        grade: good\n", "        grade: goood\n"),
        ("        grade: good\n", "        grade: Goood\n"),
        ("        grade: good\n", "        grade: good!\n"),
        ("published: 2023-05-04\nf", "published: 04/05/2023\nf"),
        ("published: 2023-05-04\nf", "published: 4.5.2023\nf"),
        ("looked: 2023-06-01", "looked: June 2023"),  # a day is wanted
        ("looked: 2023-06-01", "looked: Not known"),
        ("published: 2023-05-04\nf", "published: 31 June 2023\nf"),
        ("kind: press\n", "Kind: press\n"),
        ("themes: [workload]\n", "themes: [workload, Workload]\n"),
        ("id: quick-work", "id: Quick-Work"),
        ("  northern-unit:\n", "  Northshire:\n"),
        ("  northshire:\n", "  Northern-unit:\n"),
        ("title: Org", "title: Org: x   "),
        ("title: Org", "title:  \nx\n"),
        ("title: Quick work", "title: Quick: work"),
    ],
)
def test_what_is_in_doubt_is_left(content: Path, right: str, wrong: str) -> None:
    change(content, (right, wrong))
    before = (content / INSPECTION).read_bytes()
    done = fix()
    assert (done.exit_code, lines(done)) == (1, [])
    assert (content / INSPECTION).read_bytes() == before
    assert "mended" not in done.output


def test_several_slips_on_one_line_are_mended_and_the_others_told(content: Path) -> None:
    right = "{question: crime, grade: poor, source: report}"
    change(content, (right, "{question: Crime, grade: Poor, published: 1/2/2024, source: Report}"))
    done = fix()
    assert done.exit_code == 1
    assert "{question: crime, grade: poor, published: 1/2/2024, source: report}" in (
        content / INSPECTION
    ).read_text("utf-8")
    assert done.output.endswith("1 problem in 1 file.\n")
    assert "\n\n1 file mended.\n\ncontent/inspections/" in done.output


def test_an_id_is_mended_wherever_it_stands(content: Path) -> None:
    """Also where it was told once only."""
    file = content / INSPECTION
    reply = "      - {speaker: force, by: A, date: not-known, summary: B., source: Post}\n"
    file.write_text(file.read_text().replace("    replies:\n", "    replies:\n" + reply * 12))
    assert fix().exit_code == 0
    assert "Post}" not in file.read_text()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_encoding_stay(content: Path, end: str, mark: bytes) -> None:
    file = content / INSPECTION
    text = file.read_text("utf-8").replace("A. Writer", "Å. Writer 漢字 # č")
    wrong = text.replace("grade: good", "grade: Good").replace("crime-2023", "crime-2023  ")
    assert wrong != text
    file.write_bytes(mark + wrong.replace("\n", end).encode())
    fix()
    assert file.read_bytes() == mark + text.replace("\n", end).encode()


def test_spaces_within_text_of_several_lines_stay(content: Path) -> None:
    """Two of them at the end of a line are a line break in Markdown."""
    text = "summary: >-  \n          The force  \n          answers.  \n\n        label: x"
    change(
        content, ("summary: The force answers quickly.\n        label: promising-practice", text)
    )
    change(content, ("label: x", "label: promising-practice  "))
    assert fix().exit_code == 0
    after = (content / INSPECTION).read_text()
    assert "summary: >-\n          The force  \n          answers.  \n\n" in after
    assert "label: promising-practice\n" in after


def test_a_space_that_is_meant_stays(content: Path) -> None:
    """After a backslash in quotes it is a part of the text."""
    new = 'summary: "The force\\ \n          answers."'
    change(content, ("summary: The force answers quickly.", new))
    before = (content / INSPECTION).read_bytes()
    assert (fix().exit_code, lines(fix())) == (0, [])
    assert (content / INSPECTION).read_bytes() == before


def test_spaces_in_a_file_that_is_no_yaml_stay(content: Path) -> None:
    (content / "bodies" / "north.yml").write_text("kind: region  \n- x\n")
    fix()
    assert (content / "bodies" / "north.yml").read_text() == "kind: region  \n- x\n"


def test_what_is_mended_before_it_on_a_line_moves_the_rest(content: Path) -> None:
    right = "{question: crime, grade: poor, source: report}"
    wrong = "{published: 4 September 2023, question: CRIME, grade: Poooor, source: Report}"
    change(content, (right, wrong))
    fix()
    assert "{published: 2023-09-04, question: crime, grade: Poooor, source: report}" in (
        content / INSPECTION
    ).read_text("utf-8")


def test_what_can_be_seen_only_then_is_mended_too(content: Path) -> None:
    """Which grades there are is not known without the scale."""
    old = "began: 2023-01\n  scale: two-grades"
    change(content, (old, old.replace("two-g", "Two-G")), path="rounds.yml")
    change(content, ("grade: good", "grade: Good"))
    assert fix().exit_code == 0


def test_the_files_of_each_kind_are_mended(content: Path) -> None:
    change(content, ("kind: force", "kind: Force"), path="bodies/northshire.yml")
    change(content, ("scale: two-grades", "scale: Two-Grades"), path="rounds.yml")
    change(
        content,
        ("published: 2024-05-02", "published: 2 May 2024"),
        path="inspections/2024-05-02-northshire.yml",
    )
    done = fix()
    assert done.exit_code == 0
    assert "3 files mended." in done.output


@pytest.mark.parametrize("form", ["json", "github"])
def test_what_programs_read_is_not_mixed_with_the_change(content: Path, form: str) -> None:
    change(content, ("grade: good", "grade: Good"))
    done = fix("--format", form)
    assert done.exit_code == 0
    assert "1 file mended." in done.stderr
    if form == "json":
        assert json.loads(done.stdout)["errors"] == 0


def test_a_file_that_cannot_be_written_is_told(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write everywhere, so the refusal is made up."""

    def refuse(path: Path, _: bytes) -> int:
        raise PermissionError(errno.EACCES, "refused", str(path))

    change(content, ("grade: good", "grade: Good"))
    monkeypatch.setattr(Path, "write_bytes", refuse)
    done = fix()
    assert done.exit_code == 1
    assert "cannot be written" in done.output


def test_sound_content_is_not_written(content: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in content.rglob("*")}
    assert "mended" not in fix().output
    assert before == {path: path.stat().st_mtime_ns for path in content.rglob("*")}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_no_slip_gets_worse_by_mending(example: Example, tmp_path: Path) -> None:
    folder = example.content(tmp_path)
    read = load(folder)
    before = {(each.path, each.rule): each for each in every_problem(read)}
    write(folder, mended(folder, read))
    after = {(each.path, each.rule): each for each in every_problem(load(folder, read))}
    assert after.keys() <= before.keys()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7 December 2022", "2022-12-07"),
        ("07 Dec 2022", "2022-12-07"),
        ("7th December 2022", "2022-12-07"),
        ("1st Sept. 2022", "2022-09-01"),
        ("7-Dec-2022", "2022-12-07"),
        ("December 7, 2022", "2022-12-07"),
        ("december 7th,2022", "2022-12-07"),
        ("December 2022", "2022-12"),
        ("Dec 2022", "2022-12"),
        ("May 2022", "2022-05"),
        ("2022/12/07", "2022-12-07"),
        ("2022-12-7", "2022-12-07"),
        ("2022.1.2", "2022-01-02"),
        ("2022/3", "2022-03"),
        ("17/12/2022", "2022-12-17"),
        ("12/17/2022", "2022-12-17"),
        ("17.12.2022", "2022-12-17"),
        ("7/7/2022", "2022-07-07"),
        ("12/12/2022", "2022-12-12"),
        ("7/12/2022", ""),
        ("07.12.2022", ""),
        ("12-7-2022", ""),
        ("17/18/2022", ""),
        ("31 June 2022", ""),
        ("7 Decembre 2022", ""),
        ("7 Mai 2022", ""),
        ("7/12/22", ""),
        ("2022/12-07", ""),
        ("2022-13-07", ""),
        ("2022-00", ""),
        ("0/0/2022", ""),
        ("soon", ""),
        ("", ""),
        ("٧ December 2022", ""),
        ("7 December 0000", ""),
    ],
)
def test_a_date_is_read_if_it_has_one_meaning(written: str, meant: str) -> None:
    assert date_meant(written) == meant
