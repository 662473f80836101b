"""The tables of scales and grades, of rounds and what they ask, and of themes."""

from __future__ import annotations

from dataclasses import dataclass

from peelsite import schema
from peelsite.catalogue import Asked, Catalogue, Grade, Question, Round, Scale, Source, Theme
from peelsite.exports.tables.columns import (
    Column,
    Kind,
    Table,
    address_column,
    id_column,
    iso,
    of_field,
    reference,
    references,
    required_word,
    source_columns,
)
from peelsite.pages import Hosting
from peelsite.schema import Wording


def scales(catalogue: Catalogue, hosting: Hosting) -> Table[Scale]:
    """Return the table of scales."""
    return Table(
        "scales",
        "Scales",
        "The scales of grades that rounds use.",
        (
            id_column("The name of the scale.", lambda scale: scale.id),
            of_field(schema.Scale, "label", lambda scale: scale.label, required=True),
            of_field(
                schema.Scale, "summary", lambda scale: scale.summary, Kind.MARKDOWN, required=True
            ),
            *source_columns(_source),
            address_column(hosting, lambda scale: f"grades#{scale.id}"),
        ),
        catalogue.scales,
    )


def grade_id(scale: Scale, grade: Grade) -> str:
    """Return the id of a grade, which many scales may have: its scale and its own name."""
    return f"{scale.id}/{grade.id}"


@dataclass(frozen=True, slots=True)
class Step:
    """A grade as a step of its scale."""

    scale: Scale
    grade: Grade

    def sources(self) -> tuple[Source, ...]:
        """Return where its meaning was read."""
        return (self.scale.source,)


def grades(catalogue: Catalogue, hosting: Hosting) -> Table[Step]:
    """Return the table of the grades of every scale."""
    return Table(
        "grades",
        "Grades",
        "The grades of each scale, best first.",
        (
            id_column("The scale and the grade.", lambda step: grade_id(step.scale, step.grade)),
            reference("scale", "The scale.", "scales", lambda step: step.scale.id, required=True),
            Column(
                "grade",
                "The grade, as ratings have it.",
                lambda step: step.grade.id,
                Kind.ID,
                True,
            ),
            of_field(schema.Grade, "label", lambda step: step.grade.label, required=True),
            of_field(
                schema.Grade, "meaning", lambda s: s.grade.meaning, Kind.MARKDOWN, required=True
            ),
            Column(
                "place",
                "Its place on the scale, 1 for the best. Not a score: steps differ in size.",
                lambda step: step.grade.steps - step.grade.filled + 1,
                Kind.NUMBER,
                True,
            ),
            *source_columns(Step.sources),
            address_column(hosting, lambda step: f"grades#{step.scale.id}-{step.grade.id}"),
        ),
        tuple(Step(scale, grade) for scale in catalogue.scales for grade in scale.grades),
    )


def rounds(catalogue: Catalogue, hosting: Hosting) -> Table[Round]:
    """Return the table of rounds of inspections."""
    return Table(
        "rounds",
        "Rounds",
        "Rounds of inspections, and which of them may be compared.",
        (
            id_column("The name of the round.", lambda round_: round_.id),
            of_field(schema.Round, "label", lambda round_: round_.label, required=True),
            of_field(schema.Round, "programme", lambda round_: round_.programme, required=True),
            of_field(schema.Round, "summary", lambda r: r.summary, Kind.MARKDOWN, required=True),
            of_field(schema.Round, "began", lambda round_: iso(round_.began), Kind.DATE),
            reference(
                "scale", "The scale of its grades.", "scales", lambda r: r.scale.id, required=True
            ),
            references(
                "comparable_with",
                "Rounds it may be compared with.",
                "rounds",
                lambda round_: round_.comparable_with,
            ),
            of_field(
                schema.Round,
                "comparability",
                lambda round_: round_.comparability,
                Kind.MARKDOWN,
                required=True,
            ),
            Column(
                "not_comparable_because",
                "Why not with other rounds of its programme, in one sentence.",
                lambda round_: round_.break_,
            ),
            reference(
                "comparability_source_id",
                "Where that was read.",
                "sources",
                lambda round_: round_.comparability_source.id,
                required=True,
            ),
            *source_columns(_source),
            address_column(hosting, lambda round_: round_),
        ),
        catalogue.rounds,
    )


def questions(catalogue: Catalogue, hosting: Hosting) -> Table[Question]:
    """Return the table of questions."""
    return Table(
        "questions",
        "Questions",
        "What inspectors ask of bodies, in one round or in several.",
        (
            id_column("The name of the question.", lambda question: question.id),
            of_field(schema.Question, "label", lambda q: q.label, required=True),
            of_field(schema.Question, "meaning", lambda q: q.meaning, required=True),
            *source_columns(_source),
            address_column(hosting, lambda question: question),
        ),
        catalogue.questions,
    )


@dataclass(frozen=True, slots=True)
class AskedIn:
    """A question as one round asks it; ``place`` counts the questions of the round from 1."""

    round: Round
    asked: Asked
    place: int

    def sources(self) -> tuple[Source, ...]:
        """Return where it was read that the round asks it."""
        return (self.round.source,)


def asked(catalogue: Catalogue, hosting: Hosting) -> Table[AskedIn]:
    """Return the table of what each round asks."""
    return Table(
        "asked",
        "Questions of rounds",
        "Which questions each round asks, and in what words.",
        (
            id_column(
                "The round and the question.",
                lambda row: f"{row.round.id}/{row.asked.question.id}",
            ),
            reference("round", "The round.", "rounds", lambda row: row.round.id, required=True),
            reference(
                "question",
                "The question.",
                "questions",
                lambda row: row.asked.question.id,
                required=True,
            ),
            Column(
                "place",
                "The place of the question among those of the round, from 1.",
                lambda row: row.place,
                Kind.NUMBER,
                True,
            ),
            of_field(schema.Asked, "wording", lambda row: row.asked.wording, required=True),
            required_word(
                "wording_is",
                "Whether the words are HMICFRS's own.",
                lambda row: row.asked.wording_is,
                Wording,
            ),
            Column(
                "is_graded",
                "Whether the round gives a grade on it.",
                lambda row: not row.asked.ungraded,
                Kind.TRUTH,
                True,
            ),
            *source_columns(AskedIn.sources),
            address_column(hosting, lambda row: row.round),
        ),
        tuple(
            AskedIn(round_, each, place)
            for round_ in catalogue.rounds
            for place, each in enumerate(round_.asked, 1)
        ),
    )


def themes(catalogue: Catalogue, hosting: Hosting) -> Table[Theme]:
    """Return the table of themes."""
    return Table(
        "themes",
        "Themes",
        "What findings are about, across bodies. The themes are ours.",
        (
            id_column("The name of the theme.", lambda theme: theme.id),
            of_field(schema.Theme, "label", lambda theme: theme.label, required=True),
            of_field(schema.Theme, "meaning", lambda theme: theme.meaning, required=True),
            address_column(hosting, lambda theme: theme),
        ),
        catalogue.themes,
    )


def _source(record: Scale | Round | Question) -> tuple[Source, ...]:
    return (record.source,)
