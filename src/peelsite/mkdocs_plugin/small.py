"""Stylesheets and scripts without what only those who write them need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import rcssmin
import rjsmin
from mkdocs.structure.files import File

_MINIFY: Final = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def make_small(files: Iterable[File]) -> None:
    """Take comments and needless white space out of the stylesheets and scripts of the theme."""
    for file in files:
        for ending, minify in _MINIFY.items():
            if file.src_uri.startswith("assets/") and file.src_uri.endswith(ending):
                file.content_string = minify(file.content_string)
