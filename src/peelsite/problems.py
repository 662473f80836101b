"""A problem: where it is, what was written, what is wrong and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one file.

    ``path`` is the file, relative to the folder that holds ``content/``, with forward slashes.
    ``line`` and ``column`` count from 1. ``rule`` is the short name of the rule that was broken.
    ``message`` says what is wrong, ``remedy`` what to do. ``excerpt`` is the line as it stands in
    the file (empty for a file that has none) and ``length`` how much of it is meant.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    remedy: str
    excerpt: str = ""
    length: int = 1

    def __str__(self) -> str:
        """Give the problem as a person should meet it: place, sentence, the line with a caret."""
        lines = [f"{self.path}:{self.line}:{self.column}: {self.message} [{self.rule}]"]
        if self.excerpt.strip():
            number = str(self.line)
            margin = " " * len(number)
            caret = " " * (self.column - 1) + "^" * max(1, self.length)
            lines += [f"  {number} | {self.excerpt}", f"  {margin} | {caret}"]
        lines.append(f"  {self.remedy}")
        return "\n".join(lines)


class ContentError(Exception):
    """The content has problems, so nothing was built.

    ``problems`` holds all of them, sorted. The text of the error is the whole report.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(report(self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems without repeats, by file, line and column."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.rule, p.message)))


def report(problems: Collection[Problem]) -> str:
    """Return the printed form of ``problems``: each with its line, then a count of them."""
    files = len({problem.path for problem in problems})
    total = f"{count(len(problems), 'problem')} in {count(files, 'file')}."
    return "\n\n".join([*map(str, problems), total])


def count(number: int, thing: str, things: str | None = None) -> str:
    """Return ``number`` with its noun, "1 problem" or "2 problems"."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def one_of(allowed: Iterable[str], written: str = "") -> str:
    """Return the sentences that tell what may be written.

    ``allowed`` is every value that would do and ``written`` what stands there; the nearest of
    the allowed values is offered when there is one. A long list is cut, nearest values first.
    """
    values = sorted(allowed)
    if not values:
        return "There is nothing yet that could be written here."
    nearest = difflib.get_close_matches(written.lower(), values, n=1, cutoff=0.6)
    shown = ", ".join(values)
    if len(values) > _SHOWN:
        likely = difflib.get_close_matches(written.lower(), values, n=_SHOWN, cutoff=0.0)
        shown = ", ".join(sorted(likely)) + f" … ({len(values)} in all)"
    sentence = f"Write one of: {shown}." if len(values) > 1 else f"Write: {shown}."
    return f'{sentence} Did you mean "{nearest[0]}"?' if nearest else sentence


_SHOWN = 20
