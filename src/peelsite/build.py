"""The whole build on one screen."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from peelsite.catalogue import Catalogue, join
from peelsite.checks import check
from peelsite.exports import (
    SCHEMA_VERSION,
    Extra,
    cite_finding,
    describe_tables,
    every_file,
    tables,
)
from peelsite.load import Content, load
from peelsite.pages import Hosting, cited_at, data, downloads, modified, plan
from peelsite.problems import ContentError
from peelsite.render import Rendered, Renderer


@dataclass(frozen=True)
class Site:
    """A finished build of a content folder: what was read, what is known, and what was made.

    ``sizes`` has the size in bytes of each of the files, by path.
    """

    folder: Path
    content: Content
    catalogue: Catalogue
    renderer: Renderer
    pages: list[Rendered]
    files: list[Extra]
    sizes: dict[str, int]


def build(
    content_folder: Path,
    templates: Path,
    *,
    hosting: Hosting | None = None,
    as_of: datetime.date | None = None,
    before: Content | None = None,
) -> Site:
    """Build the pages of the site and the files beside them; nothing is written.

    ``as_of`` is as in :class:`peelsite.render.Renderer`; files that are as they were in ``before``
    are not read again. Raises ContentError, with every problem, if the content has any.
    """
    content = load(content_folder, before)
    problems = check(content)
    if problems:
        raise ContentError(problems)
    catalogue = join(content)
    hosting = hosting or Hosting()
    facts = tables(catalogue, hosting)
    files = list(every_file(catalogue, facts, hosting))
    sizes = {each.path: len(each.content) for each in files}
    answers: dict[str, Callable[..., object]] = {
        "silence": catalogue.silence,
        "chain": catalogue.chain,
        "corrections_of": catalogue.corrections_of,
        "cite": partial(cite_finding, hosting=hosting, as_of=catalogue.as_of),
        "cited_at": cited_at,
        "downloads": partial(downloads, sizes=sizes),
    }
    renderer = Renderer(
        templates, catalogue.glossary, hosting=hosting, as_of=as_of, answers=answers
    )
    planned = [
        *plan(catalogue),
        data(
            describe_tables(facts, sizes),
            sizes,
            SCHEMA_VERSION,
            hosting,
            modified([*catalogue.sources, *catalogue.events]),
        ),
    ]
    pages = [renderer.render(page) for page in planned]
    return Site(content_folder, content, catalogue, renderer, pages, files, sizes)
