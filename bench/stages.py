"""Build a project once in this process, and tell how long each stage took.

    python -m bench.stages PROJECT STARTED

Functions of the build are wrapped here, so that the build itself knows nothing of being timed.
``STARTED`` is what ``time.perf_counter`` said when the process was started. Printed as JSON: the
seconds of each stage, and the names below that no longer exist. What other processes do is not
seen, beyond the time for which this one waits for them.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import GeneratorType
from typing import Any, Final

SEARCH: Final = "search"

STAGES: Final = {
    "read": ("peelsite.build:load",),
    "check": ("peelsite.build:check",),
    "join": ("peelsite.build:join", "peelsite.build:tables"),
    "CSV": ("peelsite.exports.every:csv_files", "peelsite.exports.every:descriptors"),
    "JSON": ("peelsite.exports.every:api_files",),
    "SQLite": ("peelsite.exports.every:database_file",),
    "feeds": ("peelsite.exports.every:feeds",),
    "calendars": ("peelsite.exports.every:calendars",),
    "explorer": ("peelsite.exports.every:explorer_files",),
    "pages rendered": (
        "peelsite.build:plan",
        "peelsite.build:data",
        "peelsite.build:Renderer.render",
    ),
    "frame": (
        "mkdocs.commands.build:_populate_page",
        "mkdocs.commands.build:_build_page",
        "mkdocs.commands.build:_build_theme_template",
        "mkdocs.commands.build:get_navigation",
        "peelsite.mkdocs_plugin.writing:Writing._html",
    ),
    "writing": (
        "mkdocs.utils:write_file",
        "mkdocs.utils:copy_file",
        "mkdocs.utils:clean_directory",
        "mkdocs.structure.files:Files.copy_static_files",
        "peelsite.mkdocs_plugin.writing:_write",
        "peelsite.mkdocs_plugin.placing:BuiltPlace._swap",
    ),
    "keeping": (
        "peelsite.mkdocs_plugin.plugin:base_of",
        "peelsite.kept:Fingerprints.of",
        "peelsite.kept:Kept.find",
        "peelsite.kept:Kept.put",
        "peelsite.kept:write",
        "peelsite.mkdocs_plugin.placing:BuiltPlace._is_as_before",
    ),
    "pictures": ("peelsite.mkdocs_plugin.plugin:cards", "peelsite.mkdocs_plugin.plugin:Keeper.png"),
    "waiting for the second process": ("peelsite.mkdocs_plugin.second:Second.wait",),
    SEARCH: ("peelsite.mkdocs_plugin.plugin:PeelsitePlugin._index",),
}
"""Where each stage is done, as ``module:name`` or ``module:class.name`` where it is looked up.

A stage within another is not counted twice. This is the list to change when the build changes.
"""

START: Final = "start and imports"
REST: Final = "the rest"


class Clock:
    """Adds up the time of stages, each without those within it."""

    def __init__(self, started: float) -> None:
        self.seconds = {START: 0.0} | dict.fromkeys(STAGES, 0.0) | {REST: 0.0}
        self._open = [START]
        self._since = started

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
        now = time.perf_counter()
        self.seconds[self._open[-1]] += now - self._since
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


def main(project: Path, started: float) -> None:
    """Build the project in its folder, and print what each stage took."""
    clock = Clock(started)
    os.chdir(project)
    missing = wrap(clock)
    cli = importlib.import_module("mkdocs.__main__").cli
    clock.proceed()
    cli(["build", "--quiet"], standalone_mode=False)
    clock.proceed()
    print(json.dumps({"seconds": clock.seconds, "missing": missing}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
