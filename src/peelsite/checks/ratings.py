"""The rules of ratings and of the rounds that they belong to.

A rule that compares values looks only at files of which nothing was left out or stood in for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from peelsite.checks.names import Known, known_bodies
from peelsite.checks.walk import Rated, parts, ratings, whole, within
from peelsite.load import Content
from peelsite.problems import Problem, quoted
from peelsite.schema import UNREAD, BodyKind, Inspection, Rating, Round


def rated_question(content: Content) -> Iterator[Problem]:
    """A rating answers a question that its round asked."""
    questions = Known("question", content.ids("questions"), "it to questions.yml")
    by_round = {}
    for id_, round_ in content.rounds.items():
        asked = _asked(content, round_, questions, 'it to "asked" in rounds.yml')
        is_sure = all(question in asked for question in round_.ungraded)  # else it is told there
        by_round[id_] = asked if is_sure else questions
    for inspection, part in parts(content):
        known = by_round.get(inspection.round, questions)
        for rating in part.ratings:
            if rating.question not in known:
                yield from known.check(rating, rating.question, "question")


def ungraded_question(content: Content) -> Iterator[Problem]:
    """What a round left ungraded is one of its questions, and has no grade in it."""
    questions = Known("question", content.ids("questions"))
    for round_ in content.rounds.values():
        known = _asked(content, round_, questions, 'it to "asked"')
        yield from known.check_all(round_, round_.ungraded, "ungraded")
    for inspection, part in parts(content):
        for rating in part.ratings:
            if rating.grade is not None and _is_ungraded(content, inspection, rating):
                message = f"This round did not grade {quoted(rating.question)}."
                remedy = (
                    'Write "not-graded: inspected-not-graded", or take the question out of '
                    '"ungraded" in rounds.yml.'
                )
                yield rating.problem(("grade",), "graded-ungraded", message, remedy)


def grade_on_scale(content: Content) -> Iterator[Problem]:
    """A grade is one of those on the scale of its round."""
    every = content.ids("scales") or ()
    for inspection, part in parts(content):
        round_ = content.rounds.get(inspection.round)
        scales = [content.scales.get(id_) for id_ in ([round_.scale] if round_ else every)]
        are_whole = all(scale and content.is_whole(scale) for scale in scales)
        ids = {grade.id for scale in scales if scale for grade in scale.grades}
        grades = Known("grade", ids if ids and are_whole else None, where="in this round")
        for rating in part.ratings:
            if rating.grade is not None and rating.grade not in grades:
                yield from grades.check(rating, rating.grade, "grade")


def region_not_graded(content: Content) -> Iterator[Problem]:
    """A region is inspected and never graded."""
    for inspection in content.inspections.values():
        for id_, part in inspection.bodies.items():
            body = content.bodies.get(id_)
            for rating in part.ratings:
                if not body or body.kind is not BodyKind.REGION or rating.grade is None:
                    continue
                if not _is_ungraded(content, inspection, rating):  # else that is told of it
                    message = f"{body.short} is a region, and inspectors do not grade regions."
                    remedy = (
                        'Write "not-graded: inspected-not-graded", or move the grade to the body '
                        "that was given it."
                    )
                    yield rating.problem(("grade",), "graded-region", message, remedy)


def rated_once(content: Content) -> Iterator[Problem]:
    """A body has one rating for a question of a round on a day, in whatever files."""
    seen: dict[tuple[str, str, str, str], Rated] = {}
    for rated in ratings(content):
        inspection, rating = rated.inspection, rated.rating
        # Of an unknown day, only the ratings of one file are surely of the same.
        day = rated.when.iso if rated.when else inspection.path
        first = seen.setdefault((inspection.round, rated.body, rating.question, day), rated)
        if first is rated:
            continue
        place = f"line {first.rating.problem((), '', '', '').line}"
        if first.inspection is not inspection:
            place += f" of {first.inspection.path}"
        dated = f"dated {rated.when.iso}" if rated.when else "undated like this"
        message = (
            f"{quoted(rated.body)} is rated for {quoted(rating.question)} in this round already, "
            f"{dated}, on {place}"
        )
        remedy = 'Keep one of the two; what the other cites may stand under "also-in".'
        if _given(first.rating) != _given(rating):
            message += f": {_given(first.rating)}"
            remedy = 'Keep the one that is right, or give each the date of its own: "published".'
        yield rating.problem(("question",), "rated-twice", f"{message}.", remedy)


def rated_in_round(content: Content) -> Iterator[Problem]:
    """An inspection, and each of its ratings, is not older than its round."""
    for inspection in whole(content, content.inspections.values()):
        round_ = content.rounds.get(inspection.round)
        if round_ is None or round_.began is None or not content.is_whole(round_):
            continue
        dated: list[Inspection | Rating] = [inspection, *within(content, inspection, Rating)]
        for each in dated:
            if each.published and each.published.is_before(round_.began):
                message = (
                    f"This is before the round {quoted(inspection.round)} began: rounds.yml has "
                    f"{round_.began.iso}."
                )
                remedy = 'Check this date and the round, and "began" in rounds.yml.'
                yield each.problem(("published",), "before-round", message, remedy)
                if each is inspection:  # then the same may be wrong with all that is in it
                    break


def origin_earlier(content: Content) -> Iterator[Problem]:
    """A carried-over grade comes from an earlier inspection."""
    for rated, name, origin in _carried_over(content):
        if _may_be_earlier(origin, rated):
            continue
        message = f"{quoted(name)} is this inspection itself."
        if origin is not rated.inspection and origin.published and rated.when:
            message = (
                f"{quoted(name)} is not earlier: it is dated {origin.published.iso}, and this "
                f"rating {rated.when.iso}."
            )
        remedy = "Name the earlier inspection that gave this grade."
        yield rated.rating.problem(("carried-over-from",), "origin-not-earlier", message, remedy)


def origin_holds_grade(content: Content) -> Iterator[Problem]:
    """The inspection that a carried-over grade comes from gave that grade."""
    missing = [
        (rated, name, origin)
        for rated, name, origin in _carried_over(content)
        if all(each.grade != rated.rating.grade for each in _alike(rated, origin))
        and _may_be_earlier(origin, rated)
    ]
    naming = (known_bodies, rated_question, grade_on_scale) if missing else ()
    misnamed = {problem.path for rule in naming for problem in rule(content)}
    for rated, name, origin in missing:
        if not misnamed.isdisjoint((origin.path, rated.inspection.path)):
            continue  # then what is compared here may be meant otherwise
        what = f"rating of {quoted(rated.body)} for {quoted(rated.rating.question)}"
        message = f"{quoted(name)} has no {what}."
        remedy = "Name the inspection that gave this grade, or add the rating there."
        if there := _alike(rated, origin):
            message = f"{quoted(name)} has another {what}: {', '.join(map(_given, there))}."
            remedy = "Name the inspection that gave this grade, or correct the grade."
        yield rated.rating.problem(("carried-over-from",), "origin-missing", message, remedy)


def _alike(rated: Rated, origin: Inspection) -> list[Rating]:
    """Return the ratings in ``origin`` of the same body for the same question."""
    part = origin.bodies.get(rated.body)
    return [each for each in part.ratings if each.question == rated.rating.question] if part else []


def comparable_on_one_scale(content: Content) -> Iterator[Problem]:
    """A round is compared with others only, and with those on its own scale."""
    scales = Known("scale", content.ids("scales"))
    for id_, round_ in content.rounds.items():
        for index, other_id in enumerate(round_.comparable_with):
            place = ("comparable-with", index)
            there = content.rounds.get(other_id, round_).scale
            both = {there, round_.scale}
            if other_id == id_:
                message, remedy = f"{quoted(id_)} is this round itself.", "Take it out."
                yield round_.problem(place, "compared-with-itself", message, remedy)
            elif len(both) > 1 and UNREAD not in both and all(each in scales for each in both):
                message = (
                    f"{quoted(other_id)} has the scale {quoted(there)}, and this round has "
                    f"{quoted(round_.scale)}: their grades cannot be compared."
                )
                remedy = 'Take it out, or check the "scale" of both rounds.'
                yield round_.problem(place, "other-scale", message, remedy)


def _asked(content: Content, round_: Round, questions: Known, adding: str) -> Known:
    """Return the questions that a round asked; any, if one of them may not be what was meant."""
    asked = [each.question for each in round_.asked]
    is_sure = content.is_whole(round_) and all(question in questions for question in asked)
    return Known("question", asked if is_sure else None, adding, "in this round")


def _is_ungraded(content: Content, inspection: Inspection, rating: Rating) -> bool:
    """Whether the round of a rating left its question ungraded."""
    round_ = content.rounds.get(inspection.round)
    ungraded: Collection[str] = round_.ungraded if round_ else ()
    return rating.question in ungraded and rating.question != UNREAD


def _given(rating: Rating) -> str:
    """Return the grade of a rating, or the reason why there is none."""
    return rating.grade or str(rating.not_graded)


def _carried_over(content: Content) -> Iterator[tuple[Rated, str, Inspection]]:
    """Give each carried-over rating, with the id and the record of where it comes from."""
    for rated in ratings(content):
        name = rated.rating.carried_over_from
        origin = content.inspections.get(name) if name else None
        if name and origin and content.is_whole(origin):
            yield rated, name, origin


def _may_be_earlier(origin: Inspection, rated: Rated) -> bool:
    """Whether ``origin`` may have been published before a rating, as far as that is known."""
    if origin is rated.inspection:
        return False
    there, here = origin.published, rated.when
    if there is None or here is None:
        return True
    return not here.is_before(there) and (there != here or here.day is None)
