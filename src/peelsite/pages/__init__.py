"""Which pages exist: address, title and template of each, and what the template is given."""

from peelsite.catalogue import Catalogue
from peelsite.pages.changed import changes, corrections, feeds
from peelsite.pages.cite import cited_at, citing
from peelsite.pages.comparison import compare
from peelsite.pages.data import (
    DATA,
    OF_FILES,
    Described,
    Download,
    data,
    data_given,
    downloads,
    files_made,
)
from peelsite.pages.embeds import embeds
from peelsite.pages.explorer import Jump, explorer
from peelsite.pages.feed import ALL, CORRECTIONS, STATUS, Feed, feed_of
from peelsite.pages.following import calendar_path, concerns, responses
from peelsite.pages.links import Hosting, Links, address, anchor, old_anchors
from peelsite.pages.modified import modified, with_corrections
from peelsite.pages.moved import moved
from peelsite.pages.pack import packs
from peelsite.pages.page import Page
from peelsite.pages.records import bodies, home, inspections
from peelsite.pages.reference import fields, glossary, grades, problems, sources, themes
from peelsite.pages.rounds import questions, rounds
from peelsite.pages.searching import searching
from peelsite.pages.styles import sheets_of
from peelsite.pages.telling import Told, name_of, tell
from peelsite.schema import BodyKind

__all__ = [
    "ALL",
    "CORRECTIONS",
    "DATA",
    "OF_FILES",
    "STATUS",
    "Described",
    "Download",
    "Feed",
    "Hosting",
    "Jump",
    "Links",
    "Page",
    "Told",
    "address",
    "anchor",
    "calendar_path",
    "cited_at",
    "data",
    "data_given",
    "downloads",
    "feed_of",
    "files_made",
    "modified",
    "name_of",
    "old_anchors",
    "plan",
    "problems",
    "sheets_of",
    "tell",
]


def plan(catalogue: Catalogue) -> list[Page]:
    """Return every page of the site that is made from ``catalogue`` alone, so all but ``data``."""
    pages = [
        home(catalogue),
        *(page for kind in BodyKind for page in bodies(catalogue, kind)),
        *packs(catalogue),
        *inspections(catalogue),
        *citing(catalogue),
        *explorer(catalogue),
        *embeds(catalogue),
        *rounds(catalogue),
        *questions(catalogue),
        compare(catalogue),
        *concerns(catalogue),
        responses(catalogue),
        *changes(catalogue),
        corrections(catalogue),
        feeds(catalogue),
        *themes(catalogue),
        *sources(catalogue),
        grades(catalogue),
        glossary(catalogue),
        searching(catalogue),
        fields(),
    ]
    return [*with_corrections(pages, catalogue), *moved(pages, catalogue)]
