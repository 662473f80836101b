"""The ``peelsite`` command: words in, words out."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from peelsite import __version__
from peelsite.checks import check as check_content
from peelsite.load import load
from peelsite.problems import count, report


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Check the content of a peelsite site."""


@main.command()
@click.argument(
    "content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="content",
)
def check(content: Path) -> None:
    """Check every YAML file in the folder CONTENT and print each problem with its place.

    Exits with 1 if there is any problem.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot print a letter shows "?"
    read = load(content)
    problems = check_content(read)
    if problems:
        click.echo(report(problems))
        sys.exit(1)
    click.echo(f"{count(len(read.files), 'file')} checked, no problem.")
