"""Pages and templates to HTML: escaping always on, an unknown name an error, Markdown made safe."""

from __future__ import annotations

import datetime
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NoReturn

import jinja2
import markdown
import nh3
from jinja2.bccache import Bucket
from markupsafe import Markup

from peelsite.catalogue import Term, days_between
from peelsite.pages import Hosting, Links, Page, anchor
from peelsite.problems import count
from peelsite.schema import When


@dataclass(frozen=True)
class Rendered:
    """A page and the inside of its ``<main>`` element."""

    page: Page
    html: str


class BrokenTemplateError(Exception):
    """A template is at fault; the text says which one, at which line, and how."""


def tell_faults(
    environment: jinja2.Environment, fault: type[Exception] = BrokenTemplateError
) -> None:
    """Make ``environment`` raise ``fault``, with file and line, for faults in its templates."""
    as_jinja_tells = environment.handle_exception

    def handle_exception(source: str | None = None) -> NoReturn:
        try:
            as_jinja_tells(source)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = next(
                (f for f in reversed(frames) if f.filename.endswith((".html", ".xml"))), None
            )
            where = f"{place.filename}:{place.lineno}: " if place else ""
            raise fault(f"{where}{error}") from error

    environment.handle_exception = handle_exception  # type: ignore[method-assign]


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates for the next build; Jinja sees whether their text has changed."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template back, if it is here."""
        if kept := self._kept.get(bucket.key):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


class Renderer:
    """Renders pages with the templates in one folder, explaining the terms of a glossary.

    ``as_of`` is the day for which the site is built, if its ages are to be in it. ``answers`` are
    what templates may ask of the catalogue, by name.
    """

    def __init__(
        self,
        templates: Path,
        glossary: Iterable[Term] = (),
        *,
        hosting: Hosting | None = None,
        as_of: datetime.date | None = None,
        answers: Mapping[str, Callable[..., object]] | None = None,
    ) -> None:
        self._hosting = hosting or Hosting()
        self.abbreviations = Abbreviations(glossary)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        self._environment.filters |= {
            "markdown": to_html,
            "inline": to_inline_html,
            "first_sentence": first_sentence,
            "date": in_words,
            "days": days_in_words,
            "anchor": anchor,
        }
        self._environment.globals |= {"count": count, "today": as_of, **(answers or {})}
        tell_faults(self._environment)

    def render(self, page: Page) -> Rendered:
        """Return ``page`` rendered. Raises BrokenTemplateError if its template is at fault."""
        template = self._environment.get_template(page.template)
        html = template.render(page.given, page=page, to=Links(page.address, self._hosting))
        return Rendered(page, self.abbreviations.explain(html))


def in_words(date: datetime.date | When) -> str:
    """Return a date as English prose has it: "7 December 2022", "December 2022" or "2022"."""
    iso = date.isoformat() if isinstance(date, datetime.date) else date.iso
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


def days_in_words(since: When, as_of: datetime.date) -> str:
    """Return how long ago ``since`` is: "1,447 days", or "1,417 to 1,447 days" for a month.

    It is "" for a day after ``as_of``. ``peelsite.js`` says the same in the browser.
    """
    days = days_between(since, as_of)
    if days is None:
        return ""
    least, most = days
    number = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    return f"{number} {'day' if most == 1 else 'days'}"


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@cache
def to_html(text: str) -> Markup:
    """Return Markdown as HTML that holds only paragraphs, lists, emphasis, code and web links.

    HTML, headings and pictures written in the text are shown as the text that they are.
    """
    return _quickly(text) or _converted(text)


def _quickly(text: str) -> Markup | None:
    """Return the HTML of a text in which Markdown has next to nothing to do, as in most texts."""
    if not _is_prose(_unmarked(text)):
        return None
    html = _MARKED.sub(_element, text)
    return Markup(f"<p>{_curly(html)}</p>")  # noqa: S704 - prose has no mark that HTML knows


def _unmarked(text: str) -> str:
    """Return a text without the marks of emphasis and links, if they stand around words."""
    return _MARKED.sub(lambda found: found["strong"] or found["em"] or found["label"], text)


def _element(found: re.Match[str]) -> str:
    if url := found["url"]:
        return f'<a href="{url}" rel="noopener noreferrer">{found["label"]}</a>'
    name = "strong" if found["strong"] else "em"
    return f"<{name}>{found[name]}</{name}>"


def _converted(text: str) -> Markup:
    html = _HIDDEN.sub("", _markdown().reset().convert(text))
    return Markup(  # noqa: S704 - nh3 has just made it safe
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            attribute_filter=_whole_address,
            link_rel="noopener noreferrer",
        )
    )


def _is_prose(text: str) -> bool:
    """Whether a text is one paragraph in which Markdown would change nothing but apostrophes."""
    return bool(_PROSE.fullmatch(text)) and not any(mark in text for mark in _MARKS)


def _curly(prose: str) -> str:
    return prose.replace("'", "’")


_IN_PROSE: Final = r"\w ,;:()/%£?!.“”‘’–—-"

_PROSE: Final = re.compile(
    rf"[^\W\d_][{_IN_PROSE}]*((?<=[^\W\d_])'(?=[^\W\d_])[{_IN_PROSE}]*)*(?<! )"
)
"""A letter, and then letters, numbers and punctuation; straight apostrophes only in words."""

_MARKS: Final = ("_", "  ", "--", "..")
"""What would still become emphasis, white space, a dash or an ellipsis."""

_WORDS: Final = rf"\w(?:['{_IN_PROSE}]*[\w.?!])?"
_MARKED: Final = re.compile(
    r"(?<![^ “‘(])"
    rf"(?:\*\*(?P<strong>{_WORDS})\*\*|\*(?P<em>{_WORDS})\*"
    rf"|\[(?P<label>{_WORDS})\]\((?P<url>https?://[a-zA-Z0-9./?=#-]+)\))"
    r"(?![^ .,;:?!)”’])"
)
"""Emphasis of words, or words as a link to a plain address, apart from the words around them."""


def to_inline_html(text: str) -> Markup:
    """Return Markdown of one paragraph as HTML without the paragraph around it."""
    html = to_html(text)
    if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
        return Markup(html[3:-4])  # noqa: S704 - cut from what was safe
    return html


def first_sentence(text: str) -> str:
    """Return the first sentence of Markdown as plain text."""
    first = _unmarked(_SENTENCE_END.split(text, maxsplit=1)[0])
    # Nothing that follows it changes what becomes of it.
    plain = _curly(first) if _is_prose(first) else to_html(text).striptags()
    return _SENTENCE_END.split(plain, maxsplit=1)[0]


_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s(?=[“‘(]?[A-Z])")

_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters that cannot be seen, some of which turn the text around them."""

_TAGS: Final = {"p", "ul", "ol", "li", "em", "strong", "code", "a", "br", "blockquote"}


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
    if attribute != "href" or value.startswith(("https://", "http://", "mailto:")):
        return value
    return None


class Abbreviations:
    """Explains each abbreviation of the glossary where it first stands on a page."""

    def __init__(self, glossary: Iterable[Term]) -> None:
        self._long = {
            str(Markup.escape(term.label)): term.stands_for for term in glossary if term.stands_for
        }
        words = "|".join(map(re.escape, sorted(self._long, key=len, reverse=True)))
        # A character reference such as &amp; holds no word of its own.
        self._word = re.compile(rf"&#?\w+;|\b({words})\b" if words else r"(?!)")

    def explain(self, html: str) -> str:
        """Return ``html`` (made by our templates) with the first use of each term explained."""
        if not self._word.search(html):
            return html
        left = set(self._long)
        pieces: list[str] = []
        closed_to: str | None = None
        for piece in _MARKUP.split(html):
            if piece.startswith("<"):
                name = piece[1:].split(" ")[0].rstrip(">/")
                if closed_to is None and name in _NOT_WITHIN:
                    closed_to = name
                elif closed_to is not None and piece == f"</{closed_to}>":
                    closed_to = None
            elif closed_to is None:
                piece = self._word.sub(lambda match: self._first(match[0], left), piece)
            pieces.append(piece)
        return "".join(pieces)

    def _first(self, word: str, left: set[str]) -> str:
        if word not in left:
            return word
        left.discard(word)
        long = Markup.escape(self._long[word])
        return f'<abbr title="{long}">{word}</abbr>'


_MARKUP = re.compile(r"(<[^>]*>)")
_NOT_WITHIN: Final = frozenset({"abbr", "dfn", "code", "script", "style", "svg", "title"})
