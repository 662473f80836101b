"""The whole build on one screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from peelsite.catalogue import Catalogue, join
from peelsite.checks import check
from peelsite.load import Content, load
from peelsite.pages import plan
from peelsite.problems import ContentError
from peelsite.render import Rendered, Renderer


@dataclass(frozen=True)
class Site:
    """A finished build: what was read, what is known, and the pages made from it."""

    content: Content
    catalogue: Catalogue
    renderer: Renderer
    pages: list[Rendered]


def build(
    content_folder: Path, templates: Path, *, folders: bool = True, before: Content | None = None
) -> Site:
    """Build the pages of the site; nothing is written.

    ``folders`` is as in :class:`peelsite.pages.Links`; files that are as they were in ``before``
    are not read again. Raises ContentError, with every problem, if the content has any.
    """
    content = load(content_folder, before)
    problems = check(content)
    if problems:
        raise ContentError(problems)
    catalogue = join(content)
    renderer = Renderer(templates, catalogue.glossary, folders=folders)
    return Site(content, catalogue, renderer, [renderer.render(page) for page in plan(catalogue)])
