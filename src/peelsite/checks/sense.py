"""The rules that what is written fits together.

A rule that compares values looks only at files of which nothing was left out or stood in for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from peelsite.checks.walk import files_with_sources, items, parts, whole
from peelsite.load import Content
from peelsite.problems import Problem, quoted
from peelsite.schema import (
    UNREAD,
    Citing,
    Concern,
    Source,
    Speaker,
    When,
)


def present_name_first(content: Content) -> Iterator[Problem]:
    """The first of a body's names is the present one, and the only one that is."""
    for body in whole(content, content.bodies.values()):
        for index, name in enumerate(body.names):
            if (name.to == "present") != (index == 0):
                message = "The present name of a body stands first, and it alone has 'to: present'."
                remedy = "Put the present name first and give the others the date of their end."
                yield body.problem(("names", index, "to"), "present-name", message, remedy)


def name_in_date_order(content: Content) -> Iterator[Problem]:
    """A body's name does not end before it begins."""
    for body in whole(content, content.bodies.values()):
        for name in body.names:
            if isinstance(name.to, When) and name.from_ and name.to.is_before(name.from_):
                message = "This name ends before it begins."
                yield name.problem(("to",), "name-dates", message, "Check both dates.")


def source_cited_once(content: Content) -> Iterator[Problem]:
    """A statement names each of its sources once."""
    for file in files_with_sources(content):
        for citing in file.within(Citing):
            seen: set[str] = set()
            for place, key in citing.citations():
                if key in seen and key != UNREAD:
                    message = f"The source {quoted(key)} is named already."
                    yield citing.problem(place, "source-twice", message, "Take it out here.")
                seen.add(key)


def sources_used(content: Content) -> Iterator[Problem]:
    """Every source of a file is cited in it."""
    for file in whole(content, files_with_sources(content)):
        used = {key for citing in file.within(Citing) for _, key in citing.citations()}
        if not used.issubset(file.sources):  # then one that is not cited may have been meant
            continue
        for key in file.sources:
            if key not in used:
                message = f"Nothing in this file cites the source {quoted(key)}."
                remedy = 'Cite it with "source:" or "also-in:", or delete it.'
                yield file.key_problem("sources", key, "unused-source", message, remedy)


def sources_told_alike(content: Content) -> Iterator[Problem]:
    """A source that several files cite is described alike in each of them."""
    cited: dict[str, list[Source]] = defaultdict(list)
    for file in whole(content, files_with_sources(content)):
        for source in file.sources.values():
            cited[source.url].append(source)
    for sources in cited.values():
        for name in ("kind", "publisher", "author", "title", "published"):
            usual, _ = Counter(getattr(source, name) for source in sources).most_common(1)[0]
            other = next(source for source in sources if getattr(source, name) == usual)
            for source in sources:
                if getattr(source, name) != usual:
                    message = f'{other.path} gives another "{name}" for this source.'
                    there = quoted(str(getattr(usual, "iso", usual))) if usual else "nothing"
                    remedy = f"It has {there} there: write the same in both."
                    yield source.problem((name,), "told-unlike", message, remedy)


def read_after_published(content: Content) -> Iterator[Problem]:
    """A source was read on the day it was published or later."""
    for file in whole(content, files_with_sources(content)):
        for source in file.sources.values():
            if source.published and When(source.read.isoformat()).is_before(source.published):
                message = "This source is said to have been read before it was published."
                yield source.problem(("read",), "read-too-early", message, "Check both dates.")


def named_once(content: Content) -> Iterator[Problem]:
    """The ids of findings and claims differ within a body's part of an inspection."""
    for _, part in parts(content):
        seen: set[str] = set()
        for item in items(part):
            if item.id in seen and item.id != UNREAD:
                message = f"{quoted(item.id)} is the id of another finding or claim here."
                remedy = "Give this one another id: ids are addresses, and must differ."
                yield item.problem(("id",), "id-twice", message, remedy)
            seen.add(item.id)


def claimed_by_body(content: Content) -> Iterator[Problem]:
    """A claim or reply is spoken by a body, not by inspectors or the press."""
    for _, part in parts(content):
        for spoken in (*part.claims, *part.replies):
            if spoken.speaker in (Speaker.INSPECTORS, Speaker.PRESS):
                message = f'"{spoken.speaker.value}" cannot speak in a claim or a reply.'
                remedy = (
                    "Write force, unit or policing-body; what inspectors say belongs under "
                    '"praised" or "concerns".'
                )
                yield spoken.problem(("speaker",), "not-a-body", message, remedy)


def updates_in_order(content: Content) -> Iterator[Problem]:
    """The updates of a concern stand oldest first, and none is older than the report."""
    for inspection in whole(content, content.inspections.values()):
        for concern in inspection.within(Concern):
            before = inspection.published or When("0000")
            for index, update in enumerate(concern.updates):
                if update.date.is_before(before):
                    message = f"This update is dated before {before.iso}."
                    remedy = "Check the date; updates stand oldest first, none before the report."
                    place = ("updates", index, "date")
                    yield concern.problem(place, "update-order", message, remedy)
                before = max(before, update.date)
