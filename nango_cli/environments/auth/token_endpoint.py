"""Requests for tokens: Authlib says what is sent, our wire sends it, and answers of all kinds become JSON objects.

Authlib's own httpx client is not used: it follows redirects with what it was given, knows no forbidden addresses, and
is deprecated in favour of another HTTP library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl

from nango_cli.environments import encoding
from nango_cli.environments.auth.failure import TokenRefused

if TYPE_CHECKING:
    from nango_cli.environments.wire import Wire

_LONGEST = 200  # characters of what an endpoint says


class Authentication(Protocol):
    """How a client shows who it is: Authlib's `ClientAuth`."""

    def prepare(self, method: str, uri: str, headers: dict[str, str], body: str) -> tuple[str, dict[str, str], str]: ...


class Anonymous:
    """A request that says who it is in its own way."""

    def prepare(self, method: str, uri: str, headers: dict[str, str], body: str) -> tuple[str, dict[str, str], str]:
        return uri, headers, body


class Answer:
    """As much of a response as Authlib looks at."""

    status_code = 200

    def __init__(self, token: dict[str, Any]) -> None:
        self._token = token

    def json(self) -> dict[str, Any]:
        return dict(self._token)


class Session:
    """What Authlib's client posts through. `body_format` is the definition's: `json`, or a form by default.

    `private` allows loopback and private addresses.
    """

    def __init__(self, wire: Wire, *, body_format: str | None, private: bool) -> None:
        self._wire = wire
        self._as_json = body_format == "json"
        self._private = private

    def post(
        self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Authentication, **_: Any
    ) -> Answer:
        """Raises Unreachable (NG702), or TokenRefused unless the answer is a token, or an error in OAuth's words."""
        from urllib.parse import urlencode

        from nango_cli.environments.wire import address

        uri, sent, body = auth.prepare("POST", url, {"Accept": "application/json", **headers}, urlencode(data))
        content = body.encode()
        if self._as_json:
            sent["Content-Type"] = "application/json"
            content = json.dumps(dict(parse_qsl(body, keep_blank_values=True)), separators=(",", ":")).encode()
        pairs = [(encoding.utf8(name), encoding.utf8(value)) for name, value in sent.items()]
        response = self._wire.exchange("POST", address(uri), pairs, content, private=self._private)
        kind = response.headers.get("content-type", "")
        return Answer(understood(response.status_code, kind, response.content))


def understood(status: int, kind: str, content: bytes) -> dict[str, Any]:
    """The token, or the error, that an answer holds, in the form of RFC 6749. Raises TokenRefused for anything else.

    Some endpoints answer with a form, some report errors with status 200, some report them in other words.
    """
    found = _parsed(kind, content)
    error = found.get("error")
    passing = status >= 500 or status == 429
    if isinstance(error, str) and not passing:
        return found
    if passing or not 200 <= status <= 299 or error or found.get("ok") is False:
        said = _words(error) or _words(found)
        message = f"the token endpoint answered {status}" + (f": {said}" if said else "")
        raise TokenRefused(message, reason=error if isinstance(error, str) else None, passing=passing)
    if "expires_in" in found:
        try:
            found["expires_in"] = int(float(found["expires_in"]))
        except (TypeError, ValueError, OverflowError):
            del found["expires_in"]
    return found


def _parsed(kind: str, content: bytes) -> dict[str, Any]:
    try:
        found = encoding.from_json(content)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    if "json" in kind or "html" in kind:
        return {}
    return dict(parse_qsl(content.decode("utf-8", "replace")))


def _words(found: Any) -> str:
    if isinstance(found, str):
        return found[:_LONGEST]
    if not isinstance(found, Mapping):
        return ""
    names = ("error_description", "message", "detail", "code")
    return next((value[:_LONGEST] for name in names if isinstance(value := found.get(name), str)), "")
