"""The small site: an invented miniature that uses every feature once.

``small_site/content`` is what editors would write, ``small_site/expected`` the pages made of it.
A change in the pages is shown as a difference; ``make accept`` takes it.
"""

import difflib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml

from peelsite.load import Content
from peelsite.render import Rendered
from peelsite.schema import (
    Absence,
    BodyKind,
    Dating,
    Label,
    Quote,
    Record,
    SourceKind,
    Speaker,
    Status,
    Term,
    Update,
    Wording,
)
from tests.sites import Made, make

HERE: Final = Path(__file__).parent
CONTENT: Final = HERE / "small_site" / "content"
EXPECTED: Final = HERE / "small_site" / "expected"
TEMPLATES: Final = HERE.parent / "templates"

HOW_TO_ACCEPT: Final = (
    "If the change is meant, take it with `make accept` (pytest tests/test_small_site.py --accept) "
    "and look at the difference in git before you commit it."
)


@cache
def small_site() -> Made:
    return make(CONTENT, TEMPLATES)


def pages() -> dict[str, Rendered]:
    return {rendered.page.address: rendered for rendered in small_site().pages}


# --- the pages as a whole ---------------------------------------------------------------------


def test_the_pages_are_as_expected(accept: bool) -> None:
    made = {f"{page}.html": as_file(rendered) for page, rendered in pages().items()}
    if accept:
        take(made, EXPECTED)
    report = "\n".join(differences(on_disk(EXPECTED), made))
    assert not report, f"{report}\n\n{HOW_TO_ACCEPT}"


def as_file(rendered: Rendered) -> str:
    """Return a page as it stands in ``expected/``: what is known of it, then its HTML."""
    page = rendered.page
    above = f"{page.above[0]} ({page.above[1]})" if page.above else "none"
    facts = {
        "title": page.title,
        "name": page.name,
        "description": page.description,
        "above": above,
        "path": page.path or "none",
    }
    head = "\n".join(f"  {name}: {value}" for name, value in facts.items())
    return f"<!--\n{head}\n-->\n{rendered.html.rstrip()}\n"


def on_disk(folder: Path) -> dict[str, str]:
    """Return the text of every file in a folder by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def take(made: dict[str, str], folder: Path) -> None:
    """Put the pages that were made in the place of those that were expected."""
    for path in list(folder.rglob("*.html")):
        if path.relative_to(folder).as_posix() not in made:
            path.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def differences(expected: dict[str, str], made: dict[str, str]) -> Iterator[str]:
    """Give a line for each page that is missing or extra, and the lines in which others differ."""
    yield from (f"missing page: {name}" for name in sorted(expected.keys() - made.keys()))
    yield from (f"extra page: {name}" for name in sorted(made.keys() - expected.keys()))
    for name in sorted(expected.keys() & made.keys()):
        yield from difflib.unified_diff(
            expected[name].splitlines(),
            made[name].splitlines(),
            f"expected/{name}",
            f"made/{name}",
            lineterm="",
        )


def test_missing_extra_and_changed_pages_are_named() -> None:
    told = list(differences({"a.html": "1\n", "b.html": "2\n"}, {"b.html": "3\n", "c.html": "4\n"}))

    assert told[:2] == ["missing page: a.html", "extra page: c.html"]
    assert told[2:4] == ["--- expected/b.html", "+++ made/b.html"]
    assert told[-2:] == ["-2", "+3"]


def test_accepted_pages_take_the_place_of_all_others(tmp_path: Path) -> None:
    take({"a.html": "1\n", "b/c.html": "2\n"}, tmp_path)
    take({"b/c.html": "“3”\n", "d.html": "4\n"}, tmp_path)

    assert on_disk(tmp_path) == {"b/c.html": "“3”\n", "d.html": "4\n"}


def test_the_same_content_gives_the_same_bytes() -> None:
    program = (
        "import sys; from pathlib import Path; from tests.sites import make\n"
        f"site = make(Path({str(CONTENT)!r}), Path({str(TEMPLATES)!r}))\n"
        "text = ''.join(f'{r.page.address} {r.page.title} {r.html}' for r in site.pages)\n"
        "sys.stdout.buffer.write(text.encode())"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    )

    assert first == second
    assert first.count(b"<h1") == len(pages())


def test_every_word_and_field_is_used() -> None:
    every = list(records(small_site().content))
    used = {value for record in every for _, value in record if isinstance(value, Term)}
    fields = {(owner(r, name), name) for r in every for name in r.model_fields_set}
    known = {(owner(r, name), name) for r in every for name in type(r).model_fields}

    vocabularies = (Absence, BodyKind, Dating, Label, SourceKind, Speaker, Status, Wording)
    assert used == {word for vocabulary in vocabularies for word in vocabulary}
    assert {each.speaker for each in every if isinstance(each, Quote)} == set(Speaker)
    assert {each.speaker for each in every if isinstance(each, Update)} == set(Speaker)
    assert known - fields == set()


def records(content: Content) -> Iterator[Record]:
    groups: tuple[dict[str, Any], ...] = (
        content.bodies,
        content.inspections,
        content.rounds,
        content.questions,
        content.scales,
        content.themes,
        content.glossary,
        content.corrections,
    )
    for group in groups:
        for record in group.values():
            yield from record.within(Record)


def owner(record: Record, name: str) -> str:
    """Return the name of the shape that declares a field of ``record``."""
    return next(
        shape.__name__
        for shape in reversed(type(record).__mro__)
        if name in getattr(shape, "__annotations__", {})
    )


# --- HTML that a browser can take -------------------------------------------------------------

LIVE: Final = {
    *("script", "img", "iframe", "object", "embed", "form", "input", "button", "style", "link"),
    *("base", "meta", "video", "audio", "math"),
}
OURS: Final = {
    "compare": {"script", "form", "input", "button"},
    "findings/index": {"script", "form", "input", "button"},
    "search": {"form", "input", "button"},
}
"""What our own templates put on a page although it is live."""

INLINE: Final = {"p", "span", "a", "em", "strong", "cite", "time", "abbr", "code", "h1", "h2", "h3"}
BLOCK: Final = {"p", "div", "ul", "ol", "dl", "blockquote", "figure", "section", "article", "table"}

each_page = pytest.mark.parametrize(
    "name",
    sorted(
        path.relative_to(EXPECTED).with_suffix("").as_posix() for path in EXPECTED.rglob("*.html")
    ),
)


@dataclass(frozen=True)
class Tree:
    """The parsed inside of a page's ``<main>``, with what the parser did not like."""

    root: Element
    errors: list[str]

    @property
    def text(self) -> str:
        return "".join(self.root.itertext())


def parsed(html: str) -> Tree:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parseFragment(html, container="main")
    return Tree(root, [f"{code} at {place}" for place, code, _ in parser.errors])


@each_page
def test_the_html_is_well_formed(name: str) -> None:
    tree = parsed(pages()[name].html)
    nested = [
        f"<{inner.tag}> in <{outer.tag}>: {''.join(inner.itertext())[:40]!r}"
        for outer in tree.root.iter()
        if outer.tag in INLINE
        for inner in outer.iter()
        if inner is not outer and inner.tag in BLOCK
    ]

    assert not tree.errors
    assert not nested
    assert len(tree.root.findall(".//h1")) == 1


@each_page
def test_the_heading_is_the_title_as_plain_text(name: str) -> None:
    heading = parsed(pages()[name].html).root.find(".//h1")
    page = pages()[name].page
    assert heading is not None

    # What stands in a frame on another site has no room for all of its title.
    assert words(heading) == (page.title if page.frame == "main.html" else page.name)
    assert {each.tag for each in heading.iter()} <= {"h1", "abbr"}


@each_page
def test_no_id_stands_twice_on_a_page(name: str) -> None:
    ids = Counter(
        each.get("id") for each in parsed(pages()[name].html).root.iter() if each.get("id")
    )

    assert [id_ for id_, times in ids.items() if times > 1] == []


@each_page
def test_every_anchor_that_a_page_links_to_is_there(name: str) -> None:
    ids = {
        page: {each.get("id") for each in parsed(other.html).root.iter()}
        for page, other in pages().items()
    }
    own_links = [
        link.get("href", "")
        for link in parsed(pages()[name].html).root.iter("a")
        if link.get("href")
    ]
    for link in own_links:
        if link.startswith(("http:", "https:")):
            continue
        target, _, fragment = link.partition("#")
        page = page_at(name, target.partition("?")[0])
        if page in BESIDE:
            continue
        assert page in ids, link
        assert not fragment or fragment in ids[page], link


BESIDE: Final = {
    *(path.stem for path in (HERE.parent / "content" / "pages").glob("*.md")),
    *(each.path for each in small_site().files),
}
"""Where links lead that are none of the pages made here: prose, and files beside the pages."""


def page_at(here: str, link: str) -> str:
    """Return the address of the page to which a relative link leads from the page ``here``."""
    folder = here.removesuffix("index").strip("/")
    steps = [step for step in folder.split("/") if step]
    for step in link.split("/"):
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    found = "/".join(steps)
    return found if found in {*pages(), *BESIDE} else f"{found}/index".strip("/")


# --- hostile text ------------------------------------------------------------------------------


@each_page
def test_nothing_hostile_is_live(name: str) -> None:
    for element in parsed(pages()[name].html).root.iter():
        assert element.tag not in LIVE - OURS.get(name, set()) or copies(element)
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith(("on", "style", "srcdoc", "formaction"))
            if attribute in ("href", "src", "xlink:href", "action"):
                scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value, re.IGNORECASE)
                assert scheme is None or scheme[1] in ("http", "https", "mailto"), value


def copies(element: Element) -> bool:
    """Whether an element is a button of ours that copies a link or text of the page."""
    is_told = {"data-copy", "data-copy-from"} & {*element.attrib}
    return element.tag == "button" and element.get("type") == "button" and bool(is_told)


def test_scripts_are_ours_and_hold_nothing() -> None:
    found = [
        (page, each)
        for page, rendered in pages().items()
        for each in parsed(rendered.html).root.iter("script")
    ]

    assert {page for page, _ in found} == {"compare", "findings/index"}
    for _, each in found:
        source = each.get("src", "").removeprefix("../")
        assert source in BESIDE or (TEMPLATES / source).is_file()
        assert {*each.attrib} == {"src", "defer"}
        assert each.text is None


HOSTILE_FINDING: Final = (
    '<script>alert(1)</script> {{ 7*7 }} & "both" <i>titles</i>',
    "<script>alert(1)</script> and <img src=x onerror=",
    "<svg onload=alert(1)>",
    "A block of HTML</div>",
    "script link",
    "data link",
    "<javascript:alert(1)>",
    "Jinja: {{ 7*7 }} and {% raw %} and {# comment #}; HTML: <b> & ",
    "\u05e9\u05dc\u05d5\u05dd from right to left, <b>bold</b>, {{ 7*7 }}, \"quoted\" & 'single'",
)


HOSTILE_RATING: Final = ("<script>alert(1)</script> {{ 7*7 }} <b onclick=", "script link")
HOSTILE_ROUND: Final = ("<script>alert(1)</script> {{ 7*7 }}", "script link", "<svg onload=")
HOSTILE_WORDING: Final = 'Does <b>the body</b> find {{ 7*7 }} of "invented" fraud & more?'
HOSTILE_MEANING: Final = 'Whether <b>invented</b> fraud & {{ 7*7 }} *other* "things" are found.'
HOSTILE_PROGRAMME: Final = '“General <i>rounds</i> & "all"” are two kinds of inspection'
HOSTILE_BREAK: Final = (
    'four steps, *not* <b>five</b>, & {{ 7*7 }} "other" <script>alert(1)</script> questions.'
)
HOSTILE_LABELS: Final = (
    'The third <em>round</em> & "more"',
    'Answering <i>callers</i> & "ringers"',
    'Third <em>round</em> & "more"',
)
COMPARED: Final = (
    *("rounds/second", "rounds/second/by-region", "questions/fraud", "questions/callers"),
    *("compare", "grades", "inspections/2023-06-15-crime"),
)
OF_THIRD: Final = (
    *("rounds/index", "rounds/third", "rounds/third/by-region", "rounds/second"),
    *("questions/index", "questions/fraud", "forces/northshire", "units/vrcu", "grades"),
    *("inspections/index", "inspections/undated-third"),
)
OF_CALLERS: Final = (
    *("rounds/third", "questions/index", "questions/callers", "forces/northshire", "compare"),
    "inspections/undated-third",
)
OF_INSPECTION: Final = ("forces/northshire", "forces/southmoor")


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        *(("inspections/2023-06-15-crime", text) for text in HOSTILE_FINDING),
        *(("forces/southmoor", text) for text in HOSTILE_FINDING[:-1]),  # the last is quoted
        *(("themes/hostile", text) for text in HOSTILE_FINDING[:-1]),
        *(("forces/northshire/record", text) for text in HOSTILE_RATING),
        *(("inspections/undated-third", text) for text in HOSTILE_RATING),
        *(("questions/fraud", text) for text in HOSTILE_RATING),
        *(("compare", text) for text in HOSTILE_RATING),
        *((page, text) for page in COMPARED for text in HOSTILE_ROUND),
        *((page, text) for page in OF_THIRD for text in HOSTILE_LABELS[:1]),
        *((page, text) for page in OF_CALLERS for text in HOSTILE_LABELS[1:2]),
        *((page, text) for page in OF_INSPECTION for text in HOSTILE_LABELS[2:]),
        ("rounds/third", "<script>alert(1)</script> {{ 7*7 }}"),
        ("rounds/index", "<script>alert(1)</script> {{ 7*7 }}"),
        ("grades", "<script>alert(1)</script> {{ 7*7 }}"),
        ("rounds/first", HOSTILE_WORDING),
        ("questions/fraud", HOSTILE_WORDING),
        ("compare", HOSTILE_WORDING),
        ("questions/index", HOSTILE_MEANING),
        ("questions/fraud", HOSTILE_MEANING),
        ("forces/northshire/record", HOSTILE_BREAK),
        ("forces/northshire/record", HOSTILE_PROGRAMME),
        ("index", HOSTILE_FINDING[0]),
        ("index", "Weald & <u>Wold</u>"),
        ("forces/index", 'Weald & "Wold" <em>Police</em>'),
        ("forces/weald", 'Weald & "Wold" <em>Police</em>'),
        ("forces/weald", "Weald & <u>Wold</u>"),
        ("themes/index", '<b onmouseover="alert(1)">Bold & “brash”</b>'),
        ("themes/hostile", "What {{ 7*7 }} and <img src=x onerror=alert(1)> are about."),
        ("sources", '"><script>alert(1)</script>'),
        ("sources", "<img src=x onerror=alert(1)>"),
        ("sources", "Weald & Wold's “own” <site>"),
        ("sources", "https://weald.example/?a=1&b='onload='"),
        ("glossary", '"invented" fraud & <i>forgery</i>'),
        ("glossary", "<script>alert(1)</script>"),
        ("corrections", "two horses, <script>alert(1)</script> {{ 7*7 }}."),
        ("sources", "“Comments” on <telephones> & tea"),
        ("inspections/2023-06-15-crime", "<b>a second</b> telephone, {{ 7*7 }}."),
        ("forces/southmoor/pack", HOSTILE_FINDING[0]),
        *(("forces/northshire/pack", text) for text in HOSTILE_RATING),
        ("forces/weald/pack", "Nobody marked oversees it, <b onclick="),
    ],
)
def test_hostile_text_is_shown_as_text(page: str, shown: str) -> None:
    assert shown in parsed(pages()[page].html).text


@each_page
def test_no_hidden_mark_turns_the_direction_of_text(name: str) -> None:
    assert re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", pages()[name].html) is None


def test_what_a_page_says_of_itself_is_plain_text() -> None:
    page = pages()["forces/weald"].page

    assert page.title == 'Weald & "Wold" <em>Police</em>'
    assert page.name == "Weald & <u>Wold</u>"


def test_what_stands_in_an_attribute_is_escaped() -> None:
    root = parsed(pages()["compare"].html).root
    labels = [each.get("label") for each in root.iter("option")]
    cells = [
        each.get("data-label") for each in parsed(pages()["rounds/third"].html).root.iter("td")
    ]

    assert 'The third <em>round</em> & "more"' in labels
    assert 'Answering <i>callers</i> & "ringers"' in cells


def test_the_long_form_of_an_abbreviation_is_escaped() -> None:
    abbreviations = parsed(pages()["index"].html).root.findall(".//abbr")

    assert '"invented" fraud & <i>forgery</i>' in [each.get("title") for each in abbreviations]


MARKED_IN_ROWS: Final = 13
"""In the first rows of the tables for machines, which show what the files hold."""


@each_page
def test_markdown_is_shown_as_what_it_means(name: str) -> None:
    """Every text that may hold Markdown says "*marked*" somewhere in the small site."""
    shown = parsed(pages()[name].html).text.count("*marked*")

    assert shown == (MARKED_IN_ROWS if name == "data/index" else 0)


# --- who says what -----------------------------------------------------------------------------


def finding_on(page: str, item: str) -> Element:
    """Return the element of the finding or claim with the anchor ``item``."""
    found = parsed(pages()[page].html).root.find(f".//*[@id='{item}']")
    assert found is not None, f"{item} is not on {page}"
    return found


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_inspectors_words_are_theirs_wherever_they_were_read() -> None:
    """The praise was read on the force's own site; the force did not say it."""
    address = "inspections/2023-06-15-crime"
    full, short = (
        [words(each) for each in finding_on(page, "northshire-fraud-desk").findall(".//p/b")]
        for page in (address, "forces/northshire")
    )

    assert full == ["Inspectors", "Inspectors", "Vale Gazette"]
    assert short == ["Inspectors"]


def test_what_the_commissioner_says_is_not_said_to_be_the_forces() -> None:
    voices = finding_on("forces/northshire", "northshire-horse").find(".//dl")
    assert voices is not None
    heading = voices.findall(".//dt")[1]

    assert words(heading) != "Northshire says"
    assert "Commissioner" in words(voices)


def test_the_inspectors_status_is_not_replaced_by_what_the_force_says() -> None:
    voices = finding_on("inspections/2023-06-15-crime", "northshire-telephone").find(".//dl")
    assert voices is not None
    inspectors, force, _ = (words(each) for each in voices.findall(".//dd"))

    assert inspectors == "Action planned, 15 June 2023"
    assert force == "Closed, October 2023"


def test_a_concern_that_nobody_has_answered_says_so() -> None:
    voices = finding_on("inspections/2023-06-15-crime", "southmoor-hostile").find(".//dl")
    assert voices is not None

    assert "Nothing found" in words(voices)


def test_home_shows_open_concerns_longest_without_a_word_first() -> None:
    section = parsed(pages()["index"].html).root.find(".//section[@aria-labelledby='concerns']")
    assert section is not None
    links = [link.get("href", "").partition("#")[2] for link in section.iter("a")]

    assert links == [
        "southmoor-hostile",  # 15 June 2023
        "southmoor-dog",  # 15 June 2023, in the earlier inspection
        "vrcu-nobody-leads",  # July 2023
        "northshire-horse",  # 1 September 2023
        "northshire-telephone",  # October 2023; the force says closed, inspectors do not
        "northshire-lost-letters",  # nobody knows since when
    ]
    meta = [words(each) for each in section.findall(".//p")]
    assert "last word date not known, Inspectors" in meta[5]
    assert meta[3].count("1 September 2023") == 1


@pytest.mark.parametrize("closed", ["northshire-paper-files", "southmoor-paper-piles"])
def test_closed_and_superseded_concerns_are_kept_on_their_pages(closed: str) -> None:
    force = closed.partition("-")[0]

    assert f"#{closed}" not in pages()["index"].html
    assert finding_on("inspections/2019-05-01-fraud", closed) is not None
    assert finding_on(f"forces/{force}", closed) is not None


def test_a_shared_finding_is_told_on_the_page_of_every_body_that_it_is_about() -> None:
    for page in ("units/vrcu", "regions/vale", "forces/northshire"):
        told = words(finding_on(page, "vrcu-nobody-leads"))
        assert "Everybody waited for somebody." in told
        assert "Recorded under VRCU" in told


def test_a_claim_is_kept_apart_from_praise() -> None:
    root = parsed(pages()["forces/northshire"].html).root
    praised = root.find(".//section[@aria-labelledby='praised']")
    claims = root.find(".//section[@aria-labelledby='claims']")
    assert praised is not None
    assert claims is not None

    assert "Callers are happy" in words(claims)
    assert "Callers are happy" not in words(praised)


def test_all_names_of_the_unit_are_on_its_page() -> None:
    root = parsed(pages()["units/vrcu"].html).root
    rows = [
        [words(cell) for cell in row][:3]
        for row in root.findall(".//table[@class='names stacked']//tr")
    ]
    lead = root.find(".//header")
    assert lead is not None

    assert rows[1:] == [
        ["Vale Regional Crime Unit (VRCU)", "March 2020", "present"],
        ["Vale Special Squad (VSS)", "2011", "not known"],
        ["The Flying Pedals", "used by Vale Gazette", "Vale Gazette Press only"],
    ]
    for name in ("Vale Regional Crime Unit", "Vale Special Squad", "VRCU", "VSS", "Flying Pedals"):
        assert name in words(lead)


# --- grades and evidence -----------------------------------------------------------------------


def ratings(page: str) -> list[dict[str, str]]:
    """Return the rows of the first table of ratings on a page, by the heads of its columns."""
    table = parsed(pages()[page].html).root.find(".//table[@class='ratings stacked']")
    assert table is not None
    heads = [words(head) for head in table.findall(".//thead//th")]
    return [
        dict(zip(heads, [words(cell) for cell in row], strict=True))
        for row in table.findall(".//tbody/tr")
    ]


def section_of(page: str, section: str) -> Element:
    """Return the section of a page with this heading."""
    found = parsed(pages()[page].html).root.find(f".//section[@aria-labelledby='{section}']")
    assert found is not None
    return found


def test_a_region_is_never_graded() -> None:
    page = "inspections/2023-06-15-crime"
    grades = [row["Grade"] for row in ratings(page) if row["Body"] == "The Vale"]

    assert grades == ["Inspected, not graded"] * 2
    assert "segments" not in pages()["regions/vale"].html.partition('id="related"')[0]


def test_each_absence_of_a_grade_is_said_in_words() -> None:
    grades = {
        (row["Body"], row["Question"]): row["Grade"]
        for row in ratings("inspections/2023-06-15-crime")
    }
    callers = 'Answering <i>callers</i> & "ringers"'

    assert grades["Northshire Police", callers] == "Under review"
    assert grades["Southmoor Constabulary", callers] == "Not in the sources we hold"
    assert grades["Vale Regional Crime Unit", callers] == "Not inspected"


def test_a_body_without_any_rating_says_so() -> None:
    assert "No rating in the sources we hold" in words(section_of("forces/weald", "ratings"))
    [weald] = [
        words(item) for item in section_of("index", "bodies").iter("li") if "Weald" in words(item)
    ]
    assert weald == "Weald & <u>Wold</u> no rating in our sources"


def test_a_round_in_which_a_body_has_no_rating_is_named() -> None:
    assert words(section_of("forces/southmoor/record", "history")).endswith(
        "No rating in the sources we hold: A special look."
    )
    assert "No rating in the sources we hold" not in words(
        section_of("forces/northshire/record", "history")
    )


def test_home_has_a_grade_only_where_all_were_asked_the_same() -> None:
    """And says which question it answers, of which round."""
    section = section_of("index", "bodies")
    items = {words(item).split()[0]: words(item) for item in section.iter("li")}

    assert items["Northshire"] == "Northshire Adequate, 3 of 5 segments"
    assert items["Southmoor"] == "Southmoor no rating in our sources"
    assert "one question, fraud, from A special look." in words(section)
    assert "It is not a ranking." in words(section)


def test_a_carried_over_grade_says_where_it_comes_from() -> None:
    for page, section in (
        ("forces/southmoor/record", "history"),
        ("inspections/2023-06-15-crime", "grades"),
        ("questions/fraud", "second"),
    ):
        found = section_of(page, section)
        assert words(found).count("Carried over from First round, 2019") == 1, (page, section)
        links = [link.get("href", "") for link in found.iter("a")]
        assert [link for link in links if link.endswith("inspections/2019-05-01-fraud/")]


def test_what_is_uncertain_of_a_rating_stands_beside_it() -> None:
    for page, section in (
        ("forces/northshire/record", "history"),
        ("inspections/undated-third", "grades"),
        ("questions/fraud", "third"),
    ):
        told = words(section_of(page, section))
        assert told.count("Uncertain. The table marked may be of another year") == 1, (
            page,
            section,
        )


def test_a_rating_has_its_own_date() -> None:
    latest = [
        row
        for row in ratings("inspections/2023-06-15-crime")
        if row["Body"] == "Southmoor Constabulary"
    ]

    assert latest[0]["Published"] == "1 July 2023"
    assert latest[1]["Published"] == "15 June 2023"


def test_a_date_that_a_web_page_shows_is_said_to_be_one() -> None:
    [northshire, southmoor, _] = ratings("inspections/2019-05-01-fraud")

    assert northshire["Published"] == "3 May 2019 (date on the web page)"
    assert southmoor["Published"] == "1 May 2019"
    facts = words(section_of("inspections/2024-02-special", "facts"))
    assert "PublishedFebruary 2024 (date on the web page)" in facts


def test_a_date_that_nobody_knows_is_said_to_be_unknown() -> None:
    [fraud, *_] = ratings("inspections/undated-third")

    assert fraud["Published"] == "date not known"
    assert "Publisheddate not known" in words(section_of("inspections/undated-third", "facts"))
    assert "Published date not known." in words(parsed(pages()["inspections/index"].html).root)


def test_a_question_that_a_round_did_not_grade_is_said_to_be_so() -> None:
    for page in ("rounds/third", "questions/callers"):
        assert "not graded in this round" in words(parsed(pages()[page].html).root), page
    assert "not graded in this round" not in words(parsed(pages()["rounds/second"].html).root)


def test_a_grade_is_shown_on_the_scale_of_its_round() -> None:
    rows = ratings("inspections/2019-05-01-fraud")

    assert [row["Grade"] for row in rows] == [
        "Good, 3 of 4 segments",
        "Requires improvement, 2 of 4 segments",
        "Not inspected",
    ]


def test_home_counts_the_evidence_rightly() -> None:
    section = parsed(pages()["index"].html).root.find(".//section[@aria-labelledby='evidence']")
    assert section is not None
    shown = {
        words(item).rpartition(" ")[0].rpartition(" ")[0]: int(words(item).split()[-2])
        for item in section.findall(".//li")
    }

    assert shown == recounted()


def recounted() -> dict[str, int]:
    """Count the statements in the YAML files again, by a way of its own.

    A statement is a rating, a finding, what others add to it, an update, a claim, a reply, a
    response, and each quotation in any of these. It counts by the best of its sources.
    """
    labels = ["Read in the report", "Read elsewhere", "Press only"]
    rank = {"primary": 0, "body": 1, "official": 1, "press": 2}
    counted = [0, 0, 0]
    for path in CONTENT.glob("inspections/*.yml"):
        inspection = yaml.safe_load(path.read_text(encoding="utf-8"))
        statements: list[dict[str, Any]] = []
        for part in inspection["bodies"].values():
            statements += part.get("ratings", [])
            findings = part.get("concerns", []) + part.get("praised", [])
            spoken = part.get("claims", []) + part.get("replies", [])
            updates = [update for finding in findings for update in finding.get("updates", [])]
            statements += findings + spoken + updates
            for more in ("further", "said-before"):
                statements += [extra for finding in findings for extra in finding.get(more, [])]
            statements += [part["response"]] if "response" in part else []
            for each in findings + spoken + updates:
                statements += each.get("quotes", [])
        for statement in statements:
            cited = [statement["source"], *statement.get("also-in", [])]
            counted[min(rank[inspection["sources"][key]["kind"]] for key in cited)] += 1
    return dict(zip(labels, counted, strict=True))
