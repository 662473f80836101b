"""The text of a new inspection and of a new body."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from peelsite.drafts.entries import Entry, above, as_example, dashed, entries, is_list, meaning
from peelsite.drafts.scalars import listed, scalar
from peelsite.load import Content
from peelsite.schema import (
    TO_FILL_IN,
    Absence,
    Body,
    BodyKind,
    BodyPart,
    Difference,
    Gap,
    Inspection,
    Label,
    Name,
    Rating,
    Round,
    Source,
    SourceKind,
    Speaker,
    Statement,
)
from peelsite.schema.faults import fields_of, shape_at
from peelsite.schema.json_schema import modeline


@dataclass(frozen=True)
class NewSource:
    """What is known of the source that a new file begins with; ``key`` is how it is cited."""

    key: str
    kind: SourceKind
    publisher: str
    author: str | None
    title: str
    url: str
    published: str
    read: str


@dataclass(frozen=True)
class NewInspection:
    """What is known of a new inspection: its round and bodies by their ids."""

    id: str
    title: str
    short: str
    round: str
    published: str
    bodies: tuple[str, ...]
    source: NewSource


@dataclass(frozen=True)
class NewBody:
    """What is known of a new body: its region and forces by their ids."""

    id: str
    kind: BodyKind
    name: str
    short: str
    region: str | None
    forces: tuple[str, ...]
    source: NewSource


def inspection(new: NewInspection, content: Content) -> str:
    """Return the text of the file of a new inspection."""
    values = {
        "title": scalar(new.title),
        "short": scalar(new.short),
        "round": new.round,
        "published": new.published,
    }
    given = _given(new.source, Speaker.INSPECTORS)
    lines = [
        *_top("inspections", new.id),
        *above(_singles(Inspection, values)),
        "",
        *_example_of("about", Inspection, Statement, given),
        "",
        *_sources(Inspection, new.source),
        "",
        f"# {meaning(fields_of(Inspection)['bodies'])}",
        "bodies:",
    ]
    for index, id_ in enumerate(new.bodies):
        lines += [*([""] if index else []), f"  {id_}:"]
        lines += _ratings(content, new, id_, is_first=not index)
        if not index:
            lines += _part_examples(content.bodies[id_].kind, given)
    lines += ["", *_example_of("differences", Inspection, Difference, given)]
    lines += ["", *_example_of("not-known", Inspection, Gap, given)]
    return "\n".join(lines) + "\n"


def body(new: NewBody) -> str:
    """Return the text of the file of a new body."""
    values = {"kind": new.kind.value, "short": scalar(new.short)}
    if new.region:
        values["region"] = new.region
    if new.forces:
        values["forces"] = listed(new.forces)
    own = Speaker.UNIT if new.kind is BodyKind.UNIT else Speaker.FORCE
    given = _given(new.source, Speaker.INSPECTORS if new.kind is BodyKind.REGION else own)
    name = {"name": scalar(new.name), "to": "present", "source": new.source.key}
    lines = [*_top("bodies", new.id), *above(_singles(Body, values, unused=False))]
    if new.kind is BodyKind.FORCE:
        lines += ["", *_group_example("policing-body", Body, given)]
    lines += ["", f"# {meaning(fields_of(Body)['names'])}", "names:"]
    item = dashed(entries(Name, name, unused=True))
    lines += above(each.within("  ") for each in item)
    also = shape_at(fields_of(Body)["also-called"].annotation, (0,))
    lines += ["", *_example_of("also-called", Body, also, given)]
    lines += ["", *_example_of("about", Body, Statement, given)]
    lines += ["", *_sources(Body, new.source)]
    return "\n".join(lines) + "\n"


def _top(folder: str, id_: str) -> list[str]:
    return [
        modeline(f"{folder}/{id_}.yml"),
        f"# {TO_FILL_IN} marks what is still to be filled in: `peelsite check` lists it, with what",
        "# it means. A line that begins with # and a space explains what follows it. To use one of",
        '# the examples that are commented out, delete the "#" that its lines begin with.',
        "# The rules of fairness stand in content/pages/contribute.md.",
        "",
    ]


def _given(source: NewSource, speaker: Speaker) -> dict[str, str]:
    """Return what the examples of a new file can be given."""
    return {
        "source": source.key,
        "looked": source.read,
        "looked-in": f"[{source.key}]",
        "speaker": speaker.value,
        "label": Label.NOT_STATED.value,
        "themes": "[]",
    }


def _singles(shape: Any, values: dict[str, str], *, unused: bool = True) -> list[Entry]:
    """Return the fields with which a file begins: those that hold no group and no records."""
    groups = {"sources", "bodies", "names"}
    found = entries(shape, values | dict.fromkeys(groups, ""), unused=unused)
    return [each for each in found if each.text.partition(":")[0] not in groups]


def _sources(shape: Any, source: NewSource) -> Iterator[str]:
    yield f"# {meaning(fields_of(shape)['sources'])}"
    yield "sources:"
    yield f"  {source.key}:"
    values = {
        "kind": source.kind.value,
        "publisher": scalar(source.publisher),
        "title": scalar(source.title),
        "url": scalar(source.url),
        "published": source.published,
        "read": source.read,
    }
    if source.author:
        values["author"] = scalar(source.author)
    yield from above(each.within("    ") for each in entries(Source, values, unused=True))


def _ratings(content: Content, new: NewInspection, id_: str, *, is_first: bool) -> Iterator[str]:
    """Give the ratings of one body: one for each question that the round asks."""
    round_ = content.rounds[new.round]
    if is_first:
        yield f"    # {meaning(fields_of(BodyPart)['ratings'])}"
        yield from _rating_told(content, round_)
    yield "    ratings:"
    is_region = content.bodies[id_].kind is BodyKind.REGION
    for asked in round_.asked:
        given = f"grade: {TO_FILL_IN}"
        if is_region or asked.question in round_.ungraded:
            given = f"not-graded: {Absence.INSPECTED_NOT_GRADED.value}"
        question = scalar(asked.question)
        yield f"      - {{question: {question}, {given}, source: {new.source.key}}}"


def _rating_told(content: Content, round_: Round) -> Iterator[str]:
    """Give a comment on each field of a rating that the draft has, or may come to have."""
    fields = fields_of(Rating)
    for name in ("question", "grade", "not-graded", "source"):
        told = meaning(fields[name])
        if name == "grade" and round_.scale in content.scales:
            grades = content.scales[round_.scale].grades
            told += f" One of: {', '.join(grade.id for grade in grades)}."
        yield f"    # {name} – {told}"


def _part_examples(kind: BodyKind, given: dict[str, str]) -> Iterator[str]:
    """Give an example, commented out, of each list of what can be said about a body.

    Of a force, there is one of the response too that its local policing body has to publish.
    """
    own = Speaker.FORCE if kind is BodyKind.FORCE else Speaker.UNIT
    for name, field in fields_of(BodyPart).items():
        if name == "ratings" or not is_list(field):
            continue
        is_own = name in ("claims", "replies")
        values = {**given, "speaker": own.value} if is_own else given
        item = shape_at(field.annotation, (0,))
        yield from _example_of(name, BodyPart, item, values, "    ", ("quotes", "updates"))
    if kind is BodyKind.FORCE:
        yield from _group_example("response", BodyPart, given, "    ")


def _example_of(
    name: str,
    shape: Any,
    item: Any,
    given: dict[str, str],
    indent: str = "",
    also: Collection[str] = (),
) -> Iterator[str]:
    """Give an example, commented out, of the list that the field ``name`` of ``shape`` holds."""
    lines = [each.within("  ") for each in dashed(entries(item, given, also=also))]
    yield from as_example([Entry(f"{name}:", meaning(fields_of(shape)[name])), *lines], indent)


def _group_example(name: str, shape: Any, given: dict[str, str], indent: str = "") -> Iterator[str]:
    """Give an example, commented out, of the group that the field ``name`` of ``shape`` holds."""
    field = fields_of(shape)[name]
    lines = [each.within("  ") for each in entries(shape_at(field.annotation), given)]
    yield from as_example([Entry(f"{name}:", meaning(field)), *lines], indent)
