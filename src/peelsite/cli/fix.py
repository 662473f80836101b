"""``peelsite check --fix``: what can be mended without a doubt.

A word or id that is right but for capitals, spaces or underscores; a date that has one meaning
only; spaces at the end of a line. The text is changed where it stands, so that comments, quotes,
order and line ends stay; and a change is kept only if, all being read again, nothing is wrong any
more in its place.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from peelsite.checks import every_problem
from peelsite.cli.dates import date_meant
from peelsite.load import Content, load
from peelsite.problems import Problem
from peelsite.yaml_source import read
from peelsite.yaml_source.text import LINE_END

_MARK: Final = b"\xef\xbb\xbf"
"""Begins some files that are saved as UTF-8; it stays where it is."""

_ROUNDS: Final = 5
"""What is mended may let more be seen; nothing needs more rounds than two."""


@dataclass(frozen=True)
class Mend:
    """``new`` in place of ``length`` characters at a line and column, both from 1."""

    path: str
    line: int
    column: int
    length: int
    new: str


def mended(folder: Path, content: Content) -> dict[str, bytes]:
    """Return what the files that can be mended should hold, by path as problems print it."""
    now = {shown: _bytes(folder, shown) for shown, file in content.files.items() if file.digest}
    changed = {
        shown: trimmed
        for shown, raw in now.items()
        if (trimmed := _encoded(raw, _without_spaces(_text(raw)))) != raw
    }
    for _ in range(_ROUNDS):
        if changed:
            content = load(folder, content, instead=changed)
        mends = list(_mends(content, now | changed))
        if mends:
            tried = load(folder, content, instead=changed | _applied(mends, now | changed))
            mends = [mend for mend, is_good in _judged(mends, content, tried) if is_good]
        if not mends:
            break
        changed |= _applied(mends, now | changed)
    return changed


def _mends(content: Content, texts: Mapping[str, bytes]) -> Iterator[Mend]:
    """Give what may mend a problem."""
    for problem in every_problem(content):
        if problem.rule not in _MENDABLE or problem.path not in texts:
            continue
        start = problem.column - 1
        written = problem.excerpt[start : start + problem.length]
        quote = written[:1] if written[:1] in ('"', "'") and written[-1:] == written[:1] else ""
        inner = written[len(quote) : len(written) - len(quote)]
        new = _in_small(inner)
        if problem.rule == "date-form":
            new = date_meant(inner) or new
        if new and new != inner:
            yield Mend(problem.path, problem.line, problem.column + len(quote), len(inner), new)


_MENDABLE: Final = ("unknown-word", "unknown-id", "date-form")


def _in_small(written: str) -> str:
    """Return ``written`` as words and ids are: in small letters, with hyphens for spaces."""
    return re.sub(r"[ _-]+", "-", written.lower()) if written.isascii() else ""


def _judged(mends: Iterable[Mend], before: Content, after: Content) -> Iterator[tuple[Mend, bool]]:
    """Give each mend that led to ``after``, and whether nothing is wrong there any more."""
    there: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in every_problem(after):
        there[problem.path, problem.line].append(problem)
    doubled = _doubled(after) - _doubled(before)
    moved: dict[tuple[str, int], int] = defaultdict(int)
    for mend in sorted(mends, key=lambda each: (each.path, each.line, each.column)):
        line = mend.path, mend.line
        start = mend.column + moved[line]
        moved[line] += len(mend.new) - mend.length
        meant = range(start, start + len(mend.new))
        is_wrong = any(_overlap(problem, meant) for problem in there[line])
        yield mend, not is_wrong and mend.path not in doubled


def _doubled(content: Content) -> set[str]:
    """Return the files in which a name stands twice."""
    return {problem.path for problem in content.problems if problem.rule == "duplicate-key"}


def _overlap(problem: Problem, columns: range) -> bool:
    return problem.column < columns.stop and columns.start < problem.column + problem.length


def _applied(mends: Iterable[Mend], texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that the mends change, changed."""
    by_path: dict[str, list[Mend]] = defaultdict(list)
    for mend in mends:
        by_path[mend.path].append(mend)
    changed = {}
    for path, inside in by_path.items():
        text = _text(texts[path])
        starts = [0, *(end.end() for end in LINE_END.finditer(text))]
        for mend in sorted(inside, key=lambda each: (each.line, each.column), reverse=True):
            at = starts[mend.line - 1] + mend.column - 1
            text = text[:at] + mend.new + text[at + mend.length :]
        changed[path] = _encoded(texts[path], text)
    return changed


def _without_spaces(text: str) -> str:
    """Return ``text`` without spaces at the end of lines.

    Those within text after > or | stay: two of them are a line break in Markdown.
    """
    if not _TRAILING.search(text):
        return text
    try:
        tokens = list(yaml.scan(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return text
    kept: set[int] = set()
    for token in tokens:
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            end = token.end_mark
            kept.update(range(token.start_mark.line + 1, end.line + bool(end.column)))
    parts = re.split(f"({LINE_END.pattern})", text)
    for index in range(0, len(parts), 2):
        if index // 2 not in kept:
            parts[index] = parts[index].rstrip(" ")
    trimmed = "".join(parts)
    before, after = (read("", each.encode())[0] for each in (text, trimmed))
    return trimmed if before is not None and before == after else text


_TRAILING: Final = re.compile(r" (\r|\n|\Z)")


def _bytes(folder: Path, shown: str) -> bytes:
    return folder.joinpath(*Path(shown).parts[1:]).read_bytes()


def _text(raw: bytes) -> str:
    """Return the text of a file; "" if it is none."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _encoded(like: bytes, text: str) -> bytes:
    """Return the bytes of ``text``, with a mark before them if there was one in ``like``."""
    return (_MARK if like.startswith(_MARK) else b"") + text.encode() if text else like


def write(folder: Path, changed: Mapping[str, bytes]) -> str:
    """Write the files, and return what that changed in them, as a unified diff."""
    told: list[str] = []
    for shown, raw in sorted(changed.items()):
        before = LINE_END.split(_text(_bytes(folder, shown)))
        after = LINE_END.split(_text(raw))
        told += difflib.unified_diff(before, after, shown, shown, lineterm="")
        folder.joinpath(*Path(shown).parts[1:]).write_bytes(raw)
    return "\n".join(told)
