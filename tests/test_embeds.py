"""The small pages for frames on other sites, and the HTML that puts them there."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import html5lib
import pytest

from peelsite.build import know
from peelsite.catalogue import Catalogue
from peelsite.pages.embeds import HEIGHT, Embed, embed_of
from tests.sites import ROOT, BuiltSite, Html, assert_none, build, words_of

HOME: Final = "https://example.org/repo/"
UNIT: Final = "embed/units/nerou/index.html"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return know(ROOT / "content").catalogue


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    folder = tmp_path_factory.mktemp("embeds") / "site"
    return BuiltSite(build(ROOT, folder, SITE_URL=HOME), HOME)


def text_of(page: Html) -> str:
    return words_of(page.elements("body")[0])


# --- the small pages -----------------------------------------------------------------------------


def test_every_body_and_inspection_has_a_small_page(site: BuiltSite) -> None:
    pages = {f"embed/{path}" for path in site.pages if is_record(path)}

    assert len(pages) > 100
    assert set(site.embeds) == pages


def is_record(path: str) -> bool:
    kind, _, rest = path.partition("/")
    return kind in ("forces", "units", "regions", "inspections") and rest.count("/") == 1


def test_a_small_page_is_sound(site: BuiltSite) -> None:
    for path, page in site.embeds.items():
        assert_none(page.errors)
        assert len(page.elements("h1")) == len(page.elements("title")) == 1, path
        assert len(set(page.ids)) == len(page.ids), path
        found = {each.tag for each in page.elements()}
        assert not found & {"script", "style", "nav", "header", "form", "iframe"}, path
        assert_none([each for each in page.elements() if "style" in each.attrib])


def test_a_small_page_may_load_its_stylesheet_and_run_nothing(site: BuiltSite) -> None:
    policy = {
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    }
    for path, page in site.embeds.items():
        [meta] = [e for e in page.elements("meta") if e.get("http-equiv")]
        assert meta.get("http-equiv") == "Content-Security-Policy"
        assert set(meta.get("content", "").split("; ")) == policy, path
        assert [e.value for e in page.links if e.rel == "stylesheet"] == [
            "../../../assets/embed.css"
        ]


def test_every_link_opens_the_real_page_outside_the_frame(site: BuiltSite) -> None:
    for path, page in site.embeds.items():
        real = HOME + path.removeprefix("embed/").removesuffix("index.html")
        [link] = page.elements("a")
        assert urljoin(site.url(path), link.get("href")) == real
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
        assert [each.value for each in page.links if each.rel == "canonical"] == [real]
        assert_none([each for each in page.links if site.trouble_with(page, each.value)])


def test_search_engines_are_sent_to_the_real_pages(site: BuiltSite) -> None:
    for path, page in site.embeds.items():
        robots = [e.get("content") for e in page.elements("meta") if e.get("name") == "robots"]
        assert robots == ["noindex"], path
    sitemap = site.files["sitemap.xml"].decode()
    assert f"<loc>{HOME}units/nerou/</loc>" in sitemap
    assert "/embed/" not in sitemap


def test_only_the_page_itself_leads_to_its_small_page(site: BuiltSite) -> None:
    leading = {
        urljoin(site.url(path), link.value): path
        for path, page in site.pages.items()
        for link in page.links
        if link.tag == "a" and "/embed/" in f"/{link.value}"
    }
    assert leading == {site.url(path): path.removeprefix("embed/") for path in site.embeds}


# --- what they say -------------------------------------------------------------------------------


def test_a_unit_shows_grade_question_date_and_evidence(site: BuiltSite) -> None:
    assert text_of(site.embeds[UNIT]).startswith(
        "North East Regional Organised Crime Unit "
        "Regional inspections of serious and organised crime, from 2022 "
        "Serious and organised crime Adequate, 3 of 5 segments 7 December 2022 · Press only "
        "Sources, findings and history on peelsite Data as of "
    )
    assert text_of(site.embeds[UNIT]).endswith(" This is not HMICFRS.")


def test_an_inspection_shows_every_body(site: BuiltSite) -> None:
    text = text_of(site.embeds["embed/inspections/2022-12-07-north-east-soc/index.html"])

    assert "Published: 7 December 2022 Northumbria Police" in text
    assert "Durham Constabulary Serious and organised crime Outstanding, 5 of 5 segments" in text
    assert "North East Serious and organised crime Inspected, not graded" in text


def test_nothing_is_shown_for_surer_than_it_is(site: BuiltSite) -> None:
    texts = [text_of(page) for page in site.embeds.values()]
    for words in ("segments uncertain", "segments carried over", "date not known"):
        assert [text for text in texts if words in text], words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("embed/units/tarian/index.html", "Tarian No rating in the sources we hold."),
        ("embed/regions/southern-wales/index.html", "A region is never graded."),
    ],
)
def test_absence_is_written(site: BuiltSite, path: str, words: str) -> None:
    assert words in text_of(site.embeds[path])


def test_a_small_page_shows_as_many_ratings_as_there_are(
    site: BuiltSite, catalogue: Catalogue
) -> None:
    for body in catalogue.bodies:
        latest = [rating for each in catalogue.latest_of(body) for rating in each.ratings]
        [page] = [
            page for path, page in site.embeds.items() if path.endswith(f"s/{body.id}/index.html")
        ]
        chips = [e for e in page.elements("span") if "grade" in e.get("class", "").split()]
        assert len(chips) == len(latest), body.id


# --- the HTML for other sites --------------------------------------------------------------------


def test_the_html_puts_the_small_page_in_a_frame(site: BuiltSite) -> None:
    for path in site.embeds:
        page = site.pages[path.removeprefix("embed/")]
        [code] = [e for e in page.elements("code") if e.get("id") == "embed-code"]
        frame = html5lib.parse(words_of(code), namespaceHTMLElements=False).find(".//iframe")
        assert frame is not None
        assert set(frame.attrib) == {"src", "title", "width", "height", "style", "loading"}
        assert frame.attrib["src"] == site.url(path)
        assert frame.attrib["title"] in unescape(site.embeds[path].text)
        assert frame.attrib["width"] == "360"
        assert 200 <= int(frame.attrib["height"]) <= HEIGHT


def test_the_html_survives_any_name() -> None:
    embed = Embed("embed/x", 'A & B’s <"force">', 210)
    frame = html5lib.parse(embed.code("https://e.example/?a=1&b=2"), namespaceHTMLElements=False)

    [found] = frame.iter("iframe")
    assert found.attrib == {
        "src": "https://e.example/?a=1&b=2",
        "title": 'A & B’s <"force">',
        "width": "360",
        "height": "210",
        "style": "max-width: 100%",
        "loading": "lazy",
    }


def test_a_longer_list_gets_a_higher_frame_up_to_a_limit(catalogue: Catalogue) -> None:
    heights = {body.id: embed_of(catalogue, body).height for body in catalogue.bodies}

    assert heights["tarian"] < heights["nerou"] < heights["northumbria"] == HEIGHT


def test_without_an_address_no_html_is_offered(tmp_path: Path) -> None:
    site = BuiltSite(build(ROOT, tmp_path / "site"), "")

    assert UNIT in site.embeds
    assert_none([path for path, page in site.pages.items() if "Embed this" in page.text])
