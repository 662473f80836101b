"""What the checks would say of a draft once it is finished, seen before it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from peelsite.checks import check
from peelsite.drafts.scalars import scalar
from peelsite.load import Content, ReadFile
from peelsite.problems import Problem
from peelsite.schema import Body, Inspection, read_record
from peelsite.yaml_source import Mapping, read

SHAPES = {"inspections": Inspection, "bodies": Body}

RULE = "to-fill-in"
"""The rule of whatever is still to be filled in."""


@dataclass(frozen=True)
class Trial:
    """How many parts of a draft are still to be filled in, and what is wrong beside them."""

    to_fill_in: int
    wrong: tuple[Problem, ...]


def try_file(content: Content, folder: str, id_: str, text: str) -> Trial:
    """Return what a new file would be told.

    It is checked as if it were finished: no rule waits for what is still to be filled in.
    """
    shown = f"{content.folder}/{folder}/{id_}.yml"
    root, problems = read(shown, text.encode())
    keys = tuple(root) if isinstance(root, Mapping) else None
    record, more = read_record(SHAPES[folder], root) if root is not None else (None, [])
    found = [*problems, *more]
    blank = [each for each in found if each.rule == RULE]
    others = tuple(each for each in found if each.rule != RULE)
    changes: dict[str, Any] = {
        folder: {**getattr(content, folder), **({id_: record} if record else {})},
        "files": {**content.files, shown: ReadFile(b"", record, keys, others)},
    }
    after = replace(content, **changes)
    before = set(check(content))
    wrong = (each for each in check(after) if each not in before)
    return Trial(len(blank), tuple(wrong))


def wrong_with_value(shape: Any, name: str, text: str) -> str | None:
    """Return what is wrong with ``text`` as the value of a field, and what to do; None if nothing.

    These are the words that ``peelsite check`` would have for it.
    """
    try:
        raw = f"{name}: {scalar(text)}\n".encode()
    except UnicodeEncodeError:
        return "This cannot be written as UTF-8 text."
    root, problems = read("", raw)
    if root is not None:
        problems += read_record(shape, root)[1]
    told = (each for each in problems if each.rule != "missing")
    return next((f"{each.message} {each.remedy}" for each in told), None)
