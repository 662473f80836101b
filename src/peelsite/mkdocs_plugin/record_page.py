"""A page of MkDocs that is made already."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from peelsite.render import Rendered


class RecordPage(MkDocsPage):
    """A page whose HTML is finished, so that MkDocs has only to put the frame around it."""

    def __init__(self, rendered: Rendered, file: File, config: MkDocsConfig) -> None:
        super().__init__(rendered.page.name, file, config)
        self.rendered = rendered
        self.meta["template"] = rendered.page.frame
        self.meta["modified"] = rendered.page.modified

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take nothing from a Markdown file: there is none."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Take the finished HTML."""
        self.content = self.rendered.html
