"""Stylesheets and scripts without what only those who write them need.

Comments that fill a line, and the white space with which lines begin, go; in stylesheets comments
within a line and the ends of lines go too. Nothing inside a line is touched, so that no selector
and no text in quotation marks can change its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from mkdocs.structure.files import File


def small_css(text: str) -> str:
    """Return a stylesheet without comments, indentation and needless ends of lines."""
    lines = (line.strip() for line in _CSS_COMMENT.sub("", text).splitlines())
    return "".join(line if line.endswith(_ENDS) else f"{line} " for line in lines if line)


def small_js(text: str) -> str:
    """Return a script without comments that fill lines, without indentation and empty lines."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


_CSS_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_ENDS: Final = ("{", "}", ";", ",")
_SMALLER: Final = {".css": small_css, ".js": small_js}


def make_small(files: Iterable[File]) -> None:
    """Put the stylesheets and scripts of the theme into the site in their small form."""
    for file in files:
        for ending, smaller in _SMALLER.items():
            if file.src_uri.startswith("assets/") and file.src_uri.endswith(ending):
                file.content_string = smaller(file.content_string)
