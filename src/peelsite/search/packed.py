"""How Pagefind's files are packed: gzip around a mark, and after it CBOR (RFC 8949)."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any, Final

_MARK: Final = b"pagefind_dcd"
"""How each file of the index begins once it is unpacked."""


def unpacked(path: Path) -> bytes:
    """Return what a file of the index holds."""
    return gzip.decompress(path.read_bytes()).removeprefix(_MARK)


def pack(content: bytes, path: Path) -> None:
    """Write a file of the index."""
    path.write_bytes(gzip.compress(_MARK + content, mtime=0))


def named_after(content: bytes, old: str) -> str:
    """Return a name for a file of this content, as long as ``old`` and in the same language."""
    language, _, digest = old.rpartition("_")
    return f"{language}_{hashlib.sha256(content).hexdigest()[: len(digest)]}"


_TEXT, _LIST = 3, 4
"""Kinds of CBOR items, as the first three bits say; the others here are plain numbers."""


def end(data: bytes, start: int) -> int:
    """Return where the number, text or list that begins at ``start`` ends."""
    number, position = head(data, start)
    kind = data[start] >> 5
    if kind == _TEXT:
        return position + number
    if kind == _LIST:
        for _ in range(number):
            position = end(data, position)
    return position


def head(data: bytes, start: int) -> tuple[int, int]:
    """Return the number in the head of an item (its value or its length), and where that ends.

    Up to 23 it stands in the last five bits; 24 to 27 say that it follows in 1, 2, 4 or 8 bytes.
    """
    low = data[start] & 0b11111
    if low < 24:
        return low, start + 1
    size = 1 << (low - 24)
    return int.from_bytes(data[start + 1 : start + 1 + size]), start + 1 + size


def decoded(data: bytes, start: int = 0) -> Any:
    """Return the item that begins at ``start``, made of texts, lists and numbers from 0."""
    return _decoded(data, start)[0]


def _decoded(data: bytes, start: int) -> tuple[Any, int]:
    number, position = head(data, start)
    kind = data[start] >> 5
    if kind == _TEXT:
        return data[position : position + number].decode(), position + number
    if kind != _LIST:
        return number, position
    items = []
    for _ in range(number):
        item, position = _decoded(data, position)
        items.append(item)
    return items, position


def encoded(item: Any) -> bytes:
    """Return a text, a number from 0, or a list of such, as CBOR; bytes count as encoded."""
    if isinstance(item, bytes):
        return item
    if isinstance(item, str):
        text = item.encode()
        return _head(_TEXT, len(text)) + text
    if isinstance(item, int):
        return _head(0, item)
    return _head(_LIST, len(item)) + b"".join(map(encoded, item))


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    power = next(power for power in range(4) if number < 1 << (8 << power))
    return bytes([kind << 5 | 24 + power]) + number.to_bytes(1 << power)
