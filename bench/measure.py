"""Run a command as a whole process, and tell what it took and what it left."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOOK_EVERY: Final = 0.02
"""Seconds between two looks at the memory of the processes."""

SETTLED_AFTER: Final = 65.0
"""Seconds for which ext4 does not use again, but searches past, what was deleted (it says 60)."""

NOT_PAGES: Final = ("404.html", "embed/")
"""How the paths of HTML files begin that count as files only, so that they make no page cheap."""


class FailedError(Exception):
    """A command that was to be measured has failed; the text is what it printed."""


@dataclass(frozen=True)
class Command:
    """Something to run, in a folder, with nothing but these variables in its environment."""

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """What a command took: seconds, and seconds of processor."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Memory:
    """The most bytes that a command and its children held at once, and the largest of them alone.

    In ``all`` a page that several processes share is counted once (PSS), ``largest`` has it in full
    (RSS).
    """

    all: int
    largest: int


def run(command: Command) -> Taken:
    """Run a command to its end; the processor time of its children counts too."""
    start = time.perf_counter()
    with _started(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    return Taken(wall, usage.ru_utime + usage.ru_stime)


def peak_memory(command: Command) -> Memory:
    """Run a command to its end, and look at its memory all the while.

    Looking slows the command down, so nobody should time it meanwhile.
    """
    whole = largest = 0
    with _started(command) as process:
        while process.poll() is None:
            held = [_held(each) for each in _members(process.pid)]
            whole = max(whole, sum(each["Pss"] for each in held))
            largest = max(largest, *(each["Rss"] for each in held), 0)
            time.sleep(LOOK_EVERY)
    return Memory(whole, largest)


@contextmanager
def _started(command: Command) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command in a session of its own; at the end it must have succeeded."""
    log = command.folder / ".bench.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - the commands are ours
            command.words,
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
    printed = log.read_text(encoding="utf-8", errors="replace")
    log.unlink()
    if process.returncode:
        raise FailedError(f"{' '.join(command.words)}\n{printed}")


def _members(session: int) -> Iterator[str]:
    """Give the processes of a session, also those whose parent has ended."""
    for number in (path.name for path in Path("/proc").iterdir() if path.name.isdigit()):
        try:
            stat = Path("/proc", number, "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended
            continue
        _, _, after_name = stat.rpartition(")")
        if int(after_name.split()[3]) == session:
            yield number


def processor_seconds(process: int) -> float:
    """Return the seconds of processor that a running process has taken, without its children."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    _, _, after_name = stat.rpartition(")")
    return sum(map(int, after_name.split()[11:13])) / os.sysconf("SC_CLK_TCK")


def has_children(process: int) -> bool:
    """Whether a process has started another that still runs."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return any(each.read_text(encoding="utf-8").strip() for each in lists)


def _held(process: str) -> Mapping[str, int]:
    """Return the bytes that a process holds: Rss is all, and Pss its share of what others hold."""
    held = {"Rss": 0, "Pss": 0}
    with suppress(OSError):  # it has ended
        rollup = Path("/proc", process, "smaps_rollup").read_text(encoding="utf-8")
        for line in rollup.splitlines():
            name, _, size = line.partition(":")
            if name in held:
                held[name] = int(size.split()[0]) * 1024
    return held


@dataclass(frozen=True)
class Output:
    """What a build has left: numbers and bytes."""

    pages: int
    files: int
    html: int
    bytes: int


def output_of(folder: Path) -> Output:
    """Count what stands in a folder."""
    sizes = {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }
    html = {path: size for path, size in sizes.items() if path.endswith(".html")}
    pages = [path for path in html if not path.startswith(NOT_PAGES)]
    return Output(len(pages), len(sizes), sum(html.values()), sum(sizes.values()))


def occurrences(folder: Path, mark: bytes) -> int:
    """Count how often something stands in the HTML files of a folder."""
    return sum(path.read_bytes().count(mark) for path in folder.rglob("*.html"))


def put_away(paths: Iterable[Path], trash: Path) -> None:
    """Move files and folders that may be there into ``trash``, on the same disk.

    They are not deleted, since ext4 takes several times as long to make files when many have just
    been deleted, and that would be counted against whoever comes next.
    """
    for path in filter(Path.exists, paths):
        trash.mkdir(parents=True, exist_ok=True)
        path.rename(Path(tempfile.mkdtemp(dir=trash), path.name))


def let_settle() -> None:
    """Wait until the file system has got over what was deleted before."""
    os.sync()
    time.sleep(SETTLED_AFTER)


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios taken round by round, as far as both have rounds.

    A machine that is slower in one round than in another is slower for both.
    """
    return statistics.median(our / their for our, their in zip(ours, theirs, strict=False))
