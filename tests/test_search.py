"""Tests of what can be found, of the index that Pagefind makes of it, and of when it is made."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from pagefind.service import get_executable

from peelsite.catalogue import Catalogue, Claim, Finding, join
from peelsite.load import load
from peelsite.pages import anchor, plan
from peelsite.search import (
    FOLDER,
    Background,
    Prose,
    Record,
    SearchError,
    build_index,
    bundle,
    bundle_of,
    light,
    packed,
    put,
    records,
)
from tests.serving import INSPECTION, Serving, replace, serving
from tests.sites import ROOT, assert_none, build, copy_project, differences, run_mkdocs, tree
from tests.test_small_site import CONTENT


def found_in(content: Path) -> tuple[Catalogue, list[Record]]:
    """Return what a folder of content holds, and what can be found of it."""
    catalogue = join(load(content))
    return catalogue, records(catalogue, plan(catalogue), ())


small = cache(lambda: found_in(CONTENT))
real = cache(lambda: found_in(ROOT / "content"))
both = pytest.mark.parametrize("content", [small, real], ids=["small site", "real site"])


def at(url: str, found: list[Record]) -> Record:
    """Return the one record of an address."""
    [record] = [record for record in found if record.url == url]
    return record


def everything(record: Record) -> str:
    return " ".join((record.title, *record.names, *record.text, *record.also))


def changed(tmp_path: Path, old: str, new: str) -> list[Record]:
    """Return what can be found when a sentence in the small site reads differently."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    replace(content / "inspections" / "2023-06-15-crime.yml", old, new)
    return found_in(content)[1]


def items(catalogue: Catalogue) -> list[Finding | Claim]:
    found: list[Finding | Claim] = []
    for part in catalogue.parts:
        found += (*part.concerns, *part.praised, *part.claims)
    return found


CRIME = "inspections/2023-06-15-crime/"
DESK = f"{CRIME}#northshire-fraud-desk"
TELEPHONE = f"{CRIME}#northshire-telephone"
TEA = f"{CRIME}#northshire-tea"

# What can be found


@both
def test_a_body_has_every_name_that_it_has_or_had(
    content: Callable[[], tuple[Catalogue, list[Record]]],
) -> None:
    catalogue, found = content()
    bodies = {record.title: record for record in found if record.kind.endswith(KINDS_OF_BODY)}
    assert len(bodies) == len(catalogue.bodies)
    for body in catalogue.bodies:
        called = [name.name for name in body.names] + [name.short for name in body.names]
        called += [each.name for each in body.also_called] + [body.short]
        assert set(filter(None, called)) <= set(bodies[body.name].names)


KINDS_OF_BODY = ("force", "unit", "Region")


def test_the_unit_of_the_north_east_has_the_names_that_people_look_for() -> None:
    record = at("units/nerou/", real()[1])
    assert {"NERSOU", "NEROCU", "NEROU"} <= set(record.names)
    assert record.kind == "Regional organised crime unit"


@both
def test_every_finding_and_claim_stands_at_its_permanent_address(
    content: Callable[[], tuple[Catalogue, list[Record]]],
) -> None:
    catalogue, found = content()
    wanted = {
        f"inspections/{each.inspection.id}/#{anchor(each)}": each for each in items(catalogue)
    }
    assert wanted
    kinds = {url: at(url, found).kind for url in wanted}
    assert {url for url, kind in kinds.items() if kind == "Claim by a body"} == {
        url for url, item in wanted.items() if isinstance(item, Claim)
    }
    assert {url for url, kind in kinds.items() if kind == "Concern"} == {
        url for url, item in wanted.items() if isinstance(item, Finding) and item.is_concern
    }


@both
def test_all_that_was_said_in_a_finding_finds_it(
    content: Callable[[], tuple[Catalogue, list[Record]]],
) -> None:
    catalogue, found = content()
    quotations = 0
    for item in items(catalogue):
        record = at(f"inspections/{item.inspection.id}/#{anchor(item)}", found)
        text = " ".join(record.text)
        quotes = list(item.quotes)
        if isinstance(item, Finding):
            quotes += [quote for update in item.updates for quote in update.quotes]
        assert_none([quote.text for quote in quotes if quote.text not in text])
        quotations += len(quotes)
        assert record.title == item.title
        assert record.themes == tuple(theme.label for theme in item.themes)
    assert quotations


def test_a_record_of_a_finding_in_full() -> None:
    record = at(DESK, small()[1])
    assert record.kind == "Praised work"
    assert record.text == (
        "The IFF desk did marked well:\n\nit opened its letters;\nit answered them.",
        "“A desk like no other.”",
        "The desk marked has four legs.",
        "We do not know marked who bought the desk.",
    )
    assert record.bodies == ("Northshire",)
    assert (record.date, record.when) == ("2023-06-15", "15 June 2023")
    assert record.evidence == "Read elsewhere"
    assert record.status == ""
    assert "Category: Innovative practice." in record.also


def test_a_concern_says_the_inspectors_last_word_and_not_the_force_s() -> None:
    record = at(TELEPHONE, small()[1])
    assert record.status == "Inspectors’ last word: Action planned"
    assert "The telephone has been answered." in record.text
    assert "“Hello?”" in record.text


@both
def test_nothing_is_laid_at_the_door_of_another_body(
    content: Callable[[], tuple[Catalogue, list[Record]]],
) -> None:
    """Only names of the bodies that a finding is about are added to it, and it is filed so."""
    catalogue, found = content()
    names = {body.id: {body.name, *body.other_names} for body in catalogue.bodies}
    wrong = []
    for item in items(catalogue):
        about = [item.body, *(item.shared_with if isinstance(item, Finding) else ())]
        record = at(f"inspections/{item.inspection.id}/#{anchor(item)}", found)
        assert record.bodies == tuple(body.short for body in about)
        added = " ".join(each for each in record.also if each.startswith("About "))
        own = set().union(*(names[body.id] for body in about))
        others = set().union(*names.values()) - own
        wrong += [(record.url, name) for name in others if f"About {name}," in added]
        assert all(name in added for name in own)
    assert_none(wrong)


def test_an_abbreviation_is_found_by_its_long_form_and_the_other_way_round(tmp_path: Path) -> None:
    told = "VRCU: Vale Regional Crime Unit."
    sentence = "Witnesses were given tea."
    written = {
        "short": "The VRCU gave tea.",
        "plural": "Two VRCUs gave tea.",
        "long": "The vale regional crime unit gave tea.",
        "within": "The XVRCU gave tea.",
        "small": "The vrcu gave tea.",
    }
    seen = {
        name: told in at(TEA, changed(tmp_path / name, sentence, text)).also
        for name, text in written.items()
    }
    assert seen == {"short": True, "plural": True, "long": True, "within": False, "small": False}


def test_a_word_of_the_glossary_is_found_with_its_meaning() -> None:
    record = at("glossary/#iff", small()[1])
    assert (record.title, record.kind) == ("IFF", "Glossary")
    assert record.text[0] == '"invented" fraud & <i>forgery</i>.'


def test_what_has_no_date_says_so() -> None:
    record = at("inspections/undated-third/", small()[1])
    assert (record.date, record.when) == ("", "date not known")


def test_pages_that_stand_alone_or_list_others_are_found_and_no_other() -> None:
    found = {record.url for record in small()[1] if record.kind == "Page"}
    assert {"compare/", "glossary/", "forces/", "sources/", "./"} <= found
    shown = {record.url for record in small()[1]}
    assert "rounds/first/by-region/" not in shown
    assert "search/" not in shown


def test_prose_is_found_by_its_words_alone() -> None:
    prose = Prose("about/", "About", "<h2 id='why'>Why &amp; how</h2>\n<p>Some <b>words</b>.</p>")
    record = at("about/", records(small()[0], (), [prose]))
    assert (record.title, record.kind, record.text) == ("About", "Page", ("Why & how Some words.",))


@both
def test_no_two_records_but_replies_stand_at_one_address(
    content: Callable[[], tuple[Catalogue, list[Record]]],
) -> None:
    urls = [record.url for record in content()[1] if record.kind != "Reply"]
    assert_none([url for url in set(urls) if urls.count(url) > 1])


# The index

SOME = [
    Record("a/", "One <b>title</b>", "Page", ("Text & more",), bodies=("North",)),
    Record("b/#c", "Two", "Concern", ("“Words” said",), bodies=("North", "South"), date="2020"),
    *(
        Record(f"{n}/", f"Title {n}", f"Kind {n}", (f"Word {n}",), bodies=(f"Body {n}",))
        for n in range(20)
    ),
]


@pytest.fixture
def without_pagefind(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Give a way to take Pagefind away, so that whoever runs it fails."""
    return lambda: monkeypatch.setattr("pagefind.service.get_executable", lambda: None)


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    """Pagefind by itself puts filters and their values in an order that differs from run to run."""
    for name in ("one", "two", "three"):
        build_index(SOME, tmp_path / name)
    assert_none(differences(tmp_path / "one", tmp_path / "two"))
    assert_none(differences(tmp_path / "one", tmp_path / "three"))


def test_an_index_has_nothing_that_the_site_does_not_use(tmp_path: Path) -> None:
    build_index(SOME, tmp_path / "index")
    kinds = {path.rpartition(".")[2]: path for path in tree(tmp_path / "index")}
    assert set(kinds) == {
        "js",
        "json",
        "pagefind",
        "pf_filter",
        "pf_fragment",
        "pf_index",
        "pf_meta",
    }
    scripts = [path for path in tree(tmp_path / "index") if path.endswith((".js", ".pagefind"))]
    assert scripts == ["newest.js", "pagefind-worker.js", "wasm.en.pagefind"]


def words_of(index: Path) -> dict[str, tuple[bytes, bytes, list[str]]]:
    """Return for each file of words where it begins and ends, and its words."""
    [meta] = index.glob("*.pf_meta")
    return {
        name: (
            begins.encode(),
            ends.encode(),
            [word[0] for word in words_in(index / "index" / f"{name}.pf_index")],
        )
        for begins, ends, name in packed.decoded(packed.unpacked(meta))[2]
    }


def words_in(path: Path) -> list[Any]:
    """Return the words of a file without their places, which may be below 0."""
    data = packed.unpacked(path)
    number, position = packed.head(data, 1)
    found = []
    for _ in range(number):
        found.append([packed.decoded(data, position + 1)])
        position = packed.end(data, position)
    return found


def test_each_word_is_in_the_one_file_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pagefind looks for the first file that begins before a word, and ends after it."""
    monkeypatch.setattr(light, "WORDS_IN_A_FILE", 60)
    build_index(real()[1], tmp_path / "index")
    files = words_of(tmp_path / "index")
    assert {path.stem for path in tmp_path.glob("index/index/*")} == set(files)
    assert len(files) > 20
    edges = [edge for begins, ends, _ in files.values() for edge in (begins, ends)]
    assert edges == sorted(edges)
    for begins, ends, words in files.values():
        assert all(begins <= word.encode() <= ends for word in words)
        assert words[0].startswith(begins.decode())


def test_words_are_kept_and_addresses_are_not_words(tmp_path: Path) -> None:
    wanted = Record("units/nerou/", "Unit", "Page", ("Detectives asked about nothing.",))
    build_index([wanted], tmp_path / "index")
    words = [word for _, _, words in words_of(tmp_path / "index").values() for word in words]
    assert {"unit", "page", "detect", "ask", "noth"} <= set(words)
    assert "unitsnerou" not in words


def test_records_are_numbered_and_keep_what_they_say(tmp_path: Path) -> None:
    build_index(SOME, tmp_path / "index")
    fragments = sorted((tmp_path / "index" / "fragment").iterdir())
    numbers = {path.stem[: len("en_") + light.MARK] for path in fragments}
    assert len(numbers) == 1
    ends = [int(path.stem[len("en_") + light.MARK :], 36) for path in fragments]
    assert ends == list(range(len(SOME)))
    told = [packed.unpacked(path).decode() for path in fragments]
    assert all(any(record.title in each for each in told) for record in SOME)


def test_the_newest_record_has_the_first_place(tmp_path: Path) -> None:
    days = ("2020-01-01", "", "2024-05-06", "2022-02-02")
    build_index(
        [Record(f"at-{day}/", f"Of {day}", "Page", (f"It is {day}.",), date=day) for day in days],
        tmp_path / "index",
    )
    script = (tmp_path / "index" / light.NEWEST_FIRST).read_text(encoding="utf-8")
    places = json.loads(script.removeprefix("export default ").rstrip(";\n"))
    fragments = sorted((tmp_path / "index" / "fragment").iterdir())
    urls = [json.loads(packed.unpacked(path))["meta"]["url"] for path in fragments]
    by_place = [url for _, url in sorted(zip(places, urls, strict=True))]
    assert by_place == ["at-2024-05-06/", "at-2022-02-02/", "at-2020-01-01/", "at-/"]


@both
def test_the_page_of_search_offers_what_records_can_be_filtered_by(
    content: Callable[[], tuple[Catalogue, list[Record]]],
) -> None:
    catalogue, found = content()
    [page] = [page for page in plan(catalogue) if page.address == "search"]
    offered = {name: set(values) for name, values in page.given["choices"].items()}
    assert offered == {
        "kind": {record.kind for record in found},
        "body": {body for record in found for body in record.bodies},
        "theme": {theme for record in found for theme in record.themes},
        "evidence": {record.evidence for record in found if record.evidence},
    }


def test_pagefind_does_not_run_again_while_nothing_changes(
    tmp_path: Path, without_pagefind: Callable[[], None]
) -> None:
    first = bundle_of(SOME, tmp_path)
    before = tree(first)
    without_pagefind()
    assert bundle_of(list(SOME), tmp_path) == first
    assert tree(first) == before


@pytest.mark.parametrize(
    "others", [SOME[1:], SOME[::-1], [*SOME[:-1], Record("x/", "Changed", "Page", ())]]
)
def test_a_change_in_what_can_be_found_makes_a_new_index(
    tmp_path: Path, others: list[Record], without_pagefind: Callable[[], None]
) -> None:
    bundle_of(SOME, tmp_path)
    without_pagefind()
    with pytest.raises(SearchError, match="pip install pagefind pagefind-bin"):
        bundle_of(others, tmp_path)


def test_another_version_of_pagefind_makes_a_new_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bundle_of(SOME, tmp_path)
    monkeypatch.setattr(bundle, "version", lambda _: "9.9.9")
    assert bundle_of(SOME, tmp_path) != before


def cut(folder: Path) -> None:
    (folder / "pagefind-worker.js").write_text("half a scri", encoding="utf-8")


def lose(folder: Path) -> None:
    next(folder.rglob("*.pf_fragment")).unlink()


def add(folder: Path) -> None:
    (folder / "stray.js").touch()


def forget(folder: Path) -> None:
    (folder.parent / "digests.json").write_text('{"pagefind-worker.js"', encoding="utf-8")


@pytest.mark.parametrize("damage", [cut, lose, add, forget])
def test_a_damaged_index_is_never_used(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    kept = bundle_of(SOME, tmp_path)
    before = tree(kept.parent)
    damage(kept)
    assert tree(kept.parent) != before
    assert tree(bundle_of(SOME, tmp_path).parent) == before


def script(path: Path, *lines: str) -> Path:
    """Write a program that stands in for Pagefind."""
    path.write_text("\n".join(("#!/bin/sh", *lines, "")), encoding="utf-8")
    path.chmod(0o755)
    return path


def test_what_pagefind_says_when_it_fails_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = script(tmp_path / "pagefind", "echo No room", "exit 1")
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(failing))
    with pytest.raises(SearchError, match="could not make the search index:\nNo room"):
        bundle_of(SOME, tmp_path / "cache")
    assert tree(tmp_path / "cache") == {}


def test_only_the_bundles_used_last_are_kept(tmp_path: Path) -> None:
    made = [bundle_of(SOME[:2], tmp_path)]
    os.utime(made[0].parent, (1, 1))
    for number in range(3, 5):
        made.append(bundle_of(SOME[:number], tmp_path))
        os.utime(made[-1].parent, (number, number))
    assert bundle_of(SOME[:2], tmp_path) == made[0]
    newest = bundle_of(SOME[:6], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        each.parent.name for each in (made[0], made[2], newest)
    }


def test_nothing_of_an_older_index_is_left_in_a_site(tmp_path: Path) -> None:
    kept = bundle_of(SOME, tmp_path / "cache")
    site = tmp_path / "site" / FOLDER
    site.mkdir(parents=True)
    (site / "old.pf_meta").touch()
    put(kept, site)
    assert tree(site) == tree(kept)


@pytest.mark.parametrize("other_disk", [False, True])
def test_what_happens_to_a_site_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_disk: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("Invalid cross-device link")

    if other_disk:
        monkeypatch.setattr(os, "link", refuse)
    kept = bundle_of(SOME, tmp_path / "cache")
    before = tree(kept)
    put(kept, tmp_path / "site")
    assert tree(tmp_path / "site") == before
    cut(tmp_path / "site")
    put(bundle_of(SOME, tmp_path / "cache"), tmp_path / "site")
    assert tree(tmp_path / "site") == before


# Beside a server


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """Return a folder that is as good as an index."""
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "which.txt").write_text("the right one", encoding="utf-8")
    return folder


def test_nobody_waits_for_an_index(tmp_path: Path, ready: Path) -> None:
    go, told = Event(), list[str]()

    def make() -> Path:
        go.wait()
        return ready

    thread = Background(told.append).begin(make, tmp_path / "site")
    assert thread.is_alive()
    assert not (tmp_path / "site").exists()
    go.set()
    thread.join()
    assert tree(tmp_path / "site") == tree(ready)
    assert told == []


def test_an_index_that_was_overtaken_never_takes_its_place(tmp_path: Path, ready: Path) -> None:
    go, at_work, made = Event(), Event(), list[str]()
    stale = tmp_path / "stale"
    stale.mkdir()

    def make_stale() -> Path:
        at_work.set()
        go.wait()
        made.append("stale")
        return stale

    background = Background(made.append)
    threads = [background.begin(make_stale, tmp_path / "site")]
    at_work.wait()
    threads.append(background.begin(lambda: make_stale(), tmp_path / "site"))
    threads.append(background.begin(lambda: ready, tmp_path / "site"))
    go.set()
    for thread in threads:
        thread.join()
    assert tree(tmp_path / "site") == tree(ready)
    assert made == ["stale"]  # the second was overtaken before its turn, and not made at all


def test_an_index_is_dropped_when_its_site_is_built_again(tmp_path: Path, ready: Path) -> None:
    go, at_work = Event(), Event()

    def make() -> Path:
        at_work.set()
        go.wait()
        return ready

    background = Background(print)
    thread = background.begin(make, tmp_path / "site")
    at_work.wait()
    background.forget()
    go.set()
    thread.join()
    assert not (tmp_path / "site").exists()


def test_who_stops_waits_until_nothing_is_under_way(tmp_path: Path, ready: Path) -> None:
    go, at_work, done = Event(), Event(), list[str]()

    def make() -> Path:
        at_work.set()
        go.wait()
        done.append("made")
        return ready

    def stop() -> None:
        background.stop()
        done.append("stopped")

    background = Background(print)
    threads = [background.begin(make, tmp_path / "site"), Thread(target=stop)]
    at_work.wait()
    threads[1].start()
    threads[1].join(0.1)
    go.set()
    for thread in threads:
        thread.join()
    assert done == ["made", "stopped"]


def test_nothing_is_told_of_an_index_that_nobody_waits_for_any_more(tmp_path: Path) -> None:
    told = list[str]()
    background = Background(told.append)

    def fail() -> Path:
        background.forget()
        raise SearchError("Ended with the server")

    background.begin(fail, tmp_path / "site").join()
    assert told == []


def test_an_index_that_cannot_be_made_is_told_of_and_the_next_is_made(
    tmp_path: Path, ready: Path
) -> None:
    told = list[str]()

    def fail() -> Path:
        raise SearchError("No room")

    background = Background(told.append)
    background.begin(fail, tmp_path / "site").join()
    assert told == ["There is no search until the next change: No room"]
    background.begin(lambda: ready, tmp_path / "site").join()
    assert tree(tmp_path / "site") == tree(ready)


# In a build


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the whole real project."""
    return copy_project(tmp_path / "project")


NO_PAGEFIND = {"PAGEFIND_BINARY_PATH": "/nowhere/pagefind"}


def test_a_site_has_an_index_and_a_copy_for_a_folder_has_none(
    project: Path, tmp_path: Path
) -> None:
    site = build(project, tmp_path / "site")
    assert (site / FOLDER / "pagefind-worker.js").is_file()
    copy = build(project, tmp_path / "copy", PEELSITE_DIRECTORY_URLS="false", **NO_PAGEFIND)
    assert not (copy / FOLDER).exists()
    assert "Search does not work here" in (copy / "search.html").read_text(encoding="utf-8")


def test_a_build_without_the_index_is_the_same_site_in_all_else(
    project: Path, tmp_path: Path
) -> None:
    whole = tree(build(project, tmp_path / "whole"))
    without = build(project, tmp_path / "without", PEELSITE_SEARCH="false", **NO_PAGEFIND)
    assert tree(without) == {
        path: content for path, content in whole.items() if not path.startswith(f"{FOLDER}/")
    }


def test_a_build_makes_an_index_only_when_something_in_it_changes(
    project: Path, tmp_path: Path
) -> None:
    first = tree(build(project, tmp_path / "one"))
    assert tree(build(project, tmp_path / "two", **NO_PAGEFIND)) == first
    replace(project / INSPECTION, "Operation Momentum in Ashington", "Another title")
    run = run_mkdocs(
        project, "build", "--strict", "--site-dir", str(tmp_path / "two"), **NO_PAGEFIND
    )
    assert run.returncode == 1
    assert "Pagefind could not be run: " in run.stdout
    assert "Traceback" not in run.stdout
    assert tree(tmp_path / "two") == first


@pytest.fixture
def serve(project: Path) -> Iterator[Serving]:
    """Give a way to serve the project, and end what was started."""
    with serving(project) as start:
        yield start


SCRIPT = f"{FOLDER}/newest.js"
WRITTEN = "export default"
"""Words in a script of the index, and in no page of ours."""


def test_a_server_shows_its_pages_before_there_is_an_index(
    serve: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, asked = tmp_path / "go", tmp_path / "asked"
    slow = script(
        tmp_path / "slow",
        f"touch '{asked}'",
        f"while [ ! -e '{go}' ]; do sleep 0.05; done",
        f"exec '{get_executable()}' \"$@\"",
    )
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(slow))
    server = serve()
    server.until_page("forces/northumbria/", "<h1>Northumbria Police</h1>")
    server.until(asked.exists, "Pagefind at work")
    replace(serve.project / INSPECTION, "Operation Momentum in Ashington", "Changed title")
    server.until_page("forces/northumbria/", "Changed title")
    assert WRITTEN not in server.page(SCRIPT)
    go.touch()
    server.until(lambda: WRITTEN in server.page(SCRIPT), "an index")
    assert "Traceback" not in server.terminal


def test_a_server_outlives_an_index_that_cannot_be_made(
    serve: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended = tmp_path / "mended"
    failing = script(
        tmp_path / "failing",
        f"[ -e '{mended}' ] && exec '{get_executable()}' \"$@\"",
        "echo No room",
        "exit 1",
    )
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(failing))
    server = serve()
    server.until(lambda: "No room" in server.terminal, "the failure in the terminal")
    assert WRITTEN not in server.page(SCRIPT)
    mended.touch()
    replace(serve.project / INSPECTION, "Operation Momentum in Ashington", "Changed title")
    server.until(lambda: WRITTEN in server.page(SCRIPT), "an index")
    assert "Traceback" not in server.terminal


def test_a_server_that_is_stopped_leaves_nothing_behind(
    serve: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, asked, ended = tmp_path / "go", tmp_path / "asked", tmp_path / "ended"
    slow = script(
        tmp_path / "slow",
        f"touch '{asked}'",
        f"while [ ! -e '{go}' ]; do sleep 0.05; done",
        f"'{get_executable()}' \"$@\" && touch '{ended}'",
    )
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(slow))
    # What ignores it, as commands that a shell runs in the background do, hands that on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    server = serve()
    signal.signal(signal.SIGINT, before)
    server.until(asked.exists, "Pagefind at work")
    server.process.send_signal(signal.SIGINT)
    server.until(lambda: "Shutting down" in server.terminal, "an end")
    go.touch()
    assert server.process.wait() == 0
    assert ended.exists()
    assert list(tmp_path.glob("mkdocs_*")) == []
    assert "Traceback" not in server.terminal
