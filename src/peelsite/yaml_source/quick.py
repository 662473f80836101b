"""YAML text to plain values, soon; or to nothing, where the careful reader must look.

Nearly every file is written plainly and has nothing wrong in it. Such a file is read here, by a
parser that keeps no places and does not tell quoted text from unquoted. Wherever that could differ
from ``reader``, or ``reader`` would have something to tell, the answer is None: what is wrong, and
what a doubtful value is, ``reader`` alone says.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import yaml_rs

from peelsite.characters import unusual_in
from peelsite.yaml_source.reader import DEEPEST, plain
from peelsite.yaml_source.text import LARGEST


def read_quickly(raw: bytes) -> dict[str, Any] | None:
    """Return the outermost mapping of a file, made of ``dict``, ``list``, ``str`` and ``int``.

    ``raw`` are its bytes. None means that it is not sure that ``reader.read`` gives these values
    and no problem.
    """
    if len(raw) > LARGEST or _is_doubtful(raw):
        return None
    try:
        text = raw.decode()
        root = yaml_rs.loads(text, parse_datetime=False)  # raises ValueError on equal keys too
    except ValueError:
        return None
    years: list[int] = []
    if type(root) is not dict or not _is_sure(root, DEEPEST, years):
        return None
    return None if years and _ODD_INTEGER.search(text) else root


def _is_doubtful(raw: bytes) -> bool:
    """Whether ``raw`` has a sign of what ``reader`` tells, or of what parsers differ about."""
    if not raw.endswith(b"\n"):  # parsers differ about a block that ends without a line end
        return True
    unusual = raw.translate(None, _USUAL)
    if unusual:
        seen = unusual.decode(errors="replace")
        if min(seen) < "\x80" or unusual_in(seen):
            return True
    return any(sign in raw and begun.search(raw) for sign, begun in _SIGNS) or _is_cut_off(raw)


def _is_cut_off(raw: bytes) -> bool:
    """Whether a comment stands behind something, and not on a line of its own."""
    for found in _COMMENT.finditer(raw):
        line = raw.rfind(b"\n", 0, found.start()) + 1
        if raw[line : found.start()].strip(b" "):
            return True
    return False


def _is_sure(values: dict[Any, Any] | list[Any], deepest: int, years: list[int]) -> bool:
    """Whether all that stands within ``values`` is surely what was typed.

    So many values as ``deepest`` may stand inside one another. Whole numbers that may be years go
    to ``years``, for how they were typed is still to be seen.
    """
    if deepest <= 0:
        return False
    if type(values) is dict:
        for key in values:
            if type(key) is not str or not key:
                return False
        values = values.values()  # type: ignore[assignment]
    for value in values:
        kind = type(value)
        if kind is str:
            if (len(value) <= _LONGEST_WORD or value[0] in _TELLING) and not _is_text(value):
                return False
        elif kind is dict or kind is list:
            if not _is_sure(value, deepest - 1, years):
                return False
        elif kind is int and 1000 <= value <= 9999:
            years.append(value)
        else:
            return False
    return True


@lru_cache(maxsize=10_000)
def _is_text(value: str) -> bool:
    """Whether ``value`` is a text to both readers: even without quotes, or because of them.

    A whole number comes as ``int``, and so it had quotes if it comes as ``str``. The sign of a
    block is taken for text by one parser, where brackets are around it.
    """
    return type(plain(value)) in (str, int) and not value.startswith((">", "|"))


_USUAL: Final = bytes([10, *range(32, 127)])
"""What most files are made of: the signs of ASCII that are seen, the blank and the line end."""

_LONGEST_WORD: Final = len("false")
"""Letters of the longest word that some reader takes for another thing than a text."""

_TELLING: Final = frozenset("0123456789+-.>|")
"""Signs with which what is no text can begin."""

_SIGNS: Final = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        (b"&", rb"&(?<![^\s\[{,:]&)(?!\s)"),  # an anchor, without which there is no alias
        (b"!", rb"!(?<![^\s\[{,:]!)"),  # a tag
        (b"?", rb"\?(?<![^\s\[{,]\?)"),  # a key that may be anything
        (b"|", rb"\|(?<![^\s\[{,:]\|)"),  # a block of lines that is kept as it is
        (b">", rb">(?<![^\s\[{,:]>)(?!(?<=[:-] >)-\n *[^ \n])"),  # a folded one; >- is usual
        (b"%", rb"%(?<![^\n]%)"),  # a word to the parser
        (b"---", rb"---(?<![^\n]---)"),  # where another document may begin
        (b"...", rb"\.\.\.(?<![^\n]\.\.\.)"),
        (b"- ", rb"- +- "),  # lists in lists: of very many the quick parser dies
        (b":", rb":(?<![^\s\[{,]:)"),  # a value without a key, or a text that begins with a colon
        (b"<<", rb"<<"),  # a key that draws in others
        (b"\\", rb"\\"),  # a code, perhaps of what nobody can see
    )
)

_COMMENT: Final = re.compile(rb"#(?<= #)")

_ODD_INTEGER: Final = re.compile(r"(?<![^\s\[{,:])(\+[0-9]|0[0-9a-z]|[0-9]+_)")
"""A whole number that is not written as people write years."""
