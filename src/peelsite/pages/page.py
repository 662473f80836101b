"""A page: where it stands, what it is called, and what its template is given."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from peelsite.pages.feed import Feed


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is made from the catalogue.

    ``name`` is what links and breadcrumbs call it; ``given`` is what its template gets;
    ``above`` is the address and name of the page above it; ``path`` is the content file that it
    shows, if it is one; ``frame`` is the template of the shell around it; ``feed`` tells what
    changes on it; ``modified`` is the last day on which what it shows was read or put right;
    ``moved_to`` is the address to which it leads, for a page that has moved, else "".
    """

    address: str
    name: str
    title: str
    description: str
    template: str
    given: dict[str, Any] = field(repr=False)
    above: tuple[str, str] | None = None
    path: str | None = None
    frame: str = "main.html"
    feed: Feed | None = None
    modified: datetime.date | None = None
    moved_to: str = ""
