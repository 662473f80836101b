"""Makes what Pagefind wrote light to search: what is fetched for a query, and before the first.

Pagefind has no settings for this. What it writes is taken apart and written anew:

- The words of addresses go. Nobody types ``inspections20221207``, and there were more of them than
  of all other words.
- A file of words holds few of them, so that a query fetches little beside its own.
- Records and files of words are numbered, after a mark that all of one index share. A digest for
  each could not be compressed, and made up half of what is fetched before the first query.
- The lengths of records, which weigh how much a word counts in each, are rounded.
- The order by date is fetched only by those who ask for it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from peelsite.search.packed import decoded, encoded, end, head, named_after, pack, unpacked

WORDS_IN_A_FILE: Final = 8_000
"""Bytes of words after which a file is full, before compression; one word may take more."""

ROUGHLY: Final = 8
"""Words to which the length of a record is rounded."""

NEWEST_FIRST: Final = "newest.js"
"""The script with the place of each record when the newest stands first."""

_PAGES, _CHUNKS, _SORTS, _FIELDS = 1, 2, 4, 5
"""Places in what is known of an index: records, files of words, sort keys and fields."""


def make_light(folder: Path) -> None:
    """Rewrite the index in ``folder``, which :func:`canonicalise` has put in order."""
    [meta] = folder.glob("*.pf_meta")
    known = decoded(unpacked(meta))
    words = sorted(_words(folder, known[_FIELDS].index("url")))
    for path in folder.glob("index/*.pf_index"):
        path.unlink()
    chunks = list(_chunks(words))
    mark = _mark([*(name for name, _ in known[_PAGES]), *(data for _, data in words)])
    names = _numbered(f"en_{mark}", len(known[_PAGES]))
    _write_newest(known, folder)
    for (old, _), new in zip(known[_PAGES], names, strict=True):
        (folder / "fragment" / f"{old}.pf_fragment").rename(
            folder / "fragment" / f"{new}.pf_fragment"
        )
    lengths = [length // ROUGHLY * ROUGHLY + ROUGHLY // 2 for _, length in known[_PAGES]]
    known[_PAGES] = [list(each) for each in zip(names, lengths, strict=True)]
    known[_CHUNKS] = []
    before = b""
    for name, chunk in zip(_numbered(f"en_{mark}", len(chunks)), chunks, strict=True):
        first, last = chunk[0][0], chunk[-1][0]
        known[_CHUNKS].append([_beginning(first, before), last.decode(), name])
        pack(encoded([[data for _, data in chunk]]), folder / "index" / f"{name}.pf_index")
        before = last
    known[_SORTS] = []
    _rename_meta(meta, encoded(known), folder)


def _words(folder: Path, url: int) -> Iterator[tuple[bytes, bytes]]:
    """Give each word that is worth finding, and all that the index has of it."""
    for path in folder.glob("index/*.pf_index"):
        data = unpacked(path)
        number, position = head(data, head(data, 0)[1])
        for _ in range(number):
            start, position = position, _end_of_word(data, position)
            length, at = head(data, start + 1)
            text = data[at : at + length]
            if not _is_of_address(data[at + length : position], url):
                yield text, data[start:position]


_NUMBER: Final = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_SIZE: Final = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
_PLACES: Final = re.compile(
    rb"(?:\x83%b%b%b*+%b%b*+)*+" % (_NUMBER, _SIZE, _NUMBER, _SIZE, _NUMBER), re.DOTALL
)
"""The places of a word: of each record its number, the places in its text, those in its fields."""


def _end_of_word(data: bytes, start: int) -> int:
    """Return where a word ends: its text, its places, and those of other spellings.

    The places are by far the most; skipped item by item they would take minutes on a large site.
    """
    position = end(data, start + 1)
    _, first = head(data, position)
    places = _PLACES.match(data, first)
    return end(data, places.end() if places else first)


_FEW: Final = 200
"""Bytes of places that a word of one address may have; a word with more is one that people use."""


def _is_of_address(places: bytes, url: int) -> bool:
    """Whether a word stands in addresses and nowhere else.

    A place in a field is written as minus the number of the field and one, then numbers of words.
    """
    if len(places) > _FEW:
        return False
    number, position = head(places, 0)
    field = 0x20 + url
    for _ in range(number):
        position = end(places, position + 1)
        if places[position] != 0x80 or places[position + 2] != field:
            return False
        size, at = head(places, position + 1)
        after = end(places, position + 1)
        if size > 1 and any(0x20 <= each < 0x40 for each in places[at + 1 : after]):
            return False
        position = after
    return places[position:] == b"\x80"


def _chunks(words: Iterable[tuple[bytes, bytes]]) -> Iterator[list[tuple[bytes, bytes]]]:
    chunk: list[tuple[bytes, bytes]] = []
    size = 0
    for word in words:
        if chunk and size + len(word[1]) > WORDS_IN_A_FILE:
            yield chunk
            chunk, size = [], 0
        chunk.append(word)
        size += len(word[1])
    if chunk:
        yield chunk


def _beginning(word: bytes, before: bytes) -> str:
    """Return as much of ``word`` as it takes to come after the word ``before``.

    Who has typed that much of it looks into the file that begins with it.
    """
    text = word.decode()
    lengths = range(1, len(text) + 1)
    return next((text[:n] for n in lengths if text[:n].encode() > before), text)


def _numbered(start: str, number: int) -> list[str]:
    """Return names for some files, all as long as each other."""
    width = len(_in_base_36(max(number - 1, 0)))
    return [f"{start}{_in_base_36(each).rjust(width, '0')}" for each in range(number)]


def _in_base_36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (_in_base_36(number // 36) if number >= 36 else "") + digits[number % 36]


def _mark(contents: Iterable[str | bytes]) -> str:
    """Return what tells the files of one index from those of another that a browser still has."""
    digest = hashlib.sha256()
    for each in contents:
        digest.update(each.encode() if isinstance(each, str) else each)
    return digest.hexdigest()[:MARK]


MARK: Final = 6
"""Letters of the mark, which stands after ``en_``; ``search.js`` knows it too."""


def _write_newest(known: Any, folder: Path) -> None:
    """Write for each record, by number, its place when the newest stands first."""
    by_date: list[int] = next((places for key, places in known[_SORTS] if key == "date"), [])
    places = {record: place for place, record in enumerate(reversed(by_date))}
    ordered = [places.get(record, len(places)) for record in range(len(known[_PAGES]))]
    script = f"export default {json.dumps(ordered, separators=(',', ':'))};\n"
    (folder / NEWEST_FIRST).write_text(script, encoding="utf-8")


def _rename_meta(meta: Path, content: bytes, folder: Path) -> None:
    old = meta.stem.removeprefix("pagefind.")
    name = named_after(content, old)
    meta.unlink()
    pack(content, folder / f"pagefind.{name}.pf_meta")
    entry = folder / "pagefind-entry.json"
    entry.write_bytes(entry.read_bytes().replace(old.encode(), name.encode()))
