"""What the head of a page tells programs, and when pages say that they changed."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import html5lib
import pytest
from rdflib import SDO

from peelsite.exports import Node, alternates, breadcrumbs, described, in_script
from peelsite.pages import Hosting, Page
from tests.sites import Made, assert_none, make

HERE: Final = Path(__file__).parent
CONTENT: Final = HERE / "small_site" / "content"
TEMPLATES: Final = HERE.parent / "templates"
HOME: Final = "https://example.org/repo/"
HOSTING: Final = Hosting("peelsite", HOME)

ANY: Final = {"@type", "@id", "name"}
USED: Final = {
    "BreadcrumbList": {"itemListElement"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "Dataset": {
        "copyrightNotice",
        "creator",
        "dateModified",
        "description",
        "distribution",
        "inLanguage",
        "isAccessibleForFree",
        "license",
        "spatialCoverage",
        "temporalCoverage",
        "url",
    },
    "GovernmentOrganization": {"alternateName", "mainEntityOfPage", "member", "memberOf"},
    "ListItem": {"item", "position"},
    "Organization": {"url"},
    "Place": {"alternateName", "mainEntityOfPage"},
    "Report": {"about", "datePublished", "mainEntityOfPage", "publisher", "url"},
    "WebPage": {
        "dateModified",
        "description",
        "inLanguage",
        "isBasedOn",
        "isPartOf",
        "mainEntity",
        "url",
    },
    "WebSite": {"url"},
}
"""The types that we use and which of their properties: each at https://schema.org/<name>, where the
page of a type lists the properties that it may have."""


@cache
def small_site() -> Made:
    return make(CONTENT, TEMPLATES, hosting=HOSTING)


@cache
def pages() -> dict[str, Page]:
    return {each.page.address: each.page for each in small_site().pages}


SIZES: Final = {
    "api/v1/bodies.json": 1,
    "api/v1/bodies/northshire.json": 1,
    "api/v1/index.json": 1,
    "api/v1/openapi.json": 1,
    "data/bodies.csv": 1,
    "data/bodies/northshire-ratings.csv": 1,
    "data/csv-metadata.json": 1,
    "data/peelsite.sqlite": 1,
}


def told(address: str, hosting: Hosting = HOSTING) -> list[Node]:
    """Return everything that a page tells."""
    page = pages()[address]
    return [
        *breadcrumbs(address, page.name, page.above, hosting),
        *described(page, small_site().catalogue, hosting, SIZES),
    ]


def of_type(address: str, type_: str) -> Node:
    [node] = [each for each in told(address) if each["@type"] == type_]
    return node


def within(value: Any) -> Iterator[Node]:
    """Give every node in a value."""
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from within(each)


# --- types and properties ------------------------------------------------------------------------


def test_only_types_and_properties_of_schema_org_are_used() -> None:
    nodes = [node for address in pages() for node in within(told(address))]
    typed = [node for node in nodes if "@type" in node]
    assert_none([node for node in nodes if "@type" not in node and node.keys() != {"@id"}])
    assert {node["@type"] for node in typed} == set(USED)
    for node in typed:
        assert node.keys() <= ANY | USED[node["@type"]], node["@type"]


def test_the_names_are_in_the_vocabulary() -> None:
    names = {*USED, "name", *(name for names in USED.values() for name in names)}
    assert_none([name for name in names if name not in SDO])


def test_nothing_is_said_to_be_a_review_or_a_rating() -> None:
    """We are not the rater, and the grades of inspectors are no stars."""
    text = json.dumps([told(address) for address in pages()])
    assert "Rating" not in USED
    assert_none([word for word in ('Review"', 'Rating"', "ratingValue") if word in text])


def test_without_an_address_nothing_is_told() -> None:
    assert_none([told(address, Hosting()) for address in pages() if told(address, Hosting())])
    assert in_script([]) == ""


# --- who and what --------------------------------------------------------------------------------


def test_the_way_to_a_page() -> None:
    steps = of_type("inspections/2019-05-01-fraud/cite", "BreadcrumbList")["itemListElement"]
    inspection = pages()["inspections/2019-05-01-fraud"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Home", HOME),
        (2, inspection.name, f"{HOME}inspections/2019-05-01-fraud/"),
        (3, "Cite", f"{HOME}inspections/2019-05-01-fraud/cite/"),
    ]


def test_home_has_no_way_to_itself() -> None:
    assert [node["@type"] for node in told("index")] == ["Dataset"]


def test_a_unit_has_all_its_names_and_its_forces() -> None:
    unit = of_type("units/vrcu", "GovernmentOrganization")
    assert unit["name"] == "Vale Regional Crime Unit"
    assert unit["alternateName"] == ["VRCU", "VSS", "Vale Special Squad", "The Flying Pedals"]
    assert {force["@id"] for force in unit["member"]} >= {f"{HOME}forces/northshire/#body"}
    assert "sameAs" not in unit


def test_a_force_is_a_member_of_its_unit() -> None:
    force = of_type("forces/northshire", "GovernmentOrganization")
    unit = {"@type": "GovernmentOrganization", "@id": f"{HOME}units/vrcu/#body"}
    assert force["memberOf"] == [{**unit, "name": "Vale Regional Crime Unit"}]


def test_a_region_is_a_place() -> None:
    assert of_type("regions/vale", "Place")["name"] == "The Vale"


@pytest.mark.parametrize(
    ("inspection", "date"),
    [
        ("2019-05-01-fraud", "2019-05-01"),
        ("2024-02-special", None),  # the date on a web page
        ("undated-third", None),
    ],
)
def test_a_report_has_a_date_only_if_it_says_so(inspection: str, date: str | None) -> None:
    assert of_type(f"inspections/{inspection}", "Report").get("datePublished") == date


def test_a_report_is_that_of_hmicfrs_and_the_page_is_ours() -> None:
    address = "inspections/2023-06-15-crime"
    report, page = of_type(address, "Report"), of_type(address, "WebPage")
    assert report["publisher"]["alternateName"] == "HMICFRS"
    assert page["mainEntity"] == {"@id": report["@id"]}
    sources = pages()[address].given["inspection"].sources
    assert page["isBasedOn"] == list(dict.fromkeys(source.url for source in sources))


@pytest.mark.parametrize(
    ("inspection", "url"),
    [
        ("2019-05-01-fraud", "https://inspectorate.example/2019/fraud"),
        ("undated-third", None),  # the one page of HMICFRS that we read has another title
    ],
)
def test_a_report_stands_where_we_read_it(inspection: str, url: str | None) -> None:
    assert of_type(f"inspections/{inspection}", "Report").get("url") == url


def test_the_data_has_the_files_that_hold_it() -> None:
    data = of_type("index", "Dataset")
    assert {(each["contentUrl"], each["encodingFormat"]) for each in data["distribution"]} == {
        (f"{HOME}api/v1/bodies.json", "application/json"),
        (f"{HOME}data/bodies.csv", "text/csv"),
        (f"{HOME}data/peelsite.sqlite", "application/vnd.sqlite3"),
    }
    as_of = small_site().catalogue.as_of
    assert as_of is not None
    assert data["dateModified"] == as_of.isoformat()
    assert data["temporalCoverage"] == "2019-05-01/2024-02"


# --- files with the same -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "paths"),
    [
        ("index", ["api/v1/index.json"]),
        ("forces/index", ["api/v1/bodies.json", "data/bodies.csv"]),
        (
            "forces/northshire",
            [
                "api/v1/bodies/northshire.json",
                "data/bodies/northshire-ratings.csv",
                "data/bodies/northshire-findings.csv",
            ],
        ),
        ("forces/weald", ["api/v1/bodies/weald.json"]),
        ("forces/northshire/pack", []),
        ("glossary", []),
    ],
)
def test_a_page_leads_to_the_files_that_there_are(address: str, paths: list[str]) -> None:
    assert [each.path for each in alternates(pages()[address], small_site().catalogue)] == paths
    assert {each.path for each in small_site().files} >= set(paths)


# --- in a script element -------------------------------------------------------------------------

HOSTILE: Final = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<!-- ]]> &lt;/script&gt; \u2028\u2029 \\u003c \"'",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_script_element(text: str) -> None:
    node = {"@type": "Report", "name": text}
    assert script_of(in_script([node])) == [node]


def test_the_hostile_titles_of_the_small_site_stay_in_it() -> None:
    nodes = {address: told(address) for address in pages()}
    text = json.dumps(nodes, ensure_ascii=False)
    assert "<em>Police</em>" in text
    assert "<u>Wold</u>" in text
    for address, expected in nodes.items():
        assert script_of(in_script(expected)) == expected, address


def script_of(text: str) -> list[Node]:
    """Return what a browser finds in the script element, which must be all that there is."""
    html = f'<!doctype html><title>x</title><script type="application/ld+json">{text}</script>'
    root = html5lib.parse(html, namespaceHTMLElements=False)
    [script] = root.iter("script")
    [body] = root.iter("body")
    assert list(body.itertext()) == []
    inside = script.text or "null"
    assert not set(inside) & set("<>&\u2028\u2029")
    told = json.loads(inside) or {"@graph": []}
    graph: list[Node] = told["@graph"]
    return graph


# --- when a page changed -------------------------------------------------------------------------

LATER: Final = datetime.date(2026, 2, 1)


@cache
def days() -> dict[str, datetime.date | None]:
    return {address: page.modified for address, page in pages().items()}


def moved(folder: Path, path: str, text: str, other: str) -> set[str]:
    """Return the pages with another day after a change in the content, all of which have LATER."""
    shutil.copytree(CONTENT, folder)
    file = folder / path
    before = file.read_text(encoding="utf-8")
    assert text in before
    file.write_text(before.replace(text, other, 1), encoding="utf-8")
    now = {each.page.address: each.page.modified for each in make(folder, TEMPLATES).pages}
    assert now.keys() == days().keys()
    changed = {address for address, day in now.items() if day != days()[address]}
    assert {now[address] for address in changed} == {LATER}
    return changed


def test_pages_changed_when_what_they_show_was_read(tmp_path: Path) -> None:
    """A source of the report of 2019 is read again; the one of 2024 does not rest on it."""
    path = "inspections/2019-05-01-fraud.yml"
    changed = moved(tmp_path / "content", path, "read: 2026-01-05", f"read: {LATER}")
    assert changed >= {
        "index",
        "forces/northshire",
        "forces/northshire/pack",
        "inspections/2019-05-01-fraud",
        "inspections/index",
        "questions/fraud",
        "rounds/first",
        "sources",
    }
    assert not changed & {"inspections/2024-02-special", "rounds/third", "glossary", "search"}


def test_pages_changed_when_they_were_put_right(tmp_path: Path) -> None:
    """The force had it wrong on its own page, and what changed tells of it."""
    text = "date: 2026-01-07\n  about: [forces/northshire]"
    other = f"date: {LATER}\n  about: [forces/northshire]"
    changed = moved(tmp_path / "content", "corrections.yml", text, other)
    told_of = {"index", "changes/index", "changes/2026", "corrections", "data/index"}
    assert changed == {"forces/northshire", *told_of}


def test_a_page_without_dated_content_has_no_day() -> None:
    assert {days()[address] for address in ("glossary", "fields", "search")} == {None}


def test_no_page_changed_after_the_content() -> None:
    catalogue = small_site().catalogue
    put_right = [each.date for each in catalogue.corrections]
    assert catalogue.as_of is not None
    known = [day for day in days().values() if day]
    assert len(known) > 40
    assert max(known) <= max(catalogue.as_of, *put_right)
