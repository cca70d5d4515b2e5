"""Providers that never answer, never end or answer with far too much: time and memory stay bounded."""

from __future__ import annotations

import gzip
import itertools
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from nango_server import NangoServer
from provider_server import Answer, ProviderServer

from nango_cli.environments import patience, wire
from nango_cli.environments.compression import inflate
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse, Unreachable
from nango_cli.environments.http import HttpClient
from nango_cli.environments.remote import RemoteEnvironment

ENDLESS = ["/hang", "/drip", "/drip?head=1", "/forever"]


class Over(Exception):
    pass


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


def ask(url: str, endpoint: str, method: str = "GET", **more: Any) -> ProxyResponse:
    with HttpClient(30.0) as client:
        return client.send(ProxyRequest("acme", "demo", method, endpoint, **more), url, {}, private=True)


@pytest.mark.parametrize("endpoint", ENDLESS)
def test_a_time_limit_ends_every_wait(provider: ProviderServer, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST", 2**60)
    monkeypatch.setattr(wire.io, "BytesIO", Nowhere)
    start = time.monotonic()
    with patience.limited(0.5, threading.Event(), Over), pytest.raises(Over, match="time limit"):
        ask(provider.url, endpoint)
    assert 0.4 < time.monotonic() - start < 2


@pytest.mark.parametrize("endpoint", ENDLESS)
def test_a_stop_ends_every_wait(provider: ProviderServer, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST", 2**60)
    monkeypatch.setattr(wire.io, "BytesIO", Nowhere)
    stop = threading.Event()
    start = time.monotonic()
    threading.Timer(0.3, stop.set).start()
    with patience.limited(None, stop, Over), pytest.raises(Over, match="stopped"):
        ask(provider.url, endpoint)
    assert time.monotonic() - start < 2


class Nowhere:
    """Takes what is written to it, and keeps nothing."""

    def write(self, piece: bytes) -> None:
        pass


def test_a_server_that_does_not_read() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        start = time.monotonic()
        with patience.limited(0.5, threading.Event(), Over), pytest.raises(Over, match="time limit"):
            ask(f"http://127.0.0.1:{deaf.getsockname()[1]}", "/", "POST", data=bytes(50 << 20))
        assert time.monotonic() - start < 2


def test_the_timeout_of_a_read_still_counts(provider: ProviderServer) -> None:
    with patience.limited(60, threading.Event(), Over), HttpClient(0.3) as client:
        with pytest.raises(Unreachable, match=r"did not answer within 0\.3 seconds"):
            client.send(ProxyRequest("acme", "demo", "GET", "/hang"), provider.url, {}, private=True)
        slow = ProxyRequest("acme", "demo", "GET", "/slow?seconds=0.25")  # longer than the time between two looks
        assert client.send(slow, provider.url, {}, private=True).status == 200


def test_an_inner_limit_does_not_outlast_an_outer_one() -> None:
    assert patience.left() == patience.pause() == float("inf")
    with patience.limited(1, threading.Event(), Over):
        with patience.limited(None, threading.Event(), Over):
            assert patience.left() <= 1
        with patience.limited(0, threading.Event(), Over), pytest.raises(Over):
            patience.left()
        assert 0 < patience.pause() <= patience.left()
    assert patience.left() == float("inf")


@pytest.mark.parametrize("endpoint", ["/forever", "/gzbomb?mb=20", "/gzbomb?mb=20&layers=2", "/large?mb=9"])
def test_answers_that_are_too_large(provider: ProviderServer, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST", 8 << 20)
    with pytest.raises(Unreachable) as caught:
        ask(provider.url, endpoint)
    assert caught.value.message == f"{provider.url.removeprefix('http://')} sent more than 8 MB in one answer"
    assert not caught.value.retryable


CHILD = """
from nango_cli.environments.exchange import ProxyRequest, Unreachable
from nango_cli.environments.http import HttpClient

with HttpClient(30.0) as client:
    try:
        answer = client.send(ProxyRequest("acme", "demo", "GET", {endpoint!r}), {url!r}, {{}}, private=True)
        print(len(answer.data))
    except Unreachable as error:
        print(error.message)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is in /proc")
@pytest.mark.parametrize(
    ("endpoint", "said", "most"),
    [
        ("/forever", "sent more than 256 MB", 256 * 1.2 + 60),
        ("/gzbomb", "sent more than 256 MB", 256 * 1.2 + 60),
        ("/gzbomb?mb=2000&layers=3", "sent more than 256 MB", 256 * 1.2 + 60),
        ("/large?mb=50&kind=application/octet-stream", str(50 << 20), 50 * 1.2 + 60),
        ("/large?mb=50&gzip=1&kind=application/octet-stream", str(50 << 20), 50 * 1.2 + 60),
        ("/large?mb=50", str((50 << 20) - 2), 2 * 50 * 1.2 + 60),  # the text, and the value that it stands for
    ],
)
def test_memory_is_bounded(provider: ProviderServer, endpoint: str, said: str, most: float) -> None:
    code = CHILD.format(endpoint=endpoint, url=provider.url)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    first, peak = done.stdout.splitlines()
    assert said in first
    assert int(peak) / 1024 < most


@pytest.mark.parametrize(
    ("content", "codings"),
    [
        (b"plain", ""),
        (b"plain", "identity"),
        (gzip.compress(b"plain", mtime=0), "GZIP"),
        (gzip.compress(b"plain", mtime=0) + b"what follows is not looked at", "gzip"),
        (zlib.compress(b"plain"), "deflate"),
        (zlib.compress(b"plain")[2:-4], "deflate"),
        (gzip.compress(zlib.compress(b"plain"), mtime=0), "deflate, gzip"),
        (b"plain", "br"),
        (gzip.compress(b"plain", mtime=0), "br, gzip"),
    ],
)
@pytest.mark.parametrize("size", [3, 1000])
def test_compressed_bodies(content: bytes, codings: str, size: int) -> None:
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    assert b"".join(inflate(pieces, codings)) == b"plain"
    assert b"".join(inflate([], codings)) == b""


def test_pieces_of_compressed_bodies_are_small() -> None:
    assert max(map(len, inflate([gzip.compress(bytes(10 << 20))], "gzip"))) <= 1 << 18
    with pytest.raises(zlib.error, match="too many times"):
        inflate([], "gzip," * 5)


@pytest.fixture
def server(provider: ProviderServer) -> Iterator[NangoServer]:
    with NangoServer(provider.url) as server:
        yield server


def test_a_server_s_answers_are_bounded_too(server: NangoServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST", 8 << 20)
    server.faults["/connection/"] = Answer(200, None, pieces=itertools.repeat(bytes(1 << 20)))
    server.faults["/action/trigger"] = Answer(delay=60)
    with RemoteEnvironment(server.url, server.key, is_sync=False) as remote:
        with pytest.raises(Unreachable, match="sent more than 8 MB"):
            remote.connection("github", "demo")
        start = time.monotonic()
        with patience.limited(0.5, threading.Event(), Over), pytest.raises(Over, match="time limit"):
            remote.trigger_action("github", "demo", "wait", None)
        with patience.limited(0.5, threading.Event(), Over), pytest.raises(Over, match="time limit"):
            remote.proxy(ProxyRequest("github", "demo", "GET", "/hang", retries=5))
        assert time.monotonic() - start < 3
