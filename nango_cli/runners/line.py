"""The host's end of the channel: never waits for longer than the guest deserves."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

_INTERVAL = 50  # milliseconds between looks at the process; messages do not wait for them
_CHUNK = 1 << 18


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
        self._readable = _poll(channel, select.POLLIN)
        self._received = bytearray()
        self._decode: Callable[[bytes], Any] = json.loads
        self._encode: Callable[[object], bytes] = _as_ascii
        self.coding = 0.0
        """Seconds spent on turning messages into text and back."""

    def hurry(self) -> None:
        """Load what makes long messages cheap, which takes longer than the first few messages."""
        import pydantic_core  # noqa: F401 - the codec uses it once it is loaded

        from nango_cli.sdk import codec

        codec.encode(None)
        # A provider may have answered NaN, which is for the script to deal with.
        self._encode, self._decode = partial(codec.encode, allow_nan=True), codec.decode

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
        return self._message(line)

    def write(self, message: Mapping[str, Any]) -> None:
        """Send a message; a guest that has gone is noticed by the next read, which may find its last words."""
        start = time.perf_counter()
        data = memoryview(self._encode({"jsonrpc": "2.0", **message}) + b"\n")
        self.coding += time.perf_counter() - start
        while data:
            try:
                try:
                    data = data[self._channel.send(data) :]
                except BlockingIOError:
                    self._wait(reading=False)
            except (ConnectionError, Closed):
                return

    def _wait(self, *, reading: bool) -> None:
        poll = self._readable if reading else _poll(self._channel, select.POLLOUT)
        while True:
            # Asked first: what the process wrote before it ended is there already when we look.
            running = self._alive()
            if poll.poll(_INTERVAL if running else 0):
                return
            if not running:
                raise Closed

    def _message(self, line: bytes) -> dict[str, Any]:
        start = time.perf_counter()
        try:
            message = self._decode(line)
        except (ValueError, RecursionError) as error:
            raise Malformed("wrote to nango's channel something that is not JSON") from error
        self.coding += time.perf_counter() - start
        if not isinstance(message, dict) or "id" not in message or not message.keys() & {"method", "result", "error"}:
            raise Malformed("wrote to nango's channel something that is not a message")
        return message


def _poll(channel: socket.socket, event: int) -> select.poll:
    poll = select.poll()  # select() knows only the first 1024 descriptors
    poll.register(channel, event)
    return poll


def _as_ascii(message: object) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode("ascii")
