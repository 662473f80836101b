"""The pages of rounds and of questions: all bodies in one table, and by grade."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from peelsite.catalogue import Asked, Body, Catalogue, Grade, Question, Rating, Round
from peelsite.pages.links import address
from peelsite.pages.modified import modified
from peelsite.pages.page import Page
from peelsite.pages.tables import KINDS, Row, alike_among, by_kind, by_region, number_rated, tables
from peelsite.schema import Absence, BodyKind


@dataclass(frozen=True, slots=True)
class Rated:
    """The bodies of one kind in one round of one question, by grade, in the order of the scale.

    ``missing`` are those of which our sources say nothing.
    """

    kind: BodyKind
    graded: tuple[tuple[Grade, tuple[Rating, ...]], ...]
    ungraded: tuple[tuple[Absence, tuple[Rating, ...]], ...]
    missing: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """One round's asking of a question. ``alike`` are the rounds it may be compared with here."""

    round: Round
    asked: Asked
    kinds: tuple[Rated, ...]
    alike: tuple[Round, ...]


def rounds(catalogue: Catalogue) -> Iterator[Page]:
    """Give the list of rounds and, for each, the grid of all bodies by all questions."""
    of_rounds = tables(catalogue)
    path = f"{catalogue.folder}/rounds.yml"
    yield Page(
        "rounds/index",
        "Rounds",
        "Rounds of inspections",
        "Every round of inspections: what was asked, and what it may be compared with.",
        "pages/rounds.html",
        {
            "rounds": [
                (round_, number_rated(rows), alike_among(round_, of_rounds))
                for round_, rows in of_rounds.items()
            ]
        },
        modified=modified([*catalogue.rounds, *_ratings(chain(*of_rounds.values()))]),
    )
    for round_, rows in of_rounds.items():
        given = {
            "round": round_,
            "alike": alike_among(round_, of_rounds),
            "unrated": _kinds_without_rating(rows),
            "inspections": [each for each in catalogue.inspections if each.round is round_],
        }
        where = address(round_)[0]
        named = {"groups": by_kind(rows), "sorted_by": "name"}
        placed = {"groups": by_region(catalogue, rows), "sorted_by": "region"}
        grid = partial(_grid, path=path, modified=modified([round_, *_ratings(rows)]))
        yield grid(where, round_.label, {**given, **named})
        yield grid(f"{where}/by-region", f"{round_.label}, by region", {**given, **placed})


def _ratings(rows: Iterable[Row]) -> Iterator[Rating]:
    return (rating for row in rows for of_question in row.ratings for rating in of_question)


def _grid(
    where: str, label: str, given: dict[str, Any], path: str, modified: datetime.date | None
) -> Page:
    """Return one of the two pages of a round: by name, or by region."""
    return Page(
        where,
        label,
        label,
        f"Every body and every question of one round in one table: {label}.",
        "pages/round.html",
        given,
        ("rounds/index", "Rounds"),
        path,
        modified=modified,
    )


def questions(catalogue: Catalogue) -> Iterator[Page]:
    """Give the list of questions and a page for each: every body, round by round."""
    above = ("questions/index", "Questions")
    of_rounds = tables(catalogue)
    asked = {
        question: tuple(each for each in of_rounds if question in each.questions)
        for question in catalogue.questions
    }
    yield Page(
        "questions/index",
        "Questions",
        "What inspectors ask",
        "Every question that inspectors asked in the rounds on this site.",
        "pages/questions.html",
        {"questions": list(asked.items())},
        modified=modified(catalogue.questions),
    )
    rated: dict[Question, list[Rating]] = defaultdict(list)
    for part in catalogue.parts:
        for rating in part.ratings:
            rated[rating.question].append(rating)
    for question, in_rounds in asked.items():
        yield Page(
            address(question)[0],
            question.label,
            question.label,
            f"{question.meaning} Every body, round by round, like with like.",
            "pages/question.html",
            {
                "question": question,
                "rounds": [
                    Asking(
                        round_,
                        round_.asks(question),
                        tuple(_by_grade(round_, question, of_rounds[round_])),
                        alike_among(round_, in_rounds),
                    )
                    for round_ in in_rounds
                ],
            },
            above,
            f"{catalogue.folder}/questions.yml",
            modified=modified([question, *in_rounds, *rated[question]]),
        )


def _kinds_without_rating(rows: Iterable[Row]) -> list[BodyKind]:
    """Return the kinds of which no body has a rating."""
    rated = {row.body.kind for row in rows if row.is_rated}
    return [kind for kind in KINDS if kind not in rated]


def _by_grade(round_: Round, question: Question, rows: Iterable[Row]) -> Iterator[Rated]:
    for group in by_kind(rows):
        found = {row.body: row.on(question) for row in group.rows}
        ratings = [rating for of_body in found.values() for rating in of_body]
        graded = [(g, tuple(r for r in ratings if r.grade is g)) for g in round_.scale.grades]
        ungraded = [(a, tuple(r for r in ratings if r.absence is a)) for a in Absence]
        yield Rated(
            group.kind,
            tuple((grade, alike) for grade, alike in graded if alike),
            tuple((absence, alike) for absence, alike in ungraded if alike),
            tuple(body for body, of_body in found.items() if not of_body),
        )
