"""Which pages exist, and how they link to each other."""

from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import pytest

from peelsite.catalogue import Catalogue, Theme, join
from peelsite.load import load
from peelsite.pages import Hosting, Links, Page, address, anchor, plan, problems
from peelsite.schema import BodyKind
from peelsite.yaml_source import read
from tests.test_schema import FIELDS

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
    to = Links(here, Hosting(folders=folders))

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
    assert Links(here, Hosting(folders=folders))(target) == link


@pytest.mark.parametrize("folders", [True, False], ids=["folders", "files"])
@pytest.mark.parametrize("here", AT_EVERY_DEPTH)
def test_the_way_up_leads_to_the_top(here: str, folders: bool) -> None:
    top = "https://user.example/repo/"

    assert (
        urljoin(top + url(here, folders), Links(here, Hosting(folders=folders)).up or "./") == top
    )


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
    finding = next(each for each in all_of_it.concerns if each.id == "telephone")
    claim = next(claim for part in all_of_it.parts for claim in part.claims)
    assert address(finding.inspection) == ("inspections/2023-06-15-crime", "")
    assert address(finding) == ("inspections/2023-06-15-crime", "northshire-telephone")
    assert address(claim) == ("inspections/2023-06-15-crime", "northshire-happy-callers")
    assert anchor(finding) == "northshire-telephone"
    assert address(all_of_it.themes[-1])[0].startswith("themes/")
    assert address(all_of_it.questions[0]) == ("questions/fraud", "")
    assert address(all_of_it.rounds[0]) == ("rounds/first", "")
    assert address(all_of_it.sources[0]) == ("sources", all_of_it.sources[0].id)
    assert address("grades#x") == ("grades", "x")


def test_a_finding_is_linked_by_its_anchor_alone_on_its_own_page() -> None:
    finding = next(each for each in catalogue().concerns if each.id == "telephone")

    assert Links("inspections/2023-06-15-crime")(finding) == "#northshire-telephone"
    assert Links("forces/northshire")(finding).endswith("/2023-06-15-crime/#northshire-telephone")


def test_a_link_leads_to_a_record_though_another_stood_there_in_memory() -> None:
    to = Links("index")
    names = [f"theme-{number}" for number in range(200)]

    assert [to(Theme(each, "Label", "Meaning")) for each in names] == [
        f"themes/{each}/" for each in names
    ]


# --- the plan ----------------------------------------------------------------------------------


def test_the_pages_of_the_plan() -> None:
    assert sorted(page.address for page in pages()) == [
        "changes/2019",
        "changes/2020",
        "changes/2023",
        "changes/2024",
        "changes/2026",
        "changes/index",
        "compare",
        "concerns",
        "corrections",
        "embed/forces/north-shire",
        "embed/forces/northshire",
        "embed/forces/shire-of-north",
        "embed/forces/southmoor",
        "embed/forces/weald",
        "embed/inspections/2019-05-01-fraud",
        "embed/inspections/2023-06-15-crime",
        "embed/inspections/2023-vale",
        "embed/inspections/2024-02-special",
        "embed/inspections/undated-third",
        "embed/regions/vale",
        "embed/units/vrcu",
        "feeds/index",
        "fields",
        "findings/index",
        "forces/index",
        "forces/north-shire",
        "forces/north-shire/pack",
        "forces/north-shire/record",
        "forces/northshire",
        "forces/northshire/pack",
        "forces/northshire/record",
        "forces/shire-of-north",
        "forces/shire-of-north/pack",
        "forces/shire-of-north/record",
        "forces/southmoor",
        "forces/southmoor/pack",
        "forces/southmoor/record",
        "forces/weald",
        "forces/weald/pack",
        "forces/weald/record",
        "glossary",
        "grades",
        "index",
        "inspections/2019-05-01-fraud",
        "inspections/2019-05-01-fraud/cite",
        "inspections/2023-06-15-crime",
        "inspections/2023-06-15-crime/cite",
        "inspections/2023-vale",
        "inspections/2023-vale/cite",
        "inspections/2024-02-special",
        "inspections/index",
        "inspections/undated-third",
        "inspections/undated-third/cite",
        "questions/callers",
        "questions/fraud",
        "questions/index",
        "questions/ringers",
        "regions/index",
        "regions/vale",
        "regions/vale/record",
        "responses",
        "rounds/first",
        "rounds/first/by-region",
        "rounds/index",
        "rounds/round-two",
        "rounds/round-two/by-region",
        "rounds/second",
        "rounds/second/by-region",
        "rounds/special",
        "rounds/special/by-region",
        "rounds/third",
        "rounds/third/by-region",
        "search",
        "sources",
        "themes/hostile",
        "themes/index",
        "themes/phones",
        "themes/telephones",
        "themes/unused",
        "units/index",
        "units/vrcu",
        "units/vrcu/pack",
        "units/vrcu/record",
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
    assert above["forces/northshire/pack"] == ("forces/northshire", "Northshire")
    assert above["themes/unused"] == ("themes/index", "Themes")
    assert above["questions/fraud"] == ("questions/index", "Questions")
    assert above["rounds/first"] == above["rounds/first/by-region"] == ("rounds/index", "Rounds")
    assert above["index"] is None


def test_pages_name_the_file_that_they_show() -> None:
    paths = {page.address: page.path for page in pages()}

    assert paths["forces/northshire"] == "content/bodies/northshire.yml"
    assert paths["inspections/2019-05-01-fraud"] == "content/inspections/2019-05-01-fraud.yml"
    assert paths["themes/unused"] == "content/themes.yml"
    assert paths["questions/fraud"] == "content/questions.yml"
    assert paths["rounds/first"] == paths["rounds/first/by-region"] == "content/rounds.yml"
    assert paths["index"] is None


def given(page: str) -> dict[str, Any]:
    return next(each.given for each in pages() if each.address == page)


def test_home_lists_bodies_by_region_and_name_and_never_by_grade() -> None:
    [(region, listed)] = given("index")["regions"]

    assert region.id == "vale"
    assert [body.id for body, _ in listed] == ["vrcu", "northshire", "southmoor", "weald"]


def test_home_has_the_grades_of_the_newest_round_that_asked_everybody_one_question() -> None:
    """Any other choice of a grade to stand beside a name would be ours."""
    [(_, listed)] = given("index")["regions"]

    assert given("index")["alike"].id == "special"
    assert {body.id: rating.grade.id for body, rating in listed if rating} == {
        "northshire": "adequate"
    }


def test_the_page_of_a_body_counts_each_rating_that_its_record_tells_once() -> None:
    for body in catalogue().bodies:
        page = given(f"{address(body)[0]}/record")
        told = [entry.rating for each in page["histories"] for entry in each.entries]
        told += page["rated_once"]
        assert sorted(map(id, told)) == sorted(map(id, catalogue().ratings_of(body))), body.id
        counted = given(address(body)[0])
        assert counted["number"] == len(told) == sum(each.number for each in counted["spans"])


def test_lists_of_bodies_stand_under_their_region() -> None:
    for kind, page in ((BodyKind.FORCE, "forces/index"), (BodyKind.UNIT, "units/index")):
        groups = given(page)["groups"]
        assert [region.id for region, _ in groups] == ["vale"]
        assert {body.kind for _, members in groups for body, _ in members} == {kind}


@pytest.mark.parametrize("round_id", ["first", "second", "third", "special"])
def test_bodies_of_a_round_stand_by_name_or_region_and_never_by_grade(round_id: str) -> None:
    by_name = given(f"rounds/{round_id}")
    by_region = given(f"rounds/{round_id}/by-region")

    for group in (*by_name["groups"], *by_region["groups"]):
        names = [row.body.name for row in group.rows]
        assert names == sorted(names)
        assert {row.body.kind for row in group.rows} == {group.kind}
    assert (by_name["sorted_by"], by_region["sorted_by"]) == ("name", "region")


def test_a_round_has_a_row_for_each_body_of_the_kinds_that_it_rated() -> None:
    rows = {
        row.body.id: [[rating.grade and rating.grade.id for rating in each] for each in row.ratings]
        for group in given("rounds/third")["groups"]
        for row in group.rows
    }

    assert rows == {
        "northshire": [["good"], [None]],
        "southmoor": [["adequate"], []],
        "weald": [[], []],
    }


def test_a_question_has_each_round_that_asked_it_newest_first() -> None:
    fraud, callers = given("questions/fraud")["rounds"], given("questions/callers")["rounds"]

    assert [each.round.id for each in fraud] == ["third", "second", "first", "special"]
    assert [each.round.id for each in callers] == ["third", "second"]
    assert [[other.id for other in each.alike] for each in fraud] == [["second"], ["third"], [], []]


def test_a_question_has_the_bodies_by_grade_best_first_and_those_without() -> None:
    [forces, units, regions] = given("questions/fraud")["rounds"][1].kinds

    assert [
        (grade.id, [rating.body.id for rating in ratings]) for grade, ratings in forces.graded
    ] == [("outstanding", ["northshire"]), ("requires-improvement", ["southmoor"])]
    assert [body.id for body in forces.missing] == ["weald"]
    assert [grade.id for grade, _ in units.graded] == ["adequate"]
    assert [absence for absence, _ in regions.ungraded] == ["inspected-not-graded"]


def test_a_source_tells_how_much_rests_on_it() -> None:
    counts = {
        source.url: {body.id: number for body, number in resting}
        for source, resting in given("sources")["sources"]
    }

    assert counts["https://northshire.example/answer-2019"] == {"northshire": 1}
    assert counts["https://courier.example/paper"] == {"southmoor": 4}
    assert counts["https://northshire.example/about"] == {}


def test_the_page_of_problems_takes_the_place_of_another() -> None:
    page = problems("content/themes.yml:1:1: <oh> [no]", "forces/index")

    assert page.address == "forces/index"
    assert page.given == {"report": "content/themes.yml:1:1: <oh> [no]"}


def guide() -> dict[str, Any]:
    """Return the fields of the field guide by anchor."""
    return {
        f"{group.anchor}-{field.name}": field
        for _, _, _, groups in given("fields")["files"]
        for group in groups
        for field in group.fields
    }


def test_the_field_guide_has_every_field_of_every_file_once() -> None:
    groups = [group for _, _, _, groups in given("fields")["files"] for group in groups]
    told = {
        (group.title.replace(" ", "").lower(), each.name)
        for group in groups
        for each in group.fields
    }
    written = {tuple(name.lower().split(".", 1)) for name in FIELDS}

    assert len(groups) == len({group.anchor for group in groups}) > 15
    assert told == written


def test_the_field_guide_tells_what_is_needed_and_what_may_be_written() -> None:
    fields = guide()

    assert fields["group-inspection-title"].need == "needed"
    assert fields["group-source-author"].need == "may be left out"
    assert fields["group-rating-grade"].need == "either this or not-graded"
    assert fields["group-rating-grade"].kind == "The id of a grade."
    assert fields["group-rating-source"].kind == "The id of a source of this file."
    assert fields["group-finding-shared-with"].kind == "A list; each item is the id of a body."
    assert fields["group-finding-repeats"].kind == (
        "A list; each item is the address of a finding, as its inspection#body-finding."
    )
    assert fields["group-correction-about"].kind == (
        "A list; each item is the address of a body, inspection, finding or other page."
    )
    assert fields["group-quote-text"].kind == "Exact words on one line, at most 40."
    assert fields["group-concern-updates"].made_of == ("group-update", "Update")
    assert fields["group-inspection-sources"].made_of == ("group-source", "Source")
    assert fields["group-finding-label"].kind == "One of these words:"
    assert fields["group-finding-label"].made_of == ("words-label", "Label")
    words = {id_: dict(words) for id_, _, _, words in given("fields")["words"]}
    assert words["words-absence"]["not-inspected"] == "Inspectors did not look at this."


def test_every_link_within_the_field_guide_leads_somewhere() -> None:
    anchors = {group.anchor for _, _, _, groups in given("fields")["files"] for group in groups}
    anchors |= {id_ for id_, _, _, _ in given("fields")["words"]}
    leading = {field.made_of[0] for field in guide().values() if field.made_of}

    assert len(leading) > 15
    assert leading <= anchors


@pytest.mark.parametrize("anchor", guide())
def test_an_example_in_the_field_guide_can_be_copied(anchor: str) -> None:
    field = guide()[anchor]
    root, told = read("a.yml", field.example.encode())

    assert told == []
    assert list(root or ()) == [field.name]
