"""A provider on the loopback, with pages, echoes and faults. `python -m provider_server --port 4000` runs it alone.

| path | answers |
| --- | --- |
| `/echo...` | what it was asked: `{"method", "path", "query", "headers", "body"}` |
| `/cursor?cursor=&limit=` | `{"items", "next_cursor"}` |
| `/link?page=&per_page=` | a list, and `Link: <...>; rel="next"` |
| `/link-body?page=&per_page=` | `{"items", "next"}` with an absolute address |
| `/offset?offset=&limit=` | `{"items"}` |
| `/repeated-cursor`, `/repeated-link` | the same cursor or link for ever |
| `/empty-page` | no items, and a cursor all the same |
| `/status/<n>?times=&after=` | status n, for the first `times` requests only if given; `Retry-After: <after>` |
| `/reset?times=`, `/slow?seconds=` | a reset connection; an answer that takes its time |
| `/hang` | nothing at all; the connection stays |
| `/drip?head=` | a byte every 0.1 seconds, without an end; with `head`, of its headers |
| `/forever` | zeros without an end, as fast as they are read |
| `/gzbomb?mb=&layers=` | so many megabytes of zeros, compressed once or more often |
| `/large?mb=&kind=&gzip=` | so many megabytes of that `Content-Type`: zeros, or a long text of JSON; maybe compressed |
| `/truncated` | half of a JSON body whose length is given; the connection closes |
| `/not-json`, `/html`, `/text`, `/bytes`, `/nothing`, `/big` | bodies of all kinds |
| `/redirect?to=&status=` | a redirect; `/redirect-private` leads to a cloud's metadata address |
| `/secrets` | planted secrets in headers, cookies and the body; so does every answer with `?secrets=1` |
"""

from __future__ import annotations

import functools
import gzip
import itertools
import struct
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from provider_server.loopback import Answer, Asked, Loopback

__all__ = ["METADATA", "PLANTED", "Answer", "Asked", "Loopback", "ProviderServer", "item"]

METADATA = "http://169.254.169.254/latest/meta-data/"
_LONG = 3600.0  # seconds
PLANTED = {
    "header": "planted-header-5d1c",
    "cookie": "planted-cookie-8a2b",
    "body": "planted-body-77e0",
}


def item(number: int) -> dict[str, Any]:
    """The record with this number, counted from 1."""
    return {
        "id": str(number),
        "number": number,
        "name": f"Item {number}",
        "email": f"item{number}@example.com",
        "active": number % 3 != 0,
        "created_at": f"2026-01-{number % 28 + 1:02}T12:00:00Z",
        "tags": ["a", "b"] if number % 2 else [],
    }


class ProviderServer(Loopback):
    """`records` is how many items there are to page through."""

    def __init__(self, records: int = 25, port: int = 0) -> None:
        super().__init__(port)
        self.records = records
        self.tried: Counter[str] = Counter()

    def answer(self, asked: Asked) -> Answer:
        name = asked.path.strip("/").split("/")[0].replace("-", "_")
        method = getattr(self, f"_{name}", None)
        answer = Answer(404, {"message": "Not Found"}) if method is None else method(asked)
        return _with_secrets(answer) if asked.parameter("secrets") else answer

    def _page(self, first: int, size: int) -> list[dict[str, Any]]:
        """Items from the `first`, counted from 0."""
        return [item(number + 1) for number in range(max(0, first), min(first + size, self.records))]

    def _echo(self, asked: Asked) -> Answer:
        return Answer(200, asked.as_json())

    def _cursor(self, asked: Asked) -> Answer:
        first, size = asked.number("cursor", 0), asked.number("limit", 10)
        following = str(first + size) if first + size < self.records else None
        return Answer(200, {"items": self._page(first, size), "next_cursor": following})

    def _link(self, asked: Asked) -> Answer:
        page, size = asked.number("page", 1), asked.number("per_page", 10)
        more = page * size < self.records
        link = {"Link": f'<{self.url}/link?page={page + 1}&per_page={size}>; rel="next"'} if more else {}
        return Answer(200, self._page((page - 1) * size, size), link)

    def _link_body(self, asked: Asked) -> Answer:
        page, size = asked.number("page", 1), asked.number("per_page", 10)
        following = f"{self.url}/link-body?page={page + 1}&per_page={size}" if page * size < self.records else None
        return Answer(200, {"items": self._page((page - 1) * size, size), "next": following})

    def _offset(self, asked: Asked) -> Answer:
        return Answer(200, {"items": self._page(asked.number("offset", 0), asked.number("limit", 10))})

    def _repeated_cursor(self, asked: Asked) -> Answer:
        return Answer(200, {"items": [item(1)], "next_cursor": "same"})

    def _repeated_link(self, asked: Asked) -> Answer:
        return Answer(200, [item(1)], {"Link": f'<{self.url}/repeated-link?page=2>; rel="next"'})

    def _empty_page(self, asked: Asked) -> Answer:
        return Answer(200, {"items": [], "next_cursor": "more"})

    def _status(self, asked: Asked) -> Answer:
        status = int(asked.path.rstrip("/").rpartition("/")[2])
        if self._spent(asked):
            return Answer(200, {"tries": self.tried[asked.target]})
        after = asked.parameter("after")
        return Answer(status, {"message": f"status {status}"}, {"Retry-After": after} if after else {})

    def _reset(self, asked: Asked) -> Answer:
        return Answer(200, {"tries": self.tried[asked.target]}) if self._spent(asked) else Answer(reset=True)

    def _spent(self, asked: Asked) -> bool:
        """Whether this address has failed as often as its `times` wants."""
        with self.lock:
            self.tried[asked.target] += 1
            times = asked.parameter("times")
            return bool(times) and self.tried[asked.target] > int(times)

    def _slow(self, asked: Asked) -> Answer:
        return Answer(200, {"slow": True}, delay=float(asked.parameter("seconds", "1")))

    def _hang(self, asked: Asked) -> Answer:
        return Answer(delay=_LONG)

    def _drip(self, asked: Asked) -> Answer:
        if asked.parameter("head"):
            return Answer(100, pieces=_drops(b"HTTP/1.1 200 OK\r\nX: "))
        return Answer(200, None, {"Content-Type": "text/plain"}, pieces=_drops())

    def _forever(self, asked: Asked) -> Answer:
        return Answer(200, None, {"Content-Type": "application/octet-stream"}, pieces=itertools.repeat(bytes(1 << 20)))

    def _gzbomb(self, asked: Asked) -> Answer:
        layers = asked.number("layers", 1)
        return Answer(200, _bomb(asked.number("mb", 600), layers), {"Content-Encoding": ", ".join(["gzip"] * layers)})

    def _large(self, asked: Asked) -> Answer:
        kind, size = asked.parameter("kind", "application/json"), asked.number("mb", 50) << 20
        body = b'"' + b"x" * (size - 2) + b'"' if "json" in kind else bytes(size)
        headers = {"Content-Type": kind}
        if asked.parameter("gzip"):
            body, headers["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        return Answer(200, body, headers)

    def _truncated(self, asked: Asked) -> Answer:
        return Answer(200, self._page(0, 10), cut=100)

    def _not_json(self, asked: Asked) -> Answer:
        return Answer(200, b"<html>no JSON</html>", {"Content-Type": "application/json"})

    def _html(self, asked: Asked) -> Answer:
        return Answer(200, b"<title>Sign in</title>", {"Content-Type": "text/html"})

    def _text(self, asked: Asked) -> Answer:
        return Answer(200, "é".encode("latin-1"), {"Content-Type": "text/plain; charset=latin-1"})

    def _bytes(self, asked: Asked) -> Answer:
        return Answer(200, b"\x89PNG\x00", {"Content-Type": "image/png"})

    def _nothing(self, asked: Asked) -> Answer:
        return Answer(204)

    def _big(self, asked: Asked) -> Answer:
        return Answer(200, b'{"id":12345678901234567890123}', {"Content-Type": "application/json"})

    def _redirect(self, asked: Asked) -> Answer:
        return Answer(asked.number("status", 302), None, {"Location": asked.parameter("to", "/echo")})

    def _redirect_private(self, asked: Asked) -> Answer:
        return Answer(302, None, {"Location": METADATA})

    def _redirect_loop(self, asked: Asked) -> Answer:
        return Answer(302, None, {"Location": "/redirect-loop"})

    def _secrets(self, asked: Asked) -> Answer:
        return _with_secrets(Answer(200, {"id": "1", "access_token": PLANTED["body"], "name": "Item 1"}))


def _drops(first: bytes = b"") -> Iterator[bytes]:
    yield first
    while True:
        time.sleep(0.1)
        yield b"x"


@functools.cache
def _bomb(megabytes: int, layers: int) -> bytes:
    packer, zeros, check = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS), bytes(1 << 20), 0
    block, end = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH), packer.flush()
    for _ in range(megabytes):
        check = zlib.crc32(zeros, check)
    packed = gzip.compress(b"")[:10] + block * megabytes + end + struct.pack("<II", check, megabytes << 20)
    for _ in range(1, layers):
        packed = gzip.compress(packed)
    return packed


def _with_secrets(answer: Answer) -> Answer:
    headers = {"X-Api-Key": PLANTED["header"], "Set-Cookie": f"session={PLANTED['cookie']}; HttpOnly"}
    return replace(answer, headers={**answer.headers, **headers})
