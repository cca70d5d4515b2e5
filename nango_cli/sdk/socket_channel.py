"""The guest's end of the channel to its host: JSON-RPC 2.0, one message a line, on an inherited socket.

Not on stdin or stdout: those belong to the script, whatever it prints and wherever it stops in a debugger.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import threading
import time
from typing import Any

from nango_cli.sdk.errors import HttpError, SdkError
from nango_cli.sdk.plain import unpack_body
from nango_cli.sdk.requests import Response

_SECOND_SIGNAL = 0.2  # seconds


class HostGone(BaseException):
    """The host closed the channel: nobody waits for this process any more."""


class SocketChannel:
    """One question at a time: threads of a script wait for each other."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._socket.set_inheritable(False)  # a program started by the script must not hold the channel open
        self._lines = self._socket.makefile("rb")
        self._lock = threading.RLock()
        self._last_id = 0
        self._process = os.getpid()
        self.in_foreground = False
        threading.Thread(target=self._die_with_host, name="nango-host", daemon=True).start()

    def receive(self) -> dict[str, Any]:
        line = self._lines.readline()
        if not line.endswith(b"\n"):
            raise HostGone
        message: dict[str, Any] = json.loads(line)
        return message

    def send(self, message: dict[str, Any]) -> None:
        try:
            line = json.dumps({"jsonrpc": "2.0", **message}, allow_nan=False, separators=(",", ":"))
        except ValueError as error:
            raise SdkError("a value is NaN or infinite, which JSON cannot hold") from error
        try:
            self._socket.sendall(line.encode("ascii") + b"\n")
        except OSError as error:
            raise HostGone from error

    def call(self, method: str, params: dict[str, Any]) -> Any:
        if os.getpid() != self._process:
            raise SdkError("`nango` cannot be used in a forked process", help="use threads, or ask before forking")
        with self._lock:
            self._last_id += 1
            try:
                self.send({"id": self._last_id, "method": method, "params": params})
                while (answer := self.receive())["id"] != self._last_id:
                    pass  # the answer to a question that an interrupt cut short
            except KeyboardInterrupt:
                if self.in_foreground:
                    _interrupt_host()
                raise
        if "error" in answer:
            raise _refusal(answer["error"])
        return answer["result"]

    def _die_with_host(self) -> None:
        poll = select.poll()
        poll.register(self._socket, 0)  # no event but the hang-up, which cannot be masked
        poll.poll()
        self.die()

    def die(self) -> None:
        """End this process and all that it started: what the host would do, were it still there."""
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _interrupt_host() -> None:
    """Pass Ctrl-C on: the terminal told only us, but it is the host that is busy.

    The first signal ends us, unless it reaches the host just before it begins to wait for something: Python looks for
    signals between its own steps only.
    """
    for _ in range(2):
        os.kill(os.getppid(), signal.SIGINT)
        time.sleep(_SECOND_SIGNAL)


def _refusal(error: dict[str, Any]) -> SdkError:
    data = error.get("data") or {}
    if data.get("kind") == "http":
        response = Response(unpack_body(data["body"]), data["status"], data["headers"])
        return HttpError(data["method"], data["path"], response)
    return SdkError(error["message"], help=data.get("help"), code=data.get("code"))
