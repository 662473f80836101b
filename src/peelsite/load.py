"""``content/`` on disk to records, named by their place."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Final

from peelsite.problems import Problem, one_of, quoted
from peelsite.schema import (
    VOCABULARIES,
    Body,
    GlossaryTerm,
    Inspection,
    Question,
    Record,
    Round,
    Scale,
    Theme,
    id_form,
    read_record,
)
from peelsite.yaml_source import LARGEST, Mapping, read

FOLDERS: Final[dict[str, type[Any]]] = {"bodies": Body, "inspections": Inspection}
"""The folders of YAML files, with the shape of a file; a file's name is the id of its record."""

YAML_ENDINGS: Final = (".yaml", ".YML", ".YAML")
"""Endings that are not ours, of files that may well be."""

PAGES: Final = "pages"
"""The folder of hand-written pages, which belongs to MkDocs and is not read here."""


@dataclass(frozen=True)
class ReadFile:
    """What one file gave: its record (None if there is none to be had) and its problems."""

    digest: bytes
    record: Any
    keys: tuple[str, ...] | None
    """The ids that its outermost names mean, None where the file cannot be read."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Content:
    """The records of a content folder by id, as far as they could be read.

    ``files`` holds every file and folder that was met or is missing, by its path as problems print
    it. An id is known from its file's name even where the file cannot be read.
    """

    bodies: dict[str, Body]
    inspections: dict[str, Inspection]
    rounds: dict[str, Round]
    questions: dict[str, Question]
    scales: dict[str, Scale]
    themes: dict[str, Theme]
    glossary: dict[str, GlossaryTerm]
    files: dict[str, ReadFile] = field(repr=False)
    folder: str
    """The name of the folder, with which the paths of its files begin."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files, each by itself."""
        return tuple(problem for file in self.files.values() for problem in file.problems)

    def ids(self, kind: str) -> Collection[str] | None:
        """Return the ids of one kind ("bodies", "themes") that are known, readable or not.

        None means that they cannot be told, because their file cannot be read at all.
        """
        paths = {path: PurePosixPath(path) for path in self.files}
        if kind in FOLDERS:
            inside = (pure for pure in paths.values() if pure.parent.name == kind)
            return {id_form(pure.stem) for pure in inside} or None
        return next(
            (
                self.files[path].keys
                for path, pure in paths.items()
                if pure.stem == kind and pure.parent.name not in FOLDERS
            ),
            None,
        )

    def is_whole(self, record: Record) -> bool:
        """Whether nothing of the file that ``record`` stands in was left out in reading."""
        return not self.files[record.path].problems


def load(folder: Path, before: Content | None = None) -> Content:
    """Read everything in ``folder``, the content folder.

    A file whose bytes are as they were in ``before`` is not read again. Raises OSError if the
    folder cannot be opened; what is wrong inside it is in the result.
    """
    name = folder.name or folder.resolve().name  # "." has none
    known = before.files if before else {}
    files: dict[str, ReadFile] = {}
    records: dict[str, dict[str, Any]] = {name: {} for name in (*FOLDERS, *VOCABULARIES)}
    for path in _paths(folder):
        inside = path.relative_to(folder)
        shown = _printable(f"{name}/{inside.as_posix()}")
        files[shown] = file = _file(path, inside, shown, known.get(shown))
        if file.record is None:
            continue
        if len(inside.parts) == 1:
            records[path.stem] = file.record
        else:
            records[path.parent.name][path.stem] = file.record
    for needed in (*VOCABULARIES, "bodies"):
        if not any(PurePosixPath(path).with_suffix("").parts[1] == needed for path in files):
            kind, ending = ("folder", "") if needed in FOLDERS else ("file", ".yml")
            shown = f"{name}/{needed}{ending}"
            message = f"This {kind} is needed and is not there."
            files[shown] = _unread(shown, "no-file", message, "Put it back, or begin a new one.")
    return Content(**records, files=files, folder=name)


def _paths(folder: Path) -> Iterator[Path]:
    """Give every file and strange folder of the content folder, in one order everywhere."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == PAGES:
            continue
        if path.name in FOLDERS and path.is_dir():
            yield from (each for each in sorted(path.iterdir()) if not each.name.startswith("."))
        else:
            yield path


def _printable(text: str) -> str:
    """Return ``text`` with "?" for what a file's name may hold and nothing can print."""
    return text.encode(errors="replace").decode()


def _file(path: Path, inside: PurePath, shown: str, before: ReadFile | None) -> ReadFile:
    """Read the file at ``path``; ``inside`` is its path within the content folder."""
    is_vocabulary = len(inside.parts) == 1
    shape = VOCABULARIES.get(path.stem) if is_vocabulary else FOLDERS[inside.parts[0]]
    if shape is None or path.suffix != ".yml" or path.is_dir():
        return _unread(shown, "stray-file", *_stray(path, inside))
    if not is_vocabulary and path.stem != id_form(path.stem):
        message = f"{quoted(path.stem)} is not in the form of an id, and the file's name is the id."
        return _unread(shown, "file-name", message, f"Name it {id_form(path.stem)}.yml.")
    try:
        raw = _bytes(path)
    except OSError:
        message, remedy = "This file cannot be opened.", "See that it is there and may be read."
        return _unread(shown, "unreadable", message, remedy)
    digest = hashlib.blake2b(raw, digest_size=16).digest()
    return before if before and before.digest == digest else _read(shown, raw, digest, shape)


def _bytes(path: Path) -> bytes:
    """Return what is in a file; of a file that is too large, enough to see that it is."""
    if not path.is_file():  # a link that leads nowhere, or something that never ends
        raise OSError
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _read(shown: str, raw: bytes, digest: bytes, shape: Any) -> ReadFile:
    root, problems = read(shown, raw)
    record, keys = None, None
    if root is not None:
        record, wrong = read_record(shape, root)
        problems += wrong
    if isinstance(root, Mapping):
        keys = tuple(id_form(key) for key in root.keys_at)
    return ReadFile(digest, record, keys, tuple(problems))


def _unread(shown: str, rule: str, message: str, remedy: str) -> ReadFile:
    problem = Problem(shown, 1, 1, rule, _printable(message), _printable(remedy))
    return ReadFile(b"", None, None, (problem,))


def _stray(path: Path, inside: PurePath) -> tuple[str, str]:
    """Say what is wrong with a file or folder that has no place here, and what to do."""
    if path.is_dir():
        message = f"{quoted(path.name)} is not a folder that is known here."
        if len(inside.parts) > 1:
            return message, f"Put its files into {inside.parts[0]}/ itself."
        return message, one_of((*FOLDERS, PAGES), path.name)
    message = f"{quoted(path.name)} is not a file that is known here."
    if path.suffix in YAML_ENDINGS:
        return message, f"Name it {path.stem}.yml."
    if len(inside.parts) == 1:
        return message, one_of((f"{name}.yml" for name in VOCABULARIES), path.name)
    return message, "Give it a name that ends in .yml, or move it out of this folder."
