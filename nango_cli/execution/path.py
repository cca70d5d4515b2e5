"""Reads and writes values by a path such as `data.items[0].next`."""

from __future__ import annotations

import re
from typing import Any

_STEP = re.compile(r"[^.\[\]]+")


def get(data: Any, path: str | None) -> Any:
    """The value at a path, or None; a key that holds dots itself wins. No path means the value itself."""
    if not path:
        return data
    if isinstance(data, dict) and path in data:
        return data[path]
    for step in _STEP.findall(path):
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def put(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of `data` with a value at a dotted path; objects on the way are made."""
    first, _, rest = path.partition(".")
    if not rest:
        return {**data, first: value}
    inner = data.get(first)
    return {**data, first: put(inner if isinstance(inner, dict) else {}, rest, value)}
