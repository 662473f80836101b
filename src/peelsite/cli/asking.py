"""Answers that a draft needs: from flags, or by asking until they can be taken."""

from __future__ import annotations

import re
import shlex
import textwrap
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import click

from peelsite.checks.names import Known
from peelsite.drafts import wrong_with_value
from peelsite.problems import one_of
from peelsite.schema import id_form

Read = TypeVar("Read")
Word = TypeVar("Word", bound=str)

WIDTH: Final = 100
"""Columns that the ids on offer keep to."""

LONGEST_ID: Final = 60
"""Characters of an id that is made from a title."""


class Wrong(ValueError):  # noqa: N818 - an answer is wrong, nothing failed
    """An answer cannot be taken; the text says why, and what may be answered."""


@dataclass
class Asking:
    """Gets what a draft needs: from a flag, or by asking until the answer can be taken."""

    command: str
    asks: bool
    given: dict[str, str | None]
    answers: dict[str, list[str]] = field(default_factory=dict)

    def need(self, *names: str) -> None:
        """Refuse to go on if nobody can be asked and one of the flags is not there."""
        missing = [f"--{name}" for name in names if self.given.get(name) is None]
        if missing and not self.asks:
            told = f"Missing: {', '.join(missing)}."
            raise click.UsageError(
                f"{told} Say it by flags, or use this in a terminal or with --ask."
            )

    def get(
        self,
        name: str,
        question: str,
        read: Callable[[str], Read],
        *,
        offered: str | None = None,
        choices: Collection[str] = (),
    ) -> Read:
        """Return what the flag ``name`` says, or what is answered to ``question``."""
        typed = self.given.get(name)
        if choices and self.asks and typed is None:
            click.echo(_wrapped(choices))
        while True:
            if typed is None:
                typed = offered if not self.asks else _prompt(question, offered)
            if typed is None:
                self.need(name)
            try:
                found = read(str(typed).strip())
            except Wrong as wrong:
                if not self.asks:
                    raise click.UsageError(f"--{name}: {wrong}") from None
                click.echo(f"  {wrong}")
                typed = None
            else:
                each = found if isinstance(found, tuple) else (found,)
                self.answers[name] = [str(one) for one in each]
                return found

    def again(self) -> str:
        """Return the command that gives the same answers."""
        flags = [
            part
            for name in self.answers
            for each in self.answers[name]
            for part in (f"--{name}", each)
        ]
        return f"peelsite new {self.command} {shlex.join(flags)}"


def _prompt(question: str, offered: str | None) -> str:
    return str(click.prompt(question, default=offered, show_default=bool(offered)))


def _wrapped(words: Iterable[str]) -> str:
    return textwrap.fill(
        ", ".join(words),
        WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def fit(shape: Any, name: str) -> Callable[[str], str]:
    """Return what takes any answer that the field ``name`` of ``shape`` can hold."""

    def read(typed: str) -> str:
        if wrong := wrong_with_value(shape, name, typed):
            raise Wrong(wrong)
        return typed

    return read


def known(thing: str, ids: Collection[str], adding: str = "") -> Callable[[str], str]:
    """Return what takes one of the ``ids``."""
    there = Known(thing, ids, adding)

    def read(typed: str) -> str:
        if typed not in there:
            raise Wrong(" ".join(there.words(typed)))
        return typed

    return read


def several(one: Callable[[str], str], least: int = 0) -> Callable[[str], tuple[str, ...]]:
    """Return what takes several answers, with spaces or commas between them."""

    def read(typed: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(one(each) for each in re.split(r"[\s,]+", typed) if each))
        if len(found) < least:
            raise Wrong("Name one at least.")
        return found

    return read


def word(terms: Iterable[Word]) -> Callable[[str], Word]:
    """Return what takes one of a few words."""
    words = {str(each): each for each in terms}

    def read(typed: str) -> Word:
        if typed not in words:
            raise Wrong(one_of(words, typed))
        return words[typed]

    return read


def slug(text: str) -> str | None:
    """Return an id made of the letters of ``text`` that have a place in one; None if none has."""
    plain = unicodedata.normalize("NFKD", text)
    made = id_form("".join(each for each in plain if not unicodedata.combining(each)))
    if len(made) > LONGEST_ID:
        made = made[: LONGEST_ID + 1].rpartition("-")[0] or made[:LONGEST_ID]
    return made or None
