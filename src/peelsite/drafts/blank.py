"""The text of an inspection of which nothing is known yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from peelsite.schema import TO_FILL_IN


def blank(rounds: Iterable[str]) -> str:
    """Return the text in which somebody may write an inspection of one of the ``rounds`` (ids)."""
    return BLANK.format(fill=TO_FILL_IN, rounds=" ".join(rounds))


BLANK: Final = """\
# Name this file YYYY-MM-DD-name.yml: the date of the report, then the body or the subject.
# Write something for every {fill}; the pull request then lists what is left, with what it means.
# A finished file to look at: 2022-12-07-north-east-soc.yml

title: {fill}  # of the report, exactly
short: {fill}  # such as: Durham, PEEL 2021/22
round: {fill}  # one of: {rounds}
published: {fill}  # 2022-12-07, or 2022-12, or 2022, or not-known
fieldwork: not-known  # when the inspectors were there

sources:
  report:
    kind: primary  # HMICFRS; or: body, official, press
    publisher: HMICFRS
    title: {fill}
    url: {fill}
    published: {fill}
    read: {fill}  # the day on which you read it
    seen: {fill}  # how much of it: all of it, the summary only

bodies:
  {fill}:  # an id: the name of a file in content/bodies without .yml, such as durham
    ratings:
      - {{question: {fill}, grade: {fill}, source: report}}  # ids in questions.yml and scales.yml
    # Delete what you do not need.
    praised:
      - id: {fill}  # a short permanent name, such as courier-fraud
        title: {fill}
        summary: {fill}  # in your own words
        label: not-stated
        source: report
    concerns:
      - id: {fill}
        title: {fill}
        summary: {fill}
        label: not-stated  # or: cause-of-concern, area-for-improvement, recommendation
        source: report
"""
"""A new inspection with comments in few words, since all of it stands in an address."""
