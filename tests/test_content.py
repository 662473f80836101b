"""The real content: no problems, and the rules of fairness that go beyond any single file."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from peelsite.checks import check
from peelsite.checks.doubts import HEADLINE_WORDS
from peelsite.load import Content, load
from peelsite.problems import report
from peelsite.schema import (
    Body,
    BodyKind,
    Claim,
    Dating,
    Finding,
    Inspection,
    Quote,
    Rating,
    Source,
    SourceKind,
    Spoken,
    Wording,
)

CONTENT: Final = Path(__file__).parent.parent / "content"

FILES: Final = sorted(
    path.relative_to(CONTENT).as_posix()
    for path in CONTENT.rglob("*")
    if path.suffix in (".yml", ".yaml") and path.relative_to(CONTENT).parts[0] != "pages"
)
INSPECTIONS: Final = [Path(name).stem for name in FILES if name.startswith("inspections/")]

LONGEST_QUOTATION: Final = 40


@cache
def content() -> Content:
    return load(CONTENT)


def test_there_is_content() -> None:
    assert INSPECTIONS
    pages = {f"content/pages/{path.name}" for path in (CONTENT / "pages").iterdir()}
    assert {f"content/{name}" for name in FILES} | pages == content().files.keys()


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_no_problems(name: str) -> None:
    problems = [each for each in check(content()) if each.path == f"content/{name}"]

    assert not problems, report(problems)


def test_nothing_else_has_problems() -> None:
    problems = check(content())

    assert not problems, report(problems)


def quotes() -> list[Quote]:
    return [quote for each in content().inspections.values() for quote in each.within(Quote)]


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_quotations_are_short(id_: str) -> None:
    """Counted in the YAML itself, for a quotation that is refused is not among the records."""
    text = (CONTENT / "inspections" / f"{id_}.yml").read_text(encoding="utf-8")
    found = list(quotations(yaml.load(text, Loader=yaml.CSafeLoader)))

    assert [each for each in found if len(each.split()) > LONGEST_QUOTATION] == []
    assert len(found) == len(list(content().inspections[id_].within(Quote)))


def test_there_are_quotations() -> None:
    assert quotes()


def quotations(value: Any) -> Iterator[str]:
    """Give the text of every quotation in a YAML value, at whatever depth."""
    if isinstance(value, dict):
        if {"text", "speaker"} <= value.keys():
            yield value["text"]
        for each in value.values():
            yield from quotations(each)
    elif isinstance(value, list):
        for each in value:
            yield from quotations(each)


def test_no_quotation_stands_twice() -> None:
    places = defaultdict(list)
    for quote in quotes():
        words = re.sub(r"\W+", " ", quote.text).strip().lower()
        places[words].append(f"{quote.path}: {quote.text}")

    assert [same for same in places.values() if len(same) > 1] == []


def test_quotations_have_no_quotation_marks_around_them() -> None:
    """The pages put them there."""
    assert [q.text for q in quotes() if q.text[0] in "\"“'‘" and q.text[-1] in "\"”'’"] == []


# --- who is there --------------------------------------------------------------------------------

REGIONS: Final = {
    "north-east": 3,
    "north-west": 6,
    "yorkshire-and-the-humber": 4,
    "east-midlands": 5,
    "west-midlands-region": 4,
    "eastern": 7,
    "south-east": 4,
    "south-west": 5,
    "southern-wales": 3,
    "london": 3,
}
"""The ten regions, with the number of their forces; London's with the British Transport Police."""


def of_kind(kind: BodyKind) -> dict[str, Body]:
    return {id_: body for id_, body in content().bodies.items() if body.kind is kind}


def test_there_are_43_forces_and_the_british_transport_police() -> None:
    assert len(of_kind(BodyKind.FORCE)) == 43 + 1
    assert "btp" in of_kind(BodyKind.FORCE)


def test_every_force_lies_in_one_of_the_ten_regions() -> None:
    lying = Counter(body.region for body in of_kind(BodyKind.FORCE).values())

    assert of_kind(BodyKind.REGION).keys() == REGIONS.keys()
    assert lying == REGIONS


def test_every_region_but_london_has_one_unit_and_it_is_run_by_all_of_its_forces() -> None:
    forces = defaultdict(set)
    for id_, body in of_kind(BodyKind.FORCE).items():
        forces[body.region].add(id_)
    run_by = {body.region: set(body.forces) for body in of_kind(BodyKind.UNIT).values()}

    assert len(of_kind(BodyKind.UNIT)) == len(run_by) == 9
    assert run_by == {region: found for region, found in forces.items() if region != "london"}


@pytest.mark.parametrize(
    ("id_", "names"),
    [
        (
            "nerou",
            [
                "North East Regional Organised Crime Unit",
                "North East Regional Special Operations Unit",
            ],
        ),
        ("hampshire", ["Hampshire and Isle of Wight Constabulary", "Hampshire Constabulary"]),
    ],
)
def test_bodies_have_their_names_over_time(id_: str, names: list[str]) -> None:
    body = content().bodies[id_]

    assert [each.name for each in body.names] == names
    assert body.names[0].note  # nothing that we have read says when the name changed


def test_the_unit_of_the_north_east_keeps_the_names_that_others_use() -> None:
    also = {each.name for each in content().bodies["nerou"].also_called}

    assert also == {"NEROU", "North East Regional Specialist Operations Unit"}


# --- the rounds ----------------------------------------------------------------------------------

ROUNDS: Final = {
    "peel-2014": "peel-4",
    "peel-2015": "peel-4",
    "peel-2016": "peel-4",
    "peel-2017": "peel-4",
    "peel-2018": "peel-4",
    "peel-2021-first": "peel-5",
    "peel-2021": "peel-5",
    "peel-2023": "peel-5",
    "soc-2022": "peel-5",
    "vetting-2021": "peel-5",
    "integrity-2021": "peel-5",
}
"""Every round, with its scale."""

UNGRADED: Final = {
    "peel-2015": {"crime-recording", "leadership"},
    "peel-2018": {"specialist-capabilities"},
    "peel-2021-first": {"strategic-policing-requirement", "armed-threats"},
    "peel-2021": {"victims"},
    "peel-2023": {"victims"},
}
"""What HMICFRS says that it left ungraded."""


def test_every_round_is_there_with_its_scale() -> None:
    assert {id_: each.scale for id_, each in content().rounds.items()} == ROUNDS
    grades = [grade.id for grade in content().scales["peel-5"].grades]
    assert grades == ["outstanding", "good", "adequate", "requires-improvement", "inadequate"]
    assert [each.id for each in content().scales["peel-4"].grades] == [*grades[:2], *grades[3:]]


@pytest.mark.parametrize(("id_", "questions"), UNGRADED.items())
def test_a_round_says_what_it_left_ungraded(id_: str, questions: set[str]) -> None:
    assert set(content().rounds[id_].ungraded) == questions


def test_grades_are_compared_only_among_the_rounds_from_2015_to_2018() -> None:
    """Because HMICFRS says that those of 2018/19, of 2021/22 and of 2023-25 may not be."""
    rounds = content().rounds
    comparable = {frozenset({id_, o}) for id_, each in rounds.items() for o in each.comparable_with}
    allowed = ["peel-2015", "peel-2016", "peel-2017", "peel-2018"]

    assert comparable == {frozenset({a, b}) for a in allowed for b in allowed if a != b}


@pytest.mark.parametrize(
    ("id_", "exact"),
    [
        ("peel-2021-first", {"victims"}),
        ("peel-2021", set()),
        ("peel-2023", {"victims"}),
        ("soc-2022", set()),
    ],
)
def test_questions_that_we_have_not_read_in_full_are_marked_as_our_words(
    id_: str, exact: set[str]
) -> None:
    asked = content().rounds[id_].asked

    assert {each.question for each in asked if each.wording_is is Wording.EXACT} == exact


def test_two_questions_of_2017_are_in_our_words() -> None:
    ours = {
        each.question
        for each in content().rounds["peel-2017"].asked
        if each.wording_is is Wording.PARAPHRASE
    }

    assert {"using-resources", "planning-ahead"} <= ours


# --- the inspections -----------------------------------------------------------------------------


ON_ONE_QUESTION: Final = {
    "2016-02-25-northumbria-leadership-2015",
    "2023-06-16-cleveland-vetting",
    "2023-09-21-northumbria-vetting",
}
"""Reports on one question alone, which they answer."""


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_every_body_is_rated_or_said_to_be_missing(id_: str) -> None:
    """Whoever an inspection speaks of has a rating; what it lacks is among what is not known."""
    inspection = content().inspections[id_]
    round_ = content().rounds[inspection.round]
    graded = {each.question for each in round_.asked} - set(round_.ungraded)
    lacking = {
        body: graded - {rating.question for rating in part.ratings}
        for body, part in inspection.bodies.items()
    }

    assert inspection.bodies
    assert [body for body, part in inspection.bodies.items() if not part.ratings] == []
    if any(lacking.values()):
        assert bool(inspection.not_known) == (id_ not in ON_ONE_QUESTION)


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_a_rating_that_is_not_in_our_sources_is_told_with_where_we_looked(id_: str) -> None:
    inspection = content().inspections[id_]
    missing = {
        content().bodies[body].short
        for body, part in inspection.bodies.items()
        if any(rating.not_graded == "not-in-sources" for rating in part.ratings)
    }

    told = " ".join(gap.summary for gap in inspection.not_known)
    assert {name for name in missing if name not in told} == set()


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_no_body_of_the_region_is_left_out(id_: str) -> None:
    """Who is in the region of an inspected region is rated in it, or told why not."""
    inspection, bodies = content().inspections[id_], content().bodies
    regions = {body for body in inspection.bodies if body in bodies and not bodies[body].region}
    expected = {id_ for id_, body in bodies.items() if body.region in regions} | regions

    assert expected - inspection.bodies.keys() == set()


def test_regional_inspections_speak_of_a_region() -> None:
    regional = [each for each in content().inspections.values() if each.round == "soc-2022"]

    assert len(regional) == 7
    assert [each.path for each in regional if not each.bodies.keys() & REGIONS.keys()] == []


def test_every_publication_has_one_file() -> None:
    """No two files have one title, and no page is rated from on one day in two files."""
    titles = Counter(each.title for each in content().inspections.values())
    pages = defaultdict(set)
    for id_, each in content().inspections.items():
        for rating in each.within(Rating):
            source = each.sources[rating.source]
            if source.kind is SourceKind.PRIMARY:
                pages[source.url, str(rating.published or each.published)].add(id_)

    assert [same for same, number in titles.items() if number > 1] == []
    assert [files for files in pages.values() if len(files) > 1] == []


def test_no_question_of_a_round_is_answered_twice_for_a_body() -> None:
    answers = Counter(
        (each.round, body, rating.question)
        for each in content().inspections.values()
        for body, part in each.bodies.items()
        for rating in part.ratings
    )

    assert [same for same, number in answers.items() if number > 1] == []


def test_carried_over_grades_come_from_an_earlier_round() -> None:
    """And say so: HMICFRS, a force or its PCC names these three as grades of 2016."""
    carried = {
        (each.round, body, rating.question, rating.carried_over_from)
        for each in content().inspections.values()
        for body, part in each.bodies.items()
        for rating in part.ratings
        if rating.carried_over_from
    }
    origin = "2017-03-02-peel-effectiveness-2016"

    assert carried == {
        ("peel-2017", "northumbria", "preventing-crime", origin),
        ("peel-2017", "northumbria", "soc", origin),
        ("peel-2018", "durham", "preventing-crime", origin),
    }


# --- marks of doubt ------------------------------------------------------------------------------


def rated() -> Iterator[tuple[str, str, Inspection, Rating]]:
    """Give each rating with the id of its inspection, its body and the inspection."""
    for id_, each in content().inspections.items():
        for body, part in each.bodies.items():
            for rating in part.ratings:
                yield id_, body, each, rating


def test_dates_of_pages_on_a_force_are_not_called_dates_of_publication() -> None:
    """HMICFRS's pages of 2015 to 2018/19 show when they were last changed.

    Those of 2014 show a day before the one that HMICFRS gives as that of publication.
    """
    page = re.compile(r"/peel-assessments/peel-201[5-8]/")
    marked, unmarked = 0, []
    for id_, body, each, rating in rated():
        if page.search(each.sources[rating.source].url):
            own = rating.published is not None
            known = (rating.published or each.published) is not None
            dating = rating.published_is if own else each.published_is
            marked += dating is Dating.PAGE_DATE
            if known and dating is not Dating.PAGE_DATE:
                unmarked.append((id_, body, rating.question))

    assert marked
    assert unmarked == []


def test_a_day_that_is_not_known_is_among_what_is_not_known() -> None:
    undated = {id_: e for id_, e in content().inspections.items() if e.published is None}
    told = re.compile(r"\b(when|day)\b.*\bpublished\b", re.IGNORECASE)

    assert undated
    assert all(id_.startswith("undated-") for id_ in undated)
    assert [
        id_
        for id_, each in undated.items()
        if not any(told.search(gap.summary) for gap in each.not_known)
    ] == []


@pytest.mark.parametrize(
    ("id_", "body", "questions"),
    [
        ("2017-11-09-peel-efficiency-2017", "northumbria", {"using-resources", "planning-ahead"}),
        ("2017-11-09-peel-efficiency-2017", "durham", {"using-resources", "planning-ahead"}),
        ("2017-11-09-peel-efficiency-2017", "cleveland", {"using-resources", "planning-ahead"}),
        ("2022-12-07-north-east-soc", "durham", {"soc"}),
        ("2022-12-07-north-east-soc", "northumbria", {"soc"}),
        ("2023-11-17-durham-peel-2023", "durham", {"soc"}),
    ],
)
def test_what_is_doubtful_is_marked(id_: str, body: str, questions: set[str]) -> None:
    part = content().inspections[id_].bodies[body]

    assert {each.question for each in part.ratings if each.uncertain} == questions


def test_everything_in_a_round_read_from_one_newspaper_whose_count_is_wrong_is_doubtful() -> None:
    part = content().inspections["2025-05-14-northumbria-peel-2023"].bodies["northumbria"]

    assert [each.question for each in part.ratings if each.grade and not each.uncertain] == []


def test_newspapers_and_stations_are_press() -> None:
    """So that what we have read in them alone is marked "press only"."""
    names = re.compile(
        r"\b(bbc|itv|news|mail|gazette|herald|echo|post|globe|argus|today|professional|radio|hits|"
        r"live|heart|capital|tfm|sound|federation)\b",
        re.IGNORECASE,
    )
    sources = [source for each in content().inspections.values() for source in each.within(Source)]
    press = {each.publisher for each in sources if each.kind is SourceKind.PRESS}

    assert {each for each in press if not names.search(each)} == set()
    assert {
        each.publisher
        for each in sources
        if each.kind is not SourceKind.PRESS and names.search(each.publisher)
    } == set()


COUNTS_DIFFER: Final = {
    "2016-02-18-peel-effectiveness-2015": {"most-forces", "bedford-today"},
    "2021-10-27-durham-peel-2021": {"release", "report"},
    "2022-09-22-northumbria-peel-2021": {"release", "report"},
    "2022-11-25-humberside-peel-2021": {"bbc-humberside", "release", "report"},
    "2023-03-17-cleveland-peel-2021": {"release", "report"},
    "2023-11-17-durham-peel-2023": {"release", "report"},
    "2025-04-11-cleveland-peel-2023": {"release", "report"},
    "2025-05-14-northumbria-peel-2023": {"shields-gazette", "report"},
}
"""Inspections of which two sources give different counts, with these sources."""


@pytest.mark.parametrize(("id_", "sources"), COUNTS_DIFFER.items())
def test_counts_that_disagree_are_recorded_as_a_difference(id_: str, sources: set[str]) -> None:
    told = [
        {statement.source for statement in each.statements}
        for each in content().inspections[id_].differences
        if each.title.startswith("How many")
    ]

    assert told == [sources]


def test_nothing_rests_on_collections_of_grades_made_by_others() -> None:
    """One, a "PEEL Ratings Summary (2024/25 cycle)" in a code repository, is known to be wrong.

    It gives grades for the three pillars, which no round has had since 2018/19.
    """
    sources = [
        source
        for file in (*content().inspections.values(), *content().bodies.values())
        for source in file.within(Source)
    ]
    sources += [source for each in content().rounds.values() for source in each.within(Source)]
    wrong = re.compile(r"github|gitlab|bitbucket|ratings summary|2024/25 cycle", re.IGNORECASE)
    pillars = {"effectiveness", "efficiency", "legitimacy"}

    assert sources
    assert [s.url for s in sources if wrong.search(f"{s.url} {s.title} {s.publisher}")] == []
    assert [
        (id_, body)
        for id_, body, each, rating in rated()
        if rating.question in pillars and ROUNDS[each.round] != "peel-4"
    ] == []


# --- fairness of words ---------------------------------------------------------------------------


def titles(inspection: Inspection) -> list[str]:
    findings = [each.title for each in inspection.within(Finding)]
    claims = [each.title for each in inspection.within(Claim)]
    return findings + claims + [each.title for each in inspection.differences]


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_titles_are_sober(id_: str) -> None:
    told = titles(content().inspections[id_])

    assert [title for title in told if HEADLINE_WORDS.search(title) or "!" in title] == []


def test_there_are_titles() -> None:
    assert [title for each in content().inspections.values() for title in titles(each)]


@pytest.mark.parametrize(
    "title",
    ["Paedophile hunters struggle", "Force SLAMMED by watchdog", "Inspectors blasted the unit"],
)
def test_words_of_headlines_are_known(title: str) -> None:
    assert HEADLINE_WORDS.search(title)


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_who_speaks_is_named_by_office(id_: str) -> None:
    """A claim or reply begins with an office or the body, and a name only follows it."""
    offices = re.compile(
        r"commissioner|constable|superintendent|head of|spokes(wo)?man|spokesperson|mayor|chief",
        re.IGNORECASE,
    )
    spoken = list(content().inspections[id_].within(Spoken))

    assert [each.by for each in spoken if not offices.search(each.by)] == []


@pytest.mark.parametrize("id_", INSPECTIONS)
def test_a_claim_says_that_it_is_the_bodys_own_account(id_: str) -> None:
    claims = list(content().inspections[id_].within(Claim))

    assert [claim.id for claim in claims if claim.note is None] == []


# --- what follows a report -----------------------------------------------------------------------


def quoted_in() -> Iterator[tuple[Source, Quote]]:
    """Give each quotation with the source it was read in."""
    for each in content().inspections.values():
        yield from ((each.sources[quote.source], quote) for quote in each.within(Quote))


def test_every_checked_quotation_was_checked_in_a_web_page_that_was_read_that_day() -> None:
    checked = [(source, quote) for source, quote in quoted_in() if quote.checked]
    written = [
        line
        for name in FILES
        for line in (CONTENT / name).read_text(encoding="utf-8").splitlines()
        if re.search(r"\bchecked: \d{4}-\d\d-\d\d\b", line)
    ]

    assert len(checked) == len(written) == 33
    assert [quote.text for source, quote in checked if quote.checked != source.read] == []
    assert [quote.text for source, quote in checked if re.search(r"\.pdf\b", source.url)] == []


def test_one_quotation_is_not_linked_to_its_place() -> None:
    """The newspaper has the word twice, and the first time it is the newspaper's own."""
    assert [quote.text for _, quote in quoted_in() if not quote.checked] == ["struggling"]


NORTH_EAST: Final = "2022-12-07-north-east-soc"
WEST_MIDLANDS: Final = "2024-05-14-west-midlands-soc"

OWN_PAGE: Final = {SourceKind.BODY, SourceKind.OFFICIAL, SourceKind.PRIMARY}
"""Where an office, a response or a list of responses is to be found; a newspaper is not."""


def test_no_response_was_found_for_the_north_east() -> None:
    parts = content().inspections[NORTH_EAST].bodies
    looked = {body: part.response_not_found for body, part in parts.items()}

    assert {body for body, each in looked.items() if each} == {"northumbria", "durham", "cleveland"}
    assert [body for body, each in looked.items() if each and not each.note] == []
    assert [body for body, part in parts.items() if part.response] == []


def test_two_responses_were_found_and_neither_day_is_known() -> None:
    """A letter has a date; that it was published on that day is not said anywhere."""
    found = {
        (id_, body): part.response
        for id_, each in content().inspections.items()
        for body, part in each.bodies.items()
        if part.response
    }

    assert found.keys() == {(WEST_MIDLANDS, "warwickshire"), (WEST_MIDLANDS, "west-mercia")}
    for (id_, body), response in found.items():
        source = content().inspections[id_].sources[response.source]
        office = content().bodies[body].policing_body
        assert response.published is None
        assert response.note
        assert office
        assert (source.kind, source.publisher) == (SourceKind.BODY, office.name)


def test_responses_were_looked_for_where_they_would_stand() -> None:
    looked = [
        each.sources[key]
        for each in content().inspections.values()
        for part in each.bodies.values()
        for key in (part.response_not_found.looked_in if part.response_not_found else ())
    ]

    assert looked
    assert [source.url for source in looked if source.kind not in OWN_PAGE] == []


OFFICE_NOT_GIVEN: Final = {
    *("north-yorkshire", "south-yorkshire", "west-yorkshire"),
    *("avon-and-somerset", "devon-and-cornwall", "dorset", "dyfed-powys", "gloucestershire"),
    *("gwent", "south-wales", "wiltshire"),
}
"""Forces whose local policing body has no name here.

Those of the first line passed from a commissioner to a mayor between a report and today; for those
of the others no report on this site is of a time since the duty to respond within 56 days.
"""


def test_forces_have_a_local_policing_body_read_at_a_public_office() -> None:
    forces = of_kind(BodyKind.FORCE)
    offices = {id_: body.policing_body for id_, body in forces.items() if body.policing_body}

    assert forces.keys() - offices.keys() == OFFICE_NOT_GIVEN | {"btp"}
    assert forces["btp"].no_policing_body
    assert [
        id_
        for id_, office in offices.items()
        if forces[id_].sources[office.source].kind not in OWN_PAGE
    ] == []


def test_a_force_whose_office_has_no_name_here_has_no_report_since_the_duty_began() -> None:
    mayors = {"north-yorkshire", "south-yorkshire", "west-yorkshire"}
    since = {
        body
        for each in content().inspections.values()
        for body in each.bodies
        if each.published and each.published.span[1].isoformat() >= "2017-05-02"
    }

    assert since & OFFICE_NOT_GIVEN == mayors


def test_the_bbc_says_that_a_single_chief_officer_was_recommended_before() -> None:
    """Which report did so is not known, and so no finding of ours is named."""
    unit = content().inspections[NORTH_EAST].bodies["nerou"]
    [finding] = [each for each in unit.findings if each.said_before]

    assert finding.id == "single-chief-officer"
    assert [(each.speaker, each.source) for each in finding.said_before] == [("press", "bbc")]
    assert (finding.further, finding.repeats) == ((), ())


def test_corrections_say_what_was_wrong_and_what_is_right() -> None:
    corrections = content().corrections

    assert len(corrections) == len(yaml.safe_load((CONTENT / "corrections.yml").read_text("utf-8")))
    assert corrections
    assert [id_ for id_, each in corrections.items() if each.was == each.now] == []


def test_our_remark_stood_on_nine_pages() -> None:
    about = content().corrections["our-remark-as-their-words"].about
    wrong = re.compile(r"not recorded on this site", re.IGNORECASE)

    assert len(about) == 9
    assert [
        id_
        for id_, body in content().bodies.items()
        if any(wrong.search(each.summary) for each in body.about)
    ] == []
