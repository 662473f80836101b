"""What judges the pages and comes from npm: Nu, the checker of HTML, and Lighthouse.

``make test`` installs both into ``.cache/tools``.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.browser.chromium import find_chromium
from tests.sites import ROOT

INSTALLED: Final = ROOT / ".cache" / "tools" / "node_modules"

CHECKER: Final = INSTALLED / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE: Final = INSTALLED / "lighthouse" / "cli" / "index.js"

POLICY: Final = ".*violates Content Security Policy.*"
"""What Nu guesses of a page in a folder, where no stylesheet is from the site itself, and of data
in a script element, which does not run. A browser knows better, and has tests of its own."""

JUDGED: Final = {
    "home": "",
    "a force": "forces/northumbria/",
    "an inspection": "inspections/2022-12-07-north-east-soc/",
    "findings": "findings/",
    "compare": "compare/",
}
"""The pages that Lighthouse judges, by what they are."""

HEADLESS: Final = "--headless=new --no-sandbox --disable-gpu"


def faults_in_html(*places: Path) -> list[str]:
    """Return all that Nu has to say of HTML files, or of those in a folder, line by line."""
    run = _run(
        "java", "-jar", CHECKER, "--format", "gnu", "--stdout", "--skip-non-html",
        "--filterpattern", POLICY, *places,
    )  # fmt: skip
    assert not run.stderr, run.stderr
    return run.stdout.splitlines()


def scores(url: str, categories: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Return what Lighthouse gives a page, of 100, and each check in which that fell short.

    It looks as it does by default: at a phone of middling strength on a slow line.
    """
    run = _run(
        "node", LIGHTHOUSE, url, "--quiet", "--output=json", f"--chrome-flags={HEADLESS}",
        f"--only-categories={','.join(categories)}",
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    found = {name: round(100 * report["categories"][name]["score"]) for name in categories}
    return found, [told for name in categories for told in _short(report, name)]


def _short(report: dict[str, Any], category: str) -> list[str]:
    weighed = [each["id"] for each in report["categories"][category]["auditRefs"] if each["weight"]]
    audits = [report["audits"][name] for name in weighed]
    return [
        f"{category}: {each['id']}, {each.get('displayValue') or each.get('explanation', '')}"
        for each in audits
        if each["score"] is not None and each["score"] < 1
    ]


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CHROME_PATH": str(find_chromium())}
    return subprocess.run(
        words, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
