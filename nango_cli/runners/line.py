"""The host's end of the channel: never waits for longer than the guest deserves."""

from __future__ import annotations

import json
import select
import socket
from collections.abc import Callable, Mapping
from typing import Any

_INTERVAL = 50  # milliseconds between looks at the process; messages do not wait for them
_CHUNK = 1 << 16


class Closed(Exception):
    """The guest will say nothing more."""


class Malformed(Exception):
    """Something other than a guest wrote to the channel."""


class Line:
    """One JSON-RPC message a line. `alive` says whether the process still runs, and raises to stop waiting."""

    def __init__(self, channel: socket.socket, alive: Callable[[], bool]) -> None:
        channel.setblocking(False)
        self._channel = channel
        self._alive = alive
        self._received = bytearray()

    def read(self) -> dict[str, Any]:
        """The next message. Raises Closed at the end, even if it comes in the middle of one."""
        searched = 0
        while (end := self._received.find(b"\n", searched)) < 0:
            searched = len(self._received)
            self._wait(reading=True)
            try:
                chunk = self._channel.recv(_CHUNK)
            except BlockingIOError:
                continue
            except ConnectionError as error:
                raise Closed from error
            if not chunk:
                raise Closed
            self._received += chunk
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        return _message(line)

    def write(self, message: Mapping[str, Any]) -> None:
        """Send a message; a guest that has gone is noticed by the next read, which may find its last words."""
        data = memoryview(json.dumps({"jsonrpc": "2.0", **message}, separators=(",", ":")).encode("ascii") + b"\n")
        while data:
            try:
                self._wait(reading=False)
                data = data[self._channel.send(data) :]
            except BlockingIOError:
                continue
            except (ConnectionError, Closed):
                return

    def _wait(self, *, reading: bool) -> None:
        poll = select.poll()  # select() knows only the first 1024 descriptors
        poll.register(self._channel, select.POLLIN if reading else select.POLLOUT)
        while True:
            # Asked first: what the process wrote before it ended is there already when we look.
            running = self._alive()
            if poll.poll(_INTERVAL if running else 0):
                return
            if not running:
                raise Closed


def _message(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed("wrote to nango's channel something that is not JSON") from error
    if not isinstance(message, dict) or "id" not in message or not message.keys() & {"method", "result", "error"}:
        raise Malformed("wrote to nango's channel something that is not a message")
    return message
