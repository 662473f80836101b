"""Keeps drawn cards from one build to the next, in a folder that may be deleted at any time."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import PIL

from peelsite.exports import drawing, png
from peelsite.exports.cards import HEIGHT, NOT_HMICFRS, WIDTH, Card

_DIGEST: Final = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Keeper:
    """Draws a card once. ``folder`` holds the pictures, by the digest of all that is drawn.

    A kept file is a digest and then the picture, so that damage is seen, and also if it is cut
    short or has the name of another.
    """

    folder: Path

    def png(self, card: Card) -> bytes:
        """Return the picture of a card: the kept one if it is whole, else a new one."""
        key = _key(card)
        path = self.folder / f"{key}.card"
        if (kept := _whole(path, key)) is not None:
            return kept
        picture = drawing.draw(card)
        with suppress(OSError):  # what cannot be kept is drawn again
            _keep(path, _digest(key, picture) + picture)
        return picture


def _key(card: Card) -> str:
    drawn = f"{card!r} {_means(drawing.__file__, png.__file__, PIL.__version__)}"
    return hashlib.sha256(drawn.encode()).hexdigest()


@cache
def _means(drawing: str, png: str, pillow: str) -> str:
    """Return the digest of all that draws, so that nothing is kept from before it was changed."""
    code = (Path(path).read_text(encoding="utf-8") for path in (drawing, png))
    means = " ".join((NOT_HMICFRS, f"{WIDTH} {HEIGHT}", pillow, zlib.ZLIB_RUNTIME_VERSION, *code))
    return hashlib.sha256(means.encode()).hexdigest()


def _whole(path: Path, key: str) -> bytes | None:
    """Return what is kept in ``path``, None if nothing is or if it is damaged."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    digest, picture = kept[:_DIGEST], kept[_DIGEST:]
    return picture if _digest(key, picture) == digest else None


def _digest(key: str, picture: bytes) -> bytes:
    return hashlib.sha256(key.encode() + picture).digest()


def _keep(path: Path, kept: bytes) -> None:
    """Write a file anew, never into one that is there, which may be a link."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(kept)
