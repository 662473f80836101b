"""The home page, and the pages of bodies and inspections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from peelsite.catalogue import Body, Catalogue, History, Part, Round, evidence_of, histories
from peelsite.pages.embeds import embed_of
from peelsite.pages.feed import feed_of
from peelsite.pages.following import clocks_of_body, clocks_of_inspection
from peelsite.pages.links import FOLDERS, address
from peelsite.pages.modified import modified
from peelsite.pages.pack import pack_address
from peelsite.pages.page import Page
from peelsite.pages.record import record_address, record_of, shared_of, spans
from peelsite.pages.telling import tell
from peelsite.schema import BodyKind


def home(catalogue: Catalogue) -> Page:
    """Return the home page."""
    alike = _asked_alike(catalogue)
    still_open = catalogue.open_concerns
    rated = {
        latest.ratings[0].body: latest.ratings[0]
        for body in catalogue.bodies
        for latest in catalogue.latest_of(body)
        if latest.round is alike
    }
    return Page(
        "index",
        "Home",
        "What inspectors found about the police",
        "What inspectors found about police forces and regional organised crime units, "
        "in plain words, with the source of every statement.",
        "pages/home.html",
        {
            "alike": alike,
            "regions": [
                (region, [(body, rated.get(body)) for body in catalogue.related_to(region)])
                for region in catalogue.of_kind(BodyKind.REGION)
            ],
            "inspections": catalogue.inspections[:_NEWEST],
            "number": len(catalogue.inspections),
            "concerns": still_open[:_FINDINGS],
            "number_open": len(still_open),
            "praised": catalogue.praised[:_FINDINGS],
            "number_praised": len(catalogue.praised),
            "tallied": evidence_of(catalogue.parts),
            "changes": [tell(event) for event in catalogue.events[:_LAST]],
        },
        modified=modified([*catalogue.sources, *catalogue.events]),
    )


_FINDINGS: Final = 12
"""Concerns that the home page lists, and as much praised work."""

_NEWEST: Final = 6
"""Inspections that the home page lists."""

_LAST: Final = 5
"""Changes that the home page lists."""


def _asked_alike(catalogue: Catalogue) -> Round | None:
    """Return the newest round that asked everybody one question, if there is any.

    Its grades alone can stand beside the names of all bodies without a choice between questions.
    """
    return next((each for each in reversed(catalogue.rounds) if len(each.asked) == 1), None)


def bodies(catalogue: Catalogue, kind: BodyKind) -> Iterator[Page]:
    """Give the list of the bodies of one kind, and a page for each."""
    folder, of_kind = FOLDERS[kind], catalogue.of_kind(kind)
    name, title = {
        BodyKind.FORCE: ("Forces", "Police forces"),
        BodyKind.UNIT: ("Units", "Regional organised crime units"),
        BodyKind.REGION: ("Regions", "Regions"),
    }[kind]
    regions = [body for body in catalogue.of_kind(BodyKind.REGION) if kind is not BodyKind.REGION]
    groups = [(region, [b for b in of_kind if b.region is region]) for region in regions]
    if kind is BodyKind.REGION:
        groups = [(body, [body]) for body in of_kind]
    yield Page(
        f"{folder}/index",
        name,
        title,
        f"{title} on this site, with what inspectors last said about each.",
        "pages/bodies.html",
        {
            "kind": kind,
            "groups": [
                (region, [(body, catalogue.latest_of(body)) for body in members])
                for region, members in groups
                if members
            ],
        },
        modified=modified([*of_kind, *(r for b in of_kind for r in catalogue.ratings_of(b))]),
    )
    for body in of_kind:
        told = histories(catalogue.ratings_of(body))
        yield _body(catalogue, body, told, (f"{folder}/index", name))
        yield record_of(catalogue, body, told)


def _body(
    catalogue: Catalogue, body: Body, told: Sequence[History], above: tuple[str, str]
) -> Page:
    parts = catalogue.parts_of(body)
    shared = shared_of(parts)
    ratings = catalogue.ratings_of(body)
    return Page(
        address(body)[0],
        body.short,
        body.name,
        f"What inspectors found about {body.name}: grades, concerns and praised work, "
        "with the source of every statement.",
        "pages/body.html",
        {
            "body": body,
            "latest": catalogue.latest_of(body),
            "number": len(ratings),
            "spans": spans(told),
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
            "clocks": clocks_of_body(catalogue, body),
            "related": [(b, catalogue.latest_of(b)) for b in catalogue.related_to(body)],
            "tallied": evidence_of(parts),
            "record": record_address(body),
            "embed": embed_of(catalogue, body),
            "pack": pack_address(body),
            "corrections": catalogue.corrections_of(body),
        },
        above,
        body.path,
        feed=feed_of(body),
        modified=modified([body, *parts, *shared, *catalogue.clocks_of(body)]),
    )


def inspections(catalogue: Catalogue) -> Iterator[Page]:
    """Give the list of inspections, and a page for each."""
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
        modified=modified(catalogue.inspections),
    )
    for inspection in catalogue.inspections:
        parts = catalogue.parts_of(inspection)
        yield Page(
            address(inspection)[0],
            inspection.short,
            inspection.title,
            "Grades, concerns and praised work in this report, "
            "body by body, with the source of every statement.",
            "pages/inspection.html",
            {
                "inspection": inspection,
                "parts": parts,
                "told": [part for part in parts if _tells(part)],
                "untold": [part.body for part in parts if not _tells(part)],
                "ratings": [rating for part in parts for rating in part.ratings],
                "clocks": clocks_of_inspection(catalogue, inspection),
                "tallied": evidence_of(parts),
                "embed": embed_of(catalogue, inspection),
                "corrections": catalogue.corrections_of(inspection),
            },
            ("inspections/index", title),
            inspection.path,
            modified=modified([inspection, *catalogue.clocks_of(inspection)]),
        )


def _tells(part: Part) -> bool:
    """Whether an inspection says more of a body than its grades."""
    return any((part.concerns, part.praised, part.shared, part.claims, part.replies))
