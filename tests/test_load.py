"""The content folder becomes records; every file in it is read or told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from peelsite.checks import check, warn
from peelsite.load import Content, load
from peelsite.load.naming import id_meant
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


@pytest.mark.parametrize("name", [".DS_Store", "bodies/.keep", ".git/config", ".north.yml"])
def test_hidden_files_are_passed_over(content: Path, name: str) -> None:
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_bytes(b"\0")
    assert (check(load(content)), warn(load(content))) == ((), ())


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


@pytest.mark.parametrize(
    "name",
    [
        *("north.yml~", ".north.yml.swp", ".north.yml.swo", "#north.yml#", ".#north.yml"),
        *("north.yml.orig", "north.yml.bak", "north.yaml~", ".north.yml~", "NORTH.YML.BAK"),
    ],
)
@pytest.mark.parametrize("folder", ["", "bodies", "inspections"])
def test_what_an_editor_leaves_gets_a_warning(content: Path, folder: str, name: str) -> None:
    shutil.copy(content / "bodies" / "north.yml", content / folder / name)
    loaded = load(content)
    [warning] = warn(loaded)
    assert (warning.path, warning.rule) == (f"content/{Path(folder, name)}", "leftover")
    assert check(loaded) == ()


def test_what_an_editor_leaves_does_not_stand_for_the_file(content: Path) -> None:
    (content / "themes.yml").rename(content / "themes.yml~")
    (content / "bodies" / "north.yml").rename(content / "bodies" / "north.yml~")
    loaded = load(content)
    assert "north" not in (loaded.ids("bodies") or ())
    assert {each.rule for each in check(loaded)} == {"no-file", "unknown-id"}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("North.yml", "north"), ("north shire.yml", "north-shire"), ("north.yaml", "north")),
        *(("north copy.yml", "north"), ("north copy 3.yml", "north"), ("north (1).yml", "north")),
        *(("north - Copy.yml", "north"), ("Copy of north.yml", "north"), ("north.YML", "north")),
        *(
            ("north - Copy (2).yml", "north"),
            ("north.yml.txt", "north"),
            ("north_copy.yml", "north"),
        ),
        *(("north (Ann's conflicted copy).yml", "north"), ("north.yml.yml", "north")),
        *(("north-copy.yml", "north-copy"), ("copy-north.yml", "copy-north")),
        *(("v1.2.yml", "v1-2"), ("north", "north"), ("photocopy.yml", "photocopy")),
    ],
)
def test_the_name_of_a_file_tells_the_id_that_was_meant(name: str, meant: str) -> None:
    assert id_meant(name) == meant


@pytest.mark.parametrize(
    "name", ["north.yaml", "north.YML", "north.yml.txt", "North.yml", "north (1).yml"]
)
def test_of_two_files_for_one_body_one_is_to_go(content: Path, name: str) -> None:
    shutil.copy(content / "bodies" / "north.yml", content / "bodies" / name)
    problem = told(content)
    assert problem.path == f"content/bodies/{name}"
    assert "elete one of the two" in problem.remedy


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("theme.yaml", "Did you mean"),
        ("Rounds.YAML", "There is a"),
        ("rounds.yml.txt", "There is a"),
    ],
)
def test_names_beside_the_vocabularies_are_told(content: Path, name: str, remedy: str) -> None:
    (content / name).write_text("a: b\n")
    problem = told(content)
    assert problem.path == f"content/{name}"
    assert remedy in problem.message + problem.remedy


@pytest.mark.parametrize("folder", ["", "inspections"])
def test_a_body_in_the_wrong_place_is_told_and_known(content: Path, folder: str) -> None:
    (content / "bodies" / "north.yml").rename(content / folder / "north.yml")
    loaded = load(content)
    assert "north" in (loaded.ids("bodies") or ())
    assert told(content).rule == "wrong-folder"
    assert told(content).remedy == "Move it to bodies/north.yml."


def test_a_vocabulary_in_the_wrong_place_is_told_and_known(content: Path) -> None:
    (content / "themes.yml").rename(content / "bodies" / "themes.yml")
    assert load(content).ids("themes") == ("workload", "fraud")
    assert told(content).rule == "wrong-folder"


def test_one_name_of_another_kind_of_file_does_not_tell_what_it_is(content: Path) -> None:
    body = content / "bodies" / "north.yml"
    body.write_text(f"{body.read_text()}title: North\n")
    assert told(content).rule == "unknown-key"


@pytest.mark.parametrize(
    ("name", "text"),
    [("north", "title: North\n"), ("themes", "a: b\n"), ("themes", "title: {}\nkind: {}\n")],
)
def test_what_tells_too_little_is_taken_for_what_stands_there(
    content: Path, name: str, text: str
) -> None:
    (content / "bodies" / f"{name}.yml").write_text(text)
    rules = {each.rule for each in load(content).problems}
    assert rules & {"unknown-key", "missing"}
    assert "wrong-folder" not in rules


@pytest.mark.parametrize("name", ["body", "Bodies", "bodys"])
def test_a_folder_whose_name_is_misspelt_is_told_alone(content: Path, name: str) -> None:
    (content / "bodies").rename(content / name)
    assert told(content).path == f"content/{name}"


def test_bytes_may_be_given_for_a_file(content: Path) -> None:
    first = load(content)
    instead = {"content/themes.yml": b"fraud: {label: F, meaning: M}"}
    second = load(content, first, instead=instead)
    assert list(second.themes) == ["fraud"]
    assert same(first, second) == set(first.files) - {"content/themes.yml"}


def test_reading_is_watched(content: Path) -> None:
    seen: list[Path] = []

    def watch(paths: list[Path]) -> Iterator[Path]:
        for path in paths:
            seen.append(path)
            yield path

    assert len(load(content, watch=watch).files) == len(seen) > 0


@pytest.mark.parametrize("place", ["themes.yml", "bodies/extra.yml", "bodies/extra", "extra"])
@pytest.mark.parametrize("target", ["nowhere.yml", "extra.yml", "rounds.yml", "/etc/passwd", "/"])
def test_a_link_is_told_and_not_followed(content: Path, place: str, target: str) -> None:
    (content / place).unlink(missing_ok=True)
    (content / place).symlink_to(target)
    problems = load(content).problems
    assert [each.rule for each in problems] == ["link"]


@pytest.mark.parametrize("folder", ["bodies", "inspections", "pages", "schema"])
def test_a_folder_may_not_be_a_link(content: Path, tmp_path: Path, folder: str) -> None:
    (content / folder).mkdir(exist_ok=True)
    (content / folder).rename(tmp_path / folder)
    (content / folder).symlink_to(tmp_path / folder)
    assert [each.rule for each in load(content).problems] == ["link"]


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
