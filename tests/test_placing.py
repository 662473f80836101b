"""The place of a served site: what an older build still writes does not get in the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from peelsite.kept import Entry, Kept, digest_of
from peelsite.mkdocs_plugin.placing import ServedPlace
from peelsite.mkdocs_plugin.writing import Writing, always
from peelsite.search import Background
from tests.sites import tree

PATIENCE = 10.0


@dataclass
class Build:
    """Stands for a build with a first page, others, and one file, which wait until they may end."""

    place: ServedPlace
    page: str
    file: str = ""
    others: tuple[str, ...] = ()
    may_end: Event = field(default_factory=Event)
    began: Event = field(default_factory=Event)
    ended: list[bool] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    kept: Kept = field(init=False)
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.kept, self.folder = self.place.kept, self.place.building

    def write_first(self, _: object) -> None:
        self._put("index.html")

    def write_pages(self, is_wanted: Callable[[], bool] = always) -> bool:
        if "index.html" not in self.entries:
            self.write_first(())
        for each in self.others:
            self._put(each)
        return is_wanted()

    def write_files(self, is_wanted: Callable[[], bool]) -> bool:
        self.began.set()
        deadline = time.monotonic() + PATIENCE
        while is_wanted() and not self.may_end.is_set() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.ended.append(is_wanted())
        if is_wanted() and self.file:
            self._put(self.file)
        return is_wanted()

    def _put(self, path: str) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / path).write_text(self.page, encoding="utf-8")
        self.entries[path] = Entry(self.page, digest_of(self.page.encode()))

    def as_writing(self) -> Writing:
        return cast("Writing", self)


@pytest.fixture
def place(tmp_path: Path) -> ServedPlace:
    final = tmp_path / "site"
    final.mkdir()
    told: list[str] = []
    return ServedPlace(final, Background(told.append), told.append)


def begin(place: ServedPlace, build: Build) -> None:
    """Let a build be served; what follows it has begun."""
    place.interrupt()
    place.finish(build.as_writing(), None, (), lambda: None)


def wait(place: ServedPlace, build: Build) -> None:
    """Wait until all is written that follows a build."""
    while not build.ended:
        time.sleep(0.01)
    with place._at_work:
        pass


def finish(place: ServedPlace, build: Build) -> None:
    """Let a build be served and end."""
    build.may_end.set()
    begin(place, build)
    wait(place, build)


@pytest.mark.parametrize("then", ["problems", "another build"])
def test_files_that_are_no_longer_wanted_are_left_unwritten(place: ServedPlace, then: str) -> None:
    old, new = Build(place, "old", "file"), Build(place, "new")
    begin(place, old)
    assert old.began.wait(PATIENCE)
    if then == "problems":
        place.interrupt()
        place.show_problems(new.as_writing())
    else:
        finish(place, new)

    assert old.ended == [False]
    assert tree(place.final) == {"index.html": b"new"}


@dataclass
class Slow(Build):
    """A build whose other pages wait until they may end, too."""

    def write_pages(self, is_wanted: Callable[[], bool] = always) -> bool:
        super().write_pages()
        self.began.set()
        deadline = time.monotonic() + PATIENCE
        while is_wanted() and not self.may_end.is_set() and time.monotonic() < deadline:
            time.sleep(0.01)
        return is_wanted()


def test_the_first_page_is_served_before_the_others_and_browsers_load_again_after_them(
    place: ServedPlace,
) -> None:
    told: list[dict[str, bytes]] = []
    place.reload = lambda: told.append(tree(place.final))
    build = Slow(place, "new", "file", ("other",))
    begin(place, build)
    assert build.began.wait(PATIENCE)
    assert tree(place.final) == {"index.html": b"new"}
    build.may_end.set()
    wait(place, build)

    assert told == [{"index.html": b"new", "other": b"new"}]
    assert tree(place.final) == {"index.html": b"new", "other": b"new", "file": b"new"}


def test_browsers_load_nothing_again_where_no_other_page_changed(place: ServedPlace) -> None:
    told: list[str] = []
    place.reload = lambda: told.append("again")
    finish(place, Build(place, "new", "file"))

    assert told == []


def test_pages_of_a_build_that_was_overtaken_are_neither_served_nor_believed(
    place: ServedPlace,
) -> None:
    old, new = Slow(place, "old", others=("a", "b")), Build(place, "new", others=("b",))
    begin(place, old)
    assert old.began.wait(PATIENCE)
    place.interrupt()
    assert tree(place.final) == {"index.html": b"old"}
    assert place.kept.entries.keys() == {"index.html"}
    finish(place, new)

    assert tree(place.final) == {"index.html": b"new", "b": b"new"}
    assert [path.name for path in place.final.parent.iterdir()] == ["site"]


def test_a_page_that_is_no_longer_made_goes(place: ServedPlace) -> None:
    finish(place, Build(place, "one", others=("a", "b")))
    finish(place, Build(place, "two", others=("b",)))

    assert tree(place.final) == {"index.html": b"two", "b": b"two"}


def test_after_problems_the_others_are_looked_for_where_the_good_site_is(
    place: ServedPlace,
) -> None:
    finish(place, Build(place, "good", others=("other",)))
    place.interrupt()
    place.show_problems(Build(place, "problem").as_writing())
    mended = Build(place, "good", others=("other",))
    finish(place, mended)

    assert mended.kept.find("other", "good")


def test_after_problems_the_good_site_is_there_again(place: ServedPlace) -> None:
    finish(place, Build(place, "good", "file"))
    for _ in range(2):
        place.interrupt()
        place.show_problems(Build(place, "problem").as_writing())
        assert tree(place.final) == {"index.html": b"problem"}
    finish(place, Build(place, "mended", "file"))

    assert tree(place.final) == {"index.html": b"mended", "file": b"mended"}
    assert [path.name for path in place.final.parent.iterdir()] == ["site"]


def test_what_fails_after_the_first_page_is_told_and_mended_by_the_next_build(
    tmp_path: Path,
) -> None:
    told: list[str] = []
    (tmp_path / "site").mkdir()
    place = ServedPlace(tmp_path / "site", Background(told.append), told.append)
    broken = Build(place, "old", others=("no/such/folder",))
    begin(place, broken)
    while not told:
        time.sleep(0.01)
    finish(place, Build(place, "new", others=("other",)))

    assert len(told) == 1
    assert told[0].startswith("The rest stays as it was until the next change: ")
    assert tree(place.final) == {"index.html": b"new", "other": b"new"}


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
