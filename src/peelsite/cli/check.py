"""``peelsite check``: what is wrong in the content, and what it holds."""

# What not every check needs is imported where it is needed, for that takes as long as checking.

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Final

import click

from peelsite.checks import check as check_content
from peelsite.checks import warn
from peelsite.cli.formats import Found, as_github, as_json, as_text, colours_wanted, from_here
from peelsite.cli.progress import with_progress
from peelsite.load import Content, load, nothing_collected
from peelsite.problems import count

FORMATS: Final = ("text", "json", "github")


@click.command()
@click.argument(
    "content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="content",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="Print text for people, JSON for programs, or annotations for a pull request on GitHub.",
)
@click.option("--strict", is_flag=True, help="Fail upon warnings too.")
@click.option("--fix", is_flag=True, help="First mend what can be mended without a doubt.")
@click.option("--summary", is_flag=True, help="Then count what there is, and name what is missing.")
@nothing_collected(for_good=True)
def check(content: Path, form: str, strict: bool, fix: bool, summary: bool) -> None:
    """Check every YAML file in the folder CONTENT and print each problem with its place.

    Exits with 1 if there is any problem. A warning is no problem, unless with --strict.
    """
    if summary and form != "text":
        raise click.UsageError("--summary is for --format text only.")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot print a letter shows "?"
    read = load(content, watch=with_progress)
    if fix:
        read = _fixed(content, read, quietly=form != "text")
    problems = (*check_content(read), *warn(read))
    found = Found(problems, len(read.files))
    _print(found, form, content)
    if found.errors or (strict and found.warnings):
        sys.exit(1)
    if summary:
        from peelsite.catalogue import join, summary_of
        from peelsite.cli.summary import told

        click.echo("\n" + "\n".join(told(summary_of(join(read)))))


def _fixed(folder: Path, read: Content, *, quietly: bool) -> Content:
    """Mend what can be mended and show the change; ``quietly``, where it is in nobody's way."""
    from peelsite.cli import fix as fixing

    changed = fixing.mended(folder, read)
    if not changed:
        return read
    try:
        difference = fixing.write(folder, changed)
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be written.") from None
    click.echo(f"{difference}\n\n{count(len(changed), 'file')} mended.\n", err=quietly)
    return load(folder, read)


def _print(found: Found, form: str, content: Path) -> None:
    if form == "text":
        in_colour = colours_wanted()
        click.echo(as_text(found, in_colour=in_colour), color=in_colour)
        return
    found = Found(from_here(found.problems, content), found.files)
    if form == "json":
        click.echo(as_json(found))
    else:
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        click.echo(as_github(found, Path(summary) if summary else None))
