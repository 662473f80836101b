"""What describes the CSV files to programs: CSVW metadata, and a Data Package.

CSVW: https://www.w3.org/TR/tabular-metadata/. Data Package: https://datapackage.org/standard/,
written so that programs for its first version read it too.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from peelsite.exports.csv_files import FOLDER, whole_path
from peelsite.exports.extra import Extra, Sum
from peelsite.exports.licences import LICENCES
from peelsite.exports.tables import LIST_SEPARATOR, Column, Kind, Table
from peelsite.exports.version import SCHEMA_VERSION
from peelsite.pages import Hosting

_DATE: Final = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
"""A date of any precision, for which neither standard has a kind."""

_DESCRIPTION: Final = (
    "What inspectors found about police forces and regional organised crime units in England and "
    "Wales, and what was said in answer, with the source of every statement. Not by HMICFRS. A "
    "cell is empty where there is nothing of the kind in our sources, or where it is not known; "
    "that does not mean that there is nothing. Text that begins with =, +, -, @, a tab or the end "
    "of a line has an apostrophe in front, so that no spreadsheet takes it for a formula."
)


def descriptors(
    tables: Iterable[Table[Any]],
    sums: Mapping[str, Sum],
    hosting: Hosting,
    as_of: datetime.date | None,
) -> Iterator[Extra]:
    """Give the two files that describe the CSV files of ``tables``; ``as_of`` is their date.

    ``sums`` has by path what those files can be checked by. Raises KeyError if one is not there.
    """
    listed = list(tables)
    yield _file("csv-metadata.json", _csvw(listed, hosting, as_of))
    yield _file("datapackage.json", _package(listed, sums, hosting, as_of))


def _file(name: str, content: dict[str, Any]) -> Extra:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return Extra(f"{FOLDER}{name}", [f"{text}\n".encode()])


def _single(table: Table[Any]) -> Iterator[Column[Any]]:
    """Give the columns that hold one id of another row; neither standard joins by lists."""
    yield from (c for c in table.columns if c.refers_to and c.kind is not Kind.IDS)


# --- CSVW --------------------------------------------------------------------------------------


def _csvw(
    tables: Iterable[Table[Any]], hosting: Hosting, as_of: datetime.date | None
) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": f"{hosting.name}: data",
        "dc:description": _DESCRIPTION,
        "dc:publisher": hosting.name,
        "dc:license": [{"@id": licence.url} for licence in LICENCES.values() if licence.url],
        "dc:rights": " ".join(f"{each.of} {each.name}." for each in LICENCES.values()),
        "dc:hasVersion": SCHEMA_VERSION,
        **({"dc:modified": {"@value": as_of.isoformat(), "@type": "xsd:date"}} if as_of else {}),
        "tables": [_csvw_table(table) for table in tables],
    }


def _csvw_table(table: Table[Any]) -> dict[str, Any]:
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        "dc:description": table.meaning,
        "tableSchema": {
            "columns": [_csvw_column(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "columnReference": column.name,
                    "reference": {"resource": f"{column.refers_to}.csv", "columnReference": "id"},
                }
                for column in _single(table)
                if column.required  # by the standard a foreign key is never null
            ],
        },
    }


def _csvw_column(column: Column[Any]) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.meaning,
        "datatype": _csvw_datatype(column),
        **({"required": True} if column.required else {}),
        **({"separator": LIST_SEPARATOR} if column.kind is Kind.IDS else {}),
    }


def _csvw_datatype(column: Column[Any]) -> str | dict[str, str]:
    match column.kind:
        case Kind.DATE:
            return {"base": "string", "format": _DATE}
        case Kind.WORD:
            return {"base": "string", "format": "|".join(_words(column))}
        case Kind.DAY:
            return "date"
        case Kind.NUMBER:
            return "integer"
        case Kind.TRUTH:
            return "boolean"
        case Kind.URL:
            return "anyURI"
    return "string"


def _words(column: Column[Any]) -> list[str]:
    return [term.value for term in column.words or ()]


# --- Data Package ------------------------------------------------------------------------------


def _package(
    tables: Iterable[Table[Any]],
    sums: Mapping[str, Sum],
    hosting: Hosting,
    as_of: datetime.date | None,
) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "peelsite",
        "title": f"{hosting.name}: data",
        "description": _DESCRIPTION,
        "version": SCHEMA_VERSION,
        **({"created": f"{as_of.isoformat()}T00:00:00Z"} if as_of else {}),
        **({"homepage": hosting.url} if hosting.url else {}),
        "licenses": [
            {"title": f"{licence.name}: {licence.of}", "path": licence.url}
            for licence in LICENCES.values()
            if licence.url
        ],
        "sources": [{"title": "Every source, with its address", "path": "sources.csv"}],
        "resources": [_resource(table, sums[whole_path(table)]) for table in tables],
    }


def _resource(table: Table[Any], sum_: Sum) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "bytes": sum_.size,
        "hash": f"sha256:{sum_.sha256}",
        "schema": {
            "fields": [_package_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": [column.name],
                    "reference": {
                        "resource": "" if column.refers_to == table.name else column.refers_to,
                        "fields": ["id"],
                    },
                }
                for column in _single(table)
            ],
        },
    }


def _package_field(column: Column[Any]) -> dict[str, Any]:
    limits = {
        **({"required": True} if column.required else {}),
        **({"pattern": _DATE} if column.kind is Kind.DATE else {}),
        **({"enum": _words(column)} if column.words else {}),
    }
    return {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.meaning,
        **({"constraints": limits} if limits else {}),
    }


_TYPES: Final = {Kind.DAY: "date", Kind.NUMBER: "integer", Kind.TRUTH: "boolean"}
