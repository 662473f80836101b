"""The forms in which ``peelsite check`` tells what it found: text, JSON, GitHub's annotations.

The JSON is one object; names may be added to it, and ``version`` changes when one goes or comes to
mean something else:

``version``            1
``files``              how many files were checked
``errors, warnings``   how many of each are in ``problems``
``problems``           each with ``path`` (from the current folder, with forward slashes), ``line``,
                       ``column`` and ``end_column`` (in characters, from 1; the end is the first
                       column after what is meant), ``severity`` ("error" or "warning"), ``rule``,
                       ``message``, ``remedy`` and ``excerpt`` (the line, or if it is long the part
                       around the place; "" where there is none)
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click

from peelsite.problems import Problem, count, report, total, without_orders

VERSION: Final = 1
"""The version of the JSON."""

MOST_ANNOTATIONS: Final = 10
"""Of errors, and again of warnings: GitHub shows no more for a step."""

MOST_ROWS: Final = 1000
"""Rows in the summary of a step, which GitHub refuses when it is larger than 1 MB."""

COLOURS: Final[dict[str, dict[str, Any]]] = {
    "place": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "rule": {"dim": True},
}


@dataclass(frozen=True)
class Found:
    """What was found: the problems, and after them the warnings, in so many files."""

    problems: Sequence[Problem]
    files: int

    @property
    def warnings(self) -> int:
        """How many of the problems are warnings."""
        return sum(problem.is_warning for problem in self.problems)

    @property
    def errors(self) -> int:
        """How many are not."""
        return len(self.problems) - self.warnings

    @property
    def total(self) -> str:
        """All of it in one sentence."""
        if self.problems:
            return total(self.problems)
        return f"{count(self.files, 'file')} checked, no problem."


def as_text(found: Found, *, in_colour: bool) -> str:
    """Return what people read: each problem with its line and a caret, and then the total."""
    if not found.problems:
        return found.total
    return report(found.problems, _coloured) if in_colour else report(found.problems)


def _coloured(kind: str, text: str) -> str:
    return click.style(text, **COLOURS[kind])


def colours_wanted() -> bool:
    """Whether to write in colours: on a terminal, unless NO_COLOR (https://no-color.org) is set."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not is_plain


def as_json(found: Found) -> str:
    """Return what programs read, as the text at the top of this module describes it."""
    problems = [
        {
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "end_column": problem.column + problem.length,
            "severity": _severity(problem),
            "rule": problem.rule,
            "message": problem.message,
            "remedy": problem.remedy,
            "excerpt": problem.pointed()[0],
        }
        for problem in found.problems
    ]
    told = {"version": VERSION, "files": found.files}
    counts = {"errors": found.errors, "warnings": found.warnings}
    printed = json.dumps({**told, **counts, "problems": problems}, indent=2)
    return printed.replace("##[", "##\\u005b")  # an order to GitHub's runners, wherever it stands


def as_github(found: Found, summary: Path | None) -> str:
    """Return commands that put each problem on its line of a pull request.

    What is beyond GitHub's limit goes into the file ``summary``, if there is one.
    """
    shown = [problem for kind in (False, True) for problem in _of_kind(found, kind)]
    left = [problem for problem in found.problems if problem not in shown]
    parts = [*map(_annotation, shown)]
    if left and summary:
        with summary.open("a", encoding="utf-8") as file:
            file.write("\n".join(_table(left)) + "\n\n")
        parts.append(f"{len(left)} more are in the summary of this step.")
    elif left:
        parts.append("\n".join(["", *(f"{problem}\n" for problem in left)]))
    return without_orders("\n".join([*parts, found.total]))


def _of_kind(found: Found, is_warning: bool) -> list[Problem]:
    alike = [problem for problem in found.problems if problem.is_warning == is_warning]
    return alike[:MOST_ANNOTATIONS]


def _annotation(problem: Problem) -> str:
    """Return GitHub's command for one problem."""
    properties = {
        "file": problem.path,
        "line": problem.line,
        "col": problem.column,
        "endColumn": problem.column + problem.length,
        "title": problem.rule,
    }
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    sentences = _data(f"{problem.message}\n{problem.remedy}")
    return f"::{_severity(problem)} {told}::{sentences}"


def _data(text: str) -> str:
    """Return ``text`` as it may stand in one of GitHub's commands."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _table(problems: Collection[Problem]) -> Iterator[str]:
    """Give the lines of a table in Markdown."""
    yield "| Place | | What is wrong | What to do |"
    yield "| --- | --- | --- | --- |"
    for problem in list(problems)[:MOST_ROWS]:
        place = f"{problem.path}:{problem.line}:{problem.column}"
        cells = (place, _severity(problem), problem.message, problem.remedy)
        yield f"| {' | '.join(map(_cell, cells))} |"
    if len(problems) > MOST_ROWS:
        yield f"\n… and {len(problems) - MOST_ROWS} more."


def _cell(text: str) -> str:
    """Return ``text`` so that nothing in it is Markdown."""
    return re.sub(r"([\\`*_\[\]|~#@])", r"\\\1", html.escape(" ".join(text.split()), quote=False))


def _severity(problem: Problem) -> str:
    return "warning" if problem.is_warning else "error"


def from_here(problems: Iterable[Problem], content: Path) -> list[Problem]:
    """Return the problems with paths from the current folder, for programs to find the files.

    As people read them they begin with the name of the folder ``content`` alone.
    """
    try:
        above = Path(os.path.relpath(content / os.pardir)).as_posix()
    except ValueError:  # on Windows, another drive
        above = content.parent.as_posix()
    before = "" if above == "." else f"{above}/"
    return [replace(problem, path=f"{before}{problem.path}") for problem in problems]
