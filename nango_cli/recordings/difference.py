"""What a request differs in from the nearest one that was recorded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import SequenceMatcher, ndiff

from nango_cli.recordings.identity import Identity
from nango_cli.recordings.match import alike

_MOST_LINES = 24
_MOST_COMPARED = 2000  # characters; comparing longer texts takes long and finds the same


def title(request: Identity) -> str:
    slash = "" if "://" in request.endpoint else "/"
    return f"{request.method.upper()} {slash}{request.endpoint}"


def difference(asked: Identity, recorded: Sequence[Identity]) -> str:
    """Lines with `-` for what was recorded and `+` for what is asked now."""
    if not recorded:
        return "the recording holds no requests"
    near = _nearest(asked, recorded)
    lines = [line.rstrip() for line in ndiff(_lines(near), _lines(asked)) if not line.startswith("?")]
    more = [f"  and {len(lines) - _MOST_LINES} lines more"] if len(lines) > _MOST_LINES else []
    return "\n".join(["the nearest recorded request (-) and this one (+):", *lines[:_MOST_LINES], *more])


def _nearest(asked: Identity, recorded: Sequence[Identity]) -> Identity:
    def closeness(each: Identity) -> tuple[bool, float]:
        there = each.method == asked.method and alike(each.endpoint, asked.endpoint)
        return there, SequenceMatcher(None, _text(each), _text(asked)).ratio()

    return max(recorded, key=closeness)


def _text(request: Identity) -> str:
    return "\n".join(_lines(request))[:_MOST_COMPARED]


def _lines(request: Identity) -> list[str]:
    lines = [title(request)]
    lines += [f"  {name} = {value}" for name, value in request.params]
    lines += [f"  {name}: {value}" for name, value in request.headers]
    if request.data is not None:
        lines += [f"  {line}" for line in _body(request.data).splitlines()]
    return lines


def _body(data: str) -> str:
    try:
        return json.dumps(json.loads(data), ensure_ascii=False, indent=2)
    except ValueError:
        return data
