"""Names for what a site is made of, upon which it depends what is kept."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.config.defaults import MkDocsConfig

import peelsite
from peelsite.kept import digest_of, files_in

if TYPE_CHECKING:
    from peelsite.build import Site  # with all that builds, which is not needed to find a site made

CACHE: Final = Path(".cache") / "peelsite"
"""Where builds keep things, beside the settings. It may be deleted at any time."""


def cache_of(config: MkDocsConfig) -> Path:
    """Return the folder in which builds of a project keep things."""
    return Path(config.config_file_path).parent / CACHE


def yard_of(site: Path) -> Path:
    """Return the folder in which a site is built, which is there only while that is done."""
    return site.with_name(f".{site.name}.building")


def templates_of(config: MkDocsConfig) -> Path:
    """Return the folder of templates of a project."""
    return Path(config.theme.custom_dir or "templates")


def base_of(site: Site, config: MkDocsConfig, *more: object) -> str:
    """Return a name for all that pages have in common: code, templates, settings, prose, content.

    Of the content it is all but the inspections. ``more`` are further settings.
    """
    content = [
        part
        for path, digest in sorted(site.known.digests.items())
        if "/inspections/" not in path
        for part in (path, digest)
    ]
    files = _files_in(_CODE, templates_of(config), Path(config.docs_dir))
    return digest_of(*content, *files, *_settings(config), repr((site.catalogue.as_of, more)))


def sites_of(config: MkDocsConfig) -> Path:
    """Return the folder that tells what was made of a project by earlier builds."""
    return cache_of(config) / "sites"


def sources_of(config: MkDocsConfig, content: Path) -> list[Path]:
    """Return the folders of content, templates and prose that a site is made of."""
    return [content, templates_of(config), Path(config.docs_dir)]


def everything_of(content: Path, config: MkDocsConfig, *more: object) -> str:
    """Return a name for all that a site is made of; ``more`` are further settings."""
    files = _files_in(_CODE, *sources_of(config, content))
    return digest_of(*files, *_settings(config), repr((config.strict, more)))


def _settings(config: MkDocsConfig) -> Iterator[str]:
    yield from (repr(config[name]) for name in _SETTINGS)
    yield from (version(name) for name in _LIBRARIES)
    yield from (sys.version, sqlite3.sqlite_version)


_CODE: Final = Path(peelsite.__file__).parent


def _files_in(*folders: Path) -> Iterator[str]:
    for folder in folders:
        yield from _files(folder)


def _files(folder: Path) -> Iterator[str]:
    """Give the path within ``folder``, and a digest, of each file that is not compiled code.

    Of a file that is much too large for content the size will do, and when it was changed.
    """
    for path in sorted(files_in(folder)):
        file = folder / path
        if "__pycache__" not in file.parts and file.is_file():  # a link may lead nowhere
            yield path
            status = file.stat()
            if status.st_size <= _LARGE:
                yield digest_of(file.read_bytes())
            else:
                yield f"{status.st_size} {status.st_mtime_ns}"


_LARGE: Final = 2**24
"""Bytes. Reading content begins with refusing what is a sixteenth of it."""

_SETTINGS: Final = (
    "edit_uri",
    "markdown_extensions",
    "mdx_configs",
    "nav",
    "remote_branch",
    "repo_url",
    "site_description",
    "site_name",
    "site_url",
    "use_directory_urls",
)

_LIBRARIES: Final = (
    "jinja2",
    "markdown",
    "markupsafe",
    "mkdocs",
    "nh3",
    "orjson",
    "pagefind-bin",
    "pillow",
    "pydantic",
    "pyromark",
    "pyyaml",
    "yaml-rs",
)
