"""A provider that costs next to nothing: pages of records that differ in their ids, from a process of its own.

    python bench/provider.py RECORDS PER_PAGE

Prints its port and serves `GET /items?cursor=N` until it is killed: `{"items": [...], "next": "N" or null}`.
"""

from __future__ import annotations

import socket
import sys
import threading

RECORD = (
    b'{"id":"item-%07d","name":"Some item","email":"someone@example.com","active":true,"score":14.25,"count":7,'
    b'"created_at":"2026-01-31T09:30:00Z","tags":["a","b","c"],'
    b'"address":{"street":"Main Street 1","city":"Springfield","zip":"12345"},"notes":null}'
)


def page(start: int, total: int, per_page: int) -> bytes:
    end = min(start + per_page, total)
    following = b'"%d"' % end if end < total else b"null"
    items = b",".join([RECORD] * (end - start)) % tuple(range(start, end))
    body = b'{"items":[%s],"next":%s}' % (items, following)
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def serve(connection: socket.socket, total: int, per_page: int) -> None:
    with connection, connection.makefile("rb") as lines:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while request := lines.readline():
            while lines.readline().strip():
                pass
            target = request.split()[1].decode()
            start = target.partition("cursor=")[2].partition("&")[0]
            connection.sendall(page(int(start or 0), total, per_page))


def main() -> None:
    total, per_page = map(int, sys.argv[1:])
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve, args=(connection, total, per_page), daemon=True).start()


if __name__ == "__main__":
    main()
