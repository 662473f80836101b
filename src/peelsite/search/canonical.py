"""Makes Pagefind's output the same for the same input.

Pagefind 1.5 writes the filters, and the values of each, in an order that differs from run to run,
and names files after their content. Here they are put in order, and those files are named again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from peelsite.search.packed import end, head, named_after, pack, unpacked


def canonicalise(folder: Path) -> None:
    """Put the filters of the index in ``folder``, and the values of each, in order."""
    [meta] = folder.glob("*.pf_meta")
    entry = folder / "pagefind-entry.json"
    known = unpacked(meta)
    for path in sorted((folder / "filter").glob("*.pf_filter")):
        ordered = _in_order(unpacked(path), _VALUES)
        name = named_after(ordered, path.stem)
        known = known.replace(path.stem.encode(), name.encode())
        path.unlink()
        pack(ordered, path.with_stem(name))
    known = _in_order(known, _FILTERS)
    old = meta.stem.removeprefix("pagefind.")
    name = named_after(known, old)
    meta.unlink()
    pack(known, folder / f"pagefind.{name}.pf_meta")
    entry.write_bytes(entry.read_bytes().replace(old.encode(), name.encode()))


_VALUES: Final = 1
"""Place of the list in a filter: name, values."""

_FILTERS: Final = 3
"""Place of the list in what is known of the index: version, pages, words, filters, sort keys, …"""


def _in_order(data: bytes, place: int) -> bytes:
    """Return a list with the items of one of its items, itself a list, in order."""
    start = head(data, 0)[1]
    for _ in range(place):
        start = end(data, start)
    number, position = head(data, start)
    before, items = data[:position], []
    for _ in range(number):
        after = end(data, position)
        items.append(data[position:after])
        position = after
    return before + b"".join(sorted(items)) + data[position:]
