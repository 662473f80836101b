"""Live reload of MkDocs, made quicker; what it has no setting or call for is reached from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # with a web server, which a build does not need

LOOK_EVERY: Final = 0.1
"""Seconds between two looks of the server for files that changed; MkDocs looks every 0.5."""


def look_often(server: LiveReloadServer) -> None:
    """Let the server see soon that a file has changed."""
    for emitter in server.observer.emitters:
        emitter._timeout = LOOK_EVERY


def reload(server: LiveReloadServer) -> None:
    """Let browsers load their page again, as they do after a build.

    A build that is under way will do so itself, and nothing is served until then.
    """
    with server._rebuild_cond, server._epoch_cond:
        if server._visible_epoch == server._wanted_epoch:
            server._visible_epoch = server._wanted_epoch = server._visible_epoch + 1
            server._epoch_cond.notify_all()
