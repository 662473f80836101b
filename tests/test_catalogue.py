"""The catalogue: everything joined, and what follows from it."""

import datetime
import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import FrozenInstanceError, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

import pytest

from peelsite import schema
from peelsite.catalogue import (
    Body,
    Catalogue,
    Claim,
    Finding,
    Inspection,
    Part,
    Quote,
    Rating,
    Reply,
    Said,
    Silence,
    Source,
    Update,
    evidence_of,
    join,
)
from peelsite.catalogue.joined import source_ids_of
from peelsite.checks import check
from peelsite.load import load
from peelsite.schema import BodyKind, Evidence, SourceKind, Speaker, Status, When, Wording

SMALL_SITE: Final = Path(__file__).parent / "small_site" / "content"


@cache
def catalogue() -> Catalogue:
    return join(load(SMALL_SITE))


def body(id_: str) -> Body:
    return next(each for each in catalogue().bodies if each.id == id_)


def inspection(id_: str) -> Inspection:
    return next(each for each in catalogue().inspections if each.id == id_)


def finding(id_: str) -> Finding:
    findings = (*catalogue().concerns, *catalogue().praised)
    return next(each for each in findings if each.id == id_)


def changed(folder: Path, file: str, *changes: tuple[str, str]) -> Catalogue:
    """Return the catalogue of the small site with some text in one of its files replaced."""
    content = shutil.copytree(SMALL_SITE, folder / "content")
    text = (content / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (content / file).write_text(text, encoding="utf-8")
    assert not check(load(content))
    return join(load(content))


# --- order -------------------------------------------------------------------------------------


def test_bodies_stand_by_name() -> None:
    names = [each.name for each in catalogue().bodies]

    assert names == sorted(names)
    assert [each.id for each in catalogue().of_kind(BodyKind.FORCE)] == [
        "northshire",
        "southmoor",
        "weald",
    ]


def test_inspections_and_their_parts_stand_newest_first() -> None:
    """One of unknown date stands where its round began."""
    assert [each.id for each in catalogue().inspections] == [
        "2024-02-special",
        "undated-third",
        "2023-06-15-crime",
        "2019-05-01-fraud",
    ]
    assert [(part.inspection.id[:4], part.body.id) for part in catalogue().parts] == [
        ("2024", "northshire"),
        ("unda", "northshire"),
        ("unda", "southmoor"),
        ("2023", "northshire"),
        ("2023", "southmoor"),
        ("2023", "vrcu"),
        ("2023", "vale"),
        ("2019", "northshire"),
        ("2019", "southmoor"),
        ("2019", "vrcu"),
    ]


def test_the_order_of_files_does_not_matter() -> None:
    content = load(SMALL_SITE)
    turned = replace(
        content,
        bodies=dict(reversed(content.bodies.items())),
        inspections=dict(reversed(content.inspections.items())),
    )

    assert [each.id for each in join(turned).bodies] == [each.id for each in catalogue().bodies]
    assert [each.id for each in join(turned).sources] == [each.id for each in catalogue().sources]
    assert [p.body.id for p in join(turned).parts] == [p.body.id for p in catalogue().parts]


def test_what_is_joined_is_frozen() -> None:
    for record in (catalogue(), body("vrcu"), finding("telephone"), catalogue().sources[0]):
        with pytest.raises(FrozenInstanceError):
            record.id = "other"  # type: ignore[misc,union-attr]


# --- what belongs to what ----------------------------------------------------------------------


def test_parts_are_those_of_a_body_or_an_inspection() -> None:
    of_body = catalogue().parts_of(body("northshire"))
    of_inspection = catalogue().parts_of(inspection("2019-05-01-fraud"))

    assert [part.inspection.id for part in of_body] == [
        "2024-02-special",
        "undated-third",
        "2023-06-15-crime",
        "2019-05-01-fraud",
    ]
    assert [part.body.id for part in of_inspection] == ["northshire", "southmoor", "vrcu"]
    assert catalogue().parts_of(body("weald")) == ()


def test_an_inspection_may_have_the_id_of_a_body() -> None:
    """File names are ids, and nothing keeps an editor from inspections/northshire.yml."""
    other = replace(inspection("2019-05-01-fraud"), id="northshire")
    parts = tuple(
        replace(part, inspection=other) if part.inspection.id.startswith("2019") else part
        for part in catalogue().parts
    )
    mixed = replace(catalogue(), parts=parts)

    assert {part.body.id for part in mixed.parts_of(body("northshire"))} == {"northshire"}
    assert len(mixed.parts_of(body("northshire"))) == 4
    assert [part.body.id for part in mixed.parts_of(other)] == ["northshire", "southmoor", "vrcu"]


def test_a_shared_finding_is_told_to_the_others_and_counted_once() -> None:
    parts = {part.body.id: part for part in catalogue().parts_of(inspection("2023-06-15-crime"))}

    assert [each.id for each in parts["vale"].shared] == ["nobody-leads", "bicycles"]
    assert [each.id for each in parts["northshire"].shared] == ["nobody-leads"]
    assert parts["vrcu"].shared == ()
    assert finding("nobody-leads").shared_with == (body("vale"), body("northshire"))
    assert len(parts["vale"].said) == 2  # its two ratings
    assert [each.id for each in catalogue().concerns].count("nobody-leads") == 1


@pytest.mark.parametrize(
    ("id_", "related"),
    [
        ("northshire", ["vrcu"]),
        ("weald", []),
        ("vrcu", ["northshire", "southmoor"]),
        ("vale", ["vrcu", "northshire", "southmoor", "weald"]),
    ],
)
def test_who_is_related_to_whom(id_: str, related: list[str]) -> None:
    assert [each.id for each in catalogue().related_to(body(id_))] == related


def test_a_body_elsewhere_is_not_related_to_a_region() -> None:
    elsewhere = replace(body("weald"), id="elsewhere", region=None)
    wider = replace(catalogue(), bodies=(*catalogue().bodies, elsewhere))

    assert elsewhere not in wider.related_to(body("vale"))


def test_records_hold_each_other() -> None:
    assert body("vrcu").forces == (body("northshire"), body("southmoor"))
    assert body("northshire").region is body("vale")
    assert finding("telephone").body is body("northshire")
    assert finding("telephone").inspection is inspection("2023-06-15-crime")


def test_findings_on_a_theme() -> None:
    telephones = next(theme for theme in catalogue().themes if theme.id == "telephones")

    assert [item.id for item in catalogue().on_theme(telephones)] == [
        "telephone",
        "nobody-leads",
        "paper-piles",
        "fraud-desk",
        "happy-callers",
    ]


def test_a_body_knows_its_names() -> None:
    assert body("vrcu").name == "Vale Regional Crime Unit"
    assert body("vrcu").other_names == ["VRCU", "VSS", "Vale Special Squad", "The Flying Pedals"]
    assert body("northshire").other_names == []
    assert body("southmoor").other_names == ["Southmoor County Watch"]


def test_the_date_of_the_data_is_the_latest_day_in_it(tmp_path: Path) -> None:
    assert catalogue().as_of == datetime.date(2026, 1, 6)
    later = changed(tmp_path, "bodies/northshire.yml", ("read: 2026-01-04", "read: 2026-02-28"))
    assert later.as_of == datetime.date(2026, 2, 28)


@pytest.mark.parametrize("sources", [0, 1])
def test_a_site_without_inspections_has_a_date_or_none(sources: int) -> None:
    few = replace(catalogue(), inspections=(), parts=(), sources=catalogue().sources[:sources])

    assert few.as_of == (few.sources[0].read if sources else None)


# --- ratings -----------------------------------------------------------------------------------


def told(ratings: Iterable[Rating]) -> list[tuple[str, str | None, str | None]]:
    """Return question, date and grade of each rating."""
    return [
        (
            each.question.id,
            each.published.iso if each.published else None,
            each.grade.id if each.grade else None,
        )
        for each in ratings
    ]


def test_ratings_stand_newest_first() -> None:
    """One of unknown date stands where its round began."""
    assert told(catalogue().ratings_of(body("southmoor"))) == [
        ("fraud", None, "adequate"),
        ("fraud", "2023-07-01", "requires-improvement"),
        ("callers", "2023-06-15", None),
        ("fraud", "2019-05-01", "requires-improvement"),
    ]


def test_the_latest_ratings_are_those_of_the_newest_round_of_each_programme() -> None:
    latest = {
        each.id: {found.round.id: told(found.ratings) for found in catalogue().latest_of(each)}
        for each in catalogue().bodies
    }

    assert latest == {
        "northshire": {
            "special": [("fraud", "2024-02", "adequate")],
            "third": [("fraud", None, "good"), ("callers", None, None)],
        },
        "southmoor": {"third": [("fraud", None, "adequate")]},
        "vrcu": {"second": [("fraud", "2023-06-15", "adequate"), ("callers", "2023-06-15", None)]},
        "vale": {"second": [("fraud", "2023-06-15", None), ("callers", "2023-06-15", None)]},
        "weald": {},
    }
    assert list(latest["northshire"]) == ["special", "third"]
    [_, third] = catalogue().latest_of(body("northshire"))
    assert third.inspections == (inspection("undated-third"),)


@pytest.mark.parametrize(
    ("id_", "rounds"),
    [
        ("northshire", []),
        ("southmoor", ["special"]),
        ("weald", ["first", "second", "third", "special"]),
        ("vrcu", []),
        ("vale", []),
    ],
)
def test_the_rounds_in_which_a_body_has_no_rating_and_others_like_it_have(
    id_: str, rounds: list[str]
) -> None:
    assert [each.id for each in catalogue().rounds_without(body(id_))] == rounds


def rating(inspection_id: str, body_id: str, question: str = "fraud") -> Rating:
    [part] = [
        part
        for part in catalogue().parts_of(inspection(inspection_id))
        if part.body is body(body_id)
    ]
    return next(each for each in part.ratings if each.question.id == question)


@pytest.mark.parametrize(
    ("inspection_id", "body_id", "published", "rests_on", "is_own"),
    [
        ("2019-05-01-fraud", "southmoor", "2019-05-01", "stated", False),
        ("2019-05-01-fraud", "northshire", "2019-05-03", "page-date", True),
        ("2023-06-15-crime", "southmoor", "2023-07-01", "stated", True),
        ("2024-02-special", "northshire", "2024-02", "page-date", False),
        ("undated-third", "northshire", None, "stated", False),
    ],
)
def test_a_rating_has_the_date_of_its_inspection_or_its_own(
    inspection_id: str, body_id: str, published: str | None, rests_on: str, is_own: bool
) -> None:
    found = rating(inspection_id, body_id)

    assert found.published == (When(published) if published else None)
    assert found.published_is == rests_on
    assert found.has_own_date is is_own


def test_a_question_is_worded_as_its_round_worded_it() -> None:
    old, new = rating("2019-05-01-fraud", "northshire"), rating("2024-02-special", "northshire")

    assert old.question is new.question
    assert old.asked.wording.startswith("Does <b>the body</b> find")
    assert (new.asked.wording, new.asked.wording_is) == (
        "Has anybody looked for fraud?",
        Wording.PARAPHRASE,
    )


def test_a_round_knows_what_it_left_ungraded() -> None:
    ungraded = {
        round_.id: [asked.question.id for asked in round_.asked if asked.ungraded]
        for round_ in catalogue().rounds
    }

    assert ungraded == {"first": [], "second": [], "third": ["callers"], "special": []}


def test_rounds_may_be_compared_if_either_says_so() -> None:
    first, second, third, special = catalogue().rounds
    one_sided = replace(second, comparable_with=())

    assert second.may_be_compared_with(third)
    assert third.may_be_compared_with(second)
    assert third.may_be_compared_with(one_sided)
    assert one_sided.may_be_compared_with(third)
    assert first.may_be_compared_with(first)
    for other in (first, special):
        assert not other.may_be_compared_with(second)
        assert not second.may_be_compared_with(other)


def test_a_grade_is_a_step_of_the_scale_of_its_round() -> None:
    new, old = rating("2023-06-15-crime", "southmoor"), rating("2019-05-01-fraud", "southmoor")

    assert new.grade is not None
    assert old.grade is not None
    assert (new.grade.id, new.grade.filled, new.grade.steps) == ("requires-improvement", 2, 5)
    assert (old.grade.id, old.grade.filled, old.grade.steps) == ("requires-improvement", 2, 4)


def test_a_carried_over_grade_knows_where_it_comes_from() -> None:
    origins = {
        each.inspection.id: each.carried_over_from
        for each in catalogue().ratings_of(body("southmoor"))
        if each.question.id == "fraud"
    }

    assert origins == {
        "undated-third": None,
        "2023-06-15-crime": inspection("2019-05-01-fraud"),
        "2019-05-01-fraud": None,
    }


def test_a_region_has_reasons_and_no_grades() -> None:
    ratings = catalogue().ratings_of(body("vale"))

    assert len(ratings) == 2
    assert {rating.grade for rating in ratings} == {None}
    assert {rating.absence for rating in ratings} == {"inspected-not-graded"}


# --- how a concern stands ----------------------------------------------------------------------


def said(speaker: Speaker) -> Said:
    return Said(speaker, f"who {speaker.value} is", catalogue().sources[0])


def update(date: str, who: str, status: str | None) -> Update:
    speaker = next(each for each in Speaker if each == who)
    as_said = next((each for each in Status if each == status), None)
    return Update(When(date), as_said, "…", said(speaker), ())


def concern(*updates: tuple[str, str, str | None]) -> Finding:
    """Return a concern of 15 June 2023 with updates: date, speaker, status."""
    return replace(finding("telephone"), updates=tuple(update(*each) for each in updates))


@pytest.mark.parametrize(
    ("updates", "status", "is_open"),
    [
        ([], "open", True),
        ([("2023", "inspectors", None)], "open", True),
        ([("2023", "inspectors", "open")], "open", True),
        ([("2023", "inspectors", "action-planned")], "action-planned", True),
        ([("2023", "inspectors", "partly-addressed")], "partly-addressed", True),
        ([("2023", "inspectors", "reopened")], "reopened", True),
        ([("2023", "inspectors", "closed")], "closed", False),
        ([("2023", "inspectors", "superseded")], "superseded", False),
        ([("2023", "inspectors", "closed"), ("2024", "inspectors", "reopened")], "reopened", True),
        ([("2023", "inspectors", "closed"), ("2024", "inspectors", None)], "closed", False),
        ([("2023", "force", "closed")], "open", True),
        ([("2023", "unit", "closed")], "open", True),
        ([("2023", "policing-body", "closed")], "open", True),
        ([("2023", "press", "closed")], "open", True),
        ([("2023", "inspectors", "closed"), ("2024", "force", "open")], "closed", False),
        (
            [("2023", "inspectors", "action-planned"), ("2024", "force", "closed")],
            "action-planned",
            True,
        ),
    ],
)
def test_the_status_is_the_inspectors_last_word(
    updates: list[tuple[str, str, str | None]], status: str, is_open: bool
) -> None:
    assert concern(*updates).status == status
    assert concern(*updates).is_open is is_open


def test_praise_is_never_an_open_concern() -> None:
    assert not any(each.is_open for each in catalogue().praised)


def test_the_last_word_is_anyones() -> None:
    nothing_since = concern()
    answered = concern(("2023-07", "inspectors", "closed"), ("2023-10", "force", None))

    assert catalogue().silence(nothing_since) == Silence(When("2023-06-15"), "Inspectors")
    assert nothing_since.last_inspectors == When("2023-06-15")
    assert catalogue().silence(answered) == Silence(When("2023-10"), "who force is")
    assert answered.last_inspectors == When("2023-07")


@pytest.mark.parametrize(
    ("speaker", "counts"),
    [
        ("force", True),
        ("unit", True),
        ("policing-body", True),
        ("inspectors", False),
        ("press", False),
    ],
)
def test_the_body_answers_through_itself_or_its_overseer(speaker: str, counts: bool) -> None:
    answer = concern(("2023", speaker, None), ("2024", "press", None)).body_update

    assert (answer is not None) is counts


def test_a_status_stands_with_the_day_on_which_it_was_said() -> None:
    told = concern(
        ("2023-02", "inspectors", "action-planned"),
        ("2023-03", "force", "closed"),
        ("2024-05", "inspectors", None),
        ("2024-06", "force", None),
    )

    assert (told.status, told.last_inspectors) == (Status.ACTION_PLANNED, When("2023-02"))
    assert told.body_update is not None
    assert (told.body_update.status, told.body_update.date) == (Status.CLOSED, When("2023-03"))


def test_the_body_has_its_last_word() -> None:
    answer = concern(("2023", "force", "open"), ("2024", "force", "closed")).body_update

    assert answer is not None
    assert (answer.date.iso, answer.status) == ("2024", Status.CLOSED)


def test_open_concerns_stand_by_their_last_word() -> None:
    open_ones = catalogue().open_concerns
    since = [(each.id, catalogue().silence(each).since) for each in open_ones]

    assert [(id_, last.iso if last else None) for id_, last in since] == [
        ("hostile", "2023-06-15"),
        ("dog", "2023-06-15"),
        ("nobody-leads", "2023-07"),
        ("horse", "2023-09-01"),
        ("telephone", "2023-10"),
        ("lost-letters", None),  # nobody knows since when
    ]


# --- who says it, and where it was read --------------------------------------------------------


def all_said() -> list[Said]:
    return [said for part in catalogue().parts for said in part.said]


def answers(part: Part) -> tuple[Claim | Reply, ...]:
    return (*part.claims, *part.replies)


def quotes() -> list[Quote]:
    found: list[Quote] = []
    for part in catalogue().parts:
        for finding in (*part.concerns, *part.praised):
            found += finding.quotes
            found += chain.from_iterable(update.quotes for update in finding.updates)
        found += chain.from_iterable(spoken.quotes for spoken in answers(part))
    return found


@pytest.mark.parametrize(
    ("speaker", "names"),
    [
        (Speaker.INSPECTORS, {"Inspectors"}),
        (Speaker.FORCE, {"Northshire Police"}),
        (Speaker.UNIT, {"VRCU"}),
        (Speaker.POLICING_BODY, {"Northshire Crime Commissioner"}),
        (Speaker.PRESS, {"Vale Gazette", "Moor Courier"}),
    ],
)
def test_speakers_have_their_own_names(speaker: Speaker, names: set[str]) -> None:
    """Wherever their words were read: inspectors' words on a force's site stay theirs."""
    assert {each.who for each in all_said() if each.speaker is speaker} == names


def test_every_quotation_is_counted_among_what_is_said() -> None:
    inspections = load(SMALL_SITE).inspections.values()
    parts = [part for each in inspections for part in each.bodies.values()]

    assert len(quotes()) == sum(1 for part in parts for _ in part.within(schema.Quote))
    assert len(all_said()) == sum(1 for part in parts for _ in part.within(schema.Sourced))


def test_a_source_in_several_files_is_one_record() -> None:
    urls = [source.url for source in catalogue().sources]

    assert len(urls) == len(set(urls)) == len({source.id for source in catalogue().sources})
    report = next(each for each in catalogue().sources if each.url.endswith("/2023/vale"))
    assert report in inspection("2019-05-01-fraud").sources
    assert report in inspection("2023-06-15-crime").sources
    assert body("vale").names[0].sources[0] is report


def test_sources_have_ids_of_their_own_that_stay_when_more_are_added() -> None:
    first, second = ("https://example.org/5033", "https://example.org/5331")
    assert _mark(first) == _mark(second)
    written = load(SMALL_SITE).inspections["2019-05-01-fraud"].sources["report"]
    later = written.read + datetime.timedelta(1)
    one = written.model_copy(update={"url": first, "read": later})
    other = written.model_copy(update={"url": second, "read": written.read})

    ids = source_ids_of([one, other, one])
    assert ids == source_ids_of([other, one])
    assert ids[second] == source_ids_of([other])[second]
    assert ids[first] != ids[second]
    assert ids[first].startswith("imaginary-inspectorate-")


def _mark(url: str) -> str:
    return hashlib.blake2b(url.encode(), digest_size=3).hexdigest()


def test_sources_stand_by_publisher_and_title() -> None:
    names = [(source.publisher, source.title) for source in catalogue().sources]

    assert names == sorted(names)


def source(kind: SourceKind) -> Source:
    return replace(catalogue().sources[0], kind=kind)


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        (SourceKind.PRIMARY, Evidence.REPORT),
        (SourceKind.BODY, Evidence.ELSEWHERE),
        (SourceKind.OFFICIAL, Evidence.ELSEWHERE),
        (SourceKind.PRESS, Evidence.PRESS),
    ],
)
def test_evidence_follows_from_who_published(kind: SourceKind, evidence: Evidence) -> None:
    assert source(kind).evidence is evidence


@pytest.mark.parametrize(
    ("first", "others", "best"),
    [
        (SourceKind.PRESS, [], SourceKind.PRESS),
        (SourceKind.PRESS, [SourceKind.PRIMARY], SourceKind.PRIMARY),
        (SourceKind.PRESS, [SourceKind.BODY, SourceKind.PRIMARY], SourceKind.PRIMARY),
        (SourceKind.PRESS, [SourceKind.OFFICIAL], SourceKind.OFFICIAL),
        (SourceKind.PRIMARY, [SourceKind.PRESS], SourceKind.PRIMARY),
        (SourceKind.BODY, [SourceKind.OFFICIAL], SourceKind.BODY),
    ],
)
def test_the_best_source_counts(
    first: SourceKind, others: list[SourceKind], best: SourceKind
) -> None:
    said = Said(Speaker.INSPECTORS, "…", source(first), tuple(map(source, others)))

    assert said.best.kind is best


def test_evidence_is_counted_best_first_and_without_noughts() -> None:
    of_all = evidence_of(catalogue().parts)
    of_region = evidence_of(catalogue().parts_of(body("vale")))

    assert list(of_all) == [Evidence.REPORT, Evidence.ELSEWHERE, Evidence.PRESS]
    assert sum(of_all.values()) == len(all_said())
    assert of_region == {Evidence.REPORT: 2}
    assert evidence_of([]) == {}
