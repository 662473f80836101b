"""Find the programs that the tests need, and install those that are missing.

`python -m tests.programs` prints the path of each. It needs nothing but Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from typing import Final

PROGRAMS: Final = {
    "curl": "curl",
    "jq": "jq",
    "sqlite3": "sqlite3",
    "Rscript": "r-base-core",
    "soffice": "libreoffice-calc-nogui",
    "java": "default-jre-headless",
    "npm": "npm",
}
"""Each program, and the Debian package that has it."""

HELP: Final = """\
The examples of the site are run with curl, jq, sqlite3, R and LibreOffice, and what checks its
pages needs Java and npm. Missing: {missing}.
Install them so that they are on PATH, and run this again. On Debian and Ubuntu:
sudo {python} -m tests.programs
"""


def missing() -> list[str]:
    """Return the programs that are not on PATH."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


def install(packages: Iterable[str]) -> None:
    """Install Debian packages, if this is root on a system with apt-get; failure is no error."""
    apt_get = shutil.which("apt-get")
    if apt_get is None or os.geteuid() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run([apt_get, "-qq", *arguments], env=environment, check=False)


def main() -> int:
    """Find every program, installing what is missing, and print their paths.

    Returns the exit status: 0, or 1 after a message that says what to do.
    """
    if wanted := missing():
        install(PROGRAMS[program] for program in wanted)
    if wanted := missing():
        sys.stderr.write(HELP.format(missing=", ".join(wanted), python=sys.executable))
        return 1
    for program in PROGRAMS:
        sys.stdout.write(f"For the tests: {shutil.which(program)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
