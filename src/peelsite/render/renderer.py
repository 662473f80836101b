"""Renders pages with the templates in one folder."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from peelsite.catalogue import Term
from peelsite.pages import Hosting, Links, Page, anchor, old_anchors
from peelsite.problems import count
from peelsite.render.abbreviations import Abbreviations
from peelsite.render.dates import days_in_words, in_words
from peelsite.render.markdown_text import first_sentence, to_html, to_inline_html
from peelsite.render.templates import BrokenTemplateError, environment


@dataclass(frozen=True)
class Rendered:
    """A page and the inside of its ``<main>`` element."""

    page: Page
    html: str


class Renderer:
    """Renders pages with the templates in one folder, explaining the terms of a glossary.

    ``as_of`` is the day for which the site is built, if its ages are to be in it. ``answers`` are
    what templates may ask of the catalogue, by name.
    """

    def __init__(
        self,
        templates: Path,
        glossary: Iterable[Term] = (),
        *,
        hosting: Hosting | None = None,
        as_of: datetime.date | None = None,
        answers: Mapping[str, Callable[..., object]] | None = None,
    ) -> None:
        self._hosting = hosting or Hosting()
        self._known: dict[int, tuple[str, str, str]] = {}
        self.abbreviations = Abbreviations(glossary)
        self._environment = environment(templates)
        self._environment.filters |= {
            "markdown": to_html,
            "inline": to_inline_html,
            "first_sentence": first_sentence,
            "date": in_words,
            "days": days_in_words,
            "anchor": anchor,
            "old_anchors": old_anchors,
        }
        self._environment.globals |= {"count": count, "today": as_of, **(answers or {})}

    def compile(self) -> None:
        """Compile every template, so that no page has to wait for its own.

        What is compiled serves all that render with the same templates. One that is at fault is
        left to the page that needs it.
        """
        for name in self._environment.list_templates(extensions=["html"]):
            with suppress(BrokenTemplateError, OSError, UnicodeError):
                self._environment.get_template(name)

    def render(self, page: Page) -> Rendered:
        """Return ``page`` rendered. Raises BrokenTemplateError if its template is at fault."""
        template = self._environment.get_template(page.template)
        to = Links(page.address, self._hosting, self._known)
        html = template.render(page.given, page=page, to=to)
        return Rendered(page, self.abbreviations.explain(html))
