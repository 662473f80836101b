"""The history of a body: which ratings may be joined by a line, and what is said at a break."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

import html5lib
import pytest

from peelsite.catalogue import Catalogue, Rating, Round, Source, histories
from peelsite.catalogue.history import History, break_between, may_be_joined, newest_first
from peelsite.schema import Absence, When
from tests.sites import Made, make

HERE: Final = Path(__file__).parent
TEMPLATES: Final = HERE.parent / "templates"
REAL: Final = HERE.parent / "content"


@cache
def small_site() -> Made:
    return make(HERE / "small_site" / "content", TEMPLATES)


@cache
def real_site() -> Made:
    return make(REAL, TEMPLATES)


def catalogue() -> Catalogue:
    return small_site().catalogue


def source(id_: str) -> Source:
    return replace(catalogue().sources[0], id=id_, title=f"About {id_}")


def in_round(
    id_: str,
    began: str | None,
    *comparable: str,
    programme: str = "PEEL",
    sentence: str | None = None,
) -> Round:
    return replace(
        next(each for each in catalogue().rounds if each.id == "second"),
        id=id_,
        label=f"Round {id_}",
        programme=programme,
        began=When(began) if began else None,
        comparable_with=comparable,
        break_=sentence,
        comparability_source=source(id_),
    )


def rating(
    round_: Round,
    published: str | None,
    grade: str | None = "good",
    *,
    origin: Round | None = None,
    uncertain: str | None = None,
) -> Rating:
    """Return a rating on one and the same question."""
    one = next(each for each in catalogue().inspections if each.id == "2023-06-15-crime")
    grades = {each.id: each for each in round_.scale.grades}
    some = next(part for part in catalogue().parts if part.inspection is one).ratings[0]
    return replace(
        some,
        inspection=replace(one, id=f"in-{round_.id}", round=round_),
        published=When(published) if published else None,
        grade=grades[grade] if grade else None,
        absence=None if grade else Absence.INSPECTED_NOT_GRADED,
        carried_over_from=replace(one, id=f"in-{origin.id}", round=origin) if origin else None,
        uncertain=uncertain,
    )


def history(*ratings: Rating) -> History:
    [found] = histories(ratings)
    return found


def drawn(*ratings: Rating) -> list[str]:
    """Return what is drawn between one point and the next, oldest first."""
    points = history(*ratings).points
    between = []
    for older, newer in pairwise(points):
        assert older.joined_on is newer.joined
        assert not (newer.joined and newer.broken)
        between.append("line" if newer.joined else "break" if newer.broken else "nothing")
    assert not points[0].joined
    assert not points[0].broken
    assert not points[-1].joined_on
    return between


OLD: Final = in_round("old", "2017", "new")
NEW: Final = in_round("new", "2019", "old")
OTHER: Final = in_round("other", "2018")
LAST: Final = in_round("last", "2021", "new")


# --- what is joined, and what is broken --------------------------------------------------------


def test_neighbours_that_may_be_compared_are_joined() -> None:
    assert drawn(rating(OLD, "2017-05-01"), rating(NEW, "2019-05-01")) == ["line"]


@pytest.mark.parametrize("says_so", ["older", "newer"])
def test_it_is_enough_that_one_of_two_rounds_names_the_other(says_so: str) -> None:
    old = in_round("a", "2017", *(["b"] if says_so == "older" else []))
    new = in_round("b", "2019", *(["a"] if says_so == "newer" else []))

    assert drawn(rating(old, "2017-05-01"), rating(new, "2019-05-01")) == ["line"]


def test_no_line_leads_past_a_round_that_may_not_be_compared() -> None:
    """The first may be compared with the third, but not with the second between them."""
    between = drawn(
        rating(OLD, "2017-05-01"), rating(OTHER, "2018-05-01"), rating(NEW, "2019-05-01")
    )

    assert between == ["break", "break"]


def test_no_line_leads_past_a_round_without_a_grade() -> None:
    between = drawn(
        rating(OLD, "2017-05-01"), rating(NEW, "2019-05-01", None), rating(LAST, "2021-05-01")
    )

    assert between == ["nothing", "nothing"]


def test_a_break_stands_beside_a_round_without_a_grade_too() -> None:
    between = drawn(rating(OLD, "2017-05-01", None), rating(OTHER, "2018-05-01"))

    assert between == ["break"]


def test_two_ratings_of_one_round_are_joined_if_it_is_sure_which_was_first() -> None:
    first, second = rating(OLD, "2017-05-01"), rating(OLD, "2017-09", "outstanding")

    assert drawn(first, second) == ["line"]
    assert may_be_joined(second, first)
    assert not may_be_joined(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2017-05-01", "2017-05-01"),
        ("2017", "2017-05-01"),
        (None, "2017-05-01"),
        (None, None),
    ],
)
def test_two_ratings_of_one_round_are_not_joined_if_it_is_not(
    first: str | None, second: str | None
) -> None:
    assert drawn(rating(OLD, first), rating(OLD, second, "inadequate")) == ["nothing"]


@pytest.mark.parametrize(
    ("older", "newer", "line"),
    [
        (None, "2019-05-01", True),
        ("2017-05-01", None, True),
        (None, None, True),
        ("2019", "2019-05-01", True),  # the rounds tell which was first
    ],
)
def test_rounds_tell_the_order_where_dates_do_not(
    older: str | None, newer: str | None, line: bool
) -> None:
    assert may_be_joined(rating(NEW, newer), rating(OLD, older)) is line


def test_rounds_that_began_nobody_knows_when_tell_no_order() -> None:
    vague = in_round("vague", None, "old")

    assert not may_be_joined(rating(vague, None), rating(OLD, "2017-05-01"))
    assert may_be_joined(rating(vague, "2018"), rating(OLD, "2017-05-01"))


# --- grades that were carried over -------------------------------------------------------------


def test_a_carried_over_grade_is_joined_to_what_its_origin_may_be_compared_with() -> None:
    between = drawn(
        rating(OLD, "2017-05-01"),
        rating(NEW, "2019-05-01", origin=OLD),
    )

    assert between == ["line"]


def test_a_carried_over_grade_is_compared_with_nothing_that_its_origin_may_not_be() -> None:
    """Its own round may be compared with the next, but the grade is that of another round."""
    carried = rating(NEW, "2019-05-01", origin=OTHER)

    assert drawn(carried, rating(LAST, "2021-05-01")) == ["break"]
    assert drawn(rating(OLD, "2017-05-01"), carried) == ["break"]


def test_what_is_doubtful_or_not_new_is_marked() -> None:
    points = history(
        rating(OLD, "2017-05-01"),
        rating(NEW, "2019-05-01", origin=OLD),
        rating(OTHER, "2018-05-01", uncertain="…"),
        rating(LAST, "2021-05-01", origin=OLD, uncertain="…"),
        rating(in_round("x", "2022"), "2022-05-01", None),
    ).points

    assert [point.marks for point in points] == [
        (),
        ("uncertain",),
        ("carried", "over"),
        ("carried", "over", "uncertain"),
        ("no grade",),
    ]


# --- order -------------------------------------------------------------------------------------


def order(*ratings: Rating) -> list[str]:
    made = [each.inspection.round.id for each in newest_first(ratings)]
    assert made == [each.inspection.round.id for each in newest_first(reversed(ratings))]
    return made


def test_ratings_stand_by_date() -> None:
    """A regional inspection of one programme can come out before or after a round of another."""
    soc = in_round("soc", "2022", programme="SOC")
    peel = in_round("peel", "2023-02")

    assert order(rating(soc, "2024-05-14"), rating(peel, "2023-11-17")) == ["soc", "peel"]
    assert order(rating(soc, "2022-12-07"), rating(peel, "2023-11-17")) == ["peel", "soc"]


def test_a_rating_of_unknown_date_stands_where_its_round_began() -> None:
    assert order(
        rating(OLD, "2017-11-01"), rating(OTHER, None), rating(in_round("n", "2019"), "2019-05-01")
    ) == ["n", "other", "old"]


def test_a_rating_of_unknown_date_stands_after_those_of_earlier_rounds() -> None:
    """The last reports of a round can come out when the next one has begun."""
    late = rating(OLD, "2019-06-30")

    assert order(late, rating(NEW, None)) == ["new", "old"]
    assert order(late, rating(NEW, None), rating(LAST, "2021")) == ["last", "new", "old"]


def test_another_programme_does_not_move_a_rating_of_unknown_date() -> None:
    other = in_round("soc", "2016", programme="SOC")

    assert order(rating(other, "2024"), rating(NEW, None)) == ["soc", "new"]


def test_of_two_ratings_of_one_day_that_of_the_later_round_is_newer() -> None:
    assert order(rating(NEW, "2019-05-01"), rating(OLD, "2019-05-01")) == ["new", "old"]
    # though by its name it would stand before
    early = in_round("z", "2010")
    assert order(rating(early, "2019-05-01"), rating(OLD, "2019-05-01")) == ["old", "z"]


def test_the_table_has_the_newest_first_and_the_drawing_last() -> None:
    found = history(rating(OLD, "2017-05-01"), rating(NEW, None), rating(LAST, "2021"))

    assert [each.rating.inspection.round.id for each in found.entries] == ["last", "new", "old"]
    assert [each.label for each in found.points] == ["2017", "undated", "2021"]


# --- what is said at a break -------------------------------------------------------------------


def said_at(newer: Round, older: Round) -> tuple[str, list[str]]:
    found = break_between(rating(newer, "2020"), rating(older, "2010"))
    assert found is not None
    return found.reason, [each.id for each in found.sources]


def test_rounds_that_may_be_compared_have_no_break() -> None:
    assert break_between(rating(NEW, "2019"), rating(OLD, "2017")) is None
    assert break_between(rating(OLD, "2018"), rating(OLD, "2017")) is None


def test_the_newer_round_says_why() -> None:
    older = in_round("a", "2014", sentence="Why a.")
    newer = in_round("b", "2015", sentence="Why b.")

    assert said_at(newer, older) == ("Why b.", ["b"])


def test_the_older_round_says_why_if_the_newer_does_not() -> None:
    older = in_round("a", "2014", sentence="Why a.")
    newer = in_round("b", "2015")

    assert said_at(newer, older) == ("Why a.", ["a"])


def test_two_programmes_are_two_kinds_of_inspection_whatever_else_is_said() -> None:
    peel = in_round("peel", "2023", sentence="Not with the cycle before.")
    soc = in_round("soc", "2022", programme="Organised crime", sentence="Not with others of it.")

    for newer, older in ((peel, soc), (soc, peel)):
        reason, sources = said_at(newer, older)
        assert f"“{newer.programme}” and “{older.programme}” are two kinds" in reason
        assert "cycle" not in reason
        assert sources == [newer.id, older.id]


def test_where_no_round_says_why_nothing_is_claimed() -> None:
    reason, sources = said_at(in_round("b", "2015"), in_round("a", "2014"))

    assert reason.startswith("We have read nothing")
    assert sources == ["b", "a"]


def test_one_source_is_linked_once() -> None:
    one = in_round("a", "2014")
    other = replace(in_round("b", "2015"), comparability_source=one.comparability_source)

    assert said_at(other, one)[1] == ["a"]


def test_a_break_at_a_carried_over_grade_is_that_of_its_origin() -> None:
    origin = in_round("a", "2014", sentence="Why a.")
    carried = rating(in_round("b", "2015", "c", sentence="Why b."), "2015", origin=origin)
    found = break_between(rating(in_round("c", "2016"), "2016"), carried)

    assert found is not None
    assert found.reason == "Why a."


# --- the drawing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ratings",
    [
        [rating(OLD, "2017")],
        [rating(OLD, "2017", None), rating(OTHER, "2018", None)],
    ],
)
def test_there_is_nothing_to_draw_of_one_rating_or_of_no_grade(ratings: list[Rating]) -> None:
    assert history(*ratings).points == ()


@pytest.mark.parametrize(
    ("number", "columns", "rows"), [(2, 2, 1), (6, 6, 1), (7, 6, 2), (12, 6, 2), (13, 6, 3)]
)
def test_no_row_is_wider_than_a_phone(number: int, columns: int, rows: int) -> None:
    found = history(*(rating(OLD, f"20{year}") for year in range(10, 10 + number)))

    assert (found.columns, found.rows) == (columns, rows)
    assert [(point.row, point.column) for point in found.points] == [
        divmod(each, 6) for each in range(number)
    ]


SVG: Final = "{http://www.w3.org/2000/svg}"


def page(site: Made, address: str) -> Element:
    html = next(each.html for each in site.pages if each.page.address == address)
    root: Element = html5lib.parseFragment(html, container="main", namespaceHTMLElements=False)
    return root


def shown(site: Made, address: str, question: str) -> Element:
    """Return the history of one question in the record of a body."""
    found = page(site, f"{address}/record").find(f".//article[@id='history-{question}']")
    assert found is not None
    return found


def drawing(part: Element) -> Element:
    found = part.find(f"{SVG}svg")
    assert found is not None
    return found


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def rows_of(part: Element) -> Iterator[str]:
    for row in part.findall(".//tbody/tr"):
        yield "break" if row.get("class") == "break" else words(row)


def northshire() -> Element:
    return shown(small_site(), "forces/northshire", "fraud")


def test_the_table_has_a_row_for_each_rating_and_each_break() -> None:
    told = [row if row == "break" else row.split(",")[0] for row in rows_of(northshire())]

    assert told == [
        "A special look Adequate",
        "break",
        'The third <em>round</em> & "more" Good',
        "The second round Outstanding",
        "break",
        "The first round Good",
    ]


def number_of_boxes(path: Element | None) -> int:
    """Return how many boxes a path of the drawing has."""
    assert path is not None
    return path.get("d", "").count("h12v6h-12z")


def test_the_drawing_says_what_the_table_says() -> None:
    svg = drawing(northshire())
    points = svg.findall(f"{SVG}g")
    columns = [number_of_boxes(each.find(f"{SVG}path[@class='on']")) for each in points]
    whole = [sum(map(number_of_boxes, each.iter(f"{SVG}path"))) for each in points]
    lines = ("joined", "torn")
    parts = [
        [path.get("class") for path in each.iter(f"{SVG}path") if path.get("class") in lines]
        for each in points
    ]

    assert columns == [3, 5, 4, 3]
    assert whole == [4, 5, 5, 5]
    assert parts == [[], ["joined", "torn"], ["joined"], ["torn"]]
    assert [[text.text for text in each.findall(f"{SVG}text")] for each in points] == [
        ["2019"],
        ["2023"],
        ["undated", "uncertain"],
        ["2024"],
    ]


def test_a_carried_over_grade_is_drawn_otherwise_than_one_that_was_given() -> None:
    svg = drawing(shown(small_site(), "forces/southmoor", "fraud"))
    drawn = [point.findall(f"{SVG}path") for point in svg.findall(f"{SVG}g")]
    faint = [["carried" in each.get("class", "").split() for each in paths] for paths in drawn]

    assert [any(each) for each in faint] == [False, True, False]
    sheet = (HERE.parent / "templates" / "assets" / "record.css").read_text(encoding="utf-8")
    assert re.search(r"\.carried \{\s*fill-opacity: 0\.3;", sheet)


def test_no_grade_is_drawn_as_none_and_not_as_the_lowest() -> None:
    svg = drawing(shown(small_site(), "units/vrcu", "fraud"))
    none = svg.findall(f"{SVG}g")[0].findall(f"{SVG}path")

    assert [each.get("class") for each in none] == ["none"]


def test_the_drawing_is_hidden_from_those_who_read_the_table() -> None:
    for each in small_site().pages:
        for svg in page(small_site(), each.page.address).iter(f"{SVG}svg"):
            assert svg.get("aria-hidden") == "true"


def test_the_drawing_fits_a_phone() -> None:
    """And is drawn in the colour of the text alone: in the dark, in print, in forced colours."""
    for address in ("forces/northumbria", "forces/durham", "forces/cleveland"):
        drawings = page(real_site(), f"{address}/record").findall(f".//article/{SVG}svg")
        assert drawings
        for svg in drawings:
            assert int(svg.get("width", "")) <= 336
            assert not [each for each in svg.iter() if each.get("stroke") or each.get("fill")]


def test_a_break_says_why_in_one_sentence_with_a_link_to_the_inspectors_words() -> None:
    first, second = northshire().findall(".//tr[@class='break']")
    known = {each.id: each.comparability_source.url for each in catalogue().rounds}

    assert words(first) == (
        "Not comparable with the rating below: “Special looks” and "
        '“General <i>rounds</i> & "all"” are two kinds of inspection, and we have read nothing in '
        "which HMICFRS allows a comparison of one with the other. "
        '(Imaginary Inspectorate, “What <b>may</b> be compared & "why"”)'
    )
    assert words(second) == (
        "Not comparable with the rating below: The first round had four steps, *not* <b>five</b>, "
        '& {{ 7*7 }} "other" <script>alert(1)</script> questions. '
        '(Imaginary Inspectorate, “What <b>may</b> be compared & "why"”)'
    )
    assert [each.get("href") for each in second.iter("a")] == [known["second"]]


# --- the real content --------------------------------------------------------------------------


def real_history(body: str, question: str) -> History:
    everything = real_site().catalogue
    found = next(each for each in everything.bodies if each.id == body)
    return next(
        each for each in histories(everything.ratings_of(found)) if each.question.id == question
    )


def test_durham_is_outstanding_three_times_and_nothing_joins_them() -> None:
    part = shown(real_site(), "forces/durham", "soc")
    entries = real_history("durham", "soc").entries
    ratings = {each.rating.inspection.round.id: each.rating for each in entries}

    for round_ in ("peel-2018", "peel-2021-first", "soc-2022"):
        grade = ratings[round_].grade
        assert grade is not None
        assert grade.id == "outstanding"
    assert [each.break_ is not None for each in entries] == [False, *[True] * (len(entries) - 1)]
    assert "may be the one that Durham was given on 27 October 2021" in words(part)
    assert not [each for each in part.iter() if each.get("class") == "joined"]
    assert not re.search(r"[←-⇿➔-➾⬀-⯿]|up from|down from", words(part))


def test_what_is_said_between_peel_and_the_regional_inspections_is_about_the_two() -> None:
    for body in ("durham", "northumbria", "cleveland", "merseyside"):
        for entry, older in pairwise(real_history(body, "soc").entries):
            both = {each.rating.inspection.round.programme for each in (entry, older)}
            if both == {"PEEL", "Regional organised crime"}:
                assert older.break_ is not None
                assert "“PEEL”" in older.break_.reason
                assert "“Regional organised crime”" in older.break_.reason


def test_2014_is_told_from_the_years_after_it_by_what_is_known_of_2014() -> None:
    [*_, entry] = real_history("durham", "efficiency").entries

    assert entry.rating.inspection.round.id == "peel-2014"
    assert entry.break_ is not None
    assert "new set of questions for 2015" in entry.break_.reason
    assert [each.title for each in entry.break_.sources] == ["Northumbria PEEL 2015: Effectiveness"]


def real_breaks() -> set[str]:
    everything = real_site().catalogue
    return {
        entry.break_.reason
        for body in everything.bodies
        for each in histories(everything.ratings_of(body))
        for entry in each.entries
        if entry.break_
    } | {each.break_ for each in everything.rounds if each.break_}


def test_what_is_said_at_a_break_is_one_sentence() -> None:
    assert len(real_breaks()) > 4
    for reason in real_breaks():
        assert re.fullmatch(r"[A-Z“][^.!?]+\.", reason), reason


def test_lines_join_only_grades_of_the_four_years_that_may_be_compared() -> None:
    allowed = {"peel-2015", "peel-2016", "peel-2017", "peel-2018"}
    everything = real_site().catalogue
    joined = {
        point.rating.inspection.round.id
        for body in everything.bodies
        for each in histories(everything.ratings_of(body))
        for point in each.points
        if point.joined or point.joined_on
    }

    assert joined == allowed
