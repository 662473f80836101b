"""``peelsite new``: what it asks, what it offers, what it writes, and what it never does."""

from __future__ import annotations

import datetime
import re
import shlex
import shutil
from errno import EACCES
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peelsite.build import read
from peelsite.checks import check
from peelsite.cli import drafting, main
from peelsite.cli import new as commands
from peelsite.drafts import ChangedError, create
from peelsite.load import load
from peelsite.schema import TO_FILL_IN
from tests.problems import BASE

ROOT = Path(__file__).parent.parent

INSPECTION = [
    *("--title", "Crime: in the north", "--short", "North, 2024", "--round", "crime-2024"),
    *("--published", "2024-05-03", "--body", "northern-unit", "--body", "north"),
    *("--source-url", "https://example.org/new"),
]
UNIT = [
    *("--kind", "unit", "--name", "Second Unit", "--short", "Unit 2", "--region", "north"),
    *("--force", "northshire", "--source-url", "https://example.org/unit-2"),
    *("--source-title", "About us", "--source-published", "not-known"),
]
FINDING = [
    *("--inspection", "2023-05-04-north", "--body", "northern-unit", "--kind", "concern"),
    *("--title", "Too few people: again", "--theme", "workload", "--theme", "fraud"),
    *("--source", "post"),
]
NORTH = "inspections/2023-05-04-north.yml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "content")


def new(content: Path, *words: str, answers: str | None = None) -> Result:
    """Run the command; with ``answers`` as if in a terminal."""
    ask = "--no-ask" if answers is None else "--ask"
    words = ("new", words[0], "--content", str(content), ask, *words[1:])
    return CliRunner().invoke(main, words, input=answers)


def snapshot(content: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def rules(content: Path) -> set[str]:
    return {problem.rule for problem in check(load(content))}


def fill_in(file: Path, **answers: str) -> None:
    text = file.read_text(encoding="utf-8")
    for name, value in answers.items():
        text = re.sub(rf"^([^#\n]*\b{name}: ){TO_FILL_IN}", rf"\g<1>{value}", text, flags=re.M)
    file.write_text(text, encoding="utf-8")


def test_an_inspection_is_drafted_from_flags(content: Path) -> None:
    done = new(content, "inspection", *INSPECTION)
    file = content / "inspections" / "2024-05-03-north-2024.yml"
    assert done.exit_code == 0, done.output
    assert rules(content) == {"to-fill-in"}
    made = load(content).inspections[file.stem]
    source = made.sources["report"]
    assert (source.kind, source.publisher) == ("primary", "The Inspectorate")
    assert (source.title, source.published) == (made.title, made.published)
    assert source.read == datetime.date.today()
    assert done.output == (
        f"\nWrote {file}.\n\n3 parts are to be filled in, marked FILL-IN. Next:\n"
        "  open the file and fill in what is marked, fairly: see content/pages/contribute.md\n"
        f"  peelsite check {content}    says what is left, line by line\n"
        "  make serve    shows the site, and reloads it as you save\n"
    )
    assert len(check(load(content))) == 3
    fill_in(file, seen="all of it", fieldwork="not-known", grade="good")
    assert check(load(content)) == ()


def test_what_no_flag_says_is_asked_and_the_ids_that_exist_are_offered(content: Path) -> None:
    answers = [
        *("Crime: in the north", "North, 2024"),
        *("crime-2042", "crime-2024"),
        *("3/5/2024", "2023-05-03", "2024-05-03"),
        *("northern-units north", "northern-unit, north"),
        *("example.org/new", "https://example.org/new"),
        *("prime", "", "", "", "", "yesterday", ""),
        *("North 2024", ""),
    ]
    done = new(content, "inspection", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    asked = new(content, "inspection", *INSPECTION)
    assert asked.exit_code == 2  # the same file is there already
    assert "2024-05-03-north-2024.yml is there already" in asked.stderr
    for told in (
        "  crime-2019, crime-2023, crime-2024\n",
        "  north, northern-unit, northshire\n",
        'There is no round "crime-2042". Write one of: crime-2019, crime-2023, crime-2024. '
        'Did you mean "crime-2024"?',
        'Did you mean "2024-05-03"?',
        'This is before the round "crime-2024" began: rounds.yml has 2024-02-01.',
        'Did you mean "northern-unit"?',
        '"example.org/new" is not an address on the web.',
        'Write one of: body, official, press, primary. Did you mean "primary"?',
        '"yesterday" is not a date in the form that is used here.',
        '"North 2024" is not in the form of an id.',
        "[2024-05-03-north-2024]",
        f"[{datetime.date.today()}]",
    ):
        assert told in done.output
    written = content / "inspections" / "2024-05-03-north-2024.yml"
    by_answers = written.read_bytes()
    written.unlink()
    new(content, "inspection", *INSPECTION)
    assert written.read_bytes() == by_answers


def test_a_wrong_flag_is_told_and_asked_again(content: Path) -> None:
    flags = [*INSPECTION, "--source-kind", "primary", "--publisher", "P", "--read", "2024-06-01"]
    flags[flags.index("crime-2024")] = "crime-2004"
    flags += ["--source-title", "T", "--source-published", "not-known", "--id", "new"]
    done = new(content, "inspection", *flags, answers="crime-2024\n")
    assert done.exit_code == 0, done.output
    assert 'There is no round "crime-2004".' in done.output
    assert (content / "inspections" / "new.yml").exists()


@pytest.mark.parametrize(
    ("command", "flags", "missing"),
    [
        ("inspection", INSPECTION[4:], "--title, --short"),
        ("inspection", [], "--title, --short, --round, --published, --body, --source-url"),
        ("body", [], "--kind, --name, --short, --source-url"),
        ("body", [*UNIT[:6], *UNIT[8:]], "--region"),
        ("body", UNIT[:-4], "--source-title, --source-published"),
        ("finding", FINDING[4:], "--inspection, --body"),
        ("finding", FINDING[:-2], "--source"),
    ],
)
def test_where_nobody_can_be_asked_what_is_missing_is_told(
    content: Path, command: str, flags: list[str], missing: str
) -> None:
    before = snapshot(content)
    done = new(content, command, *flags)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"Missing: {missing}. Say it by flags" in done.stderr
    assert snapshot(content) == before


def test_without_a_terminal_nothing_is_asked(content: Path) -> None:
    done = CliRunner().invoke(main, ["new", "inspection", "--content", str(content)], input="x\n")
    assert (done.exit_code, done.stdout) == (2, "")


@pytest.mark.parametrize(
    ("command", "flags", "name", "value", "told"),
    [
        ("inspection", INSPECTION, "--round", "crime-2042", 'Did you mean "crime-2024"?'),
        ("inspection", INSPECTION, "--published", "May 2024", "is not a date"),
        ("inspection", INSPECTION, "--title", "FILL-IN", "to be filled in"),
        ("inspection", INSPECTION, "--title", "a\nb", "must stand on one line"),
        ("inspection", INSPECTION, "--id", "2023-05-04-north", "is there already"),
        ("inspection", INSPECTION, "--id", "../x", "not in the form of an id"),
        ("body", UNIT, "--kind", "units", 'Did you mean "unit"?'),
        ("body", UNIT, "--region", "northshire", 'There is no region "northshire".'),
        ("body", UNIT, "--force", "north", 'There is no force "north".'),
        ("body", UNIT, "--id", "north", "is there already"),
        ("finding", FINDING, "--inspection", "2023-05-04-nort", 'mean "2023-05-04-north"?'),
        ("finding", FINDING, "--body", "durham", 'There is no body "durham".'),
        ("finding", FINDING, "--kind", "praise", 'Did you mean "praised"?'),
        ("finding", FINDING, "--theme", "frauds", 'Did you mean "fraud"?'),
        ("finding", FINDING, "--label", "concern", "Write one of: "),
        ("finding", FINDING, "--source", "reports", 'Did you mean "report"?'),
        ("finding", [*FINDING, "--body", "northshire"], "--id", "best-in-land", "another finding"),
    ],
)
def test_a_flag_that_cannot_be_taken_is_told_and_nothing_is_written(
    content: Path, command: str, flags: list[str], name: str, value: str, told: str
) -> None:
    before = snapshot(content)
    done = new(content, command, *flags, name, value)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{name}: " in done.stderr
    assert told in done.stderr
    assert snapshot(content) == before


def test_what_would_be_wrong_is_told_before_anything_is_written(content: Path) -> None:
    before = snapshot(content)
    flags = [*INSPECTION, "--source-kind", "press", "--publisher", "P", "--source-title", "T"]
    flags += ["--source-published", "2024-06-02", "--read", "2024-06-01"]
    done = new(content, "inspection", *flags)
    assert done.exit_code == 1
    assert "[read-too-early]" in done.stderr
    assert snapshot(content) == before
    again = shlex.split(done.stderr.strip().splitlines()[-1])
    assert again[:3] == ["peelsite", "new", "inspection"]
    again[again.index("2024-06-01")] = "2024-06-03"
    assert new(content, *again[2:]).exit_code == 0
    assert rules(content) == {"to-fill-in"}
    [made] = [path for path in snapshot(content) if path not in before]
    assert "  p:\n" in Path(made).read_text(encoding="utf-8")


def test_what_is_known_of_a_source_is_offered(content: Path) -> None:
    flags = [*INSPECTION[:-1], "https://example.org/post"]
    done = new(content, "inspection", *flags)
    assert done.exit_code == 0, done.output
    [source] = load(content).inspections["2024-05-03-north-2024"].sources.values()
    assert (source.kind, source.title) == ("press", "Police do well")
    assert (source.publisher, source.author) == ("The Northshire Post", "A. Writer")


def test_what_is_named_twice_stands_there_once(content: Path) -> None:
    assert new(content, "inspection", *INSPECTION, "--body", "north").exit_code == 0
    made = load(content).inspections["2024-05-03-north-2024"]
    assert [*made.bodies] == ["northern-unit", "north"]


def test_an_undated_inspection_is_named_so(content: Path) -> None:
    flags = [*INSPECTION, "--published", "not-known", "--short", "Çà & là – " + "x" * 90]
    done = new(content, "inspection", *flags)
    assert done.exit_code == 0, done.output
    assert (content / "inspections" / "undated-ca-la.yml").exists()


def test_a_round_that_cannot_be_read_is_to_be_put_right_first(content: Path) -> None:
    file = content / "rounds.yml"
    file.write_text(file.read_text().replace("began: 2023-01", "began: x"))
    done = new(content, "inspection", *INSPECTION)
    assert done.exit_code == 1
    assert "Put this right first." in done.stderr
    assert "[date-form]" in done.stderr


@pytest.mark.parametrize(
    ("kind", "flags", "answers"),
    [
        ("unit", UNIT, "unit|Second Unit|Unit 2|nort|north|nshire|northshire|"),
        ("force", UNIT, "force|Second Unit|Unit 2|north|"),
        ("region", UNIT, "region|Second Unit|Unit 2|"),
    ],
)
def test_a_body_is_drafted(content: Path, kind: str, flags: list[str], answers: str) -> None:
    kept = {"unit": flags[2:], "force": flags[2:8] + flags[10:], "region": flags[2:6] + flags[10:]}
    file = content / "bodies" / "unit-2.yml"
    done = new(content, "body", "--kind", kind, *kept[kind])
    assert done.exit_code == 0, done.output
    made = file.read_bytes()
    assert rules(content) == {"to-fill-in"}
    assert b"  site:\n" in made
    file.unlink()
    typed = (
        answers.replace("|", "\n") + "https://example.org/unit-2\n\n\n\nabout us\nnot-known\n\n\n"
    )
    typed = answers.replace("|", "\n") + "https://example.org/unit-2\n\n\nAbout us\nnot-known\n\n\n"
    assert new(content, "body", answers=typed).exit_code == 0
    fill_in(file, seen="all of it", **{"from": "2020"})
    assert check(load(content)) == ()


def test_a_region_lies_in_no_region_and_only_a_unit_has_forces(content: Path) -> None:
    done = new(content, "body", *UNIT, "--kind", "region")
    assert (done.exit_code, "does not lie in another" in done.stderr) == (2, True)
    done = new(content, "body", *UNIT, "--kind", "force")
    assert (done.exit_code, "Only a unit is run by forces" in done.stderr) == (2, True)


def test_a_finding_is_added_and_shown(content: Path) -> None:
    file = content / NORTH
    before = file.read_text(encoding="utf-8")
    done = new(content, "finding", *FINDING, "--no-comments")
    assert done.exit_code == 0, done.output
    added = (
        "    concerns:\n"
        "      - id: too-few-people-again\n"
        '        title: "Too few people: again"\n'
        "        summary: FILL-IN\n"
        "        label: not-stated\n"
        "        themes: [workload, fraud]\n"
        "        source: post\n"
    )
    assert file.read_text(encoding="utf-8") == before.replace("  north:\n", f"{added}  north:\n")
    number = before[: before.index("  north:\n")].count("\n") + 1
    shown = "".join(
        f"  {number + index} | {line}\n" for index, line in enumerate(added.splitlines())
    )
    assert done.output.startswith(f"\nAdded to {file}:\n\n{shown}\n1 part is to be filled in")
    assert rules(content) == {"to-fill-in"}
    fill_in(file, summary="There are too few.")
    assert check(load(content)) == ()


def test_a_finding_is_asked_for(content: Path) -> None:
    answers = (
        "2023-05-04-north\nnorth\nnorthshire\npraised\nQuick work\nworkloads\n\n"
        "promising\npromising-practice\nreport\nquick-work\n\n"
    )
    answers = answers.replace("north\nnorthshire", "nort\nnorthshire")
    done = new(content, "finding", answers=answers)
    assert done.exit_code == 0, done.output
    for told in (
        "  2023-05-04-north, 2024-05-02-northshire\n",
        "  northshire, northern-unit, north\n",
        "  workload, fraud\n",
        "  report, post\n",
        'There is no theme "workloads".',
        '"quick-work" is the id of another finding or claim here. Choose another.',
        "[quick-work-2]",
        "# What inspectors found, in our own words.",
    ):
        assert told in done.output
    [_, made] = load(content).inspections["2023-05-04-north"].bodies["northshire"].praised
    assert (made.id, made.label, made.themes) == ("quick-work-2", "promising-practice", ())
    assert rules(content) == {"to-fill-in"}


def test_an_inspection_that_cannot_be_read_gets_no_finding(content: Path) -> None:
    (content / NORTH).write_text("title: [\n")
    done = new(content, "finding", *FINDING)
    assert done.exit_code == 2
    assert "2023-05-04-north.yml cannot be read. Put right first" in done.stderr


def test_a_file_that_changes_while_questions_are_asked_is_left_alone(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_: object) -> None:
        raise ChangedError

    monkeypatch.setattr(commands, "put_in_place", meanwhile)
    done = new(content, "finding", *FINDING)
    assert (done.exit_code, "Nothing was written: try again." in done.stderr) == (1, True)


def test_a_file_that_comes_while_questions_are_asked_is_left_alone(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(path: Path, _: str) -> None:
        path.write_text("theirs")
        create(path, "ours")

    monkeypatch.setattr(drafting, "create", meanwhile)
    done = new(content, "inspection", *INSPECTION)
    assert (done.exit_code, "is there already. Nothing was" in done.stderr) == (1, True)
    assert (content / "inspections" / "2024-05-03-north-2024.yml").read_text() == "theirs"


def test_a_folder_that_cannot_be_written_to_is_told(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _: str) -> None:
        raise PermissionError(EACCES, "Permission denied", str(path))

    monkeypatch.setattr(drafting, "create", refuse)
    done = new(content, "inspection", *INSPECTION)
    assert (done.exit_code, "cannot be written: " in done.stderr) == (1, True)
    assert "Traceback" not in done.output


def test_a_finding_may_be_added_to_a_draft(content: Path) -> None:
    new(content, "inspection", *INSPECTION)
    flags = [*FINDING, "--inspection", "2024-05-03-north-2024", "--source", "report"]
    assert new(content, "finding", *flags).exit_code == 0
    assert new(content, "finding", *flags).exit_code == 0
    made = load(content).inspections["2024-05-03-north-2024"].bodies["northern-unit"].concerns
    assert [each.id for each in made] == ["too-few-people-again", "too-few-people-again-2"]
    assert rules(content) == {"to-fill-in"}
    assert len(check(load(content))) == 5


def test_lines_that_have_no_safe_place_are_shown_to_be_added_by_hand(content: Path) -> None:
    file = content / NORTH
    text = file.read_text().replace(
        "  northern-unit:\n    ratings:\n      - ", "  northern-unit: {ratings: ["
    )
    file.write_text(
        text.replace("grade: poor, source: report}\n", "grade: poor, source: report}]}\n")
    )
    assert check(load(content)) == ()
    before = snapshot(content)
    done = new(content, "finding", *FINDING)
    assert done.exit_code == 1
    assert "stands in braces. Nothing was changed in" in done.stderr
    assert "- id: too-few-people-again" in done.stderr
    assert snapshot(content) == before


def test_drafts_fit_the_real_content_and_its_site_is_built(tmp_path: Path) -> None:
    content = shutil.copytree(ROOT / "content", tmp_path / "content")
    soc = content / "inspections" / "2022-12-07-north-east-soc.yml"
    body = [
        "--kind",
        "force",
        "--name",
        "Town Police: A",
        "--short",
        "Town",
        "--region",
        "north-east",
    ]
    about = ["--source-title", "About", "--source-published", "not-known"]
    address = ["--source-url", "https://example.org/town"]
    assert new(content, "body", *body, *about, *address).exit_code == 0
    flags = ["--title", 'A "town"', "--short", "Town, 2026", "--round", "peel-2023"]
    flags += ["--published", "2026-03", "--body", "town", "--body", "north-east"]
    assert new(content, "inspection", *flags, *address[:1], f"{address[1]}/report").exit_code == 0
    finding = ["--inspection", soc.stem, "--body", "durham", "--kind", "concern"]
    finding += ["--title", "No: 1", "--theme", "fraud", "--source", "bbc"]
    before = soc.read_text(encoding="utf-8").splitlines()
    assert new(content, "finding", *finding).exit_code == 0
    finding[1] = "2026-03-town-2026"
    finding[3] = "town"
    assert new(content, "finding", *finding, "--source", "report").exit_code == 0
    assert rules(content) == {"to-fill-in"}

    after = soc.read_text(encoding="utf-8").splitlines()
    added = len(after) - len(before)
    assert any(after[:at] + after[at + added :] == before for at in range(len(after)))
    for file in content.rglob("*.yml"):
        fill_in(file, seen="all", fieldwork="not-known", grade="good", summary="Text.")
    fill_in(content / "bodies" / "town.yml", **{"from": "not-known"})
    sound = read(content)
    assert {"town", "2026-03-town-2026"} <= {*sound.bodies, *sound.inspections}
