"""The bytes of a file to text, or to the problem that keeps them from being text."""

from __future__ import annotations

import re
from typing import Final

LARGEST: Final = 1_000_000
"""Bytes. A whole round of inspections is smaller; what is larger is no file of ours."""

LINE_END: Final = re.compile(r"\r\n|\r|\n")

INVISIBLE: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, other than tab and line end
    "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"  # no width, or turning the direction
    "\u2028\u2029\ufeff\ufffe\uffff"  # line ends to some readers only; no characters
    "]"
)
"""Characters that nobody sees, and that make two texts differ which look alike."""


class NotTextError(Exception):
    """The bytes are not the text of a YAML file.

    ``text`` is what can be shown of it, ``at`` the place in that text (line and column from 0).
    """

    def __init__(self, rule: str, message: str, remedy: str, text: str = "", end: int = 0) -> None:
        super().__init__(message)
        self.rule, self.message, self.remedy, self.text = rule, message, remedy, text
        before = LINE_END.split(text[:end])
        self.at = len(before) - 1, len(before[-1])


def decode(raw: bytes) -> str:
    """Return the text of ``raw``, which is UTF-8, with or without a mark of it at the start.

    Raises NotTextError if it is too large, in another encoding, or holds what nobody can see.
    """
    if len(raw) > LARGEST:
        message = f"This file is larger than {LARGEST // 1_000_000} MB."
        raise NotTextError("too-large", message, "Split it, or put the right file in its place.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:4]:
        message = "This file is saved in UTF-16 or UTF-32, not in UTF-8."
        raise NotTextError("encoding", message, _SAVE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"The byte 0x{error.object[error.start]:02x} here is not UTF-8 text."
        before = error.object[: error.start].decode()
        shown = before + error.object[error.start :].decode(errors="replace")
        raise NotTextError("encoding", message, _SAVE, shown, len(before)) from None
    if found := INVISIBLE.search(text):
        message = f"A hidden character (U+{ord(found[0]):04X}) stands here."
        raise NotTextError("invisible", message, "Delete it.", text, found.start())
    return text


_SAVE: Final = "Save the file as UTF-8 text, then try again."
