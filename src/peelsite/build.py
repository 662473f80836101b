"""The whole build on one screen."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from peelsite.catalogue import Catalogue, join
from peelsite.checks import check
from peelsite.exports import (
    SCHEMA_VERSION,
    Extra,
    Table,
    cite_finding,
    describe_tables,
    every_file,
    tables,
)
from peelsite.load import Content, load
from peelsite.pages import (
    DATA,
    Hosting,
    Page,
    cited_at,
    data,
    data_given,
    downloads,
    modified,
    plan,
)
from peelsite.problems import ContentError
from peelsite.render import Rendered, Renderer


@dataclass(frozen=True)
class Site:
    """A content folder that was read and found sound, and the pages that there are to be.

    Pages are rendered, and the files beside them made, when somebody asks for them: neither is
    kept, so that a large site need not fit into memory.
    """

    folder: Path
    content: Content
    catalogue: Catalogue
    hosting: Hosting
    renderer: Renderer
    pages: tuple[Page, ...]

    def render(self, page: Page, sizes: Mapping[str, int]) -> Rendered:
        """Return ``page`` rendered.

        ``sizes`` has the size in bytes of each file beside the pages, by path; only pages
        ``of_files`` look at it. Raises BrokenTemplateError if the page's template is at fault.
        """
        if page.address == DATA:
            tables = describe_tables(self._facts, sizes)
            page = replace(page, given=data_given(tables, sizes, SCHEMA_VERSION, self.hosting))
        return self.renderer.render(page)

    def files(self) -> Iterator[Extra]:
        """Give the files beside the pages, one after the other."""
        return every_file(self.catalogue, self._facts, self.hosting)

    @cached_property
    def _facts(self) -> tuple[Table[Any], ...]:
        return tables(self.catalogue, self.hosting)


def build(
    content_folder: Path,
    templates: Path,
    *,
    hosting: Hosting | None = None,
    as_of: datetime.date | None = None,
    before: Content | None = None,
) -> Site:
    """Read, check and join a content folder, and plan the pages of its site; nothing is written.

    ``as_of`` is as in :class:`peelsite.render.Renderer`; files that are as they were in ``before``
    are not read again. Raises ContentError, with every problem, if the content has any.
    """
    content = load(content_folder, before)
    problems = check(content)
    if problems:
        raise ContentError(problems)
    catalogue = join(content)
    hosting = hosting or Hosting()
    answers: dict[str, Callable[..., object]] = {
        "silence": catalogue.silence,
        "chain": catalogue.chain,
        "corrections_of": catalogue.corrections_of,
        "cite": partial(cite_finding, hosting=hosting, as_of=catalogue.as_of),
        "cited_at": cited_at,
        "downloads": partial(downloads, catalogue),
    }
    renderer = Renderer(
        templates, catalogue.glossary, hosting=hosting, as_of=as_of, answers=answers
    )
    pages = (*plan(catalogue), data(modified([*catalogue.sources, *catalogue.events])))
    return Site(content_folder, content, catalogue, hosting, renderer, pages)
