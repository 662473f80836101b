"""Measure ``peelsite check``: reading content of national size, and checking it.

    .venv/bin/python -m bench.check [SIZE] [RUNS]

All figures are seconds of the processor, the median of some runs.
"""

from __future__ import annotations

import gc
import pickle
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.project import project_of
from peelsite.catalogue import join
from peelsite.checks import check, warn
from peelsite.load import load, nothing_collected


def median(what: Callable[[], Any], runs: int, clock: Callable[[], float]) -> float:
    """Return the median of the seconds that ``what`` takes by ``clock``."""
    taken = []
    for _ in range(runs):
        gc.collect()
        with nothing_collected():
            start = clock()
            made = what()
            taken.append(clock() - start)
        del made  # which takes time too, and a program that ends does not do it
    return statistics.median(taken)


def of_children() -> float:
    """Return the seconds that the processor has worked for programs that this one has run."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(size: str, runs: int) -> None:
    """Print the seconds that each step takes for a corpus of ``size``."""
    with project_of(size) as project:
        content = project / "content"
        read = load(content)
        kept = [pickle.dumps(file) for file in read.files.values()]
        python = [sys.executable, "-c"]
        checking = [*python, "from peelsite.cli import main; main()", "check", str(content)]
        here: dict[str, Callable[[], Any]] = {
            "load": lambda: load(content),
            "load again, nothing changed": lambda: load(content, read),
            "check": lambda: check(read),
            "load, check and warn": lambda: _checked(content),
            "join": lambda: join(read),
            "unpickle all files": lambda: list(map(pickle.loads, kept)),
        }
        apart: dict[str, Callable[[], Any]] = {
            "import peelsite.cli.check": lambda: _run([*python, "import peelsite.cli.check"]),
            "peelsite check": lambda: _run(checking),
        }
        for name, what in here.items():
            print(f"{median(what, runs, time.process_time):7.3f}  {name}")  # noqa: T201
        for name, what in apart.items():
            print(f"{median(what, runs, of_children):7.3f}  {name}")  # noqa: T201
    print(f"{sum(map(len, kept)):,} bytes pickled")  # noqa: T201


def _checked(content: Path) -> None:
    """Find all problems and warnings anew, for the place of one is looked up only once."""
    read = load(content)
    check(read)
    warn(read)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "M", int(sys.argv[2]) if len(sys.argv) > 2 else 5)
