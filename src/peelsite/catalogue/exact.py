"""Links to the very words in a web page that were quoted from it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_LEFT_OUT: Final = re.compile(r"…|\.\.\.|\[[^\]]*\]")
"""What stands in our quotation and not in the source: an ellipsis, or words of ours in brackets."""

_MARKS: Final = frozenset("'’‘\"“”")
"""Marks that one page has straight and another curly."""

_AROUND: Final = ".,;:!?()-–—"
"""Punctuation that is no part of a word."""

_FEWEST: Final = 3
"""Words that it takes to mean one place: one or two can stand anywhere on a page."""

_WHOLE: Final = 8
"""Words that are written out in full. Of more, only the first and the last are."""

_END: Final = 4
"""Words at each end of a quotation that is too long to be written out."""


def exact_url(url: str, text: str) -> str | None:
    """Return the link that opens the web page at ``url`` with ``text`` found and marked.

    Browsers look for the words after ``#:~:text=``; two pieces with a comma between them are the
    beginning and the end of a passage. Words with quotation marks or apostrophes are kept out of
    both ends. It is None if what is left is too short to mean one place on the page.

    The rules are those of the W3C community group's specification "URL Fragment Text Directives",
    https://wicg.github.io/scroll-to-text-fragment/
    """
    runs = _runs(max((piece.split() for piece in _LEFT_OUT.split(text)), key=len))
    if not runs:
        return None
    first, last = runs[0], runs[-1]
    if first is last and len(first) <= _WHOLE:
        words = _encoded(first)
    else:
        words = f"{_encoded(first[:_END])},{_encoded(last[-_END:])}"
    page = url.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={words}"


def _runs(words: list[str]) -> list[list[str]]:
    """Return the stretches of ``words`` without a mark or a lone dash that are long enough."""
    runs: list[list[str]] = [[]]
    for word in words:
        if _MARKS.isdisjoint(word) and word.strip(_AROUND):
            runs[-1].append(word)
        else:
            runs.append([])
    return [run for run in runs if len(run) >= _FEWEST]


def _encoded(words: list[str]) -> str:
    """Return words as a text directive has them, without the punctuation around them.

    In it ``-``, ``,`` and ``&`` have meanings of their own, so they are percent-encoded too.
    """
    text = " ".join(words).strip(_AROUND)
    if _PLAIN.fullmatch(text):  # as most are, and quicker so
        return text.replace(" ", "%20")
    return quote(text, safe="").replace("-", "%2D")


_PLAIN: Final = re.compile("[a-zA-Z0-9 ]*")
