"""Measure builds of peelsite beside Hugo, Eleventy and Material; README.md says how to read it.

    make bench [SIZES="S M L"] [ROUNDS=5]

Everything is printed as Markdown. What is under way is told on the standard error.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench import stages, tools
from bench.edit import inspection_of
from bench.live import seconds_until_served
from bench.measure import (
    Command,
    Output,
    Taken,
    occurrences,
    output_of,
    paired_ratio,
    peak_memory,
    run,
)
from bench.report import Column, environment_lines, megabytes, seconds, spread, table
from bench.tools import INSTALLED, Tool
from tests.sites import ROOT

ROUNDS: Final = {"S": 5, "M": 5, "L": 3}

SLOW: Final = 60.0
"""Seconds after which a build is measured in one round only, and a peer's memory not apart."""

MARKS: Final = {"findings": b"<h3", "quotations": b"<blockquote"}
"""What shows in the HTML of the peers that each has the whole of the content."""

LESS: Final = """\
What the peers leave out, and we do in the time above: every value checked against the schema and
every reference followed; pages for questions, rounds, themes, sources, changes, responses, regions
and packs to print; breaks where grades may not be compared; a frame with citation, JSON-LD and
links; feeds, calendars, CSV with two descriptions, a JSON API, a SQLite file, and a drawn picture
for each body and inspection. The peers have bare templates, and no theme but Material's own.
Material is handed its pages as Markdown, and making those is not counted. Nobody minifies.
Pagefind's index is left out of every build above."""


@dataclass
class Row:
    """Something measured in every round: a command, and what must be done before it each time."""

    name: str
    command: Command
    prepare: Callable[[int], None]
    site: Path | None = None
    taken: list[Taken] = field(default_factory=list)
    memory: int | None = None
    output: Output | None = None

    def measure(self, round_: int) -> None:
        """Run it once, unless an earlier round showed that it is slow."""
        if self.taken and self.taken[0].wall > SLOW:
            return
        self.prepare(round_)
        _tell(f"  round {round_ + 1}: {self.name}")
        self.taken.append(run(self.command))
        if self.site and not self.output:
            self.output = output_of(self.site)

    def measure_memory(self) -> None:
        """Run it once more, untimed, and look at its memory."""
        self.prepare(len(self.taken))
        _tell(f"  memory: {self.name}")
        self.memory = peak_memory(self.command)

    @property
    def walls(self) -> list[float]:
        """The seconds of each round."""
        return [each.wall for each in self.taken]


@dataclass(frozen=True)
class Measured:
    """What was measured on content of one size. ``ours`` is the row of our whole build."""

    size: str
    cold: Sequence[Row]
    warm: Sequence[Row]
    marks: dict[str, dict[str, int]]

    @property
    def ours(self) -> Row:
        """The row of our whole build."""
        return self.cold[-1]

    def ratio(self, row: Row, other: str) -> float:
        """Return the paired ratio of a row to the whole build of another generator."""
        [theirs] = [each for each in self.cold if each.name == other]
        return paired_ratio(row.walls, theirs.walls)

    def differing(self) -> list[str]:
        """Return which numbers are not the same for all peers."""
        return [name for name, numbers in self.marks.items() if len(set(numbers.values())) > 1]


def main() -> int:
    """Measure and print; the exit status is 1 if the peers did not build the same."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--sizes", default="S M L", help="which content: S, M, L")
    parser.add_argument("--rounds", type=int, help="rounds for each size, for 5, 5 and 3")
    parser.add_argument("--content", type=Path, help="this folder of content in place of sizes")
    given = parser.parse_args()
    sizes = [given.content.name] if given.content else given.sizes.split()
    INSTALLED.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    unequal = False
    with tempfile.TemporaryDirectory(dir=INSTALLED, prefix="at-work-") as name:
        folder = Path(name)
        _print(environment_lines(folder, tools.versions()))
        for size in sizes:
            content = given.content or _corpus(size, folder / size)
            rounds = given.rounds or ROUNDS.get(size, 5)
            unequal |= _measure_size(size, content.resolve(), folder / f"{size}-built", rounds)
            shutil.rmtree(folder / f"{size}-built")
    _print(
        ["## What this does not say", LESS, f"All of it took {time.perf_counter() - start:.0f} s."]
    )
    return int(unequal)


def _corpus(size: str, folder: Path) -> Path:
    """Make the content of a size, in a process of its own so that this one stays small."""
    command = [sys.executable, "-m", "bench.make_corpus", size, str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - it is ours
    return folder / "content"


def _measure_size(size: str, content: Path, folder: Path, rounds: int) -> bool:
    """Measure and print one size; return whether the peers differed in what they built."""
    _tell(f"{size}: setting up")
    folder.mkdir()
    files = [path for path in content.rglob("*.yml") if path.is_file()]
    weight = sum(path.stat().st_size for path in files)
    peers = [make(content, folder) for make in (tools.hugo, tools.eleventy, tools.material)]
    ours = tools.peelsite(content, folder)
    _print([f"## {size}: {len(files):,} YAML files, {megabytes(weight)} MB"])
    measured = _in_turn(size, peers, ours, rounds)
    _print([_table_of_builds(measured), _table_of_marks(measured), *_time_per_page(measured)])
    _print(_stages(ours))
    if size not in ("S", "L"):
        _print(_served(ours))
    return bool(measured.differing())


def _in_turn(size: str, peers: Sequence[Tool], ours: Tool, rounds: int) -> Measured:
    """Let the generators build in turn, as often as there are rounds."""
    cold = [Row(each.name, each.build, _forgetting(each), each.site) for each in (*peers, ours)]
    inspection = inspection_of(ours.build.folder)
    check = (*tools.PEELSITE, "check", "content")
    warm = [
        Row("peelsite again, nothing changed", ours.build, lambda _: None),
        Row(
            "peelsite again, one inspection changed",
            ours.build,
            lambda round_: inspection.change(f"Changed{round_}"),
        ),
        Row(
            "`peelsite check`",
            Command(check, ours.build.folder, ours.build.environment),
            lambda _: None,
        ),
    ]
    for round_ in range(rounds):
        for row in (*cold, *warm):
            row.measure(round_)
    for row in cold:
        if row.name == ours.name or row.walls[0] <= SLOW:
            row.measure_memory()
    marks = {"pages": {row.name: row.output.pages for row in cold[:-1] if row.output}}
    for what, mark in MARKS.items():
        marks[what] = {each.name: occurrences(each.site, mark) for each in peers}
    return Measured(size, cold, warm, marks)


def _forgetting(tool: Tool) -> Callable[[int], None]:
    return lambda _: tool.forget()


def _table_of_builds(measured: Measured) -> str:
    columns: list[tuple[str, Callable[[Row], str]]] = [
        ("", lambda row: row.name),
        ("rounds", lambda row: str(len(row.taken))),
        ("wall s, median (range)", lambda row: spread(row.walls)),
        ("CPU s", lambda row: seconds(statistics.median(each.cpu for each in row.taken))),
        ("peak MB, all processes", lambda row: megabytes(row.memory) if row.memory else "–"),
        ("largest process", lambda row: megabytes(max(each.largest for each in row.taken))),
        ("pages", lambda row: f"{row.output.pages:,}" if row.output else "–"),
        ("files", lambda row: f"{row.output.files:,}" if row.output else "–"),
        ("HTML MB", lambda row: megabytes(row.output.html) if row.output else "–"),
        ("output MB", lambda row: megabytes(row.output.bytes) if row.output else "–"),
        ("to Hugo", lambda row: f"{measured.ratio(row, 'Hugo'):.2f}"),
        ("to Material", lambda row: f"{measured.ratio(row, 'Material'):.2f}"),
    ]
    rows = (*measured.cold, *measured.warm)
    text = table([Column(head, [cell(row) for row in rows]) for head, cell in columns])
    once = [row.name for row in rows if row.walls[0] > SLOW]
    if once:
        text += f"\n\nIn one round only, for it took longer than {SLOW:.0f} s: {', '.join(once)}."
    return text


def _table_of_marks(measured: Measured) -> str:
    names = [row.name for row in measured.cold[:-1]]
    columns = [Column("the peers' HTML", names)]
    columns += [
        Column(what, [f"{numbers[name]:,}" for name in names])
        for what, numbers in measured.marks.items()
    ]
    differing = measured.differing()
    verdict = f"**Not the same: {', '.join(differing)}.**" if differing else "All the same."
    return f"{table(columns)}\n\n{verdict}"


def _time_per_page(measured: Measured) -> Iterator[str]:
    output = measured.ours.output
    if measured.size == "S" or output is None:
        return
    each = statistics.median(measured.ours.walls) / output.pages * 1000
    yield f"peelsite, whole build: {each:.1f} ms a page."


def _stages(ours: Tool) -> Iterator[str]:
    """Build once with each stage timed, Pagefind's index too, and tell the shares."""
    _tell("  stages")
    ours.forget()
    command = [sys.executable, "-m", "bench.stages", str(ours.build.folder)]
    printed = subprocess.run(  # noqa: S603 - it is ours
        [*command, str(time.perf_counter())],
        cwd=ROOT,
        env={**ours.build.environment, "PEELSITE_SEARCH": "true"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout
    told = json.loads(printed.splitlines()[-1])
    search = told["seconds"].pop(stages.SEARCH)
    whole = sum(told["seconds"].values())
    yield table(
        [
            Column("stage", list(told["seconds"])),
            Column("s", [seconds(each) for each in told["seconds"].values()]),
            Column("share", [f"{each / whole:.0%}" for each in told["seconds"].values()]),
        ]
    )
    yield f"One build, timed by stage: {whole:.2f} s. Pagefind's index apart: {search:.2f} s."
    if told["missing"]:
        yield f"**Not timed, for they are gone: {', '.join(told['missing'])}.**"


def _served(ours: Tool) -> Iterator[str]:
    """Tell how long it is in live preview from saving a file to the new page."""
    _tell("  live preview")
    taken = seconds_until_served(ours.build.folder)
    yield (
        f"`mkdocs serve`, from saving an inspection to its new page served: {spread(taken)} s, "
        f"{len(taken)} changes; its own looking for changes and waiting for more is included."
    )


def _print(paragraphs: Iterable[str]) -> None:
    for paragraph in paragraphs:
        print(paragraph, end="\n\n", flush=True)  # noqa: T201


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
