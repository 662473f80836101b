"""The whole build on one screen."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from peelsite.catalogue import Catalogue, join
from peelsite.checks import check
from peelsite.exports import (
    SCHEMA_VERSION,
    Group,
    cite_finding,
    describe_tables,
    file_groups,
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
class Known:
    """What a content folder that was found sound tells; ``digests`` are of its files, by path."""

    folder: Path
    catalogue: Catalogue
    digests: Mapping[str, bytes]


@dataclass(frozen=True)
class Site:
    """What is known, and the pages that there are to be.

    Pages are rendered, and the files beside them made, when somebody asks for them: neither is
    kept, so that a large site need not fit into memory.
    """

    known: Known
    hosting: Hosting
    renderer: Renderer
    pages: tuple[Page, ...]

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that the pages are made from."""
        return self.known.catalogue

    def render(self, page: Page, sizes: Mapping[str, int]) -> Rendered:
        """Return ``page`` rendered.

        ``sizes`` has the size in bytes of each file beside the pages, by path; only pages
        ``of_files`` look at it. Raises BrokenTemplateError if the page's template is at fault.
        """
        if page.address == DATA:
            told = describe_tables(tables(self.catalogue, self.hosting), sizes)
            page = replace(page, given=data_given(told, sizes, SCHEMA_VERSION, self.hosting))
        return self.renderer.render(page)

    def file_groups(self) -> tuple[Group, ...]:
        """Return what gives the files beside the pages, each group by itself."""
        return file_groups(self.catalogue, self.hosting)


def read(folder: Path, before: Content | None = None) -> Content:
    """Read and check a content folder; files that are as they were in ``before`` are not read.

    Raises ContentError, with every problem, if the content has any.
    """
    content = load(folder, before)
    problems = check(content)
    if problems:
        raise ContentError(problems)
    return content


def know(folder: Path, content: Content | None = None) -> Known:
    """Return what a content folder tells; ``content`` is what was read there, if it was already.

    Raises ContentError as :func:`read` does.
    """
    content = content or read(folder)
    digests = {path: file.digest for path, file in content.files.items()}
    return Known(folder, join(content), digests)


def build(
    known: Known,
    templates: Path,
    *,
    hosting: Hosting | None = None,
    as_of: datetime.date | None = None,
) -> Site:
    """Plan the pages of a site of what is known; nothing is written.

    ``as_of`` is as in :class:`peelsite.render.Renderer`.
    """
    catalogue, hosting = known.catalogue, hosting or Hosting()
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
    return Site(known, hosting, renderer, pages)
