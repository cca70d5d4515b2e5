"""A guest in a thread of the tests' own process: starting a process for each of some hundred runs takes too long."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nango_cli.runners.guest import Guest
from nango_cli.sdk import codec, entry, project
from nango_cli.sdk.context import Context
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.nango import NangoSync


class HostGone(BaseException):
    """The host has ended the run."""


class Scripts:
    """The syncs of a project, each loaded once. A context manager: what was imported for them goes with it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._loaded: dict[str, Any] = {}

    def __enter__(self) -> Scripts:
        self._finders, self._modules = list(sys.meta_path), set(sys.modules)
        return self

    def __exit__(self, *error: object) -> None:
        sys.meta_path[:] = self._finders
        for name in [each for each in sys.modules if each.partition(".")[0] in (project.PACKAGE, "models")]:
            if name not in self._modules:
                del sys.modules[name]

    def entry_point(self, file: str) -> Any:
        if file not in self._loaded:
            self._loaded[file] = entry.find(project.load(self._root, Path(file)), "sync")
        return self._loaded[file]

    @contextlib.contextmanager
    def guest(self) -> Iterator[Guest]:
        """A guest that waits for its one request. What the script raises ends it without an answer: a crash."""
        ours, theirs = socket.socketpair()
        thread = _Thread(self, ours, theirs)
        try:
            yield Guest(thread, ours, -1, False, 0)  # type: ignore[arg-type]
        finally:
            thread.kill()


class _Thread:
    """As much of a `Process` as the host looks at."""

    pid = os.getpid()
    code = 0
    cpu = 0.0
    peak_memory = 0

    def __init__(self, scripts: Scripts, ours: socket.socket, theirs: socket.socket) -> None:
        self._ours = ours
        self._thread = threading.Thread(target=_serve, args=(scripts, theirs), daemon=True)
        self._thread.start()

    def running(self) -> bool:
        return self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self.running()

    def kill(self) -> None:
        self._ours.close()
        self._thread.join()

    def measure(self) -> None:
        """Nothing: its memory is ours."""


def _serve(scripts: Scripts, connection: socket.socket) -> None:
    channel = _Channel(connection)
    with contextlib.closing(connection), contextlib.closing(channel.lines), contextlib.suppress(HostGone):
        request = channel.receive()
        params = request["params"]
        date = params["last_sync_date"]
        context = Context(
            integration=params["integration"],
            connection_id=params["connection_id"],
            provider=params["provider"],
            script=params["script"],
            outputs=tuple(params["outputs"]),
            last_sync_date=datetime.fromisoformat(date) if date else None,
        )
        entry.call(scripts.entry_point(params["file"]), "sync", NangoSync(channel, context), None)
        channel.send({"id": request["id"], "result": {"output": None}})


class _Channel:
    def __init__(self, connection: socket.socket) -> None:
        self.lines = connection.makefile("rb")
        self._connection = connection

    def receive(self) -> dict[str, Any]:
        line = self.lines.readline()
        if not line:
            raise HostGone
        message: dict[str, Any] = codec.decode(line)
        return message

    def send(self, message: dict[str, Any]) -> None:
        try:
            self._connection.sendall(codec.encode({"jsonrpc": "2.0", **message}) + b"\n")
        except OSError as error:
            raise HostGone from error

    def call(self, method: str, params: dict[str, Any]) -> Any:
        self.send({"id": 1, "method": method, "params": params})
        answer = self.receive()
        if "error" in answer:
            raise SdkError(answer["error"]["message"])
        return answer["result"]
