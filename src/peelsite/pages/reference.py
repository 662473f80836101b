"""The pages that explain: themes, sources, grades, glossary; and the page of problems."""

from __future__ import annotations

from collections.abc import Iterator

from peelsite.catalogue import Body, Catalogue, Claim, Finding, Source, evidence_of
from peelsite.pages.links import address
from peelsite.pages.page import Page
from peelsite.schema import Absence, Evidence, Label, Speaker, Status


def themes(catalogue: Catalogue) -> Iterator[Page]:
    """Give the list of themes, and a page for each."""
    found = [(theme, catalogue.on_theme(theme)) for theme in catalogue.themes]
    yield Page(
        "themes/index",
        "Themes",
        "Themes",
        "What findings are about, across forces, units and regions.",
        "pages/themes.html",
        {"themes": [(theme, len(items)) for theme, items in found]},
    )
    for theme, items in found:
        yield Page(
            address(theme)[0],
            theme.label,
            theme.label,
            f"{theme.meaning} Findings on this theme, across bodies.",
            "pages/theme.html",
            {
                "theme": theme,
                "concerns": [f for f in items if isinstance(f, Finding) and f.is_concern],
                "praised": [f for f in items if isinstance(f, Finding) and not f.is_concern],
                "claims": [item for item in items if isinstance(item, Claim)],
            },
            ("themes/index", "Themes"),
            f"{catalogue.folder}/themes.yml",
        )


def sources(catalogue: Catalogue) -> Page:
    """Return the page of everything that was read."""
    resting: dict[Source, dict[Body, int]] = {source: {} for source in catalogue.sources}
    for part in catalogue.parts:
        for said in part.said():
            for source in (said.source, *said.also_in):
                counts = resting[source]
                counts[part.body] = counts.get(part.body, 0) + 1
    return Page(
        "sources",
        "Sources",
        "Sources",
        "Every source that this site rests on, and what rests on it.",
        "pages/sources.html",
        {
            "sources": [(source, list(counts.items())) for source, counts in resting.items()],
            "tallied": evidence_of(catalogue.parts),
        },
    )


def grades(catalogue: Catalogue) -> Page:
    """Return the page that explains grades."""
    return Page(
        "grades",
        "Grades explained",
        "Grades explained",
        "What the inspectors' grades mean, and which of them may be compared.",
        "pages/grades.html",
        {"scales": catalogue.scales, "rounds": catalogue.rounds, "absences": tuple(Absence)},
        path=f"{catalogue.folder}/scales.yml",
    )


def glossary(catalogue: Catalogue) -> Page:
    """Return the glossary."""
    return Page(
        "glossary",
        "Glossary",
        "Glossary",
        "Abbreviations and words of police inspection, in plain words.",
        "pages/glossary.html",
        {
            "terms": sorted(catalogue.glossary, key=lambda term: term.label.lower()),
            "vocabularies": (
                ("categories", "The report’s own categories of findings", tuple(Label)),
                ("status", "How a concern stands", tuple(Status)),
                ("evidence", "Where we read a statement", tuple(Evidence)),
                ("speakers", "Who speaks", tuple(Speaker)),
            ),
        },
        path=f"{catalogue.folder}/glossary.yml",
    )


def problems(report: str, address: str) -> Page:
    """Return the page that shows a report of problems in place of the page at ``address``."""
    title = "The content has problems"
    return Page(address, title, title, title, "pages/problems.html", {"report": report})
