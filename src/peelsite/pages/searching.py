"""The page of search, which also says what to use where search cannot work."""

from __future__ import annotations

from typing import Final

from peelsite.catalogue import Catalogue
from peelsite.pages.page import Page
from peelsite.schema import BodyKind

WAYS: Final = (
    ("forces/index", "Forces", "every police force, by region"),
    ("units/index", "Units", "every regional organised crime unit"),
    ("findings/index", "Findings", "every finding, in one list"),
    ("concerns", "Concerns", "the open ones, by how long nobody has said anything"),
    ("inspections/index", "Inspections", "every report, newest first"),
    ("questions/index", "Questions", "what inspectors asked, and every grade on it"),
    ("themes/index", "Themes", "findings of all bodies by what they are about"),
    ("sources", "Sources", "everything that we read, and what rests on it"),
    ("glossary", "Glossary", "abbreviations and words of the field"),
)
"""Address, name and meaning of the pages that lead to everything."""


def searching(catalogue: Catalogue) -> Page:
    """Return the page of search."""
    regions = catalogue.of_kind(BodyKind.REGION)
    return Page(
        "search",
        "Search",
        "Search",
        "Find forces, units, findings and the words that were said; and other ways to find them.",
        "pages/search.html",
        {
            "ways": WAYS,
            "regions": [(region, catalogue.related_to(region)) for region in regions],
        },
    )
