"""The shape of a file in ``content/bodies/``, field by field, as people write it."""

from __future__ import annotations

from peelsite.schema.fields import (
    Id,
    Line,
    Ref,
    Text,
    WhenIfKnown,
    WhenOrPresent,
    described,
    former_ids,
)
from peelsite.schema.record import Record
from peelsite.schema.sources import Source, Sourced, Statement
from peelsite.schema.terms import BodyKind


class Name(Sourced):
    """A name that a body has or had."""

    name: Line = described("The full name.", "Northumbria Police")
    short: Line | None = described("Its abbreviation, if it has one.", "NERSOU", default=None)
    from_: WhenIfKnown = described("Since when, or not-known.", "2013-10")
    to: WhenOrPresent = described("Until when, or not-known, or present.", "present")
    note: Text | None = described(
        "What is known about the change.", "We do not know the day of the change.", default=None
    )


class AlsoCalled(Sourced):
    """A name that others use for a body."""

    name: Line = described("The name as they write it.", "NEROU")
    by: Line = described("Who writes it so.", "Chronicle Live")


class PolicingBody(Sourced):
    """Who oversees a force and answers for it, as an office."""

    name: Line = described("The office.", "Northumbria Police and Crime Commissioner")


class Body(Record):
    """``bodies/<id>.yml``: a force, a unit or a region that is inspected."""

    kind: BodyKind = described("What kind of body it is.", "force")
    short: Line = described("The name used where space is short.", "Northumbria")
    region: Ref | None = described(
        "The region it lies in (not for a region).", "north-east", default=None
    )
    forces: tuple[Ref, ...] = described(
        "The forces that run it together (for a unit).", ["durham"], default=()
    )
    policing_body: PolicingBody | None = described(
        "The office that oversees it (for a force).",
        {"name": "Northumbria Police and Crime Commissioner", "source": "pcc"},
        default=None,
    )
    no_policing_body: Statement | None = described(
        "Why no local policing body answers for it under the Police Act 1996 (for a force that is "
        "not one of a police area).",
        {"speaker": "inspectors", "summary": "It has an authority of its own.", "source": "act"},
        default=None,
    )
    names: tuple[Name, ...] = described(
        "Its own names, the present one first.", [{"name": "Northumbria Police"}], min_length=1
    )
    also_called: tuple[AlsoCalled, ...] = described("Names that others use.", [], default=())
    about: tuple[Statement, ...] = described(
        "What it is, each point with its source.", [], default=()
    )
    sources: dict[Id, Source] = described("What was read for this file.", {}, default={})
    moved_from: tuple[Id, ...] = former_ids("northumbria-police")
