"""Tests of the build and the server on MkDocs and ProperDocs."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import INSPECTION, Server, Serving, break_grade, mend_grade, replace, serving
from tests.sites import (
    ROOT,
    BuiltSite,
    Html,
    assert_none,
    build,
    copy_project,
    differences,
    run_mkdocs,
    tree,
)

HOSTS = ("mkdocs", "properdocs")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the whole real project."""
    return copy_project(tmp_path / "project")


@pytest.fixture
def built(project: Path) -> Path:
    """Build the project where MkDocs builds by default, and leave a stale file there."""
    build(project, project / "site")
    (project / "site" / "stale.html").write_text("from an older build", encoding="utf-8")
    return project


def strange(project: Path) -> list[str]:
    """Return what a build has left in the project that does not belong there."""
    ours = {"content", "templates", "mkdocs.yml", "site", ".cache"}
    return sorted(path.name for path in project.iterdir() if path.name not in ours)


@dataclass(frozen=True)
class Stopped:
    """A build that was to stop, and what it printed."""

    status: int
    output: str


def failed_build(project: Path, host: str = "mkdocs") -> Stopped:
    """Build a project that cannot be built; what was there before must be as it was."""
    before = tree(project / "site")
    run = run_mkdocs(project, "build", "--strict", "-f", "mkdocs.yml", host=host)
    assert tree(project / "site") == before
    assert strange(project) == []
    return Stopped(run.returncode, run.stdout)


# A build that stops


@pytest.mark.parametrize("host", HOSTS)
def test_a_slip_in_the_content_stops_the_build(built: Path, host: str) -> None:
    place = break_grade(built)
    stopped = failed_build(built, host)
    assert stopped.status == 1
    assert f'{place}: There is no grade "goood" in this round.' in stopped.output
    assert 'Did you mean "good"?' in stopped.output
    assert "1 problem in 1 file." in stopped.output
    assert "Traceback" not in stopped.output


def test_every_slip_is_told_in_one_run(built: Path) -> None:
    place = break_grade(built)
    other = replace(built / "content" / "bodies" / "durham.yml", "kind: force", "kind: farce")
    stopped = failed_build(built)
    assert stopped.status == 1
    first = stopped.output.index(f"content/bodies/durham.yml:{other.split(':')[0]}:")
    assert first < stopped.output.index(place)
    assert "2 problems in 2 files." in stopped.output


@pytest.mark.parametrize(
    ("template", "mistake"),
    [
        ("pages/body.html", "{% if %}"),
        ("pages/body.html", "{{ nonsense.more }}"),
        ("main.html", "{% if %}"),
        ("main.html", "{{ nonsense.more }}"),
        ("404.html", "{% if %}"),
    ],
)
def test_a_slip_in_a_template_stops_the_build(built: Path, template: str, mistake: str) -> None:
    path = built / "templates" / template
    text = path.read_text(encoding="utf-8")
    end = "</head>" if "</head>" in text else "</h1>"
    path.write_text(text.replace(end, f"{end}{mistake}"), encoding="utf-8")
    stopped = failed_build(built)
    assert stopped.status == 1
    line = path.read_text(encoding="utf-8").partition(mistake)[0].count("\n") + 1
    assert template in stopped.output
    assert re.search(rf"\b{line}\b", stopped.output)
    assert "Traceback" not in stopped.output


@pytest.mark.parametrize("host", HOSTS)
def test_a_warning_stops_a_strict_build(built: Path, host: str) -> None:
    about = built / "content" / "pages" / "about.md"
    about.write_text("# About\n\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    stopped = failed_build(built, host)
    assert stopped.status == 1
    assert "about.md" in stopped.output
    assert "nowhere.md" in stopped.output
    assert "Traceback" not in stopped.output


def test_a_warning_does_not_stop_a_build_that_is_not_strict(built: Path) -> None:
    about = built / "content" / "pages" / "about.md"
    about.write_text("# About\n\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    assert run_mkdocs(built, "build").returncode == 0
    assert "nowhere.md" in (built / "site" / "about" / "index.html").read_text(encoding="utf-8")
    assert strange(built) == []


def test_the_first_build_of_all_leaves_nothing_when_it_stops(project: Path) -> None:
    break_grade(project)
    assert failed_build(project).status == 1
    assert not (project / "site").exists()


# A build that goes well


def test_a_good_build_replaces_the_whole_site(built: Path) -> None:
    assert (built / "site" / "stale.html").exists()
    replace(built / "content" / "themes.yml", "label: Fraud", "label: Deception")
    assert run_mkdocs(built, "build", "--strict").returncode == 0
    assert not (built / "site" / "stale.html").exists()
    page = (built / "site" / "themes" / "fraud" / "index.html").read_text(encoding="utf-8")
    assert "<h1>Deception</h1>" in page
    assert strange(built) == []


def test_properdocs_builds_the_same_bytes(project: Path, tmp_path: Path) -> None:
    folders = [build(project, tmp_path / host, host=host) for host in HOSTS]
    assert len(tree(folders[0])) > 30
    assert_none(differences(*folders))


def test_a_correction_stands_on_every_page_that_it_names(project: Path, tmp_path: Path) -> None:
    (project / "content" / "corrections.yml").write_text(
        "slip:\n"
        "  date: 2026-02-01\n"
        "  about: [sources, rounds/soc-2022, questions/soc, themes/workload, units/nerou]\n"
        "  was: So. And so.\n"
        "  now: Not so.\n",
        encoding="utf-8",
    )
    site = BuiltSite(build(project, tmp_path / "site"), "/")

    noted = {
        path: [link.get("href") for link in part.iter("a")]
        for path, page in site.pages.items()
        for part in page.elements("section")
        if part.get("class") == "corrected"
    }
    assert noted == {
        "questions/soc/index.html": ["../../corrections/#slip"],
        "rounds/soc-2022/index.html": ["../../corrections/#slip"],
        "sources/index.html": ["../corrections/#slip"],
        "themes/workload/index.html": ["../../corrections/#slip"],
        "units/nerou/index.html": ["../../corrections/#slip"],
    }


def test_gh_deploy_publishes_the_finished_site(built: Path, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(built, "init", "--quiet")
    git(built, "remote", "add", "origin", str(remote))
    git(built, "add", "mkdocs.yml")
    git(built, "commit", "--quiet", "--message", "One")
    run = run_mkdocs(built, "gh-deploy", "--strict", **GIT)
    assert run.returncode == 0, run.stdout
    published = set(git(remote, "ls-tree", "-r", "--name-only", "gh-pages").split())
    assert published - {".nojekyll"} == set(tree(built / "site"))
    assert "forces/northumbria/index.html" in published
    assert strange(built) == [".git"]


GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Somebody" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "somebody@example.org" for who in ("AUTHOR", "COMMITTER")},
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in ``folder`` as nobody in particular, and return what it prints."""
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **GIT},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


# The server


@pytest.fixture
def serve(project: Path) -> Iterator[Serving]:
    """Give a way to serve the project, and end what was started."""
    with serving(project) as start:
        yield start


FORCE = "forces/northumbria/"
REAL = "<h1>Northumbria Police</h1>"
PROBLEMS = "<h1>The content has problems</h1>"


@pytest.mark.parametrize("host", HOSTS)
def test_the_server_shows_a_problem_where_one_reads_and_recovers(
    project: Path, serve: Serving, host: str
) -> None:
    server = serve(host)
    page = server.until_page(FORCE, REAL)
    assert "/livereload/" in page
    assert PROBLEMS not in page

    place = break_grade(project)
    page = server.until_page(FORCE, PROBLEMS, place, "Did you mean")
    assert Html("problems", page).errors == []
    assert place in server.terminal
    assert 'Did you mean "good"?' in server.terminal

    mend_grade(project)
    server.until_page(FORCE, REAL)
    assert PROBLEMS not in server.page("")
    assert "Traceback" not in server.terminal


def reloads(page: str) -> bool:
    """Whether a page comes again by itself, as the page of problems says it does."""
    return "/livereload/" in page or 'http-equiv="refresh"' in page


ADDRESSES = ("", "forces/", FORCE, "grades/", "about/", "no/such/page/")


def test_every_address_shows_the_problem(project: Path, serve: Serving) -> None:
    server = serve()
    assert_none([path for path in ADDRESSES if PROBLEMS in server.page(path)])
    place = break_grade(project)
    server.until_page(FORCE, PROBLEMS)
    pages = {path: server.page(path) for path in ADDRESSES}
    assert_none([path for path, page in pages.items() if not (PROBLEMS in page and place in page)])
    assert_none([path for path, page in pages.items() if not reloads(page)])


def test_a_server_started_on_a_problem_shows_it_at_every_address(
    project: Path, serve: Serving
) -> None:
    place = break_grade(project)
    server = serve()
    assert place in server.terminal
    assert "Traceback" not in server.terminal
    pages = {path: server.page(path) for path in ADDRESSES}
    assert_none([path for path, page in pages.items() if not (PROBLEMS in page and place in page)])
    assert_none([path for path, page in pages.items() if not reloads(page)])


def test_a_server_started_on_a_problem_recovers(project: Path, serve: Serving) -> None:
    break_grade(project)
    server = serve()
    mend_grade(project)
    server.until_page(FORCE, REAL)
    assert PROBLEMS not in server.page("")
    assert "What inspectors found" in server.page("")


def test_the_server_shows_every_kind_of_change(project: Path, serve: Serving) -> None:
    server = serve()
    assert REAL in server.page(FORCE)

    replace(project / INSPECTION, "title: Operation Momentum in Ashington", "title: Changed title")
    server.until_page(FORCE, "Changed title")

    replace(project / "templates" / "pages" / "body.html", "<h1>", "<h1>Changed part: ")
    server.until_page(FORCE, "<h1>Changed part: Northumbria Police</h1>", "Changed title")

    replace(project / "templates" / "main.html", "This is not HMICFRS.", "Changed shell.")
    server.until_page(FORCE, "Changed shell.", "Changed part", "Changed title")
    server.until_page("about/", "Changed shell.")

    about = project / "content" / "pages" / "about.md"
    about.write_text("# About\n\nChanged prose.\n", encoding="utf-8")
    server.until_page("about/", "Changed prose.", "Changed shell.")

    style = project / "templates" / "assets" / "peelsite.css"
    style.write_text("/* changed style */", encoding="utf-8")
    server.until_page("assets/peelsite.css", "changed style")


def test_a_new_page_appears_and_one_taken_away_goes(project: Path, serve: Serving) -> None:
    server = serve()
    themes = project / "content" / "themes.yml"
    text = themes.read_text(encoding="utf-8")
    themes.write_text(f"{text}extra: {{label: Extra, meaning: A new theme.}}\n", encoding="utf-8")
    server.until_page("themes/extra/", "<h1>Extra</h1>")
    themes.write_text(text, encoding="utf-8")
    server.until_page("themes/extra/", "<h1>Page not found</h1>")


def test_the_server_survives_a_broken_template(project: Path, serve: Serving) -> None:
    server = serve()
    replace(project / "templates" / "pages" / "body.html", "<h1>", "{% if %}<h1>")
    server.until(lambda: "Expected an expression" in server.terminal, "the mistake in the terminal")
    assert "pages/body.html" in server.terminal
    replace(project / "templates" / "pages" / "body.html", "{% if %}<h1>", "<h1>Mended: ")
    server.until_page(FORCE, "<h1>Mended: Northumbria Police</h1>")


def test_the_server_leaves_the_built_site_alone(built: Path, serve: Serving) -> None:
    before = tree(built / "site")
    server = serve()
    place = break_grade(built)
    server.until_page(FORCE, PROBLEMS, place)
    assert tree(built / "site") == before
    assert strange(built) == []


# The server, and what it keeps of the build before

SMALL = ROOT / "tests" / "small_site" / "content"
CRIME = "inspections/2023-06-15-crime"
SPECIAL = "inspections/2024-02-special"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Copy the project with the small site."""
    return copy_project(tmp_path / "project", SMALL)


@pytest.fixture
def serve_small(small: Path) -> Iterator[Serving]:
    """Give a way to serve the small site, and end what was started."""
    with serving(small) as start:
        yield start


def served(server: Server) -> Path:
    """Return the folder from which a server serves."""
    (found,) = server.log.parent.glob("mkdocs_*")
    return found


def pages_in(folder: Path) -> dict[str, bytes]:
    """Return the pages in a folder; none while it is being moved."""
    try:
        return {path: raw for path, raw in tree(folder).items() if path.endswith(".html")}
    except FileNotFoundError:
        return {}


def test_a_change_reaches_the_pages_and_then_the_files(small: Path, serve_small: Serving) -> None:
    server, old, new = serve_small(), "One horse was not enough", "Two horses were too few"
    files = (f"api/v1/{CRIME}.json", "api/v1/findings.json", "data/findings.csv")
    for each in files:
        server.until_page(each, old)
    replace(small / "content" / f"{CRIME}.yml", old, new)
    for each in (f"{CRIME}/", "forces/northshire/", *files):
        assert old not in server.until_page(each, new)
    server.until_page("data/", "updates.csv")


def test_problems_are_on_every_page_and_then_on_none(small: Path, serve_small: Serving) -> None:
    server = serve_small()
    server.until_page("data/", "updates.csv")
    folder = served(server)
    before = pages_in(folder)
    assert len(before) > 70
    special = small / "content" / f"{SPECIAL}.yml"
    for _ in range(2):
        replace(special, "grade: adequate", "grade: adequat")
        server.until_page("forces/weald/", PROBLEMS)
        assert_none([path for path in before if PROBLEMS not in server.page(path)])
        replace(special, "grade: adequat", "grade: adequate")
        server.until(lambda: pages_in(folder) == before, "every page as it was")


def test_mended_otherwise_pages_show_the_change(small: Path, serve_small: Serving) -> None:
    server = serve_small()
    server.until_page("data/", "updates.csv")
    special = small / "content" / f"{SPECIAL}.yml"
    replace(special, "grade: adequate", "grade: adequat")
    server.until_page("forces/weald/", PROBLEMS)
    replace(special, "grade: adequat", "grade: outstanding")
    replace(special, "short: Special look, 2024", "short: A look, 2024")
    for each in (f"{SPECIAL}/", "forces/northshire/", f"api/v1/{SPECIAL}.json"):
        server.until_page(each, "A look, 2024")
    assert PROBLEMS not in server.page("forces/weald/")


def test_what_is_taken_away_is_gone(small: Path, serve_small: Serving) -> None:
    server, file = serve_small(), f"api/v1/{SPECIAL}.json"
    server.until_page(file, "Special look, 2024")
    server.until_page("forces/northshire/", "Special look, 2024")
    text = (small / "content" / f"{SPECIAL}.yml").read_text(encoding="utf-8")
    (small / "content" / f"{SPECIAL}.yml").unlink()
    server.until_page(f"{SPECIAL}/", "<h1>Page not found</h1>")
    assert "Special look, 2024" not in server.page("forces/northshire/")
    server.until(lambda: not (served(server) / file).exists(), "no file of it")
    (small / "content" / f"{SPECIAL}.yml").write_text(text, encoding="utf-8")
    for each in (f"{SPECIAL}/", "forces/northshire/", file):
        server.until_page(each, "Special look, 2024")


@pytest.mark.parametrize("breaks", [False, True], ids=["sound", "with problems"])
def test_a_server_leaves_nothing_when_it_is_interrupted(
    small: Path, serve_small: Serving, breaks: bool
) -> None:
    # What ignores it, as commands that a shell runs in the background do, hands that on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    server = serve_small()
    signal.signal(signal.SIGINT, before)
    server.until_page("data/", "updates.csv")
    if breaks:
        replace(small / "content" / f"{SPECIAL}.yml", "grade: adequate", "grade: adequat")
        server.until_page("", PROBLEMS)
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(timeout=30) == 0
    left = {path.name for path in small.parent.iterdir()} - {small.name, server.log.name}
    assert left == set()
    assert "Traceback" not in server.terminal
