"""The guest's end of the channel to its host: JSON-RPC 2.0, one message a line, on an inherited socket.

Not on stdin or stdout: those belong to the script, whatever it prints and wherever it stops in a debugger.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import socket
import sys
import threading
from typing import Any

from nango_cli.sdk import codec, output
from nango_cli.sdk.errors import HttpError, SdkError
from nango_cli.sdk.interrupt import interrupt_host
from nango_cli.sdk.plain import unpack_body
from nango_cli.sdk.requests import Response

_BUFFER = 1 << 18
_SET_SIGNAL = 10  # of fcntl, on Linux
_FROM_ELSEWHERE = frozenset(("proxy", "paginate.next", "fetch"))  # their answers may hold secrets that nobody told us


class HostGone(BaseException):
    """The host closed the channel: nobody waits for this process any more."""


class SocketChannel:
    """One question at a time: threads of a script wait for each other."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._socket.set_inheritable(False)  # a program started by the script must not hold the channel open
        self._lines = self._socket.makefile("rb", buffering=_BUFFER)
        self._lock = threading.RLock()
        self._last_id = 0
        self._process = os.getpid()
        self.in_foreground = False
        threading.Thread(target=self._die_with_host, name="nango-host", daemon=True).start()

    def is_idle(self, milliseconds: int = 0) -> bool:
        """Whether the host has not said anything yet, nor does so within some time."""
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return not poll.poll(milliseconds)

    def receive(self, *, with_secrets: bool = False) -> dict[str, Any]:
        """The next message; what goes under a secret's name in it is kept out of what is printed."""
        line = self._lines.readline()
        if not line.endswith(b"\n"):
            raise HostGone
        message: dict[str, Any] = codec.decode(line)
        if with_secrets:
            output.learn(message, line)
        return message

    def send(self, message: dict[str, Any]) -> None:
        line = codec.encode({"jsonrpc": "2.0", **message})
        try:
            self._socket.sendall(line + b"\n")
        except OSError as error:
            raise HostGone from error

    def call(self, method: str, params: dict[str, Any]) -> Any:
        if os.getpid() != self._process:
            raise SdkError("`nango` cannot be used in a forked process", help="use threads, or ask before forking")
        with self._lock:
            self._last_id += 1
            try:
                self.send({"id": self._last_id, "method": method, "params": params})
                secret = method in _FROM_ELSEWHERE
                while (answer := self.receive(with_secrets=secret))["id"] != self._last_id:
                    pass  # the answer to a question that an interrupt cut short
            except KeyboardInterrupt:
                if self.in_foreground:
                    interrupt_host()
                raise
        if "error" in answer:
            raise _refusal(answer["error"])
        return answer["result"]

    def hold_on(self, lifeline: int | None) -> None:
        """Let the kernel end this process group when the host goes, even while C code lets no thread of Python run."""
        if lifeline is None or sys.platform != "linux" or os.getpgrp() != os.getpid():
            return
        os.set_inheritable(lifeline, False)
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(lifeline, _SET_SIGNAL, signal.SIGKILL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)

    def _die_with_host(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())  # they are for the script's own thread
        poll = select.poll()
        poll.register(self._socket, 0)  # no event but the hang-up, which cannot be masked
        poll.poll()
        self.die()

    def die(self) -> None:
        """End this process and all that it started: what the host would do, were it still there."""
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _refusal(error: dict[str, Any]) -> SdkError:
    data = error.get("data") or {}
    if data.get("kind") == "http":
        response = Response(unpack_body(data["body"]), data["status"], data["headers"])
        return HttpError(data["method"], data["path"], response)
    return SdkError(error["message"], help=data.get("help"), code=data.get("code"))
