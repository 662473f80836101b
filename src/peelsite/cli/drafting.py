"""What the commands of ``peelsite new`` share: readers of answers, sources, writing, refusing."""

from __future__ import annotations

import datetime
import io
import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from peelsite.cli.asking import Asking, Wrong, fit, known, slug, word
from peelsite.drafts import NewSource, create, try_file
from peelsite.load import Content, load
from peelsite.problems import Problem, count, report
from peelsite.schema import TO_FILL_IN, Finding, Source, SourceKind, When


def start(content: Path) -> Content:
    """Return what the folder holds, ready to print on any terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot print a letter shows "?"
    return load(content)


def asking_for(command: str, ask: bool | None, flags: dict[str, Any]) -> Asking:
    """Return what gets the answers, from ``flags`` or, in a terminal or if told to, by asking."""
    given = {
        name.rstrip("_").replace("_", "-"): (" ".join(each) or None)
        if isinstance(each, tuple)
        else each
        for name, each in flags.items()
    }
    return Asking(command, sys.stdin.isatty() if ask is None else ask, given)


def must_be_sound(content: Content, *names: str) -> None:
    """Refuse to go on if a file on which the draft rests cannot be read whole."""
    files = {f"{content.folder}/{name}.yml" for name in names}
    wrong = [problem for problem in content.problems if problem.path in files]
    if wrong:
        raise click.ClickException(f"Put this right first.\n\n{report(wrong)}")


def new_id(folder: Path, kind: str) -> Callable[[str], str]:
    """Return what takes an id that no file has yet."""

    def read(typed: str) -> str:
        fit(Finding, "id")(typed)
        path = folder / kind / f"{typed}.yml"
        if os.path.lexists(path):
            raise Wrong(f"{path} is there already, and is never written over. Choose another id.")
        return typed

    return read


def in_round(read: Callable[[str], str], began: When | None, round_: str) -> Callable[[str], str]:
    """Return what takes a date that is not before its round began."""

    def since(typed: str) -> str:
        date = read(typed)
        if began and date != "not-known" and When(date).is_before(began):
            raise Wrong(f'This is before the round "{round_}" began: rounds.yml has {began.iso}.')
        return date

    return since


def readable_inspection(folder: Path, there: Collection[str]) -> Callable[[str], str]:
    """Return what takes the id of an inspection that could be read."""

    def read(typed: str) -> str:
        path = folder / "inspections" / f"{typed}.yml"
        if typed not in there and path.is_file():
            raise Wrong(f"{path} cannot be read. Put right first what `peelsite check` says of it.")
        return known("inspection", there)(typed)

    return read


def free(taken: Collection[str]) -> Callable[[str], str]:
    """Return what takes an id that no finding or claim has yet."""

    def read(typed: str) -> str:
        fit(Finding, "id")(typed)
        if typed in taken:
            raise Wrong(f'"{typed}" is the id of another finding or claim here. Choose another.')
        return typed

    return read


def unlike(taken: Collection[str], title: str) -> str | None:
    """Return an id made of ``title`` that is not taken."""
    made, number = slug(title), 2
    offered = made
    while offered in taken:
        offered, number = f"{made}-{number}", number + 1
    return offered


def ask_source(
    asking: Asking,
    content: Content,
    kind: SourceKind,
    title: str | None,
    published: str | None,
    publisher: str | None,
) -> NewSource:
    """Ask about the source that a file begins with.

    What the content says of the same address already is offered, and else what is most likely.
    """
    url = asking.get("source-url", "Address of what you read", fit(Source, "url"))
    sources = [source for source in _sources(content) if source.url == url]
    there = sources[0] if sources else None
    if there:
        click.echo(f"  {there.path} cites it too: what it says of it is offered.")
    offered = there.kind if there else kind
    told = asking.get(
        "source-kind",
        "Who published it",
        word(SourceKind),
        offered=offered.value,
        choices=[each.value for each in SourceKind],
    )
    likely = dict.fromkeys(("publisher", "source-title", "source-published"))
    if there:
        date = there.published.iso if there.published else "not-known"
        likely = {
            "publisher": there.publisher,
            "source-title": there.title,
            "source-published": date,
        }
    elif told is kind:
        likely = {"publisher": publisher, "source-title": title, "source-published": published}
    asking.need(*(name for name, value in likely.items() if value is None))
    publisher = asking.get(
        "publisher", "Publisher", fit(Source, "publisher"), offered=likely["publisher"]
    )
    title = asking.get(
        "source-title", "Its title, exactly", fit(Source, "title"), offered=likely["source-title"]
    )
    published = asking.get(
        "source-published",
        "When it was published (or not-known)",
        fit(Source, "published"),
        offered=likely["source-published"],
    )
    today = datetime.date.today().isoformat()
    read = asking.get("read", "When you read it", fit(Source, "read"), offered=today)
    key = {"primary": "report", "body": "site"}.get(told) or slug(publisher) or told.value
    author = there.author if there else None
    return NewSource(key, told, publisher, author, title, url, published, read)


def usual_publisher(content: Content, kind: SourceKind) -> str | None:
    """Return the publisher that most sources of one kind have."""
    publishers = Counter(each.publisher for each in _sources(content) if each.kind is kind)
    return publishers.most_common(1)[0][0] if publishers else None


def _sources(content: Content) -> Iterator[Source]:
    for files in (content.inspections, content.bodies):
        for file in files.values():
            yield from file.sources.values()


def write(asking: Asking, content: Path, read: Content, folder: str, id_: str, text: str) -> None:
    """Write a new file that has nothing wrong in it, and say what to do next."""
    trial = try_file(read, folder, id_, text)
    if trial.wrong:
        _refuse(asking, trial.wrong)
    path = content / folder / f"{id_}.yml"
    try:
        create(path, text)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already. Nothing was written.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    click.echo(f"\nWrote {path}.")
    tell_next(content, trial.to_fill_in)


def _refuse(asking: Asking, wrong: Collection[Problem]) -> NoReturn:
    raise click.ClickException(
        f"Nothing was written, for this would be wrong in it:\n\n{report(wrong)}\n\n"
        f"To change an answer and keep the others:\n  {asking.again()}"
    )


def tell_next(content: Path, to_fill_in: int) -> None:
    """Say how much is left to fill in, and what to do next."""
    where = "" if content == Path("content") else f" {shlex.quote(str(content))}"
    parts = count(to_fill_in, "part")
    click.echo(
        f"\n{parts} {'is' if to_fill_in == 1 else 'are'} to be filled in, marked {TO_FILL_IN}."
        " Next:\n"
        "  open the file and fill in what is marked, fairly: see content/pages/contribute.md\n"
        f"  peelsite check{where}    says what is left, line by line\n"
        "  make serve    shows the site, and reloads it as you save"
    )
