"""The rules that need more than one field or more than one file.

``RULES`` is the list of them: a rule is a function that looks at the whole content and gives a
problem for each thing that breaks it, and its docstring is the rule in one sentence.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from typing import Final, TypeAlias

from peelsite.load import Content
from peelsite.problems import Problem, in_order, one_of
from peelsite.schema import (
    Body,
    BodyKind,
    BodyPart,
    Citing,
    Claim,
    Concern,
    Finding,
    Inspection,
    Record,
    Source,
    Speaker,
    When,
)

Rule: TypeAlias = Callable[[Content], Iterator[Problem]]


def check(content: Content) -> tuple[Problem, ...]:
    """Return every problem of ``content``: those met in reading and those the rules find."""
    found = [problem for rule in RULES for problem in rule(content)]
    return in_order([*content.problems, *found])


def known_round(content: Content) -> Iterator[Problem]:
    """An inspection belongs to a round that is in rounds.yml."""
    for inspection in content.inspections.values():
        yield from _unknown(inspection, "round", inspection.round, content.ids("rounds"), "round")


def known_scale(content: Content) -> Iterator[Problem]:
    """A round uses a scale that is in scales.yml."""
    for round_ in content.rounds.values():
        yield from _unknown(round_, "scale", round_.scale, content.ids("scales"), "scale")


def known_questions(content: Content) -> Iterator[Problem]:
    """A round asks questions that are in questions.yml."""
    for round_ in content.rounds.values():
        for index, question in enumerate(round_.questions):
            place = ("questions", index)
            yield from _unknown(round_, place, question, content.ids("questions"), "question")


def known_comparable_rounds(content: Content) -> Iterator[Problem]:
    """A round is comparable only with rounds that are in rounds.yml, and not with itself."""
    for id_, round_ in content.rounds.items():
        others = set(content.ids("rounds") or ()) - {id_}
        for index, other in enumerate(round_.comparable_with):
            place = ("comparable-with", index)
            yield from _unknown(round_, place, other, others, "other round")


def known_bodies(content: Content) -> Iterator[Problem]:
    """An inspection speaks only of bodies that have a file in bodies/."""
    for inspection in content.inspections.values():
        for body in inspection.bodies:
            if body not in (known := content.ids("bodies") or ()):
                message = f'There is no body "{body}".'
                remedy = one_of(known, body)
                yield inspection.key_problem("bodies", body, "unknown-id", message, remedy)


def known_regions(content: Content) -> Iterator[Problem]:
    """A force or unit lies in a region that has a file; a region lies in none."""
    regions = {id_ for id_, body in content.bodies.items() if body.kind is BodyKind.REGION}
    unread = set(content.ids("bodies") or ()) - set(content.bodies)
    for body in content.bodies.values():
        if body.region is not None and body.kind is BodyKind.REGION:
            message = "A region does not lie in another region."
            yield body.problem(("region",), "region-in-region", message, "Delete this line.")
        elif body.region is None and body.kind is not BodyKind.REGION:
            message = f'A {body.kind.value} lies in a region, and "region" is missing here.'
            yield body.problem(("kind",), "no-region", message, f"Add it. {one_of(regions)}")
        elif body.region is not None and body.region not in unread:
            yield from _unknown(body, "region", body.region, regions, "region")


def known_forces(content: Content) -> Iterator[Problem]:
    """The forces of a unit are forces that have a file, and only a unit has any."""
    forces = {id_ for id_, body in content.bodies.items() if body.kind is BodyKind.FORCE}
    unread = set(content.ids("bodies") or ()) - set(content.bodies)
    for body in content.bodies.values():
        if body.forces and body.kind is not BodyKind.UNIT:
            message = f"Only a unit is run by forces, and this is a {body.kind.value}."
            yield body.problem(("forces",), "forces-of-no-unit", message, "Delete this line.")
            continue
        for index, force in enumerate(body.forces):
            if force not in unread:
                yield from _unknown(body, ("forces", index), force, forces, "force")


def present_name_first(content: Content) -> Iterator[Problem]:
    """The first of a body's names is the present one, and the only one that is."""
    for body in content.bodies.values():
        for index, name in enumerate(body.names):
            if (name.to == "present") != (index == 0):
                message = "The present name of a body stands first, and it alone has 'to: present'."
                remedy = "Put the present name first and give the others the date of their end."
                yield body.problem(("names", index, "to"), "present-name", message, remedy)


def known_sources(content: Content) -> Iterator[Problem]:
    """Whatever cites a source cites a key of the sources of its own file."""
    for file in _files_with_sources(content):
        keys = file.keys_written("sources")
        for citing in file.within(Citing):
            for place, key in citing.citations():
                yield from _unknown(citing, place, key, keys, "source")


def source_cited_once(content: Content) -> Iterator[Problem]:
    """A statement names each of its sources once."""
    for file in _files_with_sources(content):
        for citing in file.within(Citing):
            seen: set[str] = set()
            for place, key in citing.citations():
                if key in seen:
                    message = f'The source "{key}" is named already.'
                    yield citing.problem(place, "source-twice", message, "Take it out here.")
                seen.add(key)


def sources_used(content: Content) -> Iterator[Problem]:
    """Every source of a file is cited in it."""
    for file in _files_with_sources(content):
        if not content.is_whole(file):  # what cites a source may have been left out
            continue
        used = {key for citing in file.within(Citing) for _, key in citing.citations()}
        for key in file.sources:
            if key not in used:
                message = f'Nothing in this file cites the source "{key}".'
                remedy = 'Cite it with "source:" or "also-in:", or delete it.'
                yield file.key_problem("sources", key, "unused-source", message, remedy)


def sources_told_alike(content: Content) -> Iterator[Problem]:
    """A source that several files cite is described alike in each of them."""
    first: dict[str, tuple[Body | Inspection, Source]] = {}
    for file in _files_with_sources(content):
        for source in file.sources.values():
            other_file, other = first.setdefault(source.url, (file, source))
            for name in ("kind", "publisher", "author", "title", "published"):
                if getattr(source, name) != getattr(other, name) and content.is_whole(file):
                    message = f"{other_file.path} gives this source another {name}."
                    yield source.problem((name,), "told-unlike", message, "Write the same in both.")


def known_themes(content: Content) -> Iterator[Problem]:
    """A finding or claim is filed under themes that are in themes.yml."""
    for _, part in _parts(content):
        items: tuple[Finding | Claim, ...] = (*part.findings, *part.claims)
        for item in items:
            for index, theme in enumerate(item.themes):
                yield from _unknown(item, ("themes", index), theme, content.ids("themes"), "theme")


def rated_question(content: Content) -> Iterator[Problem]:
    """A rating answers a question that its round asked."""
    for inspection, part in _parts(content):
        round_ = content.rounds.get(inspection.round)
        for rating in part.ratings:
            if round_ is not None:
                asked = round_.questions
                thing = "question of this round"
                yield from _unknown(rating, "question", rating.question, asked, thing)


def grade_on_scale(content: Content) -> Iterator[Problem]:
    """A grade is one of those on the scale of its round."""
    for inspection, part in _parts(content):
        round_ = content.rounds.get(inspection.round)
        scale = content.scales.get(round_.scale) if round_ else None
        for rating in part.ratings:
            if scale is not None and rating.grade is not None:
                grades = [grade.id for grade in scale.grades]
                thing = "grade of this round"
                yield from _unknown(rating, "grade", rating.grade, grades, thing)


def region_not_graded(content: Content) -> Iterator[Problem]:
    """A region is inspected and never graded."""
    for inspection in content.inspections.values():
        for id_, part in inspection.bodies.items():
            body = content.bodies.get(id_)
            for rating in part.ratings:
                if body and body.kind is BodyKind.REGION and rating.grade is not None:
                    message = f"{body.short} is a region, and inspectors do not grade regions."
                    remedy = (
                        'Write "not-graded: inspected-not-graded", or move the grade to the body '
                        "that was given it."
                    )
                    yield rating.problem(("grade",), "graded-region", message, remedy)


def rated_once(content: Content) -> Iterator[Problem]:
    """A body has one rating for a question on a day."""
    for inspection, part in _parts(content):
        seen: set[tuple[str, datetime.date]] = set()
        for rating in part.ratings:
            key = (rating.question, rating.published or inspection.published)
            if key in seen:
                message = f'There is a rating for "{rating.question}" on this day already.'
                remedy = "Keep the one that is right."
                yield rating.problem(("question",), "rated-twice", message, remedy)
            seen.add(key)


def known_origin(content: Content) -> Iterator[Problem]:
    """A carried-over grade comes from an earlier inspection that has a file."""
    for inspection, part in _parts(content):
        for rating in part.ratings:
            origin = rating.carried_over_from
            if origin is None:
                continue
            place = ("carried-over-from",)
            yield from _unknown(rating, place, origin, content.ids("inspections"), "inspection")
            earlier = content.inspections.get(origin)
            if earlier and earlier.published >= (rating.published or inspection.published):
                message = f'"{origin}" is not earlier than this rating.'
                remedy = "Name the inspection that first gave the grade."
                yield rating.problem(place, "origin-not-earlier", message, remedy)


def named_once(content: Content) -> Iterator[Problem]:
    """The ids of findings and claims differ within a body's part of an inspection."""
    for _, part in _parts(content):
        seen: set[str] = set()
        items: tuple[Finding | Claim, ...] = (*part.findings, *part.claims)
        for item in items:
            if item.id in seen:
                message = f'"{item.id}" is the id of another finding or claim here.'
                remedy = "Give this one another id: ids are addresses, and must differ."
                yield item.problem(("id",), "id-twice", message, remedy)
            seen.add(item.id)


def shared_with_others(content: Content) -> Iterator[Problem]:
    """A finding is shared with other bodies that the same inspection speaks of."""
    for inspection in content.inspections.values():
        for id_, part in inspection.bodies.items():
            for finding in part.findings:
                others = set(inspection.keys_written("bodies")) - {id_}
                for index, other in enumerate(finding.shared_with):
                    place = ("shared-with", index)
                    yield from _unknown(finding, place, other, others, "other body in this file")


def claimed_by_body(content: Content) -> Iterator[Problem]:
    """A claim or reply is spoken by a body, not by inspectors or the press."""
    for _, part in _parts(content):
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
    for inspection in content.inspections.values():
        for concern in inspection.within(Concern):
            before = inspection.published.isoformat()
            for index, update in enumerate(concern.updates):
                if update.date.iso < before[: len(update.date.iso)]:
                    message = f"This update is dated before {before}."
                    remedy = "Check the date; updates stand oldest first, none before the report."
                    place = ("updates", index, "date")
                    yield concern.problem(place, "update-order", message, remedy)
                before = max(before, update.date.iso)


def read_after_published(content: Content) -> Iterator[Problem]:
    """A source was read on the day it was published or later."""
    for file in _files_with_sources(content):
        for source in file.sources.values():
            if source.published and source.read.isoformat() < source.published.iso:
                message = "This source is said to have been read before it was published."
                yield source.problem(("read",), "read-too-early", message, "Check both dates.")


def name_in_date_order(content: Content) -> Iterator[Problem]:
    """A body's name does not end before it begins."""
    for body in content.bodies.values():
        for name in body.names:
            if isinstance(name.to, When) and name.from_ and name.to < name.from_:
                message = "This name ends before it begins."
                yield name.problem(("to",), "name-dates", message, "Check both dates.")


RULES: Final[tuple[Rule, ...]] = (
    known_round,
    known_scale,
    known_questions,
    known_comparable_rounds,
    known_bodies,
    known_regions,
    known_forces,
    known_sources,
    known_themes,
    known_origin,
    present_name_first,
    name_in_date_order,
    source_cited_once,
    sources_used,
    sources_told_alike,
    read_after_published,
    rated_question,
    grade_on_scale,
    region_not_graded,
    rated_once,
    named_once,
    shared_with_others,
    claimed_by_body,
    updates_in_order,
)


def _unknown(
    record: Record,
    place: str | tuple[str | int, ...],
    id_: str,
    known: Collection[str] | None,
    thing: str,
) -> Iterator[Problem]:
    """Give a problem if ``id_`` at ``place`` in ``record`` is not ``known``; None means any is."""
    if known is not None and id_ not in known:
        steps = (place,) if isinstance(place, str) else place
        yield record.problem(
            steps, "unknown-id", f'There is no {thing} "{id_}".', one_of(known, id_)
        )


def _files_with_sources(content: Content) -> Iterator[Body | Inspection]:
    yield from content.bodies.values()
    yield from content.inspections.values()


def _parts(content: Content) -> Iterator[tuple[Inspection, BodyPart]]:
    for inspection in content.inspections.values():
        for part in inspection.bodies.values():
            yield inspection, part
