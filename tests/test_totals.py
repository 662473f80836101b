"""Page, search, feed and data count the same: every total is taken from the files of the site."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import cache
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import fromstring

import pytest

from peelsite.exports.explorer import NONE
from peelsite.pages import Hosting
from peelsite.schema import BodyKind
from peelsite.search.records import records as search_records
from tests.sites import ROOT, Html, Made, make, words_of

Totals: TypeAlias = "dict[str, int]"

FINDINGS: Final = {"concerns": "concern", "praised": "praised", "claims": "claim"}
"""What the table of findings holds, by the word in its column ``kind``."""

TABLES: Final = (
    "bodies",
    "inspections",
    "rounds",
    "questions",
    "themes",
    "sources",
    "ratings",
    "replies",
    "corrections",
)

ATOM: Final = "{http://www.w3.org/2005/Atom}"


@cache
def site() -> Made:
    return make(
        ROOT / "content",
        ROOT / "templates",
        hosting=Hosting("peelsite", "https://site.example/repo/"),
    )


@cache
def files() -> dict[str, bytes]:
    return {each.path: each.content for each in site().files}


def page(address: str) -> Html:
    [html] = [each.html for each in site().pages if each.page.address == address]
    return Html(address, html)


def pages_made_with(template: str) -> list[Html]:
    made = [each for each in site().pages if each.page.template == f"pages/{template}.html"]
    return [Html(each.page.address, each.html) for each in made]


def in_catalogue() -> Totals:
    catalogue = site().catalogue
    return {
        "bodies": len(catalogue.bodies),
        "inspections": len(catalogue.inspections),
        "rounds": len(catalogue.rounds),
        "questions": len(catalogue.questions),
        "themes": len(catalogue.themes),
        "sources": len(catalogue.sources),
        "ratings": sum(len(part.ratings) for part in catalogue.parts),
        "replies": sum(len(part.replies) for part in catalogue.parts),
        "claims": sum(len(part.claims) for part in catalogue.parts),
        "concerns": len(catalogue.concerns),
        "praised": len(catalogue.praised),
        "open": len(catalogue.open_concerns),
        "corrections": len(catalogue.corrections),
    }


def of_findings(rows: Iterable[Mapping[str, Any]]) -> Totals:
    """Return how many rows of the table of findings there are of each kind, and how many open."""
    listed = list(rows)
    kinds = Counter(row["kind"] for row in listed)
    return {
        **{name: kinds[word] for name, word in FINDINGS.items()},
        "open": sum(row["is_open"] in (True, 1, "true") for row in listed),
    }


def in_csv() -> Totals:
    def rows(path: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(files()[path].decode(), newline="")))

    whole = {name: len(rows(f"data/{name}.csv")) for name in TABLES}
    return whole | of_findings(rows("data/findings.csv"))


def in_csv_of_inspections() -> Totals:
    """Count the rows of the files on single inspections."""
    counted: Counter[str] = Counter()
    for path, content in files().items():
        if match := re.match(r"data/inspections/.*-(ratings|findings)\.csv$", path):
            rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
            counted.update(of_findings(rows) if match[1] == "findings" else {"ratings": len(rows)})
    return dict(counted)


def in_api() -> Totals:
    def result(name: str) -> list[dict[str, Any]]:
        told = json.loads(files()[f"api/v1/{name}.json"])
        assert told["total"] == len(told["result"])
        listed: list[dict[str, Any]] = told["result"]
        return listed

    return {name: len(result(name)) for name in TABLES} | of_findings(result("findings"))


def in_api_of_inspections() -> Totals:
    """Count what stands in the files on single inspections."""
    counted: Counter[str] = Counter()
    for path, content in files().items():
        if path.startswith("api/v1/inspections/"):
            counted["inspections"] += 1
            for part in json.loads(content)["result"]["parts"]:
                counted.update(of_findings(part["findings"]))
                counted.update({name: len(part[name]) for name in ("ratings", "replies")})
    return dict(counted)


def in_sqlite() -> Totals:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(files()["data/peelsite.sqlite"])
        opened.row_factory = sqlite3.Row
        whole = {
            name: int(opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608
            for name in TABLES
        }
        return whole | of_findings(map(dict, opened.execute("SELECT * FROM findings")))


def on_the_page_of_data() -> Totals:
    parts = {each.attrib["id"]: each for each in page("data/index").elements("article")}
    numbers = {
        name: next(int(each.attrib["value"]) for each in part.iter("data"))
        for name, part in parts.items()
    }
    return {name: numbers[f"table-{name}"] for name in TABLES}


def on_pages_of_their_own() -> Totals:
    """Count pages, and what stands on the pages of inspections."""
    counted: Counter[str] = Counter()
    for inspection in pages_made_with("inspection"):
        kinds = [each.get("class") for each in inspection.elements("article")]
        told = [
            words_of(each).partition(" · ")[0]
            for each in inspection.elements("p")
            if each.get("class") == "kicker"
        ]
        [ratings] = [t for t in inspection.elements("table") if t.get("class") == "ratings stacked"]
        counted.update(
            ratings=sum(1 for _ in ratings.iter("tr")) - 1,
            claims=kinds.count("finding claim"),
            replies=kinds.count("finding reply"),
            concerns=told.count("Concern"),
            praised=told.count("Praised"),
        )
    return {
        **counted,
        "bodies": len(pages_made_with("body")),
        "inspections": len(pages_made_with("inspection")),
        "rounds": len([each for each in pages_made_with("round") if each.path.count("/") == 1]),
        "questions": len(pages_made_with("question")),
        "themes": len(pages_made_with("theme")),
        "sources": len(page("sources").elements("article")),
    }


def on_the_home_page() -> Totals:
    home = page("index")
    sections = {each.get("aria-labelledby"): each for each in home.elements("section")}
    [number] = re.findall(r"All (\d+) inspections", words_of(sections["inspections"]))
    return {
        "inspections": int(number),
        "open": len(list(sections["concerns"].iter("li"))),
        "praised": len(list(sections["praised"].iter("li"))),
    }


def in_search() -> Totals:
    found = search_records(site().catalogue, [], [])
    kinds = Counter(record.kind for record in found)
    told = {
        "concerns": "Concern",
        "praised": "Praised work",
        "claims": "Claim by a body",
        "replies": "Reply",
        "inspections": "Inspection",
        "rounds": "Round",
        "questions": "Question",
        "themes": "Theme",
    }
    bodies = sum(kinds[kind.label] for kind in BodyKind)
    return {"bodies": bodies, **{name: kinds[kind] for name, kind in told.items()}}


def in_the_filter() -> Totals:
    """Count in the data with which the page of findings filters, which has a number for each."""
    text = files()["findings/data.js"].decode()
    data = json.loads(text.removeprefix("peelsiteFindings.data(").removesuffix(");\n"))
    [kind] = [facet for facet in data["facets"] if facet["name"] == "kind"]
    words = [value for value, _ in kind["values"]]
    kinds = Counter(words[place] for mark in kind["of"] for place in kind["sets"][ord(mark) - 48])
    silent = [ord(mark) - 48 for mark in data["silent"]]
    return {
        **{name: kinds[word] for name, word in FINDINGS.items()},
        "open": sum(place != NONE for place in silent),
    }


def in_feeds() -> Totals:
    """Count the entries of all feeds, each once: a feed holds its newest alone."""
    kinds: dict[str, str] = {}
    for path, content in files().items():
        if path.startswith("feeds/") and path.endswith(".xml"):
            for entry in fromstring(content).iter(f"{ATOM}entry"):  # noqa: S314 - ours
                [kind, *_] = [each.attrib["term"] for each in entry.iter(f"{ATOM}category")]
                kinds[entry.findtext(f"{ATOM}id", "")] = kind
    terms = Counter(kinds.values())
    told = {"inspections": "report", "replies": "reply", "corrections": "correction"}
    return {name: terms[kind] for name, kind in told.items()}


PLACES: Final[dict[str, Callable[[], Totals]]] = {
    "CSV": in_csv,
    "CSV of inspections": in_csv_of_inspections,
    "JSON": in_api,
    "JSON of inspections": in_api_of_inspections,
    "SQLite": in_sqlite,
    "page of data": on_the_page_of_data,
    "pages": on_pages_of_their_own,
    "home page": on_the_home_page,
    "search": in_search,
    "filter": in_the_filter,
    "feeds": in_feeds,
}


@pytest.mark.parametrize("place", PLACES)
def test_every_place_counts_the_same(place: str) -> None:
    counted, known = PLACES[place](), in_catalogue()

    assert len(counted) >= 3
    assert all(counted.values())
    assert counted == {name: known[name] for name in counted}


def test_every_total_is_counted_in_several_places() -> None:
    counted = Counter(name for count in PLACES.values() for name in count())

    assert [name for name in in_catalogue() if counted[name] < 2] == []
