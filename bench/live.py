"""Measure live preview without a browser: from saving an inspection to its new page, served."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from bench.edit import inspection_of
from tests.serving import Server, serving

RUNS: Final = 6
PATIENCE: Final = 600.0

CALM: Final = 10.0
"""Seconds in which a server must not have said anything before the next change is made.

The index for search is made in them, and a change that it noticed in two parts is built again.
"""

ASK_EVERY: Final = 0.02
"""Seconds between two looks at the page; while a build is under way the server lets them wait."""


def seconds_until_served(project: Path) -> list[float]:
    """Return for each of some changes how long it was until the server gave the page with it."""
    inspection = inspection_of(project)
    taken = []
    with serving(project, PATIENCE) as serve:
        server = serve()
        for run in range(RUNS):
            _wait_for_calm(server)
            word = f"Saved{run}"  # no word of the builds before
            start = time.perf_counter()
            inspection.change(word)
            while word not in server.page(inspection.page):
                if time.perf_counter() - start > PATIENCE:
                    raise TimeoutError(server.terminal)
                time.sleep(ASK_EVERY)
            taken.append(time.perf_counter() - start)
    return taken


def _wait_for_calm(server: Server) -> None:
    said = None
    while said != (said := server.terminal) or said.count(BEGUN) > said.count(DONE):
        time.sleep(CALM)


BEGUN: Final = "Building documentation"
DONE: Final = "Documentation built"
