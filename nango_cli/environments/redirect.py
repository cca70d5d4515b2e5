"""Where a redirect leads, and what may go there: no credentials to another host, nothing to a cloud's metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from nango_cli.environments import address_guard
from nango_cli.environments.exchange import Unreachable
from nango_cli.environments.wire import Received

MOST = 20
_REDIRECTS = (301, 302, 303, 307, 308)
_HARMLESS = ("accept", "accept-language", "accept-encoding", "content-type", "user-agent")


@dataclass(frozen=True, slots=True)
class Hop:
    """One request on the way."""

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    content: bytes | None


def follow(hop: Hop, response: Received, *, private: bool = False) -> Hop | None:
    """What to ask next, None when the response is no redirect. Raises Unreachable when it leads where none may.

    `private` allows loopback and private addresses.
    """
    location = response.headers.get("location")
    if response.status_code not in _REDIRECTS or not location:
        return None
    try:
        url = hop.url.join(location)
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host:
        raise _refusal(hop, "to what is no address")
    headers = dict(hop.headers)
    method, content = hop.method, hop.content
    to_get = response.status_code == 303 or (response.status_code in (301, 302) and method == "POST")
    if to_get and method != "GET":
        method, content = "GET", None
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
    if not _same_origin(hop.url, url):
        if reason := address_guard.refusal(url.host, private=private):
            raise _refusal(hop, f"to {reason}")
        headers = {name: value for name, value in headers.items() if name.lower() in _HARMLESS}
        url = url.copy_with(userinfo=b"")
    return Hop(method, url, headers, content)


def _same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """The same host and port, or the same host with TLS instead of without."""
    if one.host != other.host:
        return False
    usual = {"http": 80, "https": 443}
    ports = [url.port or usual[url.scheme] for url in (one, other)]
    upgrade = (one.scheme, other.scheme) == ("http", "https") and ports == [80, 443]
    return upgrade or (one.scheme == other.scheme and ports[0] == ports[1])


def _refusal(hop: Hop, where: str) -> Unreachable:
    help = "no request is sent there; check the endpoint, and whether the provider can be trusted"
    return Unreachable(f"{hop.url.netloc.decode()} redirects {where}", help=help, retryable=False)
