"""A script's request as one to a server's proxy. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from nango_cli.environments import encoding
from nango_cli.environments.exchange import ProxyRequest, Unreachable

_PREFIX = "Nango-Proxy-"
_FIRST_WAIT, _LONGEST_WAIT = 3.0, 600.0  # seconds, between the server's attempts


@dataclass(frozen=True, slots=True)
class Wrapped:
    """`target` is the path at the server, `shown` the one at the provider, `patience` in seconds."""

    target: str
    shown: str
    headers: dict[str, str]
    content: bytes | None
    patience: float


def wrap(request: ProxyRequest, *, is_sync: bool, dry_run: bool, user_agent: str, timeout: float) -> Wrapped:
    """Raises Unreachable when the endpoint leads out of the proxy."""
    endpoint = request.endpoint.lstrip("/")
    if any(unquote(step) in (".", "..") for step in re.split(r"[/\\]", endpoint.partition("?")[0])):
        help = "write the path as it is at the provider, and encode what comes from elsewhere"
        raise Unreachable(f"the endpoint `{request.endpoint}` has a step `.` or `..`", help=help, retryable=False)
    place = encoding.with_query(endpoint, request.params)
    headers = {
        "Connection-Id": request.connection_id,
        "Provider-Config-Key": request.integration,
        "Base-Url-Override": request.base_url_override or "",
        "Nango-Activity-Log-Id": "",
    }
    if dry_run:
        headers["Nango-Is-Dry-Run"] = "true"
    if is_sync:
        headers["Nango-Is-Sync"] = "true"
    if request.retries > 0:
        headers["Retries"] = str(request.retries)
    if request.retry_on:
        headers["Retry-On"] = ",".join(map(str, request.retry_on))
    if request.decompress:
        headers["Decompress"] = "true"
    if request.paged and all(name.lower() != "user-agent" for name in request.headers):
        headers[f"{_PREFIX}user-agent"] = user_agent
    for name, value in request.headers.items():
        headers[_PREFIX + name] = value
        if name.lower() == "content-type":
            headers["Content-Type"] = value
    content = encoding.body(request.method, request.data, headers)
    shown = re.sub(r"^(https?://)[^/@]*@", r"\1", place) if "://" in place else f"/{place}"
    return Wrapped(f"/proxy/{place}", shown, headers, content, _patience(request.retries, timeout))


def _patience(retries: int, timeout: float) -> float:
    """How long the server may take: for each attempt, and for its waits between them."""
    waits = sum(min(_FIRST_WAIT * 2.0**attempt, _LONGEST_WAIT) for attempt in range(min(retries, 20)))
    return timeout * (retries + 1) + waits
