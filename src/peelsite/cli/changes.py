"""What ``peelsite diff`` prints: changes in words, which name what was and what is.

Nothing here says that a grade rose or fell, since two grades are not always of one kind.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from peelsite.catalogue import (
    Answer,
    Body,
    Change,
    Changes,
    Claim,
    Correction,
    Finding,
    Held,
    Inspection,
    InspectionChange,
    LatestChange,
    Rating,
    Reply,
    Source,
    Tally,
)
from peelsite.pages import name_of
from peelsite.problems import count
from peelsite.render import in_words
from peelsite.schema import When

WIDTH: Final = 100
"""Columns that lines of text keep to."""

NOTHING: Final = (
    "Nothing on the site would change. (Only the content is compared, not templates and code.)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one kind, in plain words without markup."""

    heading: str
    lines: tuple[str, ...]


def told(changes: Changes, pages: Iterable[str] = ()) -> list[Section]:
    """Return all changes in words; ``pages`` are lines on what else differs, hand-written pages."""
    stayed = [change for change in changes.inspections if change.was and change.now]
    held = [(change.record, each) for change in stayed for each in change.held]
    sections = {
        "In short": _in_short(changes),
        "Inspections": map(_inspection, changes.inspections),
        "Bodies": map(_body, changes.bodies),
        "Latest ratings": map(_latest, changes.latest),
        "Ratings": (_rating(*each) for each in held if isinstance(each[1].record, Rating)),
        "Findings": (_finding(*each) for each in held if isinstance(each[1].record, Finding)),
        "Claims and replies": (
            _spoken(*each) for each in held if isinstance(each[1].record, Claim | Reply)
        ),
        "Responses": (_answer(*each) for each in held if isinstance(each[1].record, Answer)),
        "Corrections": map(_correction, changes.corrections),
        "Sources": map(_source, changes.sources),
        "Vocabularies": _vocabularies(changes),
        "Hand-written pages": pages,
    }
    found = (Section(heading, tuple(lines)) for heading, lines in sections.items())
    return [section for section in found if section.lines]


def as_text(sections: Sequence[Section]) -> str:
    """Return the sections for a terminal."""
    paragraphs = [
        "\n".join(
            [section.heading, *(line for each in section.lines for line in _wrapped(_clean(each)))]
        )
        for section in sections
    ]
    return "\n\n".join(paragraphs) or NOTHING


def as_markdown(sections: Sequence[Section]) -> str:
    """Return the sections as Markdown; what stands in the content stays the text that it is."""
    paragraphs = [
        f"### {section.heading}\n\n" + "\n".join(f"- {escaped(each)}" for each in section.lines)
        for section in sections
    ]
    return "\n\n".join(["## What would change on the site", *(paragraphs or [NOTHING])])


def escaped(text: str) -> str:
    """Return ``text`` as Markdown that shows it and does nothing else."""
    clean = _clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    clean = re.sub(r"([\\`*_{}\[\]()#|~!$@]|(?<=^\d)[.)]|^[-+=])", r"\\\1", clean)
    return re.sub(r"(?i)(:(?=//)|(?<=www)\.)", r"<!-- -->\1", clean)  # else it becomes a link


def _clean(text: str) -> str:
    """Return ``text`` on one line, without what cannot be seen."""
    line = " ".join(text.split())
    return "".join(each for each in line if unicodedata.category(each) not in ("Cc", "Cf"))


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(
        line,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _in_short(changes: Changes) -> Iterator[str]:
    for verb, chosen in (
        ("Adds", [each for each in changes.inspections if not each.was]),
        ("Removes", [each for each in changes.inspections if not each.now]),
    ):
        if chosen:
            total = Counter[str]()
            for each in chosen:
                total.update({name: getattr(each.tally, name) for name in Tally.__slots__})
            number = count(len(chosen), "inspection")
            yield f"{verb} {number}: {_tally(Tally(**{n: total[n] for n in Tally.__slots__}))}."
    changed = sum(each.was is not None and each.now is not None for each in changes.inspections)
    if changed:
        yield f"Changes {count(changed, 'inspection')}."
    if changes.bodies:
        yield f"Changes {count(len(changes.bodies), 'body', 'bodies')}."
    if changes.latest:
        yield f"Changes {count(len(changes.latest), 'latest rating')}."


def _tally(tally: Tally) -> str:
    counts = (
        (tally.ratings, "rating", "ratings"),
        (tally.concerns, "concern", "concerns"),
        (tally.praised, "piece of praised work", "pieces of praised work"),
        (tally.claims, "claim", "claims"),
        (tally.replies, "reply", "replies"),
        (tally.responses, "response", "responses"),
    )
    return ", ".join(count(number, *noun) for number, *noun in counts if number) or "nothing yet"


def _inspection(change: InspectionChange) -> str:
    name = f"{_name(change.record)} ({_when(change.record.published)})"
    if change.was is None or change.now is None:
        return f"{_verb(change)}: {name}: {_tally(change.tally)}."
    what = [_fields(change.fields)] if change.fields else []
    kinds = Counter((_verb(each).lower(), _noun(each.record)) for each in change.held)
    what += [f"{count(number, *noun)} {verb}" for (verb, noun), number in sorted(kinds.items())]
    return f"Changed: {name}: {'; '.join(what)}."


def _noun(held: Held) -> tuple[str, str]:
    """Return what an inspection holds in words, one and several."""
    match held:
        case Rating():
            return "rating", "ratings"
        case Finding():
            if held.is_concern:
                return "concern", "concerns"
            return "piece of praised work", "pieces of praised work"
        case Claim():
            return "claim", "claims"
        case Answer():
            return "record of a response", "records of responses"
    return "reply", "replies"


def _body(change: Change[Body]) -> str:
    was, now = change.was, change.now
    if was is None or now is None:
        return f"{_verb(change)}: {change.record.name}."
    if (was.name, was.short) == (now.name, now.short):
        return f"Changed: {now.name}: {_fields(change.fields)}."
    others = [each for each in change.fields if each not in ("names", "short")]
    also = f" Also changed: {_fields(others)}." if others else ""
    if was.name != now.name:
        return f"Renamed: “{was.name}” is now “{now.name}”.{also}"
    return f"Renamed: the short name of {now.name}, “{was.short}”, is now “{now.short}”.{also}"


def _latest(change: LatestChange) -> str:
    rating, was, now = change.record, change.was, change.now
    start = f"{rating.body.short}: the latest rating for {rating.question.label}"
    if was is None:
        return f"{start} becomes {_words(rating)} ({_where(rating)}; there was none)."
    if now is None:
        return f"{start} goes (was: {_words(was)}, {_where(was)}); none is left."
    place = "" if was.inspection.id == now.inspection.id else f", {_where(was)}"
    if not place and was.published != now.published:
        place = f", {_when(was.published)}"
    bar = "" if change.may_be_compared else " Grades of the two rounds may not be compared."
    return f"{start} becomes {_words(now)} ({_where(now)}; was: {_words(was)}{place}).{bar}"


def _rating(inspection: Inspection, change: Change[Any]) -> str:
    rating, was, now = change.record, change.was, change.now
    start = f"{rating.body.short}, {rating.question.label}, in {_name(inspection)}"
    if was is None or now is None:
        return f"{_verb(change)}: {start}: {_words(rating)}."
    others = [field for field in change.fields if field not in ("grade", "absence")]
    also = f" Also changed: {_fields(others)}." if others else ""
    if len(others) < len(change.fields):
        return f"Corrected: {start}: was {_words(was)}, is {_words(now)}.{also}"
    return f"Changed: {start}: {_words(now)}: {_fields(others)}."


def _finding(inspection: Inspection, change: Change[Any]) -> str:
    finding, was, now = change.record, change.was, change.now
    kind = "concern" if finding.is_concern else "praised work"
    start = f"{finding.body.short}, in {_name(inspection)}: {kind} “{finding.title}”"
    if was is None or now is None:
        return f"{_verb(change)}: {start}."
    told = []
    if was.is_concern != now.is_concern:
        told.append(f"was {'a concern' if was.is_concern else 'praised work'}")
    if was.status != now.status:
        told.append(
            f"its status is now {_lower(now.status.label)} (was: {_lower(was.status.label)})"
        )
    if was.title != now.title:
        told.append(f"its title was “{was.title}”")
    if others := [each for each in change.fields if each not in ("is_concern", "title")]:
        told.append(_fields(others))
    reworded = was.title != now.title or was.summary != now.summary
    return f"{'Reworded' if reworded else 'Changed'}: {start}: {'; '.join(told)}."


def _spoken(inspection: Inspection, change: Change[Any]) -> str:
    spoken = change.record
    kind = f"claim “{spoken.title}”" if isinstance(spoken, Claim) else f"reply of {spoken.by}"
    what = f": {_fields(change.fields)}" if change.fields else ""
    return f"{_verb(change)}: {spoken.body.short}, in {_name(inspection)}: {kind}{what}."


def _answer(inspection: Inspection, change: Change[Any]) -> str:
    answer, was, now = change.record, change.was, change.now
    start = f"{answer.body.short}, in {_name(inspection)}: response of the local policing body"
    if was is None or now is None:
        return f"{_verb(change)}: {start}: {_answered(answer)}."
    if _answered(was) != _answered(now):
        return f"Changed: {start}: {_answered(now)} (was: {_answered(was)})."
    return f"Changed: {start}: {_answered(now)}: {_fields(change.fields)}."


def _answered(answer: Answer) -> str:
    """Return whether a response was found, and when it was published or looked for."""
    if answer.response:
        return f"published, {_when(answer.response.published)}"
    looked = f", last looked {in_words(answer.not_found.looked)}" if answer.not_found else ""
    return f"none found{looked}"


def _correction(change: Change[Correction]) -> str:
    correction = change.record
    about = "; ".join(map(name_of, correction.about))
    names = ["stood_on" if each == "about" else each for each in change.fields]
    what = f": {_fields(names)}" if names else ""
    return f"{_verb(change)}: of {in_words(correction.date)}, on {about}: “{correction.was}”{what}."


def _source(change: Change[Source]) -> str:
    source = change.record
    what = f": {_fields(change.fields)}" if change.fields else ""
    return f"{_verb(change)}: {source.publisher}, “{source.title}”, {source.url}{what}"


def _vocabularies(changes: Changes) -> Iterator[str]:
    kinds: tuple[tuple[str, Sequence[Change[Any]]], ...] = (
        ("Round", changes.rounds),
        ("Question", changes.questions),
        ("Scale", changes.scales),
        ("Theme", changes.themes),
        ("Term", changes.glossary),
    )
    for kind, found in kinds:
        for change in found:
            what = f": {_fields(change.fields)}" if change.fields else ""
            yield f"{kind} {_verb(change).lower()}: “{change.record.label}”{what}."
    for name in changes.reordered:
        yield f"The {name} stand in another order."


def _verb(change: Change[Any]) -> str:
    if change.was is None:
        return "Added"
    return "Removed" if change.now is None else "Changed"


def _name(inspection: Inspection) -> str:
    return f"“{inspection.short}”"


def _words(rating: Rating) -> str:
    """Return the grade, or why there is none, with what must not be overlooked."""
    term = rating.grade or rating.absence
    words = [_lower(term.label) if term else ""]
    if rating.carried_over_from:
        words.append(f"carried over from {_name(rating.carried_over_from)}")
    if rating.uncertain:
        words.append("uncertain")
    return ", ".join(words)


def _where(rating: Rating) -> str:
    return f"{_when(rating.published)}, in {_name(rating.inspection)}"


def _when(when: When | None) -> str:
    return in_words(when) if when else "date not known"


def _lower(label: str) -> str:
    """Return a label as it stands within a sentence, "HMICFRS" as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _fields(names: Iterable[str]) -> str:
    """Return what differs, in words."""
    return ", ".join(_FIELDS.get(name, name.replace("_", " ")) for name in names)


_FIELDS: Final = {
    "short": "short name",
    "published": "date",
    "published_is": "what the date rests on",
    "fieldwork": "time of fieldwork",
    "about": "what it is",
    "differences": "where sources differ",
    "not_known": "what is not known",
    "bodies": "the bodies it speaks of",
    "order": "the order of what stands in it",
    "also_called": "names that others use",
    "no_policing_body": "why it has no local policing body",
    "policing_body_source": "source for the policing body",
    "absence": "reason for no grade",
    "carried_over_from": "what it was carried over from",
    "uncertain": "what is uncertain",
    "said": "source or speaker",
    "label": "label",
    "shared_with": "whom it is about as well",
    "quotes": "quotations",
    "further": "what other sources add",
    "updates": "what was said later",
    "repeats": "what it repeats",
    "said_before": "who says that it is not new",
    "response": "what it says, or its source",
    "not_found": "where it was looked for",
    "stood_on": "where it stood",
    "was": "what was wrong",
    "now": "what is right",
    "is_concern": "concern or praise",
    "by": "who speaks",
    "began": "when it began",
    "asked": "what was asked",
    "comparable_with": "what it may be compared with",
    "break_": "why not with others",
    "comparability": "what is said on comparing",
    "comparability_source": "source for comparing",
    "stands_for": "long form",
    "read": "day of reading",
    "seen": "how much of it was read",
    "id": "anchor",
    "moved_from": "ids that it had before",
}
