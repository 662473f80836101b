"""The columns of tables for machines: of each its name, its meaning and what stands in it.

A word of ours is written as in the YAML files ("not-stated"); several values in a cell are set
apart by "; "; a cell is empty where there is nothing of the kind, or where it is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from peelsite.pages import Hosting, Links, address
from peelsite.pages.explorer import Entry
from peelsite.schema import When

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column of a table whose rows are made of records: ``cell`` gives what stands in it."""

    name: str
    meaning: str
    cell: Callable[[R], str]


def finding_columns(hosting: Hosting) -> tuple[Column[Entry], ...]:
    """Return the columns of the table of findings on a site that stands at ``hosting``."""
    return (
        Column("id", "The inspection and the anchor on its page; never changes.", _id),
        Column("kind", "concern, praised or claim (by the body itself).", lambda e: e.kind.value),
        Column("body", "The body that it is recorded under.", lambda e: e.item.body.id),
        Column("body_name", "The present name of that body.", lambda e: e.item.body.name),
        Column("also_about", "Other bodies that it is as much about.", _also_about),
        Column("inspection", "The inspection that it stands in.", lambda e: e.item.inspection.id),
        Column("date", "When the report, or the claim, was published.", lambda e: _iso(e.date)),
        Column("title", "What it is about, in our words.", lambda e: e.item.title),
        Column("summary", "What was found, in our words (Markdown).", lambda e: e.item.summary),
        Column("label", "The report's own category.", lambda e: e.label or ""),
        Column("status", "How a concern stands, by the inspectors.", lambda e: e.status or ""),
        Column("status_date", "When they said so.", lambda e: _iso(e.status_date)),
        Column(
            "body_status", "How a concern stands, by the body itself.", lambda e: e.answer or ""
        ),
        Column("body_status_date", "When it said so.", _body_status_date),
        Column("body_status_by", "Who spoke for the body.", _body_status_by),
        Column("last_word", "When anyone last spoke of an open concern.", _last_word),
        Column("last_word_by", "Who did.", lambda e: e.silence.who if e.silence else ""),
        Column("themes", "What it is about, across bodies.", _themes),
        Column("speaker", "Who says it, as a word.", lambda e: e.item.said.speaker.value),
        Column("speaker_name", "Who says it, by name.", lambda e: e.item.said.who),
        Column("evidence", "Where we read it.", lambda e: e.item.said.best.evidence.value),
        Column("source", "The source that stands closest.", lambda e: e.item.said.best.url),
        Column(
            "address",
            "Its permanent address; if that of the site is not known, from the site's first page.",
            partial(_address, hosting),
        ),
    )


def _iso(when: When | None) -> str:
    return when.iso if when else ""


def _id(entry: Entry) -> str:
    return "#".join(address(entry.item)).removeprefix("inspections/")


def _also_about(entry: Entry) -> str:
    return "; ".join(body.id for body in entry.about[1:])


def _body_status_date(entry: Entry) -> str:
    return _iso(entry.body_update.date) if entry.body_update else ""


def _body_status_by(entry: Entry) -> str:
    return entry.body_update.said.who if entry.body_update else ""


def _last_word(entry: Entry) -> str:
    return _iso(entry.silence.since) if entry.silence else ""


def _themes(entry: Entry) -> str:
    return "; ".join(theme.id for theme in entry.themes)


def _address(hosting: Hosting, entry: Entry) -> str:
    return hosting.absolute(entry.item) or Links("index", hosting)(entry.item)
