"""What it takes to read a page of the real site: HTML, and all styles and scripts that it loads.

Sizes are bytes as GitHub Pages sends them: gzip, level 6. Styles for paper alone are not needed to
read on a screen. What is fetched only when somebody searches or copies is not counted.
"""

from __future__ import annotations

import gzip
import re
import shutil
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import pytest

from peelsite.pages import sheets_of
from tests.sites import ROOT, BuiltSite, Html, assert_none, build

HOME: Final = "https://peelsite.github.io/peelsite/"

BUDGETS: Final = {
    # What people come for: 14 KB, all in all.
    "index.html": 14_000,
    "forces/*": 14_000,
    "units/*": 14_000,
    "regions/*": 14_000,
    "inspections/*": 14_000,
    # The words of this report's findings alone, without any mark-up, are 8.2 KB; with the shell and
    # with the link and evidence of each of its 88 statements they cannot be had for 14.
    "inspections/2022-12-07-north-east-soc": 21_800,
    # What hangs on them.
    "forces/*/record": 14_000,
    "units/*/record": 8_300,
    "regions/*/record": 8_200,
    "forces/*/pack": 11_600,
    "units/*/pack": 10_300,
    "inspections/*/cite": 11_400,
    # Lists.
    "forces": 8_800,
    "units": 7_600,
    "regions": 7_400,
    "inspections": 10_200,
    "questions": 8_900,
    "questions/*": 14_000,
    "rounds": 9_100,
    "rounds/*": 12_500,
    "rounds/*/by-region": 12_800,
    "themes": 7_600,
    "themes/*": 9_000,
    "concerns": 9_400,
    "responses": 11_200,
    "changes": 13_400,
    "changes/*": 9_200,
    "corrections": 8_500,
    # Where everything of the site stands in one place, or is put together.
    "findings": 18_900,
    "compare": 25_500,
    "sources": 28_400,
    "data": 22_000,
    "fields": 16_400,
    "search": 9_900,
    # Prose.
    "404.html": 6_400,
    "about": 8_300,
    "accessibility": 8_000,
    "contribute": 11_500,
    "feeds": 9_500,
    "glossary": 10_200,
    "grades": 11_900,
    "method": 11_200,
    "privacy": 7_500,
    "promise": 7_800,
    # In a frame on somebody else's page.
    "embed/*/*": 2_600,
}
"""The bytes that each kind of page may weigh; an address in full goes before a pattern."""

STYLES: Final = 8_000
SCRIPTS: Final = {"findings": 8_500}
"""The bytes of scripts that a page may load; any other may load SCRIPTS_ELSEWHERE."""
SCRIPTS_ELSEWHERE: Final = 6_000


@dataclass(frozen=True)
class Weight:
    """What a page weighs, in bytes."""

    html: int
    styles: int
    scripts: int

    @property
    def total(self) -> int:
        return self.html + self.styles + self.scripts


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the real site as it is published."""
    return BuiltSite(build(ROOT, tmp_path_factory.mktemp("weight") / "site", SITE_URL=HOME), HOME)


@cache
def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 6, mtime=0))


def loaded(site: BuiltSite, page: Html) -> tuple[list[str], list[str]]:
    """Return the paths of the stylesheets and of the scripts that a page loads by itself."""
    here = site.url(page.path)
    tags = [dict(ATTRIBUTE.findall(tag)) for tag in TAG.findall(page.text)]
    styles = [
        urljoin(here, each["href"]).removeprefix(HOME)
        for each in tags
        if each.get("rel") == "stylesheet" and each.get("media") != "print"
    ]
    scripts = [urljoin(here, each["src"]).removeprefix(HOME) for each in tags if "src" in each]
    return styles, scripts


TAG: Final = re.compile(r"<(?:link|script)\b[^>]*>")
ATTRIBUTE: Final = re.compile(r'(\w+)="([^"]*)"')
CLASSES: Final = re.compile(r'\bclass="([^"]*)"')


def weight_of(site: BuiltSite, page: Html) -> Weight:
    """Return what a page weighs; fails if it loads anything from elsewhere."""
    styles, scripts = loaded(site, page)
    return Weight(
        compressed(site.files[page.path]),
        sum(compressed(site.files[path]) for path in styles),
        sum(compressed(site.files[path]) for path in scripts),
    )


def every_page(site: BuiltSite) -> dict[str, Html]:
    """Return all pages by their address: "index.html", "forces", "forces/durham"."""
    return {
        re.sub(r"/index\.html$", "", path): page
        for path, page in (site.pages | site.embeds).items()
    }


def kind_of(address: str) -> str:
    """Return the address or pattern in the table of budgets that is meant for a page."""
    if address in BUDGETS:
        return address
    steps = address.count("/")
    [kind] = [each for each in BUDGETS if each.count("/") == steps and fnmatch(address, each)]
    return kind


def too_heavy(site: BuiltSite) -> list[str]:
    """Return a line for each page that is heavier than it may be."""
    told = []
    for address, page in every_page(site).items():
        weight = weight_of(site, page)
        budgets = {
            "all": (weight.total, BUDGETS[kind_of(address)]),
            "styles": (weight.styles, STYLES),
            "scripts": (weight.scripts, SCRIPTS.get(address, SCRIPTS_ELSEWHERE)),
        }
        told += [
            f"{address}: {what} {weighs:,} bytes, {weighs - may:,} more than {may:,} ({weight})"
            for what, (weighs, may) in budgets.items()
            if weighs > may
        ]
    return told


def test_no_page_outgrows_its_budget(site: BuiltSite) -> None:
    assert len(every_page(site)) > 400
    assert_none(too_heavy(site))


def test_what_people_come_for_is_promised_in_one_figure() -> None:
    promised = ("index.html", "forces/*", "units/*", "regions/*", "inspections/*")
    assert {BUDGETS[kind] for kind in promised} == {14_000}


def test_every_page_has_a_budget_and_every_budget_a_page(site: BuiltSite) -> None:
    kinds = {kind_of(address) for address in every_page(site)}
    assert kinds == set(BUDGETS)


def test_no_budget_is_far_from_what_the_heaviest_page_weighs(site: BuiltSite) -> None:
    """Except where it is the promise of 14 KB; else pages could grow by much before it is told."""
    heaviest = dict.fromkeys(BUDGETS, 0)
    for address, page in every_page(site).items():
        kind = kind_of(address)
        heaviest[kind] = max(heaviest[kind], weight_of(site, page).total)
    loose = {
        kind: (weighs, BUDGETS[kind])
        for kind, weighs in heaviest.items()
        if BUDGETS[kind] != 14_000 and BUDGETS[kind] - weighs > max(800, 0.08 * weighs)
    }
    assert not loose


def test_styles_and_scripts_are_counted(site: BuiltSite) -> None:
    page = every_page(site)["forces/northumbria"]
    styles, scripts = loaded(site, page)
    weight = weight_of(site, page)

    assert styles == ["assets/peelsite.css", "assets/finding.css", "assets/body.css"]
    assert scripts == ["assets/peelsite.js"]
    assert min(weight.html, weight.styles, weight.scripts) > 500
    assert weight.total == sum(
        compressed(site.files[path]) for path in (page.path, *styles, *scripts)
    )


@pytest.mark.parametrize("path", ["forces/kent/index.html", "assets/peelsite.css"])
def test_what_grows_is_told(site: BuiltSite, path: str, tmp_path: Path) -> None:
    """A page, or a stylesheet of every page, to which much is added that no compression shrinks."""
    folder = tmp_path / "site"
    shutil.copytree(site.folder, folder)
    noise = "".join(compress_to_nothing(6_000))
    with (folder / path).open("a", encoding="utf-8") as file:
        file.write(f"<!-- {noise} -->" if path.endswith(".html") else f"/* {noise} */")

    told = too_heavy(BuiltSite(folder, HOME))

    assert any(line.startswith("forces/kent: all ") for line in told)
    assert (len(told) == 1) is path.endswith(".html")


def compress_to_nothing(length: int) -> list[str]:
    """Return characters in an order that no compression makes shorter than about three quarters."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    state, found = 1, []
    for _ in range(length * 4 // 3):
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        found.append(letters[state >> 58])
    return found


def test_no_font_is_loaded() -> None:
    sheets = sorted((ROOT / "templates" / "assets").glob("*.css"))
    assert len(sheets) > 5
    assert_none([sheet.name for sheet in sheets if "@font-face" in sheet.read_text("utf-8")])


# A page has the styles that it needs


def selectors(sheet: str) -> set[tuple[str, frozenset[str]]]:
    """Return the selectors of a stylesheet, each with the classes that it asks for."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    found = set()
    for rule in re.findall(r"([^{};]+)\{", text):
        if not rule.strip().startswith("@"):
            for selector in re.split(r",(?![^(]*\))", rule):
                alone = re.sub(r":(is|not)\([^)]*\)", "", selector)
                found.add((selector.strip(), frozenset(re.findall(r"\.([a-zA-Z][\w-]*)", alone))))
    return found


LATER: Final = ("assets/search.css", "assets/print.css")
"""Sheets that come with what they are for, or for paper alone; nobody misses them before."""


def test_no_page_lacks_the_styles_of_what_is_on_it(site: BuiltSite) -> None:
    """A rule whose classes are all on a page stands in a sheet that the page loads."""
    sheets = {
        path: selectors(data.decode())
        for path, data in site.files.items()
        if path.startswith("assets/") and path.endswith(".css") and path not in LATER
    }
    assert len(sheets) > 5
    lacking = set()
    for address, page in every_page(site).items():
        if address.startswith("embed/"):
            continue
        linked = loaded(site, page)[0]
        classes = {name for each in CLASSES.findall(page.text) for name in each.split()}
        here = {selector for path in linked for selector, _ in sheets.get(path, ())}
        for path, found in sheets.items():
            if path not in linked and path != "assets/embed.css":
                lacking |= {
                    (kind_of(address), path, selector)
                    for selector, asked in found
                    if asked and asked <= classes and selector not in here
                }
    assert_none(sorted(lacking))


def test_a_sheet_is_asked_for_by_name() -> None:
    assert sheets_of("pages/body.html") == ("finding", "body")
    assert sheets_of("pages/themes.html") == ()
