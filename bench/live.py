"""Measure live preview without a browser: from saving an inspection to its new page, served."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from bench.edit import inspection_of
from bench.measure import has_children, processor_seconds
from tests.serving import Server, serving

RUNS: Final = 6
PATIENCE: Final = 600.0

CALM: Final = 3
"""Seconds in which a server must not have worked before the next change is made.

After the new page it writes the files beside the pages and makes the index for search, and a change
that it noticed in two parts is built again.
"""

IDLE: Final = 0.3
"""Seconds of the processor in a second below which it does not work: it looks for changes only."""

ASK_EVERY: Final = 0.02
"""Seconds between two looks at the page; while a build is under way the server lets them wait."""


def seconds_until_served(project: Path) -> list[float]:
    """Return for each of some changes how long it was until the server gave the page with it."""
    inspection = inspection_of(project)
    taken = []
    with serving(project, PATIENCE) as serve:
        server = serve()
        for run in range(RUNS):
            wait_for_calm(server)
            word = f"Saved{run}"  # no word of the builds before
            start = time.perf_counter()
            inspection.change(word)
            while word not in server.page(inspection.page):
                if time.perf_counter() - start > PATIENCE:
                    raise TimeoutError(server.terminal)
                time.sleep(ASK_EVERY)
            taken.append(time.perf_counter() - start)
    return taken


def wait_for_calm(server: Server) -> None:
    """Wait until a server does nothing but look for changes."""
    start, calm = time.perf_counter(), 0
    while calm < CALM:
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError(server.terminal)
        before = processor_seconds(server.process.pid)
        time.sleep(1)
        worked = processor_seconds(server.process.pid) - before
        calm = 0 if worked > IDLE or has_children(server.process.pid) else calm + 1
