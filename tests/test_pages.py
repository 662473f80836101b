"""Which pages exist, and how they link to each other."""

from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import pytest

from peelsite.catalogue import Catalogue, join
from peelsite.load import load
from peelsite.pages import Links, Page, address, anchor, plan, problems
from peelsite.schema import BodyKind

HERE: Final = Path(__file__).parent
TEMPLATES: Final = HERE.parent / "templates"

AT_EVERY_DEPTH: Final = ("index", "sources", "forces/index", "forces/durham", "a/b/index", "a/b/c")
WHERE_A_SITE_STANDS: Final = ("https://site.example/", "https://user.example/repo/", "file:///t/s/")


@cache
def catalogue() -> Catalogue:
    return join(load(HERE / "small_site" / "content"))


@cache
def pages() -> list[Page]:
    return plan(catalogue())


def url(page: str, folders: bool) -> str:
    """Return where a page lies under the top of the site."""
    if not folders:
        return f"{page}.html"
    return page[: -len("index")] if page.endswith("index") else f"{page}/"


# --- links -------------------------------------------------------------------------------------


@pytest.mark.parametrize("top", WHERE_A_SITE_STANDS)
@pytest.mark.parametrize("folders", [True, False], ids=["folders", "files"])
@pytest.mark.parametrize("here", AT_EVERY_DEPTH)
@pytest.mark.parametrize("target", AT_EVERY_DEPTH)
def test_a_link_leads_where_it_should(top: str, folders: bool, here: str, target: str) -> None:
    to = Links(here, folders)

    assert urljoin(top + url(here, folders), to(target)) == top + url(target, folders)
    assert urljoin(top + url(here, folders), to(f"{target}#x")) == f"{top}{url(target, folders)}#x"


@pytest.mark.parametrize(
    ("here", "target", "folders", "link"),
    [
        ("index", "index", True, "./"),
        ("index", "index", False, "index.html"),
        ("index", "index#concerns", True, "#concerns"),
        ("index", "forces/durham", True, "forces/durham/"),
        ("index", "forces/durham", False, "forces/durham.html"),
        ("forces/durham", "index", True, "../../"),
        ("forces/durham", "index", False, "../index.html"),
        ("forces/durham", "forces/index", True, "../../forces/"),
        ("forces/durham", "grades#five-good", True, "../../grades/#five-good"),
        ("forces/durham", "grades#five-good", False, "../grades.html#five-good"),
        ("grades", "grades#five-good", True, "#five-good"),
        ("grades", "grades#five-good", False, "#five-good"),
    ],
)
def test_a_link_is_written_shortly(here: str, target: str, folders: bool, link: str) -> None:
    assert Links(here, folders)(target) == link


@pytest.mark.parametrize("folders", [True, False], ids=["folders", "files"])
@pytest.mark.parametrize("here", AT_EVERY_DEPTH)
def test_the_way_up_leads_to_the_top(here: str, folders: bool) -> None:
    top = "https://user.example/repo/"

    assert urljoin(top + url(here, folders), Links(here, folders).up or "./") == top


def test_every_kind_of_record_has_an_address() -> None:
    all_of_it = catalogue()
    bodies = {body.id: address(body) for body in all_of_it.bodies}

    assert bodies == {
        "northshire": ("forces/northshire", ""),
        "southmoor": ("forces/southmoor", ""),
        "weald": ("forces/weald", ""),
        "vrcu": ("units/vrcu", ""),
        "vale": ("regions/vale", ""),
    }
    finding, inspection = all_of_it.concerns[0], all_of_it.inspections[0]
    claim = next(claim for part in all_of_it.parts for claim in part.claims)
    assert address(inspection) == ("inspections/2023-06-15-crime", "")
    assert address(finding) == ("inspections/2023-06-15-crime", "northshire-telephone")
    assert address(claim) == ("inspections/2023-06-15-crime", "northshire-happy-callers")
    assert anchor(finding) == "northshire-telephone"
    assert address(all_of_it.themes[-1])[0].startswith("themes/")
    assert address(all_of_it.sources[0]) == ("sources", all_of_it.sources[0].id)
    assert address("grades#x") == ("grades", "x")


def test_a_finding_is_linked_by_its_anchor_alone_on_its_own_page() -> None:
    finding = catalogue().concerns[0]

    assert Links("inspections/2023-06-15-crime")(finding) == "#northshire-telephone"
    assert Links("forces/northshire")(finding).endswith("/2023-06-15-crime/#northshire-telephone")


# --- the plan ----------------------------------------------------------------------------------


def test_the_pages_of_the_plan() -> None:
    assert sorted(page.address for page in pages()) == [
        "forces/index",
        "forces/northshire",
        "forces/southmoor",
        "forces/weald",
        "glossary",
        "grades",
        "index",
        "inspections/2019-05-01-fraud",
        "inspections/2023-06-15-crime",
        "inspections/index",
        "regions/index",
        "regions/vale",
        "sources",
        "themes/hostile",
        "themes/index",
        "themes/telephones",
        "themes/unused",
        "units/index",
        "units/vrcu",
    ]


def test_every_page_has_its_facts() -> None:
    addresses = {page.address for page in pages()}
    for page in pages():
        assert page.title
        assert page.name
        assert page.description
        assert (TEMPLATES / page.template).is_file()
        assert page.above is None or page.above[0] in addresses
        assert page.path is None or (HERE / "small_site" / page.path).is_file(), page.address


def test_pages_of_records_stand_below_a_list() -> None:
    above = {page.address: page.above for page in pages()}

    assert above["forces/northshire"] == ("forces/index", "Forces")
    assert above["units/vrcu"] == ("units/index", "Units")
    assert above["regions/vale"] == ("regions/index", "Regions")
    assert above["inspections/2019-05-01-fraud"] == ("inspections/index", "Inspections")
    assert above["themes/unused"] == ("themes/index", "Themes")
    assert above["index"] is None


def test_pages_name_the_file_that_they_show() -> None:
    paths = {page.address: page.path for page in pages()}

    assert paths["forces/northshire"] == "content/bodies/northshire.yml"
    assert paths["inspections/2019-05-01-fraud"] == "content/inspections/2019-05-01-fraud.yml"
    assert paths["themes/unused"] == "content/themes.yml"
    assert paths["index"] is None


def given(page: str) -> dict[str, object]:
    return next(each.given for each in pages() if each.address == page)


def test_home_lists_bodies_by_kind_and_name_and_never_by_grade() -> None:
    ratings = given("index")["ratings"]
    assert isinstance(ratings, list)

    assert list(dict.fromkeys(rating.body.id for rating in ratings)) == [
        "northshire",
        "southmoor",
        "vrcu",
        "vale",
    ]
    unrated = given("index")["unrated"]
    assert isinstance(unrated, list)
    assert [body.id for body in unrated] == ["weald"]


def test_lists_of_bodies_stand_under_their_region() -> None:
    for kind, page in ((BodyKind.FORCE, "forces/index"), (BodyKind.UNIT, "units/index")):
        groups = given(page)["groups"]
        assert isinstance(groups, list)
        assert [region.id for region, _ in groups] == ["vale"]
        assert {body.kind for _, members in groups for body, _ in members} == {kind}


def test_a_source_tells_how_much_rests_on_it() -> None:
    sources = given("sources")["sources"]
    assert isinstance(sources, list)
    counts = {
        source.url: {body.id: number for body, number in resting} for source, resting in sources
    }

    assert counts["https://northshire.example/answer-2019"] == {"northshire": 1}
    assert counts["https://courier.example/paper"] == {"southmoor": 2}
    assert counts["https://northshire.example/about"] == {}


def test_the_page_of_problems_takes_the_place_of_another() -> None:
    page = problems("content/themes.yml:1:1: <oh> [no]", "forces/index")

    assert page.address == "forces/index"
    assert page.given == {"report": "content/themes.yml:1:1: <oh> [no]"}
