"""YAML text becomes what was typed, with its place; what could mislead is a problem."""

from __future__ import annotations

import random
import re
import time
from typing import Any

import pytest
import yaml

from peelsite.problems import Problem
from peelsite.yaml_source import (
    LARGEST,
    NOTHING,
    REFUSED,
    Document,
    Mapping,
    Sequence,
    Surprise,
    locate,
    read,
)
from peelsite.yaml_source.reader import DEEPEST
from peelsite.yaml_source.syntax import OTHERWISE, explain


def good(text: str) -> Any:
    value, problems = read("a.yml", text.encode())
    assert problems == []
    return value


def wrong(text: str | bytes) -> Problem:
    """Return the one problem of ``text``."""
    _, problems = read("a.yml", text if isinstance(text, bytes) else text.encode())
    [problem] = problems
    return problem


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("word", "word"),
        ("two words", "two words"),
        ("2022-12-07", "2022-12-07"),
        ("'no'", "no"),
        ('"1e3"', "1e3"),
        (">-\n  folded\n  text", "folded text"),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("10", 10),
        ("12345678901234567890", Surprise("12345678901234567890", "a number")),
        *((word, Surprise(word, "true or false")) for word in ("no", "Off", "YES", "y", "True")),
        *((word, Surprise(word, "a number")) for word in ("1e3", "007", "1_000", "3.11", ".5")),
        *((word, Surprise(word, "a number")) for word in ("0x1F", "12:30", ".inf", "-.Inf", "1.")),
        ("3.11.7", "3.11.7"),
        ("1e3x", "1e3x"),
        *((word, Surprise(word, NOTHING)) for word in ("", "~", "null", "NULL")),
    ],
)
def test_a_value_is_what_was_typed(typed: str, value: object) -> None:
    read_value = good(f"a: {typed}\n")["a"]
    assert read_value == value
    assert type(read_value) is type(value)


def test_names_are_texts_whatever_they_look_like() -> None:
    assert list(good("1: x\nno: y\n2022-12-07: z\n")) == ["1", "no", "2022-12-07"]


def test_every_value_knows_its_place() -> None:
    root = good("a:\n  - {b: x, c: yy}\n  - z\n")
    assert isinstance(root, Mapping)
    assert root.keys_at["a"] == (0, 0, 1)
    inner = root["a"]
    assert isinstance(inner, Sequence)
    assert locate(root, ("a", 0, "c")) == (1, 14, 2)
    assert locate(root, ("a", 1)) == (2, 4, 1)
    assert locate(root, ("a", 0, "there-is-no-d")) == locate(root, ("a", 0))
    assert locate(root, ("a", 2)) == locate(root, ("a",))
    assert locate(root, ()) == root.marks


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_the_mark_of_utf_8_do_not_move_a_place(line_end: str, start: str) -> None:
    problem = wrong(start + line_end.join(["a: b", "c: d", "c: e", ""]))
    assert (problem.line, problem.column, problem.excerpt) == (3, 1, "c: e")


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("bad", [b"\xff", b"\x00", b"\xe2\x80\x8b", b"\x1b"])
def test_what_is_no_text_is_told_at_its_place(line_end: bytes, bad: bytes) -> None:
    problem = wrong(b"a: b" + line_end + "é: ".encode() + bad + line_end)
    assert (problem.line, problem.column, problem.excerpt) == (2, 4, "é: �")
    assert problem.rule == ("encoding" if bad == b"\xff" else "invisible")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_other_encodings_are_told(encoding: str) -> None:
    assert wrong("kind: force\n".encode(encoding)).message.startswith("This file is saved in UTF-1")


def test_letters_of_all_languages_and_emoji_are_welcome() -> None:
    assert good("a: naïve “café” 漢字 🚓 👩‍🚒\n")["a"] == "naïve “café” 漢字 🚓 👩‍🚒"


def test_a_file_may_be_as_large_as_any_real_one_and_no_larger() -> None:
    start = b"a: "
    assert read("a.yml", start + b"x" * (LARGEST - len(start)))[1] == []
    assert wrong(start + b"x" * (LARGEST - len(start) + 1)).rule == "too-large"


@pytest.mark.parametrize("text", ["", "\n \n", "# a comment\n", "---\n", "---\n...\n", "~\n"])
def test_a_file_without_content_is_told(text: str) -> None:
    assert wrong(text).rule == "empty-file"


def test_a_list_is_read_as_one() -> None:
    assert good("- a\n- b\n") == ["a", "b"]


def test_a_single_text_is_no_content() -> None:
    assert read("a.yml", b"word\n")[0] is None
    assert wrong("word\n").rule == "wrong-kind"


def test_of_equal_names_the_first_stays() -> None:
    value, problems = read("a.yml", b"a: 1\nb:\n  c: {d: 2, d: 3}\na: 4\n")
    assert value == {"a": 1, "b": {"c": {"d": 2}}}
    assert [(each.line, each.column, each.rule) for each in problems] == [
        (3, 13, "duplicate-key"),
        (4, 1, "duplicate-key"),
    ]


@pytest.mark.parametrize("typed", ["&x y", "*x", "!x y", "!!int 3", "&x [1, 2]", "!x {a: b}"])
def test_what_hides_or_multiplies_text_is_refused(typed: str) -> None:
    value, problems = read("a.yml", f"a: {typed}\nb: c\n".encode())
    assert isinstance(value, Mapping)
    assert (value["a"], value["b"]) == (REFUSED, "c")
    assert [each.rule in ("alias", "tag") for each in problems] == [True]


def test_a_group_filled_from_another_is_refused_with_its_alias() -> None:
    value, problems = read("a.yml", b"a: &x {b: c}\nd: {e: f, <<: *x}\n")
    assert value == {"a": REFUSED, "d": REFUSED}
    assert [each.rule for each in problems] == ["alias", "alias"]


@pytest.mark.parametrize("key", ["? [a]\n: b", "? {a: b}\n: c", '"": b', "{[a]: b}: c"])
def test_a_name_is_a_word(key: str) -> None:
    assert wrong(f"{key}\n").rule == "no-name"


def test_a_marked_name_is_told_and_keeps_its_value() -> None:
    value, problems = read("a.yml", b"!!str a: b\n&x c: d\n")
    assert value == {"a": "b", "c": "d"}
    assert [each.message.partition(" ")[0] for each in problems] == ['"!!str"', '"&x"']


def test_values_stand_as_deep_as_the_shapes_need_and_not_deeper() -> None:
    assert good("a: " + "[" * (DEEPEST - 1) + "b" + "]" * (DEEPEST - 1))
    assert wrong("a: " + "[" * DEEPEST + "b" + "]" * DEEPEST).rule == "too-deep"


def test_no_text_at_all_leads_to_an_error() -> None:
    """Whatever somebody pastes gives a value or a problem, with a place that is in the text."""
    chance = random.Random(7)  # noqa: S311
    pieces = [*"abc:-[]{}#&*!|>'\"%@`,?\n\n\n  \t\\~\u00a0\r", ": ", "- ", "---", "\n  ", "a: "]
    for _ in range(20_000):
        text = "".join(chance.choices(pieces, k=chance.randint(0, 25)))
        value, problems = read("a.yml", text.encode())
        assert problems or value is not None, text
        for problem in problems:
            lines = re.split("\r\n|\r|\n", text)
            assert problem.column - 1 <= len(lines[problem.line - 1]), text
            assert str(problem)


BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)
)


@pytest.mark.parametrize(
    "text",
    [
        *("a: " + opening * 300_000 for opening in ("[", "{", "- ", "? ", "{a: ", "[[]")),
        "? " + "[" * 300_000,
        "a:\n" + "".join(" " * i + "a:\n" for i in range(1, 1300)),
        'a: "' + "b\n " * 300_000,
        "a: " + "b" * 900_000 + ": c: d",
        BOMB,
    ],
    ids=lambda text: text[:12],
)
def test_what_grows_without_bound_is_told_soon(text: str) -> None:
    start = time.perf_counter()
    _, problems = read("a.yml", text.encode())
    assert problems
    assert time.perf_counter() - start < 5


def test_what_stops_the_reading_is_told_beside_what_was_met_before() -> None:
    _, problems = read("a.yml", b"a: 1\na: 2\nb: [\n")
    assert [each.rule for each in problems] == ["duplicate-key", "no-item"]


def test_a_slip_that_also_stops_the_reading_is_told_once() -> None:
    assert wrong("a: *b c\nd: e\n").rule == "alias"


def test_what_libyaml_says_in_new_words_is_told_in_general_ones() -> None:
    mark = yaml.Mark("", 8, 1, 3, None, 0)
    error = yaml.MarkedYAMLError(context="never", problem="heard of", problem_mark=mark)
    last = yaml.ScalarEvent(None, None, (True, True), "b", mark, mark)
    problem = explain(Document("a.yml", "x: y\na: b\n"), error, last)
    assert (problem.rule, problem.line, problem.column) == (OTHERWISE.rule, 2, 4)


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: [b\n", "unclosed-list", 1, 4),
        ("a: b\n\n\n- c\n", "out-of-line", 4, 1),
        ("a: b\n \n\t\nc: d\n", "tab", 3, 1),
        ("list:\n  a: b\n\n  c: d\n- e: f\n", "first-dash", 2, 3),
        ("list: x\n- e: f\n", "out-of-line", 2, 1),
        ("a: “b\u00a0c”: d\n", "second-colon", 1, 9),
        ("a: 'x' # y\nb: 'x' z # y\n", "text-after", 2, 8),
        ("a: 'one\n  two' three\n", "unclosed-quote", 1, 4),
        ('a: "x"\nlonger: c: d\n', "second-colon", 2, 10),
        ('a: ["b" c]\n', "unclosed-list", 1, 4),
        ('a: "b"\n          }\n', "out-of-line", 2, 11),
        ("kind force\n\nshort: x\n", "no-colon", 1, 1),
        ("a:\u00a0b\nc: d\n", "hard-space", 1, 3),
        ("a: [\n\n\n", "no-item", 1, 5),
        ("list: x\n  more\n- e: f\n", "out-of-line", 3, 1),
    ],
)
def test_a_slip_is_told_where_it_can_be_mended(
    text: str, rule: str, line: int, column: int
) -> None:
    problem = wrong(text)
    assert (problem.rule, problem.line, problem.column) == (rule, line, column)
