"""Listens on the loopback for one redirect of the browser, and shows how it ended."""

from __future__ import annotations

import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from nango_cli.environments.auth.failure import AuthorizationFailed

HOST = "127.0.0.1"
PATH = "/callback"

_PATIENCE = 60.0  # seconds that the browser waits for us to ask for a token
_SOCKET_PATIENCE = 5.0  # seconds; browsers open connections that they do not use
_LAST = 1.0  # seconds for the page to get out
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem; color: #222 }}
@media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #ddd }} }}
</style>
<h1>{title}</h1>
<p>{text}</p>
"""
_DONE = ("Connected", "You can close this window and go back to the terminal.")
_FAILED = ("Not connected", "The terminal says why.")
_NOT_HERE = ("Not found", "Nothing is here.")


class Callback:
    """A context manager: inside it somebody listens. Leaving it without `succeed` shows the page of a failure."""

    def __init__(self, port: int = 0, path: str = PATH) -> None:
        """Raises AuthorizationFailed (NG712) when the port is taken."""
        self._answers: queue.Queue[dict[str, str]] = queue.Queue()
        self._decided, self._shown = threading.Event(), threading.Event()
        self._page, self._waits, self._path = _FAILED, False, path
        try:
            self._server = _Server((HOST, port), self)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or "no such port"
            message = f"nobody can listen on port {port} of this machine: {reason}"
            raise AuthorizationFailed(message, help="choose another one, or none for a free one") from error
        self.address = f"http://{HOST}:{self._server.server_address[1]}{path}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._decided.set()
        if self._waits:
            self._shown.wait(_LAST)
        self._server.shutdown()
        self._server.server_close()

    def wait(self, patience: float) -> dict[str, str] | None:
        """The parameters of the redirect, None when it has not come after so many seconds."""
        try:
            return self._answers.get(timeout=patience)
        except queue.Empty:
            return None

    def succeed(self) -> None:
        self._page = _DONE

    def answered(self, target: str) -> tuple[int, tuple[str, str]]:
        """The page for a request; the first redirect waits for what becomes of it, later ones change nothing."""
        parts = urlsplit(target)
        given = dict(parse_qsl(parts.query))
        if parts.path != self._path or not ("code" in given or "error" in given):
            return 404, _NOT_HERE
        if not self._waits:
            self._waits = True
            self._answers.put(given)
        self._decided.wait(_PATIENCE)
        return 200 if self._page is _DONE else 400, self._page

    def shown(self) -> None:
        self._shown.set()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], callback: Callback) -> None:
        super().__init__(address, _Handler)
        self.callback = callback

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away; its user sees the terminal."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _SOCKET_PATIENCE

    def do_GET(self) -> None:
        status, (title, text) = self.server.callback.answered(self.path)
        content = _PAGE.format(title=title, text=text).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(content)
        if status != 404:
            self.server.callback.shown()

    def version_string(self) -> str:
        return "nango"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address holds the code."""
