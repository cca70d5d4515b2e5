"""What makes two requests the same, and the hash that stands for it in recordings. Pure.

The hash is that of Nango's recordings: the same request has the same hash in both.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from nango_cli.environments.encoding import with_query
from nango_cli.environments.exchange import ProxyRequest

Pairs = tuple[tuple[str, str], ...]

MOST_DATA = 1000  # characters of a body; of a longer one, a digest counts

_PREFIX = "nango-proxy-"
_ADDED_BY_CLIENTS = frozenset(
    """authorization user-agent nango-proxy-user-agent accept-encoding retries host connection-id provider-config-key
    nango-is-sync nango-is-dry-run nango-is-script nango-activity-log-id content-length accept base-url-override
    retry-on""".split()  # noqa: SIM905 - a list of words
)
_USUAL_TYPES = ("application/json", "undefined", "application/x-www-form-urlencoded")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Identity:
    """A request without what HTTP clients add by themselves.

    `method` is in lower case, `endpoint` has no slash in front and no query; the pairs are sorted. `data` is text:
    bytes are base64, objects JSON.
    """

    method: str
    endpoint: str
    params: Pairs = ()
    headers: Pairs = ()
    data: str | None = None

    @property
    def short_data(self) -> str | None:
        """The body, or its digest if it is long."""
        if self.data is None or len(self.data) <= MOST_DATA:
            return self.data
        return f"sha1:{_sha1(self.data)}"

    @property
    def hash(self) -> str:
        parts: dict[str, Any] = {
            "method": self.method,
            "endpoint": self.endpoint,
            "params": self.params,
            "headers": self.headers,
        }
        if self.data is not None:
            parts["data"] = self.short_data
        return _sha1(compact(parts))


def identify(request: ProxyRequest) -> Identity:
    address = with_query(request.endpoint, request.params)
    endpoint, _, query = address.partition("?")
    method = request.method.lower()
    return Identity(
        method=method,
        endpoint=endpoint.lstrip("/"),
        params=tuple(sorted(parse_qsl(query, keep_blank_values=True))),
        headers=own_headers(request.headers.items()),
        data=None if method == "get" else as_text(request.data),
    )


def own_headers(headers: Iterable[tuple[str, str]]) -> Pairs:
    """The headers that a script itself has set; of several with one name, the first."""
    kept: dict[str, str] = {}
    for given, value in headers:
        name = given.lower()
        if name in _ADDED_BY_CLIENTS:
            continue
        name = name.removeprefix(_PREFIX)
        usual = name == "content-type" and value.lower().startswith(_USUAL_TYPES)
        if name not in _ADDED_BY_CLIENTS and not usual:
            kept.setdefault(name, value)
    return tuple(sorted(kept.items()))


def as_text(data: Any) -> str | None:
    if isinstance(data, bytes):
        return base64.b64encode(data).decode("ascii")
    return data if data is None or isinstance(data, str) else compact(data)


def compact(value: Any) -> str:
    """JSON as JavaScript writes it: no spaces, no `.0`, half characters escaped."""
    text = json.dumps(_as_in_javascript(value), ensure_ascii=False, separators=(",", ":"))
    return escaped(text)


def escaped(text: str) -> str:
    """JSON that UTF-8 can say."""
    return _HALF_CHARACTER.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _as_in_javascript(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e21 else value
    if isinstance(value, dict):
        return {name: _as_in_javascript(each) for name, each in value.items()}
    return [_as_in_javascript(each) for each in value] if isinstance(value, list | tuple) else value


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode(errors="surrogatepass"), usedforsecurity=False).hexdigest()
