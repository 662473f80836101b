"""Copying links and citations, and opening a source at the sentence, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from peelsite.catalogue.exact import exact_url
from tests.browser.conftest import Reader
from tests.browser.test_accessible import in_every_state, lost
from tests.browser.test_reading import (
    DESKTOP,
    PHONE,
    resize,
    tab_to,
    violations,
)
from tests.sites import assert_none, web_server

INSPECTION: Final = "inspections/2022-12-07-north-east-soc.html"
CITE: Final = "inspections/2022-12-07-north-east-soc/cite.html"
FORCE: Final = "forces/northumbria.html"
FINDING: Final = "northumbria-polit-workload"

WEB: Final = "https://example.org/repo/"
"""The address that the site of the tests is built for, which is not where it is read."""

ON_WEB: Final = f"{WEB}inspections/2022-12-07-north-east-soc/#{FINDING}"

REFUSED: Final = "This browser did not let us copy."


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a window whose clipboard the tests may read."""
    context = browser.new_context(
        viewport={"width": DESKTOP, "height": 900}, reduced_motion="reduce"
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def sharer(context: BrowserContext, home: str) -> Reader:
    """Read the site on a web server."""
    return Reader(context.new_page(), home)


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def told(page: Page) -> Locator:
    """Return the place where the page says what came of copying."""
    return page.locator("p.told[role=status]")


def copy_link(within: Locator) -> Locator:
    return within.get_by_role("button", name="Copy link")


def beside(button: Locator) -> Locator:
    """Return the citation that a button copies."""
    return button.locator("xpath=preceding-sibling::pre/code")


# --- copying -------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_link_to_a_finding_is_copied_by_keyboard(sharer: Reader, width: int) -> None:
    page = sharer.open(INSPECTION)
    resize(page, width)
    button = copy_link(page.locator(f"#{FINDING}"))

    tab_to(page, button)
    page.keyboard.press("Enter")

    expect(told(page)).to_have_text("Copied.")
    expect(told(page)).to_be_in_viewport()
    expect(button).to_be_focused()
    assert clipboard(page) == ON_WEB
    assert_none(sharer.troubles)


def test_what_was_copied_is_told_again_when_it_is_copied_again(sharer: Reader) -> None:
    page = sharer.open(INSPECTION)
    page.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => heard.push(document.querySelector(".told")?.textContent))
            .observe(document.body, { childList: true, subtree: true });
    }""")
    button = copy_link(page.locator(f"#{FINDING}"))

    for times in (1, 2):
        button.press("Enter")
        page.wait_for_function(
            "times => heard.filter((each) => each === 'Copied.').length === times", arg=times
        )

    assert page.evaluate("heard.includes('')")


def test_the_link_to_a_page_is_its_address_on_the_web(sharer: Reader) -> None:
    page = sharer.open(FORCE)
    page.goto(f"{page.url}?from=elsewhere#ratings")

    copy_link(page.get_by_label("About this page")).press("Enter")

    expect(told(page)).to_have_text("Copied.")
    assert clipboard(page) == f"{WEB}forces/northumbria/"


def test_the_link_to_a_page_with_a_choice_holds_the_choice(sharer: Reader) -> None:
    page = sharer.open("compare.html")
    page.goto(f"{page.url}?bodies=durham,cleveland")

    copy_link(page.get_by_label("About this page")).press("Enter")

    expect(told(page)).to_have_text("Copied.")
    assert clipboard(page) == f"{WEB}compare/?bodies=durham,cleveland"


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("plain text", "peelsite: About. Data as of "),
        ("Markdown", f"peelsite: [About]({WEB}about/). Data as of "),
        ("BibTeX", "@misc{peelsite-about,\n"),
    ],
)
def test_a_page_is_cited_by_keyboard(sharer: Reader, name: str, begins: str, width: int) -> None:
    page = sharer.open("about.html")
    resize(page, width)
    tools = page.get_by_label("About this page")
    tab_to(page, tools.locator("summary"))
    page.keyboard.press("Enter")
    button = tools.get_by_role("button", name=f"Copy {name}")

    tab_to(page, button)
    page.keyboard.press("Enter")

    expect(told(page)).to_have_text("Copied.")
    expect(button).to_be_focused()
    copied = clipboard(page)
    assert copied.startswith(begins)
    assert copied == beside(button).text_content()


def test_from_a_finding_to_its_citation_by_keyboard(sharer: Reader) -> None:
    page = sharer.open(INSPECTION)
    tab_to(page, page.locator(f"#{FINDING}").get_by_role("link", name="Cite"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cite/#{FINDING}")
    cited = page.locator(f"#{FINDING}")
    expect(cited).to_be_in_viewport()

    button = cited.get_by_role("button", name="Copy plain text")
    tab_to(page, button)
    page.keyboard.press("Enter")

    expect(told(page)).to_have_text("Copied.")
    copied = clipboard(page)
    assert copied.startswith("peelsite: Online child abuse investigation team could not keep up")
    assert " As reported by Chronicle Live; press only. Data as of " in copied
    assert copied.endswith(f" {ON_WEB}")


# --- where the browser refuses -----------------------------------------------------------------


@pytest.fixture(params=["forbidden", "insecure"])
def refusing(request: pytest.FixtureRequest, context: BrowserContext, home: str) -> Reader:
    """Read the site where nothing may be copied: its host forbids it, or it has no https."""
    place, headers = {
        "forbidden": (home, {"Permissions-Policy": "clipboard-write=()"}),
        "insecure": ("http://site.example/repo/", {}),
    }[request.param]

    def answer(route: Route) -> None:
        answered = context.request.get(route.request.url.replace(place, home))
        route.fulfill(response=answered, headers={**answered.headers, **headers})

    context.route(f"{place}**", answer)
    return Reader(context.new_page(), place)


def test_a_link_that_may_not_be_copied_is_shown_and_selected(refusing: Reader) -> None:
    page = refusing.open(INSPECTION)
    resize(page, PHONE)
    page.evaluate("document.addEventListener('copy', () => window.taken = `${getSelection()}`)")
    button = copy_link(page.locator(f"#{FINDING}"))

    tab_to(page, button)
    page.keyboard.press("Enter")

    expect(told(page)).to_have_text(f"{REFUSED} The address is selected for you to copy: {ON_WEB}")
    expect(button).to_be_focused()
    page.wait_for_function("text => `${getSelection()}` === text", arg=ON_WEB)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert_none(violations(page, ".told"))
    page.keyboard.press("Control+c")
    assert page.evaluate("window.taken") == ON_WEB
    expect(told(page)).to_contain_text(REFUSED)
    page.keyboard.press("Tab")
    expect(told(page)).to_be_empty()
    focused = page.locator(f"#{FINDING}").get_by_role("link", name="Cite")
    expect(focused).to_be_focused()


def test_a_citation_that_may_not_be_copied_is_selected(refusing: Reader) -> None:
    page = refusing.open(CITE)
    cited = page.locator(f"#{FINDING}")
    button = cited.get_by_role("button", name="Copy BibTeX")

    button.press("Enter")

    expect(told(page)).to_have_text(f"{REFUSED} The text is selected for you to copy.")
    expect(button).to_be_focused()
    code = beside(button).text_content()
    page.wait_for_function("text => `${getSelection()}` === text", arg=code)
    page.evaluate("getSelection().removeAllRanges()")
    expect(told(page)).to_be_empty()


# --- in a folder, and without scripts -------------------------------------------------------------


def test_a_copy_in_a_folder_gives_its_own_addresses(context: BrowserContext, offline: Path) -> None:
    reader = Reader(context.new_page(), f"{offline.as_uri()}/")
    page = reader.open(INSPECTION)
    own = f"{page.url}#{FINDING}"
    for button, address in (
        (copy_link(page.locator(f"#{FINDING}")), own),
        (copy_link(page.get_by_label("About this page")), page.url),
    ):
        page.evaluate("navigator.clipboard.writeText('')")
        button.press("Enter")
        page.wait_for_function(
            "async (a) => await navigator.clipboard.readText() === a", arg=address
        )
    page.goto(own)
    expect(page.locator(f"#{FINDING}")).to_be_in_viewport()
    page.locator(f"#{FINDING}").get_by_role("link", name="Cite").press("Enter")
    expect(page.locator(f"#{FINDING}")).to_contain_text(
        "Read in a copy built without an address of its own."
    )
    assert_none(reader.troubles)


def test_citations_are_whole_without_scripts(reader_without_scripts: Reader) -> None:
    page = reader_without_scripts.open(INSPECTION)
    assert page.get_by_role("button", name="Copy").count() == 0
    tools = page.get_by_label("About this page")
    tools.get_by_text("Cite this page").click()
    for name in ("Plain text", "Markdown", "BibTeX"):
        expect(tools.locator("dt", has_text=name)).to_be_visible()
    expect(tools.locator("code").first).to_contain_text(f"{WEB}inspections/")

    page.locator(f"#{FINDING}").get_by_role("link", name="Cite").click()
    cited = page.locator(f"#{FINDING}")
    expect(cited).to_be_in_viewport()
    expect(cited.locator("code").first).to_contain_text(ON_WEB)


# --- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [INSPECTION, CITE])
def test_tools_are_accessible_when_open(sharer: Reader, on: str) -> None:
    page = sharer.open(on)
    page.get_by_label("About this page").get_by_text("Cite this page").click()
    copy_link(page.get_by_label("About this page")).press("Enter")
    expect(told(page)).to_have_text("Copied.")

    assert_none(list(in_every_state(page)))
    assert_none(list(lost(page)))


def test_what_is_pressed_is_large_enough(sharer: Reader) -> None:
    page = sharer.open(INSPECTION)
    resize(page, PHONE)
    page.get_by_text("Cite this page").click()
    boxes = page.locator(".share > *, .tools .deed, .cite summary").evaluate_all(
        "all => all.map((e) => [e.innerText, e.getBoundingClientRect()])"
        ".map(([name, box]) => [name, box.width, box.height])"
    )

    assert len(boxes) > 10
    assert_none([each for each in boxes if min(each[1:]) < 24])


def test_tools_are_not_printed(sharer: Reader) -> None:
    page = sharer.open(INSPECTION)
    tools = page.locator(".share, .cite, .told, .exact a")
    assert tools.count() > 10
    page.emulate_media(media="print")

    assert_none([each for each in tools.all() if each.is_visible()])


# --- the sentence in the source -----------------------------------------------------------------

QUOTED: Final = (
    "It's clear the force doesn't have enough people to answer every call it gets",
    "Officers — and staff — should be trained, well-led & paid (soon) … or they will leave",
    "aren’t integrated well enough",
    "Since our inspection, the force has prepared a detailed action plan to address this problem.",
)
"""Words as we quote them."""

AS_ON_THE_PAGE: Final = (
    "It’s clear the force <b>doesn’t have</b> enough people to"
    " <a href='#'>answer every</a> call it gets",
    "Officers — and staff — should be trained, well-led &amp; <em>paid (soon)</em> if they ask"
    " or they will leave",
    "“The teams aren't integrated   well\n enough,” inspectors said",
    "<i>Since our inspection, the</i> force has prepared a detailed action</p>"
    "<p>plan to address this problem.",
)
"""The same words as a newspaper has them: other marks, elements, white space, paragraphs."""


@pytest.fixture
def newspaper(context: BrowserContext, tmp_path: Path) -> Iterator[tuple[Page, Path, str]]:
    """Serve a folder as another site; give a page of the browser, the folder and its URL."""
    with web_server(tmp_path, prefix="/") as url:
        yield context.new_page(), tmp_path, url


def follow(newspaper: tuple[Page, Path, str], link: str, sentence: str) -> float:
    """Click a link to a long story with ``sentence`` far down; return where the page stands."""
    page, folder, url = newspaper
    empty = "<p>Other news.</p>" * 300
    head = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>A</title>'
    story = f"{head}{empty}<p id=sentence>{sentence}</p>{empty}"
    (folder / "story.html").write_text(story, encoding="utf-8")
    link = f'<a href="{escape(link)}">Open at the sentence</a>'
    (folder / "index.html").write_text(f"{head}{link}", encoding="utf-8")
    page.goto(url)
    page.get_by_role("link").press("Enter")
    page.wait_for_url("**/story.html*")
    page.wait_for_load_state()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))")
    stands: float = page.evaluate("scrollY")
    return stands


@pytest.mark.parametrize(("quoted", "on_page"), list(zip(QUOTED, AS_ON_THE_PAGE, strict=True)))
def test_a_source_opens_at_the_sentence(
    newspaper: tuple[Page, Path, str], quoted: str, on_page: str
) -> None:
    page, _, url = newspaper
    link = exact_url(f"{url}story.html", quoted)
    assert link is not None

    stands = follow(newspaper, link, on_page)

    assert page.evaluate("'fragmentDirective' in document")
    assert stands > 0
    expect(page.locator("#sentence")).to_be_in_viewport()


def test_a_source_without_the_sentence_opens_at_its_top(
    newspaper: tuple[Page, Path, str],
) -> None:
    link = exact_url(f"{newspaper[2]}story.html", "the force has more than enough people")
    assert link is not None

    assert follow(newspaper, link, AS_ON_THE_PAGE[0]) == 0


def test_a_finding_leads_to_the_sentence_and_to_the_source(sharer: Reader) -> None:
    page = sharer.open(INSPECTION)
    quote = page.locator(f"#{FINDING} figure", has_text="hidden vulnerability")
    exact = quote.get_by_role("link", name="Open at the sentence")
    plain = quote.get_by_role("link", name="Chronicle Live").get_attribute("href")

    assert exact.get_attribute("href") == (
        f"{plain}#:~:text=This%20means%20there%20could,safeguard%20people%20being%20missed"
    )
    assert page.locator("meta[name=referrer]").get_attribute("content") == "same-origin"
    expect(quote).to_contain_text("Checked 23 November 2026.")


def test_words_that_were_not_checked_have_no_such_link(sharer: Reader) -> None:
    page = sharer.open(INSPECTION)
    quote = page.locator("figure", has_text="“struggling”")

    expect(quote).to_have_count(1)
    expect(quote.get_by_role("link", name="Chronicle Live")).to_be_visible()
    expect(quote).not_to_contain_text("Checked")
