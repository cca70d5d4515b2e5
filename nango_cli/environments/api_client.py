"""Speaks to a server's HTTP API: one method between us and it.

The secret key is in the header of each request and nowhere else: not in messages, not in what is raised from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from nango_cli.environments import encoding
from nango_cli.environments.api_failure import failure, not_nango
from nango_cli.environments.wire import Received, Wire, address
from nango_cli.errors import EnvironmentFailure

_HIDDEN = "***"
_SHORTEST_SECRET = 8  # characters
Query = Sequence[tuple[str, str]]


class ApiClient:
    """`base_url` has no trailing slash; `key_name` is the variable that the key came from, for messages.

    `timeout` is in seconds. Raises EnvironmentFailure NG705 when the key has characters that no header may have.
    """

    def __init__(self, base_url: str, secret_key: str, *, timeout: float, key_name: str) -> None:
        if not secret_key.isascii() or not secret_key.isprintable() or not secret_key.strip():
            message = "the secret key is not one: it has characters that no key has"
            raise EnvironmentFailure(message, code="NG705", help=f"check {key_name}; keys are UUIDs")
        self._url = address(base_url)
        self._base = base_url.rstrip("/")
        self._authorization = (b"Authorization", f"Bearer {secret_key}".encode())
        self._secret_key = secret_key
        self._key_name = key_name
        self._wire = Wire(timeout, "NANGO_HOSTPORT")

    @property
    def host(self) -> str:
        return self._url.netloc.decode()

    def close(self) -> None:
        self._wire.close()

    def warm_up(self) -> None:
        self._wire.open(self._url)

    def send(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        content: bytes | None = None,
        timeout: float | None = None,
    ) -> Received:
        """One exchange; `target` is a path with its query. Raises Unreachable (NG702), and no other failure."""
        pairs = [(encoding.utf8(name), encoding.utf8(value)) for name, value in headers.items()]
        return self._wire.exchange(
            method, address(self._base + target), [self._authorization, *pairs], content, timeout=timeout
        )

    def json(
        self,
        method: str,
        path: str,
        *,
        query: Query = (),
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        timeout: float | None = None,
    ) -> Any:
        """The answer's JSON. Raises Unreachable, or EnvironmentFailure for all that is not a success."""
        sent = dict(headers or {})
        content = encoding.body(method, body, sent)
        target = f"{path}?{urlencode(query)}" if query else path
        response = self.send(method, target, sent, content, timeout)
        what, status = f"{method} {path}", response.status_code
        if not 200 <= status <= 299:
            raise self.failure(what, response)
        try:
            return encoding.from_json(response.content) if response.content else None
        except ValueError:
            pass
        raise self._clean(not_nango(what, self.host, status, response.headers, response.content))

    def failure(self, what: str, response: Received) -> EnvironmentFailure:
        """The exception for an answer that is not a success; a server that repeats the key is not repeated."""
        status, headers = response.status_code, response.headers
        return self._clean(failure(what, self.host, status, headers, response.content, self._key_name))

    def _clean(self, error: EnvironmentFailure) -> EnvironmentFailure:
        if len(self._secret_key) < _SHORTEST_SECRET:  # no key, but a part of ordinary words
            return error
        error.message = error.message.replace(self._secret_key, _HIDDEN)
        error.help = error.help and error.help.replace(self._secret_key, _HIDDEN)
        error.args = (error.message,)
        return error
