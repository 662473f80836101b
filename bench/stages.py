"""Build a project once in this process, and tell how long each stage took.

    python -m bench.stages PROJECT STARTED

Functions of the build are wrapped here, so that the build itself knows nothing of being timed, and
it is kept from sharing its work with a second process, whose stages could not be seen. ``STARTED``
is what ``time.perf_counter`` said when the process was started. Printed as JSON: the seconds of
each stage, by the clock and of the processor, and the names below that no longer exist. Pagefind is
a process of its own: only the clock sees it.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import GeneratorType
from typing import Any, Final

SEARCH: Final = "search"

_EVERY: Final = "peelsite.exports.every"
_ENTRY: Final = "peelsite.mkdocs_plugin.entry"
_BUILDING: Final = "peelsite.mkdocs_plugin.building"
_WRITING: Final = "peelsite.mkdocs_plugin.writing"
_PLACING: Final = "peelsite.mkdocs_plugin.placing"

STAGES: Final = {
    "read": ("peelsite.build:load",),
    "check": ("peelsite.build:check",),
    "join": ("peelsite.build:join",),
    "plan": ("peelsite.build:plan", "peelsite.build:data"),
    "fingerprints": (
        f"{_BUILDING}:base_of",
        f"{_ENTRY}:everything_of",
        f"{_BUILDING}:digest_of",
        "peelsite.kept.fingerprint:Fingerprints.of",
        f"{_WRITING}:digest_of",
        f"{_WRITING}:digest_of_pieces",
        "peelsite.kept:read",
        "peelsite.kept:write",
        "peelsite.kept.manifest:Kept.find",
        f"{_WRITING}:Writing.note_others",
    ),
    "pages rendered": ("peelsite.build:Renderer.render",),
    "frames": (
        f"{_WRITING}:Writing._html",
        "mkdocs.commands.build:_populate_page",
        "mkdocs.commands.build:_build_page",
        "mkdocs.commands.build:_build_theme_template",
        "mkdocs.commands.build:get_navigation",
    ),
    "files: findings to filter": (f"{_EVERY}:explorer_files",),
    "files: calendars": (f"{_EVERY}:calendars",),
    "files: feeds": (f"{_EVERY}:feeds",),
    "files: rows of all tables": (f"{_EVERY}:tables",),
    "files: CSV": (f"{_EVERY}:csv_files",),
    "files: descriptions of CSV": (f"{_EVERY}:descriptors",),
    "files: SQLite": (f"{_EVERY}:database_file",),
    "files: JSON": (f"{_EVERY}:api_files",),
    "pictures": (f"{_BUILDING}:cards", f"{_BUILDING}:Keeper.png"),
    "writing": (
        f"{_WRITING}:_write",
        "mkdocs.utils:write_file",
        "mkdocs.utils:copy_file",
        "mkdocs.utils:clean_directory",
        "mkdocs.structure.files:Files.copy_static_files",
        "peelsite.kept.manifest:Kept.put",
        f"{_PLACING}:BuiltPlace._is_as_before",
        "peelsite.mkdocs_plugin.yard:Yard.swap",
    ),
    SEARCH: (
        f"{_BUILDING}:Building._index",
        "peelsite.search:put",
        f"{_WRITING}:Writing.note_index",
    ),
}
"""Where each stage is done, as ``module:name`` or ``module:class.name`` where it is looked up.

A stage within another is not counted twice. This is the list to change when the build changes.
"""

START: Final = "start and imports"
REST: Final = "the rest"


@dataclass
class Spent:
    """Seconds, by the clock and of the processor."""

    wall: float = 0.0
    cpu: float = 0.0


class Clock:
    """Adds up the time of stages, each without those within it."""

    def __init__(self, started: float) -> None:
        self.spent = {stage: Spent() for stage in (START, *STAGES, REST)}
        self._open = [START]
        self._since = Spent(started)

    def enter(self, stage: str) -> None:
        """Begin a stage."""
        self._add()
        self._open.append(stage)

    def leave(self) -> None:
        """End the stage that was begun last."""
        self._add()
        self._open.pop()

    def proceed(self) -> None:
        """End the start; what belongs to no stage counts as the rest from now on."""
        self._add()
        self._open = [REST]

    def _add(self) -> None:
        now = Spent(time.perf_counter(), time.process_time())
        spent = self.spent[self._open[-1]]
        spent.wall += now.wall - self._since.wall
        spent.cpu += now.cpu - self._since.cpu
        self._since = now


def timed(function: Callable[..., Any], stage: str, clock: Clock) -> Callable[..., Any]:
    """Return ``function`` with its time counted, also that of the generator which it returns."""

    @functools.wraps(function)
    def counted(*given: Any, **named: Any) -> Any:
        clock.enter(stage)
        try:
            result = function(*given, **named)
        finally:
            clock.leave()
        return _counted_items(result, stage, clock) if _is_generator(result) else result

    return counted


def _is_generator(result: object) -> bool:
    return isinstance(result, GeneratorType)


def _counted_items(items: Iterator[Any], stage: str, clock: Clock) -> Iterator[Any]:
    while True:
        clock.enter(stage)
        try:
            item = next(items)
        except StopIteration:
            return
        finally:
            clock.leave()
        yield item


def wrap(clock: Clock) -> list[str]:
    """Time every function of STAGES; return those that are not there."""
    missing = []
    for stage, places in STAGES.items():
        for place in places:
            module, _, name = place.partition(":")
            *classes, last = name.split(".")
            try:
                owner = functools.reduce(getattr, classes, importlib.import_module(module))
                setattr(owner, last, timed(getattr(owner, last), stage, clock))
            except (ImportError, AttributeError):
                missing.append(place)
    return missing


def stay_in_one_process() -> list[str]:
    """Keep the build from beginning a second process; return what is not there to prevent it."""
    missing = []
    for name in (_BUILDING, _WRITING):
        module = importlib.import_module(name)
        if hasattr(module, _POSSIBLE):
            setattr(module, _POSSIBLE, lambda: False)
        else:
            missing.append(f"{name}:{_POSSIBLE}")
    return missing


_POSSIBLE: Final = "is_possible"


def main(project: Path, started: float) -> None:
    """Build the project in its folder, and print what each stage took."""
    clock = Clock(started)
    os.chdir(project)
    missing = [*wrap(clock), *stay_in_one_process()]
    cli = importlib.import_module("mkdocs.__main__").cli
    clock.proceed()
    cli(["build", "--quiet"], standalone_mode=False)
    clock.proceed()
    told = {stage: asdict(spent) for stage, spent in clock.spent.items()}
    print(json.dumps({"stages": told, "missing": missing}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
