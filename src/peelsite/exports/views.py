"""The views of the SQLite file: the questions that people ask of the tables, in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class View:
    """A question that can be asked by name: ``meaning`` says what its rows are, and their order."""

    name: str
    meaning: str
    query: str


_LAST_DAY: Final = """\
CASE length("last_word")
    WHEN 4 THEN "last_word" || '-12-31'
    WHEN 7 THEN date("last_word" || '-01', '+1 month', '-1 day')
    ELSE "last_word"
  END"""
"""Where a last word stands among others whose day is known, as the pages have it."""

VIEWS: Final = (
    View(
        "open_concerns",
        "Concerns that inspectors have not closed or replaced, by body, the one that nobody has "
        "spoken of for the longest time first.",
        f"""\
SELECT
  "body", "body_name" AS "name", "title", "date" AS "since", "label", "status", "status_date",
  "body_status" AS "body_says", "body_status_date" AS "body_said_on",
  "body_status_by" AS "body_said_by", "last_word", "last_word_by",
  (SELECT group_concat("body", '; ') FROM "finding_also_about" WHERE "finding" = "findings"."id")
    AS "also_about",
  "evidence", "source", "address", "id"
FROM "findings"
WHERE "is_open"
ORDER BY "body_name", "last_word" IS NULL, {_LAST_DAY}, "findings".rowid""",  # noqa: S608
    ),
    View(
        "praised_work",
        "What inspectors praised, by body, the newest first.",
        """\
SELECT
  "body", "body_name" AS "name", "title", "date", "label", "summary",
  (SELECT group_concat("body", '; ') FROM "finding_also_about" WHERE "finding" = "findings"."id")
    AS "also_about",
  "evidence", "source", "address", "id"
FROM "findings"
WHERE "kind" = 'praised'
ORDER BY "body_name", "findings".rowid""",
    ),
    View(
        "latest_ratings",
        "The grade of each body on each question in the newest round of each programme that it has "
        "ratings in, or why there is none.",
        """\
SELECT
  "ratings"."body", "body_name" AS "name", "rounds"."programme", "ratings"."round",
  "ratings"."question", "question_label", "asked"."wording" AS "asked_as",
  "grade_label" AS "grade", "not_graded", "ratings"."published", "published_is",
  "carried_over_from", "uncertain", "ratings"."evidence", "ratings"."source", "ratings"."address",
  "ratings"."id"
FROM "ratings"
JOIN "rounds" ON "rounds"."id" = "ratings"."round"
JOIN "asked" ON "asked"."round" = "ratings"."round"
  AND "asked"."question" = "ratings"."question"
WHERE "is_latest"
ORDER BY "body_name", "rounds"."programme", "ratings"."round", "asked"."place\"""",
    ),
    View(
        "rating_history",
        "Every grade of each body on each question, the oldest first; without date, last. Grades "
        "of two rounds may be compared only if the table round_comparable_with says so.",
        """\
SELECT
  "body", "body_name" AS "name", "question", "question_label", "published", "published_is",
  "round", "scale", "grade_label" AS "grade", "not_graded", "carried_over_from", "uncertain",
  "evidence", "source", "address", "id"
FROM "ratings"
ORDER BY "body_name", "question", "published" IS NULL, "published", "ratings".rowid DESC""",
    ),
    View(
        "response_clocks",
        "Until when a local policing body's comments on a report were due by law, and what we "
        "found of them; reports from before that duty left out. The latest due first.",
        """\
SELECT
  "bodies"."name", "responses"."policing_body", "inspections"."title" AS "report",
  "inspections"."published" AS "report_published", "due", "is_due_uncertain", "state",
  "responses"."published", "looked",
  "responses"."evidence", "responses"."source", "responses"."address", "responses"."id"
FROM "responses"
JOIN "bodies" ON "bodies"."id" = "responses"."body"
JOIN "inspections" ON "inspections"."id" = "responses"."inspection"
WHERE "state" <> 'no-duty'
ORDER BY "due" IS NULL, "due" DESC, "bodies"."name\"""",
    ),
    View(
        "evidence_by_body",
        "How many ratings, findings, updates and replies of each body we read in the report, "
        "elsewhere, or in the press only.",
        """\
WITH "statements" ("body", "evidence") AS (
  SELECT "body", "evidence" FROM "ratings"
  UNION ALL SELECT "body", "evidence" FROM "findings"
  UNION ALL SELECT "body", "evidence" FROM "updates"
  UNION ALL SELECT "body", "evidence" FROM "replies"
)
SELECT
  "bodies"."id" AS "body", "bodies"."name",
  count(*) AS "statements",
  sum("statements"."evidence" = 'report') AS "read_in_report",
  sum("statements"."evidence" = 'elsewhere') AS "read_elsewhere",
  sum("statements"."evidence" = 'press') AS "press_only"
FROM "statements" JOIN "bodies" ON "bodies"."id" = "statements"."body"
GROUP BY "bodies"."id"
ORDER BY "bodies"."name\"""",
    ),
    View(
        "findings_by_theme",
        "How many concerns, pieces of praised work and claims there are about each theme. Our "
        "sources are not complete, so the numbers are not those of inspectors.",
        """\
SELECT
  "themes"."id" AS "theme", "themes"."label",
  sum("kind" IS 'concern') AS "concerns",
  sum("kind" IS 'praised') AS "praised",
  sum("kind" IS 'claim') AS "claims"
FROM "themes"
LEFT JOIN "finding_themes" ON "finding_themes"."theme" = "themes"."id"
LEFT JOIN "findings" ON "findings"."id" = "finding_themes"."finding"
GROUP BY "themes"."id"
ORDER BY "themes"."label\"""",
    ),
)
