"""Joining what one inspection says about one body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from peelsite import schema
from peelsite.catalogue.bodies import Body
from peelsite.catalogue.joined import Joined
from peelsite.catalogue.records import (
    Claim,
    Finding,
    Inspection,
    NotFound,
    Part,
    Rating,
    Reply,
    Response,
    Update,
)
from peelsite.catalogue.said import Quote, Said, Statement
from peelsite.catalogue.vocabulary import Grade, Theme
from peelsite.schema import Speaker


@dataclass
class PartJoiner:
    """Makes the records of what one inspection says about one body."""

    joined: Joined
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
            self._told[key] = self.joined.said(sourced, speaker, sources, self.body)
        return self._told[key]

    def _quotes(self, written: tuple[schema.Quote, ...]) -> tuple[Quote, ...]:
        return tuple(Quote(q.text, self._said(q, q.speaker), q.note, q.checked) for q in written)

    def _themes(self, ids: tuple[str, ...]) -> tuple[Theme, ...]:
        return tuple(self.joined.themes[id_] for id_ in ids)

    def _rating(self, written: schema.Rating) -> Rating:
        return Rating(
            body=self.body,
            inspection=self.inspection,
            question=self.joined.questions[written.question],
            grade=self._grades[written.grade] if written.grade else None,
            absence=written.not_graded,
            published=written.published or self.inspection.published,
            published_is=(written if written.published else self.inspection).published_is,
            carried_over_from=(
                self.joined.inspections[written.carried_over_from]
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
            shared_with=tuple(self.joined.bodies[id_] for id_ in written.shared_with),
            said=self._said(written, Speaker.INSPECTORS),
            quotes=self._quotes(written.quotes),
            further=self._statements(written.further),
            repeats=tuple(self.joined.findings[address] for address in written.repeats),
            said_before=self._statements(written.said_before),
            updates=tuple(map(self._update, updates)),
            note=written.note,
            moved_from=written.moved_from,
        )

    def _statements(self, written: tuple[schema.Statement, ...]) -> tuple[Statement, ...]:
        return self.joined.statements(written, self.written.sources, self.body)

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
        looked_in = (self.joined.source(self.written.sources[key]) for key in written.looked_in)
        return NotFound(written.looked, tuple(looked_in), written.note)
