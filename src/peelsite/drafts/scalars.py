"""A text as YAML that is read as that text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from peelsite.yaml_source import Mapping, read

_SIGNS: Final = ("=", "<<")
"""Words that some readers take for more than their text, and ours does not."""


def scalar(text: str) -> str:
    """Return ``text`` as a value in YAML, in quotes where it needs them."""
    if text not in _SIGNS and "\t" not in text and _is_read_as(text, text):
        return text
    single = "'" + text.replace("'", "''") + "'"
    if '"' in text and "'" not in text and _is_read_as(single, text):
        return single
    return json.dumps(text, ensure_ascii=False)  # what is JSON is YAML


def listed(texts: Iterable[str]) -> str:
    """Return the ``texts``, which are ids, as a list in brackets."""
    return f"[{', '.join(map(scalar, texts))}]"


def _is_read_as(written: str, text: str) -> bool:
    """Whether ``written`` is read as ``text``, on a line of its own and within brackets."""
    try:
        raw = f"own: {written}\nwithin: [{written}, {written}]\n".encode()
    except UnicodeEncodeError:
        return False
    root, problems = read("", raw)
    if problems or not isinstance(root, Mapping):
        return False
    return root == {"own": text, "within": [text, text]}
