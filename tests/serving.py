"""Runs ``mkdocs serve`` for tests, and makes the slips that it has to show."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sites import environment, free_port

INSPECTION = "content/inspections/2022-12-07-north-east-soc.yml"

PATIENCE = 15.0
"""Seconds after which the server is taken not to do what it should."""


def replace(file: Path, old: str, new: str) -> str:
    """Put ``new`` for the first ``old`` in a file; return its ``line:column``."""
    text = file.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, f"{file.name} does not hold {old!r}"
    file.write_text(f"{before}{new}{after}", encoding="utf-8")
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def break_grade(project: Path) -> str:
    """Write ``goood`` for the first grade ``good``; return where, as a problem says it."""
    line, column = replace(project / INSPECTION, "grade: good,", "grade: goood,").split(":")
    return f"{INSPECTION}:{line}:{int(column) + len('grade: ')}"


def mend_grade(project: Path) -> None:
    replace(project / INSPECTION, "goood", "good")


@dataclass(frozen=True)
class Server:
    """``mkdocs serve`` at work in a project. ``log`` is what the terminal shows."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path
    patience: float = PATIENCE

    @property
    def terminal(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def page(self, path: str) -> str:
        """Return the page at an address, whatever the status; "" while there is no answer."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:  # noqa: S310
                text: bytes = answer.read()
        except urllib.error.HTTPError as error:
            with error:
                text = error.read()
        except OSError:
            return ""
        return text.decode("utf-8")

    def until(self, holds: Callable[[], bool], wanted: str) -> None:
        """Wait until something holds; fail after a while, with what the terminal shows."""
        deadline = time.monotonic() + self.patience
        while not holds():
            assert self.process.poll() is None, f"the server ended:\n{self.terminal}"
            assert time.monotonic() < deadline, (
                f"not within {self.patience} s: {wanted}\n{self.terminal}"
            )
            time.sleep(0.05)

    def until_page(self, path: str, *words: str) -> str:
        """Wait until the page at an address holds all these words, and return it."""
        seen = ""

        def holds() -> bool:
            nonlocal seen
            seen = self.page(path)
            return all(word in seen for word in words)

        self.until(holds, f"/{path} with {words}")
        return seen


@dataclass(frozen=True)
class Serving:
    """Starts servers in a project."""

    project: Path
    running: list[Server]
    patience: float = PATIENCE

    def __call__(self, host: str = "mkdocs") -> Server:
        """Start a server and wait until it serves; what it leaves behind is beside the project."""
        own = str(self.project.parent)
        port = free_port()
        address = f"127.0.0.1:{port}"
        log = self.project.parent / f"serve-{port}.log"
        command = (sys.executable, "-u", "-m", host, "serve", "-f", "mkdocs.yml")
        with log.open("wb") as terminal:
            process = subprocess.Popen(
                [*command, *LIVERELOAD[host], "--dev-addr", address],
                cwd=self.project,
                env=environment(TMPDIR=own, TEMP=own, TMP=own),
                stdin=subprocess.DEVNULL,
                stdout=terminal,
                stderr=subprocess.STDOUT,
            )
        server = Server(process, f"http://{address}/", log, self.patience)
        self.running.append(server)
        server.until(lambda: "Serving on" in server.terminal, "a server")
        return server


LIVERELOAD = {"mkdocs": ("--livereload",), "properdocs": ()}


@contextmanager
def serving(project: Path, patience: float = PATIENCE) -> Iterator[Serving]:
    """Give a way to serve a project, and end what was started."""
    started = Serving(project, [], patience)
    try:
        yield started
    finally:
        for server in started.running:
            server.process.kill()
            server.process.wait()
