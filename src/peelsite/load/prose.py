"""What is wrong in a hand-written page, which MkDocs makes HTML of.

Only Markdown is written in a page: HTML could do anything in the page's name. Rendering takes it
out too (``render``); here its writer is told, at the line. What takes Markdown very long to read
is refused as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from peelsite.problems import Problem, quoted
from peelsite.schema import is_address
from peelsite.yaml_source import Document, open_text

LONGEST_PAGE: Final = 30_000
"""Characters of a page: of some signs Markdown takes a hundred times as long for ten times more."""

_MOST_SIGNS: Final = 100
_LONGEST_PARAGRAPH: Final = 4_000
"""What a paragraph may have of brackets and definitions, and of characters: Markdown looks long for
the other end of a sign."""


def problems_in_prose(path: str, raw: bytes) -> list[Problem]:
    """Return what is wrong in the page of the bytes ``raw``; ``path`` is how problems name it."""
    document = open_text(path, raw)
    if isinstance(document, Problem):
        return [document]
    if len(document.text) > LONGEST_PAGE:
        remedy = f"Keep it to {LONGEST_PAGE:,} characters: make several pages of it."
        return [document.problem((0, 0, 1), "too-long", "This page is too long.", remedy)]
    return [*_in_front_matter(document), *_in_markup(document), *_in_paragraphs(document)]


def _in_front_matter(document: Document) -> Iterator[Problem]:
    """Tell what the lines before the text say beyond a title and a description."""
    lines = document.lines
    is_marked = lines[0].rstrip(" \t") == "---"
    for number, line in enumerate(lines[is_marked:], start=int(is_marked)):
        if line.rstrip(" \t") in ("---", "...") if is_marked else not _SETTING.match(line):
            return
        if not _ALLOWED.fullmatch(line):
            message = "Before its text, a page tells its title and description and nothing else."
            remedy = 'Write "description: …" on a line between two of "---", in quotes if it has :.'
            yield document.problem((number, 0, len(line)), "front-matter", message, remedy)
            return


def _in_markup(document: Document) -> Iterator[Problem]:
    """Tell of HTML, and of links that lead nowhere, outside of code."""
    for number, line in _outside_code(document.lines):
        text = _CODE.sub(lambda found: "`" * len(found[0]), line)
        for found in _HTML.finditer(text):
            message = "HTML stands here, and pages are written in Markdown alone."
            remedy = "Write it in Markdown; put what is to be read as it is between two `."
            yield document.problem((number, found.start(), 1), "html", message, remedy)
        for found in _LINK.finditer(text):
            if not _leads_somewhere(found["to"], is_picture=bool(found["picture"])):
                message = f"The link to {quoted(found['to'])} does not lead to a page."
                remedy = "Write https://… whole, with the plain name of the site, or page.md."
                if found["picture"]:
                    remedy = "Put the picture beside the page: nothing is shown from elsewhere."
                marks = (number, found.start("to"), len(found["to"]))
                yield document.problem(marks, "link-form", message, remedy)


def _outside_code(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Give each line, with its number from 0, that does not stand between two fences."""
    last = {line.rstrip(" "): number for number, line in enumerate(lines)}
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.fullmatch(line)
        if fence:
            fence = "" if line.rstrip(" ") == fence else fence
        elif mark and last.get(mark[1], number) > number:  # one that is not closed is text
            fence = mark[1]
        else:
            yield number, line


def _leads_somewhere(to: str, *, is_picture: bool) -> bool:
    """Whether a link leads to a page or picture of this site, to one on the web, or to somebody."""
    if _ELSEWHERE.match(to):
        return not is_picture and (is_address(to) or to.startswith("mailto:"))
    return True


def _in_paragraphs(document: Document) -> Iterator[Problem]:
    """Tell of what Markdown would take very long to read, in code or not."""
    signs = length = 0
    for number, line in enumerate(document.lines):
        count = line.count("[") + line.lstrip().startswith(":")
        signs = signs + count if line.strip() else 0
        length = length + len(line) + 1 if line.strip() else 0
        if signs > _MOST_SIGNS or length > _LONGEST_PARAGRAPH or _DEEP.match(line):
            message = "There is too much here in one paragraph, or within lists of lists."
            remedy = "Put blank lines between paragraphs, and make it simpler."
            yield document.problem((number, 0, 1), "too-deep", message, remedy)
            return


_SETTING: Final = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
"""What MkDocs takes for a setting of a page, even without a line of "---" before it."""

_ALLOWED: Final = re.compile(
    r"""(title|description): ("[^"\\]*"|'[^']*'|[A-Za-z0-9]([^:#]|:(?=\S))*)[ ]*"""
)
_FENCE: Final = re.compile(r"(`{3,}|~{3,}) *[\w#.+-]* *")
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_HTML: Final = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>|[\w.+-]+@[\w.-]+>)")
_LINK: Final = re.compile(r"(?P<picture>!\[[^\]]*)?\]\(\s*<?(?P<to>[^)\s>]*)")
_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2}")
_DEEP: Final = re.compile(r" {60}|[ \t]*((([-*+]|\d+\.)\s+|>\s*)){9}")
"""More than eight lists or quotations inside one another, on one line or by its indent."""
