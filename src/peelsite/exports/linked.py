"""What the head of a page tells programs: JSON-LD in the words of schema.org, and files to fetch.

JSON-LD has whole addresses only, so a site without one has none. A report is told as a report and
never as a review or rating: the inspectors graded, not this site, and their grades are no stars.
Each type and property is defined at ``https://schema.org/<name>``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final, TypeAlias

from markupsafe import Markup

from peelsite.catalogue import Body, Catalogue, Inspection, Source
from peelsite.exports.licences import LICENCES
from peelsite.pages import Hosting, Page, downloads
from peelsite.schema import BodyKind, Dating, SourceKind

Node: TypeAlias = dict[str, Any]

LANGUAGE: Final = "en-GB"

HMICFRS: Final[Node] = {
    "@type": "GovernmentOrganization",
    "name": "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services",
    "alternateName": "HMICFRS",
}

MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".sqlite": "application/vnd.sqlite3",
}
"""Types by the ending of a file: RFC 4180, RFC 8259, and SQLite's as registered with IANA."""


def in_script(nodes: Iterable[Node]) -> Markup:
    """Return ``nodes`` as JSON to stand in a script element, "" if there are none.

    No text in it can end the element or begin a comment: HTML, "Restrictions for contents of script
    elements", https://html.spec.whatwg.org/multipage/scripting.html
    """
    graph = list(nodes)
    if not graph:
        return Markup()
    told = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for mark, escaped in _ESCAPED.items():
        text = text.replace(mark, escaped)
    return Markup(text)  # noqa: S704 - every mark that HTML knows is escaped


_ESCAPED: Final = {mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def breadcrumbs(
    here: str, name: str, above: tuple[str, str] | None, hosting: Hosting
) -> Iterator[Node]:
    """Give the way from home to the page called ``name``, by ``above``; nothing for home itself."""
    if here == "index" or not hosting.url:
        return
    steps = [("index", "Home"), *([above] if above else []), (here, name)]
    yield {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": step,
                "item": hosting.absolute(address),
            }
            for place, (address, step) in enumerate(steps, start=1)
        ],
    }


def described(
    page: Page, catalogue: Catalogue, hosting: Hosting, sizes: Mapping[str, int]
) -> Iterator[Node]:
    """Give what is told of what a page shows, if it is a body, an inspection or all of the data.

    ``sizes`` has the size of every file beside the pages, by path.
    """
    if not hosting.url:
        return
    match record := _record(page):
        case Body():
            about = _body(record, catalogue, hosting)
            yield from (_web_page(page, about, hosting), about)
        case Inspection():
            about = _report(record, catalogue, hosting)
            yield from (_web_page(page, about, hosting, record.sources), about)
        case None:
            if page.template in ("pages/home.html", "pages/data.html"):
                yield _dataset(catalogue, hosting, sizes)


def _record(page: Page) -> Body | Inspection | None:
    """Return the body or inspection that a page is all about."""
    name = {"pages/body.html": "body", "pages/inspection.html": "inspection"}.get(page.template)
    record: Body | Inspection | None = page.given[name] if name else None
    return record


def _web_page(page: Page, about: Node, hosting: Hosting, sources: Iterable[Source] = ()) -> Node:
    """Return the page itself, which is ours, and rests on its sources.

    That of a body names none: it rests on many, which its record and its JSON have.
    """
    address = hosting.absolute(page.address)
    node = {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.description,
        "inLanguage": LANGUAGE,
        "isPartOf": _named("WebSite", hosting.name, url=hosting.absolute("index")),
        "mainEntity": {"@id": about["@id"]},
    }
    if page.modified:
        node["dateModified"] = page.modified.isoformat()
    if cited := list(dict.fromkeys(source.url for source in sources)):
        node["isBasedOn"] = cited
    return node


def _named(type_: str, name: str, **more: str) -> Node:
    return {"@type": type_, "name": name, **more}


def _known(body: Body, hosting: Hosting) -> Node:
    """Return a body as other nodes name it. A region is a place: nobody runs it."""
    type_ = "Place" if body.kind is BodyKind.REGION else "GovernmentOrganization"
    return {"@type": type_, "@id": f"{hosting.absolute(body)}#body", "name": body.name}


def _body(body: Body, catalogue: Catalogue, hosting: Hosting) -> Node:
    """Return a body with all its names, and whom it runs or is run by."""
    node = {**_known(body, hosting), "mainEntityOfPage": hosting.absolute(body)}
    names = [body.short]
    for name in body.names:
        names += filter(None, (name.short, name.name))
    names += [each.name for each in body.also_called]
    if others := [name for name in dict.fromkeys(names) if name != body.name]:
        node["alternateName"] = others
    if body.kind is BodyKind.FORCE:
        _put(node, "memberOf", catalogue.related_to(body), hosting)
    if body.kind is BodyKind.UNIT:
        _put(node, "member", body.forces, hosting)
    return node


def _put(node: Node, name: str, bodies: Iterable[Body], hosting: Hosting) -> None:
    if known := [_known(body, hosting) for body in bodies]:
        node[name] = known


def _report(inspection: Inspection, catalogue: Catalogue, hosting: Hosting) -> Node:
    """Return the report of the inspectors.

    It has a date only if the report says so itself, and an address only if one of the pages of
    HMICFRS that we read has its title: others are press releases and overviews.
    """
    page = hosting.absolute(inspection)
    node = {
        "@type": "Report",
        "@id": f"{page}#report",
        "name": inspection.title,
        "mainEntityOfPage": page,
        "publisher": HMICFRS,
    }
    if inspection.published and inspection.published_is is Dating.STATED:
        node["datePublished"] = inspection.published.iso
    own = [each for each in inspection.sources if each.kind is SourceKind.PRIMARY]
    if urls := [each.url for each in own if each.title == inspection.title]:
        node["url"] = urls[0]
    _put(node, "about", (part.body for part in catalogue.parts_of(inspection)), hosting)
    return node


def _dataset(catalogue: Catalogue, hosting: Hosting, sizes: Mapping[str, int]) -> Node:
    """Return all of the data, with the files that hold it, one to a table or all in one."""
    page = hosting.absolute("data/index")
    node: Node = {
        "@type": "Dataset",
        "@id": f"{page}#dataset",
        "url": page,
        "name": f"{hosting.name}: what inspectors found about the police in England and Wales",
        "description": "Grades, concerns and praised work from published inspections of police "
        "forces and regional organised crime units, and what was said of them since, with the "
        "source of every statement and where it was read.",
        "creator": _named("Organization", hosting.name, url=hosting.absolute("index")),
        "license": [each.url for each in LICENCES.values() if each.url],
        "copyrightNotice": " ".join(_licensed()),
        "isAccessibleForFree": True,
        "inLanguage": LANGUAGE,
        "spatialCoverage": _named("Place", "England and Wales"),
        "distribution": [_download(path, hosting) for path in sizes if _is_whole(path)],
    }
    if catalogue.as_of:
        node["dateModified"] = catalogue.as_of.isoformat()
    if published := [each.published for each in catalogue.inspections if each.published]:
        first = min(published, key=lambda when: when.span[0])
        last = max(published, key=lambda when: when.span[1])
        node["temporalCoverage"] = f"{first.iso}/{last.iso}"
    return node


def _licensed() -> Iterator[str]:
    """Give a sentence for each licence."""
    for each in LICENCES.values():
        yield f"{each.of.rstrip('.')}: {each.name.rstrip('.')}."


def _is_whole(path: str) -> bool:
    """Whether a file holds a table or all of them, and is not about one record or other files."""
    file = PurePosixPath(path)
    return (str(file.parent), file.suffix) in _WHOLE and file.stem not in _NO_DATA


_WHOLE: Final = (("data", ".csv"), ("data", ".sqlite"), ("api/v1", ".json"))
_NO_DATA: Final = ("index", "openapi")


def _download(path: str, hosting: Hosting) -> Node:
    return {
        "@type": "DataDownload",
        "name": PurePosixPath(path).name,
        "contentUrl": hosting.file(path),
        "encodingFormat": MEDIA_TYPES[PurePosixPath(path).suffix],
    }


@dataclass(frozen=True, slots=True)
class Alternate:
    """A file with what a page shows, for programs: its title, media type and path in the site."""

    title: str
    type: str
    path: str


def alternates(page: Page, catalogue: Catalogue) -> tuple[Alternate, ...]:
    """Return the files that hold what a page shows."""
    if record := _record(page):
        found = [(each.name, each.path) for each in downloads(catalogue, record)]
    else:
        paths = _FILES.get(PurePosixPath(page.template).stem, ())
        found = [(PurePosixPath(path).name, path) for path in paths]
    return tuple(
        Alternate(name, MEDIA_TYPES[PurePosixPath(path).suffix], path) for name, path in found
    )


def _of_table(name: str) -> tuple[str, ...]:
    return f"api/v1/{name}.json", f"data/{name}.csv"


_FILES: Final = {
    "home": ("api/v1/index.json",),
    "data": ("api/v1/index.json",),
    "bodies": _of_table("bodies"),
    "inspections": _of_table("inspections"),
    "findings": _of_table("findings"),
    "concerns": _of_table("findings"),
    "rounds": _of_table("rounds"),
    "round": _of_table("rounds"),
    "questions": _of_table("questions"),
    "question": _of_table("questions"),
    "themes": _of_table("themes"),
    "theme": _of_table("themes"),
    "responses": _of_table("responses"),
    "sources": _of_table("sources"),
    "corrections": _of_table("corrections"),
}
"""The files of the table with what a page shows, by the name of the page's template."""
