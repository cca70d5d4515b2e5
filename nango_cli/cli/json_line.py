"""JSON on one line, fast: for records, of which there may be millions."""

from __future__ import annotations

import json
from typing import Any

import orjson


def json_line(value: Any) -> str:
    """The value without spaces, in Unicode."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # an integer of more than 64 bits, or half a character
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
