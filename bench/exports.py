"""Measure what the files for machines cost.

    .venv/bin/python -m bench.exports [SIZE] [RUNS]

Told are seconds of the processor, each the median of some runs, and the bytes that were made;
reading the content is not counted. Each kind of file pays for what it is the first to need: the CSV
files for the rows of all tables.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median

from bench.project import project_of
from bench.tools import URL
from peelsite.catalogue import join
from peelsite.exports import file_groups
from peelsite.load import load
from peelsite.pages import Hosting
from peelsite.render import to_html


def kind_of(path: str) -> str:
    """Return what kind of file stands at ``path``: its folder, and its ending in ``data/``."""
    folder = path.partition("/")[0]
    return f"{folder} {Path(path).suffix}" if folder == "data" else folder


def costs(content: Path) -> Iterator[tuple[str, float, int]]:
    """Give each file made of ``content`` as its kind, its seconds and its bytes."""
    catalogue, hosting = join(load(content)), Hosting(url=URL)
    to_html.cache_clear()
    began = time.process_time()
    for each in chain.from_iterable(group() for group in file_groups(catalogue, hosting)):
        yield kind_of(each.path), time.process_time() - began, len(each.content)
        began = time.process_time()


def main(size: str, runs: int) -> None:
    """Print a line for each kind of file, and one for all."""
    seconds: dict[str, list[float]] = defaultdict(list)
    with project_of(size) as project:
        for _ in range(runs):
            once, sizes = defaultdict[str, float](float), defaultdict[str, int](int)
            for kind, took, weight in costs(project / "content"):
                once[kind] += took
                sizes[kind] += weight
            for kind, took in {**once, "all": sum(once.values())}.items():
                seconds[kind].append(took)
    sizes["all"] = sum(sizes.values())
    for kind, each in seconds.items():
        print(f"{kind:<14}{median(each):8.3f} s {sizes[kind] / 1e6:8.1f} MB")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "M", int(sys.argv[2]) if len(sys.argv) > 2 else 3)
