"""The bodies that are inspected, and the names that they have, had or are given."""

from __future__ import annotations

from dataclasses import dataclass

from peelsite.catalogue.said import Source, Statement
from peelsite.schema import BodyKind, When


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a body has or had. ``to`` is None for not known; ``is_present`` for still so."""

    name: str
    short: str | None
    from_: When | None
    to: When | None
    is_present: bool
    note: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class AlsoCalled:
    """A name that others use for a body."""

    name: str
    by: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A force, a unit or a region. ``forces`` are those that run a unit or lie in a region."""

    id: str
    kind: BodyKind
    short: str
    names: tuple[Name, ...]
    also_called: tuple[AlsoCalled, ...]
    about: tuple[Statement, ...]
    policing_body: str | None
    policing_body_source: Source | None
    no_policing_body: Statement | None
    path: str
    region: Body | None = None
    forces: tuple[Body, ...] = ()
    moved_from: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The body's present name in full."""
        return self.names[0].name

    @property
    def other_names(self) -> list[str]:
        """Every other name that it has, had or is given, without repeats."""
        names = [self.names[0].short, self.short]
        for name in self.names[1:]:
            names += [name.short, name.name]
        names += [each.name for each in self.also_called]
        return [each for each in dict.fromkeys(names) if each and each not in self.name]
