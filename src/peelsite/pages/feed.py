"""Which feeds there are, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from peelsite.catalogue import Body
from peelsite.pages.links import address


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, by the end of its address ("forces/durham") and its title.

    ``meaning`` says what it holds; ``page`` is the address of the page that shows the same.
    """

    name: str
    title: str
    meaning: str
    page: str

    @property
    def path(self) -> str:
        """Where it stands among the files of the site."""
        return f"feeds/{self.name}.xml"


ALL: Final = Feed(
    "all",
    "What changed",
    "reports, grades, how concerns stand, what was answered, and our corrections",
    "changes/index",
)
STATUS: Final = Feed(
    "status",
    "How concerns stand",
    "only what is said of how a concern stands: by inspectors, by bodies and by the press",
    "concerns",
)
CORRECTIONS: Final = Feed(
    "corrections", "Corrections", "only what this site got wrong and has put right", "corrections"
)


def feed_of(body: Body) -> Feed:
    """Return the feed on one body."""
    page, _ = address(body)
    return Feed(page, body.name, f"what changed about {body.name}", page)
