"""The data with which the page of findings filters and sorts in the browser.

``findings/data.js`` holds what every choice needs of every finding: its values in each facet and
its dates, as numbers. What is shown of a finding stands in files of ``SHOWN_IN_A_FILE``, small
because a choice picks findings from here and there; what is searched and downloaded stands in
files of ``TEXTS_IN_A_FILE``, since either reads them all. All are scripts that call a function,
because a page that was opened from a folder may read nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from peelsite.catalogue import Catalogue
from peelsite.exports.as_json import as_json
from peelsite.exports.extra import Extra
from peelsite.exports.tables import Column, as_text, finding_columns
from peelsite.pages import Hosting, Links
from peelsite.pages.explorer import Answer, Entry, Kind, entries
from peelsite.render import first_sentence
from peelsite.schema import Evidence, Label, Speaker, Status, When
from peelsite.schema.terms import Term

SHOWN_IN_A_FILE: Final = 50
TEXTS_IN_A_FILE: Final = 250

UNKNOWN, NONE = 0, -1
"""In place of a date that is not known, and of one that there cannot be."""

_FOLDER: Final = "findings/"

_NOT_KNOWN: Final = ("not-known", "Not known")


@dataclass(frozen=True)
class Facet:
    """Something to choose findings by. ``values`` are words with their labels, in order."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]
    of: Callable[[Entry], Iterable[str]]


def explorer_files(catalogue: Catalogue, hosting: Hosting) -> Iterator[Extra]:
    """Give the files of data for the page of findings."""
    listed = entries(catalogue)
    shown, texts = list[str](), list[str]()
    for each in _files("rows", listed, SHOWN_IN_A_FILE, _shown(hosting)):
        shown.append(each.path)
        yield each
    for each in _files("texts", listed, TEXTS_IN_A_FILE, finding_columns(hosting)):
        texts.append(each.path)
        yield each
    data = {
        "rows": _index(shown, SHOWN_IN_A_FILE),
        "texts": _index(texts, TEXTS_IN_A_FILE),
        "columns": [column.name for column in finding_columns(hosting)],
        "facets": [_facet(facet, listed) for facet in facets(catalogue, listed)],
        **_dates(listed),
    }
    yield Extra(f"{_FOLDER}data.js", [_calling("data", data)])


def facets(catalogue: Catalogue, listed: Iterable[Entry]) -> tuple[Facet, ...]:
    """Return what findings can be chosen by."""
    years = sorted({_year(entry) for entry in listed} - {_NOT_KNOWN[0]}, reverse=True)
    return (
        Facet(
            "body",
            "Body",
            tuple((body.id, body.short) for body in catalogue.bodies),
            lambda entry: (body.id for body in entry.about),
        ),
        Facet("kind", "Kind", _words(Kind), lambda entry: (entry.kind,)),
        Facet(
            "status",
            "Status, inspectors say",
            _words(Status),
            lambda entry: _present(entry.status),
        ),
        Facet(
            "answer",
            "Status, the body says",
            _words(Status) + _words(Answer),
            lambda entry: _present(entry.answer),
        ),
        Facet("label", "The report’s category", _words(Label), lambda entry: _present(entry.label)),
        Facet(
            "theme",
            "Theme",
            tuple((theme.id, theme.label) for theme in catalogue.themes),
            lambda entry: (theme.id for theme in entry.themes),
        ),
        Facet("speaker", "Who says it", _words(Speaker), lambda entry: (entry.item.said.speaker,)),
        Facet(
            "evidence",
            "Evidence",
            _words(Evidence),
            lambda entry: (entry.item.said.best.evidence,),
        ),
        Facet(
            "year",
            "Year",
            (*((year, year) for year in years), _NOT_KNOWN),
            lambda entry: (_year(entry),),
        ),
    )


def _words(terms: Iterable[Term]) -> tuple[tuple[str, str], ...]:
    return tuple((term.value, term.label) for term in terms)


def _present(term: Term | None) -> tuple[str, ...]:
    return (term,) if term else ()


def _year(entry: Entry) -> str:
    return entry.date.iso[:4] if entry.date else _NOT_KNOWN[0]


def _facet(facet: Facet, listed: Iterable[Entry]) -> dict[str, Any]:
    """Return a facet for the browser.

    ``sets`` are the sets of values that findings have, as places in ``values``; ``of`` has for
    each finding the place of its set, packed.
    """
    places = {word: place for place, (word, _) in enumerate(facet.values)}
    sets: dict[tuple[int, ...], int] = {}
    of = [
        sets.setdefault(tuple(places[word] for word in facet.of(entry)), len(sets))
        for entry in listed
    ]
    named = {"name": facet.name, "label": facet.label, "values": facet.values}
    return {**named, "sets": list(sets), "of": packed(of)}


def packed(numbers: Iterable[int]) -> str:
    """Return a text with one character for each number: "0" for 0, "1" for 1, "A" for 17."""
    return "".join(chr(_ZERO + number) for number in numbers)


_ZERO: Final = ord("0")


def _dates(listed: list[Entry]) -> dict[str, Any]:
    """Return all dates, earliest first, and for each finding their places, from 1 and packed."""
    silences = [entry.silence.since for entry in listed if entry.silence]
    known = {when for when in (*(entry.date for entry in listed), *silences) if when}
    ordered = sorted(known, key=lambda when: (when.span[1], when.iso))
    places = {when: place for place, when in enumerate(ordered, UNKNOWN + 1)}

    def place(when: When | None) -> int:
        return places[when] if when else UNKNOWN

    return {
        "dates": [when.iso for when in ordered],
        "date": packed(place(entry.date) for entry in listed),
        "silent": packed(place(e.silence.since) if e.silence else NONE for e in listed),
    }


def _shown(hosting: Hosting) -> tuple[Column[Entry], ...]:
    """Return what is shown of a finding, as far as ``data.js`` does not tell it."""
    links = Links(f"{_FOLDER}index", hosting)
    wanted = ("title", "status_date", "body_status_date", "body_status_by", "last_word_by")
    columns = {column.name: column for column in finding_columns(hosting)}
    return (
        *(columns[name] for name in (*wanted, "speaker_name")),
        Column("lead", "The first sentence of its summary.", _lead),
        Column("link", "Where it leads from the page.", lambda entry: links(entry.item)),
    )


def _lead(entry: Entry) -> str:
    return first_sentence(entry.item.summary)


def _files(
    name: str, listed: list[Entry], number: int, columns: Iterable[Column[Entry]]
) -> Iterator[Extra]:
    """Give the files that hold some columns of the table of findings, ``number`` findings each.

    A file is named after what is in it, so that an older one is never taken for it.
    """
    for start in range(0, len(listed), number):
        some = listed[start : start + number]
        cells = {column.name: [*map(as_text, map(column.cell, some))] for column in columns}
        content = _calling("texts", cells)
        mark = hashlib.blake2b(content, digest_size=4).hexdigest()
        yield Extra(f"{_FOLDER}{name}-{start // number}-{mark}.js", [content])


def _index(paths: Iterable[str], number: int) -> dict[str, Any]:
    """Return what the browser needs to find the file that a finding stands in."""
    return {"perFile": number, "files": [each.removeprefix(_FOLDER) for each in paths]}


def _calling(function: str, given: dict[str, Any]) -> bytes:
    """Return a script that hands ``given`` to a function of the page."""
    return b"peelsiteFindings.%b(%b);\n" % (function.encode(), as_json(given).rstrip())
