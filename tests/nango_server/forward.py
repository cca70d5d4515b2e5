"""The server's proxy: a request goes on to the provider with the connection's token, and again where asked for."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections import defaultdict
from urllib.parse import urlsplit

from provider_server.loopback import Answer, Asked

_PREFIX = "nango-proxy-"
_HOP = {"connection", "content-length", "transfer-encoding", "date", "server", "keep-alive"}


class Forwarder:
    """Keeps its connections to providers alive. `backoff` is the wait before the first repetition, in seconds."""

    def __init__(self, backoff: float) -> None:
        self._backoff = backoff
        self._idle: defaultdict[str, list[http.client.HTTPConnection]] = defaultdict(list)

    def close(self) -> None:
        for connections in self._idle.values():
            for each in connections:
                each.close()
        self._idle.clear()

    def send(self, asked: Asked, base_url: str, token: str) -> Answer:
        """The provider's last answer; `Retries` and `Retry-On` say how often to ask."""
        retries = int(asked.header("retries") or 0)
        retry_on = {int(status) for status in (asked.header("retry-on") or "").split(",") if status}
        base = urlsplit(asked.header("base-url-override") or base_url)
        target = base.path.rstrip("/") + "/" + asked.target.removeprefix("/proxy/")
        headers = _headers(asked, token)
        answer = Answer(502)
        for attempt in range(retries + 1):
            if attempt:
                time.sleep(self._backoff * 2 ** (attempt - 1))
            try:
                answer = self._once(base.netloc, asked.method, target, headers, asked.body)
            except (OSError, http.client.HTTPException) as error:
                answer = Answer(500, {"error": {"code": "proxy_error", "message": type(error).__name__}})
                continue
            if not (answer.status >= 500 or answer.status in (401, 429) or answer.status in retry_on):
                break
        return answer

    def _once(self, host: str, method: str, target: str, headers: dict[str, bytes], body: bytes) -> Answer:
        with contextlib.ExitStack() as on_failure:
            idle = self._idle[host]
            try:
                connection = idle.pop()
            except IndexError:
                connection = http.client.HTTPConnection(host, timeout=30)
            on_failure.callback(connection.close)
            connection.request(method, target, body or None, headers)
            response = connection.getresponse()
            data = response.read()
            received = {name: value for name, value in response.getheaders() if name.lower() not in _HOP}
            if not response.will_close:
                on_failure.pop_all()
                idle.append(connection)
        return Answer(response.status, data, received)


def _headers(asked: Asked, token: str) -> dict[str, bytes]:
    headers = {"Authorization": f"Bearer {token}".encode()}
    if kind := asked.header("content-type"):
        headers["Content-Type"] = kind.encode()
    for name, value in asked.headers:
        if name.lower().startswith(_PREFIX):
            headers[name[len(_PREFIX) :]] = value.encode()
    return headers
