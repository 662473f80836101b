"""``content/`` on disk to records, named by their place."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from peelsite.problems import Problem, one_of
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
    read_record,
)
from peelsite.yaml_source import Mapping, read

FOLDERS: Final[dict[str, type[Any]]] = {"bodies": Body, "inspections": Inspection}
"""The folders of YAML files, with the shape of a file; a file's name is the id of its record."""

PAGES: Final = "pages"
"""The folder of hand-written pages, which belongs to MkDocs and is not read here."""


@dataclass(frozen=True)
class ReadFile:
    """What one file gave: its record (None if there is none to be had) and its problems."""

    digest: bytes
    record: Any
    keys: tuple[str, ...] | None
    """The outermost names as written, None where the file is no YAML."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Content:
    """The records of a content folder by id, as far as they could be read.

    ``files`` holds every file that was read, by its path as problems print it; ``problems`` what
    was wrong in them. An id is known from its file's name even where the file cannot be read.
    """

    bodies: dict[str, Body]
    inspections: dict[str, Inspection]
    rounds: dict[str, Round]
    questions: dict[str, Question]
    scales: dict[str, Scale]
    themes: dict[str, Theme]
    glossary: dict[str, GlossaryTerm]
    files: dict[str, ReadFile] = field(repr=False)
    problems: tuple[Problem, ...] = ()

    def ids(self, kind: str) -> Collection[str] | None:
        """Return the ids of one kind ("bodies", "themes") that are known, readable or not.

        None means that they cannot be told, because their file cannot be read at all.
        """
        if kind in FOLDERS:
            return [stem for folder, stem in map(_folder_and_stem, self.files) if folder == kind]
        return next(
            (file.keys for path, file in self.files.items() if _folder_and_stem(path)[1] == kind),
            None,
        )

    def is_whole(self, record: Record) -> bool:
        """Whether nothing of the file that ``record`` stands in was left out in reading."""
        return not self.files[record.path].problems


def load(folder: Path, before: Content | None = None) -> Content:
    """Read everything in ``folder``, the content folder.

    A file whose bytes are as they were in ``before`` is not read again. Raises OSError if the
    folder or a file in it cannot be opened; what is wrong inside files is in the result.
    """
    known = before.files if before else {}
    files: dict[str, ReadFile] = {}
    records: dict[str, dict[str, Any]] = {name: {} for name in (*FOLDERS, *VOCABULARIES)}
    problems: list[Problem] = []
    for path in _files(folder):
        shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        shape = _shape(path, folder)
        if shape is None:
            problems.append(_stray(path, shown, folder))
            continue
        raw = path.read_bytes()
        digest = hashlib.blake2b(raw, digest_size=16).digest()
        read_file = known.get(shown)
        if read_file is None or read_file.digest != digest:
            read_file = _read(shown, raw, digest, shape)
        files[shown] = read_file
        problems += read_file.problems
        if read_file.record is None:
            continue
        if path.parent == folder:
            records[path.stem] = read_file.record
        else:
            records[path.parent.name][path.stem] = read_file.record
    problems += [
        _absent(name, folder) for name in VOCABULARIES if f"{folder.name}/{name}.yml" not in files
    ]
    return Content(**records, files=files, problems=tuple(problems))


def _files(folder: Path) -> Iterator[Path]:
    """Give every file of the content folder that is ours to read, in one order everywhere."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in inside)
        if path.is_file() and not hidden and inside[0] != PAGES:
            yield path


def _shape(path: Path, folder: Path) -> Any:
    if path.suffix != ".yml":
        return None
    if path.parent == folder and path.stem in VOCABULARIES:
        return VOCABULARIES[path.stem]
    if path.parent.parent == folder:
        return FOLDERS.get(path.parent.name)
    return None


def _folder_and_stem(path: str) -> tuple[str, str]:
    pure = PurePosixPath(path)
    return pure.parent.name, pure.stem


def _read(shown: str, raw: bytes, digest: bytes, shape: Any) -> ReadFile:
    root, problems = read(shown, raw)
    record = None
    if root is not None:
        record, wrong = read_record(shape, root)
        problems += wrong
    keys = tuple(root) if isinstance(root, Mapping) else None
    return ReadFile(digest, record, keys, tuple(problems))


def _stray(path: Path, shown: str, folder: Path) -> Problem:
    message = f'"{path.name}" is not a file that is known here.'
    if path.suffix in (".yaml", ".YML", ".YAML"):
        remedy = f"Name it {path.stem}.yml"
    elif path.parent == folder:
        remedy = one_of((f"{name}.yml" for name in VOCABULARIES), path.name)
    else:
        remedy = (
            "Put YAML files ending in .yml into bodies/ or inspections/; move anything else out."
        )
    return Problem(shown, 1, 1, "stray-file", message, remedy)


def _absent(name: str, folder: Path) -> Problem:
    shown = f"{folder.name}/{name}.yml"
    return Problem(shown, 1, 1, "no-file", "This file is needed and is not there.", "Add it.")
