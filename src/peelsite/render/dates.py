"""Dates and spans of time as English prose has them."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Final

from peelsite.catalogue import days_between
from peelsite.schema import When


def in_words(date: datetime.date | When) -> str:
    """Return a date as English prose has it: "7 December 2022", "December 2022" or "2022"."""
    return _in_words(date.isoformat() if isinstance(date, datetime.date) else date.iso)


@cache
def _in_words(iso: str) -> str:
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


def days_in_words(since: When, as_of: datetime.date) -> str:
    """Return how long ago ``since`` is: "1,447 days", or "1,417 to 1,447 days" for a month.

    It is "" for a day after ``as_of``. ``peelsite.js`` says the same in the browser.
    """
    days = days_between(since, as_of)
    if days is None:
        return ""
    least, most = days
    number = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    return f"{number} {'day' if most == 1 else 'days'}"


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
