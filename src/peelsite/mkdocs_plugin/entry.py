"""The plugin as MkDocs finds it, which ends a build where nothing has changed.

What builds a site takes longer to import than it takes to see that. So it is imported here, in one
place, once there is something to build, and answers all that MkDocs calls from then on.
"""

from __future__ import annotations

import datetime
import gc
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.utils import CountHandler

from peelsite import kept
from peelsite.kept import Kept
from peelsite.mkdocs_plugin.keeping import everything_of, sites_of, yard_of

if TYPE_CHECKING:
    from peelsite.mkdocs_plugin.building import Building

log = get_plugin_logger("peelsite")


class PeelsiteConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in ``mkdocs.yml``."""

    content = config_options.Dir(exists=True, default="content")
    """The folder of YAML files."""

    as_of = config_options.Type((str, datetime.date), default="")
    """The day for which ages are written into the pages; without it browsers put them in."""

    search = config_options.Type(bool, default=True)
    """Whether to make the index for search; without it, the page of search finds nothing."""


def _of_building(event: str) -> Callable[..., Any]:
    """Return a method with which ``Building`` answers an event; without it, nothing happens."""

    def answer(plugin: PeelsitePlugin, *given: Any, **named: Any) -> Any:
        return plugin.building and getattr(plugin.building, event)(*given, **named)

    return answer


class PeelsitePlugin(BasePlugin[PeelsiteConfig]):  # type: ignore[no-untyped-call]
    """Gives MkDocs the pages made from ``content/``, unless they stand there already."""

    building: Building | None

    def __init__(self) -> None:
        self.building = None
        self._serving = False
        self._only_building = False
        self._warnings = CountHandler(level=logging.WARNING)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note the command; that this method exists keeps the plugin from one build to the next."""
        self._serving = command == "serve"
        self._only_building = command == "build" and not dirty
        if not self._serving:
            for name in ("mkdocs", "properdocs"):
                logging.getLogger(name).addHandler(self._warnings)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """End here if nothing has changed, or else begin to build.

        Other plugins may depend on what we do not know, and other commands go on after the build.
        A build is over before garbage matters, but looking for it among so many records takes time.
        """
        gc.disable()
        # A link stays where it is, and what it leads to is built.
        before, everything = Kept(Path(os.path.realpath(config.site_dir))), ""
        now = partial(everything_of, Path(self.config.content), config, dict(self.config))
        if not self._serving:
            before, everything = kept.read(sites_of(config), before.folder), now()
            could_end = self._only_building and len(config.plugins) == 1
            # Where a build was killed, the next one clears up.
            is_at_rest = not yard_of(before.folder).exists()
            if could_end and is_at_rest and before.is_all_of(everything):
                log.info("Nothing has changed: %s is as it would be built.", before.folder)
                sys.exit(0)
        if self.building is None:
            from peelsite.mkdocs_plugin.building import Building

            self.building = Building(serving=self._serving, warnings=self._warnings)
        return self.building.on_config(config, self.config, before, everything, now)

    on_pre_build = _of_building("on_pre_build")
    on_files = _of_building("on_files")
    on_nav = _of_building("on_nav")
    on_env = _of_building("on_env")
    on_page_content = _of_building("on_page_content")
    on_page_context = _of_building("on_page_context")
    on_template_context = _of_building("on_template_context")
    on_post_build = _of_building("on_post_build")
    on_build_error = _of_building("on_build_error")
    on_serve = _of_building("on_serve")
    on_shutdown = _of_building("on_shutdown")
