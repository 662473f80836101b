"""Measures what the cards cost: ``python -m bench.cards FOLDER [TIMES]``.

FOLDER holds the content. Told are milliseconds of the processor for a card, each the median of
TIMES: of drawing alone, of a first build, which keeps what it draws, and of one that finds every
card kept. Pillow's import is told apart; the first build pays for it once.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Collection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from peelsite.catalogue import join
from peelsite.exports import Card, Keeper, cards, drawing
from peelsite.load import load


def costs(each: Collection[Card], folder: Path) -> dict[str, float]:
    """Return the milliseconds for a card, and the bytes; ``folder`` is empty."""
    keeper, told = Keeper(folder), dict[str, float]()
    for name, png in (
        ("drawn", drawing.draw),
        ("drawn and kept", keeper.png),
        ("found kept", keeper.png),
    ):
        for known in (drawing._drawn, drawing._word, drawing._width, drawing.plain):
            known.cache_clear()
        gc.collect()
        began = time.process_time()
        sizes = [len(png(card)) for card in each]
        told[name] = (time.process_time() - began) * 1000 / len(each)
    return {**told, "bytes": sum(sizes) / len(sizes)}


def main(folder: Path, times: int = 5) -> None:
    """Write a line for each figure."""
    each = cards(join(load(folder)), "peelsite").values()
    gc.collect()
    began = time.process_time()
    drawing._font(20)
    took = (time.process_time() - began) * 1000
    sys.stdout.write(f"{len(each)} cards; importing Pillow takes {took:.0f} ms\n")
    rounds = []
    for _ in range(times):
        with TemporaryDirectory() as kept:
            rounds.append(costs(each, Path(kept)))
    for name in rounds[0]:
        sys.stdout.write(f"{name:<16}{median(told[name] for told in rounds):12,.2f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
