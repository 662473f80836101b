"""A problem: where it is, what was written, what is wrong and what to do about it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

_WIDEST: Final = 200
"""Characters of a line that are printed; of a longer one, those around the place that is meant."""

_BEFORE: Final = 80
"""Of these, how many stand before the place."""

_LONGEST: Final = 60
"""Characters of a text that is quoted within a sentence."""

_MOST: Final = 20
"""Allowed values that are listed in full."""


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
            text, caret = self._pointed()
            lines += [f"  {number} | {text}".rstrip(), f"  {' ' * len(number)} | {caret}"]
        lines.append(f"  {self.remedy}")
        return "\n".join(lines)

    def _pointed(self) -> tuple[str, str]:
        """Return the line, or the part of it around the place, and a caret to stand below it."""
        at, start, end = self.column - 1, 0, len(self.excerpt)
        if end > _WIDEST:
            start = max(0, at - _BEFORE)
            end = start + _WIDEST
        opening = "…" if start else ""
        closing = "…" if end < len(self.excerpt) else ""
        before = "".join(map(_blank, opening + self.excerpt[start:at]))
        length = max(1, min(self.length, end - at))
        meant = self.excerpt[at : at + length]
        caret = "^" * max(1, sum(map(len, map(_blank, meant))))
        return opening + self.excerpt[start:end] + closing, before + caret


def _blank(character: str) -> str:
    """Return white space as wide as ``character`` is on a screen."""
    if character == "\t":
        return character
    return "  " if unicodedata.east_asian_width(character) in "WF" else " "


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


def quoted(text: str) -> str:
    """Return what somebody wrote in quotation marks, cut if it is too long for a sentence."""
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST].rstrip()} …"'


def nearest(written: str, allowed: Iterable[str]) -> str | None:
    """Return the one of the ``allowed`` values that ``written`` is most like, if any is."""
    likely = difflib.get_close_matches(written[:_LONGEST].lower(), allowed, n=1, cutoff=0.6)
    return likely[0] if likely else None


def one_of(allowed: Iterable[str], written: str = "") -> str:
    """Return the sentences that tell what may be written.

    ``allowed`` is every value that would do (one at least) and ``written`` what stands there; the
    nearest of the allowed values is offered when there is one. Of a long list, those that are
    most like ``written`` are shown.
    """
    values = sorted(allowed)
    shown = ", ".join(values)
    if len(values) > _MOST:
        like = difflib.get_close_matches(written[:_LONGEST].lower(), values, n=_MOST, cutoff=0.0)
        shown = ", ".join(sorted(like)) + f" … ({len(values)} in all)"
    if len(values) == 1:
        return f"Write: {shown}."
    meant = nearest(written, values)
    return f"Write one of: {shown}." + (f' Did you mean "{meant}"?' if meant else "")
