"""The ``peelsite`` command: words in, words out.

``build``    the site, with the ages of a day written into it
``check``    what is wrong in the content
``concerns`` the open concerns, and for how long nobody has said anything of each
``diff``     what is otherwise on the site than at an earlier state of the content
``new``      a draft of an inspection, of a body or of a finding, for a person to finish
``schema``   what editors need to help whoever writes content
"""

from __future__ import annotations

import click

from peelsite import __version__


class _Commands(click.Group):
    """The commands, each imported only when it is asked for: checking needs no templates."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return ["build", "check", "concerns", "diff", "new", "schema"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        match cmd_name:
            case "build":
                from peelsite.cli.build import build as command
            case "check":
                from peelsite.cli.check import check as command
            case "concerns":
                from peelsite.cli.concerns import concerns as command
            case "diff":
                from peelsite.cli.diff import diff as command
            case "new":
                from peelsite.cli.new import new as command
            case "schema":
                from peelsite.cli.schema import schema as command
            case _:
                return None
        return command


@click.group(cls=_Commands)
@click.version_option(__version__)
def main() -> None:
    """Check the content of a peelsite site, compare it, and draft more of it."""
