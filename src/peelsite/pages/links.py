"""Where everything stands, and how one page links to another.

An address is a path without an ending, ``forces/northumbria`` or ``forces/index``; how it is
written in a link depends on how the site is hosted and is the business of :class:`Links`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from peelsite.catalogue import Body, Claim, Finding, Inspection, Question, Round, Source, Theme
from peelsite.schema import BodyKind

Target: TypeAlias = "str | Body | Inspection | Finding | Claim | Question | Round | Source | Theme"

FOLDERS: Final = {BodyKind.FORCE: "forces", BodyKind.UNIT: "units", BodyKind.REGION: "regions"}


def anchor(item: Finding | Claim) -> str:
    """Return the permanent anchor of a finding or claim on its inspection's page."""
    return f"{item.body.id}-{item.id}"


def old_anchors(record: Body | Finding | Claim) -> list[str]:
    """Return the anchors that something had on its inspection's page before an id changed."""
    if isinstance(record, Body):
        return [*record.moved_from]
    body = record.body
    if not body.moved_from and not record.moved_from:
        return []
    bodies, ids = (body.id, *body.moved_from), (record.id, *record.moved_from)
    return [*dict.fromkeys(f"{of}-{id_}" for of in bodies for id_ in ids)][1:]


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
class Hosting:
    """Where the site will stand: its name, and its address on the web, "" if it has none yet.

    ``folders`` says whether addresses are folders (``forces/durham/``, as on a web server) or
    files (``forces/durham.html``, for a double click).
    """

    name: str = "peelsite"
    url: str = ""
    folders: bool = True

    def absolute(self, target: Target) -> str:
        """Return the whole address of a record or page on the web; "" if the site has none."""
        page, fragment = address(target)
        if not self.url:
            return ""
        whole = f"{self.url.rstrip('/')}/{_as_folder(page)}"
        return f"{whole}#{fragment}" if fragment else whole

    def file(self, path: str) -> str:
        """Return the whole address on the web of a file beside the pages; "" if there is none."""
        return f"{self.url.rstrip('/')}/{path}" if self.url else ""


@dataclass(frozen=True)
class Links:
    """Makes the links of one page, relative, so that they hold wherever the site is put.

    ``here`` is the address of the page. Pages of one site may share ``known``, where addresses are
    kept by the identity of what stands there, which must live as long; else none are kept.
    """

    here: str
    hosting: Hosting = Hosting()
    known: dict[int, tuple[str, str, str]] | None = field(default=None, repr=False)

    def __call__(self, target: Target) -> str:
        """Return the link from this page to a record, or to an address like "grades#scale"."""
        if self.known is None or isinstance(target, str):
            page, url, fragment = self._stands(target)
        else:
            known = self.known.get(id(target))
            if known is None:
                known = self.known[id(target)] = self._stands(target)
            page, url, fragment = known
        if page == self.here and fragment:
            return fragment
        return (self.up + url or "./") + fragment

    def _stands(self, target: Target) -> tuple[str, str, str]:
        """Return the address of a page, its URL from the top of the site, and the fragment."""
        page, fragment = address(target)
        return page, self._url(page), f"#{fragment}" if fragment else ""

    def absolute(self, target: Target) -> str:
        """Return the whole address on the web, for what is read elsewhere; "" if there is none."""
        return self.hosting.absolute(target)

    def file(self, path: str) -> str:
        """Return the link to a file that stands beside the pages, "feeds/all.xml"."""
        return f"{self.up}{path}"

    def webcal(self, path: str) -> str:
        """Return the address at which calendars subscribe to a file; "" if the site has none."""
        whole = self.hosting.url and f"{self.hosting.url.rstrip('/')}/{path}"
        return re.sub("^https?:", "webcal:", whole)

    def asset(self, name: str) -> str:
        """Return the link to a file in ``templates/assets/``."""
        return self.file(f"assets/{name}")

    @cached_property
    def up(self) -> str:
        """The way from this page to the top of the site: "" or "../" as often as needed."""
        return "../" * self._url(self.here).count("/")

    def _url(self, page: str) -> str:
        return _as_folder(page) if self.hosting.folders else f"{page}.html"


def _as_folder(page: str) -> str:
    return page.removesuffix("index") if page.split("/")[-1] == "index" else f"{page}/"
