"""Characters that nobody sees, and letters that pass for others.

Two texts that look alike must be alike: whoever reviews a file sees what stands in it, and whoever
searches for a word finds it. Accents, dashes, curly quotation marks and other alphabets are fine.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""What is shown in place of a character that nobody could see."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One character that may not stand in a text, and where it does.

    ``rule`` is the short name of the rule that it breaks, ``message`` says what is wrong and
    ``remedy`` what to do.
    """

    at: int
    rule: str
    message: str
    remedy: str


def unusual_in(text: str) -> bool:
    """Whether ``text`` holds anything but what English and Welsh are written with.

    Only then can there be a fault in it. Letters of other alphabets are unusual and not wrong.
    """
    return _UNUSUAL.search(text) is not None


def fault_in(text: str) -> Fault | None:
    """Return the first character of ``text`` that may not stand there; None where all is well.

    A character is refused that nobody sees or whose meaning nobody knows, that only looks like a
    letter, that belongs to another alphabet than the rest of its word, or that is the third mark on
    one letter.
    """
    if not unusual_in(text):
        return None
    looks: tuple[Callable[[str], Fault | None], ...] = (_hidden, _styled, _mixed, _piled)
    faults = [fault for look in looks if (fault := look(text))]
    return min(faults, key=lambda fault: fault.at, default=None)


def shown(text: str) -> str:
    """Return ``text`` with � for each character that nobody sees; tabs and line feeds stay."""
    return _UNUSUAL.sub(lambda found: REPLACEMENT if _is_hidden(found) else found[0], text)


def _is_hidden(found: re.Match[str]) -> bool:
    """Whether a character that was found is hidden; what makes one emoji of two is seen in it."""
    if found[0] == _JOINER:
        around = found.string[max(0, found.start() - 1) : found.end() + 1]
        return len(around) < 3 or {*map(unicodedata.category, around[::2])} != {"So"}
    return _is_without_sign(found[0])


@cache
def _is_without_sign(character: str) -> bool:
    return unicodedata.category(character) in _WITHOUT_SIGN or bool(_BLANK.match(character))


def _named(character: str) -> str:
    """Return the code of a character and its name: "U+200B, ZERO WIDTH SPACE"."""
    kind = _WITHOUT_SIGN.get(unicodedata.category(character), "")
    return f"U+{ord(character):04X}, {unicodedata.name(character, kind)}"


def _hidden(text: str) -> Fault | None:
    for found in _UNUSUAL.finditer(text):
        if _is_hidden(found):
            message = f"A hidden character ({_named(found[0])}) stands here."
            return Fault(found.start(), "invisible", message, "Delete it.")
    return None


def _styled(text: str) -> Fault | None:
    found = _STYLED.search(text)
    if not found:
        return None
    usual = unicodedata.normalize("NFKC", found[0])
    message = f'This character ({_named(found[0])}) looks like "{usual}" and is another one.'
    return Fault(found.start(), "look-alike", message, f'Write "{usual}".')


def _mixed(text: str) -> Fault | None:
    for word in _WORD.finditer(text):
        if word[0].isascii():
            continue
        alphabets = [_alphabet(each) for each in word[0]]
        letters = Counter(filter(None, alphabets))
        if len(letters) > 1:
            usual = max(letters, key=lambda each: (letters[each], each == "LATIN"))
            at = next(i for i, each in enumerate(alphabets) if each not in (usual, ""))
            letter = word[0][at]
            message = (
                f'The letter "{letter}" ({_named(letter)}) stands in a word of another alphabet '
                f"({usual.title()})."
            )
            remedy = "Type the word anew, in one alphabet: some letters look alike and are not."
            return Fault(word.start() + at, "look-alike", message, remedy)
    return None


def _piled(text: str) -> Fault | None:
    found = _PILED.search(text)
    if not found:
        return None
    at = found.end() - 1
    message = f"More marks ({_named(text[at])}) stand on one letter here than any language has."
    return Fault(at, "look-alike", message, "Take them out.")


@cache
def _alphabet(character: str) -> str:
    """Return the alphabet of a letter, "" for what may stand among letters of any."""
    if not character.isalpha():
        return ""
    first = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    return "" if first in _ANYWHERE else first


_UNUSUAL: Final = re.compile(
    "[^\t\n -~"
    "\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1eff"  # Latin letters, with their accents; hard space
    "\u2010-\u2015\u2018-\u2022\u2026\u2030\u2032\u2033\u20ac\u2122]"  # “ ” ‘ ’ – — • … ‰ ′ ″ € ™
)
"""All that is not looked at closely."""

_WITHOUT_SIGN: Final = {
    "Cc": "a control character",
    "Cf": "a character that changes those around it",
    "Cn": "a character that does not exist",
    "Co": "a character without a public meaning",
    "Cs": "half a character",
    "Zl": "an end of a line",
    "Zp": "an end of a paragraph",
}
"""Kinds of character that nobody sees, as Unicode names them, and what they are called."""

_JOINER: Final = "\u200d"

_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001d159\U000e0000-\U000e0fff]"
)
"""Those of other kinds that nobody sees: Unicode's Default_Ignorable_Code_Point, and blanks that
are no space."""

_STYLED: Final = re.compile("[\uff01-\uff5e\uffe0-\uffe6\U0001d400-\U0001d7ff]")
"""Letters and signs of ordinary text once more, wide or in the style of a formula."""

_WORD: Final = re.compile("[\\w\u0300-\u036f]+")

_PILED: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{3}")

_ANYWHERE: Final = frozenset(
    ("MICRO", "FEMININE", "MASCULINE", "MODIFIER", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")
)
"""How the names begin of letters that stand among others by right: µm, 1º, and Japanese words."""
