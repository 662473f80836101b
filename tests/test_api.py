"""The JSON API: what its files hold, how they are described, and that it tells what pages tell."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Final
from urllib.parse import urljoin

import pytest
from jsonschema import (  # type: ignore[import-untyped]
    Draft202012Validator,
    FormatChecker,
)
from openapi_spec_validator import OpenAPIV31SpecValidator

from peelsite import schema
from peelsite.exports.api import api_files
from peelsite.exports.tables import Column, Table, finding_id, tables
from peelsite.pages import Hosting
from peelsite.schema import Absence, Status
from tests.sites import ROOT, Html, Made, assert_none, make, words_of

TEMPLATES: Final = ROOT / "templates"
SMALL: Final = ROOT / "tests" / "small_site" / "content"
HERE: Final = "https://example.org/repo/"
API: Final = "api/v1/"


@dataclass(frozen=True)
class Api:
    """The API of a built site, which stands at ``home``."""

    site: Made
    home: str

    @cached_property
    def bytes_of(self) -> dict[str, bytes]:
        return {
            each.path: each.content for each in self.site.files_now if each.path.startswith(API)
        }

    @cached_property
    def json_of(self) -> dict[str, Any]:
        return {path: json.loads(content) for path, content in self.bytes_of.items()}

    @cached_property
    def held(self) -> dict[str, Any]:
        """The files that hold records, by path."""
        about = (f"{API}schemas/", f"{API}openapi.json")
        return {path: file for path, file in self.json_of.items() if not path.startswith(about)}

    @cached_property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = self.json_of[f"{API}openapi.json"]
        return document

    def fetch(self, address: str, base: str = "") -> Any:
        """Return the file at ``address``, which is written in the file at the path ``base``."""
        return self.json_of[self.path(address, base)]

    def path(self, address: str, base: str = "") -> str:
        return urljoin(self.home + base, address).removeprefix(self.home)

    def result(self, name: str) -> list[dict[str, Any]]:
        result: list[dict[str, Any]] = self.json_of[f"{API}{name}.json"]["result"]
        return result


@cache
def real() -> Api:
    return Api(make(ROOT / "content", TEMPLATES, hosting=Hosting("peelsite", HERE)), HERE)


@cache
def small() -> Api:
    """Return the API of the small site, which does not know its address on the web."""
    return Api(make(SMALL, TEMPLATES), "https://anywhere.example/")


each_api = pytest.mark.parametrize("api", [real, small], ids=["real", "small"])


# What the files are held against


def strict(schema: Any) -> Any:
    """Return a schema that refuses every field it does not tell of."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(each) for name, each in schema.items()}
    is_object = "object" in schema.get("type", ()) and "properties" in schema
    return closed | ({"additionalProperties": False} if is_object else {})


def faults(schema: Any, file: Any) -> list[str]:
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(file)]


@each_api
def test_every_file_is_as_its_schema_says_with_no_field_untold(api: Callable[[], Api]) -> None:
    made = api()
    schemas = {path: strict(made.json_of[path]) for path in made.json_of if "/schemas/" in path}
    for each in schemas.values():
        Draft202012Validator.check_schema(each)

    found = [
        (path, fault)
        for path, file in made.held.items()
        for fault in faults(schemas[made.path(file["links"]["schema"], path)], file)
    ]

    assert len(made.held) > len(schemas)
    assert_none(found)


def test_a_file_that_is_wrong_is_refused() -> None:
    schema, file = small().json_of[f"{API}schemas/ratings.json"], small().result("ratings")
    envelope = small().json_of[f"{API}ratings.json"]

    def with_first(**changed: Any) -> Any:
        return envelope | {"result": [file[0] | changed, *file[1:]]}

    assert faults(schema, with_first(body=None))
    assert faults(schema, with_first(not_graded="no-such-word"))
    assert faults(schema, with_first(published="someday"))
    assert faults(schema, with_first(is_latest="true"))
    assert faults(schema, {**envelope, "total": "9"})
    assert faults(strict(schema), with_first(invented=1))


def test_a_field_that_comes_later_is_not_refused() -> None:
    schema, file = small().json_of[f"{API}schemas/body.json"], small().json_of
    body = file[f"{API}bodies/northshire.json"]

    assert not faults(schema, body | {"later": 1, "result": body["result"] | {"later": 1}})


@each_api
def test_the_document_is_openapi(api: Callable[[], Api]) -> None:
    validator = OpenAPIV31SpecValidator(api().document)

    assert_none([error.message for error in validator.iter_errors()])


@each_api
def test_the_paths_of_the_document_are_the_files(api: Callable[[], Api]) -> None:
    made = api()
    described: Counter[str] = Counter()
    for path, item in made.document["paths"].items():
        pattern = re.escape(API + path[1:]).replace(r"\{id\}", "[^/]+")
        files = [name for name in made.held if re.fullmatch(pattern, name)]
        assert files, path
        described.update(files)
        answer = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert not faults(made.document | answer, made.held[files[0]])

    assert described == Counter(made.held.keys())


def test_the_document_says_where_the_files_stand() -> None:
    for made in (real(), small()):
        [server] = made.document["servers"]
        whole = urljoin(f"{made.home}{API}openapi.json", server["url"]).rstrip("/") + "/"
        assert whole == made.home + API


# What is told of fields and words


def test_every_field_has_the_meaning_of_its_column() -> None:
    made, by_name = real(), {table.name: table for table in tables_of(real())}
    listed = {entry["name"]: entry for entry in made.result("index")}
    checked = 0
    for name, table in by_name.items():
        for entry in (listed[name],) if name in listed else ():
            schema = made.fetch(entry["schema"])
            record = schema["$defs"][schema["properties"]["result"]["items"]["$ref"][8:]]
            told = {field: each["description"] for field, each in record["properties"].items()}
            assert {c.name: c.meaning for c in table.columns}.items() <= told.items()
            checked += 1

    assert checked == len(listed) - 2  # there is no table of bodies or inspections in full


def tables_of(made: Api) -> tuple[Table[Any], ...]:
    return tables(made.site.catalogue, Hosting("peelsite", HERE))


@each_api
def test_every_field_that_may_be_met_has_a_meaning(api: Callable[[], Api]) -> None:
    untold = [
        f"{name}.{field}"
        for name, each in api().document["components"]["schemas"].items()
        for field, told in each.get("properties", {}).items()
        if not told.get("description") and "$ref" not in told
    ]

    assert_none(untold)


def test_the_meanings_are_those_of_the_yaml_files() -> None:
    every = real().document["components"]["schemas"]
    fields: dict[str, tuple[type[schema.Record], tuple[str, ...]]] = {
        "Theme": (schema.Theme, ("label", "meaning")),
        "Question": (schema.Question, ("label", "meaning")),
        "Update": (schema.Update, ("date", "summary")),
        "Reply": (schema.Reply, ("by", "summary")),
        "Source": (schema.Source, ("publisher", "read", "seen")),
    }
    for name, (shape, names) in fields.items():
        for field in names:
            told = every[name]["properties"][field]["description"]
            assert told == shape.model_fields[field].description
    for words in (Status, Absence):
        told = every[words.__name__]["oneOf"]
        assert [(each["const"], each["title"], each["description"]) for each in told] == [
            (word.value, word.label, word.meaning) for word in words
        ]


# What the files hold


@each_api
def test_totals_are_those_of_the_catalogue(api: Callable[[], Api]) -> None:
    made, catalogue = api(), api().site.catalogue
    parts = catalogue.parts
    totals = {
        "bodies": len(catalogue.bodies),
        "inspections": len(catalogue.inspections),
        "ratings": sum(len(part.ratings) for part in parts),
        "findings": sum(len((*p.concerns, *p.praised, *p.claims)) for p in parts),
        "rounds": len(catalogue.rounds),
        "questions": len(catalogue.questions),
        "scales": len(catalogue.scales),
        "themes": len(catalogue.themes),
        "sources": len(catalogue.sources),
        "updates": sum(len(finding.updates) for finding in catalogue.concerns),
        "replies": sum(len(part.replies) for part in parts),
        "responses": len(catalogue.clocks),
        "corrections": len(catalogue.corrections),
        "body": len(catalogue.bodies),
        "inspection": len(catalogue.inspections),
    }

    assert {each["name"]: each["total"] for each in made.result("index")} == totals
    for name in totals.keys() - {"body", "inspection"}:
        assert made.json_of[f"{API}{name}.json"]["total"] == totals[name], name
        assert len(made.result(name)) == totals[name], name
    assert catalogue.as_of is not None
    assert {each["date_of_data"] for each in made.held.values()} == {catalogue.as_of.isoformat()}


@each_api
def test_what_is_told_within_a_record_is_told_once(api: Callable[[], Api]) -> None:
    made = api()
    named = {table.name: table for table in tables_of(made)}

    def within(name: str, field: str) -> list[dict[str, Any]]:
        return [each for row in made.result(name) for each in row[field]]

    updates = within("findings", "updates")
    assert by_id(updates) == by_id(made.result("updates"))
    quotations = [
        *within("findings", "quotations"),
        *within("replies", "quotations"),
        *(quotation for update in updates for quotation in update["quotations"]),
    ]
    for name, found in {
        "quotations": quotations,
        "names": within("bodies", "names"),
        "asked": within("rounds", "asked"),
        "grades": within("scales", "grades"),
    }.items():
        place = [column.name for column in named[name].columns].index("id")
        assert found, name
        assert Counter(each["id"] for each in found) == Counter(
            str(row[place]) for row in named[name].rows()
        )


def by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["id"]))


@each_api
def test_an_inspection_tells_all_that_lists_tell_of_it(api: Callable[[], Api]) -> None:
    made = api()
    whole = [file["result"] for path, file in made.held.items() if f"{API}inspections/" in path]
    parts = [(one["id"], part) for one in whole for part in one["parts"]]

    for name in ("ratings", "findings", "replies", "responses"):
        told = [(inspection, part["body"], row) for inspection, part in parts for row in part[name]]
        assert all((row["inspection"], row["body"]) == (one, body) for one, body, row in told)
        assert by_id([row for *_, row in told]) == by_id(made.result(name))


@each_api
def test_a_body_tells_what_its_page_tells(api: Callable[[], Api]) -> None:
    made, catalogue = api(), api().site.catalogue
    for body in catalogue.bodies:
        told = made.json_of[f"{API}bodies/{body.id}.json"]["result"]
        parts = catalogue.parts_of(body)
        found = [each for part in parts for each in (*part.concerns, *part.praised, *part.shared)]
        findings = {*map(finding_id, found), *(finding_id(c) for p in parts for c in p.claims)}
        assert {each["id"] for each in told["findings"]} == findings
        assert len(told["ratings"]) == len(catalogue.ratings_of(body))
        assert len(told["replies"]) == sum(len(part.replies) for part in parts)
        assert len(told["responses"]) == len(catalogue.clocks_of(body))
        known = {each["id"] for each in told["sources"]}
        assert sources_named(told) == known
        assert len(known) == len(told["sources"])
    assert any(part.shared for part in small().site.catalogue.parts)


def sources_named(record: Any) -> set[str]:
    """Return the ids of the sources that a record and those within it name."""
    if isinstance(record, list):
        return {name for each in record for name in sources_named(each)}
    if not isinstance(record, dict):
        return set()
    own = {record["source_id"]} if record.get("source_id") else set()
    own |= {*record.get("also_in", ()), *record.get("looked_in", ())}
    return own.union(*(sources_named(each) for name, each in record.items() if name != "sources"))


def test_texts_are_as_written() -> None:
    [hostile] = [f for f in small().site.catalogue.concerns if f.id == "hostile"]
    [told] = [each for each in small().result("findings") if each["title"] == hostile.title]

    assert "<script>" in hostile.title
    assert told["summary"] == hostile.summary
    for path, content in real().bytes_of.items():
        assert content.endswith(b"}\n"), path
    assert "’" in real().bytes_of[f"{API}sources.json"].decode()


def test_values_have_their_own_types() -> None:
    [rating] = [each for each in small().result("ratings") if each["carried_over_from"]][:1]
    [finding] = [each for each in small().result("findings") if each["also_about"]][:1]

    assert rating["is_latest"] in (True, False)
    assert rating["not_graded"] is None
    assert finding["also_about"] == [str(each) for each in finding["also_about"]]
    assert [each["place"] for each in small().result("scales")[0]["grades"]][:2] == [1, 2]


# Where the files lead


@each_api
def test_every_link_leads_to_a_file_or_page(api: Callable[[], Api]) -> None:
    made = api()
    files = {each.path for each in made.site.files_now}
    pages = {re.sub("(^|/)index$", r"\1", each.page.address) for each in made.site.pages}
    known = files | {page if page in ("", *folders(pages)) else f"{page}/" for page in pages}

    def links(path: str, file: Any) -> Iterator[str]:
        told = file["links"]
        yield from (told["self"], told["documentation"], told["schema"], *told["csv"])
        yield from [told["html"]] if told["html"] else []
        if path == f"{API}index.json":
            yield from (each["schema"] for each in file["result"])
            yield from (each["file"] for each in file["result"] if "{id}" not in each["file"])

    broken = [
        (path, link)
        for path, file in made.held.items()
        for link in links(path, file)
        if made.path(link, path) not in known
    ]
    assert_none(broken)
    assert all(made.path(file["links"]["self"], path) == path for path, file in made.held.items())


def folders(pages: set[str]) -> set[str]:
    return {page for page in pages if page.endswith("/")}


@each_api
def test_every_table_in_csv_is_led_to(api: Callable[[], Api]) -> None:
    made = api()
    led = {
        made.path(link, path) for path, file in made.held.items() for link in file["links"]["csv"]
    }
    tables = {each.path for each in made.site.files_now if each.path.endswith(".csv")}
    within = {f"data/{name}.csv" for name in ("names", "asked", "grades", "quotations")}

    assert led == tables - within


@each_api
def test_the_index_leads_to_all(api: Callable[[], Api]) -> None:
    made = api()
    reached = {f"{API}index.json"}
    for entry in made.fetch(f"{API}index.json")["result"]:
        file = made.path(entry["file"], f"{API}index.json")
        if "{id}" in file:
            listed = made.result(file.split("/")[-2])
            reached |= {file.replace("{id}", row["id"]) for row in listed}
        else:
            reached.add(file)

    assert reached == set(made.held)


# The home page, from the API alone


def rebuilt(fetch: Callable[[str, str], Any], index: str) -> list[tuple[str, list[str]]]:
    """Return the table of the home page, region by region, made of what the API tells."""
    files = {each["name"]: each["file"] for each in fetch(index, "")["result"]}
    bodies, rounds, ratings, scales = (
        fetch(files[name], index)["result"] for name in ("bodies", "rounds", "ratings", "scales")
    )
    schemas = {each["name"]: each["schema"] for each in fetch(index, "")["result"]}
    words = fetch(schemas["ratings"], index)["$defs"]["Absence"]["oneOf"]
    reasons = {word["const"]: word["title"] for word in words}
    alike = next(each for each in reversed(rounds) if len(each["asked"]) == 1)
    steps = {g["id"]: (g, len(scale["grades"])) for scale in scales for g in scale["grades"]}
    rated = {r["body"]: r for r in ratings if r["is_latest"] and r["round"] == alike["id"]}

    def line(body: dict[str, Any]) -> str:
        rating = rated.get(body["id"])
        if rating is None:
            return f"{body['short']} no rating in our sources"
        told = reasons.get(rating["not_graded"], "")
        if rating["grade_id"]:
            grade, number = steps[rating["grade_id"]]
            filled = number - grade["place"] + 1
            told = f"{grade['label']}, {filled} of {number} segments"
        told += " carried over" if rating["carried_over_from"] else ""
        told += " uncertain" if rating["uncertain"] else ""
        return f"{body['short']} {told}"

    return [
        (
            region["short"],
            [
                line(body)
                for kind in ("unit", "force")
                for body in bodies
                if body["kind"] == kind and body["region"] == region["id"]
            ],
        )
        for region in bodies
        if region["kind"] == "region"
    ]


@each_api
def test_the_table_of_the_home_page_can_be_made_of_the_api(api: Callable[[], Api]) -> None:
    made = api()
    [home] = [each.html for each in made.site.pages if each.page.address == "index"]
    shown = [
        (words_of(heading), [words_of(item) for item in section.iter("li")])
        for section in Html("index.html", home).elements("section")
        for heading in section.iter("h3")
        if section.get("class") == "region"
    ]

    assert sum(len(bodies) for _, bodies in shown) > 1
    assert rebuilt(made.fetch, f"{API}index.json") == shown


# The build


def test_every_build_gives_the_same_bytes() -> None:
    program = (
        "import hashlib, sys; from pathlib import Path; from tests.sites import make\n"
        f"site = make(Path({str(SMALL)!r}), Path({str(TEMPLATES)!r}))\n"
        "mark = hashlib.sha256()\n"
        f"[mark.update(f.content) for f in site.files_now if f.path.startswith({API!r})]\n"
        "print(mark.hexdigest())"
    )
    ours = hashlib.sha256(b"".join(small().bytes_of.values())).hexdigest()
    variables = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert run.stdout.strip() == ours


def test_a_table_is_not_read_again_for_each_body() -> None:
    """With 500 inspections and as many bodies, that would take minutes."""
    read: Counter[str] = Counter()

    def counting(table: Table[Any]) -> Table[Any]:
        first, *others = table.columns

        def cell(record: Any, column: Column[Any] = first) -> Any:
            read[table.name] += 1
            return column.cell(record)

        return replace(table, columns=(replace(first, cell=cell), *others))

    made = tables_of(real())
    list(api_files([counting(table) for table in made], None, Hosting()))

    assert read == {t.name: len(t.records) for t in made if t.records}
