"""A short name for bytes or texts, which is another for others."""

from __future__ import annotations

from hashlib import sha256


def digest_of(*parts: bytes | str) -> str:
    """Return a digest of ``parts``, which is another for the same text parted otherwise."""
    raw = parts[0] if len(parts) == 1 and isinstance(parts[0], bytes) else repr(parts).encode()
    return sha256(raw).hexdigest()[:32]
