"""Pages and templates to HTML: dates in words, safe Markdown, explained abbreviations."""

import datetime
import re
from collections.abc import Callable
from itertools import permutations, product
from pathlib import Path
from typing import Any, Final

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from peelsite.catalogue import Term, join
from peelsite.exports import tables
from peelsite.load import load
from peelsite.pages import Hosting, Page
from peelsite.render import (
    Abbreviations,
    BrokenTemplateError,
    Renderer,
    in_words,
    markdown_text,
    to_html,
    to_inline_html,
)
from peelsite.schema import When
from tests.sites import ROOT

# --- dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (datetime.date(2022, 12, 7), "7 December 2022"),
        (datetime.date(2024, 2, 29), "29 February 2024"),
        (When("2022-12-07"), "7 December 2022"),
        (When("2023-01-31"), "31 January 2023"),
        (When("2022-12"), "December 2022"),
        (When("2022-01"), "January 2022"),
        (When("2022"), "2022"),
    ],
)
def test_a_date_is_shown_in_words(date: datetime.date | When, shown: str) -> None:
    assert in_words(date) == shown


def test_months_have_their_names() -> None:
    shown = [in_words(datetime.date(2000, month, 1)) for month in range(1, 13)]

    assert shown == [datetime.date(2000, month, 1).strftime("1 %B 2000") for month in range(1, 13)]


# --- Markdown ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("*a* and **b**", "<p><em>a</em> and <strong>b</strong></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a", "<ol>\n<li>a</li>\n</ol>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("`code`", "<p><code>code</code></p>"),
        (
            "[a](https://a.example/?b=1&c=2)",
            '<p><a href="https://a.example/?b=1&amp;c=2">a</a></p>',
        ),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert to_html(text) == html


def written() -> set[str]:
    """Return every text of the real content and of the small site."""
    records: list[Any] = []
    for folder in ("content", "tests/small_site/content"):
        records += tables(join(load(ROOT / folder)), Hosting())
    cells = (cell for table in records for row in table.rows() for cell in row)
    return {cell for cell in cells if isinstance(cell, str) and cell}


def put_together(most: int) -> set[str]:
    """Return texts of up to ``most`` pieces, many of which mean something to Markdown."""
    pieces = [
        *("a", "It", "it's", "O'Neil", "1", "1.", "½", " ", ".", "...", "-", "--", "- ", "_", "*"),
        *(
            "**",
            "*so*",
            "**so**",
            "*So it's.*",
            "very",
            ". ",
            "[so](https://a.example/b)",
            "[a]",
            "'",
            '"',
            "“",
        ),
        *("’", ". ", "(", ")", ":", "/", "!", "&", "<", "`", "\\", "\n", "\n\n", "#", "\u200b"),
    ]
    return {"".join(each) for size in range(1, most + 1) for each in product(pieces, repeat=size)}


def test_the_compiled_markdown_makes_the_same_of_simple_texts() -> None:
    simple = {t for t in written() | put_together(3) if markdown_text._SIMPLE.fullmatch(t)}
    assert len(simple) > 1_000
    assert any("](https:" in text for text in simple)
    for text in simple:
        assert markdown_text._compiled(text) == markdown_text._converted(text), text


WORDS: Final = st.sampled_from(["a", "It", "word", "HMICFRS", "x2", "2x", "1", "½", "é", "ß", "中"])
MARKED: Final = st.sampled_from(
    ["*so*", "**so**", "*so 1*", "**1**", "[so](https://a.example/b-1)", "[a b](http://a.example)"]
)
BETWEEN: Final = st.sampled_from(
    [
        *(
            " ",
            " ",
            " ",
            " ",
            "  ",
            ", ",
            ". ",
            "; ",
            ": ",
            "! ",
            "? ",
            " – ",
            "—",
            "… ",
            "% ",
            "£",
        ),
        *(" (", ") ", "/", " “", "” ", " ‘", "’", "-", ".", ").", "*", " **", "_", "\n", "\u00a0"),
    ]
)
ODD: Final = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            "",
            "_",
            "__",
            "`",
            "~",
            "=",
            "+ ",
            "- ",
            "--",
            "...",
            "1. ",
            "1) ",
            "a) ",
            "***",
        ),
        *(
            "'",
            '"',
            "&",
            "&amp;",
            "<",
            ">",
            "> ",
            "# ",
            "\\",
            "|",
            "\n\n",
            "\t",
            "    ",
            "[a]",
            "![",
        ),
        *(
            "\u200b",
            "\u2028",
            "\u0301",
            "\r",
            "^",
            "@",
            "https://a.example",
            "[a]: b",
            "](b)",
            "a.b",
        ),
    ]
)
NEARLY_SIMPLE: Final = st.builds(
    lambda pieces, last, odd, at: "".join([*pieces[:at], odd, *pieces[at:], last]),
    st.lists(st.tuples(WORDS | MARKED, BETWEEN).map("".join), max_size=4),
    WORDS | MARKED | st.sampled_from(["a.", "word!", "1)", "so…", "“a”"]),
    ODD,
    st.integers(0, 5),
)
"""Texts of which many are simple, and most of the others only just not."""


@settings(max_examples=2_000, derandomize=True, deadline=None, database=None)
@given(NEARLY_SIMPLE | st.text("aB1 .,-*[]()!:;’“/_\n", min_size=1, max_size=12))
def test_whatever_is_simple_is_the_same_in_every_markdown(text: str) -> None:
    if markdown_text._SIMPLE.fullmatch(text):
        assert markdown_text._compiled(text) == markdown_text._converted(text)


HOSTILE: Final = [
    "<script>alert(1)</script>",
    "before <script src=https://evil.example/x.js></script> after",
    "<SCRIPT\n>alert(1)</SCRIPT\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<div onclick=alert(1)>\n\nblock\n\n</div>",
    "<style>* { display: none }</style>",
    "<form action=https://evil.example><input name=a></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<!-- <script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x][ref]\n\n[ref]: javascript:alert(1)",
    "<javascript:alert(1)>",
    '[x](https://a.example/"onmouseover=alert(1)")',
    '[x](https://a.example/ "title\\" onmouseover=alert(1)")',
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "# <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script\\>alert(1)\\</script\\>",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %} <script>alert(1)</script>",
]
ALLOWED: Final = {"p", "ul", "ol", "li", "em", "strong", "code", "a", "br", "blockquote"}


@pytest.mark.parametrize("make", [to_html, to_inline_html])
@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_is_made_safe(text: str, make: Callable[[str], Markup]) -> None:
    tree = html5lib.parseFragment(str(make(text)), namespaceHTMLElements=False)
    elements = [each for each in tree.iter() if each is not tree]

    assert {str(each.tag) for each in elements} <= ALLOWED
    for element in elements:
        assert set(element.attrib) <= {"href", "rel", "title"}
        assert scheme(element.get("href", "")) in ("", "https", "http", "mailto")


def scheme(href: str) -> str:
    """Return the scheme of a link as browsers see it, "" for a relative one."""
    seen = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x1f]", "", href).strip().lower())
    return seen[1] if seen else ""


def test_schemes_are_seen_as_browsers_see_them() -> None:
    assert scheme(" \x01java\tscript:alert(1)") == "javascript"
    assert scheme("DATA:text/html,x") == "data"
    assert scheme("../a:b") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a <b>bold</b> word", "a <b>bold</b> word"),
        ("<div>\n\nblock\n\n</div>", "block"),
        ("{{ 7*7 }} {% raw %} {# no #}", "{{ 7*7 }} {% raw %} {# no #}"),
        ("AT&T &lt;b&gt;", "AT&T <b>"),
        ("\u202eright to left\u202c", "right to left"),
    ],
)
def test_html_in_markdown_is_shown_as_text(text: str, shown: str) -> None:
    tree = html5lib.parseFragment(str(to_html(text)), namespaceHTMLElements=False)

    assert shown in "".join(tree.itertext())


def test_one_text_does_not_lend_its_links_to_another() -> None:
    to_html("A first text.\n\n[report]: https://first.example/")

    assert to_html("A second text, with [report] in it.") == (
        "<p>A second text, with [report] in it.</p>"
    )


def test_a_text_gives_the_same_html_after_any_other() -> None:
    made = {
        "*a": "<p>*a</p>",
        "`b": "<p>`b</p>",
        "[c]: https://c.example/": "",
        "[c]": "<p>[c]</p>",
        "<div>": "<p>&lt;div&gt;</p>",
    }
    for order in permutations(made):
        to_html.cache_clear()
        assert {text: to_html(text).strip() for text in order} == made


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b*", "a <em>b</em>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("- a", "<ul>\n<li>a</li>\n</ul>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
    ],
)
def test_one_paragraph_can_do_without_its_tags(text: str, html: str) -> None:
    assert to_inline_html(text) == html


# --- abbreviations -----------------------------------------------------------------------------


def explain(html: str, **long: str) -> str:
    terms = [Term(label, label.replace("_", " "), text, "") for label, text in long.items()]
    return Abbreviations(terms).explain(html)


def test_an_abbreviation_is_explained_once_where_it_first_stands() -> None:
    assert explain("<p>SOC</p><p>SOC, SOC</p>", SOC="crime") == (
        '<p><abbr title="crime">SOC</abbr></p><p>SOC, SOC</p>'
    )


def test_each_page_begins_anew() -> None:
    terms = Abbreviations([Term("soc", "SOC", "crime", "")])

    assert terms.explain("SOC") == terms.explain("SOC") == '<abbr title="crime">SOC</abbr>'


@pytest.mark.parametrize(
    "html",
    [
        '<a title="SOC" href="x">x</a>',
        '<a href="SOC/index.html">x</a>',
        "<code>SOC</code>",
        "<code>a <em>SOC</em> SOC</code>",
        '<abbr title="x">SOC</abbr>',
        '<abbr class="y"\n title="x">SOC</abbr>',
        "<dfn>SOC</dfn>",
        "<title>SOC</title>",
        '<svg viewBox="0 0 1 1"><text>SOC</text></svg>',
        "<style>.SOC { }</style>",
        "<script>SOC</script>",
        "ASOC, SOCs, SOC_1",
        "soc",
        '<a title="a &gt; SOC">x</a>',
    ],
)
def test_no_abbreviation_is_explained_where_it_is_none(html: str) -> None:
    assert explain(html, SOC="crime") == html


def test_an_abbreviation_after_code_or_svg_is_explained() -> None:
    made = explain("<code>SOC</code><svg><g/></svg><em>SOC</em>", SOC="crime")

    assert made == '<code>SOC</code><svg><g/></svg><em><abbr title="crime">SOC</abbr></em>'


def test_of_two_terms_at_one_place_the_longer_counts() -> None:
    made = explain("SOC unit and SOC", SOC="crime", SOC_unit="a unit")

    assert made == '<abbr title="a unit">SOC unit</abbr> and <abbr title="crime">SOC</abbr>'


def test_a_term_within_a_later_use_of_a_longer_one_is_left_alone() -> None:
    made = explain("SOC unit, SOC unit", SOC="crime", SOC_unit="a unit")

    assert made == '<abbr title="a unit">SOC unit</abbr>, SOC unit'


def test_one_long_form_does_not_get_explained_by_another() -> None:
    made = explain("<p>PEEL</p><p>SOC</p>", PEEL="SOC and more", SOC="crime")

    assert made == (
        '<p><abbr title="SOC and more">PEEL</abbr></p><p><abbr title="crime">SOC</abbr></p>'
    )


def test_a_long_form_is_escaped() -> None:
    made = explain("<p>SOC</p>", SOC='"a" & <b>\'s')

    assert made == '<p><abbr title="&#34;a&#34; &amp; &lt;b&gt;&#39;s">SOC</abbr></p>'


def test_a_term_with_an_ampersand_is_explained() -> None:
    terms = Abbreviations([Term("ae", "A&E", "accident and emergency", "")])

    assert terms.explain("<p>A&amp;E</p>") == (
        '<p><abbr title="accident and emergency">A&amp;E</abbr></p>'
    )


def test_a_term_is_not_found_in_the_name_of_a_character() -> None:
    terms = Abbreviations([Term("lt", "lt", "lieutenant", "")])

    assert terms.explain("<p>a &lt; b</p>") == "<p>a &lt; b</p>"


def test_a_term_that_stands_for_nothing_is_not_explained() -> None:
    assert Abbreviations([Term("x", "SOC", None, "A word.")]).explain("SOC") == "SOC"
    assert Abbreviations([]).explain("SOC") == "SOC"


def test_regular_expressions_in_terms_are_plain_text() -> None:
    assert Abbreviations([Term("x", "S.C", "x", "")]).explain("SOC") == "SOC"
    assert Abbreviations([Term("x", "a (b", "x", "")]).explain("a (b") == (
        '<abbr title="x">a (b</abbr>'
    )


# --- templates ---------------------------------------------------------------------------------


def render(template: str, folder: Path, **given: object) -> str:
    (folder / "page.html").write_text(template, encoding="utf-8")
    page = Page("forces/index", "Name", "Title", "Description", "page.html", given)
    return Renderer(folder, [Term("soc", "SOC", "crime", "")]).render(page).html


def test_a_template_gets_the_page_and_its_links(tmp_path: Path) -> None:
    template = '<a href="{{ to("sources") }}">{{ page.title }}</a>'

    assert render(template, tmp_path) == '<a href="../sources/">Title</a>'


def test_text_is_escaped(tmp_path: Path) -> None:
    text = "<b>\"'&</b> {{ 7*7 }}"

    assert render('<p title="{{ text }}">{{ text }}</p>', tmp_path, text=text) == (
        '<p title="&lt;b&gt;&#34;&#39;&amp;&lt;/b&gt; {{ 7*7 }}">'
        "&lt;b&gt;&#34;&#39;&amp;&lt;/b&gt; {{ 7*7 }}</p>"
    )


@pytest.mark.parametrize("name", ["page", "macros"])
def test_text_is_escaped_whatever_the_template_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.txt").write_text("{% macro m(t) %}{{ t }}{% endmacro %}")
    template = f'{{% from "{name}.txt" import m %}}{{{{ m(text) }}}}'

    assert render(template, tmp_path, text="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    "template",
    [
        "{{ missing }}",
        "{{ page.missing }}",
        "{{ given.missing }}",
        "{% if missing %}{% endif %}",
        "{% for each in missing %}{% endfor %}",
        "{{ missing | upper }}",
    ],
)
def test_an_unknown_name_is_an_error(tmp_path: Path, template: str) -> None:
    with pytest.raises(BrokenTemplateError):
        render(template, tmp_path, given={"a": 1})


def test_a_fault_that_is_met_in_compiling_ahead_is_left_to_the_page_that_has_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "good.html").write_text("{{ page.title }}", encoding="utf-8")
    (tmp_path / "slip.html").write_text("{% if %}", encoding="utf-8")
    (tmp_path / "odd.html").write_bytes("é".encode("latin-1"))
    renderer = Renderer(tmp_path)
    renderer.compile()

    good, slip = (Page("a", "A", "Title", "", f"{name}.html", {}) for name in ("good", "slip"))
    assert renderer.render(good).html == "Title"
    with pytest.raises(BrokenTemplateError, match=r"slip\.html:1: "):
        renderer.render(slip)


def test_abbreviations_are_explained_in_a_rendered_page(tmp_path: Path) -> None:
    assert render("<p>{{ text }}</p>", tmp_path, text="SOC") == (
        '<p><abbr title="crime">SOC</abbr></p>'
    )


def test_the_filters_of_templates(tmp_path: Path) -> None:
    template = '{{ "*a*" | markdown }}{{ "*a*" | inline }}{{ when | date }}{{ count(2, "thing") }}'

    assert render(template, tmp_path, when=When("2022-12")) == (
        "<p><em>a</em></p><em>a</em>December 20222 things"
    )


def test_files_in_place_of_folders(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ to("sources") }}')
    page = Page("forces/index", "Name", "Title", "Description", "page.html", {})

    assert Renderer(tmp_path, hosting=Hosting(folders=False)).render(page).html == "../sources.html"
