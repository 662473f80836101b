"""What is read quickly is what the careful reader reads, or it is not read quickly at all."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsite import yaml_source
from peelsite.checks import check, warn
from peelsite.load import Content, load
from peelsite.schema import Record
from peelsite.yaml_source import LARGEST, Mapping, Sequence, read, read_quickly
from peelsite.yaml_source.reader import DEEPEST
from tests.problems import BASE, EXAMPLES, Example

ROOT: Final = Path(__file__).parent.parent
CONTENTS: Final = (ROOT / "content", ROOT / "tests/small_site/content", BASE)
FILES: Final = tuple(
    path for folder in CONTENTS for path in sorted(folder.rglob("*.yml")) if path.is_file()
)


def name_of(path: Path) -> str:
    """Return what a test of a file or folder is called."""
    return path.relative_to(ROOT).as_posix()


def same(quick: Any, careful: Any) -> bool:
    """Whether two values are equal, down to the kinds of the single values, and in one order."""
    if isinstance(careful, Mapping):
        return (
            type(quick) is dict
            and list(quick) == list(careful)
            and all(same(quick[key], careful[key]) for key in careful)
        )
    if isinstance(careful, Sequence):
        pairs = itertools.zip_longest(quick, careful)
        return type(quick) is list and all(same(*pair) for pair in pairs)
    return type(quick) is type(careful) and bool(quick == careful)


def is_read_alike(raw: bytes) -> bool:
    """Whether ``raw`` is read quickly; then the careful reader must have nothing against it."""
    quick = read_quickly(raw)
    if quick is None:
        return False
    careful, problems = read("a.yml", raw)
    assert problems == []
    assert same(quick, careful)
    return True


@pytest.fixture
def carefully(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Content]:
    """Give what loads a folder with the careful reader alone."""

    def loaded(folder: Path) -> Content:
        with monkeypatch.context() as patch:
            patch.setattr(yaml_source, "read_quickly", lambda _: None)
            return load(folder)

    return loaded


def places(content: Content) -> Iterator[object]:
    """Give all that every record of ``content`` can say of where it and its values stand."""
    for file in content.files.values():
        for record in file.within(Record):
            yield record.path, record.problem((), "r", "Wrong.", "Mend it.")
            for name, field in type(record).model_fields.items():
                written, value = field.alias or name, getattr(record, name)
                yield record.problem((written,), "r", "Wrong.", "Mend it.")
                if isinstance(value, tuple) and value:
                    yield record.problem((written, len(value) - 1), "r", "Wrong.", "Mend it.")
            for name in ("sources", "bodies"):
                if hasattr(record, name):
                    yield tuple(record.keys_written(name) or ())
                    for key in getattr(record, name):
                        yield record.key_problem(name, key, "r", "Wrong.", "Mend it.")


@pytest.mark.parametrize("folder", CONTENTS, ids=name_of)
def test_content_is_the_same_and_stands_in_the_same_places(
    folder: Path, carefully: Callable[[Path], Content]
) -> None:
    quick, careful = load(folder), carefully(folder)
    assert quick == careful
    assert list(places(quick)) == list(places(careful))
    assert check(quick) == check(careful)
    assert warn(quick) == warn(careful)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_slip_is_told_the_same(
    example: Example, tmp_path: Path, carefully: Callable[[Path], Content]
) -> None:
    folder = example.content(tmp_path)
    quick, careful = load(folder), carefully(folder)
    assert quick == careful
    assert check(quick) == check(careful)
    assert warn(quick) == warn(careful)


def kept(content: Content) -> Content:
    """Return ``content`` as a program that begins later finds it, having kept it."""
    return replace(content, files=pickle.loads(pickle.dumps(content.files)))  # noqa: S301


@pytest.mark.parametrize("folder", CONTENTS, ids=name_of)
def test_files_that_were_kept_are_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(folder)
    monkeypatch.setattr(yaml_source, "read_quickly", None)
    monkeypatch.setattr(yaml_source, "read", None)
    again = load(folder, kept(first))
    assert again == first
    assert list(places(again)) == list(places(first))
    assert check(again) == check(first)


def test_files_are_kept_small() -> None:
    files = load(CONTENTS[0]).files
    written = sum(path.stat().st_size for path in CONTENTS[0].rglob("*.yml"))
    assert len(pickle.dumps(files)) < 1.1 * written


def test_a_file_with_problems_is_read_again(tmp_path: Path) -> None:
    folder = EXAMPLES[0].content(tmp_path)
    first = load(folder)
    assert first.problems
    again = load(folder, kept(first))
    assert again == first
    assert list(places(again)) == list(places(first))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_file_is_read_alike(path: Path) -> None:
    is_read_alike(path.read_bytes())


def test_most_files_are_read_quickly() -> None:
    read_so = [path for path in FILES if is_read_alike(path.read_bytes())]
    assert len(read_so) > 0.8 * len(FILES)


def test_what_is_too_large_or_too_deep_is_for_the_careful_reader() -> None:
    assert is_read_alike(b"a: b\n" + b"\n" * (LARGEST - 5))
    assert read_quickly(b"a: b\n" + b"\n" * (LARGEST - 4)) is None
    deep = [b"a: " + b"[" * depth + b"b" + b"]" * depth + b"\n" for depth in range(DEEPEST + 3)]
    assert [is_read_alike(each) for each in deep] == [depth < DEEPEST for depth in range(23)]


@pytest.mark.parametrize("dash", [b"- ", b"-  ", b"-          "])
def test_lists_in_lists_kill_nobody(dash: bytes) -> None:
    raw = b"a:\n" + dash * ((LARGEST - 10) // len(dash)) + b"b\n"
    assert read_quickly(raw) is None
    [problem] = read("a.yml", raw)[1]
    assert problem.rule == "too-deep"


@pytest.mark.parametrize("sign", [b"[", b"{a: ", b"[\n", b"[a: ["])
def test_nothing_that_is_deep_kills_anybody(sign: bytes) -> None:
    raw = b"a: " + sign * ((LARGEST - 10) // len(sign)) + b"b\n"
    assert read_quickly(raw) is None
    assert [each.rule for each in read("a.yml", raw)[1]] == ["too-deep"]


@pytest.mark.parametrize(
    "text",
    [
        *("a: no", "a: 'no'", "a: 12:30", "a: 1e3", "a: ~", "a:", "a: ''", "a: true", "a: 007"),
        *("a: +2022", "a: 0x7e6", "a: 2_022", "a: 02022", "a: 0o3746", "a: 10", "a: 1.5"),
        *("a: &b c", "a: !b c", "a: ! c", "a: b #c", "a: [b, c] #d", "? a\n: b", "%TAG ! !\n---\n"),
        *("a: b\na: c", "{a, a: b}", "a: b\n---\nc: d", "a: b\n...\nc: d", "- a", "a", "", "{a"),
        *("a: \tb", "a: b\r\n", "a: \u200b", "\ufeffa: b", "a: \x7f", "a: '\u2028'", "<<: {a: b}"),
        *("1: a", "'': a", "[a]: b", "~: a", "true: a", 'a: "\\u200b"', "&a b: c", "{a: &b c}"),
        *("a: [:b]", "a: {b: >-\n  c}", "a: [|]", "a: {b: |}", "...\na: b", "a: |\n", "a: >\n  b"),
    ],
)
def test_what_is_doubtful_is_for_the_careful_reader(text: str) -> None:
    assert read_quickly(f"{text}\n".encode()) is None


def test_what_is_no_text_is_for_the_careful_reader() -> None:
    for raw in (b"a: \xff\n", b"a: \xe2A\x80\x93\n", "a: b\n".encode("utf-16")):
        assert read_quickly(raw) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 2022", {"a": 2022}),
        ("a: 2022-12-07", {"a": "2022-12-07"}),
        ("# b\na: {b: c, d: [e, 'f g']}\n", {"a": {"b": "c", "d": ["e", "f g"]}}),
        ("a: >-\n  b\n  c\n\n  d\nno: e & f!", {"a": "b c\nd", "no": "e & f!"}),
        ("a: >-\n  b\n   c\n# d\ne: '12.30 pm'", {"a": "b\n c", "e": "12.30 pm"}),
        ("a: Q & A\nb: '2022'\nc: d|e>f", {"a": "Q & A", "b": "2022", "c": "d|e>f"}),
    ],
)
def test_what_is_plain_is_read_quickly(text: str, value: object) -> None:
    assert read_quickly(f"{text}\n".encode()) == value
    assert is_read_alike(f"{text}\n".encode())


SLIPS: Final = (
    *("&a ", "*a", "!t ", "!!str ", " #x", " # x", "#", "\t", "\u00a0", "\u200b", "\ufeff", "\r"),
    *(": ", ":", "- ", "-", "'", '"', "[", "]", "{", "}", ",", "|", ">", ">-", "|+", "|2", "? "),
    *("---\n", "...\n", "%YAML 1.1\n", "<<: ", "\\", "\\n", "\n", "\n\n", " ", "  ", "\n  ", "é"),
    *("\U0001f600", "\x85", "\u2028", "@", "`", "%", "=", "\x00", "FILL-IN", "''", '""', "é: ü\n"),
)
ODD: Final = (
    *("no", "Off", "YES", "y", "true", "False", "~", "null", "NULL", "", "=", "<<", "word", "é"),
    *("1e3", "007", "1_000", "3.11", ".5", "0x1F", "0o17", "12:30", ".inf", "-.Inf", "1.", "+12"),
    *("-0", "2022", "+2022", "02022", "2_022", "2022.0", "2022-12-07", "2022-1-2"),
    *(
        "two words",
        "a: b",
        "a #b",
        "#b",
        "- a",
        "[a",
        "a, b",
        "it's",
        'say "a"',
        "a\\b",
        "a:b",
        "&",
    ),
    *("*a*", "!a", "@a", "%a", "?a", "? a", "-a", ":a", "a:", "|", ">", "a  b", "a\nb", " a "),
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a real file, or the beginning of one, with a few slips in it."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    lines = lines[at : at + draw(st.integers(3, 40))]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        place = draw(st.integers(0, len(line)))
        match draw(st.integers(0, 7)):
            case 0:
                lines[at] = line[:place] + draw(st.sampled_from(SLIPS)) + line[place:]
            case 1:
                lines[at] = line[:place] + line[place + draw(st.integers(1, 4)) :]
            case 2:
                lines[at] = line[:place] + draw(st.characters()) + line[place + 1 :]
            case 3:
                lines.insert(draw(st.integers(0, len(lines))), line)
            case 4 if len(lines) > 1:
                del lines[at]
            case 5:
                lines[at] = draw(st.sampled_from(("  ", " ", "- ", "# "))) + line
            case 6:
                lines[at] = line[draw(st.integers(1, 2)) :]
            case _:
                lines[at] = line.partition(":")[0] + ": " + draw(st.sampled_from(ODD))
    text = "\n".join(lines) + draw(st.sampled_from(("\n", "\n", "\n", "", "\n\n", "\n  ")))
    return text.encode(errors="surrogatepass")


TEXTS: Final = tuple(path.read_text(encoding="utf-8") for path in FILES)


def scalars() -> st.SearchStrategy[str]:
    """Give single values, rightly quoted or not."""
    odd = st.sampled_from(ODD)
    quoted = odd.map(lambda text: "'" + text.replace("'", "''") + "'")
    return odd | quoted | odd.map('"{}"'.format) | st.text("ab :#-'\"[{,", max_size=6)


@st.composite
def documents(draw: st.DrawFn, depth: int = 0, indent: str = "") -> str:
    """Return lines of YAML, or of what is nearly YAML."""
    lines = []
    is_list = depth > 0 and draw(st.booleans())
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(("a", "b", "c", "no", "'d'", "12:30", '"é"', "long name")))
        start = f"{indent}- " if is_list else f"{indent}{name}: "
        match draw(st.integers(0, 6 if depth < 3 else 4)):
            case 0:
                style = draw(st.sampled_from((">-", ">", "|", "|-", ">+", "|2", ">- # c")))
                block = draw(st.lists(st.sampled_from((*ODD, "", "  in")), min_size=1, max_size=3))
                lines.append(start + style)
                lines += [f"{indent}  {line}" for line in block]
            case 1:
                lines.append(f"{start}[{', '.join(draw(st.lists(scalars(), max_size=3)))}]")
            case 2:
                names = draw(st.lists(st.sampled_from("abc"), max_size=2))
                inner = ", ".join(f"{each}: {draw(scalars())}" for each in names)
                lines.append(f"{start}{{{inner}}}")
            case 3 | 4:
                lines.append(start + draw(scalars()) + draw(st.sampled_from(("", "", " # c", " "))))
            case _:
                within = draw(documents(depth + 1, indent + draw(st.sampled_from(("  ", "    ")))))
                lines += [start.rstrip(" "), within]
        if draw(st.integers(0, 9)) == 0:
            lines.append(draw(st.sampled_from(("", "# c", f"{indent}# c", "---", "  "))))
    return "\n".join(lines)


thoroughly = settings(max_examples=1500, deadline=None, derandomize=True, database=None)


@thoroughly
@given(mutated())
def test_a_file_with_slips_is_read_alike_or_carefully(raw: bytes) -> None:
    is_read_alike(raw)


@thoroughly
@given(documents())
def test_any_document_is_read_alike_or_carefully(text: str) -> None:
    is_read_alike(f"{text}\n".encode())
