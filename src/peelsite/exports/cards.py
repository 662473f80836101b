"""What stands on the picture that other sites show beside a link to a body or an inspection.

This module chooses the words; :mod:`peelsite.exports.drawing` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peelsite.catalogue import Body, Catalogue, Inspection, Rating
from peelsite.pages import address
from peelsite.render import in_words
from peelsite.schema import BodyKind, Dating

NOT_HMICFRS: Final = "Not HMICFRS. Source and evidence on the page."

OF_A_BODY: Final = 3
"""Ratings on the card of a body."""

OF_AN_INSPECTION: Final = 4
"""Ratings on the card of an inspection."""


WIDTH: Final = 1200
HEIGHT: Final = 630
"""The size that sites that show such pictures ask for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A card as a page names it: the whole address of the file, and what stands on it."""

    url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Row:
    """A rating on a card. ``steps`` is 0 where there is no grade; ``chip`` then says why."""

    chip: str
    filled: int = 0
    steps: int = 0
    about: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """All that is drawn, in words; what does not fit is told in ``more``."""

    site: str
    kind: str
    name: str
    rows: tuple[Row, ...]
    more: str

    @property
    def alt(self) -> str:
        """The card for those who do not see it."""
        told = [": ".join(filter(None, (row.about, row.chip))) + _after(row) for row in self.rows]
        said = "; ".join(filter(None, (*told, self.more)))
        return f"{self.name} ({self.kind}). {said}. {NOT_HMICFRS}"


def _after(row: Row) -> str:
    return f" ({row.details})" if row.details else ""


def card_path(page: str) -> str:
    """Return where in the site the card of the page at this address stands."""
    return f"cards/{page}.png"


def cards(catalogue: Catalogue, site: str) -> dict[str, Card]:
    """Return the card of each body and inspection by the address of its page.

    ``site`` is the name of the site. The ratings stand in the order of the page and the first
    are shown, so that a card neither picks the best or worst nor sums them up.
    """
    bodies = {address(body)[0]: _of_body(catalogue, body, site) for body in catalogue.bodies}
    inspections = {
        address(inspection)[0]: _of_inspection(catalogue, inspection, site)
        for inspection in catalogue.inspections
    }
    return bodies | inspections


def _of_body(catalogue: Catalogue, body: Body, site: str) -> Card:
    ratings = [rating for latest in catalogue.latest_of(body) for rating in latest.ratings]
    kind = " · ".join([body.kind.label, *([body.region.name] if body.region else [])])
    rows = [_row(rating, rating.question.label, _dated(rating)) for rating in ratings[:OF_A_BODY]]
    if not ratings:
        never = body.kind is BodyKind.REGION
        rows = [Row("A region is never graded" if never else "No rating in the sources we hold")]
    return Card(site, kind, body.name, tuple(rows), _more(ratings, OF_A_BODY))


def _of_inspection(catalogue: Catalogue, inspection: Inspection, site: str) -> Card:
    parts = catalogue.parts_of(inspection)
    ratings = [rating for part in parts for rating in part.ratings]
    rows = [_of_part(rating, alone=len(parts) == 1) for rating in ratings[:OF_AN_INSPECTION]]
    published = f"published {_when(inspection)}" if inspection.published else _when(inspection)
    return Card(
        site,
        f"Inspection report · {published}",
        inspection.title,
        tuple(rows) or (Row("No rating in the sources we hold"),),
        _more(ratings, OF_AN_INSPECTION),
    )


def _of_part(rating: Rating, *, alone: bool) -> Row:
    """Return a row of an inspection: its date stands above, and the body too if it is alone."""
    own_date = [_dated(rating)] if rating.has_own_date else _doubts(rating)
    if alone:
        return _row(rating, rating.question.label, *own_date)
    return _row(rating, rating.body.name, rating.question.label, *own_date)


def _row(rating: Rating, about: str, *details: str) -> Row:
    told = " · ".join(details)
    if rating.grade is None:
        return Row(rating.absence.label if rating.absence else "", about=about, details=told)
    grade = rating.grade
    return Row(grade.label, grade.filled, grade.steps, about, told)


def _dated(rating: Rating) -> str:
    return " · ".join([_when(rating), *_doubts(rating)])


def _doubts(rating: Rating) -> list[str]:
    """Return the words for what must not be overlooked."""
    carried_over = ["carried over"] if rating.carried_over_from else []
    return [*carried_over, *(["uncertain"] if rating.uncertain else [])]


def _when(record: Rating | Inspection) -> str:
    if record.published is None:
        return "date not known"
    of_page = f" ({Dating.PAGE_DATE.label.lower()})"
    return in_words(record.published) + (of_page if record.published_is is Dating.PAGE_DATE else "")


def _more(ratings: Sequence[Rating], shown: int) -> str:
    left = len(ratings) - shown
    return f"and {left} more on the page" if left > 0 else ""
