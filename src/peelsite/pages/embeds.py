"""Small pages that other sites show in a frame, and the HTML that puts them there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from peelsite.catalogue import Body, Catalogue, Inspection
from peelsite.pages.links import address
from peelsite.pages.page import Page

FRAME: Final = "embed.html"
"""The shell of these pages: no header, no menu, no script."""

WIDTH: Final = 360
HEIGHT: Final = 480
"""Pixels at most; a longer list scrolls in its frame."""
_WITHOUT_RATINGS: Final = 240
_EACH_RATING: Final = 110


@dataclass(frozen=True, slots=True)
class Embed:
    """The small page of a body or inspection: where it stands, its title, and how high it is."""

    address: str
    title: str
    height: int

    def code(self, url: str) -> str:
        """Return the HTML for another site's page; ``url`` is the whole address of this one."""
        return (
            f'<iframe src="{escape(url)}" title="{escape(self.title)}" '
            f'width="{WIDTH}" height="{self.height}" style="max-width: 100%" '
            'loading="lazy"></iframe>'
        )


def embed_of(catalogue: Catalogue, record: Body | Inspection) -> Embed:
    """Return the small page of a body or inspection."""
    if isinstance(record, Body):
        title = f"{record.name}: latest ratings"
        ratings = sum(len(latest.ratings) for latest in catalogue.latest_of(record))
    else:
        title = f"{record.title}: grades"
        ratings = sum(len(part.ratings) for part in catalogue.parts_of(record))
    height = min(_WITHOUT_RATINGS + _EACH_RATING * ratings, HEIGHT)
    return Embed(f"embed/{address(record)[0]}", title, height)


def embeds(catalogue: Catalogue) -> Iterator[Page]:
    """Give the small page of each body and each inspection."""
    for body in catalogue.bodies:
        given = {"body": body, "latest": catalogue.latest_of(body)}
        yield _page(catalogue, body, body.name, "pages/embed_body.html", given)
    for inspection in catalogue.inspections:
        given = {"inspection": inspection, "parts": catalogue.parts_of(inspection)}
        yield _page(catalogue, inspection, inspection.title, "pages/embed_inspection.html", given)


def _page(
    catalogue: Catalogue, record: Body | Inspection, name: str, template: str, given: dict[str, Any]
) -> Page:
    embed = embed_of(catalogue, record)
    return Page(
        embed.address,
        name,
        embed.title,
        f"{embed.title}, to be shown on other sites.",
        template,
        given,
        (address(record)[0], name),
        frame=FRAME,
    )
