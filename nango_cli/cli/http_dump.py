"""A request and its answer in full, for `--debug-http`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from nango_cli.execution.event import Exchanged
from nango_cli.redaction import HIDDEN, Redactor, is_secret_name

_MOST = 4000  # characters of a body


def dump(exchanged: Exchanged, redactor: Redactor) -> str:
    """The lines of both, indented, without secrets."""
    request, response = exchanged.request, exchanged.response
    lines = [f"> {request.method} {redactor.url(request.endpoint)}"]
    if request.params:
        lines.append(f"> parameters: {_text(request.params, redactor)}")
    lines += [f"> {line}" for line in _headers(request.headers, redactor)]
    lines += [f"> {line}" for line in _body(request.data, redactor)]
    if response is not None:
        lines.append(f"< {response.status} {redactor.url(response.url)}")
        lines += [f"< {line}" for line in _headers(response.headers, redactor)]
        lines += [f"< {line}" for line in _body(response.data, redactor)]
    return "\n".join(f"    {line}" for line in lines)


def _headers(headers: Mapping[str, str], redactor: Redactor) -> Iterator[str]:
    for name, value in headers.items():
        yield f"{name}: {HIDDEN if is_secret_name(name) else redactor.text(value)}"


def _body(data: Any, redactor: Redactor) -> list[str]:
    if data is None:
        return []
    if isinstance(data, bytes):
        return [f"({len(data):,} bytes)"]
    text = _text(data, redactor, indent=2)
    lines = text[:_MOST].splitlines()
    return lines if len(text) <= _MOST else [*lines, f"... and {len(text) - _MOST:,} characters more"]


def _text(value: Any, redactor: Redactor, indent: int | None = None) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return redactor.text(text)
