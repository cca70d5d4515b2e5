"""The server in front of a sample API: real sockets, nothing kept after it stops."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

from nango_cli.sample_api.api import Request
from nango_cli.sample_api.registry import make


class SampleApi:
    """A context manager: inside it the API of this name answers at the base URL it yields, on a port of the loopback.

    The port is a free one unless it is given.
    """

    def __init__(self, name: str = "github", port: int = 0) -> None:
        self._name = name
        self._port = port

    def __enter__(self) -> str:
        self._server = _Server(self._name, self._port)
        name = f"sample-api-{self._name}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name=name, daemon=True)
        self._thread.start()
        return self._server.base_url

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a kept-alive connection may idle for as long as its client likes

    def __init__(self, name: str, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.api = make(name)
        self.lock = threading.Lock()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away in the middle of its answer."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        # The body is read even where it is not used: what is left would be taken for the next request.
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = dict(parse_qsl(parts.query))
        request = Request(self.command, parts.path.rstrip("/"), query, body, self.server.base_url)
        with self.server.lock:
            status, data, headers = self.server.api.answer(request)
        content = b"" if data is None else json.dumps(data, ensure_ascii=False).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: whoever asks shows what was asked."""
