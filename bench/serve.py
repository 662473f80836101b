"""Measure live preview: from saving a YAML file to the page, reloaded, in a browser.

    .venv/bin/python -m bench.serve [SIZE] [RUNS]

A project is served by MkDocs and read in Chromium. Each run changes one sentence in an inspection
and waits until its open page shows it, and then does so with a slip. Seconds are printed, with what
they consist of.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

from playwright.sync_api import Page, sync_playwright

from bench.edit import inspection_of
from bench.live import wait_for_calm
from bench.project import project_of
from tests.browser.chromium import find_chromium
from tests.serving import Server, serving

PATIENCE: Final = 60.0


def main(size: str, runs: int) -> None:
    """Print how long live preview takes."""
    with project_of(size) as project, serving(project, PATIENCE) as serve, opened() as page:
        inspection, server = inspection_of(project), serve()
        page.goto(server.url + inspection.page)
        good, slips = [], []
        for run in range(runs):
            word = f"Saved{run}"
            good.append(measured(server, page, partial(inspection.change, word), f"text={word}"))
            grade = "o" * (run + 1)
            told = f'text=There is no grade "{grade}"'
            slips.append(measured(server, page, partial(inspection.slip, grade), told))
        show("a changed sentence, on the page", good)
        show("a slip, on the page of problems", slips)
        show("of this, MkDocs's own count of the build", builds(server))


@contextmanager
def opened() -> Iterator[Page]:
    """Give a page in Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        yield browser.new_page()
        browser.close()


def measured(server: Server, page: Page, save: Callable[[], None], wanted: str) -> float:
    """Return the seconds from saving a file to the page that shows ``wanted``."""
    wait_for_calm(server)
    start = time.perf_counter()
    save()
    page.locator(wanted).first.wait_for(timeout=PATIENCE * 1000)
    return time.perf_counter() - start


def builds(server: Server) -> list[float]:
    """Return the seconds of each build but the first, as the terminal tells them."""
    return [float(each) for each in re.findall(r"built in ([\d.]+) seconds", server.terminal)][1:]


def show(what: str, seconds: list[float]) -> None:
    """Print the least, the median and the most."""
    least, median, most = min(seconds), statistics.median(seconds), max(seconds)
    print(f"{what:42} min {least:.2f} s, median {median:.2f} s, max {most:.2f} s")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "S", int(sys.argv[2]) if len(sys.argv) > 2 else 6)
