"""Abbreviations, explained where they first stand on a page."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from peelsite.catalogue import Term


class Abbreviations:
    """Explains each abbreviation of the glossary where it first stands on a page.

    Most words of a page are none, so all of them are looked for at once, and only then where
    they stand.
    """

    def __init__(self, glossary: Iterable[Term]) -> None:
        self._explained = {
            text: f'<abbr title="{Markup.escape(term.stands_for)}">{text}</abbr>'
            for term in glossary
            if term.stands_for and (text := str(Markup.escape(term.label)))
        }
        longest_first = sorted(self._explained, key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first))
        self._word = re.compile(rf"(?:{words})(?!\w)" if words else r"(?!)")

    def explain(self, html: str) -> str:
        """Return ``html`` (made by our templates) with the first use of each term explained."""
        left, end = dict(self._explained), 0
        pieces: list[str] = []
        closed: list[tuple[int, int]] | None = None
        for found in self._word.finditer(html):
            word, at = found[0], found.start()
            if word not in left or _BEFORE.search(html, max(0, at - 2), at):
                continue
            if html.rfind("<", 0, at) > html.rfind(">", 0, at):
                continue  # in a tag
            if closed is None:
                closed = [each.span() for each in _CLOSED.finditer(html)]
            before = bisect(closed, (at, len(html))) - 1
            if before >= 0 and at < closed[before][1]:
                continue
            pieces += html[end:at], left.pop(word)
            end = found.end()
            if not left:
                break
        return "".join([*pieces, html[end:]])


_BEFORE: Final = re.compile(r"(?:\w|&|&#)\Z")
"""What shows that a word has begun before: a letter, or a character reference such as &amp;."""

_CLOSED: Final = re.compile(
    r"<(abbr|dfn|code|script|style|svg|title)(?=[ >])[^>]*>.*?</\1>", re.DOTALL
)
"""Elements within which nothing is explained."""
