"""The ``peelsite`` command: words in, words out.

``check``    what is wrong in the content
``summary``  what the content holds, and what is missing in it
"""

from __future__ import annotations

import click

from peelsite import __version__
from peelsite.cli.check import check


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Check the content of a peelsite site."""


main.add_command(check)
