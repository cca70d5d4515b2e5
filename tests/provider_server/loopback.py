"""A small HTTP/1.1 server on the loopback that keeps connections alive, notes what it is asked, and can misbehave.

It stands on sockets rather than on `http.server`, which would spend most of a benchmark on reading headers.
"""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

_MOST_NOTED = 100_000
_TLS_HELLO = b"\x16"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived: the target with its query, the headers in their order and spelling."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.target.partition("?")[2], keep_blank_values=True)

    def parameter(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.query if key == name), default)

    def number(self, name: str, default: int) -> int:
        return int(self.parameter(name, str(default)))

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    def as_json(self) -> dict[str, Any]:
        """For echoes and for logs that are compared."""
        return {
            "method": self.method,
            "path": self.path,
            "query": [list(pair) for pair in self.query],
            "headers": {name.lower(): value for name, value in self.headers},
            "body": self.body.decode("utf-8", "replace"),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send: `data` is bytes, None for no body, or anything else as JSON.

    `delay` is in seconds. `cut` sends so many bytes of the body and closes; `reset` closes without a word. `pieces` are
    sent instead of the body, each once the one before is, then the connection closes; they may go on for ever.
    """

    status: int = 200
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: int | None = None
    reset: bool = False
    pieces: Iterable[bytes] | None = None

    def encoded(self) -> bytes:
        body = self.data
        headers = dict(self.headers)
        if body is None:
            body = b""
        elif not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
            headers.setdefault("Content-Type", "application/json; charset=utf-8")
        if self.pieces is None and self.status >= 200 and self.status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Odd"
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        sent = body if self.cut is None else body[: self.cut]
        return f"HTTP/1.1 {self.status} {phrase}\r\n{head}\r\n".encode("utf-8") + sent  # noqa: UP012 - the wire's


class Loopback:
    """A context manager: inside it, `url` answers what `answer` says; `requests` holds what was asked, in order."""

    def __init__(self, port: int = 0, *, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Asked] = []
        self.listeners: list[Callable[[Asked], None]] = []
        self.lock = threading.RLock()
        self._server = _Server(self, port, tls)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, asked: Asked) -> Answer:
        raise NotImplementedError("each server has its own")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()
        self._thread.join()

    def note(self, asked: Asked) -> None:
        with self.lock:
            if len(self.requests) < _MOST_NOTED:
                self.requests.append(asked)
        for listener in self.listeners:
            listener(asked)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, loopback: Loopback, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.loopback = loopback
        self.open: set[socket.socket] = set()
        self._tls = tls

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self._tls is not None:
            try:
                connection = self._tls.wrap_socket(connection, server_side=True)
            except OSError:
                connection.close()
                raise
        return connection, address

    def hang_up(self) -> None:
        for each in list(self.open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone; that is how tests end."""


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        self.server.open.add(self.connection)
        try:
            if (
                not isinstance(self.connection, ssl.SSLSocket)
                and self.connection.recv(1, socket.MSG_PEEK) == _TLS_HELLO
            ):
                self.wfile.write(Answer(400).encoded())
                return
            while (asked := self._read()) is not None:
                self.server.loopback.note(asked)
                if not self._send(self._answer(asked)) or (asked.header("connection") or "").lower() == "close":
                    return
        finally:
            self.server.open.discard(self.connection)

    def _answer(self, asked: Asked) -> Answer:
        try:
            return self.server.loopback.answer(asked)
        except Exception as error:  # a mistake in a test's server must be seen in the test
            return Answer(599, {"loopback_failed": repr(error)})

    def _read(self) -> Asked | None:
        line = self.rfile.readline(65536).decode("latin-1").split(" ")
        if len(line) != 3:
            return None
        headers: list[tuple[str, str]] = []
        length, chunked = 0, False
        while (raw := self.rfile.readline(65536)) not in (b"\r\n", b"\n", b""):
            name, _, value = raw.partition(b":")
            key, text = name.decode("latin-1"), value.strip().decode("utf-8", "replace")
            headers.append((key, text))
            lowered = key.lower()
            if lowered == "content-length":
                length = int(text)
            chunked = chunked or (lowered == "transfer-encoding" and text.lower() == "chunked")
        body = self._chunks() if chunked else self.rfile.read(length) if length else b""
        return Asked(line[0], line[1], tuple(headers), body)

    def _chunks(self) -> bytes:
        found = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return found

    def _send(self, answer: Answer) -> bool:
        """Whether the connection stays."""
        if answer.delay:
            time.sleep(answer.delay)
        if answer.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return False
        self.wfile.write(answer.encoded())
        for piece in answer.pieces or ():
            self.wfile.write(piece)
        return answer.cut is None and answer.pieces is None
