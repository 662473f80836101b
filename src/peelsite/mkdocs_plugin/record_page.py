"""A page of MkDocs that is made from the catalogue, and not from Markdown."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from peelsite.pages import Page


class RecordPage(MkDocsPage):
    """A page of ``record``, so that MkDocs has only to put the frame around it.

    What stands in it is made when it is written, and not kept.
    """

    def __init__(self, record: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(record.name, file, config)
        self.record = record
        self.meta["template"] = record.frame
        self.meta["modified"] = record.modified
        self.meta["moved_to"] = record.moved_to

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take nothing from a Markdown file: there is none."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Leave that for later."""
        self.content = ""
