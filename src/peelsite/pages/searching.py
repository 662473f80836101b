"""The page of search, which also says what to use where search cannot work."""

from __future__ import annotations

from itertools import chain
from typing import Final

from peelsite.catalogue import Catalogue, Claim, Finding, Reply
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
            "choices": _choices(catalogue),
            "regions": [(region, catalogue.related_to(region)) for region in regions],
        },
    )


def _choices(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return by what results can be filtered, so that no index is fetched to offer it.

    What no record has is left out; the records of ``search`` say the same in the same words.
    """
    parts = catalogue.parts
    findings = (*catalogue.concerns, *catalogue.praised)
    claims = tuple(chain.from_iterable(part.claims for part in parts))
    replies = tuple(chain.from_iterable(part.replies for part in parts))
    filed: tuple[Finding | Claim, ...] = (*findings, *claims)
    said: tuple[Finding | Claim | Reply, ...] = (*filed, *replies)
    kinds = {
        "Inspection": catalogue.inspections,
        "Concern": catalogue.concerns,
        "Praised work": catalogue.praised,
        "Claim by a body": claims,
        "Reply": replies,
        "Round": catalogue.rounds,
        "Question": catalogue.questions,
        "Theme": catalogue.themes,
        "Glossary": catalogue.glossary,
        "Page": True,
    }
    found = {
        "kind": (
            *(body.kind.label for body in catalogue.bodies),
            *(kind for kind, records in kinds.items() if records),
        ),
        "body": (body.short for body in catalogue.bodies),
        "theme": (theme.label for item in filed for theme in item.themes),
        "evidence": (item.said.best.evidence.label for item in said),
    }
    return {name: sorted(set(each), key=str.casefold) for name, each in found.items()}
