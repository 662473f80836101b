"""A second process that shares the work of a build, where that is safe."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Generic, TypeVar, cast
from weakref import finalize

T = TypeVar("T")


def is_possible() -> bool:
    """Whether a process can be split in two: where the system does it well, and no thread runs."""
    return sys.platform == "linux" and threading.active_count() == 1


class Heap:
    """Things to be done by whichever process has time, each of them once; it takes some at once."""

    def __init__(self, at_once: int = 8) -> None:
        self._at_once = at_once
        # The place that has been reached in an empty file: all processes share it, and move it in
        # one go, so that none that is killed leaves a lock behind for which another waits.
        self._reached = os.memfd_create("heap")
        finalize(self, os.close, self._reached)

    def share(self, things: Sequence[T]) -> Iterator[T]:
        """Give things that no process was given before; ``things`` must be the same in all."""
        step = self._at_once
        while (end := os.lseek(self._reached, step, os.SEEK_CUR)) < len(things) + step:
            yield from things[end - step : end]


class SecondDiedError(RuntimeError):
    """The second process was killed."""


class Second(Generic[T]):
    """Does ``work`` in a second process, which begins at once and never outlives the first."""

    def __init__(self, work: Callable[[], T]) -> None:
        context = multiprocessing.get_context("fork")
        self._receiver, self._sender = context.Pipe(duplex=False)
        self._process = context.Process(target=self._do, args=(work, os.getpid()), daemon=True)
        self._process.start()
        self._sender.close()

    def _do(self, work: Callable[[], T], first: int) -> None:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != first:  # it died before that was said
            os._exit(1)
        # Who presses Ctrl+C interrupts both; the first process ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._receiver.close()
        try:
            self._sender.send((work(), None))
        except Exception as error:
            self._sender.send((None, _sendable(error)))

    def wait(self) -> T:
        """Return what the work gave. Raises what it raised; SecondDiedError if it was killed."""
        try:
            result, error = self._receiver.recv()
        except EOFError:
            result, error = None, SecondDiedError("The second process of the build has died.")
        self._process.join()
        if error:
            raise error
        return cast("T", result)

    def stop(self) -> None:
        """Leave the work undone."""
        self._process.kill()
        self._process.join()


_DIE_WITH_PARENT: Final = 1
"""``PR_SET_PDEATHSIG`` of Linux."""


def _sendable(error: Exception) -> Exception:
    """Return an error that can go from one process to another, with the same words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - it is our own
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
