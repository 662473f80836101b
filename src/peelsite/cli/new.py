"""``peelsite new``: a draft of an inspection, of a body or of a finding, for a person to finish."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from peelsite.cli.asking import fit, known, several, slug, word
from peelsite.cli.drafting import (
    ask_source,
    asking_for,
    free,
    in_round,
    must_be_sound,
    new_id,
    readable_inspection,
    start,
    tell_next,
    unlike,
    usual_publisher,
    write,
)
from peelsite.drafts import (
    CannotInsertError,
    ChangedError,
    NewBody,
    NewFinding,
    NewInspection,
    body,
    ids_taken,
    insert,
    inspection,
    put_in_place,
)
from peelsite.load import Content
from peelsite.schema import Body, BodyKind, Finding, Inspection, Label, SourceKind

Command = TypeVar("Command", bound=Callable[..., Any])

LISTS: Final = {"praised": "praised", "concern": "concerns"}
"""What a finding can be, with the list that it stands in."""


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
    read = start(content)
    asking = asking_for("inspection", ask, flags)
    asking.need("title", "short", "round", "published", "body", "source-url")
    must_be_sound(read, "rounds", "scales")
    title = asking.get("title", "Title of the report, exactly", fit(Inspection, "title"))
    short = asking.get("short", "Its name in tables and links", fit(Inspection, "short"))
    rounds = read.rounds
    round_ = asking.get(
        "round", "Its round", known("round", rounds, "it to rounds.yml"), choices=rounds
    )
    published = asking.get(
        "published",
        "When it was published (or not-known)",
        in_round(fit(Inspection, "published"), rounds[round_].began, round_),
    )
    bodies = asking.get(
        "body",
        "Bodies that it speaks of (ids)",
        several(known("body", read.bodies, "the file bodies/{}.yml"), least=1),
        choices=read.bodies,
    )
    primary = SourceKind.PRIMARY
    source = ask_source(asking, read, primary, title, published, usual_publisher(read, primary))
    day = "undated" if published == "not-known" else published
    offered = slug(short) and f"{day}-{slug(short)}"
    id_ = asking.get(
        "id", "Its id, which names the file", new_id(content, "inspections"), offered=offered
    )
    draft = NewInspection(id_, title, short, round_, published, bodies, source)
    write(asking, content, read, "inspections", id_, inspection(draft, read))


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
    read = start(content)
    asking = asking_for("body", ask, flags)
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
    source = ask_source(asking, read, SourceKind.BODY, None, None, name)
    id_ = asking.get(
        "id", "Its id, which names the file", new_id(content, "bodies"), offered=slug(short)
    )
    draft = NewBody(id_, kind, name, short, region, forces, source)
    write(asking, content, read, "bodies", id_, body(draft))


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
    read = start(content)
    asking = asking_for("finding", ask, flags)
    asking.need("inspection", "body", "kind", "title")
    there = read.inspections
    inspection_ = asking.get(
        "inspection", "Inspection", readable_inspection(content, there), choices=there
    )
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
        id_ = asking.get("id", "Its permanent name", free(taken), offered=unlike(taken, title))
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
    tell_next(content, inserted.to_fill_in)


def _of_kind(content: Content, kind: BodyKind) -> list[str]:
    return [id_ for id_, each in content.bodies.items() if each.kind is kind]
