"""The place of a served site: what an older build still writes does not get in the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from peelsite.kept import Entry
from peelsite.mkdocs_plugin.placing import ServedPlace
from peelsite.mkdocs_plugin.writing import Writing
from peelsite.search import Background
from tests.sites import tree

PATIENCE = 10.0


@dataclass
class Build:
    """Stands for a build with one page, and one file beside it, which waits until it may end."""

    place: ServedPlace
    page: str
    file: str = ""
    may_end: Event = field(default_factory=Event)
    began: Event = field(default_factory=Event)
    ended: list[bool] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)

    def write_pages(self) -> None:
        self.place.building.mkdir(exist_ok=True)
        (self.place.building / "index.html").write_text(self.page, encoding="utf-8")
        self.entries["index.html"] = Entry(self.page, self.page)

    def write_files(self, is_wanted: Callable[[], bool]) -> bool:
        self.began.set()
        deadline = time.monotonic() + PATIENCE
        while is_wanted() and not self.may_end.is_set() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.ended.append(is_wanted())
        if is_wanted() and self.file:
            (self.place.final / self.file).write_text(self.page, encoding="utf-8")
            self.entries[self.file] = Entry(self.page, self.page)
        return is_wanted()

    def as_writing(self) -> Writing:
        return cast("Writing", self)


@pytest.fixture
def place(tmp_path: Path) -> ServedPlace:
    final = tmp_path / "site"
    final.mkdir()
    told: list[str] = []
    return ServedPlace(final, Background(told.append))


def finish(place: ServedPlace, build: Build) -> None:
    """Let a build be served and end."""
    build.may_end.set()
    place.finish(build.as_writing(), None)
    while not build.ended:
        time.sleep(0.01)
    place._background.stop()


@pytest.mark.parametrize("then", ["problems", "another build"])
def test_files_that_are_no_longer_wanted_are_left_unwritten(place: ServedPlace, then: str) -> None:
    old, new = Build(place, "old", "file"), Build(place, "new")
    place.finish(old.as_writing(), None)
    assert old.began.wait(PATIENCE)
    new.may_end.set()
    if then == "problems":
        new.write_pages()
        place.show_problems(new.as_writing())
    else:
        finish(place, new)

    assert old.ended == [False]
    assert tree(place.final) == {"index.html": b"new"}


def test_after_problems_the_good_site_is_there_again(place: ServedPlace) -> None:
    finish(place, Build(place, "good", "file"))
    for _ in range(2):
        place.show_problems(Build(place, "problem").as_writing())
        assert tree(place.final) == {"index.html": b"problem"}
    finish(place, Build(place, "mended", "file"))

    assert tree(place.final) == {"index.html": b"mended", "file": b"mended"}
    assert [path.name for path in place.final.parent.iterdir()] == ["site"]


def test_a_file_that_is_no_longer_made_goes(place: ServedPlace) -> None:
    finish(place, Build(place, "one", "one"))
    finish(place, Build(place, "two", "two"))

    assert tree(place.final) == {"index.html": b"two", "two": b"two"}


def test_nothing_is_left_beside_the_site(place: ServedPlace) -> None:
    finish(place, Build(place, "good"))
    place.show_problems(Build(place, "problem").as_writing())
    place.building.mkdir()
    place.close()

    assert [path.name for path in place.final.parent.iterdir()] == ["site"]
