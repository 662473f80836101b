"""Joining the records of ``content/`` as people wrote them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

from peelsite import schema
from peelsite.catalogue.bodies import AlsoCalled, Body, Name
from peelsite.catalogue.catalogue import Catalogue
from peelsite.catalogue.records import (
    Claim,
    Correction,
    Difference,
    Finding,
    Gap,
    Inspection,
    NotFound,
    Part,
    Rating,
    Reply,
    Response,
    Update,
)
from peelsite.catalogue.said import Quote, Said, Source, Statement
from peelsite.catalogue.vocabulary import Asked, Grade, Question, Round, Scale, Term, Theme
from peelsite.load import Content, nothing_collected
from peelsite.schema import BodyKind, Speaker, When


@nothing_collected()
def join(content: Content) -> Catalogue:
    """Return the catalogue of ``content``, which must be free of problems."""
    return _Joiner(content).catalogue()


@dataclass
class _Joiner:
    """Makes the joined records, each kind from those before it."""

    content: Content
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

    def catalogue(self) -> Catalogue:
        content = self.content
        for kind in (BodyKind.REGION, BodyKind.FORCE, BodyKind.UNIT):
            for id_, body in content.bodies.items():
                if body.kind is kind:
                    self.bodies[id_] = self._body(id_, body)
        for id_, theme in content.themes.items():
            self.themes[id_] = Theme(id_, theme.label, theme.meaning, theme.moved_from)
        for id_, question in content.questions.items():
            self.questions[id_] = self._question(id_, question)
        for id_, scale in content.scales.items():
            self.scales[id_] = self._scale(id_, scale)
        for id_, round_ in content.rounds.items():
            self.rounds[id_] = self._round(id_, round_)
        for id_, inspection in content.inspections.items():
            self.inspections[id_] = self._inspection(id_, inspection)
        newest_first = sorted(
            self.inspections.values(), key=lambda each: (_when(each), each.id), reverse=True
        )
        joined = [
            self._parts(each) for each in reversed(newest_first)
        ]  # findings repeat older ones
        parts = chain.from_iterable(reversed(joined))
        return Catalogue(
            bodies=tuple(sorted(self.bodies.values(), key=lambda body: body.name)),
            inspections=tuple(newest_first),
            parts=tuple(parts),
            rounds=tuple(self.rounds.values()),
            questions=tuple(self.questions.values()),
            scales=tuple(self.scales.values()),
            themes=tuple(sorted(self.themes.values(), key=lambda theme: theme.label)),
            glossary=tuple(
                Term(id_, term.label, term.stands_for, term.meaning)
                for id_, term in content.glossary.items()
            ),
            corrections=tuple(
                sorted(
                    (self._correction(*each) for each in content.corrections.items()),
                    key=lambda each: (each.date, each.id),
                    reverse=True,
                )
            ),
            sources=tuple(sorted(self.sources.values(), key=lambda s: (s.publisher, s.title))),
            folder=content.folder,
        )

    def source(self, written: schema.Source) -> Source:
        """Return the one record for a source, however many files describe it."""
        if written.url not in self.sources:
            self.sources[written.url] = Source(
                id=_source_id(written),
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

    def _body(self, id_: str, written: schema.Body) -> Body:
        sources = written.sources
        body = Body(
            id=id_,
            kind=written.kind,
            short=written.short,
            names=tuple(self._name(name, sources) for name in written.names),
            also_called=tuple(
                AlsoCalled(each.name, each.by, self._sources(each, sources))
                for each in written.also_called
            ),
            about=(),
            policing_body=written.policing_body.name if written.policing_body else None,
            policing_body_source=(
                self.source(sources[written.policing_body.source])
                if written.policing_body
                else None
            ),
            no_policing_body=None,
            path=written.path,
            region=self.bodies[written.region] if written.region else None,
            forces=tuple(self.bodies[force] for force in written.forces),
            moved_from=written.moved_from,
        )
        why = (written.no_policing_body,) if written.no_policing_body else ()
        return replace(
            body,
            about=self.statements(written.about, sources, body),
            no_policing_body=next(iter(self.statements(why, sources, body)), None),
        )

    def _name(self, written: schema.Name, sources: dict[str, schema.Source]) -> Name:
        return Name(
            name=written.name,
            short=written.short,
            from_=written.from_,
            to=written.to if isinstance(written.to, When) else None,
            is_present=written.to == "present",
            note=written.note,
            sources=self._sources(written, sources),
        )

    def _sources(
        self, sourced: schema.Sourced, sources: dict[str, schema.Source]
    ) -> tuple[Source, ...]:
        return tuple(self.source(sources[key]) for key in (sourced.source, *sourced.also_in))

    def _question(self, id_: str, written: schema.Question) -> Question:
        source = self.source(written.source)
        return Question(id_, written.label, written.meaning, source, written.moved_from)

    def _scale(self, id_: str, written: schema.Scale) -> Scale:
        steps = len(written.grades)
        grades = tuple(
            Grade(grade.id, grade.label, grade.meaning, filled=steps - index, steps=steps)
            for index, grade in enumerate(written.grades)
        )
        return Scale(id_, written.label, written.summary, grades, self.source(written.source))

    def _round(self, id_: str, written: schema.Round) -> Round:
        return Round(
            id=id_,
            label=written.label,
            programme=written.programme,
            summary=written.summary,
            began=written.began,
            scale=self.scales[written.scale],
            asked=tuple(
                Asked(
                    question=self.questions[each.question],
                    wording=each.wording,
                    wording_is=each.wording_is,
                    ungraded=each.question in written.ungraded,
                )
                for each in written.asked
            ),
            comparable_with=written.comparable_with,
            comparability=written.comparability,
            break_=written.break_,
            comparability_source=self.source(written.comparability_source),
            source=self.source(written.source),
            moved_from=written.moved_from,
        )

    def _inspection(self, id_: str, written: schema.Inspection) -> Inspection:
        sources = written.sources
        return Inspection(
            id=id_,
            title=written.title,
            short=written.short,
            round=self.rounds[written.round],
            published=written.published,
            published_is=written.published_is,
            fieldwork=written.fieldwork,
            about=self.statements(written.about, sources),
            differences=tuple(
                Difference(each.title, self.statements(each.statements, sources), each.note)
                for each in written.differences
            ),
            not_known=tuple(
                Gap(
                    gap.summary,
                    gap.looked,
                    tuple(self.source(sources[key]) for key in gap.looked_in),
                )
                for gap in written.not_known
            ),
            sources=tuple(self.source(source) for source in sources.values()),
            path=written.path,
            moved_from=written.moved_from,
        )

    def _parts(self, inspection: Inspection) -> list[Part]:
        written = self.content.inspections[inspection.id]
        parts = [
            _PartJoiner(self, written, inspection, self.bodies[body_id]).part(part)
            for body_id, part in written.bodies.items()
        ]
        findings = [finding for part in parts for finding in (*part.concerns, *part.praised)]
        for finding in findings:
            self.findings[f"{inspection.id}#{finding.body.id}-{finding.id}"] = finding
        for claim in (claim for part in parts for claim in part.claims):
            self.claims[f"{inspection.id}#{claim.body.id}-{claim.id}"] = claim
        return [
            replace(part, shared=tuple(f for f in findings if part.body in f.shared_with))
            for part in parts
        ]

    def _correction(self, id_: str, written: schema.Correction) -> Correction:
        about = tuple(self._standing.get(address, address) for address in written.about)
        return Correction(id_, written.date, about, written.was, written.now, written.note)

    @cached_property
    def _standing(self) -> dict[str, Any]:
        """Everything that a correction can be about, by its address, once all of it is joined."""
        return {
            **{f"{body.kind.value}s/{id_}": body for id_, body in self.bodies.items()},
            **{f"inspections/{id_}": each for id_, each in self.inspections.items()},
            **{f"inspections/{id_}": each for id_, each in self.findings.items()},
            **{f"inspections/{id_}": each for id_, each in self.claims.items()},
            **{f"rounds/{id_}": each for id_, each in self.rounds.items()},
            **{f"questions/{id_}": each for id_, each in self.questions.items()},
            **{f"themes/{id_}": each for id_, each in self.themes.items()},
        }


@dataclass
class _PartJoiner:
    """Makes the records of what one inspection says about one body."""

    joiner: _Joiner
    written: schema.Inspection
    inspection: Inspection
    body: Body

    def part(self, written: schema.BodyPart) -> Part:
        """Return the joined part."""
        return Part(
            inspection=self.inspection,
            body=self.body,
            ratings=tuple(map(self._rating, written.ratings)),
            concerns=tuple(map(self._finding, written.concerns)),
            praised=tuple(map(self._finding, written.praised)),
            claims=tuple(map(self._claim, written.claims)),
            replies=tuple(map(self._reply, written.replies)),
            response=self._response(written.response) if written.response else None,
            response_not_found=(
                self._not_found(written.response_not_found) if written.response_not_found else None
            ),
        )

    @cached_property
    def _told(self) -> dict[tuple[Speaker, str, tuple[str, ...]], Said]:
        """Who said what was read where, as it is told often in one part."""
        return {}

    @cached_property
    def _grades(self) -> dict[str, Grade]:
        return {grade.id: grade for grade in self.inspection.round.scale.grades}

    def _said(self, sourced: schema.Sourced, speaker: Speaker) -> Said:
        key = speaker, sourced.source, sourced.also_in
        if key not in self._told:
            sources = self.written.sources
            self._told[key] = self.joiner.said(sourced, speaker, sources, self.body)
        return self._told[key]

    def _quotes(self, written: tuple[schema.Quote, ...]) -> tuple[Quote, ...]:
        return tuple(Quote(q.text, self._said(q, q.speaker), q.note, q.checked) for q in written)

    def _themes(self, ids: tuple[str, ...]) -> tuple[Theme, ...]:
        return tuple(self.joiner.themes[id_] for id_ in ids)

    def _rating(self, written: schema.Rating) -> Rating:
        return Rating(
            body=self.body,
            inspection=self.inspection,
            question=self.joiner.questions[written.question],
            grade=self._grades[written.grade] if written.grade else None,
            absence=written.not_graded,
            published=written.published or self.inspection.published,
            published_is=(written if written.published else self.inspection).published_is,
            carried_over_from=(
                self.joiner.inspections[written.carried_over_from]
                if written.carried_over_from
                else None
            ),
            uncertain=written.uncertain,
            said=self._said(written, Speaker.INSPECTORS),
            note=written.note,
        )

    def _finding(self, written: schema.Finding) -> Finding:
        updates = written.updates if isinstance(written, schema.Concern) else ()
        return Finding(
            id=written.id,
            body=self.body,
            inspection=self.inspection,
            is_concern=isinstance(written, schema.Concern),
            title=written.title,
            summary=written.summary,
            label=written.label,
            themes=self._themes(written.themes),
            shared_with=tuple(self.joiner.bodies[id_] for id_ in written.shared_with),
            said=self._said(written, Speaker.INSPECTORS),
            quotes=self._quotes(written.quotes),
            further=self._statements(written.further),
            repeats=tuple(self.joiner.findings[address] for address in written.repeats),
            said_before=self._statements(written.said_before),
            updates=tuple(map(self._update, updates)),
            note=written.note,
            moved_from=written.moved_from,
        )

    def _statements(self, written: tuple[schema.Statement, ...]) -> tuple[Statement, ...]:
        return self.joiner.statements(written, self.written.sources, self.body)

    def _update(self, written: schema.Update) -> Update:
        return Update(
            date=written.date,
            status=written.status,
            summary=written.summary,
            said=self._said(written, written.speaker),
            quotes=self._quotes(written.quotes),
        )

    def _claim(self, written: schema.Claim) -> Claim:
        return Claim(
            id=written.id,
            body=self.body,
            inspection=self.inspection,
            title=written.title,
            summary=written.summary,
            by=written.by,
            date=written.date,
            themes=self._themes(written.themes),
            said=self._said(written, written.speaker),
            quotes=self._quotes(written.quotes),
            note=written.note,
            moved_from=written.moved_from,
        )

    def _reply(self, written: schema.Reply) -> Reply:
        return Reply(
            body=self.body,
            inspection=self.inspection,
            by=written.by,
            date=written.date,
            summary=written.summary,
            said=self._said(written, written.speaker),
            quotes=self._quotes(written.quotes),
        )

    def _response(self, written: schema.Response) -> Response:
        said = self._said(written, Speaker.POLICING_BODY)
        return Response(written.published, written.summary, said, written.note)

    def _not_found(self, written: schema.NotFound) -> NotFound:
        looked_in = (self.joiner.source(self.written.sources[key]) for key in written.looked_in)
        return NotFound(written.looked, tuple(looked_in), written.note)


def _when(inspection: Inspection) -> str:
    """Return what to sort an inspection by: its date, or when its round began."""
    when = inspection.published or inspection.round.began
    return when.iso if when else ""


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


def _source_id(source: schema.Source) -> str:
    """Return an id that is the same in every build, and readable as far as that goes."""
    slug = re.sub(r"[^a-z0-9]+", "-", source.publisher.lower()).strip("-")
    return f"{slug}-{hashlib.blake2b(source.url.encode(), digest_size=3).hexdigest()}"
