"""The ``peelsite`` command: words in, words out.

``build``    the site, with the ages of a day written into it
``check``    what is wrong in the content
``concerns`` the open concerns, and for how long nobody has said anything of each
``diff``     what is otherwise on the site than at an earlier state of the content
``new``      a draft of an inspection, of a body or of a finding, for a person to finish
``schema``   what editors need to help whoever writes content
``summary``  what the content holds, and what is missing in it
"""

from __future__ import annotations

import click

from peelsite import __version__
from peelsite.cli.build import build
from peelsite.cli.check import check
from peelsite.cli.concerns import concerns
from peelsite.cli.diff import diff
from peelsite.cli.new import new
from peelsite.cli.schema import schema


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Check the content of a peelsite site, compare it, and draft more of it."""


main.add_command(build)
main.add_command(check)
main.add_command(concerns)
main.add_command(diff)
main.add_command(new)
main.add_command(schema)
