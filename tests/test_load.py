"""The content folder becomes records; every file in it is read or told."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from peelsite.checks import check
from peelsite.load import Content, load
from peelsite.problems import Problem
from peelsite.yaml_source import LARGEST
from tests.problems import BASE


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "content")


def told(content: Path) -> Problem:
    """Return the one problem of ``content``."""
    [problem] = check(load(content))
    return problem


def test_records_are_named_by_their_place(content: Path) -> None:
    loaded = load(content)
    assert list(loaded.bodies) == ["north", "northern-unit", "northshire"]
    assert list(loaded.inspections) == ["2023-05-04-north", "2024-05-02-northshire"]
    assert list(loaded.themes) == ["workload", "fraud"]
    assert list(loaded.glossary) == ["ncu"]
    assert loaded.problems == ()


def test_every_file_is_known_by_the_path_that_problems_print(content: Path) -> None:
    assert set(load(content).files) == {
        f"content/{path.relative_to(content).as_posix()}" for path in content.rglob("*.yml")
    }


def test_the_present_folder_has_a_name_too(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(content)
    assert set(load(Path()).files) == set(load(content).files)


@pytest.mark.parametrize("name", [".DS_Store", "bodies/.northshire.yml.swp", ".git/config"])
def test_hidden_files_are_passed_over(content: Path, name: str) -> None:
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_bytes(b"\0")
    assert check(load(content)) == ()


def test_pages_belong_to_the_host(content: Path) -> None:
    (content / "pages").mkdir()
    (content / "pages" / "about.md").write_text("# About")
    assert check(load(content)) == ()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("bodies/x.yml", "Put its files into bodies/ itself."),
        ("inspections/2022", "Put its files into inspections/ itself."),
        ("inspection", "Write one of: bodies, inspections, pages. Did you mean"),
        ("x.yml", "Write one of: bodies, inspections, pages."),
    ],
)
def test_a_folder_without_a_place_is_told(content: Path, name: str, remedy: str) -> None:
    (content / name).mkdir()
    (content / name / "north.yml").write_text("kind: region\n")
    problem = told(content)
    assert problem.path == f"content/{name}"
    assert problem.rule == "stray-file"
    assert problem.remedy.startswith(remedy)


def test_a_folder_in_place_of_a_file_is_told(content: Path) -> None:
    (content / "themes.yml").unlink()
    (content / "themes.yml").mkdir()
    assert told(content).message == '"themes.yml" is not a folder that is known here.'


def test_a_file_in_place_of_a_folder_is_told(content: Path) -> None:
    shutil.rmtree(content / "bodies")
    (content / "bodies").write_text("x")
    assert told(content).message == '"bodies" is not a file that is known here.'


@pytest.mark.parametrize("name", ["Northshire.yml", "north shire.yml", "north_shire.yml"])
def test_the_name_of_a_file_is_an_id(content: Path, name: str) -> None:
    (content / "bodies" / name).write_text("kind: force\n")
    problem = told(content)
    assert (problem.path, problem.rule) == (f"content/bodies/{name}", "file-name")


def test_a_file_may_be_a_link(content: Path, tmp_path: Path) -> None:
    (content / "themes.yml").rename(tmp_path / "themes.yml")
    (content / "themes.yml").symlink_to(tmp_path / "themes.yml")
    assert check(load(content)) == ()


@pytest.mark.parametrize("target", ["nowhere.yml", "extra.yml"])
def test_a_link_that_leads_nowhere_is_told(content: Path, target: str) -> None:
    (content / "bodies" / "extra.yml").symlink_to(target)
    assert told(content).rule == "unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files.")
def test_a_file_that_never_ends_is_not_waited_for(content: Path) -> None:
    os.mkfifo(content / "bodies" / "extra.yml")
    assert told(content).rule == "unreadable"


def test_a_name_that_cannot_be_printed_is_shown_as_far_as_it_can(content: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yml")
    try:
        (content / "bodies" / name).write_text("x")
    except OSError:
        return  # a file system that has only names that can be printed
    assert told(content).path == "content/bodies/caf?.yml"
    assert str(told(content)).encode()


def test_a_file_that_is_too_large_is_told_before_it_is_read(content: Path) -> None:
    with (content / "themes.yml").open("r+b") as file:
        file.truncate(LARGEST * 2_000)
    assert told(content).rule == "too-large"


def test_without_the_folder_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "content")


def test_of_an_empty_folder_every_missing_file_is_told(tmp_path: Path) -> None:
    problems = load(tmp_path).problems
    assert {each.rule for each in problems} == {"no-file"}
    assert [each.path.rpartition("/")[2] for each in sorted(problems, key=lambda p: p.path)] == [
        "bodies",
        *(f"{name}.yml" for name in ("glossary", "questions", "rounds", "scales", "themes")),
    ]


def test_there_may_be_no_inspections_yet(content: Path) -> None:
    shutil.rmtree(content / "inspections")
    assert check(load(content)) == ()


def same(first: Content, second: Content) -> set[str]:
    return {path for path, file in second.files.items() if file is first.files.get(path)}


def test_only_what_changed_is_read_again(content: Path) -> None:
    first = load(content)
    theme = content / "themes.yml"
    theme.write_text(theme.read_text().replace("Workload,", "Work,"))
    second = load(content, before=first)
    assert same(first, second) == set(first.files) - {"content/themes.yml"}
    assert second.themes["workload"].label == "Work"
    assert second.bodies == first.bodies


def test_a_file_that_is_touched_only_is_not_read_again(content: Path) -> None:
    first = load(content)
    for path in content.rglob("*.yml"):
        os.utime(path)
    assert same(first, load(content, before=first)) == set(first.files)


def test_problems_stay_with_a_file_that_is_not_read_again(content: Path) -> None:
    path = content / "bodies" / "north.yml"
    sound = path.read_text()
    path.write_text(sound.replace("kind: region", "kind: regin"))
    first = load(content)
    second = load(content, before=first)
    assert check(second) == check(first) != ()
    path.write_text(sound)
    assert check(load(content, before=second)) == ()


def test_what_was_removed_is_forgotten(content: Path) -> None:
    first = load(content)
    (content / "bodies" / "northshire.yml").unlink()
    second = load(content, before=first)
    assert "northshire" not in second.bodies
    assert "northshire" not in (second.ids("bodies") or ())
    (content / "bodies" / "northshire.yml").write_text("kind: [")
    third = load(content, before=second)
    assert "northshire" not in third.bodies
    assert "northshire" in (third.ids("bodies") or ())


def test_ids_are_known_even_of_what_cannot_be_read(content: Path) -> None:
    (content / "themes.yml").write_text("Work Load: x\nfraud: 3\n")
    (content / "rounds.yml").write_text("a: [")
    (content / "bodies" / "rounds.yml").write_text("kind: [")
    loaded = load(content)
    assert loaded.ids("themes") == ("work-load", "fraud")
    assert loaded.ids("rounds") is None
    assert "rounds" in (loaded.ids("bodies") or ())


def test_a_record_is_whole_if_its_file_is_sound(content: Path) -> None:
    path = content / "bodies" / "northshire.yml"
    path.write_text(path.read_text().replace("read: 2023-06-01", "read: once"))
    loaded = load(content)
    whole = {id_: loaded.is_whole(body) for id_, body in loaded.bodies.items()}
    assert whole == {"north": True, "northern-unit": True, "northshire": False}
