"""Connections that keep to `patience`, whatever the other end does: say nothing, or a byte at a time."""

from __future__ import annotations

import math
import ssl
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

import httpcore

from nango_cli.environments import patience

_PIECE = 1 << 16  # bytes written between two looks
_Done = TypeVar("_Done")


class PatientBackend(httpcore.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        connect = super().connect_tcp
        return _Stream(_bounded(lambda seconds: connect(host, port, seconds, local_address, socket_options), timeout))


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        until = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            seconds = min(patience.pause(), max(0.0, until - time.monotonic()))
            try:
                return self._inner.read(max_bytes, _finite(seconds))
            except httpcore.ReadTimeout:  # nothing is lost: what comes later is there for the next one
                if time.monotonic() >= until:
                    patience.left()
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            _bounded(partial(self._inner.write, buffer[start : start + _PIECE]), timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        start = self._inner.start_tls
        return _Stream(_bounded(lambda seconds: start(ssl_context, server_hostname, seconds), timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _bounded(act: Callable[[float | None], _Done], timeout: float | None) -> _Done:
    """Act within the time that is left; when it was that which ran out, say so."""
    seconds = min(math.inf if timeout is None else timeout, patience.left())
    try:
        return act(_finite(seconds))
    except httpcore.TimeoutException:
        patience.left()
        raise


def _finite(seconds: float) -> float | None:
    return None if seconds == math.inf else seconds
