"""Which pages exist: the address and title of each, its template, and what the template is given.

An address is a path without an ending, ``forces/northumbria`` or ``forces/index``; how it is
written in a link depends on how the site is hosted and is the business of :class:`Links`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from peelsite.catalogue import (
    Body,
    Catalogue,
    Claim,
    Finding,
    Inspection,
    Part,
    Source,
    Theme,
    evidence_of,
)
from peelsite.schema import Absence, BodyKind, Evidence, Label, Speaker, Status

Target: TypeAlias = "str | Body | Inspection | Finding | Claim | Theme | Source"

FOLDERS: Final = {BodyKind.FORCE: "forces", BodyKind.UNIT: "units", BodyKind.REGION: "regions"}


@dataclass(frozen=True)
class Page:
    """A page that is made from the catalogue.

    ``name`` is what links and breadcrumbs call it; ``given`` is what its template gets;
    ``above`` is the address and name of the page above it; ``path`` is the content file that it
    shows, if it is one.
    """

    address: str
    name: str
    title: str
    description: str
    template: str
    given: dict[str, Any] = field(repr=False)
    above: tuple[str, str] | None = None
    path: str | None = None


def plan(catalogue: Catalogue) -> list[Page]:
    """Return every page of the site that is made from ``catalogue``."""
    return [
        _home(catalogue),
        *(page for kind in BodyKind for page in _bodies(catalogue, kind)),
        *_inspections(catalogue),
        *_themes(catalogue),
        _sources(catalogue),
        _grades(catalogue),
        _glossary(catalogue),
    ]


def anchor(item: Finding | Claim) -> str:
    """Return the permanent anchor of a finding or claim on its inspection's page."""
    return f"{item.body.id}-{item.id}"


def address(target: Target) -> tuple[str, str]:
    """Return the address and anchor ("" for none) of the page on which ``target`` stands."""
    match target:
        case Body():
            return f"{FOLDERS[target.kind]}/{target.id}", ""
        case Inspection():
            return f"inspections/{target.id}", ""
        case Finding() | Claim():
            return f"inspections/{target.inspection.id}", anchor(target)
        case Theme():
            return f"themes/{target.id}", ""
        case Source():
            return "sources", target.id
    page, _, fragment = target.partition("#")
    return page, fragment


@dataclass(frozen=True)
class Links:
    """Makes the links of one page, relative, so that they hold wherever the site is put.

    ``here`` is the address of the page; ``folders`` says whether addresses are folders
    (``forces/durham/``, as on a web server) or files (``forces/durham.html``, for a double click).
    """

    here: str
    folders: bool = True

    def __call__(self, target: Target) -> str:
        """Return the link from this page to a record, or to an address like "grades#scale"."""
        page, fragment = address(target)
        fragment = f"#{fragment}" if fragment else ""
        if page == self.here and fragment:
            return fragment
        return (self.up + self._url(page) or "./") + fragment

    @property
    def up(self) -> str:
        """The way from this page to the top of the site: "" or "../" as often as needed."""
        return "../" * self._url(self.here).count("/")

    def _url(self, page: str) -> str:
        if not self.folders:
            return f"{page}.html"
        return page.removesuffix("index") if page.split("/")[-1] == "index" else f"{page}/"


def _home(catalogue: Catalogue) -> Page:
    kinds = (BodyKind.FORCE, BodyKind.UNIT, BodyKind.REGION)
    bodies = [body for kind in kinds for body in catalogue.of_kind(kind)]
    return Page(
        "index",
        "Home",
        "What inspectors found about the police",
        "What inspectors found about police forces and regional organised crime units, "
        "in plain words, with the source of every statement.",
        "pages/home.html",
        {
            "ratings": [rating for body in bodies for rating in catalogue.latest_ratings_of(body)],
            "unrated": [body for body in bodies if not catalogue.ratings_of(body)],
            "inspections": catalogue.inspections,
            "concerns": catalogue.open_concerns(),
            "praised": catalogue.praised,
            "tallied": evidence_of(catalogue.parts),
        },
    )


def _bodies(catalogue: Catalogue, kind: BodyKind) -> Iterator[Page]:
    folder, bodies = FOLDERS[kind], catalogue.of_kind(kind)
    name, title = {
        BodyKind.FORCE: ("Forces", "Police forces"),
        BodyKind.UNIT: ("Units", "Regional organised crime units"),
        BodyKind.REGION: ("Regions", "Regions"),
    }[kind]
    regions = [body for body in catalogue.of_kind(BodyKind.REGION) if kind is not BodyKind.REGION]
    groups = [(region, [b for b in bodies if b.region is region]) for region in regions]
    if kind is BodyKind.REGION:
        groups = [(body, [body]) for body in bodies]
    yield Page(
        f"{folder}/index",
        name,
        title,
        f"{title} on this site, with what inspectors last said about each.",
        "pages/bodies.html",
        {
            "kind": kind,
            "groups": [
                (region, [(body, catalogue.latest_ratings_of(body)) for body in members])
                for region, members in groups
                if members
            ],
        },
    )
    for body in bodies:
        yield _body(catalogue, body, (f"{folder}/index", name))


def _body(catalogue: Catalogue, body: Body, above: tuple[str, str]) -> Page:
    parts = catalogue.parts_of(body)
    shared = [finding for part in parts for finding in part.shared]
    return Page(
        address(body)[0],
        body.short,
        body.name,
        f"What inspectors found about {body.name}: grades, concerns and praised work, "
        "with the source of every statement.",
        "pages/body.html",
        {
            "body": body,
            "latest": catalogue.latest_ratings_of(body),
            "ratings": catalogue.ratings_of(body),
            "concerns": [
                *(finding for part in parts for finding in part.concerns),
                *(finding for finding in shared if finding.is_concern),
            ],
            "praised": [
                *(finding for part in parts for finding in part.praised),
                *(finding for finding in shared if not finding.is_concern),
            ],
            "claims": [claim for part in parts for claim in part.claims],
            "replies": [reply for part in parts for reply in part.replies],
            "inspections": [part.inspection for part in parts],
            "related": [(b, catalogue.latest_ratings_of(b)) for b in catalogue.related_to(body)],
            "tallied": evidence_of(parts),
            "sources": _sources_of(parts, shared),
        },
        above,
        body.path,
    )


def _sources_of(parts: Iterable[Part], shared: Iterable[Finding]) -> list[Source]:
    said = [said for part in parts for said in part.said()]
    said += [finding.said for finding in shared]
    return list(dict.fromkeys(source for each in said for source in (each.source, *each.also_in)))


def _inspections(catalogue: Catalogue) -> Iterator[Page]:
    title = "Inspections"
    yield Page(
        "inspections/index",
        title,
        title,
        "Every inspection report on this site, newest first.",
        "pages/inspections.html",
        {
            "inspections": [
                (inspection, [part.body for part in catalogue.parts_of(inspection)])
                for inspection in catalogue.inspections
            ]
        },
    )
    for inspection in catalogue.inspections:
        parts = catalogue.parts_of(inspection)
        yield Page(
            address(inspection)[0],
            inspection.short,
            inspection.title,
            f"Grades, concerns and praised work in the report of {inspection.published}, "
            "body by body, with the source of every statement.",
            "pages/inspection.html",
            {
                "inspection": inspection,
                "parts": parts,
                "ratings": [rating for part in parts for rating in part.ratings],
                "tallied": evidence_of(parts),
            },
            ("inspections/index", title),
            inspection.path,
        )


def _themes(catalogue: Catalogue) -> Iterator[Page]:
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


def _sources(catalogue: Catalogue) -> Page:
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


def _grades(catalogue: Catalogue) -> Page:
    return Page(
        "grades",
        "Grades explained",
        "Grades explained",
        "What the inspectors' grades mean, and which of them may be compared.",
        "pages/grades.html",
        {"scales": catalogue.scales, "rounds": catalogue.rounds, "absences": tuple(Absence)},
        path=f"{catalogue.folder}/scales.yml",
    )


def _glossary(catalogue: Catalogue) -> Page:
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
