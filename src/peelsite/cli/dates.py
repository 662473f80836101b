"""The dates that people write, where they have one meaning only."""

from __future__ import annotations

import datetime
import re
from typing import Final

import click

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)

_YEAR: Final = r"(?P<year>[0-9]{4})"
_WORD: Final = r"(?P<word>[a-z]{3,9})\.?"
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>[0-9]{{1,2}})((?P=sign){_DAY})?",  # 2022/12/7
        rf"{_DAY}(st|nd|rd|th)?[ -]{_WORD}[ -]{_YEAR}",  # 7 December 2022, 7th Dec 2022
        rf"({_WORD} {_DAY}(st|nd|rd|th)?, ?|{_WORD.replace('word', 'alone')} ){_YEAR}",
        rf"(?P<one>[0-9]{{1,2}})(?P<sign>[-/.])(?P<two>[0-9]{{1,2}})(?P=sign){_YEAR}",
    )
)


def date_meant(written: str) -> str:
    """Return a date in the form that is used here; "" if it can be read in two ways, or none.

    7/12/2022 is the 7th of December to some and the 12th of July to others; 17/12/2022 is not.
    """
    for form in _FORMS:
        found = form.fullmatch(written.strip().lower())
        if found:
            return _iso(found.groupdict())
    return ""


def as_day(
    _context: click.Context, _option: click.Parameter, written: str | None
) -> datetime.date | None:
    """Return the day that an option is given, in the one form that the content has too.

    Raises click.BadParameter, with what to write, if it is none.
    """
    if written is None:
        return None
    try:
        day = datetime.date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or written != day.isoformat():
        meant = day.isoformat() if day else date_meant(written)
        example = meant if meant.count("-") == len("md") else "2026-11-23"
        raise click.BadParameter(f"{written!r} is no day. Write year-month-day: {example}.")
    return day


def _iso(parts: dict[str, str | None]) -> str:
    month, day = _number(parts.get("month")), _number(parts.get("day"))
    if word := parts.get("word") or parts.get("alone"):
        month = next((at for at, name in enumerate(_MONTHS, 1) if _is_short(word, name)), 0)
    if parts.get("one"):
        small, large = sorted((_number(parts["one"]), _number(parts["two"])))
        if small != large and large <= len(_MONTHS):
            return ""
        month, day = small, large
    try:
        date = datetime.date(_number(parts["year"]), month, day or 1)
    except ValueError:
        return ""
    return date.isoformat() if day else date.isoformat()[:7]


def _is_short(word: str, month: str) -> bool:
    """Whether ``word`` is a month, or how it is shortened."""
    return word in (month, month[:3]) or (word, month) == ("sept", "september")


def _number(digits: str | None) -> int:
    return int(digits or 0)
