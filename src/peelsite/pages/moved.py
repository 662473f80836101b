"""What stands at the addresses of before, and leads to where everything stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peelsite.catalogue import Body, Catalogue, Inspection, Question, Round, Theme
from peelsite.pages.links import address
from peelsite.pages.page import Page


def moved(pages: Iterable[Page], catalogue: Catalogue) -> Iterator[Page]:
    """Give a page for each address that one of ``pages`` had before an id in it changed."""
    before = _before(catalogue)
    for page in pages if before else ():
        for id_, old in _old_addresses(page.address, before):
            title = f"{page.title} (moved from “{id_}”)"
            yield Page(
                old,
                title,
                title,
                page.description,
                "pages/moved.html",
                {"title": page.title},
                page.above,
                frame=page.frame,
                moved_to=page.address,
            )


def _before(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return the ids that each record which moved had before, by the address of its page now."""
    records: tuple[Body | Inspection | Round | Question | Theme, ...] = (
        *catalogue.bodies,
        *catalogue.inspections,
        *catalogue.rounds,
        *catalogue.questions,
        *catalogue.themes,
    )
    return {address(record)[0]: record.moved_from for record in records if record.moved_from}


def _old_addresses(now: str, before: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Give each id of before with the address that a page had under it.

    A page is one of a record if the address of the record's page is, or stands in, its own.
    """
    steps = now.split("/")
    for place in range(1, len(steps)):
        for id_ in before.get("/".join(steps[place - 1 : place + 1]), ()):
            yield id_, "/".join((*steps[:place], id_, *steps[place + 1 :]))
