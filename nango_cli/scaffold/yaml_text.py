"""Plain values as lines of YAML, as a person would write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias, Union

Value: TypeAlias = Union[bool, int, float, str, "list[Value]", "dict[str, Value]", None]

_PLAIN = re.compile(r"[A-Za-z/](?:[A-Za-z0-9_./-]|[ ](?=[A-Za-z0-9]))*")
_NOT_TEXT = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])  # to one version of YAML or other


def scalar(value: Value) -> str:
    """A leaf: text stays text for every reader of YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if not isinstance(value, str) or (_PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT):
        return text
    return "'" + text.replace("'", "''") + "'"


def lines(key: str, value: Value, indent: str, step: int) -> Iterator[str]:
    """An entry and everything below it, without line breaks."""
    deeper = indent + " " * step
    if isinstance(value, dict):
        yield f"{indent}{scalar(key)}:"
        for name, each in value.items():
            yield from lines(name, each, deeper, step)
    elif isinstance(value, list):
        yield f"{indent}{scalar(key)}:"
        for item in value:
            yield f"{deeper}- {scalar(item)}"
    else:
        yield f"{indent}{scalar(key)}: {scalar(value)}"
