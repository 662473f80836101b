"""What is otherwise in one catalogue than in another, record by record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar

from peelsite.catalogue.bodies import Body
from peelsite.catalogue.catalogue import Catalogue
from peelsite.catalogue.records import (
    Claim,
    Correction,
    Finding,
    Inspection,
    NotFound,
    Part,
    Rating,
    Reply,
    Response,
)
from peelsite.catalogue.said import Said, Source
from peelsite.catalogue.vocabulary import Grade, Question, Round, Scale, Term, Theme

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of the response of a body's local policing body to an inspection."""

    body: Body
    inspection: Inspection
    response: Response | None
    not_found: NotFound | None


Held: TypeAlias = Rating | Finding | Claim | Reply | Answer
"""Something that an inspection holds on a body."""


@dataclass(frozen=True, slots=True)
class Change(Generic[R]):
    """One record before and after: ``was`` is None for a new one, ``now`` for one that is gone.

    ``fields`` are the names of what differs, where there are both.
    """

    was: R | None
    now: R | None
    fields: tuple[str, ...] = ()

    @property
    def record(self) -> R:
        """The record as it is now, or as it was if it is gone."""
        record = self.was if self.now is None else self.now
        assert record is not None  # noqa: S101 - a change is of something
        return record


@dataclass(frozen=True, slots=True)
class Tally:
    """What an inspection holds, counted."""

    ratings: int
    concerns: int
    praised: int
    claims: int
    replies: int
    responses: int = 0


@dataclass(frozen=True, slots=True)
class InspectionChange(Change[Inspection]):
    """A change of an inspection: of ``fields`` of its own, or of what it holds on bodies.

    ``tally`` counts all that it holds, or held. ``held`` is what changed of that, for an inspection
    that was there before and still is. Among the fields are "bodies" if it speaks of others than
    before, and "order" if of the same in another order.
    """

    tally: Tally = Tally(0, 0, 0, 0, 0)
    held: tuple[Change[Held], ...] = ()


@dataclass(frozen=True, slots=True)
class LatestChange(Change[Rating]):
    """Another newest rating of a body on a question than before, or the same told otherwise."""

    @property
    def may_be_compared(self) -> bool:
        """Whether the two, if there are two, may stand beside each other as like with like."""
        return all(
            one.id == other.id or one.may_be_compared_with(other)
            for one in _rounds(self.now)
            for other in _rounds(self.was)
        )


def _rounds(rating: Rating | None) -> list[Round]:
    """Return the rounds that a rating rests on; none for no rating."""
    inspections = (rating.inspection, rating.carried_over_from) if rating else ()
    return [inspection.round for inspection in inspections if inspection]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two catalogues.

    ``latest`` has the newest rating of each body on each question, where that is another or is
    told otherwise. ``reordered`` are the names of vocabularies whose order is another.
    """

    inspections: tuple[InspectionChange, ...]
    bodies: tuple[Change[Body], ...]
    latest: tuple[LatestChange, ...]
    sources: tuple[Change[Source], ...]
    rounds: tuple[Change[Round], ...]
    questions: tuple[Change[Question], ...]
    scales: tuple[Change[Scale], ...]
    themes: tuple[Change[Theme], ...]
    glossary: tuple[Change[Term], ...]
    corrections: tuple[Change[Correction], ...]
    reordered: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any(getattr(self, field.name) for field in fields(self))


def changes_between(before: Catalogue, after: Catalogue) -> Changes:
    """Return all that is otherwise in ``after`` than in ``before``, each kind in page order."""
    return Changes(
        inspections=tuple(_inspections(before, after)),
        bodies=_changes(_by_id(before.bodies), _by_id(after.bodies)),
        latest=tuple(_latest(before, after)),
        sources=_changes(_by_url(before.sources), _by_url(after.sources)),
        rounds=_changes(_by_id(before.rounds), _by_id(after.rounds)),
        questions=_changes(_by_id(before.questions), _by_id(after.questions)),
        scales=_changes(_by_id(before.scales), _by_id(after.scales)),
        themes=_changes(_by_id(before.themes), _by_id(after.themes)),
        glossary=_changes(_by_id(before.glossary), _by_id(after.glossary)),
        corrections=_changes(_by_id(before.corrections), _by_id(after.corrections)),
        reordered=tuple(
            name
            for name in ("rounds", "questions", "scales", "glossary")
            if _is_reordered(_by_id(getattr(before, name)), _by_id(getattr(after, name)))
        ),
    )


def _by_id(records: Iterable[Any]) -> dict[Hashable, Any]:
    return {record.id: record for record in records}


def _by_url(sources: Iterable[Source]) -> dict[Hashable, Source]:
    return {source.url: source for source in sources}


def _changes(old: Mapping[Hashable, R], new: Mapping[Hashable, R]) -> tuple[Change[R], ...]:
    """Return the changes of one kind of record: of those in ``new``, then of those gone."""
    found = (Change(old.get(key), now, _differing(old.get(key), now)) for key, now in new.items())
    gone = (Change(was, None) for key, was in old.items() if key not in new)
    return (*(change for change in found if change.was is None or change.fields), *gone)


def _is_reordered(old: Iterable[Hashable], new: Iterable[Hashable]) -> bool:
    """Whether what is in both stands in another order."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    return [key for key in before if key in after] != [key for key in after if key in before]


_NOT_TOLD: Final = frozenset({"path", "body", "inspection"})
"""Fields that say where a record stands, and nothing that a page shows of it."""


def _differing(was: Any, now: Any) -> tuple[str, ...]:
    """Return the names of the fields in which two records of a kind differ."""
    if was is None or now is None:
        return ()
    names = [field.name for field in fields(now) if field.name not in _NOT_TOLD]
    return tuple(each for each in names if _plain(getattr(was, each)) != _plain(getattr(now, each)))


def _plain(value: Any) -> Any:
    """Return a value to compare by: of a record that is told elsewhere, its id alone."""
    if isinstance(value, tuple):  # a tuple of grades is what a scale tells of them
        return tuple(each if isinstance(each, Grade) else _plain(each) for each in value)
    if isinstance(value, Source):
        return value.url
    if isinstance(value, Finding | Claim):  # whose ids are of one report and body
        return value.inspection.id, value.body.id, value.id
    if isinstance(value, Said):  # the name of the speaker is told with body or source
        return value.speaker, _plain(value.source), _plain(value.also_in)
    if not is_dataclass(value):
        return value
    if hasattr(value, "id"):
        return value.id
    return tuple(_plain(getattr(value, field.name)) for field in fields(value))


def _inspections(before: Catalogue, after: Catalogue) -> Iterator[InspectionChange]:
    """Give the changes of inspections: of those in ``after``, newest first, then of those gone."""
    old = {inspection.id: inspection for inspection in before.inspections}
    for now in after.inspections:
        new_parts = after.parts_of(now)
        was = old.pop(now.id, None)
        if was is None:
            yield InspectionChange(None, now, tally=_tally(new_parts))
            continue
        old_parts = before.parts_of(was)
        differing = (*_differing(was, now), *_arrangement(old_parts, new_parts))
        held = _changes(_held(old_parts), _held(new_parts))
        if held or differing:
            yield InspectionChange(was, now, differing, _tally(new_parts), held)
    for was in old.values():
        yield InspectionChange(was, None, tally=_tally(before.parts_of(was)))


def _tally(parts: Iterable[Part]) -> Tally:
    counted = Counter[str]()
    for part in parts:
        counted.update({name: len(getattr(part, name)) for name in _HELD})
        counted["responses"] += part.response is not None
    return Tally(**{name: counted[name] for name in (*_HELD, "responses")})


_HELD: Final = ("ratings", "concerns", "praised", "claims", "replies")
"""The fields of a part, in the order in which they are told."""


def _arrangement(old: Iterable[Part], new: Iterable[Part]) -> Iterator[str]:
    """Give the words for what differs in which bodies stand in an inspection, and in what order."""
    old_bodies, new_bodies = [[part.body.id for part in parts] for parts in (old, new)]
    if set(old_bodies) != set(new_bodies):
        yield "bodies"
    if _is_reordered(old_bodies, new_bodies) or _is_reordered(_held(old), _held(new)):
        yield "order"


def _held(parts: Iterable[Part]) -> dict[Hashable, Held]:
    """Return all that parts of one inspection hold, each by what it is known by.

    A finding that turns from a concern into praised work is the same finding. A reply has no id,
    so one is told from another by who gives it, when and where it was read.
    """
    held: dict[Hashable, Held] = {}
    for part in parts:
        for rating in part.ratings:
            held["rating", part.body.id, rating.question.id] = rating
        for finding in (*part.concerns, *part.praised):
            held["finding", part.body.id, finding.id] = finding
        for claim in part.claims:
            held["claim", part.body.id, claim.id] = claim
        seen = Counter[Hashable]()
        for reply in part.replies:
            key = ("reply", part.body.id, reply.by, reply.date, reply.said.source.url)
            held[*key, seen[key]] = reply
            seen[key] += 1
        if any(known := (part.response, part.response_not_found)):
            held["answer", part.body.id] = Answer(part.body, part.inspection, *known)
    return held


def _latest(before: Catalogue, after: Catalogue) -> Iterator[LatestChange]:
    """Give the changes of the newest rating of each body on each question, by their names."""
    old, new = _newest(before), _newest(after)
    for key in sorted(old | new, key=lambda key: _names((old | new)[key])):
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            yield LatestChange(was, now)
            continue
        moved = ("inspection",) if was.inspection.id != now.inspection.id else ()
        differing = (*moved, *(each for each in _differing(was, now) if each in _SEEN))
        if differing:
            yield LatestChange(was, now, differing)


def _names(rating: Rating) -> tuple[str, ...]:
    return rating.body.name, rating.body.id, rating.question.label, rating.question.id


_SEEN: Final = ("grade", "absence", "published", "carried_over_from", "uncertain")
"""What is told of a rating wherever it stands."""


def _newest(catalogue: Catalogue) -> dict[tuple[str, str], Rating]:
    """Return the newest rating of each body on each question."""
    newest: dict[tuple[str, str], Rating] = {}
    for body in catalogue.bodies:
        for rating in catalogue.ratings_of(body):
            newest.setdefault((body.id, rating.question.id), rating)
    return newest
