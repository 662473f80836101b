"""Every file of the content folder, read or told."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, TypeAlias, TypeVar

from peelsite import yaml_source
from peelsite.load.collecting import nothing_collected
from peelsite.load.naming import (
    FOLDERS,
    PAGES,
    SCHEMA,
    Misnamed,
    id_meant,
    is_yaml,
    leftover_of,
    misnamed,
    misplaced,
)
from peelsite.load.prose import problems_in_prose
from peelsite.problems import Problem
from peelsite.schema import (
    VOCABULARIES,
    Body,
    Citing,
    Correction,
    GlossaryTerm,
    Inspection,
    Question,
    Record,
    Round,
    Scale,
    Theme,
    Written,
    id_form,
    read_record,
    read_soundly,
)
from peelsite.yaml_source import LARGEST


@dataclass(frozen=True)
class ReadFile:
    """What one file gave: its record (None if there is none to be had) and its problems."""

    digest: bytes
    record: Any
    keys: tuple[str, ...] | None
    """The ids that its outermost names mean, None where the file cannot be read."""
    problems: tuple[Problem, ...]
    place: str = ""
    """What it may have been meant for, "bodies" or "themes", if it stands elsewhere."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Be kept without what can be found again; what had problems is to be read again."""
        digest = b"" if self.problems else self.digest
        return ReadFile, (digest, self.record, self.keys, self.problems, self.place)

    def written(self, path: str, raw: bytes) -> ReadFile:
        """Return this file, which ``path`` and ``raw`` are of; once kept, it no more knew them."""
        if self.record and not self.records:
            Written(self.record, path, raw=raw)
        return self

    @property
    def records(self) -> Mapping[type[Record], list[Record]]:
        """Every record of the file, within others or not, by its type."""
        record = self.record
        outermost = next(iter(record.values()), None) if isinstance(record, dict) else record
        return {} if outermost is None else outermost.beside

    def within(self, kind: type[Kind]) -> list[Kind]:
        """Return every record of ``kind`` in this file, having looked for them once."""
        if kind not in self._within:
            found = [each for type_, each in self.records.items() if issubclass(type_, kind)]
            self._within[kind] = found[0] if len(found) == 1 else list(chain.from_iterable(found))
        return self._within[kind]

    @cached_property
    def _within(self) -> dict[type[Record], list[Any]]:
        return {}

    @cached_property
    def cited(self) -> frozenset[str]:
        """Every key of a source that something in this file cites."""
        return frozenset(chain.from_iterable(each.cited for each in self.within(Citing)))

    @property
    def is_leftover(self) -> bool:
        """Whether it is none of the content, and only left beside it."""
        return any(problem.is_warning for problem in self.problems)


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
    corrections: dict[str, Correction]
    files: dict[str, ReadFile] = field(repr=False)
    folder: str
    """The name of the folder, with which the paths of its files begin."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files, each by itself."""
        return tuple(problem for file in self.files.values() for problem in file.problems)

    def changed_since(self, before: Content) -> frozenset[str]:
        """Return the paths of the files that are here, and not as they were in ``before``."""
        digests = {path: file.digest for path, file in before.files.items()}
        return frozenset(
            path for path, file in self.files.items() if digests.get(path) != file.digest
        )

    def ids(self, kind: str) -> Collection[str] | None:
        """Return the ids of one kind ("bodies", "themes") that are known, readable or not.

        None means that they cannot be told, because their file or folder cannot be read at all.
        """
        if kind not in self._ids:
            self._ids[kind] = self._ids_told(kind)
        return self._ids[kind]

    @cached_property
    def _ids(self) -> dict[str, Collection[str] | None]:
        return {}

    def _ids_told(self, kind: str) -> Collection[str] | None:
        meant = {path: file for path, file in self.files.items() if file.place == kind}
        if kind not in FOLDERS:
            file = self.files.get(f"{self.folder}/{kind}.yml") or next(iter(meant.values()), None)
            return file.keys if file else None
        is_in_folder = {path: path.startswith(f"{self.folder}/{kind}/") for path in self.files}
        if any(file.keys is None and not is_in_folder[path] for path, file in meant.items()):
            return None  # a folder whose name is misspelt
        inside = {
            path for path, file in self.files.items() if is_in_folder[path] and not file.is_leftover
        }
        return {id_meant(path.rpartition("/")[2]) for path in (*inside, *meant)} or None

    def is_whole(self, record: Record) -> bool:
        """Whether nothing of the file that ``record`` stands in was left out in reading."""
        return not self.files[record.path].problems


Kind = TypeVar("Kind", bound=Record)

Watch: TypeAlias = Callable[[list[Path]], Iterable[Path]]
"""Gives the paths on, one after the other, and may look at how far they have come."""


def load(
    folder: Path,
    before: Content | None = None,
    *,
    instead: Mapping[str, bytes] | None = None,
    watch: Watch = iter,
) -> Content:
    """Read everything in ``folder``, the content folder.

    A file whose bytes are as they were in ``before`` is not read again; ``instead`` has bytes to
    take for those of a file, by its path as problems print it. Raises OSError if the folder cannot
    be opened; what is wrong inside it is in the result.
    """
    with nothing_collected():
        return _loaded(folder, _Reader(before.files if before else {}, instead or {}), watch)


def _loaded(folder: Path, reader: _Reader, watch: Watch) -> Content:
    name = folder.name if folder.name not in ("", "..") else folder.resolve().name
    files: dict[str, ReadFile] = {}
    records: dict[str, dict[str, Any]] = {name: {} for name in (*FOLDERS, *VOCABULARIES)}
    paths = list(_paths(folder))
    beside: dict[Path, set[str]] = defaultdict(set)
    for path in paths:
        beside[path.parent].add(path.name)
    for path in watch(paths):
        inside = path.relative_to(folder)
        shown = _printable(f"{name}/{inside.as_posix()}")
        files[shown] = file = reader.file(path, inside, shown, beside[path.parent])
        if file.record is None:
            continue
        if len(inside.parts) == 1:
            records[path.stem] = file.record
        else:
            records[path.parent.name][path.stem] = file.record
    files |= _missing(name, files)
    return Content(**records, files=files, folder=name)


def _paths(folder: Path) -> Iterator[Path]:
    """Give every file and strange folder of the content folder, in one order everywhere."""
    for path in filter(_is_seen, sorted(folder.iterdir())):
        if path.is_symlink() or not path.is_dir() or path.name not in (*FOLDERS, PAGES, SCHEMA):
            yield path
        elif path.name == SCHEMA:
            yield from sorted(each for each in path.rglob("*") if is_yaml(each) and _is_seen(each))
        elif path.name == PAGES:
            yield from sorted(each for each in path.rglob("*") if _is_among_pages(each, path))
        else:
            yield from filter(_is_seen, sorted(path.iterdir()))


def _is_among_pages(path: Path, pages: Path) -> bool:
    """Whether MkDocs would put a file into the site, or look for files behind a link."""
    is_file = path.is_symlink() or not path.is_dir()
    return is_file and all(map(_is_seen, (path, *path.relative_to(pages).parents)))


def _is_seen(path: PurePath) -> bool:
    """Whether a file is shown by default, or was left behind by an editor."""
    return not path.name.startswith(".") or bool(leftover_of(path.name))


def _missing(name: str, files: Mapping[str, ReadFile]) -> dict[str, ReadFile]:
    """Return what is needed in the folder ``name`` and neither there nor under another name."""
    missing = {}
    there = {
        part
        for path, file in files.items()
        for part in (PurePosixPath(path).parts[1].partition(".")[0], file.place)
        if not file.is_leftover
    }
    for needed in (*VOCABULARIES, "bodies"):
        if needed not in there and needed != "corrections":  # perhaps there was nothing to correct
            kind, ending = ("folder", "") if needed in FOLDERS else ("file", ".yml")
            message = f"This {kind} is needed and is not there."
            wrong = Misnamed("no-file", message, "Put it back, or begin a new one.")
            shown = f"{name}/{needed}{ending}"
            missing[shown] = _unread(shown, wrong)
    return missing


def _printable(text: str) -> str:
    """Return ``text`` with "?" for what a file's name may hold and nothing can print."""
    return text.encode(errors="replace").decode()


@dataclass(frozen=True)
class _Reader:
    """Reads files, but those that are as they were ``before``; ``instead`` is as in ``load``."""

    before: Mapping[str, ReadFile]
    instead: Mapping[str, bytes]

    def file(self, path: Path, inside: PurePath, shown: str, beside: Collection[str]) -> ReadFile:
        """Read the file at ``path``; ``inside`` is its path within the content folder."""
        wrong = misnamed(path, inside, beside)
        if wrong is not None:
            elsewhere = self._elsewhere(path, inside, shown) if wrong.rule == "stray-file" else None
            return elsewhere or _unread(shown, wrong)
        try:
            raw = self.instead[shown] if shown in self.instead else _bytes(path)
        except OSError:
            message, remedy = "This file cannot be opened.", "See that it is there and may be read."
            return _unread(shown, Misnamed("unreadable", message, remedy))
        digest = hashlib.blake2b(raw, digest_size=16).digest()
        before = self.before.get(shown)
        if before and before.digest == digest:
            return before.written(shown, raw)
        return _read(inside, shown, raw, digest)

    def _elsewhere(self, path: Path, inside: PurePath, shown: str) -> ReadFile | None:
        """See whether a file of a strange name is a body or inspection outside its folder."""
        if len(inside.parts) > 1 or path.suffix != ".yml" or path.is_dir():
            return None
        try:
            root, _ = yaml_source.read(shown, _bytes(path))
        except OSError:
            return None
        wrong = misplaced(inside, root) if isinstance(root, yaml_source.Mapping) else None
        return _unread(shown, wrong, ()) if wrong else None


def _bytes(path: Path) -> bytes:
    """Return what is in a file; of a file that is too large, enough to see that it is."""
    if not path.is_file():  # a link that leads nowhere, or something that never ends
        raise OSError
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _read(inside: PurePath, shown: str, raw: bytes, digest: bytes) -> ReadFile:
    """Read a file: soon if it is sound, and with care where that is not sure."""
    folder = inside.parts[0]
    if folder == PAGES:
        is_text = inside.suffix == ".md"
        return ReadFile(digest, None, None, tuple(problems_in_prose(shown, raw) if is_text else ()))
    shape = VOCABULARIES[inside.stem] if len(inside.parts) == 1 else FOLDERS[folder]
    values = yaml_source.read_quickly(raw)
    record = None if values is None else read_soundly(shape, values, raw)
    if values is None or record is None:
        return _read_carefully(shape, inside, shown, raw, digest)
    Written(record, shown, raw=raw)
    return ReadFile(digest, record, tuple(map(id_form, values)), ())


def _read_carefully(
    shape: Any, inside: PurePath, shown: str, raw: bytes, digest: bytes
) -> ReadFile:
    root, problems = yaml_source.read(shown, raw)
    record, keys = None, None
    if isinstance(root, yaml_source.Mapping):
        keys = tuple(id_form(key) for key in root.keys_at)
        if len(inside.parts) > 1 and (wrong := misplaced(inside, root)):
            return _unread(shown, wrong, keys)
    if root is not None:
        record, wrong_values = read_record(shape, root)
        problems += wrong_values
    return ReadFile(digest, record, keys, tuple(problems))


def _unread(shown: str, wrong: Misnamed, keys: tuple[str, ...] | None = None) -> ReadFile:
    words = _printable(wrong.message), _printable(wrong.remedy)
    problem = Problem(shown, 1, 1, wrong.rule, *words, is_warning=wrong.is_warning)
    return ReadFile(b"", None, keys, (problem,), wrong.place)
