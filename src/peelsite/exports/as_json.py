"""How JSON is written."""

from __future__ import annotations

from typing import Any

import orjson


def as_json(value: Any) -> bytes:
    """Return JSON on one line; with a line for each value, files are a third larger."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
