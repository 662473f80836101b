"""``peelsite concerns``: the open concerns, and for how long nobody has said anything of each."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import click

from peelsite.catalogue import Catalogue, Finding, Silence, join
from peelsite.checks import check
from peelsite.cli.dates import as_day
from peelsite.load import load
from peelsite.pages import address
from peelsite.problems import count
from peelsite.render import days_in_words, in_words


@dataclass(frozen=True, slots=True)
class Line:
    """An open concern, and the last word on it as of a day."""

    concern: Finding
    silence: Silence
    as_of: date


@click.command()
@click.argument(
    "content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="content",
)
@click.option(
    "--as-of", callback=as_day, help="Count the days to this one: 2026-11-23. Else to today."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv"]),
    default="text",
    help="Print for people, or as CSV for a spreadsheet.",
)
def concerns(content: Path, as_of: date | None, form: str) -> None:
    """List the open concerns in the folder CONTENT, longest without a word first.

    Exits with 1 if CONTENT has problems.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot print a letter shows "?"
    read = load(content)
    if problems := check(read):
        click.echo(
            f"{content.as_posix()} has {count(len(problems), 'problem')}, so its concerns cannot "
            "be told. `peelsite check` names them and must pass first.",
            err=True,
        )
        sys.exit(1)
    lines = list(_lines(join(read), as_of or date.today()))
    click.echo(FORMATS[form](lines), nl=False)


def _lines(catalogue: Catalogue, as_of: date) -> Iterator[Line]:
    for concern in catalogue.open_concerns:
        yield Line(concern, catalogue.silence(concern), as_of)


def as_text(lines: list[Line]) -> str:
    """Return two lines for each concern: for how long nobody spoke, and what it is."""
    if not lines:
        return "No open concern in the sources we hold.\n"
    return "".join(_text(line) for line in lines)


def _text(line: Line) -> str:
    since, concern = line.silence.since, line.concern
    days = (since and days_in_words(since, line.as_of)) or "days not known"
    last = in_words(since) if since else "date not known"
    return (
        f"{days}: {concern.body.short}, {concern.title}\n"
        f"    last word {last}, {line.silence.who}; {concern.status.label}; "
        f"{'#'.join(address(concern))}\n"
    )


def as_csv(lines: list[Line]) -> str:
    """Return a table with a row for each concern.

    Its days differ, at least and at most, where the last word is known to the month or year only,
    and are empty where it is not known or is later than the day that they are counted to.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, lines))
    return text.getvalue()


COLUMNS: Final = (
    *("days_at_least", "days_at_most", "counted_to", "last_word", "last_word_by"),
    *("body", "title", "status", "status_date", "address"),
)


def _row(line: Line) -> tuple[object, ...]:
    concern, since = line.concern, line.silence.since
    return (
        *(line.silence.days(line.as_of) or ("", "")),
        line.as_of.isoformat(),
        since.iso if since else "",
        line.silence.who,
        concern.body.id,
        concern.title,
        concern.status.value,
        concern.last_inspectors.iso if concern.last_inspectors else "",
        "#".join(address(concern)),
    )


FORMATS: Final = {"text": as_text, "csv": as_csv}
