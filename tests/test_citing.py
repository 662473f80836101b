"""Citations: plain text, Markdown and BibTeX say the same, and stay whole whatever they cite."""

import datetime
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import html5lib
import markdown
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry
from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from peelsite.catalogue import Catalogue, Claim, Finding, join
from peelsite.exports import Citation, cite, cite_finding
from peelsite.load import load
from peelsite.pages import Hosting, anchor, cited_at, plan
from peelsite.pages.cite import citing
from tests.sites import words_of

AS_OF: Final = datetime.date(2026, 11, 23)
HOSTED: Final = Hosting("peelsite", "https://example.org/peelsite/")
NOWHERE: Final = Hosting("peelsite")
ABOUT: Final = cite("About", "about", HOSTED, AS_OF)

HOSTILE: Final = (
    "50 % of R&D_costs #1 {in $} ~ ^ a\\b",
    "}, note = {taken over} @misc{other,",
    "[a link](https://elsewhere.example) *loud* _low_ `code` <b>bold</b>",
    "<script>alert(1)</script> &copy; &amp; A & B",
    "![picture](x.png) \\[ \\] \\( \\*",
    "Ends with a backslash \\",
    "{{unbalanced {",
    "Café, naïve, “quoted” – and ’so’ on",
    "- a list\\",
)
"""Titles that mean something to one of the formats."""


@cache
def catalogue() -> Catalogue:
    return join(load(Path(__file__).parent / "small_site" / "content"))


def entry(citation: Citation) -> Entry:
    """Return the one entry of BibTeX as a program reads it, with LaTeX's commands undone."""
    commands = get_default_latex_context_db()
    commands.add_context_category(
        "characters that the library does not know, or takes for others",
        prepend=True,
        macros=[
            MacroTextSpec("textbraceleft", "{"),
            MacroTextSpec("textbraceright", "}"),
            MacroTextSpec("textasciicircum", "^"),
        ],
    )
    decoder = LatexNodes2Text(latex_context=commands)
    library = parse_string(
        citation.bibtex, append_middleware=[LatexDecodingMiddleware(decoder=decoder)]
    )
    assert not library.failed_blocks
    (only,) = library.entries
    assert len(library.blocks) == 1
    return only


def shown(citation: Citation) -> tuple[str, list[tuple[str, str]], set[str]]:
    """Return the text that Markdown shows, its links with their words, and its elements."""
    html = markdown.markdown(citation.markdown)
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    links = [(each.get("href", ""), words_of(each)) for each in root.iter("a")]
    return words_of(root), links, {str(each.tag) for each in root.iter()} - {"DOCUMENT_FRAGMENT"}


# --- the words -----------------------------------------------------------------------------------


def test_a_page_is_cited_with_site_title_date_and_address() -> None:
    assert ABOUT.text == (
        "peelsite: About. Data as of 23 November 2026. https://example.org/peelsite/about/"
    )
    assert ABOUT.markdown == (
        "peelsite: [About](https://example.org/peelsite/about/). Data as of 23 November 2026."
    )
    assert ABOUT.bibtex == (
        "@misc{peelsite-about,\n"
        "  author = {{peelsite}},\n"
        "  title = {{About}},\n"
        "  year = {2026},\n"
        "  url = {https://example.org/peelsite/about/},\n"
        "  note = {Data as of 23 November 2026.}\n"
        "}"
    )


def test_a_copy_without_an_address_says_so_in_every_format() -> None:
    citation = cite("About", "about", NOWHERE, AS_OF)
    said = "Data as of 23 November 2026. Read in a copy built without an address of its own."

    assert citation.text == f"peelsite: About. {said}"
    assert citation.markdown == f"peelsite: About. {said}"
    assert entry(citation)["note"] == said
    assert "url" not in entry(citation)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("What is it?", "What is it? Data"),
        ("Stop!", "Stop! Data"),
        ("And so on …", "And so on … Data"),
        ("A title.", "A title. Data"),
    ],
)
def test_a_title_has_one_mark_at_its_end(title: str, text: str) -> None:
    citation = cite(title, "about", HOSTED, AS_OF)

    assert f": {text} as of" in citation.text
    assert shown(citation)[0] == f"peelsite: {text} as of 23 November 2026."


def test_data_without_a_date_is_said_to_have_none() -> None:
    citation = cite("About", "about", HOSTED, None)

    assert "The data has no date." in citation.text
    assert "year" not in entry(citation)


# --- what stands in the formats -------------------------------------------------------------------


@pytest.mark.parametrize("title", HOSTILE)
def test_bibtex_is_read_back_as_it_was_meant(title: str) -> None:
    read = entry(cite(title, "about", replace(HOSTED, name=title), AS_OF, (title,)))

    assert read.entry_type == "misc"
    assert {key: read[key] for key in ("title", "author", "url")} == {
        "title": title,
        "author": title,
        "url": "https://example.org/peelsite/about/",
    }
    assert read["note"] == f"{title}. Data as of 23 November 2026."
    assert set(read.fields_dict) == {"author", "title", "year", "url", "note"}


@pytest.mark.parametrize("title", HOSTILE)
def test_braces_of_bibtex_are_even_also_for_those_who_only_count_them(title: str) -> None:
    depth = 0
    for mark in cite(title, "about", HOSTED, AS_OF, (title,)).bibtex:
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth >= 0

    assert depth == 0


@pytest.mark.parametrize("title", HOSTILE)
def test_markdown_shows_the_title_and_nothing_else(title: str) -> None:
    text, links, elements = shown(cite(title, "about", HOSTED, AS_OF, (title,)))

    assert text == f"peelsite: {title}. {title}. Data as of 23 November 2026."
    assert links == [("https://example.org/peelsite/about/", title)]
    assert elements == {"p", "a"}


def test_an_address_cannot_end_what_it_stands_in() -> None:
    odd = Hosting("peelsite", "https://example.org/a (b)/{c}\\%20~d/")
    address = "https://example.org/a%20%28b%29/%7Bc%7D%5C%20~d/about/"
    citation = cite("About", "about", odd, AS_OF)

    assert citation.address == address
    assert shown(citation)[1] == [(address, "About")]
    assert f"url = {{{address}}}" in citation.bibtex


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("index", "peelsite"),
        ("forces/index", "peelsite-forces"),
        ("about#how-to-cite", "peelsite-about-how-to-cite"),
    ],
)
def test_keys_are_readable(target: str, key: str) -> None:
    assert cite("A title", target, HOSTED, AS_OF).key == key


def test_a_key_changes_neither_with_the_title_nor_with_the_day() -> None:
    later = cite("Another title", "about", HOSTED, datetime.date(2027, 1, 1))

    assert later.key == ABOUT.key == entry(later).key


def test_a_site_whose_name_has_no_plain_letter_has_keys_too() -> None:
    assert cite("Title", "index", replace(HOSTED, name="Ω"), AS_OF).key == "home"


def test_no_two_pages_or_findings_have_one_key() -> None:
    pages = [cite(page.title, page.address, HOSTED, AS_OF).key for page in plan(catalogue())]
    found = [cite_finding(item, HOSTED, AS_OF).key for item in items()]

    assert found
    assert len(set(pages + found)) == len(pages) + len(found)


# --- findings ------------------------------------------------------------------------------------


def items() -> list[Finding | Claim]:
    parts = catalogue().parts
    claims = [claim for part in parts for claim in part.claims]
    return [*(f for part in parts for f in (*part.concerns, *part.praised)), *claims]


def item(name: str) -> Finding | Claim:
    return next(each for each in items() if each.id == name)


INSPECTION: Final = "Inspection: “The second round: crime in the Vale”, published 15 June 2023."


@pytest.mark.parametrize(
    ("name", "title", "notes"),
    [
        (
            "telephone",
            "Nobody answered the telephone.",
            "Concern about Northshire Police. "
            f"{INSPECTION} From Imaginary Inspectorate; read in the report.",
        ),
        (
            "fraud-desk",
            "The IFF desk.",
            "Praised work of Northshire Police. "
            f"{INSPECTION} From Northshire Police; read elsewhere.",
        ),
        (
            "bicycles",
            "Nine bicycles, shared.",
            "Praised work of Vale Regional Crime Unit, The Vale. "
            f"{INSPECTION} As reported by Vale Gazette; press only.",
        ),
        (
            "bells",
            "The bells are loud.",
            "Claim by VRCU about its own work. "
            f"{INSPECTION} As reported by Vale Gazette; press only.",
        ),
        (
            "inkwell",
            "The inkwell is full.",
            "Praised work of Southmoor Constabulary. "
            'Inspection: “The third <em>round</em> & "more": fraud again”, '
            "date of publication not known. As reported by Moor Courier; press only.",
        ),
    ],
)
def test_a_finding_says_what_it_is_about_and_what_it_rests_on(
    name: str, title: str, notes: str
) -> None:
    cited = cite_finding(item(name), HOSTED, AS_OF)
    date = "Data as of 23 November 2026."

    assert cited.text == f"peelsite: {title} {notes} {date} {HOSTED.absolute(item(name))}"
    assert entry(cited)["note"] == f"{notes} {date}"
    assert shown(cited)[0] == f"peelsite: {title} {notes} {date}"


def test_a_claim_by_somebody_else_names_both() -> None:
    claim = item("bells")
    assert isinstance(claim, Claim)
    by_another = replace(claim, said=replace(claim.said, who="The Commissioner"))

    assert "Claim by The Commissioner about Vale Regional Crime Unit." in (
        cite_finding(by_another, HOSTED, AS_OF).text
    )


def test_of_several_sources_the_one_closest_to_the_inspectors_is_named() -> None:
    press, report = item("bicycles").said.source, item("telephone").said.source
    finding = item("bicycles")
    assert isinstance(finding, Finding)
    both = replace(finding, said=replace(finding.said, source=press, also_in=(report,)))

    assert "From Imaginary Inspectorate; read in the report." in (
        cite_finding(both, HOSTED, AS_OF).text
    )


def test_no_citation_names_an_inspectorate_as_the_author() -> None:
    for each in items():
        assert entry(cite_finding(each, HOSTED, AS_OF))["author"] == "peelsite", each.id


# --- the pages with the citations ---------------------------------------------------------------


def test_every_finding_and_claim_is_cited_on_the_page_of_its_inspection() -> None:
    told = {
        f"{page.address}#{anchor(each)}"
        for page in citing(catalogue())
        for _, found in page.given["told"]
        for each in found
    }

    assert told == {cited_at(each) for each in items()}


def test_an_inspection_without_findings_has_no_such_page() -> None:
    cited = {page.path for page in citing(catalogue())}
    told = {each.inspection.path for each in items()}

    assert cited == told
    assert {each.path for each in catalogue().inspections} - told


def test_bodies_without_findings_do_not_stand_there() -> None:
    for page in citing(catalogue()):
        assert all(found for _, found in page.given["told"]), page.address
