"""Measure live preview: from saving a YAML file to the page, reloaded, in a browser.

    .venv/bin/python -m bench.serve [RUNS]

A copy of the project is served by MkDocs and read in Chromium. Each run changes one sentence in an
inspection and waits until the open page shows it. Seconds are printed, with what they consist of.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import find_chromium
from tests.serving import INSPECTION, Server, serving
from tests.sites import copy_project

FORCE = "forces/northumbria/"
TITLE = "Operation Momentum in Ashington"
GRADE = "grade: good,"
PATIENCE = 30_000


def main(runs: int) -> None:
    """Print how long live preview takes."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = copy_project(Path(folder) / "project")
        file = project / INSPECTION
        text = file.read_text(encoding="utf-8")
        assert TITLE in text  # noqa: S101 - else nothing would change
        assert GRADE in text  # noqa: S101
        browser = playwright.chromium.launch(executable_path=find_chromium())
        with serving(project) as serve:
            server, page = serve(), browser.new_page()
            page.goto(server.url + FORCE)
            page.locator("h1", has_text="Northumbria Police").wait_for()
            good, slips = [], []
            for run in range(runs):
                title = f"Run {run} of the benchmark"
                good.append(measured(page, file, text.replace(TITLE, title), f"text={title}"))
                grade = "o" * (run + 1)
                slip = text.replace(GRADE, f"grade: {grade},", 1)
                slips.append(measured(page, file, slip, f'text=There is no grade "{grade}"'))
            show("a changed sentence, on the page", good)
            show("a slip, on the page of problems", slips)
            show("of this, MkDocs's own count of the build", builds(server))
        browser.close()


def measured(page: Page, file: Path, text: str, wanted: str) -> float:
    """Return the seconds from saving ``text`` to the page that shows ``wanted``."""
    time.sleep(1.3)  # else the change before is still in the making
    start = time.perf_counter()
    file.write_text(text, encoding="utf-8")
    page.locator(wanted).first.wait_for(timeout=PATIENCE)
    return time.perf_counter() - start


def builds(server: Server) -> list[float]:
    """Return the seconds of each build but the first, as the terminal tells them."""
    return [float(each) for each in re.findall(r"built in ([\d.]+) seconds", server.terminal)][1:]


def show(what: str, seconds: list[float]) -> None:
    """Print the least, the median and the most."""
    least, median, most = min(seconds), statistics.median(seconds), max(seconds)
    print(f"{what:42} min {least:.2f} s, median {median:.2f} s, max {most:.2f} s")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
