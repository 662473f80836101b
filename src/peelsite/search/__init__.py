"""Hands the pages and findings to Pagefind, and keeps what it made of them.

:mod:`~peelsite.search.records` says what can be found, and by which words;
:mod:`~peelsite.search.bundle` how Pagefind is run, and when it is not;
:mod:`~peelsite.search.background` how a server does it without making anybody wait.
"""

from collections.abc import Iterable
from pathlib import Path

from peelsite.catalogue import Catalogue
from peelsite.pages import Page
from peelsite.search.background import Background
from peelsite.search.bundle import FOLDER, SearchError, build_index, bundle_of, put
from peelsite.search.records import Prose, Record, records

__all__ = [
    "FOLDER",
    "Background",
    "Prose",
    "Record",
    "SearchError",
    "build_index",
    "bundle_of",
    "index",
    "put",
    "records",
]


def index(catalogue: Catalogue, made: Iterable[Page], prose: Iterable[Prose], cache: Path) -> Path:
    """Return the folder with the index of a site, made now or kept in ``cache``.

    ``made`` and ``prose`` are as in :func:`records`. Raises SearchError if it cannot be made.
    """
    return bundle_of(records(catalogue, made, prose), cache)
