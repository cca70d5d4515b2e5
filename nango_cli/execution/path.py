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


def dead_end(data: Any, path: str) -> str | None:
    """Where on a path something lies that cannot hold the rest of it, in words; None if the path may lead somewhere.

    What is empty or null may hold anything in another answer.
    """
    if isinstance(data, dict) and path in data:
        return None
    where = "the answer"
    for step in _STEP.finditer(path):
        if data and not isinstance(data, dict):
            if not isinstance(data, list):
                return f"{where} is no object"
            if not step[0].isdecimal():
                return f"{where} is a list, whose items are numbered from 0"
        data, where = get(data, step[0]), f"`{path[: step.end()]}`"
    return None


def put(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of `data` with a value at a dotted path; objects on the way are made."""
    first, _, rest = path.partition(".")
    if not rest:
        return {**data, first: value}
    inner = data.get(first)
    return {**data, first: put(inner if isinstance(inner, dict) else {}, rest, value)}
