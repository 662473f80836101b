"""``peelsite new``: a draft of an inspection, of a body or of a finding, for a person to finish."""

from __future__ import annotations

import datetime
import io
import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import click

from peelsite.cli.asking import Asking, Wrong, fit, known, several, slug, word
from peelsite.drafts import (
    CannotInsertError,
    ChangedError,
    NewBody,
    NewFinding,
    NewInspection,
    NewSource,
    body,
    create,
    ids_taken,
    insert,
    inspection,
    put_in_place,
    try_file,
)
from peelsite.load import Content, load
from peelsite.problems import Problem, count, report
from peelsite.schema import (
    TO_FILL_IN,
    Body,
    BodyKind,
    Finding,
    Inspection,
    Label,
    Source,
    SourceKind,
    When,
)

Command = TypeVar("Command", bound=Callable[..., Any])

LISTS: Final = {"praised": "praised", "concern": "concerns"}
"""What a finding can be, with the list that it stands in."""


def new_id(folder: Path, kind: str) -> Callable[[str], str]:
    """Return what takes an id that no file has yet."""

    def read(typed: str) -> str:
        fit(Finding, "id")(typed)
        path = folder / kind / f"{typed}.yml"
        if os.path.lexists(path):
            raise Wrong(f"{path} is there already, and is never written over. Choose another id.")
        return typed

    return read


@click.group()
def new() -> None:
    """Draft an inspection, a body or a finding.

    Asks for what it needs, unless flags say it, and marks with FILL-IN what is left to write.
    Nothing that exists is written over.
    """


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


_EVERYWHERE: Final = _options(
    click.option(
        "--content",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default="content",
        help="The content folder; content/ if nothing is said.",
    ),
    click.option(
        "--ask/--no-ask",
        default=None,
        help="Ask for what no flag says. If nothing is said: in a terminal only.",
    ),
)

_SOURCE: Final = _options(
    click.option("--source-url", help="The address of what you read."),
    click.option("--publisher", help="Who published it."),
    click.option("--source-kind", help="primary (HMICFRS itself), body, official or press."),
    click.option("--source-title", help="Its title."),
    click.option("--source-published", help="Its date, or not-known."),
    click.option("--read", help="The day on which you read it; today if nothing is said."),
)


@new.command("inspection")
@click.option("--title", help="The title of the report, exactly.")
@click.option("--short", help="A name for tables and links.")
@click.option("--round", "round_", help="The id of its round.")
@click.option("--published", help="Its date: 2022-12-07, 2022-12, 2022 or not-known.")
@click.option("--body", multiple=True, help="The id of a body that it speaks of; may be repeated.")
@_SOURCE
@click.option("--id", "id_", help="Its id, which names the file; made of date and name.")
@_EVERYWHERE
def new_inspection(content: Path, ask: bool | None, **flags: Any) -> None:
    """Draft the file of an inspection."""
    read = _start(content)
    asking = _asking("inspection", ask, flags)
    asking.need("title", "short", "round", "published", "body", "source-url")
    _sound(read, "rounds", "scales")
    title = asking.get("title", "Title of the report, exactly", fit(Inspection, "title"))
    short = asking.get("short", "Its name in tables and links", fit(Inspection, "short"))
    rounds = read.rounds
    round_ = asking.get(
        "round", "Its round", known("round", rounds, "it to rounds.yml"), choices=rounds
    )
    published = asking.get(
        "published",
        "When it was published (or not-known)",
        _in_round(fit(Inspection, "published"), rounds[round_].began, round_),
    )
    bodies = asking.get(
        "body",
        "Bodies that it speaks of (ids)",
        several(known("body", read.bodies, "the file bodies/{}.yml"), least=1),
        choices=read.bodies,
    )
    primary = SourceKind.PRIMARY
    source = _source(asking, read, primary, title, published, _publisher(read, primary))
    day = "undated" if published == "not-known" else published
    offered = slug(short) and f"{day}-{slug(short)}"
    id_ = asking.get(
        "id", "Its id, which names the file", new_id(content, "inspections"), offered=offered
    )
    draft = NewInspection(id_, title, short, round_, published, bodies, source)
    _write(asking, content, read, "inspections", id_, inspection(draft, read))


@new.command("body")
@click.option("--kind", help="force, unit or region.")
@click.option("--name", help="Its full name.")
@click.option("--short", help="The name used where space is short.")
@click.option("--region", help="The id of its region (not for a region).")
@click.option("--force", multiple=True, help="The id of a force that runs the unit; repeatable.")
@_SOURCE
@click.option("--id", "id_", help="Its id, which names the file; made of the short name.")
@_EVERYWHERE
def new_body(content: Path, ask: bool | None, **flags: Any) -> None:
    """Draft the file of a force, a unit or a region."""
    read = _start(content)
    asking = _asking("body", ask, flags)
    asking.need("kind", "name", "short", "source-url")
    kind = asking.get("kind", "Kind (force, unit or region)", word(BodyKind))
    name = asking.get("name", "Its full name", fit(Body, "short"))
    short = asking.get(
        "short", "The name used where space is short", fit(Body, "short"), offered=name
    )
    region = None
    if kind is not BodyKind.REGION:
        ids = _of_kind(read, BodyKind.REGION)
        asking.need("region")
        adding = "the file bodies/{}.yml"
        region = asking.get("region", "Its region", known("region", ids, adding), choices=ids)
    elif asking.given["region"] is not None:
        raise click.UsageError("--region: A region does not lie in another region.")
    forces: tuple[str, ...] = ()
    if kind is BodyKind.UNIT:
        ids = _of_kind(read, BodyKind.FORCE)
        asking.need("force")
        one = known("force", ids, "the file bodies/{}.yml")
        question = "Forces that run it together (ids)"
        forces = asking.get("force", question, several(one, least=1), choices=ids)
    elif asking.given["force"] is not None:
        raise click.UsageError(f"--force: Only a unit is run by forces, and this is a {kind}.")
    source = _source(asking, read, SourceKind.BODY, None, None, name)
    id_ = asking.get(
        "id", "Its id, which names the file", new_id(content, "bodies"), offered=slug(short)
    )
    draft = NewBody(id_, kind, name, short, region, forces, source)
    _write(asking, content, read, "bodies", id_, body(draft))


@new.command("finding")
@click.option("--inspection", "inspection_", help="The id of the inspection.")
@click.option("--body", help="The id of the body.")
@click.option("--kind", help="praised or concern.")
@click.option("--title", help="What it is about, soberly and in our words.")
@click.option("--theme", multiple=True, help="The id of a theme; may be repeated.")
@click.option("--label", help="The report's own category; not-stated if nothing is said.")
@click.option("--source", help="The source that it was read in: a key of the inspection's file.")
@click.option("--id", "id_", help="Its permanent name; made of the title.")
@click.option("--comments/--no-comments", default=True, help="Say above each field what it means.")
@_EVERYWHERE
def new_finding(content: Path, ask: bool | None, comments: bool, **flags: Any) -> None:
    """Add a finding to an inspection."""
    read = _start(content)
    asking = _asking("finding", ask, flags)
    asking.need("inspection", "body", "kind", "title")
    there = read.inspections
    inspection_ = asking.get("inspection", "Inspection", _inspection(content, there), choices=there)
    path = content / "inspections" / f"{inspection_}.yml"
    raw = path.read_bytes()
    record = there[inspection_]
    bodies = record.keys_written("bodies") or ()
    body_ = asking.get("body", "Body", known("body", bodies), choices=bodies)
    kind = asking.get("kind", "praised or concern", word(LISTS))
    title = asking.get("title", "What it is about, in our words", fit(Finding, "title"))
    themes = asking.get(
        "theme",
        "Themes (ids, or nothing)",
        several(known("theme", read.themes, "it to themes.yml")),
        offered="",
        choices=read.themes,
    )
    label = asking.get(
        "label",
        "The report's own category",
        word(Label),
        offered=Label.NOT_STATED.value,
        choices=[each.value for each in Label],
    )
    keys = record.keys_written("sources") or ()
    source = asking.get(
        "source",
        "The source you read it in",
        known("source", keys, "it to the sources of this file"),
        offered=next(iter(keys)) if len(keys) == 1 else None,
        choices=keys,
    )
    try:
        taken = ids_taken(raw, body_)
        id_ = asking.get("id", "Its permanent name", _free(taken), offered=_unlike(taken, title))
        draft = NewFinding(body_, LISTS[kind], id_, title, label, themes, source)
        inserted = insert(raw, draft, comments=comments)
        put_in_place(path, raw, inserted.raw)
    except CannotInsertError as error:
        told = f"{error} Nothing was changed in {path}."
        if error.lines:
            told += " Add these lines by hand:\n\n" + "\n".join(error.lines)
        raise click.ClickException(told) from None
    except ChangedError:
        message = f"{path} was changed by somebody else meanwhile. Nothing was written: try again."
        raise click.ClickException(message) from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    click.echo(f"\nAdded to {path}:\n")
    for number, line in enumerate(inserted.lines, inserted.number):
        click.echo(f"  {number} | {line}")
    _next(content, inserted.to_fill_in)


def _start(content: Path) -> Content:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot print a letter shows "?"
    return load(content)


def _asking(command: str, ask: bool | None, flags: dict[str, Any]) -> Asking:
    given = {
        name.rstrip("_").replace("_", "-"): (" ".join(each) or None)
        if isinstance(each, tuple)
        else each
        for name, each in flags.items()
    }
    return Asking(command, sys.stdin.isatty() if ask is None else ask, given)


def _sound(content: Content, *names: str) -> None:
    """Refuse to go on if a file on which the draft rests cannot be read whole."""
    files = {f"{content.folder}/{name}.yml" for name in names}
    wrong = [problem for problem in content.problems if problem.path in files]
    if wrong:
        raise click.ClickException(f"Put this right first.\n\n{report(wrong)}")


def _of_kind(content: Content, kind: BodyKind) -> list[str]:
    return [id_ for id_, each in content.bodies.items() if each.kind is kind]


def _in_round(read: Callable[[str], str], began: When | None, round_: str) -> Callable[[str], str]:
    """Return what takes a date that is not before its round began."""

    def since(typed: str) -> str:
        date = read(typed)
        if began and date != "not-known" and When(date).is_before(began):
            raise Wrong(f'This is before the round "{round_}" began: rounds.yml has {began.iso}.')
        return date

    return since


def _source(
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


def _publisher(content: Content, kind: SourceKind) -> str | None:
    """Return the publisher that most sources of one kind have."""
    publishers = Counter(each.publisher for each in _sources(content) if each.kind is kind)
    return publishers.most_common(1)[0][0] if publishers else None


def _sources(content: Content) -> Iterator[Source]:
    for files in (content.inspections, content.bodies):
        for file in files.values():
            yield from file.sources.values()


def _inspection(folder: Path, there: Collection[str]) -> Callable[[str], str]:
    """Return what takes the id of an inspection that could be read."""

    def read(typed: str) -> str:
        path = folder / "inspections" / f"{typed}.yml"
        if typed not in there and path.is_file():
            raise Wrong(f"{path} cannot be read. Put right first what `peelsite check` says of it.")
        return known("inspection", there)(typed)

    return read


def _free(taken: Collection[str]) -> Callable[[str], str]:
    """Return what takes an id that no finding or claim has yet."""

    def read(typed: str) -> str:
        fit(Finding, "id")(typed)
        if typed in taken:
            raise Wrong(f'"{typed}" is the id of another finding or claim here. Choose another.')
        return typed

    return read


def _unlike(taken: Collection[str], title: str) -> str | None:
    """Return an id made of ``title`` that is not taken."""
    made, number = slug(title), 2
    offered = made
    while offered in taken:
        offered, number = f"{made}-{number}", number + 1
    return offered


def _write(asking: Asking, content: Path, read: Content, folder: str, id_: str, text: str) -> None:
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
    _next(content, trial.to_fill_in)


def _refuse(asking: Asking, wrong: Collection[Problem]) -> NoReturn:
    raise click.ClickException(
        f"Nothing was written, for this would be wrong in it:\n\n{report(wrong)}\n\n"
        f"To change an answer and keep the others:\n  {asking.again()}"
    )


def _next(content: Path, to_fill_in: int) -> None:
    where = "" if content == Path("content") else f" {shlex.quote(str(content))}"
    parts = count(to_fill_in, "part")
    click.echo(
        f"\n{parts} {'is' if to_fill_in == 1 else 'are'} to be filled in, marked {TO_FILL_IN}."
        " Next:\n"
        "  open the file and fill in what is marked, fairly: see content/pages/contribute.md\n"
        f"  peelsite check{where}    says what is left, line by line\n"
        "  make serve    shows the site, and reloads it as you save"
    )
