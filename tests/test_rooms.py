"""The rooms of the code: imports go one way, and only the adapter knows the host."""

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOMS: Final = (
    "characters",
    "problems",
    "yaml_source",
    "schema",
    "load",
    "checks",
    "drafts",
    "catalogue",
    "pages",
    "render",
    "exports",
    "search",
    "kept",
    "build",
    "cli",
    "mkdocs_plugin",
)
"""A room imports only from rooms that stand before it."""

HOSTS: Final = {"mkdocs", "properdocs"}
ADAPTER: Final = "mkdocs_plugin"

PACKAGE: Final = Path(__file__).parent.parent / "src" / "peelsite"
MODULES: Final = {
    ".".join(("peelsite", *path.relative_to(PACKAGE).with_suffix("").parts)): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def room_of(module: str) -> str:
    """Return the room of ``peelsite.<room>.<module>``; the package itself is no room: ""."""
    steps = module.removesuffix(".__init__").split(".")
    return steps[1] if len(steps) > 1 else ""


def imported(module: str, source: str) -> Iterator[str]:
    """Give the full name of everything that a module imports, wherever in it the import stands."""
    package = module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = "." * node.level + (node.module or "")
            whole = importlib.util.resolve_name(name, package)
            yield from (f"{whole}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield ast.literal_eval(node.args[0])


def rooms_imported(module: str, source: str) -> set[str]:
    """Return the rooms from which a module imports, its own left out."""
    rooms = {
        name.split(".")[1]
        for name in imported(module, source)
        if name.startswith("peelsite.") and not name.startswith("peelsite.__")
    }
    return rooms - {room_of(module)}


def read(module: str) -> str:
    return MODULES[module].read_text(encoding="utf-8")


each_module = pytest.mark.parametrize("module", MODULES)


@each_module
def test_a_module_belongs_to_a_room(module: str) -> None:
    assert room_of(module) in (*ROOMS, "")


@each_module
def test_a_room_imports_only_from_rooms_before_it(module: str) -> None:
    room = room_of(module)
    before = ROOMS[: ROOMS.index(room)] if room else ()

    assert rooms_imported(module, read(module)) - set(before) == set()


@each_module
def test_only_the_adapter_knows_the_host(module: str) -> None:
    packages = {name.split(".")[0] for name in imported(module, read(module))}

    assert not packages & HOSTS or room_of(module) == ADAPTER


def test_every_room_is_there() -> None:
    assert {room_of(module) for module in MODULES} == {*ROOMS, ""}


def test_imports_are_seen() -> None:
    seen = {
        (room_of(module), room)
        for module in MODULES
        for room in rooms_imported(module, read(module))
    }

    assert {("yaml_source", "problems"), ("build", "render"), (ADAPTER, "build")} <= seen


@pytest.mark.parametrize(
    "source",
    [
        "import peelsite.render",
        "import os, peelsite.render as r",
        "from peelsite import render",
        "from peelsite.render import Renderer",
        "from . import render",
        "from .render import Renderer",
        "def f():\n    from peelsite.render import Renderer",
        "if TYPE_CHECKING:\n    from peelsite.render import Renderer",
        "importlib.import_module('peelsite.render')",
    ],
)
def test_no_way_of_importing_is_overlooked(source: str) -> None:
    assert rooms_imported("peelsite.load", source) == {"render"}


def test_the_package_lists_its_rooms_in_this_order() -> None:
    """The list in ``peelsite/__init__.py`` is the one that people read."""
    told = ast.get_docstring(ast.parse(read("peelsite.__init__"))) or ""
    listed = [line.split("``")[1] for line in told.splitlines() if line.startswith("``")]

    assert listed == list(ROOMS)
