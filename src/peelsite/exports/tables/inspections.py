"""The tables of inspections and of ratings."""

from __future__ import annotations

from peelsite import schema
from peelsite.catalogue import Catalogue, Inspection, Rating, Said, Source
from peelsite.exports.tables.columns import (
    Column,
    Kind,
    Table,
    address_column,
    id_column,
    ids,
    iso,
    of_field,
    reference,
    references,
    required_word,
    source_columns,
    spoken_columns,
    word,
)
from peelsite.exports.tables.rounds import grade_id
from peelsite.pages import Hosting
from peelsite.schema import Absence, Dating


def inspections(catalogue: Catalogue, hosting: Hosting) -> Table[Inspection]:
    """Return the table of inspections."""
    return Table(
        "inspections",
        "Inspections",
        "The published reports of inspections.",
        (
            id_column("The name of its file and page.", lambda inspection: inspection.id),
            of_field(schema.Inspection, "title", lambda i: i.title, required=True),
            of_field(schema.Inspection, "short", lambda i: i.short, required=True),
            reference("round", "The round.", "rounds", lambda i: i.round.id, required=True),
            of_field(schema.Inspection, "published", lambda i: iso(i.published), Kind.DATE),
            required_word(
                "published_is", "What that date rests on.", lambda i: i.published_is, Dating
            ),
            of_field(schema.Inspection, "fieldwork", lambda i: iso(i.fieldwork), Kind.DATE),
            references(
                "bodies",
                "The bodies of which it says something in our sources.",
                "bodies",
                lambda i: ids(part.body for part in catalogue.parts_of(i)),
            ),
            *source_columns(_sources),
            address_column(hosting, lambda inspection: inspection),
        ),
        catalogue.inspections,
    )


def _sources(inspection: Inspection) -> tuple[Source, ...]:
    return inspection.sources


def rating_id(rating: Rating) -> str:
    """Return the id of a rating: its inspection, "#", its body and question."""
    return f"{rating.inspection.id}#{rating.body.id}-{rating.question.id}"


def ratings(catalogue: Catalogue, hosting: Hosting) -> Table[Rating]:
    """Return the table of ratings: grades, and the reasons why there is none."""
    latest = {
        rating_id(rating)
        for body in catalogue.bodies
        for newest in catalogue.latest_of(body)
        for rating in newest.ratings
    }
    return Table(
        "ratings",
        "Ratings",
        "The grade of a body on a question, or the reason why there is none.",
        (
            id_column("The inspection, the body and the question.", rating_id),
            reference("body", "The body.", "bodies", lambda r: r.body.id, required=True),
            Column(
                "body_name", "The present name of that body.", lambda r: r.body.name, required=True
            ),
            reference(
                "inspection",
                "The inspection that it stands in.",
                "inspections",
                lambda r: r.inspection.id,
                required=True,
            ),
            reference(
                "round",
                "The round of that inspection.",
                "rounds",
                lambda r: r.inspection.round.id,
                required=True,
            ),
            reference(
                "question", "The question.", "questions", lambda r: r.question.id, required=True
            ),
            Column(
                "question_label",
                "The question in a word or two.",
                lambda r: r.question.label,
                required=True,
            ),
            *_grade_columns(),
            Column(
                "published",
                "When this grade was published; empty if not known.",
                lambda r: iso(r.published),
                Kind.DATE,
            ),
            required_word(
                "published_is", "What that date rests on.", lambda r: r.published_is, Dating
            ),
            reference(
                "carried_over_from",
                "The earlier inspection that gave this grade, if it was carried over.",
                "inspections",
                lambda r: r.carried_over_from.id if r.carried_over_from else None,
            ),
            of_field(schema.Rating, "uncertain", lambda r: r.uncertain, Kind.MARKDOWN),
            Column(
                "is_latest",
                "Whether it is the body's latest on this question, in the newest round of its "
                "programme that the body has ratings in.",
                lambda r: rating_id(r) in latest,
                Kind.TRUTH,
                True,
            ),
            of_field(schema.Rating, "note", lambda r: r.note, Kind.MARKDOWN),
            *spoken_columns(_said),
            address_column(hosting, lambda r: f"inspections/{r.inspection.id}#{r.body.id}"),
        ),
        tuple(rating for part in catalogue.parts for rating in part.ratings),
    )


def _grade_columns() -> tuple[Column[Rating], ...]:
    return (
        Column("grade", "The grade, as a word.", _grade, Kind.ID),
        Column(
            "grade_label",
            "The grade as HMICFRS writes it.",
            lambda r: r.grade.label if r.grade else None,
        ),
        reference("grade_id", "The grade on its scale.", "grades", _grade_id),
        word("not_graded", "Why there is no grade, in place of one.", lambda r: r.absence, Absence),
        reference(
            "scale",
            "The scale of the round.",
            "scales",
            lambda r: r.inspection.round.scale.id,
            required=True,
        ),
    )


def _grade(rating: Rating) -> str | None:
    return rating.grade.id if rating.grade else None


def _grade_id(rating: Rating) -> str | None:
    return grade_id(rating.inspection.round.scale, rating.grade) if rating.grade else None


def _said(rating: Rating) -> Said:
    return rating.said
