"""Score pages of the real site as Lighthouse does by default: on its phone, on its slow line.

    make lighthouse

Each page is judged several times. Prints a table in Markdown with the median of each score, and
ends with 1 if one is below its bar, having said why.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.weight import counted
from tests.sites import ROOT, build
from tests.tools import JUDGED, scores

BARS: Final = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
"""What each score may not be below."""

ROUNDS: Final = 3


def main() -> int:
    """Print the scores; return 1 if one is below its bar, else 0."""
    _row("page", *BARS)
    _row(*("---",) * (1 + len(BARS)))
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        site = build(ROOT, Path(folder) / "site", SITE_URL="https://example.org/")
        with counted(site) as served:
            for name, address in JUDGED.items():
                rounds = [scores(served.url + address, tuple(BARS)) for _ in range(ROUNDS)]
                median = {
                    each: statistics.median_low(found[each] for found, _ in rounds) for each in BARS
                }
                _row(name, *median.values())
                if any(median[each] < bar for each, bar in BARS.items()):
                    wrong += [f"{name}: {told}" for told in rounds[0][1]]
    sys.stdout.writelines(f"{each}\n" for each in wrong)
    return 1 if wrong else 0


def _row(*cells: str | int) -> None:
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
