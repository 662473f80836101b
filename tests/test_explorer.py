"""The pages of findings, the data that filters them in the browser, and their table."""

from __future__ import annotations

import datetime
import json
import random
import re
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from typing import Any, Final

import pytest

from peelsite.catalogue import Catalogue, Finding, join
from peelsite.exports import Extra, explorer_files
from peelsite.exports.explorer import NONE, UNKNOWN, facets, packed
from peelsite.exports.tables import as_text, finding_columns
from peelsite.load import load
from peelsite.pages import Hosting, Links, Page, anchor
from peelsite.pages.explorer import Answer, Entry, Jump, Kind, Section, entries, explorer
from peelsite.pages.numbered import PER_PAGE
from peelsite.render import Renderer, first_sentence
from peelsite.schema import Label, Speaker, Status, When
from tests.sites import ROOT, Html, words_of

SMALL: Final = ROOT / "tests" / "small_site" / "content"
ON_THE_WEB: Final = Hosting("peelsite", "https://site.example/repo/")


@cache
def small() -> Catalogue:
    return join(load(SMALL))


@cache
def many(number: int) -> Catalogue:
    """Return the real catalogue with ``number`` invented findings in place of its own.

    They are spread over all bodies and inspections, as unlike each other as real ones are.
    """
    real = join(load(ROOT / "content"))
    chance = random.Random(5)  # noqa: S311 - the same findings every time
    words = sorted({w for f in real.concerns for w in re.findall(r"[a-z]+", f.summary)})
    a_concern, a_praise = real.concerns[0], real.praised[0]
    found: dict[tuple[int, int], list[Finding]] = {}
    for each in range(number):
        place = (each % len(real.bodies), chance.randrange(len(real.inspections)))
        template = chance.choice([a_concern, a_concern, a_praise])
        inspection = real.inspections[place[1]]
        finding = replace(
            template,
            id=f"finding-{each}",
            body=real.bodies[place[0]],
            inspection=inspection,
            title=" ".join(chance.choices(words, k=6)).capitalize(),
            summary=" ".join(chance.choices(words, k=25)).capitalize()
            + ". "
            + " ".join(chance.choices(words, k=15)).capitalize()
            + ".",
            label=chance.choice(list(Label)),
            themes=tuple(chance.sample(real.themes, chance.choice([1, 1, 1, 2, 2, 3]))),
            shared_with=(),
            updates=tuple(
                replace(
                    update,
                    date=_later(chance),
                    status=chance.choice([*Status, None]),
                    said=replace(update.said, speaker=chance.choice(list(Speaker))),
                )
                for update in template.updates * chance.choice([0, 0, 1])
            ),
            quotes=(),
            further=(),
            note=None,
        )
        found.setdefault(place, []).append(finding)
    parts = [
        replace(
            real.parts[0],
            inspection=real.inspections[inspection],
            body=real.bodies[body],
            ratings=(),
            concerns=tuple(f for f in findings if f.is_concern),
            praised=tuple(f for f in findings if not f.is_concern),
            claims=(),
            replies=(),
            response=None,
            response_not_found=None,
            shared=(),
        )
        for (body, inspection), findings in sorted(found.items(), key=lambda item: item[0][1])
    ]
    return replace(real, parts=tuple(parts))


def _later(chance: random.Random) -> When:
    return When(f"{chance.randrange(2023, 2027)}-{chance.randrange(1, 13):02}-15")


def entry(id_: str) -> Entry:
    """Return an entry of the small site."""
    [found] = [each for each in entries(small()) if each.item.id == id_]
    return found


# --- what is listed ----------------------------------------------------------------------------


def test_everything_is_listed_once() -> None:
    listed = [each.item for each in entries(small())]
    claims = [claim for part in small().parts for claim in part.claims]
    assert len(listed) == len(set(map(id, listed)))
    assert {id(item) for item in listed} == {
        id(item) for item in (*small().concerns, *small().praised, *claims)
    }


def test_bodies_stand_by_name_and_the_newest_inspection_of_each_first() -> None:
    listed = entries(small())
    names = [each.item.body.name for each in listed]
    assert names == sorted(names)
    ids = [each.id for each in small().inspections]
    for _, of_body in groupby(listed, lambda each: each.item.body):
        places = [ids.index(each.item.inspection.id) for each in of_body]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("id_", "kind", "status", "answer", "since"),
    [
        ("telephone", Kind.CONCERN, Status.ACTION_PLANNED, Status.CLOSED, "2023-10"),
        ("lost-letters", Kind.CONCERN, Status.OPEN, Answer.NOTHING_FOUND, None),
        ("dog", Kind.CONCERN, Status.REOPENED, Answer.NOTHING_FOUND, "2023-06-15"),
    ],
)
def test_an_open_concern_has_two_voices_and_a_silence(
    id_: str, kind: Kind, status: Status, answer: Answer | Status, since: str | None
) -> None:
    told = entry(id_)
    assert (told.kind, told.status, told.answer) == (kind, status, answer)
    assert told.silence is not None
    assert told.silence.since == (When(since) if since else None)


@pytest.mark.parametrize("id_", ["paper-files", "paper-piles", "kettle", "bells"])
def test_no_silence_is_counted_for_what_is_closed_superseded_praised_or_claimed(id_: str) -> None:
    assert entry(id_).silence is None


@pytest.mark.parametrize(
    ("id_", "kind", "date"),
    [
        ("kettle", Kind.PRAISED, "2023-06-15"),
        ("inkwell", Kind.PRAISED, None),
        ("bells", Kind.CLAIM, "2023-06-16"),
        ("happy-callers", Kind.CLAIM, "2023-10"),
    ],
)
def test_praise_and_claims_have_no_status(id_: str, kind: Kind, date: str | None) -> None:
    told = entry(id_)
    assert (told.kind, told.date) == (kind, When(date) if date else None)
    assert (told.status, told.answer, told.status_date, told.body_update) == (None,) * 4


def test_a_shared_finding_is_about_each_of_its_bodies_its_own_first() -> None:
    assert [body.id for body in entry("nobody-leads").about] == ["vrcu", "vale", "northshire"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("Was it *so*? It was.", "Was it so?"),
        ("It cost 1.5 million. Nobody asked.", "It cost 1.5 million."),
        ("No end", "No end"),
        ("First & [last](https://site.example/).\n\nMore.", "First & last."),
        ("He said: “Stop.” They did", "He said: “Stop.” They did"),
    ],
)
def test_the_first_sentence_is_plain_text(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


# --- pages -------------------------------------------------------------------------------------


def sections(page: Page) -> list[Section]:
    found: list[Section] = page.given["sections"]
    return found


def jumps(page: Page) -> list[Jump]:
    found: list[Jump] = page.given["jumps"]
    return found


def shown(catalogue: Catalogue, page: Page) -> Html:
    renderer = Renderer(ROOT / "templates", answers={"silence": catalogue.silence})
    return Html(page.address, renderer.render(page).html)


def test_a_short_list_is_one_page() -> None:
    [page] = explorer(small())
    assert page.address == "findings/index"
    titles = [words_of(each) for each in shown(small(), page).elements("h3")]
    assert [title for title in titles if title] == [each.item.title for each in entries(small())]


@pytest.mark.parametrize("number", [PER_PAGE, PER_PAGE + 1, 3 * PER_PAGE, 4 * PER_PAGE - 1])
def test_a_long_list_is_whole_over_its_pages(number: int) -> None:
    pages = list(explorer(many(number)))
    assert [page.address for page in pages] == [
        "findings/index",
        *(f"findings/{each}" for each in range(2, -(-number // PER_PAGE) + 1)),
    ]
    listed = [[e for section in sections(page) for e in section.entries] for page in pages]
    assert [e.item.id for page in listed for e in page] == [
        e.item.id for e in entries(many(number))
    ]
    assert {len(page) for page in listed[:-1]} <= {PER_PAGE}
    assert 0 < len(listed[-1]) <= PER_PAGE


def test_pages_have_titles_of_their_own_and_lead_to_each_other() -> None:
    pages = list(explorer(many(3 * PER_PAGE)))
    assert [page.title for page in pages] == [
        "Findings",
        "Findings, page 2 of 3",
        "Findings, page 3 of 3",
    ]
    assert [page.above for page in pages] == [None, *[("findings/index", "Findings")] * 2]
    second = shown(many(3 * PER_PAGE), pages[1])
    assert second.link("Filter and sort all findings") == "../../findings/"
    assert [second.link(f"Page {number}") for number in (1, 2, 3)] == [
        "../../findings/",
        "../../findings/2/",
        "../../findings/3/",
    ]


def test_a_body_that_goes_on_over_a_page_says_so() -> None:
    pages = list(explorer(many(3 * PER_PAGE)))
    ends = [(sections(one)[-1], sections(other)[0]) for one, other in pairwise(pages)]
    assert [first.is_continued for _, first in ends] == [True, False]
    assert [last.body is first.body for last, first in ends] == [True, False]
    [heading, *_] = [words_of(each) for each in shown(many(3 * PER_PAGE), pages[1]).elements("h2")]
    assert heading == f"{ends[0][1].body.name} (continued)"


def test_one_jumps_to_where_a_body_begins() -> None:
    catalogue = many(3 * PER_PAGE)
    pages = {page.address: page for page in explorer(catalogue)}
    listed = jumps(pages["findings/index"])
    assert [jump.body.id for jump in listed] == [
        body.id for body in catalogue.bodies if catalogue.parts_of(body)
    ]
    assert sum(jump.own for jump in listed) == 3 * PER_PAGE
    for jump in listed:
        address, _, id_ = jump.address.partition("#")
        assert id_ in shown(catalogue, pages[address]).ids


def test_shared_findings_are_listed_once_and_named_under_the_others() -> None:
    [page] = explorer(small())
    told = {jump.body.id: (jump.own, jump.shared) for jump in jumps(page)}
    assert told == {
        "northshire": (7, 1),
        "southmoor": (5, 0),
        "vale": (0, 2),
        "vrcu": (3, 0),
    }
    [vale] = [section for section in sections(page) if section.body.id == "vale"]
    assert vale.entries == ()
    assert [finding.id for finding in vale.shared] == ["nobody-leads", "bicycles"]


def test_bodies_without_findings_are_counted() -> None:
    [page] = explorer(small())
    assert page.given["without"] == 1
    told = " ".join(map(words_of, shown(small(), page).elements("p")))
    assert "On 1 other body they hold no finding" in told


def test_nothing_to_list_is_said() -> None:
    empty = replace(small(), parts=())
    [page] = explorer(empty)
    told = [words_of(each) for each in shown(empty, page).elements("p")]
    assert "None in the sources we hold. That does not mean that inspectors found nothing." in told


# --- data --------------------------------------------------------------------------------------


def given_by(extra: Extra) -> Any:
    """Return what a script hands to the page."""
    call = re.fullmatch(r"peelsiteFindings\.\w+\((.*)\);\n", extra.content.decode())
    assert call, extra.path
    return json.loads(call[1])


def unpacked(text: str) -> list[int]:
    return [ord(character) - ord("0") for character in text]


def test_a_text_has_a_character_for_each_number() -> None:
    numbers = [NONE, UNKNOWN, 1, 9, 17, 44, 300, 50_000]
    assert packed([0, 1, 2, 9, 17]) == "0129A"
    assert unpacked(json.loads(json.dumps(packed(numbers)))) == numbers


def test_values_of_facets_survive_the_way_to_the_browser() -> None:
    listed = entries(small())
    *_, data = explorer_files(small(), ON_THE_WEB)
    sent = {facet["name"]: facet for facet in given_by(data)["facets"]}
    expected = facets(small(), listed)
    assert list(sent) == [facet.name for facet in expected]
    for facet in expected:
        values, sets, of = (sent[facet.name][name] for name in ("values", "sets", "of"))
        assert [tuple(value) for value in values] == list(facet.values)
        arrived = [[values[place][0] for place in sets[each]] for each in unpacked(of)]
        assert arrived == [list(facet.of(each)) for each in listed], facet.name


def test_facets_hold_what_findings_can_be_chosen_by() -> None:
    of = {facet.name: facet.of for facet in facets(small(), entries(small()))}
    told = {name: list(values(entry("nobody-leads"))) for name, values in of.items()}
    assert told == {
        "body": ["vrcu", "vale", "northshire"],
        "kind": ["concern"],
        "status": ["open"],
        "answer": ["action-planned"],
        "label": [entry("nobody-leads").label],
        "theme": [theme.id for theme in entry("nobody-leads").themes],
        "speaker": ["inspectors"],
        "evidence": ["press"],
        "year": ["2023"],
    }
    assert list(of["speaker"](entry("bells"))) == [Speaker.UNIT]
    assert list(of["year"](entry("inkwell"))) == ["not-known"]
    assert list(of["label"](entry("bells"))) == []


def test_dates_keep_their_order_on_the_way_to_the_browser() -> None:
    listed = entries(small())
    *_, file = explorer_files(small(), ON_THE_WEB)
    data = given_by(file)

    def arrived(name: str) -> list[str | None]:
        return [data["dates"][place - 1] if place > 0 else None for place in unpacked(data[name])]

    assert arrived("date") == [each.date.iso if each.date else None for each in listed]
    silences = [each.silence.since if each.silence else None for each in listed]
    assert arrived("silent") == [since.iso if since else None for since in silences]
    silent = unpacked(data["silent"])
    assert [place == NONE for place in silent] == [each.silence is None for each in listed]
    assert silent[listed.index(entry("lost-letters"))] == UNKNOWN
    assert data["dates"] == sorted(data["dates"], key=lambda iso: When(iso).span[1])


@pytest.mark.parametrize("kind", ["rows", "texts"])
def test_every_finding_is_found_in_its_file(kind: str) -> None:
    number = 260
    files = {extra.path: extra for extra in explorer_files(many(number), ON_THE_WEB)}
    index = given_by(files["findings/data.js"])[kind]
    titles: list[str] = []
    for name in index["files"]:
        titles += given_by(files[f"findings/{name}"])["title"]
    assert titles == [each.item.title for each in entries(many(number))]
    assert len(index["files"]) == -(-number // index["perFile"])


def test_a_file_has_another_name_when_something_else_is_in_it() -> None:
    before = {extra.path: extra.content for extra in explorer_files(small(), ON_THE_WEB)}
    again = {extra.path: extra.content for extra in explorer_files(small(), ON_THE_WEB)}
    elsewhere = {extra.path: extra.content for extra in explorer_files(small(), Hosting())}
    assert again == before
    shared = {path for path in before if elsewhere.get(path) == before[path]}
    assert {path.split("-")[0] for path in before if path not in shared} == {
        "findings/data.js",
        "findings/texts",
    }
    assert set(before) & set(elsewhere) == {*shared, "findings/data.js"}


@pytest.mark.parametrize("hosting", [ON_THE_WEB, Hosting(folders=False)])
def test_rows_lead_from_the_page_to_the_finding(hosting: Hosting) -> None:
    rows, *_ = map(given_by, explorer_files(small(), hosting))
    to = Links("findings/index", hosting)
    assert rows["link"] == [to(each.item) for each in entries(small())]
    assert rows["lead"][0] == "Nobody knows since when."


# --- the table ---------------------------------------------------------------------------------


def cells(id_: str, hosting: Hosting = ON_THE_WEB) -> dict[str, str]:
    return {c.name: as_text(c.cell(entry(id_))) for c in finding_columns(hosting)}


def test_the_columns_are_a_promise() -> None:
    columns = finding_columns(ON_THE_WEB)
    assert [column.name for column in columns] == [
        "id",
        "kind",
        "body",
        "body_name",
        "also_about",
        "inspection",
        "date",
        "title",
        "summary",
        "label",
        "status",
        "status_date",
        "body_status",
        "body_status_date",
        "body_status_by",
        "last_word",
        "last_word_by",
        "themes",
        "speaker",
        "speaker_name",
        "evidence",
        "source",
        "address",
    ]
    assert all(column.meaning.endswith(".") for column in columns)


def test_a_row_of_the_table_is_whole() -> None:
    told = cells("telephone")
    assert told == {
        "id": "2023-06-15-crime#northshire-telephone",
        "kind": "concern",
        "body": "northshire",
        "body_name": "Northshire Police",
        "also_about": "",
        "inspection": "2023-06-15-crime",
        "date": "2023-06-15",
        "title": "Nobody answered the telephone",
        "summary": "The telephone rang for an hour.",
        "label": "cause-of-concern",
        "status": "action-planned",
        "status_date": "2023-06-15",
        "body_status": "closed",
        "body_status_date": "2023-10",
        "body_status_by": "Northshire Police",
        "last_word": "2023-10",
        "last_word_by": "Northshire Police",
        "themes": "telephones",
        "speaker": "inspectors",
        "speaker_name": "Inspectors",
        "evidence": "report",
        "source": "https://inspectorate.example/2023/vale",
        "address": "https://site.example/repo/inspections/2023-06-15-crime/#northshire-telephone",
    }


def test_a_cell_is_empty_where_there_is_nothing() -> None:
    told = cells("bells")
    assert told["kind"] == "claim"
    empty = [name for name in told if not told[name]]
    assert set(empty) >= {"label", "status", "status_date", "body_status", "last_word"}
    assert cells("nobody-leads")["also_about"] == "vale; northshire"


@pytest.mark.parametrize(
    ("hosting", "expected"),
    [
        (Hosting(), "inspections/2023-06-15-crime/#{}"),
        (Hosting(folders=False), "inspections/2023-06-15-crime.html#{}"),
    ],
)
def test_an_address_is_from_the_top_of_a_site_that_has_none(
    hosting: Hosting, expected: str
) -> None:
    assert cells("telephone", hosting)["address"] == expected.format(
        anchor(entry("telephone").item)
    )


def test_a_build_for_a_day_counts_results_to_that_day_too() -> None:
    [page] = explorer(small())
    as_of = datetime.date(2026, 11, 23)
    answers = {"silence": small().silence}
    renderer = Renderer(ROOT / "templates", as_of=as_of, answers=answers)
    html = renderer.render(page).html
    assert ' data-today="2026-11-23" ' in html
    assert '<span data-fill="days"></span>, counted to 23 November 2026)' in html
    assert "data-today" not in shown(small(), page).text
