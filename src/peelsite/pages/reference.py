"""The pages that explain: themes, sources, grades, glossary, fields; and the page of problems."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from peelsite.catalogue import (
    Body,
    Catalogue,
    Claim,
    ClockState,
    Finding,
    Source,
    evidence_of,
)
from peelsite.pages.links import address
from peelsite.pages.modified import modified
from peelsite.pages.numbered import Numbered, over_pages
from peelsite.pages.page import Page
from peelsite.schema import Absence, Evidence, Label, Speaker, Status
from peelsite.schema.json_schema import ADDRESSES, FILES, KINDS, OLD, THINGS, Schema, json_schemas


def themes(catalogue: Catalogue) -> Iterator[Page]:
    """Give the list of themes, and a page for each."""
    found = [(theme, catalogue.on_theme(theme)) for theme in catalogue.themes]
    yield Page(
        "themes/index",
        "Themes",
        "Themes",
        "What findings are about, across forces, units and regions.",
        "pages/themes.html",
        {"themes": [(theme, len(items)) for theme, items in found]},
        modified=modified(item for _, items in found for item in items),
    )
    for theme, items in found:
        where = address(theme)[0]
        for listed in over_pages(where, items):
            yield Page(
                listed.address,
                theme.label if listed.number == 1 else f"Page {listed.number}",
                listed.of(theme.label),
                f"{theme.meaning} Findings on this theme, across bodies"
                + ("." if listed.number == 1 else f", page {listed.number}."),
                "pages/theme.html",
                {"theme": theme, "listed": listed, **_by_kind(listed.entries)},
                ("themes/index", "Themes") if listed.number == 1 else (where, theme.label),
                f"{catalogue.folder}/themes.yml",
                modified=modified(listed.entries),
            )


def _by_kind(items: Iterable[Finding | Claim]) -> dict[str, list[Finding | Claim]]:
    kinds: dict[str, list[Finding | Claim]] = {"concerns": [], "praised": [], "claims": []}
    for item in items:
        if isinstance(item, Claim):
            kinds["claims"].append(item)
        else:
            kinds["concerns" if item.is_concern else "praised"].append(item)
    return kinds


SOURCES_PER_PAGE: Final = 250
"""Sources on a page that tells all of each."""


def sources(catalogue: Catalogue) -> Iterator[Page]:
    """Give the page of everything that was read.

    Where there is more than a page can tell, it lists all, each at its promised address, and leads
    to further pages that tell the rest.
    """
    resting: dict[Source, dict[Body, int]] = {source: {} for source in catalogue.sources}
    for part in catalogue.parts:
        for said in part.said:
            for source in (said.source, *said.also_in):
                counts = resting[source]
                counts[part.body] = counts.get(part.body, 0) + 1
    told = [(source, list(counts.items())) for source, counts in resting.items()]
    pages = list(over_pages("sources", told, SOURCES_PER_PAGE))
    of_pages = [replace(each, addresses=_after_the_list(pages)) for each in pages]
    is_one = len(pages) == 1
    yield Page(
        "sources",
        "Sources",
        "Sources",
        "Every source that this site rests on, and what rests on it.",
        "pages/sources.html",
        {
            "sources": told if is_one else [],
            "listed": [] if is_one else of_pages,
            "tallied": evidence_of(catalogue.parts),
        },
        modified=modified(catalogue.sources),
    )
    for each in [] if is_one else of_pages:
        yield Page(
            each.address,
            f"Page {each.number}",
            f"Sources in full, page {each.number} of {len(pages)}",
            f"What this site rests on, and what rests on it, page {each.number}.",
            "pages/sources_in_full.html",
            {"listed": each},
            ("sources", "Sources"),
            modified=modified(source for source, _ in each.entries),
        )


def _after_the_list(pages: Iterable[Numbered[Any]]) -> tuple[tuple[int, str], ...]:
    """Return addresses of which none is that of the list itself."""
    return tuple((each.number, f"sources/{each.number}") for each in pages)


def grades(catalogue: Catalogue) -> Page:
    """Return the page that explains grades."""
    return Page(
        "grades",
        "Grades explained",
        "Grades explained",
        "What the inspectors' grades mean, and which of them may be compared.",
        "pages/grades.html",
        {"scales": catalogue.scales, "rounds": catalogue.rounds, "absences": tuple(Absence)},
        path=f"{catalogue.folder}/scales.yml",
        modified=modified(catalogue.rounds),
    )


def glossary(catalogue: Catalogue) -> Page:
    """Return the glossary."""
    return Page(
        "glossary",
        "Glossary",
        "Glossary",
        "Abbreviations and words of police inspection, in plain words.",
        "pages/glossary.html",
        {
            "terms": sorted(catalogue.glossary, key=lambda term: term.label.lower()),
            "vocabularies": (
                ("categories", "The report’s own categories of findings", tuple(Label)),
                ("status", "How a concern stands", tuple(Status)),
                ("responses", "How a local policing body’s response stands", tuple(ClockState)),
                ("evidence", "Where we read a statement", tuple(Evidence)),
                ("speakers", "Who speaks", tuple(Speaker)),
            ),
        },
        path=f"{catalogue.folder}/glossary.yml",
    )


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the guide explains it; ``made_of`` is the anchor and title of what is in it."""

    name: str
    meaning: str
    need: str
    kind: str
    made_of: tuple[str, str] | None
    example: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of names and values as the guide explains it."""

    anchor: str
    title: str
    meaning: str
    fields: tuple[Field, ...]


def fields() -> Page:
    """Return the guide to every field of every kind of file, made from the JSON Schemas."""
    schemas = json_schemas()
    told: set[str] = set()
    definitions = {
        name: each for schema in schemas.values() for name, each in schema["definitions"].items()
    }
    return Page(
        "fields",
        "Field guide",
        "Field guide",
        "What each field of the content files means, what may be written in it, and an example.",
        "pages/fields.html",
        {
            "files": [
                (f"file-{name}", FILES[name][0], schema["title"], list(_groups(name, schema, told)))
                for name, schema in schemas.items()
            ],
            "words": [
                (*_anchor(name, each), each["description"], _meanings(each))
                for name, each in sorted(definitions.items())
                if "enum" in each
            ],
        },
    )


def _meanings(schema: Schema) -> list[tuple[str, str]]:
    return list(zip(schema["enum"], schema["enumDescriptions"], strict=True))


def _groups(name: str, schema: Schema, told: set[str]) -> Iterator[Group]:
    """Give the groups that a file is made of, from the outermost, but for those ``told`` before."""
    definitions = schema["definitions"]
    waiting = [name] if "properties" in schema else [_made_of(schema)]
    for each in waiting:
        group = definitions.get(each, schema)
        yield _group(each, group, definitions)
        for inner in map(_made_of, group["properties"].values()):
            if "properties" in definitions[inner] and inner not in told:
                told.add(inner)
                waiting.append(inner)


def _group(name: str, schema: Schema, definitions: Mapping[str, Schema]) -> Group:
    either = [name for each in schema.get("oneOf", ()) for name in each["required"]]
    fields = []
    for field, told in schema["properties"].items():
        others = " or ".join(each for each in either if each != field)
        need = "needed" if field in schema["required"] else "may be left out"
        made_of = _made_of(told)
        inner = definitions[made_of]
        fields.append(
            Field(
                field,
                told["description"],
                f"either this or {others}" if field in either else need,
                "One of these words:" if "enum" in inner else _kind(field, told, made_of),
                _anchor(made_of, inner) if "title" in inner else None,
                f"{field}: {in_yaml(told['examples'][0])}",
            )
        )
    meaning = re.sub(r"^content/\S+: ", "", schema["description"])
    return Group(_anchor(name, schema)[0], schema["title"], meaning, tuple(fields))


def _made_of(schema: Schema) -> str:
    """Return the name of the definition that a schema, or what is in it, refers to."""
    while "$ref" not in schema:
        inner = [*schema.get("allOf", ()), *schema.get("anyOf", ())]
        schema = inner[-1] if inner else schema.get("items") or schema["additionalProperties"]
    return str(schema["$ref"].rpartition("/")[2])


def _anchor(name: str, schema: Schema) -> tuple[str, str]:
    """Return the anchor and the title at which the guide explains a definition."""
    anchor = schema["title"].lower().replace(" ", "-") if "title" in schema else name
    return f"{'words' if 'enum' in schema else 'group'}-{anchor}", str(schema.get("title", name))


def _kind(name: str, schema: Schema, made_of: str) -> str:
    """Return in plain words what may be written in a field, but for what it is made of."""
    single = {each.name: each.words for each in KINDS.values()}
    thing = THINGS[name].rstrip("s") if name in THINGS else "source of this file"
    thing = "body" if thing == "bodie" else thing
    named = (ADDRESSES | OLD).get(name, f"id of a {thing}")
    if "items" in schema:
        listed = f"A list; each item is the {named}."
        return listed if made_of in single else "A list; each item is made of these fields:"
    if "additionalProperties" in schema:
        return "A group, each entry under its id; an entry is made of these fields:"
    if made_of == "reference":
        return f"The {named}."
    return single.get(made_of, "A group, made of these fields:")


def in_yaml(value: Any) -> str:
    """Return ``value`` as it may be written in YAML on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {in_yaml(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_yaml, value))}]"
    is_plain = re.fullmatch(r"[\w…][^:#,\[\]{}\"]*|https?://[\w./-]+", value)
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def problems(report: str, address: str) -> Page:
    """Return the page that shows a report of problems in place of the page at ``address``."""
    title = "The content has problems"
    return Page(address, title, title, title, "pages/problems.html", {"report": report})
