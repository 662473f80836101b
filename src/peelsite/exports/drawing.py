"""Draws a card as a PNG picture, in shades of ink on paper and one accent.

A card is planned as strips, one below the other. What stands on a strip often stands on other cards
too, so that a strip is drawn and packed once, and so is a word. Pillow is imported when there is
something to draw: that takes a while, and most builds find every card kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining, normalize

from peelsite.exports.cards import HEIGHT, NOT_HMICFRS, WIDTH, Card, Row
from peelsite.exports.png import Strip, png, strip

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

_MARGIN: Final = 72
_TEXT: Final = WIDTH - 2 * _MARGIN
_INK, _SOFT = 255, 185
_SHADES: Final = 6
_PAPER_COLOUR, _INK_COLOUR, _ACCENT_COLOUR = (251, 248, 242), (31, 27, 22), (20, 80, 92)
_NAME_SIZES: Final = (68, 60, 54, 48, 42)
_NAME_BELOW: Final = 148
_ACCENT, _HEAD, _KIND, _NAME, _ROWS, _GAP = 16, 92, 140, 308, 564, 566
"""Where the strips end, from the top; those between the name and the gap are of equal height."""
_ABOVE: Final = 2
"""How far above its row a letter may begin."""
_CHIP: Final = 48
_SEGMENT: Final = 27
"""From one segment of a chip to the next."""
_ABOUT: Final = 524
"""How far right of the margin the words about a chip begin, beyond the widest chip of a grade."""
_BITS: Final = 4
_LEFT: Final = 8 // _BITS
"""Pixels before the first: as a byte they are 0, which names the filter of a row, none."""
_DARKEST: Final = _SHADES - 1
_STEPS: Final = [round(value * _DARKEST / 255) for value in range(256)]
"""The colour of each strength of ink."""


def draw(card: Card) -> bytes:
    """Return a card as a PNG picture; the same card always gives the same bytes."""
    plans = [_Plan(_ACCENT, _HEAD), _Plan(_HEAD, _KIND)]
    _line(plans[0], (_MARGIN, 48), card.site, 34, bold=True)
    _line(plans[1], (_MARGIN, 98), card.kind, 28, fill=_SOFT)
    plans += _name(card.name)
    height = (_ROWS - _NAME) // max(len(card.rows), 3)
    for row in card.rows:
        plans.append(_Plan(plans[-1].end, plans[-1].end + height))
        _row(plans[-1], plans[-1].top + _ABOVE, row)
    plans += [_Plan(plans[-1].end, _GAP), _Plan(_GAP, HEIGHT)]
    _line(plans[-1], (_MARGIN, 574), NOT_HMICFRS, 25, fill=_SOFT)
    _line(plans[-1], (WIDTH - _MARGIN - _width(card.more, 25), 574), card.more, 25)
    strips = [_drawn(plan.end - plan.top, tuple(plan.marks)) for plan in plans]
    return png(WIDTH, _BITS, _palette(), [_accent(), *strips])


@cache
def _palette() -> list[tuple[int, ...]]:
    """Return the colours from paper to ink in even steps, and the accent."""
    pairs = list(zip(_PAPER_COLOUR, _INK_COLOUR, strict=True))
    shades = [
        tuple(round(paper + (ink - paper) * step / _DARKEST) for paper, ink in pairs)
        for step in range(_SHADES)
    ]
    return [*shades, _ACCENT_COLOUR]


# --- what stands on a strip ----------------------------------------------------------------------


class _Text(NamedTuple):
    """A line of words."""

    left: int
    top: int
    words: str
    size: int
    fill: int
    bold: bool

    def draw(self, picture: Image.Image) -> None:
        left, space = _LEFT + self.left, _advance(" ", self.size)
        for letters in self.words.split(" "):
            word = _word(letters, self.size, self.fill, self.bold)
            if word.shape:
                picture.paste(word.shape, (left + word.left, self.top + word.top))
            left += word.width + space


class _Chip(NamedTuple):
    """The frame and the segments of a grade, or a dashed frame if ``steps`` is 0."""

    top: int
    end: int
    filled: int
    steps: int

    def draw(self, picture: Image.Image) -> None:
        from PIL import ImageDraw  # see the top

        pen = ImageDraw.Draw(picture)
        for step in range(self.steps):
            left, top = _LEFT + _MARGIN + 18 + step * _SEGMENT, self.top + 14
            fill = _DARKEST if step < self.filled else None
            pen.rectangle((left, top, left + 19, top + 19), outline=_DARKEST, width=2, fill=fill)
        frame = (_LEFT + _MARGIN, self.top, _LEFT + self.end, self.top + _CHIP)
        if self.steps:
            pen.rectangle(frame, outline=_DARKEST, width=3)
        else:
            _dashed(pen, frame)


def _dashed(pen: ImageDraw.ImageDraw, frame: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = frame
    for x in range(left, right, 16):
        for y in (top, bottom - 2):
            pen.rectangle((x, y, min(x + 9, right), y + 2), fill=_DARKEST)
    for y in range(top, bottom, 16):
        for x in (left, right - 2):
            pen.rectangle((x, y, x + 2, min(y + 9, bottom)), fill=_DARKEST)


class _Plan:
    """What is to stand on the strip of a card from ``top`` to ``end``."""

    def __init__(self, top: int, end: int) -> None:
        self.top, self.end = top, end
        self.marks: list[_Text | _Chip] = []


def _name(name: str) -> list[_Plan]:
    """Write the name on two lines, as large as it fits; what fits at no size ends in "…"."""
    for size in _NAME_SIZES:
        lines = wrapped(name, size, _TEXT)
        if len(lines) <= 2:
            break
    second = _NAME_BELOW + int(size * 1.15)
    between = second + size // 10
    plans = [_Plan(_KIND, between), _Plan(between, _NAME)]
    _line(plans[0], (_MARGIN, _NAME_BELOW), "".join(lines[:1]), size, bold=True)
    rest = shortened(" ".join(lines[1:]), size, _TEXT)
    _line(plans[1], (_MARGIN, second), rest, size, bold=True)
    return plans


def _row(plan: _Plan, top: int, row: Row) -> None:
    left = max(_MARGIN + _ABOUT, _chip(plan, top, row) + 24)
    for text, below, sizes, fill in (
        (row.about, -5 if row.details else 8, (29, 26, 23, 21), _INK),
        (row.details, 28, (23, 21), _SOFT),
    ):
        size, shown = fitting(text, sizes, WIDTH - _MARGIN - left)
        _line(plan, (left, top + below), shown, size, fill=fill)


def _chip(plan: _Plan, top: int, row: Row) -> int:
    """Plan the grade as a word and segments, or the reason in a dashed frame; return its end."""
    left = _MARGIN + 18 + (row.steps * _SEGMENT + 8 if row.steps else 0)
    end = left + _width(row.chip, 28) + 20
    _line(plan, (left, top + 8), row.chip, 28, bold=bool(row.steps))
    plan.marks.append(_Chip(top - plan.top, end, row.filled, row.steps))
    return end


def _line(
    plan: _Plan,
    place: tuple[int, int],
    text: str,
    size: int,
    *,
    fill: int = _INK,
    bold: bool = False,
) -> None:
    """Write a line. The font has one weight; bold letters are drawn a little thicker."""
    left, top = place
    if text:
        plan.marks.append(_Text(left, top - plan.top, plain(text), size, fill, bold))


# --- strips and words, which are drawn once ------------------------------------------------------


@lru_cache(maxsize=1024)
def _drawn(height: int, marks: tuple[_Text | _Chip, ...]) -> Strip:
    """Return a strip with what stands on it, in few shades."""
    from PIL import Image  # see the top

    picture = Image.new("P", (_LEFT + WIDTH, height), 0)
    for mark in marks:
        mark.draw(picture)
    return strip(picture.tobytes("raw", f"P;{_BITS}"))


@cache
def _accent() -> Strip:
    """Return the strip at the top."""
    row = bytes(1) + bytes([_SHADES << _BITS | _SHADES]) * (WIDTH * _BITS // 8)
    return strip(row * _ACCENT)


class _Word(NamedTuple):
    """A word as it is drawn: its shape, where that begins, and how far on the next letter is."""

    shape: Image.Image | None
    left: int
    top: int
    width: int


@lru_cache(maxsize=4096)
def _word(letters: str, size: int, fill: int, bold: bool) -> _Word:
    """Draw a word; none reaches into its neighbours, since there is a space between them."""
    from PIL import Image, ImageDraw  # see the top

    width, around = _width(letters, size), size // 2
    picture = Image.new("L", (width + 2 * around, 3 * size), 0)
    stroke = size / 60 if bold else 0
    pen = ImageDraw.Draw(picture)
    pen.text((around, around), letters, fill, _font(size), stroke_width=stroke)
    box = picture.getbbox()
    if box is None:
        return _Word(None, 0, 0, width)
    few = picture.crop(box).point(_STEPS, "P")
    return _Word(few, box[0] - around, box[1] - around, width)


@lru_cache(maxsize=4096)
def _width(text: str, size: int) -> int:
    """Return how wide a line is; the font moves no letter for the sake of the one beside it."""
    return sum(_advance(letter, size) for letter in plain(text))


@cache
def _advance(letter: str, size: int) -> int:
    return int(_font(size).getlength(letter))


def wrapped(text: str, size: int, width: int) -> list[str]:
    """Return ``text`` in lines that fit ``width`` at this size; a word is never broken."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitting(text: str, sizes: Sequence[int], width: int) -> tuple[int, str]:
    """Return the first of ``sizes`` at which ``text`` fits ``width``, else the last, shortened."""
    for size in sizes:
        if _width(text, size) <= width:
            return size, text
    return sizes[-1], shortened(text, sizes[-1], width)


def shortened(text: str, size: int, width: int) -> str:
    """Return ``text`` if it fits ``width`` at this size, else its beginning and "…"."""
    if _width(text, size) <= width:
        return text
    while text and _width(f"{text}…", size) > width:
        text = text[:-1].rstrip()
    return f"{text}…"


DRAWN: Final = frozenset(map(chr, range(0x20, 0x7F))) | set("’‘“”…·")
"""What the font that Pillow brings can draw, as far as names need it."""

_PLAIN: Final = str.maketrans({"–": "-", "—": "-", "‐": "-", "£": "GBP ", "•": "·", "⁄": "/"})


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return ``text`` in characters that the font has: "-" for dashes, no accents, else "?"."""
    if text.isascii() and text.isprintable():
        return text
    letters = (each for each in normalize("NFKD", text.replace("…", "\0")) if not combining(each))
    words = "".join(letters).replace("\0", "…").translate(_PLAIN)
    return "".join(each if each in DRAWN else "?" for each in words)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Return Pillow's own font; its simple layout is the same on every machine."""
    from PIL import ImageFont  # see the top

    font = ImageFont.load_default(10)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("This Pillow was built without FreeType, which draws letters.")
    return font.font_variant(size=size, layout_engine=ImageFont.Layout.BASIC)
