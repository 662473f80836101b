"""Writes what was measured as Markdown."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Column:
    """A column of a table: its head and its cells."""

    head: str
    cells: Sequence[str]


def table(columns: Sequence[Column]) -> str:
    """Return a table in Markdown."""
    heads = [column.head for column in columns]
    lines = [heads, ["---"] * len(columns), *zip(*(each.cells for each in columns), strict=True)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def seconds(number: float) -> str:
    """Write seconds as exactly as they mean something."""
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def spread(numbers: Sequence[float]) -> str:
    """Write the median of some seconds, with the least and the most."""
    median = seconds(statistics.median(numbers))
    return f"{median} ({seconds(min(numbers))}–{seconds(max(numbers))})"


def megabytes(number: int) -> str:
    """Write bytes as megabytes of a million."""
    return f"{number / 1e6:.1f}" if number < 1e7 else f"{number / 1e6:,.0f}"


def environment_lines(folder: Path, versions: Mapping[str, str]) -> Iterator[str]:
    """Say where it was measured; ``folder`` is where the sites are built."""
    uname = platform.uname()
    told = [
        f"{_after('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores",
        f"{int(_after('/proc/meminfo', 'MemTotal').split()[0]) / 1e6:.0f} GB of memory",
        f"{uname.system} {uname.release}",
        f"{_printed('df', '--output=fstype', str(folder)).split()[-1]}",
        f"Python {platform.python_version()}",
        f"Node {_printed('node', '--version').lstrip('v')}",
        *(f"{name} {version}" for name, version in versions.items()),
        f"peelsite at {_printed('git', 'describe', '--always', '--dirty')}",
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC",
    ]
    yield "; ".join(told) + "."
    yield (
        "Each figure is of a whole process. Whole builds start without output and caches; the "
        "tools build in turn, and a ratio is the median of the ratios of each round. Memory of all "
        "processes counts a shared page once, and is of a run that was not timed."
    )


def _after(file: str, name: str) -> str:
    """Return what stands behind the first ``name:`` of a file."""
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "0"


def _printed(*command: str) -> str:
    return subprocess.run(  # noqa: S603 - the commands are ours
        command, stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout.strip()
