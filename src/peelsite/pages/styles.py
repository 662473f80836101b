"""Which stylesheets a kind of page needs beside the one that all pages have.

A sheet is ``templates/assets/<name>.css``. The rules for paper stand in ``print``, which the shell
links for paper alone, and in the sheets of pages that are laid out anew there.
"""

from __future__ import annotations

from typing import Final

_SHEETS: Final[dict[str, tuple[str, ...]]] = {
    "body": ("finding", "body"),
    "changes": ("lists",),
    "compare": ("compare",),
    "concerns": ("lists",),
    "corrections": ("lists",),
    "data": ("grid", "data"),
    "feeds": ("lists",),
    "fields": ("lists",),
    "findings": ("explorer",),
    "glossary": ("lists",),
    "grades": ("lists",),
    "home": ("lists",),
    "inspection": ("finding", "inspection"),
    "pack": ("pack",),
    "question": ("lists",),
    "record": ("record",),
    "responses": ("lists",),
    "round": ("lists", "grid"),
    "search": ("search",),
    "sources": ("lists",),
    "theme": ("finding",),
}
"""The sheets of a page by the name of its template."""


def sheets_of(template: str) -> tuple[str, ...]:
    """Return the names of the sheets that the pages of a template ("pages/body.html") need."""
    return _SHEETS.get(template.removeprefix("pages/").removesuffix(".html"), ())
