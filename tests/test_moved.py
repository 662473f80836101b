"""What has another id now is found at every address that it had before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urljoin

import pytest

from peelsite.catalogue import join
from peelsite.exports.extra import Extra, with_old_paths
from peelsite.load import load
from peelsite.pages import old_anchors, plan
from peelsite.search import records
from tests import published
from tests.sites import ROOT, BuiltSite, Html, assert_none, build, copy_project

SMALL: Final = ROOT / "tests" / "small_site" / "content"
HOME: Final = "https://example.org/repo/"

Rename: TypeAlias = Callable[[Path], Callable[[], None]]
"""Gives something another id; what it returns tells under which it stood before."""


# --- renaming what was published ---------------------------------------------------------------


def in_files(project: Path, pattern: str, old: str, new: str) -> None:
    """Put ``new`` for ``old`` in the files of the content, in all lines."""
    for file in (project / "content").glob(pattern):
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def add_line(file: Path, after: str, line: str) -> None:
    """Add a line after each line that is ``after``."""
    text = file.read_text(encoding="utf-8")
    assert f"\n{after}\n" in text
    file.write_text(text.replace(f"\n{after}\n", f"\n{after}\n{line}\n"), encoding="utf-8")


def rename_body(project: Path, old: str, new: str) -> Path:
    """Give a body another id wherever it is named, and return its file."""
    content = project / "content"
    file = content / "bodies" / f"{new}.yml"
    (content / "bodies" / f"{old}.yml").rename(file)
    for each in (*content.rglob("*.yml"), *content.rglob("*.md")):
        before, bodies, text = each.read_text(encoding="utf-8").rpartition("\nbodies:\n")
        text = re.sub(rf"^  {old}:$", f"  {new}:", text, flags=re.MULTILINE)
        text = re.sub(rf"(#|[\[ (]forces/){old}\b", rf"\1{new}", text)
        text = re.sub(rf"((?:forces|shared-with): \[.*?)\b{old}(?=[],])", rf"\1{new}", text)
        each.write_text(f"{before}{bodies}{text}", encoding="utf-8")
    return file


def force(project: Path) -> Callable[[], None]:
    file = rename_body(project, "cleveland", "cleveland-police")
    return lambda: add_line(file, "kind: force", "moved-from: [cleveland]")


def inspection(project: Path) -> Callable[[], None]:
    folder, old, new = project / "content" / "inspections", "2022-12-07-north-east-soc", "ne-2022"
    (folder / f"{old}.yml").rename(folder / f"{new}.yml")
    in_files(project, "**/*.yml", old, new)
    in_files(project, "**/*.md", old, new)
    return lambda: add_line(folder / f"{new}.yml", "round: soc-2022", f"moved-from: [{old}]")


def finding(project: Path) -> Callable[[], None]:
    in_files(project, "**/*.yml", "polit-workload", "polit-capacity")
    file = project / "content" / "inspections" / "2022-12-07-north-east-soc.yml"
    return lambda: add_line(
        file, "      - id: polit-capacity", "        moved-from: [polit-workload]"
    )


def claim(project: Path) -> Callable[[], None]:
    in_files(project, "**/*.yml", "courier-fraud", "fraud-by-courier")
    file = project / "content" / "inspections" / "2022-12-07-north-east-soc.yml"
    return lambda: add_line(
        file, "      - id: fraud-by-courier", "        moved-from: [courier-fraud]"
    )


def theme(project: Path) -> Callable[[], None]:
    in_files(project, "inspections/*.yml", "online-child-abuse]", "abuse-online]")
    in_files(project, "themes.yml", "online-child-abuse: {", "abuse-online: {")
    return lambda: in_files(
        project,
        "themes.yml",
        "abuse-online: {",
        "abuse-online: {moved-from: [online-child-abuse], ",
    )


def question(project: Path) -> Callable[[], None]:
    in_files(project, "*.yml", "greatest-risk", "risk")
    in_files(project, "inspections/*.yml", "question: greatest-risk", "question: risk")
    file = project / "content" / "questions.yml"
    return lambda: add_line(file, "risk:", "  moved-from: [greatest-risk]")


def round_(project: Path) -> Callable[[], None]:
    for pattern in ("**/*.yml", "**/*.md"):
        in_files(project, pattern, "soc-2022", "soc-2022-24")
    file = project / "content" / "rounds.yml"
    return lambda: add_line(file, "soc-2022-24:", "  moved-from: [soc-2022]")


RENAMED: Final[dict[Rename, tuple[str, ...]]] = {
    force: (
        "api/v1/bodies/cleveland.json",
        "calendar/cleveland.ics",
        "data/bodies/cleveland-ratings.csv",
        "embed/forces/cleveland/",
        "feeds/forces/cleveland.xml",
        "forces/cleveland/",
        "forces/cleveland/pack/",
        "forces/cleveland/record/",
        "inspections/2022-12-07-north-east-soc/#cleveland",
        "inspections/2022-12-07-north-east-soc/#cleveland-financial-investigation",
        "inspections/2022-12-07-north-east-soc/cite/#cleveland-financial-investigation.bibtex",
    ),
    inspection: (
        "api/v1/inspections/2022-12-07-north-east-soc.json",
        "data/inspections/2022-12-07-north-east-soc-findings.csv",
        "embed/inspections/2022-12-07-north-east-soc/",
        "inspections/2022-12-07-north-east-soc/",
        "inspections/2022-12-07-north-east-soc/#cleveland-financial-investigation",
        "inspections/2022-12-07-north-east-soc/#responses",
        "inspections/2022-12-07-north-east-soc/cite/",
    ),
    finding: (
        "inspections/2022-12-07-north-east-soc/#northumbria-polit-workload",
        "inspections/2022-12-07-north-east-soc/cite/#northumbria-polit-workload.text",
    ),
    claim: (
        "inspections/2022-12-07-north-east-soc/#nerou-courier-fraud",
        "inspections/2022-12-07-north-east-soc/cite/#nerou-courier-fraud.markdown",
    ),
    theme: ("themes/online-child-abuse/",),
    question: ("questions/greatest-risk/",),
    round_: ("rounds/soc-2022/", "rounds/soc-2022/by-region/"),
}
"""How something of each kind gets another id, and addresses that are lost by it."""


@pytest.mark.parametrize("rename", RENAMED, ids=lambda rename: rename.__name__)
def test_an_address_is_lost_with_an_id_unless_that_is_told(tmp_path: Path, rename: Rename) -> None:
    project = copy_project(tmp_path / "project")
    tell = rename(project)
    lost = published.unanswered(built(project, tmp_path / "lost"), published.read())
    told = {each.partition(": ")[0] for each in lost}
    assert_none(set(RENAMED[rename]) - told)

    tell()
    assert_none(published.unanswered(built(project, tmp_path / "kept"), published.read()))


def built(project: Path, folder: Path) -> BuiltSite:
    return BuiltSite(build(project, folder, SITE_URL=HOME, PEELSITE_SEARCH="false"), HOME)


# --- the pages that lead on ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("moved") / "project", SMALL)


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the small site, in which something of each kind has moved."""
    return built(project, tmp_path_factory.mktemp("built") / "site")


OLD_IDS: Final = ("north-shire", "shire-of-north", "2023-vale", "phones", "ringers", "round-two")
OLD: Final = re.compile(rf"(^|/)({'|'.join(OLD_IDS)})\b")


def of_before(site: BuiltSite) -> dict[str, Html]:
    return {path: page for path, page in (site.pages | site.embeds).items() if OLD.search(path)}


def broken(site: BuiltSite, page: Html) -> list[str]:
    """Return the links of a page that lead nowhere on the site."""
    ours = [each.value for each in page.links if not site.is_elsewhere(page, each.value)]
    return [link for link in ours if site.trouble_with(page, link.partition("?")[0])]


def test_every_page_under_an_address_leads_on_from_the_old_one(site: BuiltSite) -> None:
    found = [path.removesuffix("index.html") for path in of_before(site)]
    of_forces = [f"{each}/{rest}" for each in OLD_IDS[:2] for rest in ("", "pack/", "record/")]
    assert sorted(found) == sorted(
        [
            *(f"forces/{each}" for each in of_forces),
            *(f"embed/forces/{each}/" for each in OLD_IDS[:2]),
            *("embed/inspections/2023-vale/", "inspections/2023-vale/"),
            "inspections/2023-vale/cite/",
            *("themes/phones/", "questions/ringers/"),
            *("rounds/round-two/", "rounds/round-two/by-region/"),
        ]
    )


NOW: Final = {
    "north-shire": "northshire",
    "shire-of-north": "northshire",
    "2023-vale": "2023-06-15-crime",
    "phones": "telephones",
    "ringers": "callers",
    "round-two": "second",
}


def test_a_page_that_leads_on_names_the_new_address_in_every_way(site: BuiltSite) -> None:
    for path, page in of_before(site).items():
        now = site.url(OLD.sub(lambda found: found[1] + NOW[found[2]], path))
        [link] = [each for each in page.elements("a") if "data-moved" in each.attrib]
        metas = {
            e.get("name") or e.get("http-equiv"): e.get("content", "")
            for e in page.elements("meta")
        }
        [canonical] = [each.value for each in page.links if each.rel == "canonical"]
        seconds, _, refreshed = metas["refresh"].partition("; url=")
        assert seconds == "0"
        assert "//" not in refreshed
        assert (
            urljoin(site.url(path), refreshed) == urljoin(site.url(path), link.get("href")) == now
        )
        assert canonical == now.replace("/embed/", "/")
        assert metas["robots"] == "noindex"
        assert_none(page.errors)
        assert_none(broken(site, page))


def test_nothing_leads_to_an_old_address(site: BuiltSite) -> None:
    leading = [
        (path, link.value)
        for path, page in (site.pages | site.embeds).items()
        for link in page.links
        if OLD.search(link.value) and not OLD.search(path)
    ]
    assert_none(leading)
    listing = ("sitemap.xml", "feeds/all.xml", "feeds/forces/northshire.xml", "data/bodies.csv")
    assert_none([path for path in listing if OLD.search(site.files[path].decode())])


def test_who_searches_finds_no_old_address() -> None:
    catalogue = join(load(SMALL))
    found = records(catalogue, plan(catalogue), ())
    assert "forces/northshire/" in {each.url for each in found}
    assert_none([each.url for each in found if OLD.search(each.url)])


def test_a_copy_for_a_folder_leads_on_too(project: Path, tmp_path: Path) -> None:
    folder = build(project, tmp_path / "site", PEELSITE_DIRECTORY_URLS="false")
    copy = BuiltSite(folder, "file:///copy/")
    page = copy.pages["forces/north-shire/record.html"]
    [link] = [each for each in page.elements("a") if "data-moved" in each.attrib]
    assert link.get("href") == "../../forces/northshire/record.html"
    assert 'content="0; url=../../forces/northshire/record.html"' in page.text
    for page in of_before(copy).values():
        assert_none(broken(copy, page))


# --- anchors -------------------------------------------------------------------------------------


def test_an_anchor_of_before_stands_within_what_it_led_to(site: BuiltSite) -> None:
    for path in ("inspections/2023-06-15-crime/", "inspections/2023-06-15-crime/cite/"):
        page = site.pages[f"{path}index.html"]
        within = {
            inner.get("id"): outer.get("id")
            for outer in page.elements("article", "h2")
            for inner in outer
            if inner.get("class") == "formerly"
        }
        for body in ("northshire", "north-shire", "shire-of-north"):
            assert within.get(f"{body}-one-horse") == "northshire-horse"
            assert within.get(f"{body}-content-callers") == "northshire-happy-callers"
        assert within["north-shire-tea"] == "northshire-tea"
        assert within["north-shire"] == "northshire"


def test_without_an_id_of_before_there_is_no_anchor() -> None:
    catalogue = join(load(SMALL))
    found = {each.id: old_anchors(each) for each in (*catalogue.concerns, *catalogue.praised)}
    assert found["bicycles"] == []
    assert found["tea"] == ["north-shire-tea", "shire-of-north-tea"]


def test_one_anchor_made_of_two_ids_stands_once() -> None:
    """Of "a" before and "b-c" now, and of "a-b" now and "c" before."""
    catalogue = join(load(SMALL))
    [tea] = [each for each in catalogue.praised if each.id == "tea"]
    body = replace(tea.body, moved_from=("northshire-green",))
    assert old_anchors(replace(tea, body=body, moved_from=("green-tea",))) == [
        "northshire-green-tea",
        "northshire-green-green-tea",
    ]


# --- files ---------------------------------------------------------------------------------------


def test_files_are_the_same_at_every_path_that_they_had(site: BuiltSite) -> None:
    pairs = {
        "api/v1/bodies/{}.json": ("northshire", "north-shire", "shire-of-north"),
        "calendar/{}.ics": ("northshire", "north-shire", "shire-of-north"),
        "data/bodies/{}-findings.csv": ("northshire", "north-shire", "shire-of-north"),
        "data/bodies/{}-ratings.csv": ("northshire", "north-shire", "shire-of-north"),
        "feeds/forces/{}.xml": ("northshire", "north-shire", "shire-of-north"),
        "api/v1/inspections/{}.json": ("2023-06-15-crime", "2023-vale"),
        "data/inspections/{}-findings.csv": ("2023-06-15-crime", "2023-vale"),
        "data/inspections/{}-ratings.csv": ("2023-06-15-crime", "2023-vale"),
    }
    for path, (now, *before) in pairs.items():
        for old in before:
            assert site.files[path.format(old)] == site.files[path.format(now)]
    others = [path for path in site.files if OLD.search(path) and not path.endswith(".html")]
    assert len(others) == sum(len(before) for _, *before in pairs.values())


def test_a_file_of_another_whose_id_begins_alike_stays_alone() -> None:
    catalogue = join(load(SMALL))
    files = [
        Extra("data/bodies/northshire-ratings.csv", [b"1"], "bodies/northshire"),
        Extra("data/bodies/northshire-east-ratings.csv", [b"2"], "bodies/northshire-east"),
        Extra("data/northshire.csv", [b"3"]),
    ]
    assert [(each.path, each.content) for each in with_old_paths(files, catalogue)] == [
        ("data/bodies/northshire-ratings.csv", b"1"),
        ("data/bodies/north-shire-ratings.csv", b"1"),
        ("data/bodies/shire-of-north-ratings.csv", b"1"),
        ("data/bodies/northshire-east-ratings.csv", b"2"),
        ("data/northshire.csv", b"3"),
    ]
