"""What is likely to be a slip, or should be told to the reader, and may be meant all the same.

A rule that compares values looks only at files of which nothing was left out or stood in for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from peelsite.checks.walk import dated_updates, ratings, whole, within
from peelsite.load import Content, ReadFile
from peelsite.problems import Problem, quoted
from peelsite.schema import Concern, Inspection, Record, Source, SourceKind

LONGEST_SUMMARY: Final = 120
"""Words. The longest summary when this was chosen, of a round of PEEL, had 112."""

_WORDS: Final = (
    *("paedophile hunters?", "slam(med|s)?", "blast(ed|s)?", "damning", "shock(ing|ed)?"),
    *(r"scandal\w*", "fury", "furious", r"outrage\w*", "chaos", "crisis", r"shambl\w+"),
    *(r"disgrace\w*", "shameful", "bombshell", "exposed", "revealed", "failing", "hails?"),
    *("hailed", "praises? heaped", "top cops?", "cops?", "crackdown", "blitz", "thugs?", "yobs?"),
)

HEADLINE_WORDS: Final = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
"""Words that judge or excite, which belong to headlines and not to what we say ourselves."""

_LETTERS: Final = tuple(found[0] for word in _WORDS if (found := re.match(r"[a-z ]+(?!\?)", word)))
"""Letters of these words; where there are none of them, none of the words need be looked for."""


def press_only(content: Content) -> Iterator[Problem]:
    """A grade that was read in the press only says so."""
    for rated in ratings(content):
        rating, sources = rated.rating, rated.inspection.sources
        if rating.grade is None or rating.uncertain or rating.note:
            continue
        cited = [sources.get(key) for key in rating.cited]
        if all(source is not None and source.kind is SourceKind.PRESS for source in cited):
            message = "This grade was read in the press only, and nothing is said of that."
            remedy = (
                'Look for the report and cite it. If it cannot be had, say under "uncertain" that '
                "only the press gives this grade."
            )
            yield rating.problem(("source",), "press-only", message, remedy)


def summary_short(content: Content) -> Iterator[Problem]:
    """A summary is not very long."""
    for file in content.files.values():
        for record, _, summary in _texts(file, "summary"):
            if len(summary) < 2 * LONGEST_SUMMARY:  # too short for so many words
                continue
            words = len(summary.split())
            if words > LONGEST_SUMMARY:
                message = f"This summary has {words} words."
                remedy = (
                    f"Keep it to {LONGEST_SUMMARY}: readers want the main points, and can find the "
                    "rest in the source."
                )
                yield record.problem(("summary",), "long-summary", message, remedy)


def updated_after_report(content: Content) -> Iterator[Problem]:
    """An update of a concern is not older than the report."""
    for inspection in whole(content, content.inspections.values()):
        report = inspection.published
        for concern in within(content, inspection, Concern):
            for index, (update, before) in enumerate(dated_updates(concern)):
                is_out_of_order = before and update.date.is_before(before)  # told already
                if report and update.date.is_before(report) and not is_out_of_order:
                    message = f"This update is older than the report, which is of {report.iso}."
                    remedy = "Check the date, and whether this was said about this concern."
                    place = ("updates", index, "date")
                    yield concern.problem(place, "early-update", message, remedy)


def words_sober(content: Content) -> Iterator[Problem]:
    """A title or summary of ours has no words of headlines."""
    for file in content.files.values():
        ours = [each for name in ("title", "summary") for each in _texts(file, name)]
        plain = "\n".join(text for *_, text in ours).casefold()  # as re.IGNORECASE does
        if not any(each in plain for each in _LETTERS):
            continue
        for record, name, text in ours:
            found = HEADLINE_WORDS.search(text)
            if found and not isinstance(record, Source | Inspection):  # their titles are others'
                message = f"{quoted(found[0])} is a word for headlines."
                remedy = 'Say soberly what was found; words of others belong under "quotes".'
                yield record.problem((name,), "headline-word", message, remedy)


def _texts(file: ReadFile, name: str) -> Iterator[tuple[Record, str, str]]:
    """Give every record of a file with a text in the field ``name``, the name, and that text."""
    for kind, records in file.records.items():
        if name in kind.__pydantic_fields__:  # model_fields is looked for anew at each call
            yield from ((each, name, text) for each in records if (text := getattr(each, name)))
