"""``peelsite check``: what is wrong in the content, and what it holds."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from peelsite.catalogue import join, summary_of
from peelsite.checks import check as check_content
from peelsite.cli.summary import told
from peelsite.load import load
from peelsite.problems import count, report


@click.command()
@click.argument(
    "content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="content",
)
@click.option("--summary", is_flag=True, help="Then count what there is, and name what is missing.")
def check(content: Path, summary: bool) -> None:
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
    if summary:
        click.echo("\n" + "\n".join(told(summary_of(join(read)))))
