"""Links to the very words in a source."""

import datetime
from urllib.parse import unquote

import pytest

from peelsite.catalogue import Quote, Said, Source
from peelsite.catalogue.exact import exact_url
from peelsite.schema import SourceKind, Speaker

URL = "https://news.example/story"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("more consistent approach", "more%20consistent%20approach"),
        # A dash, a comma and an ampersand would be read as signs of the directive.
        ("a well-led, open & fair force", "a%20well%2Dled%2C%20open%20%26%20fair%20force"),
        ("100% of 3 + 4 #1 cases?", "100%25%20of%203%20%2B%204%20%231%20cases"),
        ("mae'r heddlu yng Nghymru’n dda", None),
        ("the café’s twelve naïve officers", "twelve%20na%C3%AFve%20officers"),
        # Nine words and more: the first four and the last four.
        (
            "one two three four five six seven eight",
            "one%20two%20three%20four%20five%20six%20seven%20eight",
        ),
        (
            "one two three four five six seven eight nine",
            "one%20two%20three%20four,six%20seven%20eight%20nine",
        ),
        # Punctuation around the words need not be the same on the page.
        ("“They are (at last) improving (SOC).”", "are%20%28at%20last%29%20improving"),
        # White space of our file is not that of the page.
        ("more\n  consistent   approach", "more%20consistent%20approach"),
    ],
)
def test_the_words_are_written_as_a_text_directive(text: str, words: str | None) -> None:
    assert exact_url(URL, text) == (words and f"{URL}#:~:text={words}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the force doesn't have enough people", "have enough people"),
        ("“officers are now ready to help” they said", "are now ready to"),
        ("doesn’t answer all of the calls it’s getting", "answer all of the calls"),
        (
            "It’s clear that the force is slow and that’s why nobody can say when it isn’t",
            "clear that the force,can say when it",
        ),
    ],
)
def test_words_with_marks_that_pages_write_in_two_ways_are_at_no_end(text: str, found: str) -> None:
    url = exact_url(URL, text)

    assert url is not None
    assert unquote(url.removeprefix(f"{URL}#:~:text=")) == found


@pytest.mark.parametrize("left_out", ["…", "...", "[the unit]", "[…]"])
def test_what_is_not_in_the_source_is_not_looked_for(left_out: str) -> None:
    text = f"the force is {left_out} now able to answer every call"

    assert exact_url(URL, text) == f"{URL}#:~:text=now%20able%20to%20answer%20every%20call"


def test_a_dash_alone_is_no_word_to_look_for() -> None:
    assert exact_url(URL, "it is late – but it is not too late") == (
        f"{URL}#:~:text=it%20is%20late,is%20not%20too%20late"
    )


@pytest.mark.parametrize("text", ["concerned", "regional collaboration", "isn’t good", "…", ""])
def test_a_word_or_two_mean_no_one_place(text: str) -> None:
    assert exact_url(URL, text) is None


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        (URL, f"{URL}#:~:text="),
        (f"{URL}#findings", f"{URL}#findings:~:text="),
        (f"{URL}?a=b#:~:text=other,words", f"{URL}?a=b#:~:text="),
        (f"{URL}#findings:~:text=other", f"{URL}#findings:~:text="),
    ],
)
def test_the_anchor_of_an_address_stays(url: str, begins: str) -> None:
    assert exact_url(url, "more consistent approach") == f"{begins}more%20consistent%20approach"


def test_the_longest_quotation_gives_a_short_link() -> None:
    url = exact_url(URL, " ".join(["investigation"] * 40))

    assert url is not None
    assert len(url) < len(URL) + 150


def quotation(checked: datetime.date | None) -> Quote:
    source = Source(
        "news",
        SourceKind.PRESS,
        "News",
        None,
        "Story",
        URL,
        None,
        datetime.date(2026, 11, 24),
        "all",
        None,
    )
    said = Said(Speaker.INSPECTORS, "Inspectors", source)
    return Quote("more consistent approach", said, None, checked)


def test_only_words_that_were_found_in_the_page_are_linked() -> None:
    assert quotation(None).exact is None
    assert quotation(datetime.date(2026, 11, 24)).exact == (
        f"{URL}#:~:text=more%20consistent%20approach"
    )
