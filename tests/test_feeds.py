"""The feeds: valid, the same in every build, and found from every page.

The rules in :func:`faults` are those of RFC 4287 that a validator checks, section by section.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import feedparser  # type: ignore[import-untyped]
import html5lib
import pytest

from peelsite.catalogue import EventKind
from peelsite.exports import Extra
from peelsite.pages import Hosting
from tests.sites import ROOT, BuiltSite, assert_none, build, make, web_server

SMALL_SITE: Final = Path(__file__).parent / "small_site" / "content"
TEMPLATES: Final = ROOT / "templates"
HERE: Final = "https://example.org/repo/"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE: Final = '<script>alert(1)</script> {{ 7*7 }} & "both" <i>titles</i>'

SLIP: Final = """\
slip:
  date: 2026-02-01
  about: [forces/northshire, inspections/2023-06-15-crime#southmoor-hostile]
  was: We wrote *marked* <b>nonsense</b>.
  now: We should have written [sense](https://example.org/sense).
"""

WORD: Final = """\
        updates:
          - date: 2023-07-04
            speaker: force
            status: closed
            summary: '<script>alert(2)</script> and <b onclick="x()">bold</b> & more'
            source: gazette
"""


def made(content: Path, url: str = HERE) -> dict[str, Extra]:
    """Return the feeds of a content folder by their paths."""
    files = make(content, TEMPLATES, hosting=Hosting("A <site> & more", url)).files_now
    return {each.path: each for each in files if each.path.startswith("feeds/")}


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small site's content with a correction, and a word on its hostile concern."""
    folder = shutil.copytree(SMALL_SITE, tmp_path_factory.mktemp("feeds") / "content")
    (folder / "corrections.yml").write_text(SLIP, encoding="utf-8")
    file = folder / "inspections" / "2023-06-15-crime.yml"
    before, hostile, after = file.read_text(encoding="utf-8").partition("      - id: hostile\n")
    head, label, rest = after.partition("        label: not-stated\n")
    assert label
    file.write_text(before + hostile + head + label + WORD + rest, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def feeds(content: Path) -> dict[str, Extra]:
    return made(content)


def read(feed: Extra) -> Any:
    """Return a feed as a reader's program has it."""
    return feedparser.parse(feed.content, sanitize_html=False, resolve_relative_uris=False)


# --- the rules of a validator -----------------------------------------------------------------


def faults(xml: bytes, address: str) -> list[str]:
    """Return what is wrong with a feed that stands at ``address``."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - it is ours
    entries = root.findall(f"{ATOM}entry")
    found = [] if root.tag == f"{ATOM}feed" else ["4.1.1: the document is no feed"]
    found += _once(root, "id", "title", "updated")
    found += [] if root.findtext(f"{ATOM}author/{ATOM}name", "").strip() else ["4.1.1: no author"]
    found += [] if root.get(LANG) else ["2: no language"]
    own = [link.get("href") for link in root.findall(f"{ATOM}link[@rel='self']")]
    found += [] if own == [address] else [f"4.2.7: the feed says that it stands at {own}"]
    for entry in entries:
        found += _once(entry, "id", "title", "updated", "content")
        alternate = entry.findall(f"{ATOM}link[@rel='alternate']")
        found += [] if len(alternate) == 1 else ["4.1.2: not one alternate link"]
        found += [] if entry.findall(f"{ATOM}category[@term]") else ["4.2.2: no category"]
        found += _content_faults(entry.find(f"{ATOM}content"))
    found += [f"4.2.6: {id_} twice" for id_ in _twice([_text(each, "id") for each in entries])]
    for element in root.iter():
        found += _element_faults(element)
    newest = max((_text(each, "updated") for each in entries), default="")
    found += [] if newest in ("", _text(root, "updated")) else ["older than its newest entry"]
    return found


def _once(parent: Element, *names: str) -> list[str]:
    counted = {name: len(parent.findall(ATOM + name)) for name in names}
    empty = [name for name in names if not _text(parent, name).strip()]
    found = [f"4.1: {name} {number} times" for name, number in counted.items() if number != 1]
    return found + [f"4.1: {name} is empty" for name in empty]


def _text(parent: Element, name: str) -> str:
    return parent.findtext(ATOM + name, "")


def _twice(values: list[str]) -> list[str]:
    return [value for value, number in Counter(values).items() if number > 1]


def _element_faults(element: Element) -> list[str]:
    name, text = element.tag.removeprefix(ATOM), element.text or ""
    if name in ("updated", "published"):
        return [] if _is_rfc_3339(text) else [f"3.3: {text!r} is no date"]
    if name == "id":
        return [] if _is_whole(text) else [f"4.2.6: {text!r} is no IRI"]
    if name == "link":
        href = element.get("href", "")
        return [] if _is_whole(href) else [f"4.2.7: {href!r} is no whole address"]
    known = {"feed", "entry", "title", "subtitle", "author", "name", "category", "content"}
    return [] if name in known else [f"6: {name} is unknown"]


def _is_rfc_3339(text: str) -> bool:
    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    try:
        return bool(re.fullmatch(pattern, text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _is_whole(iri: str) -> bool:
    return bool(
        re.fullmatch(r"(https?://[^\s/]+/\S*|urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4,12}){4})", iri)
    )


def _content_faults(content: Element | None) -> list[str]:
    if content is None or content.get("type") != "html":
        return ["4.1.3: the content is no HTML"]
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    fragment = parser.parseFragment(content.text or "")
    found = [f"4.1.3.3: {code}" for _, code, _ in parser.errors]
    found += [] if fragment.findall("p") else ["4.1.3.3: the content has no paragraph"]
    for each in (each for each in fragment.iter() if isinstance(each.tag, str)):
        if each.tag in ("script", "style", "iframe", "object", "form", "img"):
            found.append(f"8: {each.tag} in the content")
        found += [f"8: {name} in the content" for name in each.attrib if name.startswith("on")]
        if each.tag == "a" and not _is_whole(each.get("href", "")):
            found.append(f"4.1.3.3: {each.get('href')!r} is no whole address")
    return found


def test_every_feed_keeps_the_rules(feeds: dict[str, Extra]) -> None:
    assert len(feeds) == 8
    found = {path: faults(each.content, HERE + path) for path, each in feeds.items()}
    assert_none([each for each in found.items() if each[1]])


def test_the_feeds_of_the_real_content_keep_the_rules() -> None:
    real = made(ROOT / "content")
    assert len(real) > 60
    found = {path: faults(each.content, HERE + path) for path, each in real.items()}
    assert_none([each for each in found.items() if each[1]])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (r'href="https://example.org/repo/feeds/all.xml"', 'href="feeds/all.xml"', "4.2.7"),
        (r"feeds/all\.xml", "feeds/other.xml", "says that it stands"),
        (r"<updated>[^<]*</updated>", "", "updated 0 times"),
        (r"T00:00:00Z", "T00:00:00", "is no date"),
        (r"-\d\d-\d\dT", "-02-30T", "is no date"),
        (r"<name>[^<]*</name>", "<name/>", "no author"),
        (r"urn:uuid:[0-9a-f-]*", "urn:uuid:0", "is no IRI"),
        (r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}", "urn:uuid:00000000-0000", ""),
        (r"(<id>urn[^<]*</id>)", r"<id>https://example.org/x</id>", "twice"),
        (r' rel="alternate"', "", "not one alternate"),
        (r"<title>[^<]*</title>", "<title/>", "title is empty"),
        (r"&lt;p&gt;", "&lt;p&gt;&lt;script&gt;&lt;/script&gt;", "script"),
        (r"&lt;p&gt;", "&lt;p onclick=''&gt;", "onclick"),
        (r"&lt;/p&gt;", "&lt;/b&gt;", "4.1.3.3"),
        (r' type="html"', "", "no HTML"),
    ],
)
def test_a_broken_feed_is_found_out(
    feeds: dict[str, Extra], old: str, new: str, fault: str
) -> None:
    text = feeds["feeds/all.xml"].content.decode()
    broken, number = re.subn(old, new, text)
    assert number
    assert fault in "\n".join(faults(broken.encode(), f"{HERE}feeds/all.xml"))


# --- read by a feed reader ---------------------------------------------------------------------


def test_a_feed_reader_takes_every_feed(feeds: dict[str, Extra]) -> None:
    for path, feed in feeds.items():
        parsed = read(feed)
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        assert parsed.feed.author == "A <site> & more"
        assert parsed.feed.language == "en-GB"
    assert read(feeds["feeds/all.xml"]).feed.title == "A <site> & more: What changed"


def test_each_feed_holds_what_its_name_says(feeds: dict[str, Extra]) -> None:
    kinds = {path: _kinds(feed) for path, feed in feeds.items()}

    assert set(feeds) == {
        *("feeds/all.xml", "feeds/status.xml", "feeds/corrections.xml"),
        *(f"feeds/forces/{id_}.xml" for id_ in ("northshire", "southmoor", "weald")),
        *("feeds/units/vrcu.xml", "feeds/regions/vale.xml"),
    }
    every = kinds["feeds/all.xml"]
    assert set(every) == {kind.value for kind in EventKind}
    assert kinds["feeds/status.xml"] == {"status": every["status"]}
    assert kinds["feeds/corrections.xml"] == {"correction": every["correction"]}
    assert kinds["feeds/regions/vale.xml"] == {"report": 1, "status": 1}
    assert kinds["feeds/forces/weald.xml"] == {}


def _kinds(feed: Extra) -> Counter[str]:
    return Counter(entry.tags[0].term for entry in read(feed).entries)


def test_a_shared_concern_stands_in_the_feed_of_each_of_its_bodies(
    feeds: dict[str, Extra],
) -> None:
    holding = [
        path
        for path, feed in feeds.items()
        if any("Action planned: Nobody led" in entry.title for entry in read(feed).entries)
    ]

    assert sorted(holding) == [
        "feeds/all.xml",
        "feeds/forces/northshire.xml",
        "feeds/regions/vale.xml",
        "feeds/status.xml",
        "feeds/units/vrcu.xml",
    ]


def test_a_feed_without_entries_is_as_old_as_the_data(content: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(content, tmp_path / "content")
    (copy / "corrections.yml").unlink()
    without = made(copy)["feeds/corrections.xml"]

    assert faults(without.content, f"{HERE}feeds/corrections.xml") == []
    parsed = read(without)
    assert (parsed.bozo, parsed.entries) == (False, [])
    assert parsed.feed.updated == "2026-01-06T00:00:00Z"


def test_hostile_titles_are_the_text_that_they_are(feeds: dict[str, Extra]) -> None:
    [entry] = [each for each in read(feeds["feeds/status.xml"]).entries if "7*7" in each.title]

    assert entry.title == f"Southmoor Constabulary says: Closed: {HOSTILE} – Southmoor"
    [content] = entry.content
    assert content.type == "text/html"
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in content.value
    assert "<script" not in content.value
    titles = [each.title for each in read(feeds["feeds/all.xml"]).entries]
    assert 'Report: The third <em>round</em> & "more": fraud again (inspectors)' in titles


def test_an_entry_says_who_said_it_and_where_it_was_read(feeds: dict[str, Extra]) -> None:
    [entry] = [
        each
        for each in read(feeds["feeds/status.xml"]).entries
        if each.title.startswith("Action planned: Nobody answered")
    ]

    assert entry.content[0].value == (
        "<p>Action planned: inspectors, 15 June 2023.</p><p>There is a <em>marked</em> plan to "
        "answer it.</p><p>In our words, from "
        '<a href="https://inspectorate.example/2023/vale">Imaginary Inspectorate</a> (read in the '
        "report). Read for this site on 5 January 2026.</p>"
    )
    assert entry.link == f"{HERE}inspections/2023-06-15-crime/#northshire-telephone"
    assert entry.published == "2023-06-15T00:00:00Z"
    assert entry.updated == "2026-01-05T00:00:00Z"
    assert [tag.term for tag in entry.tags] == ["status", "northshire"]


def test_a_day_that_is_not_known_is_not_given(feeds: dict[str, Extra]) -> None:
    entries = read(feeds["feeds/all.xml"]).entries
    without = [
        re.sub("^([^:]+ says: )?[^:]+: ", "", each.title)[:19]
        for each in entries
        if "published" not in each
    ]

    assert sorted(without) == [
        "A special look: fra",
        "Files were kept on ",
        "Nobody answered the",
        "Nobody led – VRCU, ",
        "Paper piled up – So",
        "Second round, 2023 ",
        "Second round, 2023 ",
        "The third <em>round",
    ]
    assert "date on the web page" in next(e for e in entries if "special" in e.title).summary


def test_the_newest_reading_stands_first_and_no_more_than_a_hundred(
    content: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(content, tmp_path / "content")
    slips = [SLIP.replace("slip", f"slip-{number:03}") for number in range(120)]
    (copy / "corrections.yml").write_text("".join(slips), encoding="utf-8")
    feeds = made(copy)

    assert len(read(feeds["feeds/corrections.xml"]).entries) == 100
    assert len(read(feeds["feeds/all.xml"]).entries) == 100
    entries = read(made(content)["feeds/all.xml"]).entries
    updated = [entry.updated for entry in entries]
    assert updated == sorted(updated, reverse=True)
    of_a_day = [e.get("published", "") for e in entries if e.updated.startswith("2026-01-05")]
    known = [day for day in of_a_day if day]
    assert known == sorted(known, reverse=True)


# --- the same in every build -------------------------------------------------------------------


def test_another_address_of_the_site_changes_no_id(content: Path, feeds: dict[str, Extra]) -> None:
    there = made(content, "https://other.example/")

    assert there.keys() == feeds.keys()
    for path, feed in feeds.items():
        ours, theirs = read(feed), read(there[path])
        assert ours.feed.id == theirs.feed.id
        assert [each.id for each in ours.entries] == [each.id for each in theirs.entries]
        assert [each.updated for each in ours.entries] == [e.updated for e in theirs.entries]
        assert b"example.org/repo" not in there[path].content
    assert len({read(feed).feed.id for feed in feeds.values()}) == len(feeds)


def test_an_entry_has_one_id_in_all_feeds(feeds: dict[str, Extra]) -> None:
    every = {entry.id: entry.title for entry in read(feeds["feeds/all.xml"]).entries}

    for feed in feeds.values():
        for entry in read(feed).entries:
            assert every[entry.id] == entry.title


def test_ids_are_what_they_were(feeds: dict[str, Extra]) -> None:
    """With other ids every entry would be new to every reader; so these never change."""
    parsed = read(feeds["feeds/all.xml"])
    ids = {entry.title: entry.id.removeprefix("urn:uuid:") for entry in parsed.entries}

    assert parsed.feed.id == "urn:uuid:8dff6b58-fe05-563c-8c8b-cb9163e0052d"
    assert {
        "Report: A special look: fraud at Northshire (inspectors)": (
            "174a6cde-82c3-5c34-94bf-d06424c32276"
        ),
        "Grade good: Fraud – Northshire (inspectors)": "de718389-fdf6-5a75-ac53-6c2905f448e5",
        "Reopened: The dog guarded nothing – Southmoor (inspectors)": (
            "fb65c2c7-12f2-5033-8a52-37c6bb9922b0"
        ),
        "Reply: Second round, 2023 – VRCU (A spokesman for the unit)": (
            "71b2dbc9-fbaf-54d5-9c34-2c56860f4b75"
        ),
        "Response: First round, 2019 – Northshire (Northshire Crime Commissioner)": (
            "f5057d65-6683-58c0-ac16-47cf77a2d06d"
        ),
    }.items() <= ids.items()


@cache
def written(zone: str, locale: str, seed: str) -> bytes:
    """Return all feeds of the small site as another process writes them."""
    program = (
        "import sys; from pathlib import Path; from tests.sites import make; "
        "from peelsite.pages import Hosting\n"
        f"files = make(Path({str(SMALL_SITE)!r}), Path({str(TEMPLATES)!r}), "
        f"hosting=Hosting(url={HERE!r})).files_now\n"
        "for each in files:\n"
        "    if each.path.startswith('feeds/'): sys.stdout.buffer.write(each.content)"
    )
    variables = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **variables},
        check=True,
        capture_output=True,
    )
    return run.stdout


def test_the_bytes_are_the_same_in_any_zone_and_locale() -> None:
    here, there = written("Pacific/Kiritimati", "C", "1"), written("Etc/GMT+12", "C.UTF-8", "2")

    assert here == there
    assert here.count(b"<feed ") == 8
    assert b"\r" not in here


# --- where there are none, and where they are found --------------------------------------------


def test_without_an_address_there_are_no_feeds_and_the_page_says_so() -> None:
    site = make(SMALL_SITE, TEMPLATES)
    [page] = [each for each in site.pages if each.page.address == "feeds/index"]

    assert not [each for each in site.files if each.path.startswith("feeds/")]
    assert "This copy of the site has no address on the web" in page.html
    assert ".xml" not in page.html


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return BuiltSite(build(ROOT, tmp_path_factory.mktemp("feeds") / "site", SITE_URL=HERE), HERE)


def discovered(site: BuiltSite, path: str) -> dict[str, str]:
    """Return the feeds that the head of a page leads to, by their addresses."""
    links = [
        each
        for each in site.pages[path].elements("link")
        if each.get("rel") == "alternate" and each.get("type") == "application/atom+xml"
    ]
    assert {link.get("type") for link in links} <= {"application/atom+xml"}
    return {link.get("href", ""): link.get("title", "") for link in links}


def test_every_page_leads_to_feeds_that_answer(hosted: BuiltSite) -> None:
    found = {each for path in hosted.pages for each in discovered(hosted, path)}
    assert {f"{HERE}feeds/all.xml", f"{HERE}feeds/corrections.xml"} < found
    for path in hosted.pages:
        assert {f"{HERE}feeds/all.xml", f"{HERE}feeds/corrections.xml"} <= set(
            discovered(hosted, path)
        ), path
    with web_server(hosted.folder) as home:
        for address in sorted(found):
            url = home + address.removeprefix(HERE)
            with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own server
                assert faults(answer.read(), address) == []
            assert urlsplit(url).path.startswith("/repo/feeds/")
    files = {f"{HERE}{path}" for path in hosted.files if path.startswith("feeds/")}
    assert found == {each for each in files if each.endswith(".xml")}


@pytest.mark.parametrize(
    ("path", "feed", "title"),
    [
        ("forces/durham/index.html", "forces/durham", "peelsite: Durham Constabulary"),
        ("units/nerou/index.html", "units/nerou", "peelsite: North East Regional Organised"),
        ("regions/north-east/index.html", "regions/north-east", "peelsite: North East"),
        ("concerns/index.html", "status", "peelsite: How concerns stand"),
    ],
)
def test_a_page_leads_to_its_own_feed(hosted: BuiltSite, path: str, feed: str, title: str) -> None:
    found = discovered(hosted, path)

    assert len(found) == 3
    assert found[f"{HERE}feeds/{feed}.xml"].startswith(title)
    own = hosted.pages[path].link("Feed")
    assert own is not None
    assert urljoin(hosted.url(path), own) == f"{HERE}feeds/{feed}.xml"
    assert own.startswith("../")


def test_a_page_without_a_feed_of_its_own_has_none_among_its_tools(hosted: BuiltSite) -> None:
    assert len(discovered(hosted, "about/index.html")) == 2
    assert hosted.pages["about/index.html"].link("Feed") is None


def test_a_copy_without_an_address_leads_to_no_feed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("nowhere") / "site"
    nowhere = BuiltSite(build(ROOT, folder), "https://nowhere.example/")

    assert len(nowhere.pages) > 100
    assert not [path for path in nowhere.pages if discovered(nowhere, path)]
    assert not [path for path in nowhere.files if path.endswith(".xml") and "feeds" in path]


def test_the_page_of_feeds_lists_every_feed(hosted: BuiltSite) -> None:
    page = hosted.pages["feeds/index.html"]
    listed = {each.value for each in page.links if each.value.endswith((".xml", ".ics"))}
    there = {path for path in hosted.files if path.endswith((".xml", ".ics"))} - {"sitemap.xml"}

    assert {each.removeprefix("../") for each in listed} | {
        each.removeprefix(HERE) for each in listed if each.startswith(HERE)
    } >= there
    assert not [each for each in listed if hosted.trouble_with(page, each)]
