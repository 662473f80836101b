"""Everything that is known, and what follows from it."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from peelsite.catalogue.bodies import Body
from peelsite.catalogue.clocks import Clock, clock_of
from peelsite.catalogue.events import Event, events_of, stood_on
from peelsite.catalogue.history import newest_first
from peelsite.catalogue.records import Claim, Correction, Finding, Inspection, Latest, Part, Rating
from peelsite.catalogue.said import Source
from peelsite.catalogue.silence import Silence, chain_of, silence_of
from peelsite.catalogue.vocabulary import Question, Round, Scale, Term, Theme
from peelsite.schema import BodyKind, Evidence


@dataclass(frozen=True)
class Catalogue:
    """Everything that is known, in the order in which pages show it.

    Bodies stand by name; inspections, and the parts of each, newest first.
    """

    bodies: tuple[Body, ...]
    inspections: tuple[Inspection, ...]
    parts: tuple[Part, ...]
    rounds: tuple[Round, ...]
    questions: tuple[Question, ...]
    scales: tuple[Scale, ...]
    themes: tuple[Theme, ...]
    glossary: tuple[Term, ...]
    corrections: tuple[Correction, ...]
    sources: tuple[Source, ...]
    folder: str
    """The name of the content folder, as paths in it begin."""

    def of_kind(self, kind: BodyKind) -> tuple[Body, ...]:
        """Return the bodies of one kind, by name."""
        return tuple(body for body in self.bodies if body.kind is kind)

    def parts_of(self, record: Body | Inspection) -> tuple[Part, ...]:
        """Return what was said about a body, or in an inspection."""
        return tuple(self._parts[record])

    @cached_property
    def _parts(self) -> dict[Body | Inspection, list[Part]]:
        parts: dict[Body | Inspection, list[Part]] = defaultdict(list)
        for part in self.parts:
            parts[part.body].append(part)
            parts[part.inspection].append(part)
        return parts

    def ratings_of(self, body: Body) -> tuple[Rating, ...]:
        """Return a body's ratings, newest first."""
        return self._ratings.get(body, ())

    @cached_property
    def _ratings(self) -> dict[Body, tuple[Rating, ...]]:
        return {
            body: tuple(newest_first([r for part in self.parts_of(body) for r in part.ratings]))
            for body in self.bodies
        }

    def latest_of(self, body: Body) -> tuple[Latest, ...]:
        """Return a body's ratings in the newest round of each programme, newest first."""
        return self._latest[body]

    @cached_property
    def _latest(self) -> dict[Body, tuple[Latest, ...]]:
        return {body: self._latest_among(self.ratings_of(body)) for body in self.bodies}

    @staticmethod
    def _latest_among(ratings: Iterable[Rating]) -> tuple[Latest, ...]:
        newest: dict[str, Round] = {}
        latest: dict[str, dict[Question, Rating]] = defaultdict(dict)
        for rating in ratings:
            round_ = rating.inspection.round
            if newest.setdefault(round_.programme, round_) is round_:
                latest[round_.programme].setdefault(rating.question, rating)
        return tuple(
            Latest(round_, tuple(found[q] for q in round_.questions if q in found))
            for round_, found in zip(newest.values(), latest.values(), strict=True)
        )

    def rounds_without(self, body: Body) -> tuple[Round, ...]:
        """Return the rounds in which bodies of its kind have ratings and this one has none."""
        rated = {rating.inspection.round for rating in self.ratings_of(body)}
        return tuple(
            round_
            for round_ in self.rounds
            if round_ not in rated and body.kind in self._kinds_rated[round_]
        )

    @cached_property
    def _kinds_rated(self) -> dict[Round, set[BodyKind]]:
        kinds: dict[Round, set[BodyKind]] = defaultdict(set)
        for part in self.parts:
            if part.ratings:
                kinds[part.inspection.round].add(part.body.kind)
        return kinds

    @cached_property
    def concerns(self) -> tuple[Finding, ...]:
        """All concerns, newest inspection first."""
        return tuple(finding for part in self.parts for finding in part.concerns)

    @cached_property
    def praised(self) -> tuple[Finding, ...]:
        """All praised work, newest inspection first."""
        return tuple(finding for part in self.parts for finding in part.praised)

    @cached_property
    def open_concerns(self) -> tuple[Finding, ...]:
        """The open concerns, the one nobody has spoken of for the longest time first.

        Those of which the day of the last word is not known stand last.
        """
        concerns = [finding for finding in self.concerns if finding.is_open]
        return tuple(sorted(concerns, key=self._last_word))

    def _last_word(self, concern: Finding) -> tuple[bool, str]:
        since = self.silence(concern).since
        return since is None, since.span[1].isoformat() if since else ""

    def silence(self, finding: Finding) -> Silence:
        """Return since when nobody has published anything about a finding."""
        if finding not in self._silences:
            self._silences[finding] = silence_of(finding, self._repeated_by)
        return self._silences[finding]

    @cached_property
    def _silences(self) -> dict[Finding, Silence]:
        return {}

    def repeated_by(self, finding: Finding) -> tuple[Finding, ...]:
        """Return the later findings that repeat ``finding``."""
        return tuple(self._repeated_by.get(finding, ()))

    def chain(self, finding: Finding) -> tuple[Finding, ...]:
        """Return the findings that say the same as ``finding``, oldest first; itself among them."""
        return tuple(chain_of(finding, self._repeated_by))

    @cached_property
    def _repeated_by(self) -> dict[Finding, list[Finding]]:
        repeated: dict[Finding, list[Finding]] = defaultdict(list)
        for part in reversed(self.parts):
            for finding in (*part.concerns, *part.praised):
                for earlier in finding.repeats:
                    repeated[earlier].append(finding)
        return dict(repeated)

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """The 56-day clock of each inspection and local policing body, newest inspection first."""
        return tuple(clock for part in self.parts if (clock := clock_of(part)))

    def clocks_of(self, record: Body | Inspection) -> tuple[Clock, ...]:
        """Return the clocks of a force, or of an inspection."""
        return tuple(clock for part in self.parts_of(record) if (clock := clock_of(part)))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All that happened, newest first; what has no date stands last."""
        return events_of(self.inspections, self.parts, self.corrections)

    def corrections_of(self, record: Body | Inspection | Finding | Claim) -> tuple[Correction, ...]:
        """Return what was wrong about a body or finding, or in what is shown of an inspection."""
        return tuple(self._corrections_of.get(record, ()))

    @cached_property
    def _corrections_of(self) -> dict[object, list[Correction]]:
        found: dict[object, list[Correction]] = defaultdict(list)
        for correction in self.corrections:
            for each in stood_on(correction):
                found[each].append(correction)
        return dict(found)

    def on_theme(self, theme: Theme) -> tuple[Finding | Claim, ...]:
        """Return the findings and claims on a theme: concerns, praised work, claims."""
        return tuple(self._on_themes[theme])

    @cached_property
    def _on_themes(self) -> dict[Theme, list[Finding | Claim]]:
        found: dict[Theme, list[Finding | Claim]] = defaultdict(list)
        claims = (claim for part in self.parts for claim in part.claims)
        items: tuple[Finding | Claim, ...] = (*self.concerns, *self.praised, *claims)
        for item in items:
            for theme in dict.fromkeys(item.themes):
                found[theme].append(item)
        return found

    def related_to(self, body: Body) -> tuple[Body, ...]:
        """Return a force's units, a unit's forces, or the units and forces of a region."""
        units, forces = self.of_kind(BodyKind.UNIT), self.of_kind(BodyKind.FORCE)
        if body.kind is BodyKind.FORCE:
            return tuple(unit for unit in units if body in unit.forces)
        if body.kind is BodyKind.UNIT:
            return body.forces
        return tuple(each for each in (*units, *forces) if each.region is body)

    @cached_property
    def as_of(self) -> datetime.date | None:
        """The date of the data: the latest day on which something in it was read or published."""
        return max((source.read for source in self.sources), default=None)


def evidence_of(parts: Iterable[Part]) -> dict[Evidence, int]:
    """Count the statements in ``parts`` by the evidence for them, best evidence first."""
    counted: Counter[Evidence] = Counter()
    for part in parts:
        counted.update(part.evidence)
    return {evidence: counted[evidence] for evidence in Evidence if counted[evidence]}
