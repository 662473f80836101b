"""Where everything stands, and how one page links to another.

An address is a path without an ending, ``forces/northumbria`` or ``forces/index``; how it is
written in a link depends on how the site is hosted and is the business of :class:`Links`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from peelsite.catalogue import Body, Claim, Finding, Inspection, Question, Round, Source, Theme
from peelsite.schema import BodyKind

Target: TypeAlias = "str | Body | Inspection | Finding | Claim | Question | Round | Source | Theme"

FOLDERS: Final = {BodyKind.FORCE: "forces", BodyKind.UNIT: "units", BodyKind.REGION: "regions"}


def anchor(item: Finding | Claim) -> str:
    """Return the permanent anchor of a finding or claim on its inspection's page."""
    return f"{item.body.id}-{item.id}"


def address(target: Target) -> tuple[str, str]:
    """Return the address and anchor ("" for none) of the page on which ``target`` stands."""
    match target:
        case Body():
            return f"{FOLDERS[target.kind]}/{target.id}", ""
        case Inspection():
            return f"inspections/{target.id}", ""
        case Finding() | Claim():
            return f"inspections/{target.inspection.id}", anchor(target)
        case Theme():
            return f"themes/{target.id}", ""
        case Question():
            return f"questions/{target.id}", ""
        case Round():
            return f"rounds/{target.id}", ""
        case Source():
            return "sources", target.id
    page, _, fragment = target.partition("#")
    return page, fragment


@dataclass(frozen=True)
class Links:
    """Makes the links of one page, relative, so that they hold wherever the site is put.

    ``here`` is the address of the page; ``folders`` says whether addresses are folders
    (``forces/durham/``, as on a web server) or files (``forces/durham.html``, for a double click).
    """

    here: str
    folders: bool = True

    def __call__(self, target: Target) -> str:
        """Return the link from this page to a record, or to an address like "grades#scale"."""
        page, fragment = address(target)
        fragment = f"#{fragment}" if fragment else ""
        if page == self.here and fragment:
            return fragment
        return (self.up + self._url(page) or "./") + fragment

    def asset(self, name: str) -> str:
        """Return the link to a file in ``templates/assets/``."""
        return f"{self.up}assets/{name}"

    @property
    def up(self) -> str:
        """The way from this page to the top of the site: "" or "../" as often as needed."""
        return "../" * self._url(self.here).count("/")

    def _url(self, page: str) -> str:
        if not self.folders:
            return f"{page}.html"
        return page.removesuffix("index") if page.split("/")[-1] == "index" else f"{page}/"
