"""Measures what the files for machines cost: ``python -m bench.exports FOLDER [TIMES]``.

FOLDER holds the content. Told are seconds of the processor, each the median of TIMES, and the
bytes that were made; reading the content is not counted. Each kind of file pays for what it is
the first to need: the CSV files for the rows of all tables.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from peelsite.catalogue import join
from peelsite.exports import every_file, tables
from peelsite.load import load
from peelsite.pages import Hosting
from peelsite.render import to_html


def kind_of(path: str) -> str:
    """Return what kind of file stands at ``path``: its folder, and its ending in ``data/``."""
    folder = path.partition("/")[0]
    return f"{folder} {Path(path).suffix}" if folder == "data" else folder


def costs(folder: Path) -> Iterator[tuple[str, float, int]]:
    """Give each file of the content in ``folder`` as its kind, its seconds and its bytes."""
    catalogue, hosting = join(load(folder)), Hosting(url="https://example.org/")
    to_html.cache_clear()
    began = time.process_time()
    facts = tables(catalogue, hosting)
    yield "tables", time.process_time() - began, 0
    began = time.process_time()
    for each in every_file(catalogue, facts, hosting):
        yield kind_of(each.path), time.process_time() - began, len(each.content)
        began = time.process_time()


def main(folder: Path, times: int = 3) -> None:
    """Write a line for each kind of file, and one for all."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        once, sizes = defaultdict[str, float](float), defaultdict[str, int](int)
        for kind, took, size in costs(folder):
            once[kind] += took
            sizes[kind] += size
        for kind, took in {**once, "all": sum(once.values())}.items():
            seconds[kind].append(took)
    for kind, each in seconds.items():
        size = sizes[kind] if kind != "all" else sum(sizes.values())
        sys.stdout.write(f"{kind:<14}{median(each):8.3f} s {size / 1e6:8.1f} MB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
