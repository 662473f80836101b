"""Measure live preview without a browser: from saving an inspection to its new page, served."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from bench.edit import inspection_of
from tests.serving import serving

RUNS: Final = 6
PATIENCE: Final = 600.0

ASK_EVERY: Final = 0.02
"""Seconds between two looks at the page; while a build is under way the server lets them wait."""


def seconds_until_served(project: Path) -> list[float]:
    """Return for each of some changes how long it was until the server gave the page with it."""
    inspection = inspection_of(project)
    taken = []
    with serving(project, PATIENCE) as serve:
        server = serve()
        for run in range(RUNS):
            time.sleep(3)  # else the change before, or the index for search, is still in the making
            word = f"Changed{run}"
            start = time.perf_counter()
            inspection.change(word)
            while word not in server.page(inspection.page):
                if time.perf_counter() - start > PATIENCE:
                    raise TimeoutError(server.terminal)
                time.sleep(ASK_EVERY)
            taken.append(time.perf_counter() - start)
    return taken
