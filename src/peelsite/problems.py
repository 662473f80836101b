"""A problem: where it is, what was written, what is wrong and what to do about it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from peelsite.characters import REPLACEMENT, shown

_WIDEST: Final = 200
"""Characters of a line that are printed; of a longer one, those around the place that is meant."""

_BEFORE: Final = 80
"""Of these, how many stand before the place."""

_LONGEST: Final = 60
"""Characters of a text that is quoted within a sentence."""

_MOST: Final = 20
"""Allowed values that are listed in full."""

TOLD_AT_ONCE: Final = 1000
"""Problems of one file, or of one rule, that are told; of any more, once these are mended."""


Styling: TypeAlias = Callable[[str, str], str]
"""Gives a text, said to be the "place", an "error", a "warning" or the "rule", its colour."""


def plain(_: str, text: str) -> str:
    """Return ``text`` as it is, for whatever has no colours."""
    return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one file.

    ``path`` is the file, relative to the folder that holds ``content/``, with forward slashes.
    ``line`` and ``column`` count from 1. ``rule`` is the short name of the rule that was broken.
    ``message`` says what is wrong, ``remedy`` what to do. ``excerpt`` is the line as it stands in
    the file, as far as it can be seen (empty for a file that has none), and ``length`` how much of
    it is meant.
    ``is_warning`` says that the content can be used all the same: it stops no build.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    remedy: str
    excerpt: str = ""
    length: int = 1
    is_warning: bool = False

    def __post_init__(self) -> None:
        """Keep what was written, and is quoted, from giving orders to a terminal or new lines."""
        for name in ("path", "message", "remedy"):
            object.__setattr__(self, name, shown(getattr(self, name)).replace("\n", " "))

    def __str__(self) -> str:
        """Give the problem as a person should meet it: place, sentence, the line with a caret."""
        return self.shown(plain)

    def shown(self, style: Styling) -> str:
        """Give the problem as a person should meet it, in colours."""
        kind = "warning" if self.is_warning else "error"
        place = style("place", f"{self.path}:{self.line}:{self.column}:")
        message = f"{style(kind, 'warning:')} {self.message}" if self.is_warning else self.message
        lines = [f"{place} {message} {style('rule', f'[{self.rule}]')}"]
        if self.excerpt.strip():
            number = str(self.line)
            text, before, caret = self.pointed()
            lines.append(f"  {number} | {text}".rstrip())
            lines.append(f"  {' ' * len(number)} | {before}{style(kind, caret)}")
        lines.append(f"  {self.remedy}")
        return without_orders("\n".join(lines))

    def pointed(self) -> tuple[str, str, str]:
        """Return the line, or the part of it around the place, and the blank and caret below it."""
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
        return opening + self.excerpt[start:end] + closing, before, caret


def without_orders(text: str) -> str:
    """Return ``text`` with nothing in it that GitHub's runners obey wherever it is printed."""
    return text.replace("##[", f"#{REPLACEMENT}[")


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

    def __reduce__(self) -> tuple[Any, ...]:
        """Be sent from one process to another with the problems, and not with their text alone."""
        return ContentError, (self.problems,)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems without repeats, by file, line and column; warnings come last."""
    return tuple(sorted(set(problems), key=_order))


def _order(problem: Problem) -> tuple[bool, str, int, int, str, str]:
    place = problem.path, problem.line, problem.column
    return problem.is_warning, *place, problem.rule, problem.message


def report(problems: Collection[Problem], style: Styling = plain) -> str:
    """Return the printed form of ``problems``: each with its line, then a count of them."""
    return "\n\n".join([*(problem.shown(style) for problem in problems), total(problems)])


def total(problems: Collection[Problem]) -> str:
    """Return the sentence that counts the problems, the warnings and their files."""
    warnings = sum(problem.is_warning for problem in problems)
    errors = len(problems) - warnings
    counted = [
        count(number, thing)
        for number, thing in ((errors, "problem"), (warnings, "warning"))
        if number or not problems
    ]
    files = len({problem.path for problem in problems})
    return f"{' and '.join(counted)} in {count(files, 'file')}."


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
