"""The bytes of a file to text, or to the problem that keeps them from being text."""

from __future__ import annotations

import re
from typing import Final

from peelsite.characters import fault_in

LARGEST: Final = 1_000_000
"""Bytes. A whole round of inspections is smaller; what is larger is no file of ours."""

LINE_END: Final = re.compile(r"\r\n|\r|\n")


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

    Raises NotTextError if it is too large, in another encoding, or holds a character that may not
    stand there.
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
    if fault := fault_in(text.replace("\r", "\n")):  # a line may end with either
        raise NotTextError(fault.rule, fault.message, fault.remedy, text, fault.at)
    return text


_SAVE: Final = "Save the file as UTF-8 text, then try again."
