"""What a build keeps of the one before: never anything but what it would have made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, cast

import pytest
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from peelsite.build import build as plan_site
from peelsite.build import know
from peelsite.kept import Entry, Kept, digest_of, read, write
from peelsite.kept.fingerprint import Fingerprints
from peelsite.mkdocs_plugin import keeping
from tests.serving import replace
from tests.sites import (
    ROOT,
    assert_none,
    build,
    copy_project,
    differences,
    run_mkdocs,
    tree,
)

SMALL: Final = ROOT / "tests" / "small_site" / "content"
ADDRESS: Final = {"SITE_URL": "https://peel.example/"}
PLAIN: Final = {**ADDRESS, "PEELSITE_SEARCH": "false"}
"""Without an index for search, which takes longest; where it matters it is made."""

FINDINGS: Final = "content/inspections/2023-06-15-crime.yml"
SPECIAL: Final = "content/inspections/2024-02-special.yml"
PAGE: Final = "forces/northshire/index.html"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project with the small site, built once; each test builds on what it finds."""
    made = copy_project(tmp_path_factory.mktemp("kept") / "project", SMALL)
    build(made, made / "site", **PLAIN)
    return made


@pytest.fixture
def here(project: Path) -> Iterator[Path]:
    """Give the project, and leave its texts as they were."""
    texts = {path: path.read_bytes() for path in _texts(project)}
    yield project
    for path in _texts(project):
        if path not in texts:
            path.unlink()
    for path, text in texts.items():
        path.write_bytes(text)


def _texts(project: Path) -> list[Path]:
    folders = (project / "content", project / "templates")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [project / "mkdocs.yml", *files]


def build_alone(
    project: Path, folder: Path, *, command: str = "gh-deploy", **variables: str
) -> Path:
    """Build the site into ``folder`` in this process, which keeps nothing from one to the next.

    Only the ``command`` "build" ends where nothing has changed; others go on after it.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(folder))
        config.plugins.on_startup(command=cast(Any, command), dirty=False)
        build_with_mkdocs(config)
    return folder


def fresh(project: Path, to: Path, **variables: str) -> Path:
    """Build what is in a project from nothing, elsewhere, and return the folder of the site."""
    other = copy_project(to / "fresh", project / "content")
    for path in _texts(project):
        copy = other / path.relative_to(project)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return build_alone(other, other / "site", **(variables or PLAIN))


# --- a change ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the small site as it should be."""
    return tree(fresh(project, tmp_path_factory.mktemp("sound")))


@pytest.fixture
def sound(project: Path, whole: dict[str, bytes]) -> dict[str, bytes]:
    """Return the small site as it should be, and as it is."""
    if tree(project / "site") != whole:
        build_alone(project, project / "site", **PLAIN)
    return whole


def put(file: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda project: replace(project / file, old, new)


def add(project: Path) -> None:
    text = (project / SPECIAL).read_text(encoding="utf-8")
    other = project / "content" / "inspections" / "2025-03-special.yml"
    text = text.replace("2024", "2025").replace("adequate", "outstanding")
    other.write_text(text.replace("/special", "/special-2025"), encoding="utf-8")


CHANGES: Final[dict[str, Callable[[Path], object]]] = {
    "an id of before": put("content/themes.yml", "moved-from: [phones]", "moved-from: [bells]"),
    "an id of a body before": put(
        "content/bodies/northshire.yml", "north-shire, shire-of-north", "shire"
    ),
    "an id of a finding before": put(FINDINGS, "moved-from: [one-horse]", "moved-from: [nag]"),
    "a summary": put(FINDINGS, "The telephone rang for an hour.", "It rang for two hours."),
    "a grade": put(SPECIAL, "grade: adequate", "grade: good"),
    "a finding's title": put(
        "content/inspections/2019-05-01-fraud.yml", "Files were kept on paper", "Wet files"
    ),
    "an update": put(FINDINGS, "The horse rests on Sundays.", "The horse rests on Mondays."),
    "a status": put(FINDINGS, "status: closed", "status: partly-addressed"),
    "the name of what another inspection repeats": put(
        "content/inspections/2019-05-01-fraud.yml", "short: First round", "short: Round one"
    ),
    "the name of what repeats another inspection": put(
        FINDINGS, "short: Second round", "short: Round two"
    ),
    "an inspection's title": put(SPECIAL, "A special look: fraud", "A look at fraud"),
    "a source": put(FINDINGS, "title: '“Comments”", "title: '“Remarks”"),
    "a source that another inspection cites too": put(
        "content/inspections/2019-05-01-fraud.yml", "seen: the opening", "seen: every word"
    ),
    "a body's name": put("content/bodies/southmoor.yml", "Southmoor Constabulary", "Moor Watch"),
    "a theme's label": put("content/themes.yml", "label: Telephones", "label: Bells"),
    "a word of the glossary": put("content/glossary.yml", "Vale Regional", "Vale Provincial"),
    "a correction": put("content/corrections.yml", "It rang for an hour.", "It rang for long."),
    "a round": put("content/rounds.yml", "A round on five steps.", "A round on stairs."),
    "a grade's label": put("content/scales.yml", "label: Good", "label: Fair"),
    "a question": put("content/questions.yml", "label: Fraud", "label: Fraudsters"),
    "the page of a body": put("templates/pages/body.html", "<h1>", "<h1>Changed: "),
    "the shell": put("templates/main.html", "This is not HMICFRS.", "Changed."),
    "the site's name": put("mkdocs.yml", "site_name: peelsite", "site_name: elsewhere"),
    "prose": put("content/pages/about.md", "# About", "# About it"),
    "an inspection taken away": lambda project: (project / SPECIAL).unlink(),
    "an inspection added": add,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_all_is_as_if_nothing_were_kept(
    here: Path, sound: dict[str, bytes], tmp_path: Path, change: Callable[[Path], object]
) -> None:
    change(here)
    build_alone(here, here / "site", **PLAIN)

    assert tree(here / "site") != sound
    assert_none(differences(here / "site", fresh(here, tmp_path)))


def test_after_a_change_of_the_real_content_all_is_as_if_nothing_were_kept(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    build(project, project / "site", **ADDRESS)
    before = tree(project / "site")
    replace(
        project / "content/inspections/2022-12-07-north-east-soc.yml",
        "title: Operation Momentum in Ashington",
        "title: Changed title",
    )
    build(project, project / "site", **ADDRESS)

    assert tree(project / "site") != before
    assert_none(differences(project / "site", fresh(project, tmp_path, **ADDRESS)))


def test_a_change_is_found_in_the_kept_search_too(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    for old, new in (("One horse", "One horse"), ("One horse", "One donkey")):
        replace(project / FINDINGS, old, new)
        build(project, project / "site", **ADDRESS)

    assert_none(differences(project / "site", fresh(project, tmp_path, **ADDRESS)))


# --- what is kept ------------------------------------------------------------------------------


def fingerprints(content: Path, base: str = "base") -> dict[str, str | None]:
    site = plan_site(know(content), ROOT / "templates")
    of = Fingerprints(site.catalogue, site.known.digests, base).of
    return {page.address: of(page) for page in site.pages}


@pytest.fixture(scope="module")
def marks() -> dict[str, str | None]:
    return fingerprints(SMALL)


def test_every_page_can_be_kept(marks: dict[str, str | None]) -> None:
    assert_none([address for address, mark in marks.items() if mark is None])
    assert len(set(marks.values())) == len(marks) > 50


def test_a_fingerprint_is_the_same_each_time(marks: dict[str, str | None]) -> None:
    assert fingerprints(SMALL) == marks


def test_what_all_pages_share_is_in_every_fingerprint(marks: dict[str, str | None]) -> None:
    others = fingerprints(SMALL, "another base")
    assert_none([page for page, mark in marks.items() if mark and others[page] == mark])


def test_texts_parted_otherwise_have_another_digest() -> None:
    assert len({digest_of("ab", "c"), digest_of("a", "bc"), digest_of("abc"), digest_of()}) == 4


# --- a site that has not changed ---------------------------------------------------------------


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """Return which file stands at each path, and when it was written."""
    paths = (folder, *sorted(folder.rglob("*")))
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


def beside(project: Path) -> list[str]:
    ours = {"content", "templates", "mkdocs.yml", "site", ".cache"}
    return sorted(path.name for path in project.iterdir() if path.name not in ours)


def test_a_build_without_a_change_leaves_the_site_alone(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", SMALL)
    build(project, project / "site", **ADDRESS)
    before = states(project / "site")
    build(project, project / "site", **ADDRESS)

    assert states(project / "site") == before
    assert beside(project) == []
    assert [path.suffix for path in (project / ".cache/peelsite/sites").iterdir()] == [".json"]


def test_what_shows_nothing_new_is_not_written_again(here: Path) -> None:
    build(here, here / "site", **PLAIN)
    before = states(here / "site")
    replace(here / SPECIAL, "grade: adequate", "grade: good")
    build(here, here / "site", **PLAIN)
    after = states(here / "site")

    def is_kept(path: str) -> bool:
        return before[str(here / "site" / path)] == after[str(here / "site" / path)]

    assert is_kept("forces/weald/index.html")
    assert is_kept("data/inspections/2019-05-01-fraud-ratings.csv")
    assert is_kept("data/themes.csv")
    assert not is_kept(PAGE)
    assert not is_kept("data/ratings.csv")
    assert not is_kept("data/peelsite.sqlite")


def test_a_build_ends_where_nothing_has_changed(project: Path, sound: dict[str, bytes]) -> None:
    build_alone(project, project / "site", **PLAIN)
    with pytest.raises(SystemExit) as ended:
        build_alone(project, project / "site", command="build", **PLAIN)
    assert not ended.value.code
    assert tree(project / "site") == sound
    elsewhere = {**PLAIN, "SITE_URL": "https://a.example/"}
    build_alone(project, project / "site", command="build", **elsewhere)
    assert tree(project / "site") != sound


def rooms_imported(project: Path) -> set[str]:
    """Build in a process of its own, and return the rooms of our code that it imports."""
    variables = {**PLAIN, "PYTHONPROFILEIMPORTTIME": "1"}
    run = run_mkdocs(project, "build", "-f", "mkdocs.yml", "--site-dir", "site", **variables)
    assert run.returncode == 0, run.stdout
    names = (line.rpartition("|")[2].strip().split(".") for line in run.stdout.splitlines())
    return {name[1] for name in names if name[0] == "peelsite" and len(name) > 1}


def test_what_builds_is_imported_only_where_there_is_something_to_build(here: Path) -> None:
    replace(here / SPECIAL, "grade: adequate", "grade: good")

    assert rooms_imported(here) > {"kept", "mkdocs_plugin", "build", "schema"}
    assert rooms_imported(here) == {"kept", "mkdocs_plugin"}


def test_what_warns_warns_again(here: Path) -> None:
    about = here / "content" / "pages" / "about.md"
    about.write_text("# About\n\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    for _ in range(2):
        run = run_mkdocs(here, "build", "-f", "mkdocs.yml", "--site-dir", "site", **PLAIN)
        assert run.returncode == 0
        assert "nowhere.md" in run.stdout


# --- damage ------------------------------------------------------------------------------------


def manifest(project: Path) -> Path:
    (found,) = (project / ".cache" / "peelsite" / "sites").iterdir()
    return found


def told(project: Path) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads(manifest(project).read_text(encoding="utf-8"))["entries"]
    return entries


def edit(project: Path, path: str) -> bytes:
    """Write into a file of the site by hand, and return what stands there."""
    file = project / "site" / path
    raw = file.read_bytes() + b"by hand"
    file.write_bytes(raw)
    return raw


def write_json(project: Path, value: object) -> None:
    manifest(project).write_text(json.dumps(value), encoding="utf-8")


def write_entries(project: Path, entries: object) -> None:
    known = json.loads(manifest(project).read_text(encoding="utf-8"))
    write_json(project, {**known, "entries": entries})


def stale(project: Path) -> None:
    (project / "site" / "old").mkdir()
    (project / "site" / "old" / "index.html").write_text("old", encoding="utf-8")


def truncate(project: Path) -> None:
    raw = manifest(project).read_bytes()
    manifest(project).write_bytes(raw[: len(raw) // 2])


def folder_for_page(project: Path) -> None:
    (project / "site" / PAGE).unlink()
    (project / "site" / PAGE).mkdir()


def swap(project: Path) -> None:
    """Let the manifest tell of two pages what holds of the other."""
    entries, others = told(project), ("forces/northshire/index.html", "forces/weald/index.html")
    one, other = (entries[each] for each in others)
    write_entries(project, {**entries, others[0]: other, others[1]: one})


DAMAGE: Final[dict[str, Callable[[Path], object]]] = {
    "a page edited by hand": lambda project: edit(project, PAGE),
    "the page of the data edited by hand": lambda project: edit(project, "data/index.html"),
    "a page of prose edited by hand": lambda project: edit(project, "about/index.html"),
    "a table edited by hand": lambda project: edit(project, "data/ratings.csv"),
    "a page taken away": lambda project: (project / "site" / PAGE).unlink(),
    "a table taken away": lambda project: (project / "site/data/ratings.csv").unlink(),
    "a page too many": stale,
    "half a manifest": truncate,
    "an empty manifest": lambda project: manifest(project).write_bytes(b""),
    "a manifest that is no text": lambda project: manifest(project).write_bytes(b"\xff\xfe\x00"),
    "a list for a manifest": lambda project: write_json(project, [1, 2]),
    "numbers in the manifest": lambda project: write_entries(project, {PAGE: 1}),
    "too little in the manifest": lambda project: write_entries(project, {PAGE: ["a"]}),
    "a manifest with more files": lambda project: write_entries(
        project, {**told(project), "../mkdocs.yml": ["a", "b"], "no/such.html": ["a", "b"]}
    ),
    "pages changed about in the manifest": swap,
    "a manifest without its parts": lambda project: write_json(project, told(project)),
    "a folder where a page was": folder_for_page,
}


@pytest.mark.parametrize("command", ["build", "gh-deploy"])
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_is_made_again(
    project: Path, sound: dict[str, bytes], damage: Callable[[Path], object], command: str
) -> None:
    damage(project)
    build_alone(project, project / "site", command=command, **PLAIN)

    assert tree(project / "site") == sound
    assert beside(project) == []


def forge(project: Path) -> None:
    """Let a page say something else, and the manifest that it was written so."""
    entries, raw = told(project), edit(project, PAGE)
    write_entries(project, {**entries, PAGE: [entries[PAGE][0], digest_of(raw)]})


def test_what_is_told_as_it_stands_is_believed(project: Path, sound: dict[str, bytes]) -> None:
    forge(project)
    build_alone(project, project / "site", **PLAIN)
    other = {path for path, raw in tree(project / "site").items() if raw != sound[path]}

    assert other == {PAGE}, "nothing is kept, so that these tests show nothing"


def test_nothing_made_by_other_code_is_believed(
    project: Path, sound: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "version", lambda _: "0.0")
        build_alone(project, project / "site", **PLAIN)
        forge(project)
    build_alone(project, project / "site", **PLAIN)

    assert tree(project / "site") == sound


def test_code_is_in_what_all_pages_share(
    project: Path, sound: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "peelsite").mkdir()
    code = tmp_path / "peelsite" / "__init__.py"
    code.write_text("A = 1\n", encoding="utf-8")
    monkeypatch.setattr(keeping, "_CODE", code.parent)
    build_alone(project, project / "site", **PLAIN)
    forge(project)
    code.write_text("A = 2\n", encoding="utf-8")
    build_alone(project, project / "site", **PLAIN)

    assert tree(project / "site") == sound


def test_a_refused_build_leaves_the_site_and_what_is_known_of_it(
    here: Path, tmp_path: Path
) -> None:
    build(here, here / "site", **PLAIN)
    before, known = tree(here / "site"), told(here)
    replace(here / FINDINGS, "The telephone rang for an hour.", "It rang for two hours.")
    about = here / "content" / "pages" / "about.md"
    good = about.read_bytes()
    about.write_text("# About\n\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    arguments = ("build", "--strict", "-f", "mkdocs.yml", "--site-dir", "site")
    run = run_mkdocs(here, *arguments, **PLAIN)

    assert run.returncode == 1
    assert tree(here / "site") == before
    assert told(here) == known
    assert beside(here) == []

    about.write_bytes(good)
    build(here, here / "site", **PLAIN)
    assert_none(differences(here / "site", fresh(here, tmp_path)))


# --- the manifest ------------------------------------------------------------------------------


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "site", {"a/index.html": Entry("a", "b"), "é.html": Entry("c", "d")})
    write(tmp_path / "cache", kept)

    assert read(tmp_path / "cache", tmp_path / "site") == kept


def test_sites_in_two_folders_have_a_manifest_each(tmp_path: Path) -> None:
    write(tmp_path / "cache", Kept(tmp_path / "site", {"a": Entry("a", "b")}))

    assert read(tmp_path / "cache", tmp_path / "other") == Kept(tmp_path / "other")


def test_a_manifest_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    write(tmp_path / "cache", Kept(tmp_path / "site", {"a": Entry("a", "b")}))

    assert read(tmp_path / "cache", tmp_path / "site") == Kept(tmp_path / "site")


def test_a_file_is_found_only_as_it_was_written_of_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    entry = Entry("mark", digest_of(b"content"))
    kept = Kept(tmp_path, {"a": entry, "b": entry})

    assert kept.find("a", "mark") == entry
    assert kept.find("a", "other") is None
    assert kept.find("a", None) is None
    assert kept.find("b", "mark") is None
    assert kept.find("c", "mark") is None
    (tmp_path / "a").write_bytes(b"Content")
    assert kept.find("a", "mark") is None


def test_a_file_is_found_as_made_of_its_pieces_only_where_it_stands_as_it_was_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").write_bytes(b"content")
    entry = Entry("mark", digest_of(b"content"))
    kept = Kept(tmp_path, {"a": entry, "b": entry})

    assert kept.find_made_of("a", [b"con", b"tent"]) == entry
    assert kept.find_made_of("a", [b"con", b"tents"]) is None
    assert kept.find_made_of("b", [b"content"]) is None
    assert kept.find_made_of("c", [b"content"]) is None
    (tmp_path / "a").write_bytes(b"Content")
    assert kept.find_made_of("a", [b"content"]) is None
    assert kept.find_made_of("a", [b"Content"]) is None


def test_kept_files_are_put_where_there_is_no_folder_yet(tmp_path: Path) -> None:
    (tmp_path / "one" / "a").mkdir(parents=True)
    (tmp_path / "one" / "a" / "b").write_bytes(b"content")
    Kept(tmp_path / "one").put(["a/b"], tmp_path / "other")

    assert tree(tmp_path / "other") == tree(tmp_path / "one")


def test_kept_files_are_copied_where_they_cannot_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "one" / "a").write_bytes(b"content")
    monkeypatch.setattr("os.link", refuse)
    Kept(tmp_path / "one").put(["a"], tmp_path / "other")

    assert tree(tmp_path / "other") == tree(tmp_path / "one")
