"""Tests of the real site as it is built, page by page, without a browser."""

from __future__ import annotations

import http.client
import json
import re
from collections import Counter, deque
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import yaml

from tests import published
from tests.sites import (
    ROOT,
    BuiltSite,
    Html,
    assert_none,
    build,
    differences,
    web_server,
    words_of,
)

REPOSITORY = "https://github.com/peelsite/peelsite"

FORMS = {
    "at the top": ("https://example.org/", {"SITE_URL": "https://example.org/"}),
    "in a folder": ("https://example.org/repo/", {"SITE_URL": "https://example.org/repo/"}),
    "offline": ("file:///copy/", {"PEELSITE_DIRECTORY_URLS": "false"}),
}

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

PHRASING_ONLY = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "em", "strong", "abbr"})
FLOW = frozenset(
    {
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "section",
        "article",
        "figure",
        "blockquote",
        "h2",
        "h3",
    }
)


@pytest.fixture(scope="session", params=FORMS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the real site in one of the forms in which it is published."""
    home, variables = FORMS[request.param]
    return BuiltSite(build(ROOT, tmp_path_factory.mktemp("built") / "site", **variables), home)


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the real site as GitHub Pages hosts it from a fork."""
    home, variables = FORMS["in a folder"]
    return BuiltSite(build(ROOT, tmp_path_factory.mktemp("hosted") / "site", **variables), home)


def linked_pages(site: BuiltSite) -> list[Html]:
    """Return the pages with the links that must hold.

    In a copy without a web server nothing ever shows 404.html, whose links are absolute.
    """
    return [
        page
        for page in site.pages.values()
        if not (site.is_for_a_folder and page.path == "404.html")
    ]


# The pages themselves


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "404.html",
        "sitemap.xml",
        "forces/index.html",
        "forces/northumbria/index.html",
        "forces/durham/index.html",
        "forces/cleveland/index.html",
        "units/nerou/index.html",
        "regions/north-east/index.html",
        "inspections/2022-12-07-north-east-soc/index.html",
        "rounds/index.html",
        "rounds/soc-2022/index.html",
        "questions/index.html",
        "questions/soc/index.html",
        "compare/index.html",
    ],
)
def test_promised_addresses_exist(hosted: BuiltSite, path: str) -> None:
    assert path in hosted.files


def test_every_page_is_valid_html(site: BuiltSite) -> None:
    assert_none([(page.path, page.errors) for page in site.pages.values() if page.errors])


def test_nothing_stands_where_html_does_not_allow_it(site: BuiltSite) -> None:
    misplaced = [
        (page.path, f"<{inner.tag}> in <{outer.tag}>: {words_of(outer)}")
        for page in site.pages.values()
        for outer in page.elements(*PHRASING_ONLY)
        for inner in outer.iter()
        if inner is not outer and inner.tag in FLOW
    ]
    assert_none(misplaced)


def test_every_page_has_one_h1(site: BuiltSite) -> None:
    counts = {page.path: len(page.elements("h1")) for page in site.pages.values()}
    assert_none([(path, count) for path, count in counts.items() if count != 1])


def test_heading_levels_do_not_skip(site: BuiltSite) -> None:
    skips = []
    for page in site.pages.values():
        level = 0
        for heading in page.elements("h1", "h2", "h3", "h4", "h5", "h6"):
            if int(heading.tag[1]) > level + 1:
                skips.append((page.path, heading.tag, words_of(heading)))
            level = int(heading.tag[1])
    assert_none(skips)


def test_landmarks_are_whole_and_tell_themselves_apart(site: BuiltSite) -> None:
    wrong: list[tuple[str, object]] = []
    for page in (*site.pages.values(), *site.embeds.values()):
        roles = Counter(each.tag for each in page.root.findall("body/*"))
        is_framed = page.path.startswith("embed/")
        if (roles["main"], roles["footer"], roles["header"]) != (1, 1, 0 if is_framed else 1):
            wrong.append((page.path, dict(roles)))
        names = [(each.tag, named(page, each)) for each in page.elements(*_NAMED)]
        if not all(name for tag, name in names if tag != "form") or len(names) > len({*names}):
            wrong.append((page.path, names))
    assert_none(wrong)


_NAMED = ("nav", "aside", "section", "form")
"""Elements that readers can jump to by their names."""


def named(page: Html, element: Element) -> str:
    """Return the name of an element, as ``aria-label`` or the words of another one give it."""
    ids = element.get("aria-labelledby", "").split()
    words = (words_of(each) for each in page.elements() if each.get("id") in ids)
    return element.get("aria-label") or " ".join(words)


def test_ids_are_unique_on_a_page(site: BuiltSite) -> None:
    repeats = {
        page.path: [id_ for id_, times in Counter(page.ids).items() if times > 1]
        for page in site.pages.values()
    }
    assert_none([(path, ids) for path, ids in repeats.items() if ids])


def test_what_refers_to_an_id_finds_it(site: BuiltSite) -> None:
    lost = [
        (page.path, name, id_)
        for page in site.pages.values()
        for element in page.elements()
        for name in ("aria-labelledby", "aria-describedby", "for", "headers")
        for id_ in element.get(name, "").split()
        if id_ not in page.ids
    ]
    assert_none(lost)


def test_titles_are_unique(site: BuiltSite) -> None:
    titles = Counter(words_of(page.elements("title")[0]) for page in site.pages.values())
    assert_none([title for title, times in titles.items() if times > 1 or not title])


# Links


def test_every_link_leads_somewhere(site: BuiltSite) -> None:
    broken = [
        (page.path, str(link), trouble)
        for page in linked_pages(site)
        for link in page.links
        if not site.is_elsewhere(page, link.value)
        and (trouble := site.trouble_with(page, without_query(link.value)))
    ]
    assert_none(broken)


def without_query(link: str) -> str:
    return urlsplit(link)._replace(query="").geturl()


def test_links_that_ask_something_ask_for_a_comparison_that_there_is(site: BuiltSite) -> None:
    asking = [
        (page, urlsplit(link.value))
        for page in linked_pages(site)
        for link in page.links
        if urlsplit(link.value).query and not site.is_elsewhere(page, link.value)
    ]
    bodies = {path.stem for path in (ROOT / "content" / "bodies").glob("*.yml")}
    rounds = yaml.safe_load((ROOT / "content" / "rounds.yml").read_text(encoding="utf-8"))
    assert asking
    for page, link in asking:
        assert re.search(r"(^|/)compare(/|\.html)$", link.path), page.path
        asked = parse_qs(link.query, strict_parsing=True)
        assert asked.keys() <= {"round", "bodies"}, page.path
        assert asked["round"][0] in rounds, page.path
        assert {id_ for ids in asked.get("bodies", ()) for id_ in ids.split(",")} <= bodies


def test_links_do_not_depend_on_where_the_site_is(site: BuiltSite) -> None:
    absolute = [
        (page.path, str(link))
        for page in site.pages.values()
        for link in page.links
        if page.path != "404.html"
        and link.rel not in ("canonical", "alternate")  # both are for what reads from elsewhere
        and not site.is_elsewhere(page, link.value)
        and (link.value.startswith("/") or urlsplit(link.value).scheme)
    ]
    assert_none(absolute)


def test_links_to_elsewhere_are_to_the_web(site: BuiltSite) -> None:
    odd = [
        (page.path, str(link))
        for page in site.pages.values()
        for link in page.links
        if site.is_elsewhere(page, link.value)
        and not (link.tag == "a" and re.match(r"(https?|webcal)://[^/\s]+\.[^/\s]+", link.value))
    ]
    assert_none(odd)


def test_every_link_is_answered_below_a_folder(hosted: BuiltSite) -> None:
    with web_server(hosted.folder) as home:
        visited, broken = crawl(home)
    assert_none(broken)
    paths = {hosted.url(path).removeprefix(hosted.home) for path in hosted.files}
    unlinked = paths - {url.removeprefix(home) for url in visited}
    unlinked -= {path for path in unlinked if path.startswith("cards/")}  # for other sites
    unlinked -= {path for path in unlinked if path.startswith("pagefind/")}  # search fetches them
    # Fetched when somebody is about to search or has copied something, or by pages that moved.
    unlinked -= {"assets/search.js", "assets/copied.js", "assets/moved.js"}
    unlinked -= {path for path in unlinked if path.startswith("api/v1/schemas/")}  # for programs
    texts = ("findings/rows-", "findings/texts-")  # read when somebody chooses findings
    unlinked -= {path for path in unlinked if path.startswith(texts)}
    assert unlinked == {"404.html", "sitemap.xml"}


def test_a_missing_page_at_any_depth_leads_back(hosted: BuiltSite) -> None:
    with web_server(hosted.folder) as home:
        missing = f"{home}forces/no/such/page/"
        status, _, text = get(missing)
        links = Html("404.html", text).links
        targets = {urldefrag(urljoin(missing, link.value)).url for link in links} - {missing}
        answers = {url: get(url)[0] for url in targets if url.startswith(urljoin(home, "/"))}
    assert status == 404
    assert f"{home}assets/peelsite.css" in answers
    assert home in answers
    assert_none([(url, status) for url, status in answers.items() if status != 200])


def get(url: str) -> tuple[int, str, str]:
    """Return the status, type and text that a web server answers with; follows no redirection."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        kind = answer.headers.get_content_type()
        text = answer.read().decode("utf-8", "strict" if kind.startswith("text/") else "replace")
        return answer.status, kind, text
    finally:
        connection.close()


def crawl(home: str) -> tuple[set[str], list[tuple[str, str, int]]]:
    """Follow every link of a site from its first page.

    Returns the URLs that were answered, and for each that was not the page with the link, the URL
    and the status.
    """
    found_on = {home: "the start"}
    waiting = deque([home])
    broken = []
    while waiting:
        url = waiting.popleft()
        status, kind, text = get(url)
        if status != 200:
            broken.append((found_on[url], url, status))
        elif kind == "text/html":
            for link in Html(url, text).links:
                target = urldefrag(urljoin(url, link.value)).url
                if target.startswith(urljoin(home, "/")) and target not in found_on:
                    found_on[target] = url
                    waiting.append(target)
    return found_on.keys() - {url for _, url, _ in broken}, broken


def test_the_sitemap_lists_every_page(hosted: BuiltSite) -> None:
    root = ElementTree.fromstring(hosted.files["sitemap.xml"])  # noqa: S314 - we have just built it
    listed = [each.text for each in root.iter(f"{SITEMAP}loc")]
    pages = [hosted.url(path) for path in hosted.pages if path != "404.html"]
    assert sorted(filter(None, listed)) == sorted(pages)


def test_each_page_names_its_own_address(hosted: BuiltSite) -> None:
    for page in hosted.pages.values():
        named = [link.value for link in page.links if link.rel == "canonical"]
        assert named == ([] if page.path == "404.html" else [hosted.url(page.path)]), page.path


def test_the_sitemap_says_when_pages_changed(hosted: BuiltSite) -> None:
    """Most have a day of their own; no page changed after the last word in the content."""
    root = ElementTree.fromstring(hosted.files["sitemap.xml"])  # noqa: S314 - we have just built it
    days = {
        each.findtext(f"{SITEMAP}loc", ""): each.findtext(f"{SITEMAP}lastmod")
        for each in root.iter(f"{SITEMAP}url")
    }
    asides = hosted.pages["index.html"].elements("aside")
    [foot] = [each for each in asides if each.get("class") == "tools"]
    as_of = next(each.get("datetime", "") for each in foot.iter("time"))
    content = (ROOT / "content" / "corrections.yml").read_text(encoding="utf-8")
    last = max([as_of, *re.findall(r"^  date: (\S+)$", content, re.MULTILINE)])
    known = [day for day in days.values() if day]
    assert len(days) < LONGEST_SITEMAP
    assert len(known) > len(days) / 2
    assert_none([day for day in known if not re.fullmatch(r"\d{4}-\d\d-\d\d", day) or day > last])
    assert days[f"{hosted.home}about/"] is None


LONGEST_SITEMAP = 50_000
"""Addresses in one sitemap: https://www.sitemaps.org/protocol.html"""


def test_a_copy_that_has_no_address_has_no_sitemap(site: BuiltSite) -> None:
    assert ("sitemap.xml" in site.files) == (not site.is_for_a_folder)


def test_a_copy_for_a_folder_names_the_pages_on_the_web(tmp_path: Path) -> None:
    home = FORMS["in a folder"][0]
    folder = build(ROOT, tmp_path / "site", SITE_URL=home, PEELSITE_DIRECTORY_URLS="false")
    copy = BuiltSite(folder, FORMS["offline"][0])
    named = {
        path: [link.value for link in page.links if link.rel == "canonical"]
        for path, page in copy.pages.items()
    }
    assert named["forces/durham.html"] == [f"{home}forces/durham/"]
    assert named["forces/index.html"] == [f"{home}forces/"]
    assert named["about.html"] == [f"{home}about/"]
    assert "sitemap.xml" not in copy.files


# What pages tell programs


def linked(page: Html) -> list[dict[str, Any]]:
    """Return what a page tells in JSON-LD."""
    scripts = [each for each in page.elements("script") if each.get("type") == LINKED]
    assert len(scripts) <= 1, page.path
    nodes: list[dict[str, Any]] = []
    for script in scripts:
        nodes += json.loads(script.text or "")["@graph"]
    return nodes


def test_programs_are_told_the_way_that_readers_see(hosted: BuiltSite) -> None:
    for page in hosted.pages.values():
        ways = [node for node in linked(page) if node["@type"] == "BreadcrumbList"]
        if page.path in ("index.html", "404.html"):
            assert not ways, page.path
            continue
        [way] = ways
        [seen] = [each for each in page.elements("nav") if each.get("class") == "crumbs"]
        shown = [words_of(each) for each in seen.iter("li")]
        assert [" ".join(each["name"].split()) for each in way["itemListElement"]] == shown
        assert way["itemListElement"][-1]["item"] == hosted.url(page.path)


def test_programs_are_told_the_name_that_readers_see(hosted: BuiltSite) -> None:
    types = Counter[str]()
    for page in hosted.pages.values():
        for node in linked(page):
            if node["@type"] not in ("BreadcrumbList", "Dataset"):
                types[node["@type"]] += 1
                assert node["name"] == words_of(page.elements("h1")[0]), page.path
    assert types.keys() == {"WebPage", "GovernmentOrganization", "Place", "Report"}


def test_every_address_that_programs_are_told_is_there(hosted: BuiltSite) -> None:
    told = [
        (page, text)
        for page in hosted.pages.values()
        for text in re.findall(r'"(https?://[^"]+)"', json.dumps(linked(page)))
    ]
    ours = [(page, text) for page, text in told if not hosted.is_elsewhere(page, text)]
    assert {page.path for page, _ in ours} >= set(hosted.pages) - {"404.html"}
    missing = [
        (page.path, text)
        for page, text in ours
        # What stands after "#" names a thing, and not a place on the page.
        if hosted.trouble_with(page, urldefrag(text).url)
    ]
    assert_none(missing)


def test_only_a_site_with_an_address_tells_programs(site: BuiltSite) -> None:
    telling = {path for path, page in site.pages.items() if linked(page)}
    assert telling == (set() if site.is_for_a_folder else set(site.pages) - {"404.html"})


def test_pages_lead_to_their_own_data(site: BuiltSite) -> None:
    """Both its kinds: what programs read and what spreadsheets open."""
    found: dict[str, set[str]] = {}
    for page in linked_pages(site):
        for each in page.elements("link"):
            kind = each.get("type", "")
            if each.get("rel") == "alternate" and kind in ("application/json", "text/csv"):
                path = urljoin(site.url(page.path), each.get("href", ""))[len(site.home) :]
                assert path.endswith({"application/json": ".json", "text/csv": ".csv"}[kind])
                assert path in site.files, (page.path, path)
                found.setdefault(re.sub(r"(/index)?\.html$", "", page.path), set()).add(path)
    assert found["forces/northumbria"] == {
        "api/v1/bodies/northumbria.json",
        "data/bodies/northumbria-ratings.csv",
        "data/bodies/northumbria-findings.csv",
    }
    assert found["inspections/2022-12-07-north-east-soc"] == {
        "api/v1/inspections/2022-12-07-north-east-soc.json",
        "data/inspections/2022-12-07-north-east-soc-ratings.csv",
        "data/inspections/2022-12-07-north-east-soc-findings.csv",
    }
    for name in ("rounds", "questions", "themes", "sources", "inspections", "findings"):
        assert found[name] == {f"api/v1/{name}.json", f"data/{name}.csv"}


# Nothing from elsewhere, nothing that runs


def test_no_page_loads_anything_from_elsewhere(site: BuiltSite) -> None:
    loaded = [
        (page.path, str(link))
        for page in site.pages.values()
        for link in page.links
        if link.tag not in ("a", "area")
        and link.rel not in ("canonical", "license")
        and site.is_elsewhere(page, link.value)
    ]
    assert_none(loaded)


def test_no_stylesheet_loads_anything() -> None:
    for path in (ROOT / "templates" / "assets").rglob("*.css"):
        assert not re.search(r"@import|url\(", path.read_text(encoding="utf-8")), path.name


def test_no_script_loads_anything_but_search_or_writes_html() -> None:
    """Search is fetched when somebody is about to search, and fetches the index beside it."""
    loads = (
        'import("./search.js")',
        'new Worker(new URL("pagefind/pagefind-worker.js", TOP))',
        'import(new URL("pagefind/newest.js", TOP))',
    )
    met = []
    for path in (ROOT / "templates" / "assets").rglob("*.js"):
        text = path.read_text(encoding="utf-8").replace("import.meta.url", "")
        for each in loads:
            met += [path.name] * text.count(each)
            text = text.replace(each, "")
        found = re.findall(
            r"https?:|\b(?:fetch|import|XMLHttpRequest|eval|Function|new Worker|SharedWorker"
            r"|WebSocket|sendBeacon|cookie|localStorage|sessionStorage|innerHTML|outerHTML|insertAdjacentHTML|write)\b",
            text,
        )
        assert_none([(path.name, each) for each in found])
    assert sorted(met) == ["peelsite.js", "search.js", "search.js"]


def test_no_page_carries_inline_script_or_style(site: BuiltSite) -> None:
    found = [
        (page.path, element.tag, name)
        for page in site.pages.values()
        for element in page.elements()
        for name in (element.tag, *element.attrib)
        if name in ("style", "iframe", "object", "embed", "base")
        or name.startswith("on")
        or element.get("href", "").lower().startswith("javascript:")
    ]
    assert_none(found)


OWN_SCRIPTS = {
    "compare": ["assets/compare.js"],
    "findings": ["assets/findings-choosing.js", "assets/findings.js", "findings/data.js"],
}
"""Scripts of the two pages that put something together, beside the small one of every page."""


LINKED = "application/ld+json"
"""The type of a script element that holds data, which no browser runs."""


def test_a_page_has_no_script_but_the_small_one_of_all_and_its_own(site: BuiltSite) -> None:
    """What every page holds is all there when it has arrived."""
    for page in site.pages.values():
        scripts = [each for each in page.elements("script") if each.get("type") != LINKED]
        sources = [each.get("src", "") for each in scripts]
        assert [dict(each.attrib) for each in scripts] == [
            {"src": src, "defer": ""} for src in sources
        ], page.path
        assert not any(each.text for each in scripts), page.path
        name = re.sub(r"(/index)?\.html$", "", page.path)
        paths = [urljoin(site.url(page.path), src).removeprefix(site.home) for src in sources]
        if page.path == "404.html" and site.is_for_a_folder:
            paths = [src.removeprefix("/") for src in sources]
        assert paths == ["assets/peelsite.js", *OWN_SCRIPTS.get(name, ())], page.path


def test_no_script_is_there_that_no_page_needs(site: BuiltSite) -> None:
    scripts = {name for name in site.files if name.endswith(".js")}
    own = {name for names in OWN_SCRIPTS.values() for name in names}
    whenever = {"assets/peelsite.js", "assets/copied.js", "assets/search.js", "assets/moved.js"}
    needed = whenever | own  # of them, the last waits for something to move
    if not site.is_for_a_folder:
        needed |= {"pagefind/newest.js", "pagefind/pagefind-worker.js"}
    data = {name for name in scripts if name.startswith("findings/")}
    assert scripts - data == {name for name in needed if not name.startswith("findings/")}


def test_every_page_has_a_policy_before_it_loads_anything(site: BuiltSite) -> None:
    files = " file:" if site.is_for_a_folder else ""
    expected = {
        "default-src": "'none'",
        "style-src": f"'self'{files}",
        "script-src": f"'self'{files}",
        "img-src": f"'self'{files}",
        "connect-src": f"'self'{files}",
        "base-uri": "'none'",
        "form-action": f"'self'{files}",
    }
    for page in site.pages.values():
        head = page.elements("meta", "link", "title")
        [place] = [
            n for n, e in enumerate(head) if e.get("http-equiv") == "Content-Security-Policy"
        ]
        assert place < min(n for n, e in enumerate(head) if e.tag == "link"), page.path
        policy = dict(part.split(maxsplit=1) for part in head[place].get("content", "").split(";"))
        assert policy == expected, page.path


# What was published


def test_whatever_was_published_is_answered(hosted: BuiltSite) -> None:
    addresses = published.read()
    assert len(addresses) > 2000
    assert addresses == sorted(set(addresses))
    assert_none(published.unanswered(hosted, addresses))


def test_an_address_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "grades").mkdir()
    for path in ("index.html", "grades/index.html"):
        (tmp_path / path).write_text('<title>Grades</title><dt id="good">', encoding="utf-8")
    site = BuiltSite(tmp_path, "https://example.org/repo/")
    assert published.unanswered(site, ["", "grades/", "grades/#good"]) == []
    gone = published.unanswered(site, ["grades/#poor", "forces/durham/", "data/bodies.csv"])
    assert gone == [
        "grades/#poor: leads to #poor, which is not on grades/index.html",
        "forces/durham/: leads to forces/durham/index.html, which does not exist",
        "data/bodies.csv: leads to data/bodies.csv, which does not exist",
    ]


# Edit this page, report a mistake, add an inspection

LONGEST_ADDRESS = 8_000
"""Characters of an address that GitHub takes."""


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("forces/northumbria/index.html", "content/bodies/northumbria.yml"),
        ("units/nerou/index.html", "content/bodies/nerou.yml"),
        ("regions/north-east/index.html", "content/bodies/north-east.yml"),
        (
            "inspections/2022-12-07-north-east-soc/index.html",
            "content/inspections/2022-12-07-north-east-soc.yml",
        ),
        ("themes/fraud/index.html", "content/themes.yml"),
        ("grades/index.html", "content/scales.yml"),
        ("glossary/index.html", "content/glossary.yml"),
        ("about/index.html", "content/pages/about.md"),
    ],
)
def test_edit_this_page_leads_to_its_file(hosted: BuiltSite, page: str, path: str) -> None:
    assert hosted.pages[page].link("Edit this page") == f"{REPOSITORY}/edit/main/{path}"


def test_every_edit_link_leads_to_a_file_that_exists(site: BuiltSite) -> None:
    start = f"{REPOSITORY}/edit/main/"
    links = {page.path: page.link("Edit this page") for page in site.pages.values()}
    wrong = [
        (page, link)
        for page, link in links.items()
        if link and not (link.startswith(start) and (ROOT / link.removeprefix(start)).is_file())
    ]
    assert_none(wrong)


def test_report_a_mistake_opens_an_issue_that_names_the_page(site: BuiltSite) -> None:
    for page in site.pages.values():
        parts = urlsplit(page.link("Report a mistake") or "")
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{REPOSITORY}/issues/new", (
            page.path
        )
        given = parse_qs(parts.query, strict_parsing=True)
        title = words_of(page.elements("title")[0]).removesuffix(" · peelsite")
        assert given["title"] == [f"Mistake on: {title}"]
        address = page.path if site.is_for_a_folder else site.url(page.path)
        if page.path == "404.html":
            address = "404.html"
        assert given["page"] == [address]
        assert (ROOT / ".github" / "ISSUE_TEMPLATE" / given["template"][0]).is_file()


def test_add_an_inspection_opens_a_new_file_with_its_text(site: BuiltSite) -> None:
    links = {page.path: page.link("Add an inspection") for page in site.pages.values()}
    [(path, link)] = [(path, link) for path, link in links.items() if link]
    assert path in ("inspections/index.html", "inspections.html")
    assert len(link) < LONGEST_ADDRESS
    parts = urlsplit(link)
    opened = f"{parts.scheme}://{parts.netloc}{parts.path}"
    assert opened == f"{REPOSITORY}/new/main/content/inspections"
    given = parse_qs(parts.query, strict_parsing=True)
    assert given["filename"] == ["YYYY-MM-DD-name.yml"]
    assert "round: FILL-IN" in given["value"][0]


def test_only_github_can_begin_a_file(tmp_path: Path) -> None:
    elsewhere = "https://gitlab.example/somebody/fork"
    folder = build(ROOT, tmp_path / "site", PEELSITE_REPO_URL=elsewhere)
    page = BuiltSite(folder, "").pages["inspections/index.html"]
    assert page.link("Add an inspection") is None
    report = parse_qs(urlsplit(page.link("Report a mistake") or "").query, strict_parsing=True)
    assert report["body"][0].startswith("Page: inspections/\n\nWhat is wrong:\n\n")


def test_a_fork_leads_to_its_own_repository(tmp_path: Path) -> None:
    fork = "https://github.com/somebody/their-fork"
    folder = build(
        ROOT, tmp_path / "site", PEELSITE_REPO_URL=fork, SITE_URL=FORMS["in a folder"][0]
    )
    pages = BuiltSite(folder, FORMS["in a folder"][0]).pages
    assert_none([path for path, page in pages.items() if "github.com/peelsite" in page.text])
    page = pages["forces/northumbria/index.html"]
    edit = page.link("Edit this page")
    assert edit == f"{fork}/edit/main/content/bodies/northumbria.yml"
    assert (page.link("Report a mistake") or "").startswith(f"{fork}/issues/new?")
    assert page.link("Code") == fork


# Permanent addresses


def permanent_anchors() -> list[tuple[str, str, str]]:
    """Return inspection, body and anchor of everything that has one, read straight from YAML."""
    found = []
    for path in sorted((ROOT / "content" / "inspections").glob("*.yml")):
        inspection = yaml.safe_load(path.read_text(encoding="utf-8"))
        for body, part in inspection["bodies"].items():
            for kind in ("concerns", "praised", "claims"):
                found += [(path.stem, body, f"{body}-{item['id']}") for item in part.get(kind, ())]
    return found


def test_every_finding_has_its_permanent_anchor(hosted: BuiltSite) -> None:
    anchors = permanent_anchors()
    assert ("2022-12-07-north-east-soc", "northumbria", "northumbria-polit-workload") in anchors
    missing = [
        (inspection, anchor)
        for inspection, _, anchor in anchors
        if anchor not in hosted.pages[f"inspections/{inspection}/index.html"].ids
    ]
    assert_none(missing)


def test_the_page_of_a_body_leads_to_the_anchors_of_its_findings(hosted: BuiltSite) -> None:
    folders = {"force": "forces", "unit": "units", "region": "regions"}
    missing = []
    for inspection, body, anchor in permanent_anchors():
        written = yaml.safe_load(
            (ROOT / "content" / "bodies" / f"{body}.yml").read_text(encoding="utf-8")
        )
        page = hosted.pages[f"{folders[written['kind']]}/{body}/index.html"]
        link = f"../../inspections/{inspection}/#{anchor}"
        if link not in [each.value for each in page.links]:
            missing.append((page.path, link))
    assert_none(missing)


# Same content, same bytes


def test_the_address_may_come_without_its_last_slash(hosted: BuiltSite, tmp_path: Path) -> None:
    """GitHub's Pages configuration gives it like that."""
    build(ROOT, tmp_path / "site", SITE_URL=hosted.home.rstrip("/"))
    assert_none(differences(hosted.folder, tmp_path / "site"))
