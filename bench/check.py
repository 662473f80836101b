"""Measure ``peelsite check``: reading many inspections, and checking them.

.venv/bin/python -m bench.check [FILES]
"""

from __future__ import annotations

import datetime
import shutil
import sys
import tempfile
import time
from pathlib import Path

from peelsite.checks import check, warn
from peelsite.load import load
from tests.problems import BASE


def main(files: int) -> None:
    """Print the seconds that each step takes for ``files`` copies of one inspection."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(BASE, content)
        inspections = content / "inspections"
        text = (inspections / "2023-05-04-north.yml").read_text(encoding="utf-8")
        text = text.replace("date: 2023-06,", "date: 2050,").replace("read: 2023-", "read: 2026-")
        for number in range(files):
            day = datetime.date(2023, 6, 1) + datetime.timedelta(number)
            copied = text.replace("published: 2023-05-04\nf", f"published: {day}\nf")
            (inspections / f"copy-{number}.yml").write_text(copied, encoding="utf-8")
        start = time.perf_counter()
        read = load(content)
        at_read = time.perf_counter()
        problems = check(read)
        at_checked = time.perf_counter()
        warnings = warn(read)
        at_warned = time.perf_counter()
    print(f"{len(read.files)} files read in {at_read - start:.2f} s")  # noqa: T201
    print(f"{len(problems)} problems found in {at_checked - at_read:.2f} s")  # noqa: T201
    print(f"{len(warnings)} warnings found in {at_warned - at_checked:.2f} s")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
