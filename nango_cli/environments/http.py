"""Sends a script's requests straight to providers."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import unquote_to_bytes

import httpx

from nango_cli.environments import encoding
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse, Unreachable
from nango_cli.environments.redirect import MOST, Hop, follow
from nango_cli.environments.wire import Received, Wire, address


class HttpClient:
    """Connections to any number of providers, kept alive. `timeout` is in seconds."""

    def __init__(self, timeout: float) -> None:
        self._wire = Wire(timeout, "the base URL in local.yaml")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wire.close()

    def warm_up(self, base_url: str, *, private: bool = False) -> None:
        """Read now what the first request would wait for: the certificates that are trusted."""
        try:
            url = address(base_url)
        except Unreachable:  # such as one with a placeholder in it
            url = httpx.URL("https://provider.invalid")
        self._wire.open(url, private)

    def send(
        self, request: ProxyRequest, base_url: str, headers: Mapping[str, str], *, private: bool = False
    ) -> ProxyResponse:
        """One exchange, redirects included. `headers` are the integration's; the request's own win.

        `private` allows loopback and private addresses.
        """
        url = address(_address(base_url, request))
        own = {name.lower() for name in request.headers}
        merged = {name: value for name, value in headers.items() if name.lower() not in own}
        merged.update(request.headers)
        if url.userinfo:
            url = _sign(url, merged)
        hop: Hop | None = Hop(request.method, url, merged, encoding.body(request.method, request.data, merged))
        for _ in range(MOST):
            assert hop is not None
            pairs = [(encoding.utf8(name), encoding.utf8(value)) for name, value in hop.headers.items()]
            response = self._wire.exchange(hop.method, hop.url, pairs, hop.content, private=private)
            last, hop = hop, follow(hop, response, private=private)
            if hop is None:
                return answer(response, str(last.url))
        raise Unreachable(f"{url.netloc.decode()} redirects in circles", help="check the endpoint", retryable=False)


def _address(base_url: str, request: ProxyRequest) -> str:
    endpoint = request.endpoint
    absolute = not base_url or endpoint.startswith(("https://", "http://"))
    place = endpoint if absolute else f"{base_url.rstrip('/')}/{endpoint.lstrip('/')}"
    return encoding.with_query(place, request.params)


def _sign(url: httpx.URL, headers: dict[str, str]) -> httpx.URL:
    """Credentials that stand in an address travel in a header; the address is free of them."""
    if all(name.lower() != "authorization" for name in headers):
        headers["Authorization"] = f"Basic {base64.b64encode(unquote_to_bytes(url.userinfo)).decode()}"
    return url.copy_with(userinfo=b"")


def answer(response: Received, url: str) -> ProxyResponse:
    """What came back, decoded; `url` is for people."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    content, kind = response.content, headers.get("content-type", "")
    data = encoding.decode(content, kind, encoding.charset(kind))
    return ProxyResponse(response.status_code, headers, data, url, content)
