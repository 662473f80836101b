"""A new finding in the text of an inspection that exists; all else in it stays byte for byte."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from peelsite.drafts.entries import Entry, above, dashed, entries
from peelsite.drafts.scalars import listed, scalar
from peelsite.schema import TO_FILL_IN, BodyPart, Concern, Finding, Label
from peelsite.schema.faults import fields_of
from peelsite.yaml_source import Mapping, Sequence, Surprise, read

LISTS: dict[str, type[Finding]] = {"praised": Finding, "concerns": Concern}
"""The lists of findings, with the shape of what is in them."""


@dataclass(frozen=True)
class NewFinding:
    """What is known of a new finding; ``list`` says whether it is praise or a concern."""

    body: str
    list: str
    id: str
    title: str
    label: Label
    themes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Inserted:
    """A file with lines added: its bytes, the lines, and the number of the first from 1."""

    raw: bytes
    lines: tuple[str, ...]
    number: int

    @property
    def to_fill_in(self) -> int:
        """How many of the lines are still to be filled in."""
        return sum(line.endswith(f": {TO_FILL_IN}") for line in self.lines)


class CannotInsertError(Exception):
    """There is no safe place for the lines.

    ``lines`` are what should be added by hand, and the text of the error says why.
    """

    def __init__(self, why: str, lines: Collection[str] = ()) -> None:
        super().__init__(why)
        self.lines = tuple(lines)


def ids_taken(raw: bytes, body: str) -> set[str]:
    """Return the ids that findings and claims have in a body's part of an inspection."""
    part = _part(_root(raw), body)
    lists = (part.get(name) for name in fields_of(BodyPart)) if isinstance(part, Mapping) else ()
    items = (item for each in lists if isinstance(each, Sequence) for item in each)
    return {_typed(item["id"]) for item in items if isinstance(item, Mapping) and "id" in item}


def insert(raw: bytes, new: NewFinding, *, comments: bool = True) -> Inserted:
    """Return the bytes of an inspection with a finding added at the end of its list.

    Raises CannotInsertError if the file is written in a way that leaves no safe place.
    """
    root = _root(raw)
    bodies, part = root.get("bodies"), _part(root, new.body)
    if not isinstance(bodies, Mapping) or not isinstance(part, Mapping):
        raise CannotInsertError(f'"{new.body}" has no lines of its own to add a finding to.')
    text = raw.decode()
    lines = text.splitlines(keepends=True)
    values = {
        "id": new.id,
        "title": scalar(new.title),
        "label": new.label.value,
        "source": scalar(new.source),
        "themes": listed(new.themes),
    }
    item = dashed(entries(LISTS[new.list], values))
    names_at = min(column for _, column, _ in part.keys_at.values()) if part else 0
    added = _lines(item, names_at + 2, comments)
    if any(lines[line][:column].strip() for line, column, _ in part.keys_at.values()):
        raise CannotInsertError(f'What there is about "{new.body}" stands in braces.', added)
    there = part.get(new.list)
    if isinstance(there, Sequence) and there:
        line, column = _dash(lines, there, added)
        at = _end(lines, line, column, is_list=True)
        added = _lines(item, column, comments)
    elif new.list in part.keys_at:
        why = f'"{new.list}" of "{new.body}" stands there without a list of lines that begin with -'
        raise CannotInsertError(f"{why}.", added)
    else:
        added = [" " * names_at + f"{new.list}:", *added]
        before = [name for name in ("ratings", "praised", "concerns") if name in part.keys_at]
        last = max((part.keys_at[name] for name in before), default=None)
        at = _end(lines, *last[:2]) if last else bodies.keys_at[new.body][0] + 1
    ending = next((end for end in ("\r\n", "\n", "\r") if lines[0].endswith(end)), "\n")
    missing = ending if at == len(lines) and not lines[-1].endswith(("\r", "\n")) else ""
    block = missing + "".join(f"{line}{ending}" for line in added)
    cut = len(text) - sum(map(len, lines[at:]))
    made = (text[:cut] + block + text[cut:]).encode()
    _verify(raw, made, new, added)
    return Inserted(made, tuple(added), at + 1)


def _lines(item: list[Entry], column: int, comments: bool) -> list[str]:
    placed = [each.within(" " * column) for each in item]
    return list(above(placed)) if comments else [each.text for each in placed]


def _root(raw: bytes) -> Mapping:
    root, problems = read("", raw)
    if problems or not isinstance(root, Mapping):
        raise CannotInsertError("The file cannot be read as YAML.")
    return root


def _part(root: Mapping, body: str) -> object:
    bodies = root.get("bodies")
    return bodies.get(body) if isinstance(bodies, Mapping) else None


def _dash(lines: list[str], items: Sequence, added: list[str]) -> tuple[int, int]:
    """Return the line and column of the dash before the last item of a list."""
    line, column, _ = items.items_at[-1]
    before = lines[line][:column].rstrip()
    if before.strip() != "-":
        raise CannotInsertError("The list is not written as lines that begin with -.", added)
    return line, len(before) - 1


def _end(lines: list[str], line: int, column: int, *, is_list: bool = False) -> int:
    """Return the line after what begins at ``line`` and ``column``.

    Blank lines, and comments that are not indented further, belong to what comes after it.
    """
    end = line + 1
    for at in range(line + 1, len(lines)):
        text = lines[at].strip()
        indent = len(lines[at]) - len(lines[at].lstrip(" "))
        is_item = not is_list and indent == column and (text == "-" or text.startswith("- "))
        if (indent > column and text) or is_item:  # a list may stand right below its name
            end = at + 1
        elif text and not text.startswith("#"):
            break
    return end


def _verify(raw: bytes, made: bytes, new: NewFinding, added: list[str]) -> None:
    """See that what was made is read as what was there and the finding, and nothing else."""
    try:
        wanted, after = _root(raw), _root(made)
    except CannotInsertError as error:
        raise CannotInsertError(str(error), added) from None
    part = _part(after, new.body)
    items = part.get(new.list) if isinstance(part, Mapping) else None
    if isinstance(part, Mapping) and isinstance(items, Sequence) and items:
        item = items.pop()
        if not items and new.list not in _keys(_part(wanted, new.body)):
            del part[new.list]
        is_new = isinstance(item, Mapping) and _typed(item.get("id")) == new.id
        if is_new and after == wanted:
            return
    raise CannotInsertError("The lines would not be read as they are meant.", added)


def _keys(part: object) -> Collection[str]:
    return part if isinstance(part, Mapping) else ()


def _typed(id_: object) -> str:
    """Return an id as it was typed."""
    return id_.written if isinstance(id_, Surprise) else str(id_).lower()
