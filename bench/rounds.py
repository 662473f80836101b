"""Lets the generators build in turn, and keeps what was measured of each."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench import tools
from bench.edit import inspection_of
from bench.measure import (
    Command,
    Memory,
    Output,
    Taken,
    occurrences,
    output_of,
    paired_ratio,
    peak_memory,
    run,
)
from bench.tools import Tool

SLOW: Final = 60.0
"""Seconds after which a build is measured in one round only, and a peer's memory not apart."""

MARKS: Final = {"findings": b"<h3", "quotations": b"<blockquote"}
"""What shows in the HTML of the peers that each has the whole of the content."""


@dataclass
class Row:
    """Something measured in every round: a command, and what must be done before it each time."""

    name: str
    command: Command
    prepare: Callable[[int], None]
    site: Path | None = None
    taken: list[Taken] = field(default_factory=list)
    memory: Memory | None = None
    output: Output | None = None

    def measure(self, round_: int) -> None:
        """Run it once, unless an earlier round showed that it is slow."""
        if self.taken and self.taken[0].wall > SLOW:
            return
        self.prepare(round_)
        tell(f"  round {round_ + 1}: {self.name}")
        self.taken.append(run(self.command))
        if self.site and not self.output:
            self.output = output_of(self.site)

    def measure_memory(self) -> None:
        """Run it once more, untimed, and look at its memory."""
        self.prepare(len(self.taken))
        tell(f"  memory: {self.name}")
        self.memory = peak_memory(self.command)

    @property
    def walls(self) -> list[float]:
        """The seconds of each round."""
        return [each.wall for each in self.taken]

    @property
    def median(self) -> float:
        """The seconds that it takes."""
        return statistics.median(self.walls)


@dataclass
class Measured:
    """What was measured on content of one size.

    ``cold`` has a whole build of each peer, and then ours; ``again`` and the others are what we do
    where there is a site already. ``preview`` has the seconds of live preview.
    """

    cold: Sequence[Row]
    again: Row
    changed: Row
    check: Row
    marks: dict[str, dict[str, int]] = field(default_factory=dict)
    preview: Sequence[float] = ()

    @property
    def ours(self) -> Row:
        """The row of our whole build."""
        return self.cold[-1]

    @property
    def warm(self) -> Sequence[Row]:
        """What was measured after all whole builds."""
        return (self.again, self.changed, self.check)

    def ratio(self, row: Row, other: str) -> float | None:
        """Return the ratio of a row to the whole build of another generator, if that was measured.

        Whole builds are compared round by round, what follows them by its median.
        """
        for theirs in self.cold:
            if theirs.name == other:
                if row in self.cold:
                    return paired_ratio(row.walls, theirs.walls)
                return row.median / theirs.median
        return None

    @property
    def page(self) -> float | None:
        """The milliseconds of our whole build for each of its pages."""
        output = self.ours.output
        return self.ours.median / output.pages * 1000 if output else None

    def differing(self) -> list[str]:
        """Return which numbers are not the same for all peers."""
        return [name for name, numbers in self.marks.items() if len(set(numbers.values())) > 1]


def whole_builds(peers: Sequence[Tool], ours: Tool, rounds: int) -> Measured:
    """Let each generator make its site anew as often as there are rounds, all in turn."""
    inspection = inspection_of(ours.build.folder)
    check = (*tools.PEELSITE, "check", "content")
    measured = Measured(
        [Row(each.name, each.build, _forgetting(each), each.site) for each in (*peers, ours)],
        Row("peelsite again, nothing changed", ours.build, _nothing),
        Row(
            "peelsite again, one inspection changed",
            ours.build,
            lambda round_: inspection.change(f"Changed{round_}"),
        ),
        Row(
            "`peelsite check`",
            Command(check, ours.build.folder, ours.build.environment),
            _nothing,
        ),
    )
    _in_turn(measured.cold, rounds)
    built = [row for row in measured.cold[:-1] if row.output]
    measured.marks["pages"] = {row.name: row.output.pages for row in built if row.output}
    for what, mark in MARKS.items():
        measured.marks[what] = {each.name: occurrences(each.site, mark) for each in peers}
    return measured


def memory(measured: Measured) -> None:
    """Measure the memory of whole builds; the last is ours."""
    for row in measured.cold:
        if row is measured.ours or row.walls[0] <= SLOW:
            row.measure_memory()


def further_builds(measured: Measured, rounds: int) -> None:
    """Measure what we do where there is a site, which must be of a whole build of ours."""
    _in_turn(measured.warm, rounds)


def _in_turn(rows: Iterable[Row], rounds: int) -> None:
    for round_ in range(rounds):
        for row in rows:
            row.measure(round_)


def _forgetting(tool: Tool) -> Callable[[int], None]:
    return lambda _: tool.forget()


def _nothing(_: int) -> None:
    pass


def tell(what: str) -> None:
    """Say what is under way."""
    print(what, file=sys.stderr, flush=True)  # noqa: T201
