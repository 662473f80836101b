"""Joining the records of ``content/`` as people wrote them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

from peelsite import schema
from peelsite.catalogue.bodies import AlsoCalled, Body, Name
from peelsite.catalogue.catalogue import Catalogue
from peelsite.catalogue.joined import Joined, source_ids_of
from peelsite.catalogue.joining_parts import PartJoiner
from peelsite.catalogue.records import Correction, Difference, Gap, Inspection, Part
from peelsite.catalogue.vocabulary import Asked, Grade, Question, Round, Scale, Term, Theme
from peelsite.load import Content, nothing_collected
from peelsite.schema import BodyKind, When


@nothing_collected()
def join(content: Content) -> Catalogue:
    """Return the catalogue of ``content``, which must be free of problems."""
    written = (each for file in content.files.values() for each in file.within(schema.Source))
    return _Joiner(content=content, source_ids=source_ids_of(written)).catalogue()


@dataclass(kw_only=True)
class _Joiner(Joined):
    """Makes the joined records, each kind from those before it."""

    content: Content

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
            PartJoiner(self, written, inspection, self.bodies[body_id]).part(part)
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


def _when(inspection: Inspection) -> str:
    """Return what to sort an inspection by: its date, or when its round began."""
    when = inspection.published or inspection.round.began
    return when.iso if when else ""
