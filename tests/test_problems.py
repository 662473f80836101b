"""Every slip in ``tests/problems`` gets its sentence, and every rule has a slip that breaks it."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
import yaml

from peelsite import checks
from peelsite.checks import check, warn
from peelsite.load import load
from peelsite.problems import (
    ContentError,
    Problem,
    count,
    in_order,
    nearest,
    one_of,
    quoted,
    report,
)
from peelsite.schema import wording
from peelsite.schema.faults import Fault
from peelsite.schema.wording import Words
from peelsite.yaml_source import syntax
from tests.problems import BASE, EXAMPLES, Example

OTHER_RULES: Final = {
    *("encoding", "invisible", "empty-file", "two-documents", "wrong-kind", "no-name"),
    *("duplicate-key", "alias", "tag"),  # what the reader of YAML tells
    *("not-text", "no-value"),  # what the kinds of fault do not show
    *("stray-file", "file-name", "no-file", "two-alike", "copied-file", "wrong-folder"),
    "leftover",  # what load tells
}
"""Rules that stand in no list of the code; "too-large" and "unreadable" are seen by other tests."""


@dataclass
class Seen:
    """What happened while all examples were read."""

    problems: list[Problem] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    libyaml: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Read all examples, and record which rules found something and what was put into words."""
    seen = Seen()

    def recording(kind: str, words: Callable[[Fault], Words]) -> Callable[[Fault], Words]:
        def record(fault: Fault) -> Words:
            seen.kinds[kind] += 1
            return words(fault)

        return record

    with pytest.MonkeyPatch.context() as patch:
        recorders = {kind: recording(kind, words) for kind, words in wording.WORDS.items()}
        patch.setattr(wording, "WORDS", recorders)
        for example in EXAMPLES:
            folder = example.content(tmp_path_factory.mktemp("example"))
            content = load(folder)
            seen.problems.extend(content.problems)
            for rule in (*checks.RULES, *checks.WARNINGS):
                seen.rules[rule.__name__] += sum(1 for _ in rule(content))
            for file in folder.rglob("*.yml"):
                seen.libyaml.append(said_by_libyaml(file))
    return seen


def said_by_libyaml(file: Path) -> str:
    """Return what libyaml itself says of a file."""
    try:
        for _ in yaml.parse(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return f"{error.context}; {error.problem}"
    except (UnicodeDecodeError, yaml.YAMLError):
        pass
    return ""


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 100


def test_the_base_of_the_examples_is_sound() -> None:
    assert (check(load(BASE)), warn(load(BASE))) == ((), ())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_slip_gets_its_sentence(example: Example, tmp_path: Path, accept: bool) -> None:
    content = load(example.content(tmp_path))
    made = report([*check(content), *warn(content)])
    if accept:
        example.accept(made)
    assert made == example.expected


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_slip_gets_one_problem(example: Example) -> None:
    total = example.expected.splitlines()[-1]
    kind = "warning" if example.name.startswith("warnings/") else "problem"
    is_one = total == f"1 {kind} in 1 file."
    assert is_one != example.name.startswith("several/"), total


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_no_word_of_a_library_or_of_python_reaches_the_reader(example: Example) -> None:
    words = r"pydantic|libyaml|Traceback|Error\b|\bNone\b|\bTrue\b|<class|input_"
    assert not re.search(words, example.expected)


@pytest.mark.parametrize("rule", [rule.__name__ for rule in (*checks.RULES, *checks.WARNINGS)])
def test_every_rule_has_an_example(rule: str, seen: Seen) -> None:
    assert seen.rules[rule]


@pytest.mark.parametrize("kind", wording.WORDS)
def test_every_kind_of_fault_has_an_example(kind: str, seen: Seen) -> None:
    assert seen.kinds[kind]


@pytest.mark.parametrize("slip", syntax.SLIPS, ids=lambda slip: slip.rule)
def test_every_slip_in_the_syntax_has_an_example(slip: syntax.Slip, seen: Seen) -> None:
    assert (slip.message, slip.remedy) in {(each.message, each.remedy) for each in seen.problems}


SAID: Final = [part for slip in syntax.SLIPS for part in slip.said if part != syntax.TOO_DEEP]


@pytest.mark.parametrize("part", SAID)
def test_whatever_libyaml_is_known_to_say_has_an_example(part: str, seen: Seen) -> None:
    assert any(part in said for said in seen.libyaml)


@pytest.mark.parametrize("rule", sorted(OTHER_RULES))
def test_every_other_rule_has_an_example(rule: str, seen: Seen) -> None:
    assert rule in {problem.rule for problem in seen.problems}


def problem(path: str = "a.yml", line: int = 1, column: int = 1, **more: object) -> Problem:
    words: dict[str, object] = {"rule": "r", "message": "It is wrong.", "remedy": "Mend it."}
    return Problem(path, line, column, **(words | more))  # type: ignore[arg-type]


def test_a_problem_shows_its_place_its_line_and_what_to_do() -> None:
    shown = str(problem(line=12, column=4, excerpt="a: bad # c", length=3))
    assert shown.splitlines() == [
        "a.yml:12:4: It is wrong. [r]",
        "  12 | a: bad # c",
        "     |    ^^^",
        "  Mend it.",
    ]


def test_a_problem_of_an_empty_line_shows_no_line() -> None:
    assert str(problem(excerpt="  ")).splitlines() == ["a.yml:1:1: It is wrong. [r]", "  Mend it."]


def test_the_caret_stands_under_the_place_after_tabs_and_wide_letters() -> None:
    _, line, caret, _ = str(problem(column=5, excerpt="\t漢字:x", length=1)).splitlines()
    assert (line, caret) == ("  1 | \t漢字:x", "    | \t     ^")


@pytest.mark.parametrize("column", [1, 100, 5_000, 9_999, 10_000])
def test_of_a_long_line_the_part_around_the_place_is_shown(column: int) -> None:
    excerpt = "x" * (column - 1) + "!" + "x" * (10_000 - column)
    _, line, caret, _ = str(problem(column=column, excerpt=excerpt, length=9_999)).splitlines()
    assert len(line) < 220
    assert len(caret) <= len(line)
    assert line[caret.index("^")] == "!"
    assert ("…x" in line) == (column > 81)
    assert line.endswith("…") == (column < 9_880)


def test_a_report_counts_problems_and_files() -> None:
    assert report([problem()]).endswith("\n\n1 problem in 1 file.")
    two = [problem(), problem(line=2), problem("b.yml")]
    assert report(two).endswith("\n\n3 problems in 2 files.")


def test_problems_are_sorted_by_place_and_told_once() -> None:
    last, second, first = problem("b.yml"), problem(line=10), problem(line=9, column=7)
    assert in_order([last, second, first, second]) == (first, second, last)


def test_the_error_holds_the_whole_report() -> None:
    error = ContentError([problem("b.yml"), problem()])
    assert [each.path for each in error.problems] == ["a.yml", "b.yml"]
    assert str(error) == report(error.problems)


def test_an_error_goes_from_one_process_to_another_with_its_problems() -> None:
    error = ContentError([problem("b.yml"), problem()])
    sent = pickle.loads(pickle.dumps(error))  # noqa: S301 - it is our own
    assert (sent.problems, str(sent)) == (error.problems, str(error))


def test_things_are_counted_with_their_noun() -> None:
    counted = [count(0, "file"), count(1, "file"), count(2, "body", "bodies")]
    assert counted == ["0 files", "1 file", "2 bodies"]


def test_the_nearest_value_is_offered() -> None:
    assert one_of(["poor", "good"], "goood") == 'Write one of: good, poor. Did you mean "good"?'
    assert one_of(["poor", "good"], "GOOD") == 'Write one of: good, poor. Did you mean "good"?'
    assert one_of(["poor", "good"], "x") == "Write one of: good, poor."
    assert one_of(["good"], "goood") == "Write: good."
    assert nearest("requires improvement", ["requires-improvement", "x"]) == "requires-improvement"
    assert nearest("x", ["good"]) is None


def test_of_many_values_those_most_like_it_are_listed() -> None:
    values = [f"theme-{number:03}" for number in range(500)] + ["workload"]
    sentence = one_of(values, "worklaod")
    assert "workload" in sentence
    assert sentence.endswith('… (501 in all). Did you mean "workload"?')
    assert sentence.count(",") == 19


@pytest.mark.parametrize(("number", "is_cut"), [(20, False), (21, True)])
def test_twenty_values_are_listed_in_full(number: int, is_cut: bool) -> None:
    assert ("in all" in one_of(f"theme-{i}" for i in range(number))) == is_cut


@pytest.mark.parametrize(("width", "is_cut"), [(200, False), (201, True)])
def test_lines_of_a_usual_length_are_shown_in_full(width: int, is_cut: bool) -> None:
    assert ("…" in str(problem(excerpt="x" * width))) == is_cut


def test_what_somebody_wrote_is_cut_when_it_is_long() -> None:
    assert quoted("short") == '"short"'
    assert quoted("x" * 60) == f'"{"x" * 60}"'
    assert quoted("x" * 61) == f'"{"x" * 60} …"'
