"""Reads the examples of slips that stand beside this file; ``README.md`` says how they look."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
BASE: Final = HERE / "base"
CUT: Final = "\n----\n"

_HEADER: Final = re.compile(
    r"(?P<path>[^-+].*?)(?P<how> \((whole|removed|(moved|copied) to .+)\))?:"
)
_HIDDEN: Final = re.compile(r"(<U\+[0-9A-F]{4}>|<0x[0-9A-F]{2}>)")


@dataclass(frozen=True)
class Change:
    """What an example does to one file: lines ``old``, one after the other, become ``new``."""

    path: str
    how: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def apply(self, content: Path) -> None:
        """Make the change in the folder ``content``."""
        file = content / self.path
        if self.how == "removed":
            file.unlink()
            return
        what, _, to = self.how.partition(" to ")
        (content / (to or self.path)).parent.mkdir(exist_ok=True)
        if to:
            shutil.move(file, content / to) if what == "moved" else shutil.copy(file, content / to)
            return
        lines = [] if self.how == "whole" else file.read_text(encoding="utf-8").split("\n")[:-1]
        at = len(lines)
        if self.old:
            places = [i for i in range(at) if tuple(lines[i : i + len(self.old)]) == self.old]
            assert len(places) == 1, f"{self.old} stands in {self.path} {len(places)} times"
            at = places[0]
        lines[at : at + len(self.old)] = self.new
        file.write_bytes(b"".join(map(_bytes, lines)))


def _bytes(line: str) -> bytes:
    """Return a line with what could not be seen in an example put in."""
    raw = b""
    for part in _HIDDEN.split(f"{line}\n"):
        if not _HIDDEN.fullmatch(part):
            raw += part.encode()
        elif part.startswith("<0x"):
            raw += bytes([int(part[3:-1], 16)])
        else:
            raw += chr(int(part[3:-1], 16)).encode()
    return raw


@dataclass(frozen=True)
class Example:
    """A slip, and what peelsite says of it."""

    file: Path

    @property
    def name(self) -> str:
        """The name by which tests call it."""
        return self.file.relative_to(HERE).with_suffix("").as_posix()

    @property
    def slip(self) -> str:
        """The part of the file that says what the slip is."""
        return self.file.read_text(encoding="utf-8").partition(CUT)[0]

    @property
    def expected(self) -> str:
        """What peelsite is expected to say."""
        return self.file.read_text(encoding="utf-8").partition(CUT)[2].removesuffix("\n")

    def accept(self, report: str) -> None:
        """Take ``report`` as what is expected."""
        self.file.write_text(f"{self.slip}{CUT}{report}\n", encoding="utf-8")

    @property
    def changes(self) -> list[Change]:
        """What the slip does to the files of ``base``."""
        return _changes(self.slip.partition("\n\n")[2].split("\n"))

    def content(self, folder: Path) -> Path:
        """Write the content with the slip into ``folder``, and return where it stands."""
        content = folder / "content"
        shutil.copytree(BASE, content)
        for change in self.changes:
            change.apply(content)
        return content


def _changes(lines: list[str]) -> list[Change]:
    changes: list[Change] = []
    for line in lines:
        header = _HEADER.fullmatch(line)
        if header:
            changes.append(Change(header["path"], (header["how"] or "")[2:-1]))
        elif line:
            last = changes[-1]
            sign, text = line[0], line[2:]
            if sign == "-" and last.new:  # another place in the same file
                changes.append(Change(last.path, last.how, (text,)))
            elif sign == "-":
                changes[-1] = Change(last.path, last.how, (*last.old, text), last.new)
            else:
                assert sign == "+", line
                changes[-1] = Change(last.path, last.how, last.old, (*last.new, text))
    return changes


EXAMPLES: Final = [Example(file) for file in sorted(HERE.glob("*/*.txt"))]
