"""Atom feeds (RFC 4287) of what changed: of everybody, of one body, of one kind."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import Markup

from peelsite.catalogue import Body, Catalogue, Event, EventKind
from peelsite.exports.extra import Extra
from peelsite.pages import ALL, CORRECTIONS, STATUS, Feed, Hosting, Told, feed_of, tell
from peelsite.render import in_words, to_html
from peelsite.schema import Evidence

MOST: Final = 100
"""Entries of a feed: the newest."""

NAMESPACE: Final = uuid.UUID("d47504fe-1b2d-45f7-9f99-05f5cf29b273")
"""What the ids of feeds and entries are made in; with another, all would be new to every reader."""


def feeds(catalogue: Catalogue, hosting: Hosting) -> Iterator[Extra]:
    """Give the feeds of the site; none if it has no address on the web, which they need."""
    if not hosting.url or not catalogue.as_of:
        return
    for feed, events in _events(catalogue):
        newest = sorted(events, key=_age, reverse=True)[:MOST]
        root = _feed(feed, [tell(event) for event in newest], hosting, catalogue.as_of)
        indent(root)
        yield Extra(feed.path, tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _age(event: Event) -> tuple[datetime.date, str]:
    return event.updated, event.date.iso if event.date else ""


def _events(catalogue: Catalogue) -> Iterator[tuple[Feed, list[Event]]]:
    """Give each feed with what it tells."""
    of_body: dict[Body, list[Event]] = defaultdict(list)
    of_kind: dict[EventKind, list[Event]] = defaultdict(list)
    for event in catalogue.events:
        of_kind[event.kind].append(event)
        for body in event.bodies:
            of_body[body].append(event)
    yield ALL, list(catalogue.events)
    yield STATUS, of_kind[EventKind.STATUS]
    yield CORRECTIONS, of_kind[EventKind.CORRECTION]
    yield from ((feed_of(body), of_body[body]) for body in catalogue.bodies)


def _feed(feed: Feed, entries: Iterable[Told], hosting: Hosting, as_of: datetime.date) -> Element:
    """Return the feed; an empty one is as old as the data."""
    told = list(entries)
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en-GB"})
    SubElement(root, "id").text = _id(f"feed/{feed.name}")
    SubElement(root, "title").text = f"{hosting.name}: {feed.title}"
    SubElement(root, "subtitle").text = f"What this feed holds: {feed.meaning}."
    SubElement(root, "updated").text = _at_midnight(told[0].event.updated if told else as_of)
    SubElement(SubElement(root, "author"), "name").text = hosting.name
    href = hosting.file(feed.path)
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": href})
    href = hosting.absolute(feed.page)
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": href})
    root.extend(_entry(each, hosting) for each in told)
    return root


def _entry(told: Told, hosting: Hosting) -> Element:
    event, href = told.event, hosting.absolute(told.target)
    entry = Element("entry")
    SubElement(entry, "id").text = _id(event.id)
    SubElement(entry, "title").text = told.title
    SubElement(entry, "updated").text = _at_midnight(event.updated)
    if event.date and event.date.day:
        SubElement(entry, "published").text = _at_midnight(event.date.day)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
    SubElement(entry, "category", {"term": event.kind, "label": event.kind.label})
    for body in event.bodies:
        SubElement(entry, "category", {"term": body.id, "label": body.name})
    SubElement(entry, "content", {"type": "html"}).text = _content(told)
    return entry


def _content(told: Told) -> str:
    """Return an entry as HTML: what was said, by whom and when, and where we read it."""
    date = in_words(told.event.date) if told.event.date else "date not known"
    doubt = f" ({told.dating.label.lower()})" if told.dating else ""
    said = Markup("<p>{}: {}, {}{}.</p>").format(told.what, told.who, date, doubt)
    return str(said + to_html(told.summary) + _read(told))


def _read(told: Told) -> Markup:
    source = told.source
    if source is None:
        return Markup("")
    reported = "as reported by" if source.evidence is Evidence.PRESS else "from"
    how = f"In our words, {reported}" if told.is_spoken else "Read in"
    where = Markup('<a href="{}">{}</a>').format(source.url, source.publisher)
    return Markup("<p>{} {} ({}). Read for this site on {}.</p>").format(
        how, where, source.evidence.label.lower(), in_words(told.event.noted)
    )


def _id(name: str) -> str:
    """Return an id that depends on ``name`` alone, and not on where the site stands."""
    return uuid.uuid5(NAMESPACE, name).urn


def _at_midnight(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
