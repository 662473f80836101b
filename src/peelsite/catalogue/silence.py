"""How long nobody has published anything about a concern, and what was said before and since."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from peelsite.catalogue.records import Finding
from peelsite.schema import When


@dataclass(frozen=True, slots=True)
class Silence:
    """The last that anyone is known to have published about a finding: when, and who.

    ``since`` is None if the day of the last word is not known.
    """

    since: When | None
    who: str

    def days(self, as_of: datetime.date) -> tuple[int, int] | None:
        """Return as :func:`days_between`, up to ``as_of``."""
        return days_between(self.since, as_of)


def days_between(since: When | None, as_of: datetime.date) -> tuple[int, int] | None:
    """Return how many days lie between ``since`` and ``as_of``, at least and at most.

    The two differ if only the month or year of ``since`` is known. None stands for not known, and
    for a day that is before ``since``.
    """
    if since is None:
        return None
    first, last = since.span
    if first > as_of:
        return None
    return max(0, (as_of - last).days), (as_of - first).days


def silence_of(finding: Finding, repeated_by: dict[Finding, list[Finding]]) -> Silence:
    """Return since when nobody has spoken of a finding.

    The report itself counts, each update whoever speaks in it, and each later report that finds
    the same again, or repeats one that does; ``repeated_by`` has the findings that repeat each.
    """
    words = [Silence(finding.inspection.published, finding.said.who)]
    words += [Silence(update.date, update.said.who) for update in finding.updates]
    words += [silence_of(later, repeated_by) for later in repeated_by.get(finding, ())]
    dated = [word for word in words if word.since]
    # Of two words of one day the one that stands later in the file is the last.
    return max(reversed(dated), key=lambda word: _at(word.since), default=words[0])


def _at(when: When | None) -> datetime.date:
    return when.span[1] if when else datetime.date.min


def chain_of(finding: Finding, repeated_by: dict[Finding, list[Finding]]) -> list[Finding]:
    """Return the findings that say the same as ``finding``, itself among them, oldest first.

    ``repeated_by`` has the findings that repeat each.
    """
    found = {*_before(finding), *_since(finding, repeated_by), finding}
    return sorted(found, key=lambda each: (_at(each.inspection.published), each.body.id, each.id))


def _before(finding: Finding) -> Iterator[Finding]:
    for earlier in finding.repeats:
        yield earlier
        yield from _before(earlier)


def _since(finding: Finding, repeated_by: dict[Finding, list[Finding]]) -> Iterator[Finding]:
    for later in repeated_by.get(finding, ()):
        yield later
        yield from _since(later, repeated_by)
