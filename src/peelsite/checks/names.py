"""The rules that whatever is named is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from peelsite.checks.walk import files_with_sources, items, parts, within
from peelsite.load import Content
from peelsite.problems import Problem, nearest, one_of, quoted
from peelsite.schema import UNREAD, BodyKind, Citing, Rating, Record, id_form


@dataclass(frozen=True)
class Known:
    """The ids of one ``thing`` that are known.

    ``ids`` is None if they cannot be told; then any is taken for known. ``adding`` says what could
    be added for another (with ``{}`` for its id), if that is for the writer to say. ``where`` says
    where the thing should be, if not in the whole content.
    """

    thing: str
    ids: Collection[str] | None
    adding: str = ""
    where: str = ""

    def __contains__(self, id_: str) -> bool:
        return self.ids is None or id_ in self._known or id_ == UNREAD

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.ids or ())

    def check(self, record: Record, id_: str, *place: str | int) -> Iterator[Problem]:
        """Give a problem if ``id_``, which stands at ``place`` in ``record``, is not known."""
        if id_ not in self:
            yield record.problem(place, "unknown-id", *self.words(id_))

    def check_all(self, record: Record, ids: Iterable[str], name: str) -> Iterator[Problem]:
        """Give a problem for each of the ``ids``, the list that the field ``name`` holds."""
        for index, id_ in enumerate(ids):
            if id_ not in self:
                yield from self.check(record, id_, name, index)

    def words(self, id_: str) -> tuple[str, str]:
        """Return what is wrong with ``id_``, and what to do."""
        wanted = f"{self.thing} {quoted(id_)} {self.where}".rstrip()
        message = f"There is no {wanted}."
        remedies = [one_of(self.ids, id_)] if self.ids else []
        if self.adding and not nearest(id_, self.ids or ()):
            what = self.adding.format(id_form(id_))
            remedies.append(f"Or add {what}." if remedies else f"Add {what}.")
        return message, " ".join(remedies) or "Take it out."


def known_round(content: Content) -> Iterator[Problem]:
    """An inspection belongs to a round that is in rounds.yml."""
    rounds = Known("round", content.ids("rounds"), "it to rounds.yml")
    for inspection in content.inspections.values():
        yield from rounds.check(inspection, inspection.round, "round")


def known_scale(content: Content) -> Iterator[Problem]:
    """A round uses a scale that is in scales.yml."""
    scales = Known("scale", content.ids("scales"), "it to scales.yml")
    for round_ in content.rounds.values():
        yield from scales.check(round_, round_.scale, "scale")


def known_questions(content: Content) -> Iterator[Problem]:
    """A round asks questions that are in questions.yml."""
    questions = Known("question", content.ids("questions"), "it to questions.yml")
    for round_ in content.rounds.values():
        for asked in round_.asked:
            yield from questions.check(asked, asked.question, "question")


def known_comparable_rounds(content: Content) -> Iterator[Problem]:
    """A round is comparable only with rounds that are in rounds.yml."""
    rounds = Known("round", content.ids("rounds"), "it to rounds.yml")
    for round_ in content.rounds.values():
        yield from rounds.check_all(round_, round_.comparable_with, "comparable-with")


def known_bodies(content: Content) -> Iterator[Problem]:
    """An inspection speaks only of bodies that have a file in bodies/."""
    known = Known("body", content.ids("bodies"), "the file bodies/{}.yml")
    for inspection in content.inspections.values():
        for body in inspection.bodies:
            if body not in known:
                words = known.words(body)
                yield inspection.key_problem("bodies", body, "unknown-id", *words)


def known_regions(content: Content) -> Iterator[Problem]:
    """A force or unit lies in a region that has a file; a region lies in none."""
    regions = Known("region", _of_kind(content, BodyKind.REGION), "the file bodies/{}.yml")
    for body in content.bodies.values():
        is_sure = content.is_whole(body)  # if not, its kind may be one that stands in
        if body.kind is not BodyKind.REGION and body.region is not None:
            yield from regions.check(body, body.region, "region")
        elif body.kind is not BodyKind.REGION and is_sure:
            message = f'A {body.kind.value} lies in a region, and "region" is missing here.'
            remedy = f'Add a line "region:". {one_of(regions.ids)}' if regions.ids else "Add one."
            yield body.problem(("kind",), "no-region", message, remedy)
        elif body.region is not None and is_sure:
            message = "A region does not lie in another region."
            yield body.problem(("region",), "region-in-region", message, "Delete this line.")


def known_forces(content: Content) -> Iterator[Problem]:
    """The forces of a unit are forces that have a file, and only a unit has any."""
    forces = Known("force", _of_kind(content, BodyKind.FORCE), "the file bodies/{}.yml")
    for body in content.bodies.values():
        if body.kind is BodyKind.UNIT:
            yield from forces.check_all(body, body.forces, "forces")
        elif body.forces and content.is_whole(body):
            message = f"Only a unit is run by forces, and this is a {body.kind.value}."
            yield body.problem(("forces",), "forces-of-no-unit", message, "Delete this line.")


def known_sources(content: Content) -> Iterator[Problem]:
    """Whatever cites a source cites a key of the sources of its own file."""
    for file in files_with_sources(content):
        written = file.keys_written("sources")
        if written is None or content.files[file.path].cited.issubset(written):
            continue
        keys = Known("source", written, "it to the sources of this file")
        for citing in within(content, file, Citing):
            for place, key in citing.citations():
                yield from keys.check(citing, key, *place)


def known_themes(content: Content) -> Iterator[Problem]:
    """A finding or claim is filed under themes that are in themes.yml."""
    themes = Known("theme", content.ids("themes"), "it to themes.yml")
    for _, part in parts(content):
        for item in items(part):
            yield from themes.check_all(item, item.themes, "themes")


def known_origin(content: Content) -> Iterator[Problem]:
    """A carried-over grade comes from an inspection that has a file."""
    known = content.ids("inspections")
    if known is None:
        return
    for id_, inspection in content.inspections.items():
        for rating in within(content, inspection, Rating):
            origin = rating.carried_over_from
            if origin is not None and origin not in known:
                ids = set(known) - {id_}
                others = Known("inspection", ids, "the file inspections/{}.yml")
                yield from others.check(rating, origin, "carried-over-from")


def shared_with_others(content: Content) -> Iterator[Problem]:
    """A finding is shared with other bodies that the same inspection speaks of."""
    known = content.ids("bodies") or ()
    for inspection in content.inspections.values():
        here = set(inspection.keys_written("bodies") or ())
        meant = here if here.issubset(known) else here.union(known)
        for id_, part in inspection.bodies.items():
            if not any(finding.shared_with for finding in part.findings):
                continue
            ids = meant - {id_}
            others = Known("other body", ids, where="in this file")
            for finding in part.findings:
                yield from others.check_all(finding, finding.shared_with, "shared-with")


def _of_kind(content: Content, kind: BodyKind) -> Collection[str] | None:
    """Return the ids of the bodies that are of ``kind``, or may be, as far as could be read."""
    ids = content.ids("bodies")
    whole = {id_: body for id_, body in content.bodies.items() if content.is_whole(body)}
    return ids and [id_ for id_ in ids if id_ not in whole or whole[id_].kind is kind]
