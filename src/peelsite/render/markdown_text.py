"""Markdown of summaries and notes to HTML that nothing can hide in."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

import markdown
import nh3
import pyromark
from markupsafe import Markup

from peelsite.schema import is_address


@cache
def to_html(text: str) -> Markup:
    """Return Markdown as HTML that holds only paragraphs, lists, emphasis, code and web links.

    HTML, headings and pictures written in the text are shown as the text that they are. Most texts
    hold nothing that two Markdowns would disagree about, and are left to a compiled one.
    """
    if _SIMPLE.fullmatch(text):
        return _compiled(text)
    try:
        return _converted(text) if text.count("[") <= _MOST_BRACKETS else _unconverted(text)
    except RecursionError:  # lists within lists, without end
        return _unconverted(text)


def _compiled(text: str) -> Markup:
    """Return the HTML of a simple text, in which nothing else can be but what is asked for."""
    return Markup(pyromark.html(text).removesuffix("\n"))  # noqa: S704


def _converted(text: str) -> Markup:
    html = _HIDDEN.sub("", _markdown().reset().convert(text))
    return Markup(  # noqa: S704 - nh3 has just made it safe
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            attribute_filter=_whole_address,
            link_rel=None,
        )
    )


def _unconverted(text: str) -> Markup:
    """Return a text as one paragraph without any Markdown, for what Markdown could not read."""
    return Markup("<p>{}</p>").format(text)


def clean_page(html: str) -> str:
    """Return the HTML that MkDocs made of a hand-written page without what Markdown never makes.

    Nothing in it can run, be styled, ask for anything or fetch anything from elsewhere.
    """
    return nh3.clean(
        html,
        tags=_TAGS_OF_PAGES,
        attributes=_ATTRIBUTES_OF_PAGES,
        attribute_filter=_plain_address,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def to_inline_html(text: str) -> Markup:
    """Return Markdown of one paragraph as HTML without the paragraph around it."""
    html = to_html(text)
    if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
        return Markup(html[3:-4])  # noqa: S704 - cut from what was safe
    return html


def first_sentence(text: str) -> str:
    """Return the first sentence of Markdown as plain text."""
    return _SENTENCE_END.split(to_html(text).striptags(), maxsplit=1)[0]


_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s(?=[“‘(]?[A-Z])")

_SIMPLE: Final = re.compile(
    r"""
    (?! [0-9]+ [.)] )                     # a number begins a list
    [^\W_]
    (?: [^\W_]++
      | [ ,;()/%£–—“”‘’…]
      | [.:?!] (?= [ )”’] | $ )           # none within a word, as in an address
      | (?<=[^\W\d_]) - (?= [^\W_] )      # long-term
      | (?<=[ ])
        (?: \*{1,2}+ [^\W_]++ (?: [ ] [^\W_]++ )* \*{1,2}+
          | \[ [^\W_]++ (?: [ ] [^\W_]++ )* \] \( https?://(?!\S*--)[A-Za-z0-9./-]+ \) )
        (?= [ .,;:?!)] | $ )
    )*+
    (?<![ ])
    """,
    re.VERBOSE,
)
"""One paragraph of words, emphasis and links, of which every Markdown makes the same."""

_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters that cannot be seen, some of which turn the text around them."""

_TAGS: Final = {"p", "ul", "ol", "li", "em", "strong", "code", "a", "br", "blockquote"}


_TAGS_OF_PAGES: Final = _TAGS | {
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "img", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES_OF_PAGES: Final = {
    "a": {"href"},
    "code": {"class"},
    "img": {"alt", "src"},
    "ol": {"start"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}

_MOST_BRACKETS: Final = 100
"""Opening brackets in a text: Markdown looks for the other end of each, again and again."""


@lru_cache(maxsize=1)
def _markdown() -> markdown.Markdown:
    converter = markdown.Markdown(output_format="html", extensions=["smarty"])
    converter.preprocessors.deregister("html_block")
    for block in ("hashheader", "setextheader", "hr"):
        converter.parser.blockprocessors.deregister(block)
    for inline in ("html", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(inline)
    return converter


def _whole_address(_tag: str, attribute: str, value: str) -> str | None:
    """Let an address pass only if it is whole: a relative one would depend on the page."""
    if attribute != "href" or is_address(value) or value.startswith("mailto:"):
        return value
    return None


def _plain_address(tag: str, attribute: str, value: str) -> str | None:
    """Let an address on this site pass; that of a page elsewhere if it is whole, of no picture."""
    if attribute not in ("href", "src") or not _ELSEWHERE.match(value):
        return value
    return None if tag == "img" else _whole_address(tag, attribute, value)


_ELSEWHERE: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2})")
"""How an address begins that is not of this site."""
