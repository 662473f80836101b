"""A short name for bytes or texts, which is another for others."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final


def digest_of(*parts: bytes | str) -> str:
    """Return a digest of ``parts``, which is another for the same text parted otherwise."""
    raw = parts[0] if len(parts) == 1 and isinstance(parts[0], bytes) else repr(parts).encode()
    return sha256(raw).hexdigest()[:_LENGTH]


def digest_of_pieces(pieces: Iterable[bytes]) -> str:
    """Return the digest that :func:`digest_of` gives of the pieces put together."""
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()[:_LENGTH]


_LENGTH: Final = 32
