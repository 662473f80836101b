"""``peelsite build``: the site as MkDocs builds it, with the ages of a day written into it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import click

from peelsite.cli.dates import as_day


@click.command()
@click.option(
    "--as-of",
    callback=as_day,
    help="Write into the pages how long ago things were on this day, 2026-11-23. Else browsers "
    "put in how long ago they are when a page is read.",
)
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Build into this folder, in place of site/.",
)
def build(as_of: date | None, site_dir: Path | None) -> None:
    """Build the site of the project in the current folder, and fail upon any warning.

    Exits as `mkdocs build --strict` does.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    if site_dir:
        command += ["--site-dir", str(site_dir)]
    variables = {"PEELSITE_AS_OF": as_of.isoformat()} if as_of else {}
    # The words are ours, but for the name of a folder, which no shell reads.
    done = subprocess.run(command, env={**os.environ, **variables}, check=False)  # noqa: S603
    sys.exit(done.returncode)
