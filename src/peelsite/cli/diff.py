"""``peelsite diff``: what is otherwise on the site than at an earlier state of its content."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from peelsite.catalogue import Catalogue, changes_between, join
from peelsite.checks import check as check_content
from peelsite.cli.changes import as_markdown, as_text, escaped, told
from peelsite.load import load
from peelsite.problems import Problem, count

FORMATS: Final = {"text": as_text, "markdown": as_markdown}


@click.command()
@click.argument("base")
@click.argument(
    "content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="content",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="Print for a terminal, or as Markdown for the summary of a pull request.",
)
def diff(base: str, content: Path, format_: str) -> None:
    """Tell in words what is otherwise in the folder CONTENT than in BASE.

    BASE is a folder as CONTENT is, or a commit, branch or tag of git in which CONTENT stands in the
    same place. Exits with 1 if CONTENT has problems.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot print a letter shows "?"
    say = escaped if format_ == "markdown" else str
    now = _catalogue(content)
    if not isinstance(now, Catalogue):
        click.echo(
            f"{say(content.as_posix())} has {_counted(now)}, so what would change cannot be told. "
            "`peelsite check` names them and must pass first."
        )
        sys.exit(1)
    with _earlier(base, content) as folder:
        was = _catalogue(folder)
        if not isinstance(was, Catalogue):
            click.echo(
                f"{say(base)} has {_counted(was)} by the rules of now, so what would change "
                f"cannot be told. {say(content.as_posix())} has none."
            )
            return
        sections = told(changes_between(was, now), _pages(folder, content))
    click.echo(FORMATS[format_](sections))


def _catalogue(folder: Path) -> Catalogue | tuple[Problem, ...]:
    """Return the catalogue of a content folder, or all that is wrong in it."""
    content = load(folder)
    return tuple(check_content(content)) or join(content)


def _counted(problems: tuple[Problem, ...]) -> str:
    files = len({problem.path for problem in problems})
    return f"{count(len(problems), 'problem')} in {count(files, 'file')}"


def _pages(was: Path, now: Path) -> Iterator[str]:
    """Give a line for each hand-written page that differs; what is in them is not compared."""
    old, new = _texts(was / "pages"), _texts(now / "pages")
    for name in sorted(old | new):
        if old.get(name) != new.get(name):
            verb = "Changed" if name in old and name in new else "Added"
            yield f"{verb if name in new else 'Removed'}: {name}."


def _texts(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@contextmanager
def _earlier(base: str, content: Path) -> Iterator[Path]:
    """Give the content folder that ``base`` means; one that git holds is laid out to be read."""
    if base and Path(base).is_dir():
        yield Path(base)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / content.resolve().name
        archive = io.BytesIO(_archived(base, content))
        with zipfile.ZipFile(archive) as files:
            files.extractall(folder)
        yield folder


def _archived(base: str, content: Path) -> bytes:
    """Return a zip file of what the content folder held at a commit."""
    inside = _git(content, "rev-parse", "--show-prefix").decode().strip()
    commit = _git(
        content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"
    )
    if not commit:
        raise click.UsageError(
            f"There is no folder {base!r}, and where {content} stands git has no commit, branch or "
            "tag of that name. If git holds only the newest commits there, fetch it first."
        )
    tree = f"{commit.decode().strip()}:{inside.rstrip('/')}"
    if not _git(content, "cat-file", "-t", tree):
        raise click.UsageError(f"{base} has no folder {inside}.")
    top = _git(content, "rev-parse", "--show-toplevel").decode().strip()
    return _git(Path(top), "archive", "--format=zip", tree)


def _git(folder: Path, *words: str) -> bytes:
    """Return what git prints in ``folder``; nothing if it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no word can pass for an option
            ["git", "-C", str(folder), *words],  # noqa: S607 - git is wherever it is installed
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise click.UsageError("To compare with a commit, git must be installed.") from None
    return done.stdout if done.returncode == 0 else b""
