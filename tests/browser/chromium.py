"""Find a Chromium for the browser tests, and install one where there is none.

`python -m tests.browser.chromium` prints the path of the browser that the tests will use.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.programs import install

VARIABLE = "PEELSITE_CHROMIUM"

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)

ASK_PLAYWRIGHT = """\
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

OPEN_BROWSER = """\
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch(executable_path=sys.argv[1]).close()
"""

# Playwright itself needs libatomic1, which a bare Debian lacks.
PACKAGES = ("chromium", "fonts-liberation", "libatomic1")

HELP = f"""\
The browser tests need Chromium, and none that works was found or could be installed.
Install Chromium, Google Chrome or Microsoft Edge so that it is on PATH,
or set {VARIABLE} to the path of one, and run this again.
"""


def find_chromium() -> Path | None:
    """Return the path of the browser to test with, or None; nothing is installed.

    The one that PEELSITE_CHROMIUM names comes first, then one on PATH, then the one that
    Playwright installed for itself.

    Raises FileNotFoundError if PEELSITE_CHROMIUM names something that cannot be run.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        executable = shutil.which(chosen)
        if executable is None:
            raise FileNotFoundError(f"{VARIABLE} is {chosen}, which is not a program that can run")
        return Path(executable)
    for name in NAMES:
        executable = shutil.which(name)
        if executable is not None:
            return Path(executable)
    return playwright_chromium()


def playwright_chromium() -> Path | None:
    """Return the path of the Chromium that Playwright installed for itself, or None.

    A process of its own asks, because Playwright cannot be started twice in one thread and on a
    bare system lacks libraries to start at all.
    """
    answer = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    path = Path(answer.stdout.strip())
    return path if path.is_file() else None


def trouble_with(executable: Path | None) -> str | None:
    """Return why Playwright cannot open this browser, or None if it can."""
    if executable is None:
        return "There is no browser.\n"
    attempt = subprocess.run(
        [sys.executable, "-c", OPEN_BROWSER, executable],
        capture_output=True,
        text=True,
        check=False,
    )
    return None if attempt.returncode == 0 else f"{executable} does not open:\n{attempt.stderr}"


def install_from_debian() -> None:
    """Install Debian's Chromium, if this is root on a system with apt-get; failure is no error."""
    install(PACKAGES)


def install_from_playwright() -> None:
    """Download Playwright's own Chromium; failure is no error."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Find a browser that opens, installing one if need be, and print its path.

    Returns the exit status: 0, or 1 after a message that says what to do.
    """
    try:
        executable = find_chromium()
        trouble = trouble_with(executable)
        for way in (install_from_debian, install_from_playwright):
            if trouble is not None:
                way()
                executable = find_chromium()
                trouble = trouble_with(executable)
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if trouble is not None:
        sys.stderr.write(f"{trouble}\n{HELP}")
        return 1
    sys.stdout.write(f"Browser for the tests: {executable}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
