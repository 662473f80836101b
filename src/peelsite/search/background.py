"""Makes the index beside a server's pages, so that none of them waits for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from peelsite.search.bundle import put


class Background:
    """Makes one index at a time; only the one that was asked for last takes its place.

    ``tell`` is given a sentence when one cannot be made; whatever happens stays in its thread.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._at_work = Lock()
        self._in_place = Lock()
        self._asked = 0

    def forget(self) -> None:
        """Let nothing that was asked for so far take its place any more."""
        with self._in_place:
            self._asked += 1

    def stop(self) -> None:
        """Forget what was asked for, and return when nothing is written any more."""
        self.forget()
        with self._at_work:
            pass

    def begin(self, make: Callable[[], Path], folder: Path) -> Thread:
        """Return at once; copy the bundle that ``make`` returns to ``folder`` when it is ready."""
        self.forget()
        thread = Thread(target=self._work, args=(self._asked, make, folder), daemon=True)
        thread.start()
        return thread

    def _work(self, number: int, make: Callable[[], Path], folder: Path) -> None:
        try:
            with self._at_work:
                if number != self._asked:
                    return
                bundle = make()
                if number != self._asked:
                    return
                coming = folder.with_name(f".{folder.name}-coming")
                put(bundle, coming)
                with self._in_place:
                    if number == self._asked:
                        shutil.rmtree(folder, ignore_errors=True)
                        coming.rename(folder)
        except Exception as error:
            if number == self._asked:
                self._tell(f"There is no search until the next change: {error}")
