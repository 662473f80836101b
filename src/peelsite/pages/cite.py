"""The pages that say how to cite the findings of one inspection."""

from __future__ import annotations

from collections.abc import Iterator

from peelsite.catalogue import Body, Catalogue, Claim, Finding
from peelsite.pages.links import address, anchor
from peelsite.pages.modified import modified
from peelsite.pages.page import Page


def cited_at(item: Finding | Claim) -> str:
    """Return where the citations of a finding or claim stand."""
    return f"{address(item.inspection)[0]}/cite#{anchor(item)}"


def citing(catalogue: Catalogue) -> Iterator[Page]:
    """Give a page for each inspection that has findings or claims, with those of each body."""
    for inspection in catalogue.inspections:
        told: list[tuple[Body, list[Finding | Claim]]] = [
            (part.body, [*part.concerns, *part.praised, *part.claims])
            for part in catalogue.parts_of(inspection)
        ]
        if any(items for _, items in told):
            above = address(inspection)[0]
            yield Page(
                f"{above}/cite",
                "Cite",
                f"How to cite: {inspection.title}",
                "Each finding of this inspection as a citation in plain text, Markdown and BibTeX.",
                "pages/cite.html",
                {"told": [(body, items) for body, items in told if items]},
                (above, inspection.short),
                inspection.path,
                modified=modified(item for _, items in told for item in items),
            )
