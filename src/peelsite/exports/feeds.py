"""Atom feeds (RFC 4287) of what changed: of everybody, of one body, of one kind."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial
from html import escape
from typing import Final

from markupsafe import escape as escape_html

from peelsite.catalogue import Body, Catalogue, Event, EventKind, Source
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
    as_of = catalogue.as_of

    @cache  # an event stands in several feeds
    def entry(event: Event) -> str:
        return _entry(tell(event), hosting)

    for feed, of, events in _events(catalogue):
        newest = events[:MOST]
        updated = newest[0].updated if newest else as_of
        text = _feed(feed, updated, "".join(map(entry, newest)), hosting)
        yield Extra(feed.path, [text.encode()], of)


def _age(event: Event) -> tuple[datetime.date, str]:
    return event.updated, event.date.iso if event.date else ""


def _events(catalogue: Catalogue) -> Iterator[tuple[Feed, str, list[Event]]]:
    """Give each feed, the record that it is of as in Extra, and what it tells, the newest first."""
    of_body: dict[Body, list[Event]] = defaultdict(list)
    of_kind: dict[EventKind, list[Event]] = defaultdict(list)
    newest_first = sorted(catalogue.events, key=_age, reverse=True)
    for event in newest_first:
        of_kind[event.kind].append(event)
        for body in event.bodies:
            of_body[body].append(event)
    yield ALL, "", newest_first
    yield STATUS, "", of_kind[EventKind.STATUS]
    yield CORRECTIONS, "", of_kind[EventKind.CORRECTION]
    for body in catalogue.bodies:
        yield feed_of(body), f"bodies/{body.id}", of_body[body]


def _feed(feed: Feed, updated: datetime.date, entries: str, hosting: Hosting) -> str:
    """Return a feed with ``entries``; an empty one is as old as the data."""
    return f"""\
<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
  <id>{_id(f"feed/{feed.name}")}</id>
  <title>{_text(f"{hosting.name}: {feed.title}")}</title>
  <subtitle>{_text(f"What this feed holds: {feed.meaning}.")}</subtitle>
  <updated>{_at_midnight(updated)}</updated>
  <author>
    <name>{_text(hosting.name)}</name>
  </author>
  <link rel="self" type="application/atom+xml" href="{_value(hosting.file(feed.path))}" />
  <link rel="alternate" type="text/html" href="{_value(hosting.absolute(feed.page))}" />
{entries}</feed>
"""


def _entry(told: Told, hosting: Hosting) -> str:
    event = told.event
    return f"""\
  <entry>
    <id>{_id(event.id)}</id>
    <title>{_text(told.title)}</title>
    <updated>{_at_midnight(event.updated)}</updated>{_published(event)}
    <link rel="alternate" type="text/html" href="{_value(hosting.absolute(told.target))}" />
    {_category(event.kind, event.kind.label)}{"".join(map(_whose, event.bodies))}
    <content type="html">{_text(_content(told))}</content>
  </entry>
"""


def _published(event: Event) -> str:
    if not event.date or not event.date.day:
        return ""
    return f"\n    <published>{_at_midnight(event.date.day)}</published>"


def _category(term: str, label: str) -> str:
    return f'<category term="{_value(term)}" label="{_value(label)}" />'


def _whose(body: Body) -> str:
    return f"\n    {_category(body.id, body.name)}"


_text: Final = partial(escape, quote=False)


def _value(text: str) -> str:
    """Return a text as the value of an attribute between double quotes."""
    return _text(text).replace('"', "&quot;")


def _content(told: Told) -> str:
    """Return an entry as HTML: what was said, by whom and when, and where we read it."""
    date = in_words(told.event.date) if told.event.date else "date not known"
    doubt = f" ({told.dating.label.lower()})" if told.dating else ""
    said = escape_html(f"{told.what}: {told.who}, {date}{doubt}.")
    read = _read(told, told.source) if told.source else ""
    return f"<p>{said}</p>{to_html(told.summary)}{read}"


def _read(told: Told, source: Source) -> str:
    reported = "as reported by" if source.evidence is Evidence.PRESS else "from"
    how = f"In our words, {reported}" if told.is_spoken else "Read in"
    where = f'<a href="{escape_html(source.url)}">{escape_html(source.publisher)}</a>'
    evidence = escape_html(source.evidence.label.lower())
    day = in_words(told.event.noted)
    return f"<p>{how} {where} ({evidence}). Read for this site on {day}.</p>"


def _id(name: str) -> str:
    """Return an id that depends on ``name`` alone, and not on where the site stands."""
    return uuid.uuid5(NAMESPACE, name).urn


def _at_midnight(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
