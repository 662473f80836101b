"""The one table of facts, from which every file for machines is made.

A word of ours is written as in the YAML files ("not-stated"); a value is None, or an empty tuple,
where there is nothing of the kind, or where it is not known. Ids never change.
"""

from __future__ import annotations

from typing import Any

from peelsite.catalogue import Catalogue
from peelsite.exports.tables.answers import quotations, replies, updates
from peelsite.exports.tables.bodies import bodies, names, sources
from peelsite.exports.tables.columns import (
    LIST_SEPARATOR,
    Column,
    Kind,
    Table,
    Value,
    as_text,
)
from peelsite.exports.tables.duties import corrections, responses
from peelsite.exports.tables.findings import finding_columns, finding_id, findings
from peelsite.exports.tables.inspections import inspections, ratings
from peelsite.exports.tables.rounds import asked, grades, questions, rounds, scales, themes
from peelsite.pages import Hosting

__all__ = [
    "LIST_SEPARATOR",
    "Column",
    "Kind",
    "Table",
    "Value",
    "as_text",
    "finding_columns",
    "finding_id",
    "tables",
]

_MAKERS = (
    sources,
    bodies,
    names,
    scales,
    grades,
    rounds,
    questions,
    asked,
    themes,
    inspections,
    ratings,
    findings,
    updates,
    replies,
    quotations,
    responses,
    corrections,
)


def tables(catalogue: Catalogue, hosting: Hosting) -> tuple[Table[Any], ...]:
    """Return every table of a site that stands at ``hosting``.

    A table stands after those that it refers to.
    """
    return tuple(make(catalogue, hosting) for make in _MAKERS)
