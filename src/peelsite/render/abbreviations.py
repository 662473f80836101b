"""Abbreviations, explained where they first stand on a page."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from peelsite.catalogue import Term


@dataclass(frozen=True)
class _Word:
    """An abbreviation as it stands in HTML, and as it stands there explained.

    ``whole`` tells where it is a word of its own; ``within`` are longer ones that hold it, each
    with its place in them.
    """

    text: str
    explained: str
    whole: re.Pattern[str]
    within: tuple[tuple[re.Pattern[str], int], ...]

    def stands_at(self, html: str, at: int) -> bool:
        """Whether it is this word that stands there, in text and not in a tag or a reference."""
        if not self.whole.match(html, at):
            return False
        if html.rfind("<", 0, at) > html.rfind(">", 0, at):
            return False
        return not any(
            at >= before and longer.match(html, at - before) for longer, before in self.within
        )


class Abbreviations:
    """Explains each abbreviation of the glossary where it first stands on a page.

    Most words of a page are none, so it looks for each abbreviation and not at each word.
    """

    def __init__(self, glossary: Iterable[Term]) -> None:
        long = {
            str(Markup.escape(term.label)): term.stands_for for term in glossary if term.stands_for
        }
        # A character reference such as &amp; holds no word of its own.
        whole = {text: re.compile(rf"(?<!&)(?<!&#)\b{re.escape(text)}\b") for text in long}
        self._words = [
            _Word(
                text,
                f'<abbr title="{Markup.escape(stands_for)}">{text}</abbr>',
                whole[text],
                tuple(
                    (whole[other], found.start())
                    for other in long
                    if other != text
                    for found in whole[text].finditer(other)
                ),
            )
            for text, stands_for in long.items()
        ]

    def explain(self, html: str) -> str:
        """Return ``html`` (made by our templates) with the first use of each term explained."""
        there = [(at, word) for word in self._words if (at := html.find(word.text)) >= 0]
        if not there:
            return html
        closed = [found.span() for found in _CLOSED.finditer(html)]
        firsts = [(_first(word, html, at, closed), word) for at, word in there]
        pieces: list[str] = []
        end = 0
        for at, word in sorted((each for each in firsts if each[0] >= 0), key=lambda each: each[0]):
            pieces += html[end:at], word.explained
            end = at + len(word.text)
        return "".join([*pieces, html[end:]])


def _first(word: _Word, html: str, at: int, closed: list[tuple[int, int]]) -> int:
    """Return where ``word`` first stands from ``at`` on, outside of ``closed`` spans, or -1."""
    while at >= 0:
        span = bisect(closed, (at, len(html))) - 1
        end = closed[span][1] if span >= 0 else 0
        if at >= end and word.stands_at(html, at):
            return at
        at = html.find(word.text, max(end, at + 1))
    return -1


_CLOSED: Final = re.compile(
    r"<(abbr|dfn|code|script|style|svg|title)(?=[ >])[^>]*>.*?</\1>", re.DOTALL
)
"""Elements within which nothing is explained."""
