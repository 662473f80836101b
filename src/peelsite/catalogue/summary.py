"""How much is known, and of whom nothing is: counts over everything, and what each round lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from peelsite.catalogue.bodies import Body
from peelsite.catalogue.catalogue import Catalogue, evidence_of
from peelsite.catalogue.records import Rating
from peelsite.catalogue.vocabulary import Question, Round
from peelsite.schema import Absence, BodyKind, Evidence, SourceKind


@dataclass(frozen=True, slots=True)
class Rated:
    """How many bodies of one kind have a rating in a round, and of how many."""

    kind: BodyKind
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Partly:
    """Bodies that have ratings in a round, but none on these questions, which the round grades."""

    bodies: tuple[Body, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who has ratings in a round. ``missing`` have none at all, of the kinds that it rates."""

    round: Round
    rated: tuple[Rated, ...]
    missing: tuple[Body, ...]
    partly: tuple[Partly, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is of everything.

    A grade that was carried over is among ``carried_over`` and not among ``graded``, because it
    is counted where it was first given.
    """

    bodies: dict[BodyKind, int]
    rounds: int
    inspections: int
    graded: int
    carried_over: int
    not_graded: dict[Absence, int]
    concerns: int
    praised: int
    claims: int
    replies: int
    sources: dict[SourceKind, int]
    statements: dict[Evidence, int]
    coverage: tuple[Coverage, ...]


def summary_of(catalogue: Catalogue) -> Summary:
    """Return the counts of everything in the catalogue, and what each of its rounds lacks."""
    parts = catalogue.parts
    ratings = [rating for part in parts for rating in part.ratings]
    grades = [rating for rating in ratings if rating.grade]
    carried_over = [rating for rating in grades if rating.carried_over_from]
    absences = Counter(rating.absence for rating in ratings)
    kinds = Counter(source.kind for source in catalogue.sources)
    return Summary(
        bodies={kind: len(catalogue.of_kind(kind)) for kind in BodyKind},
        rounds=len(catalogue.rounds),
        inspections=len(catalogue.inspections),
        graded=len(grades) - len(carried_over),
        carried_over=len(carried_over),
        not_graded={absence: absences[absence] for absence in Absence if absences[absence]},
        concerns=len(catalogue.concerns),
        praised=len(catalogue.praised),
        claims=sum(len(part.claims) for part in parts),
        replies=sum(len(part.replies) for part in parts),
        sources={kind: kinds[kind] for kind in SourceKind if kinds[kind]},
        statements=evidence_of(parts),
        coverage=tuple(_coverage(catalogue, round_) for round_ in catalogue.rounds),
    )


def _coverage(catalogue: Catalogue, round_: Round) -> Coverage:
    answered: dict[Body, set[Question]] = defaultdict(set)
    for part in catalogue.parts:
        if part.inspection.round is round_:
            answered[part.body].update(r.question for r in part.ratings if _is_known(r))
    rated = [body for body in catalogue.bodies if answered.get(body)]
    kinds = [kind for kind in BodyKind if any(body.kind is kind for body in rated)]
    return Coverage(
        round_,
        rated=tuple(
            Rated(kind, sum(body.kind is kind for body in rated), len(catalogue.of_kind(kind)))
            for kind in kinds
        ),
        missing=tuple(
            body for kind in kinds for body in catalogue.of_kind(kind) if body not in rated
        ),
        partly=_partly(round_, {body: answered[body] for body in rated}),
    )


def _is_known(rating: Rating) -> bool:
    """Whether our sources say how the body was rated, be it without a grade."""
    return rating.absence is not Absence.NOT_IN_SOURCES


def _partly(round_: Round, answered: dict[Body, set[Question]]) -> tuple[Partly, ...]:
    """Return the bodies that lack answers, those that lack the same ones together."""
    graded = [asked.question for asked in round_.asked if not asked.ungraded]
    together: dict[tuple[Question, ...], list[Body]] = defaultdict(list)
    for body, found in answered.items():
        if lacking := tuple(question for question in graded if question not in found):
            together[lacking].append(body)
    return tuple(Partly(tuple(bodies), lacking) for lacking, bodies in together.items())
