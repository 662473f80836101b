"""The rules that what is written fits together.

A rule that compares values looks only at files of which nothing was left out or stood in for.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator

from peelsite.checks.walk import (
    dated_updates,
    files_with_sources,
    items,
    namespaces,
    parts,
    whole,
    within,
)
from peelsite.load import Content
from peelsite.problems import Problem, quoted
from peelsite.schema import (
    UNREAD,
    Asked,
    Citing,
    Claim,
    Concern,
    Finding,
    Inspection,
    Looked,
    Quote,
    Rating,
    Record,
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
        for citing in within(content, file, Citing):
            cited = citing.cited
            if len(cited) == 1 or len(cited) == len(set(cited)):
                continue
            seen: set[str] = set()
            for place, key in citing.citations():
                if key in seen and key != UNREAD:
                    message = f"The source {quoted(key)} is named already."
                    yield citing.problem(place, "source-twice", message, "Take it out here.")
                seen.add(key)


def sources_used(content: Content) -> Iterator[Problem]:
    """Every source of a file is cited in it."""
    for file in whole(content, files_with_sources(content)):
        used = content.files[file.path].cited
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
        if len(sources) == 1:
            continue
        for name in ("kind", "publisher", "author", "title", "published"):
            told = Counter(getattr(source, name) for source in sources)
            if len(told) == 1:
                continue
            usual, _ = told.most_common(1)[0]
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


def read_already(content: Content) -> Iterator[Problem]:
    """Nothing was read, looked for or corrected in the future, wherever on earth today is."""
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    for record, name, day in _days(content):
        if day > tomorrow:
            message = "This is said to have been done on a day that is still to come."
            yield record.problem((name,), "read-in-future", message, "Check the year.")


def _days(content: Content) -> Iterator[tuple[Record, str, datetime.date]]:
    """Give each day on which somebody is said to have worked on the content."""
    for file in whole(content, files_with_sources(content)):
        yield from ((source, "read", source.read) for source in file.sources.values())
        yield from ((each, "looked", each.looked) for each in within(content, file, Looked))
        for quote in within(content, file, Quote):
            if quote.checked:
                yield quote, "checked", quote.checked
    yield from ((each, "date", each.date) for each in content.corrections.values())


def published_when_read(content: Content) -> Iterator[Problem]:
    """An inspection was published when its sources were read, and inspectors were there before."""
    for inspection in whole(content, content.inspections.values()):
        published = inspection.published
        reads = [source.read for source in inspection.sources.values()]
        if published and reads and When(max(reads).isoformat()).is_before(published):
            message = "This is after the day on which any of its sources was read."
            yield inspection.problem(
                ("published",), "published-late", message, "Check the dates of both."
            )
        if published and inspection.fieldwork and published.is_before(inspection.fieldwork):
            message = "This is after the report was published."
            yield inspection.problem(("fieldwork",), "fieldwork-late", message, "Check both dates.")


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
    """The updates of a concern stand oldest first."""
    for inspection in whole(content, content.inspections.values()):
        for concern in within(content, inspection, Concern):
            for index, (update, before) in enumerate(dated_updates(concern)):
                if before and update.date.is_before(before):
                    message = f"This update is dated before {before.iso}, and stands after that."
                    remedy = "Check the date; updates stand oldest first."
                    place = ("updates", index, "date")
                    yield concern.problem(place, "update-order", message, remedy)


def dating_has_date(content: Content) -> Iterator[Problem]:
    """What a date rests on is told only where there is a date."""
    for inspection in whole(content, content.inspections.values()):
        dated: list[Inspection | Rating] = [inspection, *within(content, inspection, Rating)]
        for each in dated:
            if each.published is None and "published_is" in each.model_fields_set:
                message = '"published-is" tells what a date rests on, and there is no date here.'
                remedy = 'Give the date under "published", or take this out.'
                yield each.problem(("published-is",), "no-date", message, remedy)


def addresses_differ(content: Content) -> Iterator[Problem]:
    """No two findings or claims of an inspection have one address on its page."""
    for inspection in content.inspections.values():
        seen: dict[str, tuple[str, Finding | Claim]] = {}
        named = ((id_, item) for id_, part in inspection.bodies.items() for item in items(part))
        for body, item in named:
            address = f"{body}-{item.id}"  # as in peelsite.pages.anchor
            other, first = seen.setdefault(address, (body, item))
            if other != body and item.id != UNREAD:
                there = f"{quoted(first.id)} of {quoted(other)}"
                message = f"With its body's id before it, this is {address}, and so is {there}."
                remedy = "Give one of the two another id: both are addresses on one page."
                yield item.problem(("id",), "address-twice", message, remedy)


def listed_once(content: Content) -> Iterator[Problem]:
    """A list of ids has each of them once."""
    lists: list[tuple[Record, str, tuple[str, ...]]] = []
    for _, part in parts(content):
        lists += [(item, "themes", item.themes) for item in items(part)]
        lists += [(each, "shared-with", each.shared_with) for each in part.findings]
        lists += [(each, "repeats", each.repeats) for each in part.findings]
    lists += [(each, "about", each.about) for each in content.corrections.values()]
    for round_ in content.rounds.values():
        lists += [(round_, "comparable-with", round_.comparable_with)]
        lists += [(round_, "ungraded", round_.ungraded)]
    lists += [(body, "forces", body.forces) for body in content.bodies.values()]
    for space in namespaces(content):
        lists += [(each, "moved-from", each.moved_from) for _, each in space.records]
    for record, name, ids in lists:
        if len(ids) == len(set(ids)):
            continue
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ in seen and id_ != UNREAD:
                message = f"{quoted(id_)} stands in this list already."
                yield record.problem((name, index), "listed-twice", message, "Take it out here.")
            seen.add(id_)


def asked_once(content: Content) -> Iterator[Problem]:
    """A round asks each of its questions once."""
    for round_ in content.rounds.values():
        seen: dict[str, Asked] = {}
        for asked in round_.asked:
            first = seen.setdefault(asked.question, asked)
            if first is not asked and asked.question != UNREAD:
                line = first.problem(("question",), "", "", "").line
                message = f"This round asks {quoted(asked.question)} already, on line {line}."
                remedy = "Keep one of the two, or check which question was meant."
                yield asked.problem(("question",), "asked-twice", message, remedy)
