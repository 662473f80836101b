"""Draws a card as a PNG picture, in shades of ink on paper and one accent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Final
from unicodedata import combining, normalize

from PIL import Image, ImageDraw, ImageFont

from peelsite.exports.cards import HEIGHT, NOT_HMICFRS, WIDTH, Card, Row

_MARGIN: Final = 72
_TEXT: Final = WIDTH - 2 * _MARGIN
_INK, _SOFT = 255, 185
_SHADES: Final = 6
_PAPER_COLOUR, _INK_COLOUR, _ACCENT_COLOUR = (251, 248, 242), (31, 27, 22), (20, 80, 92)
_NAME_SIZES: Final = (68, 60, 54, 48, 42)
_NAME_BELOW: Final = 148
_ROWS: Final = (310, 566)
"""Where the rows begin and end."""
_CHIP: Final = 48
_COMPRESSION: Final = 7
"""Of 9: the last two steps save 4 % and take eight times as long."""
_ABOUT: Final = 524
"""How far right of the margin the words about a chip begin, beyond the widest chip of a grade."""


def draw(card: Card) -> bytes:
    """Return a card as a PNG picture; the same card always gives the same bytes."""
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(picture)
    _line(pen, (_MARGIN, 48), card.site, 34, bold=True)
    _line(pen, (_MARGIN, 98), card.kind, 28, fill=_SOFT)
    _name(pen, card.name)
    begin, end = _ROWS
    height = (end - begin) // max(len(card.rows), 3)
    for number, row in enumerate(card.rows):
        _row(pen, begin + number * height, row)
    _line(pen, (_MARGIN, 574), NOT_HMICFRS, 25, fill=_SOFT)
    more = int(_font(25).getlength(card.more))
    _line(pen, (WIDTH - _MARGIN - more, 574), card.more, 25)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    """Return ink on paper in few colours, below the accent, as PNG."""
    few = picture.point([round(value * (_SHADES - 1) / 255) for value in range(256)])
    ImageDraw.Draw(few).rectangle((0, 0, WIDTH, 15), fill=_SHADES)
    few.putpalette([channel for colour in _palette() for channel in colour])
    kept = BytesIO()
    few.save(kept, "PNG", bits=4, compress_level=_COMPRESSION)
    return kept.getvalue()


def _palette() -> list[tuple[int, ...]]:
    """Return the colours from paper to ink in even steps, and the accent."""
    pairs = list(zip(_PAPER_COLOUR, _INK_COLOUR, strict=True))
    last = _SHADES - 1
    shades = [
        tuple(round(paper + (ink - paper) * step / last) for paper, ink in pairs)
        for step in range(_SHADES)
    ]
    return [*shades, _ACCENT_COLOUR]


def _name(pen: ImageDraw.ImageDraw, name: str) -> None:
    """Write the name on two lines, as large as it fits; what fits at no size ends in "…"."""
    for size in _NAME_SIZES:
        lines = wrapped(name, size, _TEXT)
        if len(lines) <= 2:
            break
    shown = [*lines[:1], *([shortened(" ".join(lines[1:]), size, _TEXT)] if lines[1:] else [])]
    for number, line in enumerate(shown):
        _line(pen, (_MARGIN, _NAME_BELOW + int(number * size * 1.15)), line, size, bold=True)


def _row(pen: ImageDraw.ImageDraw, top: int, row: Row) -> None:
    left = max(_MARGIN + _ABOUT, _chip(pen, top, row) + 24)
    for text, below, sizes, fill in (
        (row.about, -5 if row.details else 8, (29, 26, 23, 21), _INK),
        (row.details, 28, (23, 21), _SOFT),
    ):
        size, shown = fitting(text, sizes, WIDTH - _MARGIN - left)
        _line(pen, (left, top + below), shown, size, fill=fill)


def _chip(pen: ImageDraw.ImageDraw, top: int, row: Row) -> int:
    """Draw the grade as a word and segments, or the reason in a dashed frame; return its end."""
    left = _MARGIN + 18
    for step in range(row.steps):
        box = (left, top + 14, left + 19, top + 33)
        pen.rectangle(box, outline=_INK, width=2, fill=_INK if step < row.filled else None)
        left += 27
    left += 8 if row.steps else 0
    end = left + int(_font(28).getlength(plain(row.chip))) + 20
    _line(pen, (left, top + 8), row.chip, 28, bold=bool(row.steps))
    frame = (_MARGIN, top, end, top + _CHIP)
    if row.steps:
        pen.rectangle(frame, outline=_INK, width=3)
    else:
        _dashed(pen, frame)
    return end


def _dashed(pen: ImageDraw.ImageDraw, frame: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = frame
    for x in range(left, right, 16):
        for y in (top, bottom - 2):
            pen.rectangle((x, y, min(x + 9, right), y + 2), fill=_INK)
    for y in range(top, bottom, 16):
        for x in (left, right - 2):
            pen.rectangle((x, y, x + 2, min(y + 9, bottom)), fill=_INK)


def _line(
    pen: ImageDraw.ImageDraw,
    place: tuple[int, int],
    text: str,
    size: int,
    *,
    fill: int = _INK,
    bold: bool = False,
) -> None:
    """Write a line. The font has one weight; bold letters are drawn a little thicker."""
    pen.text(place, plain(text), fill, _font(size), stroke_width=size / 60 if bold else 0)


def wrapped(text: str, size: int, width: int) -> list[str]:
    """Return ``text`` in lines that fit ``width`` at this size; a word is never broken."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _font(size).getlength(plain(longer)) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitting(text: str, sizes: Sequence[int], width: int) -> tuple[int, str]:
    """Return the first of ``sizes`` at which ``text`` fits ``width``, else the last, shortened."""
    for size in sizes:
        if _font(size).getlength(plain(text)) <= width:
            return size, text
    return sizes[-1], shortened(text, sizes[-1], width)


def shortened(text: str, size: int, width: int) -> str:
    """Return ``text`` if it fits ``width`` at this size, else its beginning and "…"."""
    if _font(size).getlength(plain(text)) <= width:
        return text
    while text and _font(size).getlength(plain(f"{text}…")) > width:
        text = text[:-1].rstrip()
    return f"{text}…"


DRAWN: Final = frozenset(map(chr, range(0x20, 0x7F))) | set("’‘“”…·")
"""What the font that Pillow brings can draw, as far as names need it."""

_PLAIN: Final = str.maketrans({"–": "-", "—": "-", "‐": "-", "£": "GBP ", "•": "·", "⁄": "/"})


def plain(text: str) -> str:
    """Return ``text`` in characters that the font has: "-" for dashes, no accents, else "?"."""
    letters = (each for each in normalize("NFKD", text.replace("…", "\0")) if not combining(each))
    words = "".join(letters).replace("\0", "…").translate(_PLAIN)
    return "".join(each if each in DRAWN else "?" for each in words)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Return Pillow's own font; its simple layout is the same on every machine."""
    font = ImageFont.load_default(10)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("This Pillow was built without FreeType, which draws letters.")
    return font.font_variant(size=size, layout_engine=ImageFont.Layout.BASIC)
