"""Which pages exist: address, title and template of each, and what the template is given."""

from peelsite.catalogue import Catalogue
from peelsite.pages.comparison import compare
from peelsite.pages.links import Links, address, anchor
from peelsite.pages.page import Page
from peelsite.pages.records import bodies, home, inspections
from peelsite.pages.reference import fields, glossary, grades, problems, sources, themes
from peelsite.pages.rounds import questions, rounds
from peelsite.schema import BodyKind

__all__ = ["Links", "Page", "address", "anchor", "plan", "problems"]


def plan(catalogue: Catalogue) -> list[Page]:
    """Return every page of the site that is made from ``catalogue``."""
    return [
        home(catalogue),
        *(page for kind in BodyKind for page in bodies(catalogue, kind)),
        *inspections(catalogue),
        *rounds(catalogue),
        *questions(catalogue),
        compare(catalogue),
        *themes(catalogue),
        sources(catalogue),
        grades(catalogue),
        glossary(catalogue),
        fields(),
    ]
