"""What the shell around a page says of it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from peelsite import pages
from peelsite.build import Site
from peelsite.catalogue import Body, Claim, Correction, Finding, Inspection
from peelsite.drafts import blank
from peelsite.exports import (
    Alternate,
    Card,
    Citation,
    Node,
    Picture,
    alternates,
    breadcrumbs,
    card_path,
    cite,
    described,
    in_script,
)
from peelsite.mkdocs_plugin.record_page import RecordPage
from peelsite.pages import Feed, Hosting, Links, Page, address


@dataclass(frozen=True)
class Frame:
    """What the shell around a page says of it. ``above`` is the name and URL of the page above.

    ``add_url`` is where one adds an inspection, on the page that lists them. ``kind`` and
    ``picture`` are for other sites that show a link to the page. ``above_on_web`` is the whole
    address of the page above, "" if the site has none. ``feeds`` are the titles and whole addresses
    of the feeds to which it leads, ``feed`` the path of its own, "" for none. ``corrections`` are
    what was wrong on it, unless the page itself says so; ``to`` makes links from it. ``canonical``
    is its whole address, "" if it has none; ``linked`` what it tells programs as JSON-LD, and
    ``alternates`` the files with what it shows. ``sheets`` are the stylesheets that it needs beside
    the one of all pages. ``up`` is the way from it to the top of the site. ``moved_to`` is the link
    to where it has moved, "" for a page that has not.
    """

    title: str
    description: str
    above: tuple[str, str] | None
    edit_url: str | None
    report_url: str
    add_url: str | None = None
    kind: str = "website"
    picture: Picture | None = None
    above_on_web: str = ""
    citation: Citation | None = None
    feeds: tuple[tuple[str, str], ...] = ()
    feed: str = ""
    corrections: tuple[Correction, ...] = ()
    to: Links | None = None
    canonical: str = ""
    linked: str = ""
    alternates: tuple[Alternate, ...] = ()
    up: str = ""
    sheets: tuple[str, ...] = ()
    moved_to: str = ""


def hosting_of(config: MkDocsConfig) -> Hosting:
    """Return where the site will stand, as the settings say."""
    return Hosting(config.site_name, config.site_url or "", config.use_directory_urls)


def frame_of(
    page: MkDocsPage,
    config: MkDocsConfig,
    site: Site | None,
    cards: Mapping[str, Card],
    sizes: Mapping[str, int],
) -> Frame:
    """Return the frame of a page. ``site`` is None while there are problems in place of pages.

    ``sizes`` has the size of each file beside the pages, by path, for a page that tells of them.
    """
    if isinstance(page, RecordPage) and page.record.moved_to:
        return _of_moved(page, config)
    here, hosting = page.file.src_uri.removesuffix(".md"), hosting_of(config)
    canonical = hosting.absolute(here)
    where = canonical or page.url
    if isinstance(page, RecordPage):
        frame = _of_record(page, where, config, site, cards)
    else:
        title = str(page.title)
        description = page.meta.get("description", config.site_description)
        frame = Frame(title, description, None, page.edit_url, _report_url(config, title, where))
        frame = _with_feeds(frame, None, hosting)
    frame = replace(frame, canonical=canonical, up="../" * page.url.count("/"))
    if site is None:
        return frame
    record = page.record if isinstance(page, RecordPage) else None
    return replace(
        frame,
        citation=cite(frame.title, here, hosting, site.catalogue.as_of),
        corrections=tuple(_corrected(here, site.catalogue.corrections)),
        to=Links(here, hosting),
        linked=in_script(_linked(str(page.title), here, record, hosting, site, sizes)),
        alternates=alternates(record, site.catalogue) if record else (),
    )


def _linked(
    name: str,
    here: str,
    record: Page | None,
    hosting: Hosting,
    site: Site,
    sizes: Mapping[str, int],
) -> Iterator[Node]:
    """Give what the page called ``name`` tells programs; ``record`` is None for prose."""
    yield from breadcrumbs(here, name, record.above if record else None, hosting)
    if record:
        yield from described(record, site.catalogue, hosting, sizes)


def _corrected(here: str, corrections: Iterable[Correction]) -> Iterator[Correction]:
    """Give what was wrong on the page at this address.

    The pages of bodies and inspections say themselves what was wrong about them.
    """
    for each in corrections:
        others = (about for about in each.about if not isinstance(about, _SAY_SO_THEMSELVES))
        if any(address(about)[0] == here for about in others):
            yield each


_SAY_SO_THEMSELVES: Final = (Body, Inspection, Finding, Claim)


def frame_of_missing(config: MkDocsConfig, template: str) -> Frame:
    """Return the frame of the page for pages that are not there, made from ``template``."""
    title = "Page not found"
    report_url = _report_url(config, title, template)
    frame = Frame(title, config.site_description or "", None, None, report_url)
    top = urlsplit(config.site_url or "/").path.rstrip("/")
    return replace(_with_feeds(frame, None, hosting_of(config)), up=f"{top}/")


def _of_record(
    page: RecordPage,
    where: str,
    config: MkDocsConfig,
    site: Site | None,
    cards: Mapping[str, Card],
) -> Frame:
    """Return the frame of a page made from the catalogue, with what other sites are told of it."""
    record, hosting = page.record, hosting_of(config)
    above, card = record.above, cards.get(record.address)
    frame = Frame(
        record.title,
        record.description,
        (above[1], Links(record.address, hosting)(above[0])) if above else None,
        page.edit_url,
        _report_url(config, record.title, where),
        add_url=_add_url(config, site) if record.template == "pages/inspections.html" else None,
        kind="article" if record.path else "website",
        picture=Picture(f"{config.site_url}{card_path(record.address)}", card.alt)
        if card
        else None,
        above_on_web=hosting.absolute(above[0]) if above else "",
        sheets=pages.sheets_of(record.template),
    )
    return _with_feeds(frame, record.feed, hosting)


def _of_moved(page: RecordPage, config: MkDocsConfig) -> Frame:
    """Return the frame of a page that has moved; it tells programs nothing but where it is now."""
    record, hosting = page.record, hosting_of(config)
    canonical = hosting.absolute(record.moved_to)
    frame = _of_record(page, canonical or page.url, config, None, {})
    return replace(
        frame,
        canonical=canonical,
        up="../" * page.url.count("/"),
        moved_to=Links(record.address, hosting)(record.moved_to),
    )


def _with_feeds(frame: Frame, own: Feed | None, hosting: Hosting) -> Frame:
    """Return ``frame`` with the feeds of the whole site and the page's own, if they are made."""
    if not hosting.url:
        return frame
    found = dict.fromkeys(feed for feed in (pages.ALL, pages.CORRECTIONS, own) if feed)
    return replace(
        frame,
        feeds=tuple((f"{hosting.name}: {each.title}", hosting.file(each.path)) for each in found),
        feed=own.path if own else "",
    )


def _report_url(config: MkDocsConfig, title: str, where: str) -> str:
    """Return the address of a new issue that says which page is meant.

    On GitHub the form "Something here is wrong" opens with the page filled in; elsewhere the
    questions stand in the issue itself.
    """
    repository = (config.repo_url or "").rstrip("/")
    given = {"title": f"Mistake on: {title}"}
    if urlsplit(repository).hostname == "github.com":
        given |= {"template": "wrong.yml", "page": where}
    else:
        given["body"] = f"Page: {where}{_QUESTIONS}"
    return f"{repository}/issues/new?{urlencode(given, safe=':/')}"


_QUESTIONS: Final = (
    "\n\nWhat is wrong:\n\nWhat it should say:\n\nA source that shows it (link):\n\n"
    "Is the mistake ours or the source's?\n"
)
"""What a report of a mistake is asked."""


def _add_url(config: MkDocsConfig, site: Site | None) -> str | None:
    """Return where GitHub begins a new inspection, None where the repository is elsewhere."""
    repository = (config.repo_url or "").rstrip("/")
    if site is None:
        return None
    folder = os.path.relpath(site.known.folder / "inspections", config.docs_dir)
    place = posixpath.normpath(f"{config.edit_uri or ''}/{Path(folder).as_posix()}")
    edit, _, rest = place.lstrip("/").partition("/")
    if urlsplit(repository).hostname != "github.com" or edit != "edit":
        return None
    value = blank(each.id for each in site.catalogue.rounds)
    query = urlencode({"filename": "YYYY-MM-DD-name.yml", "value": value}, quote_via=quote)
    return f"{repository}/new/{rest}?{query}"
