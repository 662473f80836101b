"""Measure builds of peelsite beside Hugo, Eleventy and Material; README.md says how to read it.

    make bench [SIZES="S M L"] [ROUNDS=5] [MATERIAL_AT_L=1]

Everything is printed as Markdown. What is under way is told on the standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bench import stages, tools
from bench.bars import bars
from bench.live import seconds_until_served
from bench.measure import SETTLED_AFTER, let_settle
from bench.report import Column, environment_lines, megabytes, seconds, spread, table
from bench.rounds import SLOW, Measured, Row, further_builds, memory, tell, whole_builds
from bench.tools import INSTALLED, Tool
from tests.sites import ROOT

ROUNDS: Final = {"S": 5, "M": 5, "L": 2}

MATERIAL_AT_L: Final = "MATERIAL_AT_L"
"""The variable with which Material is measured at L too, where it would take long."""

LESS: Final = """\
What the peers leave out, and we do in the time above: every value checked against the schema and
every reference followed; pages for questions, rounds, themes, sources, changes, responses, regions
and packs to print; breaks where grades may not be compared; a frame with citation, JSON-LD and
links; feeds, calendars, CSV with two descriptions, a JSON API, a SQLite file, and a drawn picture
for each body and inspection. The peers have bare templates, and no theme but Material's own.
Material is handed its pages as Markdown, and making those is not counted. Nobody minifies.
Pagefind's index is left out of every build above."""


def main() -> int:
    """Measure and print; the exit status is 1 if the peers did not build the same."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--sizes", default="S M L", help="which content: S, M, L")
    parser.add_argument("--rounds", type=int, help="rounds for each size, for 5, 5 and 2")
    parser.add_argument("--content", type=Path, help="this folder of content in place of sizes")
    given = parser.parse_args()
    sizes = [given.content.name] if given.content else given.sizes.split()
    INSTALLED.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    measured: dict[str, Measured] = {}
    # Nothing in it is deleted before the end: see put_away().
    with tempfile.TemporaryDirectory(dir=INSTALLED, prefix="at-work-") as name:
        folder = Path(name)
        _print(environment_lines(folder, tools.versions()))
        for size in sizes:
            content = given.content or _corpus(size, folder / size)
            if measured:
                tell(f"waiting {SETTLED_AFTER:.0f} s, for our own builds have deleted old sites")
                let_settle()
            rounds = given.rounds or ROUNDS.get(size, 5)
            measured[size] = _measure(size, content.resolve(), folder / f"{size}-built", rounds)
        tell("deleting what was built")
    _print(["## Bars", bars(measured), "## What this does not say", LESS])
    _print([f"All of it took {time.perf_counter() - start:.0f} s."])
    return int(any(each.differing() for each in measured.values()))


def _corpus(size: str, folder: Path) -> Path:
    """Make the content of a size, in a process of its own so that this one stays small."""
    command = [sys.executable, "-m", "bench.make_corpus", size, str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - it is ours
    return folder / "content"


def _measure(size: str, content: Path, folder: Path, rounds: int) -> Measured:
    """Measure and print one size."""
    tell(f"{size}: setting up")
    folder.mkdir()
    files = [path for path in content.rglob("*.yml") if path.is_file()]
    weight = sum(path.stat().st_size for path in files)
    peers = [make(content, folder) for make in _peers(size)]
    ours = tools.peelsite(content, folder)
    _print([f"## {size}: {len(files):,} YAML files, {megabytes(weight)} MB"])
    measured = whole_builds(peers, ours, rounds)
    told = _timed_by_stage(ours)
    memory(measured)
    further_builds(measured, rounds)
    _print([_table_of_builds(measured), *_left_out(peers), _table_of_marks(measured)])
    if size != "S" and measured.page:
        _print([f"peelsite, whole build: {measured.page:.1f} ms a page."])
    _print(_stages(told))
    if size not in ("S", "L"):
        tell("  live preview")
        measured.preview = seconds_until_served(ours.build.folder)
        _print([_served(measured.preview)])
    return measured


def _peers(size: str) -> Iterator[Callable[[Path, Path], Tool]]:
    yield tools.hugo
    yield tools.eleventy
    if size != "L" or os.environ.get(MATERIAL_AT_L):
        yield tools.material


def _table_of_builds(measured: Measured) -> str:
    columns: list[tuple[str, Callable[[Row], str]]] = [
        ("", lambda row: row.name),
        ("rounds", lambda row: str(len(row.taken))),
        ("wall s, median (range)", lambda row: spread(row.walls)),
        ("CPU s", lambda row: seconds(statistics.median(each.cpu for each in row.taken))),
        ("peak MB, all processes", lambda row: megabytes(row.memory.all) if row.memory else "–"),
        ("largest process", lambda row: megabytes(row.memory.largest) if row.memory else "–"),
        ("pages", lambda row: f"{row.output.pages:,}" if row.output else "–"),
        ("files", lambda row: f"{row.output.files:,}" if row.output else "–"),
        ("HTML MB", lambda row: megabytes(row.output.html) if row.output else "–"),
        ("output MB", lambda row: megabytes(row.output.bytes) if row.output else "–"),
        ("to Hugo", lambda row: _ratio(measured.ratio(row, "Hugo"))),
        ("to Material", lambda row: _ratio(measured.ratio(row, "Material"))),
    ]
    rows = (*measured.cold, *measured.warm)
    text = table([Column(head, [cell(row) for row in rows]) for head, cell in columns])
    once = [row.name for row in rows if row.walls[0] > SLOW]
    if once:
        text += f"\n\nIn one round only, for it took longer than {SLOW:.0f} s: {', '.join(once)}."
    return text


def _ratio(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"


def _left_out(peers: Sequence[Tool]) -> Iterator[str]:
    if not any(each.name == "Material" for each in peers):
        yield f"Material is left out, for it would take long; `{MATERIAL_AT_L}=1` measures it."


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


def _timed_by_stage(ours: Tool) -> Any:
    """Build once more with each stage timed, Pagefind's index too; return what that told."""
    tell("  stages")
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
    return json.loads(printed.splitlines()[-1])


def _stages(told: Any) -> Iterator[str]:
    """Tell the share of each stage."""
    search = told["stages"].pop(stages.SEARCH)
    wall = sum(each["wall"] for each in told["stages"].values())
    cpu = sum(each["cpu"] for each in told["stages"].values())
    yield table(
        [
            Column("stage", list(told["stages"])),
            Column("wall s", [seconds(each["wall"]) for each in told["stages"].values()]),
            Column("CPU s", [seconds(each["cpu"]) for each in told["stages"].values()]),
            Column("share", [f"{each['cpu'] / cpu:.0%}" for each in told["stages"].values()]),
        ]
    )
    yield (
        f"One build in one process, timed by stage, where whole builds have two: {wall:.2f} s, "
        f"{cpu:.2f} s of the processor. Search apart: {search['wall']:.2f} s."
    )
    if told["missing"]:
        yield f"**Not timed, for they are gone: {', '.join(told['missing'])}.**"


def _served(taken: Sequence[float]) -> str:
    """Tell how long it is in live preview from saving a file to the new page."""
    return (
        f"`mkdocs serve`, from saving an inspection to its new page served: {spread(taken)} s, "
        f"{len(taken)} changes; its own looking for changes and waiting for more is included."
    )


def _print(paragraphs: Iterable[str]) -> None:
    for paragraph in paragraphs:
        print(paragraph, end="\n\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
