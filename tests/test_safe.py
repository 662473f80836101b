"""A build fails safe: killed, on a full disk or beside another, it leaves a whole site, old or new.

``PEELSITE_KILLS=300 pytest tests/test_safe.py -k killed`` kills at that many moments of a build.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from peelsite.kept import read
from peelsite.mkdocs_plugin import yard as yards
from peelsite.mkdocs_plugin.yard import Yard
from tests.serving import replace
from tests.sites import assert_none, build, copy_project, differences, environment, run_mkdocs, tree
from tests.test_kept import ADDRESS, PLAIN, SMALL, SPECIAL, beside, fresh

PATIENCE: Final = 60
"""Seconds after which a build is taken to hang."""

KILLS: Final = int(os.environ.get("PEELSITE_KILLS", "12"))
"""At how many moments, spread over a build, it is killed."""


@dataclass(frozen=True)
class Project:
    """A project with the small site, built, and then changed; what it made before and makes now."""

    folder: Path
    temporary: Path
    old: dict[str, bytes]
    new: dict[str, bytes]

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def copy(self, to: Path) -> Project:
        shutil.copytree(self.folder, to / "project", symlinks=True)
        (to / "temporary").mkdir()
        return Project(to / "project", to / "temporary", self.old, self.new)

    def run(self, action: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Build, and do something at some moment; fails the test if that hangs or lives on."""
        with subprocess.Popen(
            [sys.executable, "-c", f"{_WATCHED}\n{action}\ncli()", "build", "-q", *arguments],
            cwd=self.folder,
            env=environment(**PLAIN, TMPDIR=str(self.temporary)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        ) as process:
            output, _ = process.communicate(timeout=PATIENCE)
        assert_gone(process.pid)
        return subprocess.CompletedProcess([], process.returncode, output)

    def litter(self) -> list[str]:
        """Return what builds have left that does not belong there."""
        cache = (self.folder / ".cache").rglob("*")
        half = [each.name for each in cache if each.suffix not in {"", ".json", ".card"}]
        return [*beside(self.folder), *half, *(each.name for each in self.temporary.iterdir())]

    def assert_whole(self) -> None:
        """Fail unless the site is the old one or the new one, and the next build puts all right."""
        assert tree(self.site) in (self.old, self.new)
        self.assert_next()

    def assert_next(self) -> None:
        """Fail unless the next build makes the site that it should, and clears up."""
        run = self.run("")
        assert (run.returncode, run.stdout) == (0, "")
        assert tree(self.site) == self.new
        assert_none(self.litter())


_WATCHED: Final = """
import os, signal, sys, time
from errno import ENOSPC
from mkdocs.__main__ import cli

signal.signal(signal.SIGINT, signal.default_int_handler)  # who tests in the background ignores it
FIRST, WRITES = os.getpid(), os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "subprocess.Popen"}
SWAP = "ctypes.dlsym"

def watch(act):
    seen = {}
    def look(event, given):
        is_swap = event == SWAP and given[1] == "renameat2"
        is_write = event == "open" and isinstance(given[2], int) and given[2] & WRITES
        if event in CHANGES or is_swap or is_write:
            own = os.getpid()
            seen[own] = seen.get(own, 0) + 1
            act(seen[own], "swap" if is_swap else event, own == FIRST)
    sys.addaudithook(look)

def kill(at, number, in_first):
    def act(seen, event, is_first):
        if seen == at and is_first == in_first:
            if number == signal.SIGINT:
                os.killpg(0, number)  # as Ctrl+C does
            else:
                os.kill(os.getpid(), number)
    watch(act)

def kill_near_swap(number, after):
    steps = []
    def act(seen, event, is_first):
        if event == "swap" or steps:
            steps.append(event)
            if len(steps) == after + 1:
                os.killpg(0, number) if number == signal.SIGINT else os.kill(FIRST, number)
    watch(act)

def fill(at):
    def act(seen, event, is_first):
        if seen >= at and event in {"open", "os.mkdir"}:
            raise OSError(ENOSPC, "No space left on device")
    watch(act)
"""
"""Tells each change that a build makes on the disk just before it happens, in either process."""


def assert_gone(group: int) -> None:
    """Fail unless all processes of a group have ended."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("a process outlives the build")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Give a project to be copied."""
    here = tmp_path_factory.mktemp("safe")
    folder = copy_project(here / "project", SMALL)
    old = tree(build(folder, folder / "site", **PLAIN))
    replace(folder / SPECIAL, "grade: adequate", "grade: good")
    new = tree(fresh(folder, here))
    shutil.rmtree(here / "fresh")
    (here / "temporary").mkdir()
    return Project(folder, here / "temporary", old, new)


@pytest.fixture
def project(changed: Project, tmp_path: Path) -> Project:
    """Give a project of which the site is the old one."""
    return changed.copy(tmp_path)


@pytest.fixture(scope="module")
def moments(changed: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what each process of a build does to the disk, in order."""
    copy = changed.copy(tmp_path_factory.mktemp("moments"))
    told = "watch(lambda seen, event, first: os.write(2, f'{first} {event}\\n'.encode()))"
    lines = [line.split() for line in copy.run(told).stdout.splitlines()]
    return {
        name: [event for first, event in lines if first == is_first]
        for name, is_first in (("first", "True"), ("second", "False"))
    }


# --- killed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_at_any_moment_a_build_leaves_a_whole_site(
    changed: Project, moments: dict[str, list[str]], tmp_path: Path, number: int
) -> None:
    at = 1 + number * len(moments["first"]) // KILLS
    which = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)[number % 3]
    project = changed.copy(tmp_path)
    run = project.run(f"kill({at}, {which:d}, True)")

    # The processes share the work as they have time, so that the last moments may not come.
    assert run.returncode in (1 if which == signal.SIGINT else -which, 0), run.stdout
    assert "Traceback" not in run.stdout
    project.assert_whole()


@pytest.mark.parametrize("after", [0, 1, 2])
def test_killed_at_the_swap_a_build_leaves_a_whole_site(project: Project, after: int) -> None:
    assert project.run(f"kill_near_swap(9, {after})").returncode == -signal.SIGKILL
    assert tree(project.site) == (project.new if after else project.old)
    project.assert_next()


@pytest.mark.parametrize("number", range(max(2, KILLS // 6)))
def test_a_build_whose_second_process_is_killed_says_so(
    changed: Project, moments: dict[str, list[str]], tmp_path: Path, number: int
) -> None:
    at = 1 + number * len(moments["second"]) // (2 * max(2, KILLS // 6))
    project = changed.copy(tmp_path)
    run = project.run(f"kill({at}, 9, False)")

    assert run.returncode == 1
    assert run.stdout == (
        "Error: The second process of the build has died. The site is as it was before.\n"
    )
    assert tree(project.site) == project.old
    assert_none(project.litter())
    project.assert_next()


def test_interrupted_before_the_swap_a_build_leaves_nothing(project: Project) -> None:
    run = project.run(f"kill_near_swap({signal.SIGINT:d}, 0)")

    assert (run.returncode, run.stdout) == (1, "\nAborted!\n")
    assert tree(project.site) == project.old
    assert_none(project.litter())


# --- a full disk -------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0, 0.01, 0.3, 0.6])
def test_a_full_disk_is_told_and_leaves_the_old_site(
    project: Project, moments: dict[str, list[str]], part: float
) -> None:
    at = 1 + int(part * moments["first"].index("swap"))
    run = project.run(f"fill({at})")

    assert run.returncode == 1
    assert run.stdout.endswith("Error: No space left on device. The site is as it was before.\n"), (
        run.stdout
    )
    assert "Traceback" not in run.stdout
    assert tree(project.site) == project.old
    assert_none(project.litter())
    project.assert_next()


@pytest.mark.parametrize("most", [10, 40_000, 200_000])
def test_a_file_that_cannot_be_written_whole_is_told(project: Project, most: int) -> None:
    run = project.run(f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, -1))")

    assert run.returncode == 1
    assert run.stdout.endswith("The site is as it was before.\n"), run.stdout
    assert "Traceback" not in run.stdout
    assert tree(project.site) == project.old
    assert_none(project.litter())
    project.assert_next()


# --- two at once -------------------------------------------------------------------------------


def test_a_second_build_of_the_same_site_waits_and_wins(project: Project, tmp_path: Path) -> None:
    pause = "watch(lambda seen, event, first: time.sleep(2) if event == 'swap' else None)"
    command = [sys.executable, "-c", f"{_WATCHED}\n{pause}\ncli()", "build", "-q"]
    with subprocess.Popen(command, cwd=project.folder, env=environment(**PLAIN)) as first:
        deadline = time.monotonic() + PATIENCE
        while not (project.folder / ".site.building").exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        replace(project.folder / SPECIAL, "grade: good", "grade: outstanding")
        second = run_mkdocs(project.folder, "build", "-f", "mkdocs.yml", **PLAIN)
        assert first.wait(PATIENCE) == 0

    assert second.returncode == 0
    assert f"Another build is at work on {project.site}." in second.stdout
    assert_none(differences(project.site, fresh(project.folder, tmp_path)))
    assert_none(beside(project.folder))
    before = tree(project.site)
    project.run("")
    assert tree(project.site) == before


def test_builds_of_two_sites_of_a_project_share_a_cache(project: Project, tmp_path: Path) -> None:
    shutil.rmtree(project.folder / ".cache")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "--site-dir"]
    places = [tmp_path / name for name in ("one", "two")]
    running = [
        subprocess.Popen([*command, str(place)], cwd=project.folder, env=environment(**ADDRESS))
        for place in places
    ]
    assert [each.wait(PATIENCE) for each in running] == [0, 0]
    expected = build(project.folder, tmp_path / "three", **ADDRESS)
    for place in places:
        assert_none(differences(place, expected))
    assert [path.name[0] for path in tmp_path.iterdir() if path.name[0] == "."] == []


def test_what_is_changed_during_a_build_is_not_taken_for_built(project: Project) -> None:
    change = """
def act(seen, event, first):
    if event == "swap":
        with open("content/pages/about.md", "a") as file:
            file.write("More.")
watch(act)
"""
    assert project.run(change).returncode == 0
    told = read(project.folder / ".cache" / "peelsite" / "sites", project.site)

    assert (dict(told.entries), told.everything) == ({}, "")


# --- the yard ----------------------------------------------------------------------------------


@pytest.fixture
def final(tmp_path: Path) -> Path:
    """Return a folder with an old site."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page").write_text("old", encoding="utf-8")
    return tmp_path / "site"


def unexpected() -> None:
    pytest.fail("nobody else is at work")


def lay_out(final: Path) -> Yard:
    """Return a yard with a new site in it."""
    yard = Yard(final, unexpected)
    yard.building.mkdir()
    (yard.building / "page").write_text("new", encoding="utf-8")
    return yard


@pytest.fixture(params=["at once", "one after the other"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Swap in one go, and as systems do that cannot."""
    if request.param != "at once":
        monkeypatch.setattr(yards, "_exchange", lambda *_: False)


@pytest.mark.usefixtures("way")
def test_what_is_swapped_in_is_all_that_is_left(final: Path) -> None:
    yard = lay_out(final)
    yard.swap()
    yard.leave()

    assert tree(final.parent) == {"site/page": b"new"}
    assert list(final.parent.iterdir()) == [final]


@pytest.mark.usefixtures("way")
def test_the_first_site_of_all_needs_none_to_be_swapped_with(tmp_path: Path) -> None:
    yard = lay_out(tmp_path / "not" / "there" / "site")
    yard.swap()
    yard.leave()

    assert tree(tmp_path) == {"not/there/site/page": b"new"}


def test_the_system_at_hand_swaps_in_one_go(final: Path) -> None:
    yard = lay_out(final)
    exchanged = yards._exchange(yard.building, final)
    yard.leave()

    assert exchanged == (sys.platform == "linux")


@pytest.mark.usefixtures("way")
def test_a_swap_that_fails_leaves_the_old_site(final: Path) -> None:
    yard = lay_out(final)
    shutil.rmtree(yard.building)
    with pytest.raises(FileNotFoundError):
        yard.swap()
    yard.leave()

    assert tree(final.parent) == {"site/page": b"old"}


def test_an_old_site_that_was_moved_away_by_a_killed_build_comes_back(final: Path) -> None:
    (final.parent / ".site.building").mkdir()
    final.rename(final.parent / ".site.building" / "old")
    Yard(final, unexpected).leave()

    assert tree(final.parent) == {"site/page": b"old"}


def test_leaving_again_does_not_clear_the_yard_of_another_build(final: Path) -> None:
    mine = lay_out(final)
    mine.leave()
    other = lay_out(final)
    mine.leave()
    other.swap()
    other.leave()

    assert tree(final.parent) == {"site/page": b"new"}


def test_a_link_in_place_of_the_yard_is_not_followed(final: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").touch()
    (tmp_path / ".site.building").symlink_to(elsewhere)
    with pytest.raises(OSError, match="building"):
        Yard(final, unexpected)

    assert (elsewhere / "mine").exists()


def test_links_in_the_yard_are_removed_and_not_followed(final: Path, tmp_path: Path) -> None:
    (tmp_path / ".site.building").mkdir()
    (tmp_path / ".site.building" / "link").symlink_to(final)
    Yard(final, unexpected).leave()

    assert tree(tmp_path) == {"site/page": b"old"}


# --- where a site may stand --------------------------------------------------------------------


def test_a_link_to_the_site_stays_a_link(project: Project) -> None:
    real = project.folder.parent / "real"
    project.site.rename(real)
    project.site.symlink_to(real)
    run = run_mkdocs(project.folder, "build", "--strict", "-f", "mkdocs.yml", **PLAIN)

    assert run.returncode == 0
    assert project.site.is_symlink()
    assert tree(real) == project.new
    assert sorted(each.name for each in project.folder.parent.iterdir()) == [
        "project",
        "real",
        "temporary",
    ]


@pytest.mark.parametrize("place", ["content/site", "templates", "templates/site", "linked/site"])
def test_a_site_does_not_take_the_place_of_what_it_is_made_of(project: Project, place: str) -> None:
    (project.folder / "linked").symlink_to("content")
    before = tree(project.folder)
    arguments = ("build", "-q", "-f", "mkdocs.yml", "--site-dir", place)
    run = run_mkdocs(project.folder, *arguments, **PLAIN)

    assert run.returncode == 1
    assert "is what it is made of" in run.stdout
    assert tree(project.folder) == before


def test_a_site_does_not_take_the_place_of_a_file(project: Project) -> None:
    shutil.rmtree(project.site)
    project.site.write_text("mine", encoding="utf-8")
    run = run_mkdocs(project.folder, "build", "-q", "-f", "mkdocs.yml", **PLAIN)

    assert run.returncode == 1
    assert f"A file stands where the site is to be: {project.site}." in run.stdout
    assert project.site.read_text(encoding="utf-8") == "mine"
    assert_none(beside(project.folder))


ODD: Final = "-o d'd\"é 日本 🐎 #50%?a&b"


def test_odd_names_do_not_matter(project: Project, tmp_path: Path) -> None:
    odd = project.folder.rename(tmp_path / ODD)
    temporary, site = tmp_path / f"t{ODD}", odd / f"s{ODD}"
    temporary.mkdir()
    (tmp_path / "linked").symlink_to(odd)
    for language in ("C", "C.UTF-8"):
        variables = {"LC_ALL": language, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        places = {"TMPDIR": str(temporary), "HOME": str(temporary)}
        build(tmp_path / "linked", site, **PLAIN, **variables, **places)
        assert tree(site) == project.new
        shutil.rmtree(site)
    assert tree(temporary) == {}


# --- what may only be read ---------------------------------------------------------------------

_BOUND: Final = """
import ctypes
from mkdocs.__main__ import cli
for power in range(4):  # of root, to whom it is all the same what may be written
    ctypes.CDLL(None).prctl(24, power)
import os, sys
os.execv(sys.executable, [sys.executable, "-m", "mkdocs", *sys.argv[1:]])
"""
"""Runs MkDocs with no more power over files than everybody has, whoever runs it."""


def run_bound(project: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-c", _BOUND, "build", "--strict", "-f", "mkdocs.yml", *arguments],
        cwd=project,
        env=environment(**(variables or ADDRESS)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    return run.returncode, run.stdout


@pytest.fixture
def forbid() -> Iterator[Callable[[Path, str], None]]:
    """Give a way to let nothing be done in a folder, as ``chmod`` has it; all may be done after."""
    forbidden: list[Path] = []

    def apply(folder: Path, what: str) -> None:
        forbidden.append(folder)
        subprocess.run(["chmod", "-R", what, str(folder)], check=True)

    yield apply
    for folder in forbidden:
        subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=True)


def test_a_checkout_that_may_only_be_read_is_built_elsewhere(
    tmp_path: Path, forbid: Callable[[Path, str], None]
) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    forbid(project, "a-w")
    before = tree(project)
    status, output = run_bound(project, "--site-dir", str(tmp_path / "out" / "site"))

    assert status == 0, output
    assert "WARNING" not in output
    assert "ERROR" not in output
    assert "pagefind/pagefind-entry.json" in tree(tmp_path / "out" / "site")
    assert tree(project) == before

    status, output = run_bound(project, "-q")
    assert status == 1
    where = project / ".site.building"
    assert output == f"Error: Permission denied: {where}. The site is as it was before.\n"


@pytest.mark.parametrize("what", ["a-w", "a-rw", "a-rwx"])
def test_a_cache_that_may_not_be_touched_is_no_error(
    tmp_path: Path, forbid: Callable[[Path, str], None], what: str
) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    before = tree(build(project, project / "site", **ADDRESS))
    shutil.rmtree(project / "site")
    forbid(project / ".cache", what)

    assert run_bound(project, "-q") == (0, "")
    assert tree(project / "site") == before


# --- what is kept ------------------------------------------------------------------------------


def kept_files(project: Path) -> list[Path]:
    """Return all files that builds keep: what they know of the site, cards, and the index."""
    found = [path for path in (project / ".cache").rglob("*") if path.is_file()]
    return sorted(found)


def cut(project: Path) -> None:
    for path in kept_files(project):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(project: Path) -> None:
    """Change one bit in the middle of each file."""
    for path in kept_files(project):
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.unlink()
        path.write_bytes(raw)


def change_about(project: Path) -> None:
    """Let each card and each index be what the one before it was."""
    cards = sorted((project / ".cache/peelsite/cards").iterdir())
    raws = [path.read_bytes() for path in cards]
    for path, raw in zip(cards, [*raws[1:], raws[0]], strict=True):
        path.write_bytes(raw)
    one, other = sorted((project / ".cache/peelsite/search").iterdir())
    one.rename(one.with_name("aside"))
    other.rename(one)
    one.with_name("aside").rename(other)


def folders(project: Path) -> None:
    for path in kept_files(project):
        path.unlink()
        path.mkdir()


def links(project: Path) -> None:
    """Let each file be a link to a copy of it elsewhere, of which half is gone."""
    elsewhere = project.parent / "elsewhere"
    elsewhere.mkdir()
    for number, path in enumerate(kept_files(project)):
        half = path.read_bytes()[: path.stat().st_size // 2]
        path.unlink()
        path.symlink_to(elsewhere / str(number))
        (elsewhere / str(number)).write_bytes(half)


def links_to_nowhere(project: Path) -> None:
    for path in kept_files(project):
        path.unlink()
        path.symlink_to("nowhere")


@pytest.mark.parametrize("damage", [cut, flip, change_about, folders, links, links_to_nowhere])
def test_nothing_that_is_damaged_is_believed(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    build(project, project / "site", **ADDRESS)
    replace(project / SPECIAL, "grade: adequate", "grade: good")
    before = tree(build(project, project / "site", **ADDRESS))
    shutil.rmtree(project / "site")
    damage(project)
    elsewhere = tree(tmp_path / "elsewhere")
    build(project, project / "site", **ADDRESS)

    assert tree(project / "site") == before
    assert tree(tmp_path / "elsewhere") == elsewhere


def test_a_link_in_the_site_is_not_taken_for_the_page(project: Project) -> None:
    page = "about/index.html"
    elsewhere = project.folder.parent / "page"
    (project.site / page).rename(elsewhere)
    (project.site / page).symlink_to(elsewhere)
    project.assert_next()

    assert not (project.site / page).is_symlink()


# --- the same bytes ----------------------------------------------------------------------------

_OTHERWISE: Final = """
import os, runpy, sys, threading
listdir, scandir = os.listdir, os.scandir

class Backwards:
    def __init__(self, *given):
        self.left = sorted(scandir(*given), key=lambda each: each.name)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    close = __exit__
    def __iter__(self):
        return self
    def __next__(self):
        if not self.left:
            raise StopIteration
        return self.left.pop()

os.listdir = lambda *given: sorted(listdir(*given), reverse=True)
os.scandir = Backwards
if sys.argv[1] == "one":
    threading.Thread(target=threading.Event().wait, daemon=True).start()  # so there is no second
os.umask(0o077)
sys.argv[:] = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__")
"""
"""Runs a host where folders are listed in another order and new files are for nobody else."""


@pytest.mark.parametrize(
    ("host", "processes", "zone", "language"),
    [("mkdocs", "one", "Pacific/Chatham", "C"), ("properdocs", "two", "Asia/Tokyo", "C.UTF-8")],
)
def test_the_same_content_gives_the_same_bytes(
    tmp_path: Path, host: str, processes: str, zone: str, language: str
) -> None:
    one = copy_project(tmp_path / "one")
    other = copy_project(tmp_path / "somewhere" / "else" / ODD)
    for path in other.rglob("*"):
        os.utime(path, (1e9, 1e9))
    build(one, one / "site", **ADDRESS, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati")
    variables = {
        **ADDRESS,
        "PYTHONHASHSEED": "2",
        "TZ": zone,
        "LC_ALL": language,
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "SOURCE_DATE_EPOCH": "1000000000",
    }
    arguments = (processes, host, "build", "--strict", "-q", "-f", "mkdocs.yml", "--site-dir")
    subprocess.run(
        [sys.executable, "-c", _OTHERWISE, *arguments, str(other / "public")],
        cwd=other,
        env=environment(**variables),
        timeout=PATIENCE,
        check=True,
    )

    assert_none(differences(one / "site", other / "public"))
    modes = {path.stat().st_mode & 0o777 for path in (other / "public").rglob("*")}
    assert modes == {0o700, 0o600}
