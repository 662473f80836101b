"""``peelsite schema``: what editors need to help whoever writes content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from peelsite.load import Content, load
from peelsite.load.naming import SCHEMA
from peelsite.problems import count
from peelsite.schema import BodyKind
from peelsite.schema.json_schema import IDS, as_text, ids_schema, json_schemas, modeline


@click.command()
@click.argument(
    "content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="content",
)
def schema(content: Path) -> None:
    """Write the JSON Schemas of the folder CONTENT, with the ids that there are now.

    A YAML file that does not name its schema yet gets the line that does.
    """
    read = load(content)
    texts = {f"{name}.json": as_text(each) for name, each in json_schemas().items()}
    texts[IDS] = as_text(ids_schema(ids_of(read)))
    folder = content / SCHEMA
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    whole = (path for path, file in read.files.items() if file.record and not file.problems)
    added = sum(_with_modeline(content, path.split("/", 1)[1]) for path in whole)
    click.echo(f"{count(len(texts), 'schema')} written, {count(added, 'file')} told of theirs.")


def ids_of(content: Content) -> dict[str, Mapping[str, str]]:
    """Return the ids of everything that other files can name, each with its label."""
    bodies = content.bodies
    named = {
        kind: {id_: body.short for id_, body in bodies.items() if body.kind is kind}
        for kind in BodyKind
    }
    grades = (grade for scale in content.scales.values() for grade in scale.grades)
    return {
        "bodies": {id_: body.short for id_, body in bodies.items()},
        "forces": named[BodyKind.FORCE],
        "regions": named[BodyKind.REGION],
        "grades": {grade.id: grade.label for grade in grades},
        "inspections": {id_: each.short for id_, each in content.inspections.items()},
        "questions": {id_: each.label for id_, each in content.questions.items()},
        "rounds": {id_: each.label for id_, each in content.rounds.items()},
        "scales": {id_: each.label for id_, each in content.scales.items()},
        "themes": {id_: each.label for id_, each in content.themes.items()},
    }


def _with_modeline(content: Path, inside: str) -> bool:
    """Put the line that names its schema on top of a file; say whether it had none."""
    file = content / inside
    text = file.read_bytes()
    if b"yaml-language-server:" in text.partition(b"\n")[0]:
        return False
    file.write_bytes(f"{modeline(inside)}\n".encode() + text)
    return True
