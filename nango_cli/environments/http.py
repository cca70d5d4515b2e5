"""The one place that speaks HTTP to providers: what httpx raises leaves here as ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

import nango_cli
from nango_cli.environments.environment import ProxyRequest, ProxyResponse, Unreachable

_CONNECT_TIMEOUT = 10.0  # seconds
_TEXT = ("text/", "application/xml", "application/javascript", "application/x-www-form-urlencoded", "image/svg+xml")


class HttpClient:
    """A kept-alive client for any number of providers."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT_TIMEOUT)),
            headers={"User-Agent": f"nango-cli/{nango_cli.__version__}"},
            follow_redirects=True,
            mounts={"all://127.0.0.1": None, "all://localhost": None},  # never through a proxy server
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, request: ProxyRequest, base_url: str, headers: Mapping[str, str]) -> ProxyResponse:
        """One exchange. `headers` are the integration's; the request's own win."""
        url = _parse(_address(base_url, request))
        merged = httpx.Headers({_utf8(name): _utf8(value) for name, value in headers.items()})
        merged.update({_utf8(name): _utf8(value) for name, value in request.headers.items()})
        body = _body(request, merged)
        try:
            response = self._client.request(request.method, url, headers=merged, content=body)
        except httpx.HTTPError as error:
            raise self._unreachable(error, url.netloc.decode()) from error
        headers_received = {name.lower(): value for name, value in response.headers.items()}
        return ProxyResponse(response.status_code, headers_received, _data(response), str(response.request.url))

    def _unreachable(self, error: httpx.HTTPError, host: str) -> Unreachable:
        if isinstance(error, httpx.TimeoutException):
            return Unreachable(f"{host} did not answer within {self._timeout:g} seconds", help="try again later")
        if isinstance(error, httpx.TooManyRedirects):
            return Unreachable(f"{host} redirects in circles", help="check the endpoint", retryable=False)
        if isinstance(error, httpx.LocalProtocolError):
            return Unreachable(f"the request cannot be sent: {error}", help="check its headers", retryable=False)
        if "CERTIFICATE" in str(error):
            return Unreachable(f"{host} cannot be trusted: {error}", help="check the base URL", retryable=False)
        if isinstance(error, httpx.ConnectError):
            help = "check the base URL in local.yaml, and the network"
            return Unreachable(f"no connection to {host}: {_reason(error)}", help=help)
        return Unreachable(f"the exchange with {host} broke off: {error or type(error).__name__}", help="try again")


def _parse(address: str) -> httpx.URL:
    help = "base URLs begin with https:// or http://, and a host"
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise Unreachable(f"`{address}` is not an address: {error}", help=help, retryable=False) from error
    if url.scheme not in ("http", "https") or not url.host:
        raise Unreachable(f"`{address}` is not an address", help=help, retryable=False)
    return url


def _address(base_url: str, request: ProxyRequest) -> str:
    endpoint = request.endpoint
    absolute = endpoint.startswith(("https://", "http://"))
    url = endpoint if absolute else f"{base_url.rstrip('/')}/{endpoint.lstrip('/')}"
    params = request.params
    if not params:
        return url
    if isinstance(params, str):
        return f"{url}{'&' if '?' in url else '?'}{_utf8(params.removeprefix('?')).decode()}"
    query = str(httpx.QueryParams(list(_pairs(params))))
    return f"{url}{'&' if '?' in url else '?'}{query}" if query else url


def _pairs(params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Lists become one value with commas, as Nango's client sends them; what is None is left out."""
    for name, value in params.items():
        if isinstance(value, list | tuple):
            yield name, ",".join(_word(item) for item in value)
        elif value is not None:
            yield name, _word(value)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value) if isinstance(value, dict) else _utf8(str(value)).decode()


def _utf8(text: str) -> bytes:
    """Half characters, which JSON can hold and UTF-8 cannot, become question marks."""
    return text.encode("utf-8", "replace")


def _body(request: ProxyRequest, headers: httpx.Headers) -> bytes | None:
    """The bytes to send, and their `Content-Type` unless the script set one; a GET has no body."""
    data = request.data
    if data is None or request.method == "GET":
        return None
    if isinstance(data, bytes):
        headers.setdefault("Content-Type", "application/octet-stream")
        return data
    form = "application/x-www-form-urlencoded"
    if isinstance(data, str):
        headers.setdefault("Content-Type", form)
        return _utf8(data)
    if isinstance(data, dict) and headers.get("Content-Type", "").startswith(form):
        return str(httpx.QueryParams(list(_pairs(data)))).encode()
    headers.setdefault("Content-Type", "application/json")
    return json.dumps(data, separators=(",", ":")).encode()


def _data(response: httpx.Response) -> Any:
    content = response.content
    if not content:
        return None
    kind = response.headers.get("Content-Type", "").lower()
    if "json" in kind:
        try:
            return json.loads(content)
        except ValueError:
            return response.text  # it says JSON and is not, as error pages like to be
    if kind.startswith(_TEXT) or kind.split(";")[0].endswith("+xml"):
        return response.text
    if not kind:
        try:
            return content.decode()
        except UnicodeDecodeError:
            return content
    return content


def _reason(error: Exception) -> str:
    """Why a connection failed, without the number that each system gives it."""
    return re.sub(r"^\[Errno -?\d+\] ", "", str(error)).lower() or "no reason given"
