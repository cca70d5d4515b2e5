"""The one place that speaks HTTP: what httpx raises leaves here as ours.

It keeps connections, and nothing else: no cookies, so that one account's session never serves another, and no
redirects, which whoever asks decides about. Proxy servers are those of the environment variables, but for this machine.
"""

from __future__ import annotations

import functools
import io
import re
import ssl
import threading
import urllib.request
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import httpx

import nango_cli
from nango_cli.environments import header
from nango_cli.environments.address_guard import GuardedBackend, Refused, refusal
from nango_cli.environments.compression import inflate
from nango_cli.environments.exchange import Unreachable
from nango_cli.environments.patient_backend import PatientBackend

USER_AGENT = f"nango-cli/{nango_cli.__version__}"
# Bytes of a body, also after decompression. More than any API means to send, and little enough for any machine; a body
# without an end, or one that was compressed to do harm, must not take all of its memory.
LARGEST = 256 * 2**20
_CONNECT_TIMEOUT = 10.0  # seconds
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=20, keepalive_expiry=30.0)
_ALWAYS = [
    (b"Accept", b"*/*"),
    (b"Accept-Encoding", b"gzip, deflate"),
    (b"Connection", b"keep-alive"),
    (b"User-Agent", USER_AGENT.encode()),
]


class Received(NamedTuple):
    """An answer, whatever its status, with its body as it was before it was compressed."""

    status_code: int
    headers: httpx.Headers
    content: bytes


class Wire:
    """Connections to any number of hosts, kept alive.

    `timeout` is in seconds, for each read and write. `setting` is what somebody should look at who reaches nobody.
    """

    def __init__(self, timeout: float, setting: str) -> None:
        self._timeout = timeout
        self._setting = setting
        self._proxies = urllib.request.getproxies()
        self._transports: dict[tuple[str, str | None, bool | None], httpx.HTTPTransport] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        for transport in self._transports.values():
            transport.close()
        self._transports = {}

    def open(self, url: httpx.URL, private: bool | None = None) -> httpx.HTTPTransport:
        """Prepare for a host: reading the certificates that are trusted takes a while."""
        proxy = self._proxy(url)
        with self._lock:
            transport = self._transports.get((url.scheme, proxy, private))
            if transport is None:
                # Plain HTTP needs no certificates, and a context without any trusts nobody.
                verify = True if url.scheme == "https" or proxy else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                try:
                    transport = _transport(verify, proxy, private)
                except (ImportError, ValueError):
                    help = "check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY: addresses of HTTP proxies begin with http://"
                    raise Unreachable("the proxy server cannot be used", help=help, retryable=False) from None
                self._transports[url.scheme, proxy, private] = transport
        if proxy and private is not None and (reason := refusal(url.host, private=private)):
            raise Refused(reason)  # as far as it is known here: the proxy server asks for the address itself
        return transport

    def exchange(
        self,
        method: str,
        url: httpx.URL,
        headers: Iterable[tuple[bytes, bytes]],
        content: bytes | None = None,
        timeout: float | None = None,
        private: bool | None = None,
    ) -> Received:
        """One request and its whole answer. Raises Unreachable (NG702), or as `patience.left` does.

        Unless `private` is None no connection is made to addresses that `address_guard` refuses; True allows loopback
        and private ones. Connections are shared only between requests that are allowed the same.
        """
        seconds = self._timeout if timeout is None else timeout
        allowed = {"connect": min(seconds, _CONNECT_TIMEOUT), "read": seconds, "write": seconds, "pool": seconds}
        sent = _complete(headers)
        try:
            request = httpx.Request(method, url, headers=sent, content=content, extensions={"timeout": allowed})
            return _received(self.open(url, private).handle_request(request), url.netloc.decode())
        except httpx.LocalProtocolError:
            failure = _unsendable(sent)
        except (httpx.HTTPError, ssl.SSLError, zlib.error, UnicodeError) as error:  # UnicodeError: no name for DNS
            failure = _unreachable(error, url.netloc.decode(), seconds, self._setting)
        except Refused as error:
            failure = _refused(url, str(error))
        raise failure  # outside of the handler: httpx's error holds the request, and with it its credentials

    def _proxy(self, url: httpx.URL) -> str | None:
        if not self._proxies or url.host in _THIS_MACHINE:
            return None
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or urllib.request.proxy_bypass(url.host):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"


def _transport(verify: bool | ssl.SSLContext, proxy: str | None, private: bool | None) -> httpx.HTTPTransport:
    transport = httpx.HTTPTransport(verify=httpx.create_ssl_context(verify), proxy=proxy, limits=_LIMITS)
    guarded = private is not None and proxy is None
    backend = GuardedBackend(private=bool(private)) if guarded else PatientBackend()
    transport._pool._network_backend = backend  # httpx has no argument for it
    return transport


def _received(response: httpx.Response, host: str) -> Received:
    """Read an answer to its end, in pieces: no more of it is in memory at any time than is kept, and one piece."""
    assert isinstance(response.stream, httpx.SyncByteStream)
    content = io.BytesIO()  # which gives away what it holds without a copy
    try:
        pieces = inflate(_bounded(response.stream, host), response.headers.get("content-encoding", ""))
        for piece in _bounded(pieces, host):
            content.write(piece)
    finally:
        response.stream.close()
    return Received(response.status_code, response.headers, content.getvalue())


def _bounded(pieces: Iterable[bytes], host: str) -> Iterator[bytes]:
    """The pieces of a body. Raises Unreachable when together they are too large."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            message = f"{host} sent more than {LARGEST // 2**20} MB in one answer"
            raise Unreachable(message, help="ask for less at a time, such as a page or a range", retryable=False)
        yield piece


@functools.lru_cache(maxsize=64)
def address(text: str) -> httpx.URL:
    """Raises Unreachable when the text is no address of the web."""
    reason = ""
    try:
        url = httpx.URL(text)
        if url.scheme in ("http", "https") and url.host:
            return url
    except httpx.InvalidURL as error:
        reason = f": {error}"
    shown = re.sub(r"(?<=://)[^/]*@", "", text.partition("?")[0])  # credentials may stand on both sides
    help = "base URLs begin with https:// or http://, and a host"
    raise Unreachable(f"`{shown}` is not an address{reason}", help=help, retryable=False)


def _refused(url: httpx.URL, reason: str) -> Unreachable:
    help = "no request is sent there; check the address, and whether the provider can be trusted"
    if reason.endswith("private address"):
        local = "`allow_private: true` under an integration in local.yaml"
        help = f"{local}, or `nango integration update NAME --allow-private` for one of the store, allows it"
    host = url.netloc.decode()
    what = reason.removeprefix(f"{url.host}, which is ")
    return Unreachable(f"{host} is {what}", help=help, retryable=False)


def _unsendable(headers: Iterable[tuple[bytes, bytes]]) -> Unreachable:
    name = header.unfit(headers)
    if name is None:  # two that contradict each other, or the body
        return Unreachable("the request cannot be sent: its headers are not valid", help="check them", retryable=False)
    return Unreachable(f"the header `{name}` cannot be sent", help=header.HELP, retryable=False)


def _unreachable(error: Exception, host: str, timeout: float, setting: str) -> Unreachable:
    """Why there was no answer, in our words."""
    check = f"check {setting}, and the network"
    words = str(error)
    if isinstance(error, httpx.TimeoutException):
        timeout = min(timeout, _CONNECT_TIMEOUT) if isinstance(error, httpx.ConnectTimeout) else timeout
        return Unreachable(f"{host} did not answer within {timeout:g} seconds", help="try again later")
    if "CERTIFICATE" in words:
        return Unreachable(f"{host} cannot be trusted: {_reason(error)}", help=check, retryable=False)
    if "SSL" in words:
        help = f"does the server speak TLS? check {setting}"
        return Unreachable(f"no secure connection to {host}: {_reason(error)}", help=help, retryable=False)
    if isinstance(error, httpx.ConnectError | UnicodeError):
        return Unreachable(f"no connection to {host}: {_reason(error)}", help=check)
    if "complete message body" in words or "incomplete chunked read" in words:
        return Unreachable(f"{host} hung up in the middle of its answer", help="try again")
    return Unreachable(f"the exchange with {host} broke off: {_reason(error)}", help="try again")


def _complete(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with those that every request has, unless they are among them."""
    given = list(headers)
    names = {name.lower() for name, _ in given}
    return [*(pair for pair in _ALWAYS if pair[0].lower() not in names), *given]


def _reason(error: Exception) -> str:
    """Why a connection failed, without the number that each system gives it."""
    words = re.sub(r"^\[[^\]]*\] ", "", str(error))
    return re.sub(r" \(_ssl\.c:\d+\)$", "", words).lower() or type(error).__name__
