"""What an API of a provider is here: a function from a request to an answer, and the state in between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol


class Request(NamedTuple):
    """`path` has no query and no slash at its end; `base_url` is the server's own."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes
    base_url: str

    def json(self) -> Any:
        """The body; None if it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class Answer(NamedTuple):
    """`data` is a JSON value; None is no body."""

    status: int
    data: Any
    headers: Mapping[str, str] = {}


class Api(Protocol):
    """One per server, which calls it for one request at a time."""

    def answer(self, request: Request) -> Answer: ...


def whole(text: str | None, default: int, most: int) -> int:
    """A positive number from a query, forgiving as APIs are."""
    try:
        number = int(text or default)
    except ValueError:
        return default
    return min(number, most) if number >= 1 else default
