"""What can be found: a record for each page worth finding, and for each finding, claim and reply.

A record is found by what it says, and with less weight by what it does not say itself: the names
that its bodies have or had, and the long forms of its abbreviations (or the other way round).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypedDict

from markupsafe import Markup

from peelsite.catalogue import (
    Body,
    Catalogue,
    Claim,
    Finding,
    Inspection,
    Part,
    Quote,
    Rating,
    Reply,
    Statement,
    Term,
    Update,
)
from peelsite.pages import Links, Page
from peelsite.render import in_words
from peelsite.schema import Label, When


@dataclass(frozen=True, slots=True)
class Record:
    """Something that can be found. ``url`` leads there from the top of the site.

    ``text`` is what it says; ``names`` are names of the thing itself and weigh most; ``also`` are
    words that lead to it and weigh least. ``date`` is as ISO writes it, "" where there is none.
    """

    url: str
    title: str
    kind: str
    text: tuple[str, ...]
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    date: str = ""
    when: str = ""
    evidence: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A page written by hand, as HTML. ``url`` is as in :class:`Record`."""

    url: str
    title: str
    html: str


NOT_FOUND_BY_ITSELF: Final = frozenset({"pages/search.html", "pages/problems.html"})
"""Templates of pages that nobody looks for."""


def records(catalogue: Catalogue, made: Iterable[Page], prose: Iterable[Prose]) -> list[Record]:
    """Return everything that can be found, in an order that depends on the content alone.

    ``made`` are the pages of the build, of which those count that stand alone or list others: the
    other pages show what has a record of its own.
    """
    glossary = _Glossary(catalogue.glossary)
    parts = chain.from_iterable(_of_part(part, glossary) for part in catalogue.parts)
    return [
        *(_body(body, catalogue, glossary) for body in catalogue.bodies),
        *(_inspection(each, catalogue, glossary) for each in catalogue.inspections),
        *parts,
        *_vocabulary(catalogue, glossary),
        *(_page(page) for page in made if _stands_alone(page)),
        *(_prose(each) for each in prose),
    ]


_to: Final = Links("index")
"""Links from the top of a site with folders, the only one that can have an index."""


class _Glossary:
    """Tells of each abbreviation what it stands for, wherever one of the two is written."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._told = [
            (
                f"{term.label}: {term.stands_for}.",
                _whole(_alike(term.label)),
                _whole(_alike(term.stands_for).lower()),
            )
            for term in terms
            if term.stands_for
        ]

    def of(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return "SOC: serious and organised crime." for each that ``texts`` hold either half of.

        An abbreviation counts as it is written, a long form in any case.
        """
        text = _alike(" ".join(texts))
        lower = text.lower()
        return tuple(
            told for told, short, long in self._told if short.search(text) or long.search(lower)
        )


def _whole(words: str) -> re.Pattern[str]:
    """Return what finds ``words``, or their plural, but not within other words."""
    return re.compile(rf"(?<!\w){re.escape(words)}s?(?!\w)")


def _alike(text: str) -> str:
    return text.replace("’", "'")


def _body(body: Body, catalogue: Catalogue, glossary: _Glossary) -> Record:
    ratings = [
        f"{_rated(rating)} ({rating.inspection.round.label})."
        for latest in catalogue.latest_of(body)
        for rating in latest.ratings
    ]
    notes = [name.note for name in body.names if name.note]
    text = (*_statements(body.about), *map(_plain, notes), *ratings)
    names = tuple(dict.fromkeys((body.name, body.short, *body.other_names)))
    return Record(
        _to(body),
        body.name,
        body.kind.label,
        text,
        names,
        glossary.of((*names, *text)),
        (body.short,),
    )


def _inspection(inspection: Inspection, catalogue: Catalogue, glossary: _Glossary) -> Record:
    parts = catalogue.parts_of(inspection)
    ratings = [f"{part.body.name}: {_rated(r)}." for part in parts for r in part.ratings]
    text = (
        *_statements(inspection.about),
        *(
            f"{each.title}. {_joined(_statements(each.statements))}"
            for each in inspection.differences
        ),
        *(_plain(gap.summary) for gap in inspection.not_known),
        *ratings,
    )
    bodies = [part.body for part in parts]
    return Record(
        _to(inspection),
        inspection.title,
        "Inspection",
        text,
        also=(
            inspection.short,
            inspection.round.label,
            *_filed((), bodies),
            *glossary.of((inspection.title, *text)),
        ),
        bodies=tuple(body.short for body in bodies),
        **_dated(inspection.published),
    )


def _of_part(part: Part, glossary: _Glossary) -> Iterator[Record]:
    """Give what one inspection says of one body, finding by finding."""
    for finding in (*part.concerns, *part.praised):
        yield _finding(finding, glossary)
    for claim in part.claims:
        yield _claim(claim, glossary)
    for reply in part.replies:
        yield _reply(reply, glossary)


def _finding(finding: Finding, glossary: _Glossary) -> Record:
    text = (
        _plain(finding.summary),
        *_quotes(finding.quotes),
        *_statements(finding.further),
        *chain.from_iterable(map(_update, finding.updates)),
        _plain(finding.note or ""),
    )
    bodies = (finding.body, *finding.shared_with)
    themes = tuple(theme.label for theme in finding.themes)
    return Record(
        _to(finding),
        finding.title,
        "Concern" if finding.is_concern else "Praised work",
        text,
        also=(
            "" if finding.label is Label.NOT_STATED else f"Category: {finding.label.label}.",
            *_filed(themes, bodies),
            *glossary.of((finding.title, *text, *themes)),
        ),
        bodies=tuple(body.short for body in bodies),
        themes=themes,
        evidence=finding.said.best.evidence.label,
        status=f"Inspectors’ last word: {finding.status.label}" if finding.is_concern else "",
        **_dated(finding.inspection.published),
    )


def _claim(claim: Claim, glossary: _Glossary) -> Record:
    text = (_plain(claim.summary), *_quotes(claim.quotes), claim.by, _plain(claim.note or ""))
    themes = tuple(theme.label for theme in claim.themes)
    return Record(
        _to(claim),
        claim.title,
        "Claim by a body",
        text,
        also=(*_filed(themes, [claim.body]), *glossary.of((claim.title, *text, *themes))),
        bodies=(claim.body.short,),
        themes=themes,
        evidence=claim.said.best.evidence.label,
        **_dated(claim.date or claim.inspection.published),
    )


def _reply(reply: Reply, glossary: _Glossary) -> Record:
    """Return the record of a reply, which stands in its body's part of the inspection's page."""
    text = (_plain(reply.summary), *_quotes(reply.quotes))
    return Record(
        f"{_to(reply.inspection)}#{reply.body.id}",
        reply.by,
        "Reply",
        text,
        also=(*_filed((), [reply.body]), *glossary.of(text)),
        bodies=(reply.body.short,),
        evidence=reply.said.best.evidence.label,
        **_dated(reply.date or reply.inspection.published),
    )


def _vocabulary(catalogue: Catalogue, glossary: _Glossary) -> Iterator[Record]:
    """Give rounds, questions, themes and the words of the glossary."""
    for round_ in catalogue.rounds:
        wordings = [asked.wording for asked in round_.asked]
        text = (_plain(round_.summary), *wordings, _plain(round_.comparability))
        yield Record(
            _to(round_),
            round_.label,
            "Round",
            text,
            also=glossary.of((round_.label, *text)),
            **_dated(round_.began),
        )
    for question in catalogue.questions:
        text = (_plain(question.meaning),)
        also = glossary.of((question.label, *text))
        yield Record(_to(question), question.label, "Question", text, also=also)
    for theme in catalogue.themes:
        also = glossary.of((theme.label, theme.meaning))
        yield Record(_to(theme), theme.label, "Theme", (_plain(theme.meaning),), also=also)
    for term in catalogue.glossary:
        long = f"{term.stands_for}." if term.stands_for else ""
        text = (long, _plain(term.meaning))
        yield Record(_to(f"glossary#{term.id}"), term.label, "Glossary", text)


def _stands_alone(page: Page) -> bool:
    """Whether a page lists others or is the only one of its kind: "compare", "forces/index"."""
    is_alone = "/" not in page.address or page.address.endswith("/index")
    return is_alone and page.template not in NOT_FOUND_BY_ITSELF


def _page(page: Page) -> Record:
    return Record(_to(page.address), page.title, "Page", (page.description,))


def _prose(prose: Prose) -> Record:
    return Record(prose.url, prose.title, "Page", (Markup(prose.html).striptags(),))  # noqa: S704


def _rated(rating: Rating) -> str:
    said = rating.grade or rating.absence
    return f"{rating.question.label}: {said.label if said else ''}"


def _filed(themes: Sequence[str], bodies: Iterable[Body]) -> Iterator[str]:
    """Give as sentences the themes, and each body's names, those that it had among them."""
    if themes:
        yield f"Themes: {'; '.join(themes)}."
    for body in bodies:
        yield f"About {', '.join((body.name, *body.other_names))}."


def _statements(statements: Iterable[Statement]) -> Iterator[str]:
    return (_plain(statement.summary) for statement in statements)


def _quotes(quotes: Iterable[Quote]) -> Iterator[str]:
    return (_joined((f"“{quote.text}”", _plain(quote.note or ""))) for quote in quotes)


def _update(update: Update) -> Iterator[str]:
    yield _plain(update.summary)
    yield from _quotes(update.quotes)


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))


class _Dated(TypedDict):
    date: str
    when: str


def _dated(date: When | None) -> _Dated:
    if date is None:
        return {"date": "", "when": "date not known"}
    return {"date": date.iso, "when": in_words(date)}


def _plain(text: str) -> str:
    """Return Markdown without its marks.

    It is not rendered: this runs beside a server's next build, and the renderer is not shared.
    """
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()


_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"^ *(?:[-+>]|\d+\.) +|[*_`]", re.MULTILINE)
