"""Makes Pagefind's output the same for the same input.

Pagefind 1.5 writes the filters, and the values of each, in an order that differs from run to run,
and names files after their content. Here they are put in order, and those files are named again.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Final

_MARK: Final = b"pagefind_dcd"
"""How each file of the index begins once it is unpacked; what follows is CBOR (RFC 8949)."""


def canonicalise(folder: Path) -> None:
    """Put the filters of the index in ``folder``, and the values of each, in order."""
    [meta] = folder.glob("*.pf_meta")
    entry = folder / "pagefind-entry.json"
    known = _unpacked(meta)
    for path in sorted((folder / "filter").glob("*.pf_filter")):
        ordered = _in_order(_unpacked(path), _VALUES)
        name = _named_after(ordered, path.stem)
        known = known.replace(path.stem.encode(), name.encode())
        path.unlink()
        _pack(ordered, path.with_stem(name))
    known = _in_order(known, _FILTERS)
    old = meta.stem.removeprefix("pagefind.")
    name = _named_after(known, old)
    meta.unlink()
    _pack(known, folder / f"pagefind.{name}.pf_meta")
    entry.write_bytes(entry.read_bytes().replace(old.encode(), name.encode()))


_VALUES: Final = 1
"""Place of the list in a filter: name, values."""

_FILTERS: Final = 3
"""Place of the list in what is known of the index: version, pages, words, filters, sort keys, …"""


def _in_order(data: bytes, place: int) -> bytes:
    """Return a list with the items of one of its items, itself a list, in order."""
    start = _head(data, 0)[1]
    for _ in range(place):
        start = _end(data, start)
    number, position = _head(data, start)
    before, items = data[:position], []
    for _ in range(number):
        end = _end(data, position)
        items.append(data[position:end])
        position = end
    return before + b"".join(sorted(items)) + data[position:]


def _end(data: bytes, start: int) -> int:
    """Return where the number, text or list that begins at ``start`` ends."""
    number, position = _head(data, start)
    kind = data[start] >> 5
    if kind == _TEXT:
        return position + number
    if kind == _LIST:
        for _ in range(number):
            position = _end(data, position)
    return position


_TEXT, _LIST = 3, 4
"""Kinds of CBOR items, as the first three bits say; the others here are plain numbers."""


def _head(data: bytes, start: int) -> tuple[int, int]:
    """Return the number in the head of an item (its value or its length), and where that ends.

    Up to 23 it stands in the last five bits; 24 to 27 say that it follows in 1, 2, 4 or 8 bytes.
    """
    low = data[start] & 0b11111
    if low < 24:
        return low, start + 1
    size = 1 << (low - 24)
    return int.from_bytes(data[start + 1 : start + 1 + size]), start + 1 + size


def _named_after(content: bytes, old: str) -> str:
    """Return a name for a file of this content, as long as ``old`` and in the same language."""
    language, _, digest = old.rpartition("_")
    return f"{language}_{hashlib.sha256(content).hexdigest()[: len(digest)]}"


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()).removeprefix(_MARK)


def _pack(content: bytes, path: Path) -> None:
    path.write_bytes(gzip.compress(_MARK + content, mtime=0))
