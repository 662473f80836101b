"""The folder beside a site in which it is built, and how what was built there becomes the site."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EBUSY, ENOTDIR
from pathlib import Path
from typing import Final

from peelsite.mkdocs_plugin.keeping import yard_of

if sys.platform != "win32":
    import fcntl


class Yard:
    """A folder beside the site ``final`` in which one build at a time works.

    All that is temporary stands in it too. So whatever a build leaves that was killed is in one
    place, and the next build clears it away. ``tell`` is called if another build is at work, for
    whose end this one waits. Raises OSError if the folder cannot be used.
    """

    def __init__(self, final: Path, tell: Callable[[], None]) -> None:
        if final.exists() and not final.is_dir():
            raise NotADirectoryError(ENOTDIR, "A file stands where the site is to be", str(final))
        if final.is_mount():
            raise OSError(EBUSY, "A disk is mounted here; build into a folder on it", str(final))
        self._final = final
        self._folder = yard_of(final)
        self._old = self._folder / "old"
        self.building = self._folder / "site"
        """Where the new site is to be written."""
        with ExitStack() as leaving:
            leaving.enter_context(_taken(self._folder, tell))
            leaving.callback(shutil.rmtree, self._folder, ignore_errors=True)
            self._clear_away()
            temporary = self._folder / "temporary"
            temporary.mkdir()
            tempfile.tempdir = str(temporary)
            leaving.callback(setattr, tempfile, "tempdir", None)
            self._leaving = leaving.pop_all()

    def _clear_away(self) -> None:
        """Clear away what a killed build has left; an old site that it moved away moves back."""
        if self._old.exists() and not self._final.exists():
            self._old.rename(self._final)
        for left in self._folder.iterdir():
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()

    def swap(self) -> None:
        """Let the new site stand where the old one is, which then stands in the yard.

        Raises OSError if it cannot; then the old site is where it was.
        """
        if not self._final.exists():
            self.building.rename(self._final)
        elif not _exchange(self.building, self._final):
            self._final.rename(self._old)
            try:
                self.building.rename(self._final)
            except OSError:
                self._old.rename(self._final)
                raise

    def leave(self) -> None:
        """Clear the yard away, and let another build begin; nothing happens the second time."""
        self._leaving.close()


@contextmanager
def _taken(folder: Path, tell: Callable[[], None]) -> Iterator[None]:
    """Make a folder that no other build has; however this process ends, it lets go of it."""
    if sys.platform == "win32":  # where folders have no locks, who builds keeps builds apart
        folder.mkdir(parents=True, exist_ok=True)
        yield
        return
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            _wait_for(lock, tell)
            if _is_still(folder, lock):
                yield
                return
        finally:
            os.close(lock)


def _wait_for(lock: int, tell: Callable[[], None]) -> None:
    with suppress(OSError):  # so for disks that have no locks
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell()
            fcntl.flock(lock, fcntl.LOCK_EX)


def _is_still(folder: Path, lock: int) -> bool:
    """Whether a folder is the one that was opened, and was not removed by who had it before."""
    try:
        return os.path.samestat(os.fstat(lock), folder.stat())
    except FileNotFoundError:
        return False


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one go, and return whether the system could do that."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None).renameat2
    except AttributeError:  # an old library
        return False
    names = os.fsencode(one.absolute()), os.fsencode(other.absolute())
    return bool(rename(_HERE, names[0], _HERE, names[1], _RENAME_EXCHANGE) == 0)


_HERE: Final = -100
"""``AT_FDCWD`` of Linux, of which whole paths make no use."""

_RENAME_EXCHANGE: Final = 2
