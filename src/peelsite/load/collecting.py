"""Python's collector of garbage, and when it is in the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected(*, for_good: bool = False) -> Iterator[None]:
    """Keep Python from looking for garbage, where hundreds of thousands of values are made to stay.

    It would look through all of them again and again, and find none. What is thrown away outside
    of a circle is freed all the same. ``for_good`` says that the program ends soon after: then it
    does not look through them at its end either.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if for_good:
            gc.freeze()
        if was_enabled:
            gc.enable()
