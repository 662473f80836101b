"""Hostile content: texts that attack, files with slips and attacks in them, and what must hold."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from peelsite.cli.formats import Found, as_github, as_json, as_text
from peelsite.problems import Problem

IS_THOROUGH: Final = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def cases(number: int) -> settings:
    """Return settings for so many cases, the same ones each time.

    With ``HYPOTHESIS_PROFILE=thorough`` they are ten times as many, and others each time.
    """
    return settings(
        max_examples=number * 10 if IS_THOROUGH else number,
        derandomize=not IS_THOROUGH,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


HARMLESS: Final = (
    *("<script>pwned()</script>", '"><img src=x onerror=pwned()>', "</script><script>pwned()"),
    *("<svg/onload=pwned()>", "<b onclick=pwned() style=position:fixed>b</b>", "<!-- a", "]]>"),
    *("<style>*{display:none}</style>", "<base href=//evil.example>", "<iframe srcdoc=a>", "</p>"),
    *("<meta http-equiv=refresh content=0>", "<form action=//evil.example>", "<![CDATA[ a", "<a"),
    *("</title><script>pwned()</script>", "&lt;script&gt;", "&#x3c;script&#x3e;", "' onload='a"),
    *("[a](javascript:pwned())", "[a](data:text/html,a)", "[a](JaVaScRiPt:pwned())", "[a](//b.c)"),
    *("<javascript:pwned()>", "<https://gov.uk@evil.example/>", "[a](https://gov.uk@evil.example)"),
    *("![a](https://evil.example/a.png)", "[a](https://xn--80a.example/)", "[a](<javascript:b>)"),
    *("[a](&#106;avascript:pwned())", "[a][b]", "[b]: javascript:pwned()", "[a](../../etc/passwd)"),
    *("{{ 7*7 }}", "{% raw %}", "{{ config }}", "{# a", "${7*7}", "$(id)", "`id`", "%s%n%x"),
    *('=HYPERLINK("https://evil.example")', "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0"),
    *("'; DROP TABLE bodies; --", '" OR ""="', "../../etc/passwd", "/etc/passwd", "C:\\a", "a%00b"),
    *("BEGIN:VEVENT", "a;b,c\\,d", "\\n", "}{\\input{a}", "%", "a~b^c_d&e#f$g", "@misc{a,", "~~~"),
    *(
        "::error::a",
        "##[error]a",
        "**a",
        "_a_",
        "`a",
        "***",
        "[[[",
        "| a | b |",
        "# a",
        "> a",
        "- a",
    ),
    *("null", "true", "1e3", "0x1F", "no", "~", "2022-12-07", "a: b", "a #b", "&a b", "*a", "!a"),
    *(
        "Слово",
        "Ελλάδα",
        "日本語",
        "עברית",
        "العربية",
        "é",
        "Ŵŷ",
        "“a” ‘b’ – — …",
        "a\u00a0b",
        "🚓",
    ),
)
"""Texts that attack something, and may stand in a text all the same."""

REFUSED: Final = (
    *(
        "a\u202eb",
        "a\u202ab",
        "a\u2066b",
        "a\u200eb",
        "a\u200fb",
        "a\u061cb",
        "a\u200bb",
        "a\u200cb",
    ),
    *(
        "a\u200db",
        "a\u2060b",
        "a\ufeffb",
        "a\u00adb",
        "a\ufe0fb",
        "a\U000e0041b",
        "a\ue000b",
        "a\x00b",
    ),
    *(
        "a\x1b[31mb",
        "a\x07b",
        "a\x08b",
        "a\x7fb",
        "a\x85b",
        "a\x9bb",
        "a\u2028b",
        "a\u2029b",
        "a\rb",
    ),
    *("a\u034fb", "a\u3164b", "a\u2800b", "a\u0378b", "a\uffffb", "a\U0001fffeb", "Nаme", "Gοοd"),
    *("Ｇood", "𝐆ood", "a\u0301\u0301\u0301b", "a\U00100000b", "a\ufff9b", "a\u206ab", "a\u115fb"),
)
"""Texts with a character in them that may stand nowhere."""


def texts() -> st.SearchStrategy[str]:
    """Give texts on one line, with attacks in them that are shown harmless."""
    parts = st.sampled_from(HARMLESS) | st.text("abc <>&'\"`*_[](){}:/\\=+-@#|,;é", max_size=8)
    joined = st.lists(parts, min_size=1, max_size=3).map(" ".join)
    return joined.filter(lambda text: bool(text.strip()) and len(text.split()) <= 40)


def in_text(draw: st.DrawFn, text: str) -> bytes:
    """Return ``text``, which is that of a file, with a few slips and attacks in it."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        place = draw(st.integers(0, len(line)))
        attack = draw(st.sampled_from((*HARMLESS, *REFUSED)))
        match draw(st.integers(0, 9)):
            case 0:
                lines[at] = line[:place] + attack + line[place:]
            case 1:
                lines[at] = line.partition(":")[0] + ": " + attack
            case 2:
                lines[at] = f"{line.partition(':')[0]}: {json.dumps(attack)}"
            case 3:
                lines[at] = line[:place] + line[place + draw(st.integers(1, 9)) :]
            case 4:
                lines[at] = line[:place] + draw(st.characters()) + line[place:]
            case 5:
                lines[at:at] = lines[at : at + draw(st.integers(1, 9))]
            case 6:
                del lines[at : at + draw(st.integers(1, 9))]
                lines = lines or [""]
            case 7:
                lines[at] = draw(st.sampled_from(("  ", " ", "- ", "\t", "# ", "? "))) + line
            case 8:
                lines[at] = line[draw(st.integers(1, 3)) :]
            case _:
                lines[at] = line.replace(
                    ":", draw(st.sampled_from((": &a", ": *a", ": !!b", ": ["))), 1
                )
    raw = bytearray("\n".join(lines).encode(errors="surrogatepass"))
    for at in draw(st.lists(st.integers(0, max(0, len(raw) - 1)), max_size=2)) if raw else ():
        raw[at] = draw(st.integers(0, 255))
    return bytes(raw)


ODD_VALUES: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from((*HARMLESS, *REFUSED)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from((*HARMLESS, "id", "title", "source")), inner, max_size=3)
    ),
    max_leaves=5,
)
"""Values of every kind."""


def in_data(draw: st.DrawFn, data: Any) -> bytes:
    """Return ``data``, which is that of a file, with a few values that are others."""
    data = json.loads(json.dumps(data))
    for _ in range(draw(st.integers(1, 3))):
        around, step = draw(st.sampled_from(list(places(data))))
        match draw(st.integers(0, 3)):
            case 0 if isinstance(around, dict):
                around[draw(st.sampled_from((*HARMLESS, *REFUSED, "x" * 2_000)))] = around.pop(step)
            case 1:
                del around[step]
            case _:
                around[step] = draw(ODD_VALUES)
        if not data:
            break
    return json.dumps(data, ensure_ascii=draw(st.booleans())).encode(errors="surrogatepass")


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Give each group or list within ``data`` with each of its keys or indexes."""
    if isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield data, step
            yield from places(value)


def data_of(path: Path) -> Any:
    """Return what is in a YAML file, every single value as the text that was typed."""
    return yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - it makes text only


FREE: Final = {
    *("title", "short", "summary", "text", "publisher", "author", "seen", "note", "label", "by"),
    *("meaning", "name", "programme", "comparability", "wording", "stands-for", "was", "now"),
    *("uncertain", "break"),
}
"""Fields in which anything may be written."""


def with_free_texts(data: Any, attack: Callable[[], str]) -> Any:
    """Return ``data`` with an attack in the place of every text in which anything may be written.

    What several files must tell alike of a source is left as it is.
    """
    if isinstance(data, list):
        return [with_free_texts(each, attack) for each in data]
    if not isinstance(data, dict):
        return data
    is_source = "url" in data
    return {
        name: attack()
        if name in FREE
        and isinstance(value, str)
        and value not in ("not-stated", "promising-practice", "area-for-improvement")
        and not (is_source and name in ("title", "publisher", "author"))
        else with_free_texts(value, attack)
        for name, value in data.items()
    }


def attacked(folder: Path, to: Path, attack: Callable[[], str]) -> Path:
    """Write content to ``to`` that is that of ``folder``, with an attack in every free text."""
    content = to / "content"
    for path in sorted(folder.rglob("*.yml")):
        data = with_free_texts(data_of(path), attack)
        file = content / path.relative_to(folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return content


# --- what must hold ----------------------------------------------------------------------------


def assert_told_well(problems: Iterable[Problem], files: Mapping[str, bytes]) -> None:
    """Fail unless every problem has its line, and nothing printed gives orders to anybody."""
    problems = list(problems)
    for problem in problems:
        raw = files.get(problem.path, b"")
        text = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        assert 1 <= problem.line <= text.count("\n") + 1, problem
        assert problem.column >= 1, problem
        assert problem.message, problem
        assert problem.remedy, problem
    found = Found(problems, len(files))
    json.loads(as_json(found))
    for printed in (as_text(found, in_colour=False), as_json(found), as_github(found, None)):
        assert_plain(printed)
    for line in as_github(found, None).splitlines():
        assert not line.lstrip().startswith("::") or line.startswith(
            ("::error file=", "::warning file=")
        )


def assert_plain(printed: str) -> None:
    """Fail if a terminal or GitHub could take anything in a printed text for an order."""
    printed.encode()
    told = {each for each in set(printed) if unicodedata.category(each) in _ORDERS}
    assert told <= {"\n", "\t"}, told
    assert "##[" not in printed


_ORDERS: Final = ("Cc", "Cs", "Zl", "Zp", "Co", "Cn")


class Reader(HTMLParser):
    """Reads pages, and notes what they are made of; fails upon an address that could do harm."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: set[tuple[str, str]] = set()

    def read(self, html: str) -> None:
        """Read one page more."""
        self.feed(html)
        self.close()
        self.reset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.add((tag, ""))
        for name, value in attrs:
            self.parts.add((tag, name))
            if name in ("href", "src", "action"):
                assert_leads_plainly((value or "").strip().lower())

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def assert_leads_plainly(address: str) -> None:
    """Fail if an address runs, or leads elsewhere than it seems to."""
    scheme = address.partition(":")[0] if ":" in address.partition("/")[0] else ""
    assert scheme in ("", "http", "https", "mailto", "webcal"), address
    host = address.partition("://")[2].partition("/")[0]
    assert not {"@", "\\"} & set(host), address
    assert "xn--" not in host, address
    assert not address.startswith(("//", "/\\")), address


OF_TEXTS: Final = {
    *((tag, "") for tag in ("p", "ul", "ol", "li", "em", "strong", "code", "br", "blockquote")),
    *(("a", ""), ("a", "href"), ("a", "rel"), ("abbr", ""), ("abbr", "title")),
}
"""What may be made of a text: no picture, no heading, nothing that runs or has a style."""

OF_PAGES: Final = OF_TEXTS | {
    *((tag, "") for tag in ("h1", "table", "tbody", "tr", "td", "img")),
    *(("h1", "id"), ("img", "src"), ("img", "alt")),
}
