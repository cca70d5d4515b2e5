"""The sample API's server: real sockets, real pages, nothing kept after it stops."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from nango_cli.sample_api import pulls

_RATE_LIMIT = 5000
_RATE_LIMIT_RESET = 1_767_225_600  # 2026-01-01T00:00:00Z; the limit is never reached
_MAX_PER_PAGE = 100

Answer = tuple[int, Any, dict[str, str]]

_NOT_FOUND: Answer = (
    404,
    {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"},
    {},
)


class SampleApi:
    """A context manager: inside it the API answers at the base URL it yields, on a free port of the loopback."""

    def __enter__(self) -> str:
        self._server = _Server()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="sample-api", daemon=True)
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

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pulls = pulls.seed()
        self.lock = threading.Lock()
        self.requests = 0

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
        self._body()
        self._answer(*(self._list() if self._is_pulls() else _NOT_FOUND))

    def do_POST(self) -> None:
        body = self._body()
        self._answer(*(self._create(body) if self._is_pulls() else _NOT_FOUND))

    def do_PUT(self) -> None:
        self._body()
        self._answer(*_NOT_FOUND)

    do_PATCH = do_DELETE = do_PUT

    def _list(self) -> Answer:
        query = dict(parse_qsl(urlsplit(self.path).query))
        chosen = _select(self.server.pulls, query)
        size = _whole(query.get("per_page"), 10, _MAX_PER_PAGE)
        page = _whole(query.get("page"), 1, 1_000_000)
        last = max(1, -(-len(chosen) // size))
        links = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
        if page >= last:
            del links["next"], links["last"]
        if page == 1:
            del links["prev"], links["first"]
        link = ", ".join(f'<{self._page_url(query, to)}>; rel="{rel}"' for rel, to in links.items())
        return 200, chosen[(page - 1) * size : page * size], {"Link": link} if link else {}

    def _create(self, body: bytes) -> Answer:
        try:
            fields = json.loads(body)
        except ValueError:
            return 400, {"message": "Problems parsing JSON", "status": "400"}, {}
        given = fields if isinstance(fields, dict) else {}
        needed = ("title", "head", "base")
        missing = [name for name in needed if not isinstance(given.get(name), str) or not given[name]]
        if missing:
            errors = [{"resource": "PullRequest", "field": name, "code": "missing_field"} for name in missing]
            return 422, {"message": "Validation Failed", "errors": errors, "status": "422"}, {}
        with self.server.lock:
            pull = pulls.new(len(self.server.pulls) + 1, given)
            self.server.pulls.append(pull)
        return 201, pull, {}

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: whoever asks shows what was asked."""

    def _is_pulls(self) -> bool:
        return urlsplit(self.path).path.rstrip("/") == f"/repos/{pulls.OWNER}/{pulls.REPO}/pulls"

    def _page_url(self, query: dict[str, str], page: int) -> str:
        return f"{self.server.base_url}{urlsplit(self.path).path}?{urlencode({**query, 'page': page})}"

    def _body(self) -> bytes:
        """Read it even where it is not used: what is left would be taken for the next request."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, status: int, data: Any, headers: dict[str, str]) -> None:
        with self.server.lock:
            self.server.requests += 1
            used = self.server.requests
        content = json.dumps(data, ensure_ascii=False).encode()
        self.send_response(status)
        limits = {"Limit": _RATE_LIMIT, "Remaining": _RATE_LIMIT - used, "Used": used, "Reset": _RATE_LIMIT_RESET}
        for name, value in limits.items():
            self.send_header(f"X-RateLimit-{name}", str(value))
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _select(all_pulls: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    state = query.get("state", "open")
    sort = query.get("sort", "created")
    key = "updated_at" if sort == "updated" else "created_at"
    newest_first = query.get("direction", "desc" if sort == "created" else "asc") == "desc"
    chosen = [pull for pull in all_pulls if state in ("all", pull["state"])]
    return sorted(chosen, key=lambda pull: (pull[key], pull["number"]), reverse=newest_first)


def _whole(text: str | None, default: int, most: int) -> int:
    """A positive number from a query, as forgiving as GitHub."""
    try:
        number = int(text or default)
    except ValueError:
        return default
    return min(number, most) if number >= 1 else default
