"""Tests of what the benchmark counts and measures; how fast anything is, is not tested."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml

from bench.bars import bars
from bench.edit import inspection_of
from bench.measure import (
    Command,
    FailedError,
    Memory,
    Output,
    Taken,
    has_children,
    occurrences,
    output_of,
    paired_ratio,
    peak_memory,
    processor_seconds,
    put_away,
    run,
)
from bench.peers.markdown import write_pages
from bench.report import Column, table
from bench.rounds import Measured, Row
from bench.stages import REST, STAGES, START, Clock, timed, wrap
from bench.tools import rows_on_one_line
from peelsite.checks import check
from peelsite.load import load
from tests.sites import ROOT, copy_project
from tests.test_small_site import CONTENT

MB = 1_000_000


def python(folder: Path, *lines: str) -> Command:
    """Return the command that runs these lines."""
    return Command((sys.executable, "-c", "\n".join(lines)), folder, dict(os.environ))


# Processes

HOLD = "data = b'x' * 30_000_000; time.sleep(0.3)"


def test_the_memory_of_a_child_is_added_to_that_of_its_parent(tmp_path: Path) -> None:
    alone = peak_memory(python(tmp_path, "import os, time", HOLD))
    both = peak_memory(python(tmp_path, "import os, time", "os.fork()", HOLD, "time.sleep(0.2)"))
    assert 30 * MB < alone.all < 50 * MB
    assert 60 * MB < both.all < 90 * MB
    assert 30 * MB < both.largest < 50 * MB


def test_what_two_processes_share_is_counted_once(tmp_path: Path) -> None:
    shared = peak_memory(python(tmp_path, "import os, time", HOLD, "os.fork()", "time.sleep(0.3)"))
    assert 30 * MB < shared.all < 50 * MB


def test_a_child_whose_parent_has_ended_is_still_counted(tmp_path: Path) -> None:
    middle = f"if os.fork() == 0:\n    if os.fork() == 0:\n        {HOLD}\n    os._exit(0)"
    held = peak_memory(python(tmp_path, "import os, time", middle, "os.wait(); time.sleep(0.3)"))
    assert held.all > 30 * MB


def test_the_processor_time_of_a_child_counts(tmp_path: Path) -> None:
    busy = "while time.process_time() < 0.2: pass"
    lines = ("import os, time", "child = os.fork()", "if child: os.wait()", f"else:\n    {busy}")
    taken = run(python(tmp_path, *lines))
    assert taken.cpu >= 0.2
    assert taken.wall > 0


def test_a_process_is_seen_to_work_and_to_have_children() -> None:
    before = processor_seconds(os.getpid())
    while time.process_time() < before + 0.1:
        pass
    assert processor_seconds(os.getpid()) > before
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert has_children(os.getpid())
        assert not has_children(child.pid)


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    for measured in (run, peak_memory):
        with pytest.raises(FailedError, match="what it said"):
            measured(python(tmp_path, "raise SystemExit('what it said')"))
    assert list(tmp_path.iterdir()) == []


# Files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a site of two pages and other files."""
    files = {
        "index.html": "<h3>One</h3><h3>Two</h3>",
        "bodies/durham/index.html": "<h3>Three</h3>",
        "embed/durham/index.html": "",
        "404.html": "",
        "data.csv": "<h3>,1234567",
    }
    for path, text in files.items():
        target = tmp_path / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tmp_path / "site"


def test_pages_are_counted_without_what_would_make_them_cheap(site: Path) -> None:
    assert output_of(site) == Output(pages=2, files=5, html=38, bytes=50)


def test_marks_are_counted_in_html_alone(site: Path) -> None:
    assert occurrences(site, b"<h3") == 3


def test_output_and_caches_are_put_away_whether_or_not_they_are_there(site: Path) -> None:
    trash = site.parent / "trash"
    for _ in range(2):
        put_away([site / "bodies", site / "404.html", site / "nothing"], trash)
        assert output_of(site).pages == 1
        assert output_of(site).files == 3
        (site / "bodies").mkdir()
    assert output_of(trash).files == 2


# Ratios and tables


def test_a_ratio_is_the_median_of_the_ratios_of_the_rounds() -> None:
    assert paired_ratio([2.0, 40.0, 3.0], [1.0, 10.0, 1.0]) == 3.0


def test_what_was_measured_in_one_round_is_compared_in_that_round() -> None:
    assert paired_ratio([6.0], [2.0, 100.0, 100.0]) == 3.0
    assert paired_ratio([6.0, 100.0], [2.0]) == 3.0


def test_a_table() -> None:
    columns = [Column("tool", ["Hugo", "Eleventy"]), Column("s", ["1.0", "2.0"])]
    assert table(columns).splitlines() == [
        "| tool | s |",
        "| --- | --- |",
        "| Hugo | 1.0 |",
        "| Eleventy | 2.0 |",
    ]


# Bars


def row(walls: Sequence[float], *, memory: Memory | None = None, pages: int = 1) -> Row:
    """Make a row that has been measured already."""
    command = Command((), Path(), {})
    taken = [Taken(wall, wall) for wall in walls]
    return Row("", command, lambda _: None, None, taken, memory, Output(pages, 0, 0, 0))


def measured(hugo: Sequence[float], ours: Row) -> Measured:
    """Make what was measured of Hugo and of us, and nothing of Material."""
    theirs = row(hugo)
    theirs.name = "Hugo"
    return Measured([theirs, ours], row([1.0]), row([1.0]), row([1.0]))


def test_whole_builds_are_compared_by_rounds_and_what_follows_by_its_median() -> None:
    both = measured([1.0, 10.0, 4.0], row([2.0, 5.0, 4.0]))
    assert both.ratio(both.ours, "Hugo") == 1.0
    assert both.ratio(both.again, "Hugo") == 0.25
    assert both.ratio(both.ours, "Material") is None


def test_each_bar_is_met_or_not_or_not_measured() -> None:
    at_m = measured([2.0], row([1.0], memory=Memory(200 * MB, 150 * MB), pages=10))
    at_l = measured([10.0], row([9.0], pages=100))
    told = bars({"M": at_m, "L": at_l})
    for line in (
        "| whole build, M | 1.00 × Hugo | 0.50 × Hugo | met |",
        "| whole build, M | 0.15 × Material | – | not measured |",
        "| whole build, L | 0.80 × Hugo | 0.90 × Hugo | **not met** |",
        "| peak memory, all processes, M | 150.00 MB | 200.00 MB | **not met** |",
        "| whole build, for each page, as at M, L | 100.00 ms | 90.00 ms | met |",
    ):
        assert line in told.splitlines()
    assert "for each page" not in bars({"S": at_m})


# Stages


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Make a clock that goes on by a second whenever it is asked."""
    ticks = iter(range(1, 1000))
    monkeypatch.setattr(time, "perf_counter", lambda: float(next(ticks)))
    monkeypatch.setattr(time, "process_time", lambda: 0.0)
    return Clock(0.0)


def test_a_stage_within_another_is_not_counted_twice(clock: Clock) -> None:
    clock.proceed()
    clock.enter("writing")
    clock.enter("read")
    clock.leave()
    clock.leave()
    clock.proceed()
    assert {stage: spent.wall for stage, spent in clock.spent.items() if spent.wall} == {
        START: 1.0,
        "writing": 2.0,
        "read": 1.0,
        REST: 2.0,
    }


def test_a_generator_is_timed_while_it_gives_and_not_between(clock: Clock) -> None:
    def numbers() -> Iterator[int]:
        yield 1
        yield 2

    clock.proceed()
    assert list(timed(numbers, "files: CSV", clock)()) == [1, 2]
    assert clock.spent["files: CSV"].wall == 4.0  # the call, two items and the end


def test_every_stage_is_found_in_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.stages.timed", lambda function, *_: function)
    assert wrap(Clock(0.0)) == []
    monkeypatch.setitem(STAGES, "read", ("peelsite.build:gone", "peelsite.gone:load"))
    assert wrap(Clock(0.0)) == ["peelsite.build:gone", "peelsite.gone:load"]


# Content


def test_one_sentence_is_changed_and_the_file_is_still_right(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    inspection = inspection_of(project)
    inspection.change("Changed1")
    inspection.change("Changed2")
    text = inspection.file.read_text(encoding="utf-8")
    assert text.replace("Changed2 ", "") == inspection.text
    load(project / "content")


def test_a_slip_is_the_one_that_was_meant(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    inspection_of(project).slip("oo")
    [problem] = check(load(project / "content"))
    assert problem.message.startswith('There is no grade "oo"')


def test_the_markdown_for_peers_has_every_finding_and_quotation_on_both_pages(
    tmp_path: Path,
) -> None:
    write_pages(CONTENT, tmp_path)
    inspections = [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in (CONTENT / "inspections").glob("*.yml")
    ]
    parts = [part for each in inspections for part in each["bodies"].values() if part]
    findings = [
        finding
        for part in parts
        for key in ("concerns", "praised")
        for finding in part.get(key, ())
    ]
    for folder in ("bodies", "inspections"):
        pages = [path.read_text(encoding="utf-8") for path in (tmp_path / folder).glob("*.md")]
        assert len(re.findall("^### ", "\n".join(pages), re.MULTILINE)) == len(findings)
    claimed = [each for part in parts for each in part.get("claims", ())]
    on_both = [*findings, *(each for part in parts for each in part.get("replies", ()))]
    on_both += [update for finding in findings for update in finding.get("updates", ())]
    quoted = "\n".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.md"))
    assert len(re.findall("^> ", quoted, re.MULTILINE)) == sum(
        len(each.get("quotes", ())) for each in (*on_both, *on_both, *claimed)
    )


def test_rows_are_written_on_one_line_and_mean_the_same() -> None:
    text = "ratings:\n  - {question: soc,\n     note: A long\n      one.}\n  - {question: b}\n"
    assert rows_on_one_line(text).count("\n") == 3
    assert yaml.safe_load(rows_on_one_line(text)) == yaml.safe_load(text)
    for path in (ROOT / "content" / "inspections").glob("*.yml"):
        real = path.read_text(encoding="utf-8")
        assert yaml.safe_load(rows_on_one_line(real)) == yaml.safe_load(real)
