"""What is joined so far, for the records that are made of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from peelsite import schema
from peelsite.catalogue.bodies import Body
from peelsite.catalogue.records import Claim, Finding, Inspection
from peelsite.catalogue.said import Said, Source, Statement
from peelsite.catalogue.vocabulary import Question, Round, Scale, Theme
from peelsite.schema import BodyKind, Speaker


@dataclass
class Joined:
    """The records that are joined so far, by their ids; sources by where they were read.

    ``source_ids`` are those that sources are to have, as :func:`source_ids_of` gives them.
    """

    source_ids: Mapping[str, str]
    sources: dict[str, Source] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    inspections: dict[str, Inspection] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    """By the end of their address, "2022-12-07-north-east-soc#durham-systems-and-people"."""
    claims: dict[str, Claim] = field(default_factory=dict)

    def source(self, written: schema.Source) -> Source:
        """Return the one record for a source, however many files describe it."""
        if written.url not in self.sources:
            self.sources[written.url] = Source(
                id=self.source_ids[written.url],
                kind=written.kind,
                publisher=written.publisher,
                author=written.author,
                title=written.title,
                url=written.url,
                published=written.published,
                read=written.read,
                seen=written.seen,
                note=written.note,
            )
        return self.sources[written.url]

    def said(
        self,
        sourced: schema.Sourced,
        speaker: Speaker,
        sources: dict[str, schema.Source],
        body: Body | None = None,
    ) -> Said:
        """Return who says ``sourced`` and where it was read; ``body`` is whom it is about."""
        source, *also_in = self._sources(sourced, sources)
        return Said(speaker, _who(speaker, source, body), source, tuple(also_in))

    def statements(
        self,
        written: tuple[schema.Statement, ...],
        sources: dict[str, schema.Source],
        body: Body | None = None,
    ) -> tuple[Statement, ...]:
        """Return the joined form of several statements."""
        return tuple(
            Statement(each.summary, self.said(each, each.speaker, sources, body))
            for each in written
        )

    def _sources(
        self, sourced: schema.Sourced, sources: dict[str, schema.Source]
    ) -> tuple[Source, ...]:
        return tuple(self.source(sources[key]) for key in (sourced.source, *sourced.also_in))


def _who(speaker: Speaker, source: Source, body: Body | None) -> str:
    """Return the name of a speaker, as exact as the content allows."""
    if speaker is Speaker.PRESS:
        return source.publisher
    if speaker is Speaker.INSPECTORS:
        return speaker.label
    if body is not None:
        if speaker is Speaker.POLICING_BODY and body.policing_body:
            return body.policing_body
        if speaker.value == body.kind.value:
            return body.short if body.kind is BodyKind.UNIT else body.name
    return source.publisher if source.kind is schema.SourceKind.BODY else speaker.label


def source_ids_of(written: Iterable[schema.Source]) -> dict[str, str]:
    """Return an id for each address that sources are read at; ``written`` may describe one twice.

    It is as readable and short as can be, and the same whatever the order. Of two that would have
    the same one, that which was read first keeps it, so that it still has it when more are added.
    """
    by_reading = sorted(written, key=lambda each: (each.read, each.url))
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for source in by_reading:
        if source.url not in ids:
            ids[source.url] = next(each for each in _ids_for(source) if each not in taken)
            taken.add(ids[source.url])
    return ids


def _ids_for(source: schema.Source) -> Iterator[str]:
    """Give ids that a source can have, the shortest first."""
    slug = re.sub(r"[^a-z0-9]+", "-", source.publisher.lower()).strip("-")
    for length in range(_SHORTEST, hashlib.blake2b.MAX_DIGEST_SIZE + 1):
        yield f"{slug}-{hashlib.blake2b(source.url.encode(), digest_size=length).hexdigest()}"


_SHORTEST: Final = 3
"""Bytes of the mark in an id."""
