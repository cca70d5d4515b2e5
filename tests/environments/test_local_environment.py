"""The embedded environment, sending real requests."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from nango_cli.environments.connection import Connection
from nango_cli.environments.destination import Counts, Destination, Task
from nango_cli.environments.dry_run import DryRun, Write
from nango_cli.environments.exchange import ProxyRequest, Unreachable
from nango_cli.environments.local import LocalConnection, LocalEnvironment, LocalIntegration
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure

FORM = "application/x-www-form-urlencoded"


class Mirror(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    protocol_version = "HTTP/1.1"
    answers: ClassVar[dict[str, tuple[int, str | None, bytes]]] = {
        "/text": (200, "text/plain; charset=latin-1", "é".encode("latin-1")),
        "/html-as-json": (502, "application/json", b"<html>"),
        "/image": (200, "image/png", b"\x89PNG\x00"),
        "/empty": (204, None, b""),
        "/untyped": (200, None, b"hello"),
        "/untyped-bytes": (200, None, b"\xff\xfe"),
        "/problem": (400, "application/problem+json", b'{"title": "no"}'),
    }

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/slow":
            time.sleep(0.5)
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        seen = {
            "method": self.command,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode(),
            "port": self.client_address[1],
        }
        status, kind, content = self.answers.get(self.path, (200, "application/json", json.dumps(seen).encode()))
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as server:
        server.daemon_threads = True
        server.block_on_close = False
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def local(url: str) -> Iterator[LocalEnvironment]:
    demo = {"demo": LocalConnection()}
    two = {"demo": LocalConnection({"a": 1}), "other": LocalConnection()}
    acme = LocalIntegration("acme-oauth", url + "/v1/", {"X-Key": "k"}, {}, two)
    root = LocalIntegration("acme", url, {}, {}, demo)
    sample = LocalIntegration("github", "sample:github", {}, {}, demo)
    with LocalEnvironment({"acme": acme, "root": root, "sample": sample}) as local:
        yield local


def request(method: str = "GET", endpoint: str = "/x", integration: str = "acme", **more: Any) -> ProxyRequest:
    return ProxyRequest(integration, "demo", method, endpoint, **more)


def test_connection(local: LocalEnvironment) -> None:
    assert local.connection("acme", "demo") == Connection("demo", "acme", "acme-oauth", {"a": 1})


@pytest.mark.parametrize(
    ("integration", "connection", "message", "help"),
    [
        ("acme", "dmo", "`acme` has no connection `dmo`", "did you mean `demo`? connections of acme: `demo`, `other`"),
        ("acme", "x", "`acme` has no connection `x`", "its connections: `demo`, `other`"),
        ("sample", "x", "`sample` has no connection `x`", "its connections: `demo`"),
        ("acmee", "demo", "no connection of `acmee` is known here", "did you mean `acme`?"),
        ("z", "demo", "no connection of `z` is known here", "declare it in local.yaml under `integrations: z:`"),
    ],
)
def test_unknown_connections(
    local: LocalEnvironment, integration: str, connection: str, message: str, help: str
) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        local.connection(integration, connection)
    assert (caught.value.code, caught.value.message, caught.value.help) == ("NG701", message, help)


@pytest.mark.parametrize(
    ("endpoint", "params", "path"),
    [
        ("/x", None, "/v1/x"),
        ("x", {}, "/v1/x"),
        ("/x", {"a": True, "b": None, "c": [1, "two"], "d": "é &"}, "/v1/x?a=true&c=1%2Ctwo&d=%C3%A9+%26"),
        ("/x?a=1", {"b": 2}, "/v1/x?a=1&b=2"),
        ("/x", "a=1&b", "/v1/x?a=1&b"),
    ],
)
def test_addresses(local: LocalEnvironment, endpoint: str, params: Any, path: str) -> None:
    assert local.proxy(request(endpoint=endpoint, params=params)).data["path"] == path


def test_other_bases(local: LocalEnvironment, url: str) -> None:
    assert local.proxy(request(base_url_override=url + "/v2")).data["path"] == "/v2/x"
    assert local.proxy(request(endpoint=url + "/v3")).data["path"] == "/v3"


@pytest.mark.parametrize(
    ("data", "headers", "kind", "body"),
    [
        ({"a": "é"}, {}, "application/json", '{"a":"é"}'),
        ([1], {"content-type": "application/vnd.api+json"}, "application/vnd.api+json", "[1]"),
        ("a=1", {}, FORM, "a=1"),
        ({"a": [1, 2]}, {"Content-Type": FORM}, FORM, "a=1%2C2"),
        (b"raw", {}, "application/octet-stream", "raw"),
        (None, {}, None, ""),
    ],
)  # fmt: skip
def test_bodies(local: LocalEnvironment, data: Any, headers: dict[str, str], kind: str | None, body: str) -> None:
    seen = local.proxy(request("POST", data=data, headers=headers)).data
    assert (seen["headers"].get("content-type"), seen["body"]) == (kind, body)


def test_headers_and_kept_alive_connections(local: LocalEnvironment) -> None:
    first = local.proxy(request(headers={"x-key": "mine", "X-More": "1"})).data
    second = local.proxy(request("DELETE")).data
    assert (first["headers"]["x-key"], first["headers"]["x-more"]) == ("mine", "1")
    assert second["headers"]["x-key"] == "k"
    assert first["headers"]["user-agent"].startswith("nango-cli/")
    assert first["port"] == second["port"]
    assert local.proxy(request("GET", data={"ignored": True})).data["body"] == ""


@pytest.mark.parametrize(
    ("endpoint", "data"),
    [
        ("/text", "é"),
        ("/html-as-json", "<html>"),
        ("/image", b"\x89PNG\x00"),
        ("/empty", None),
        ("/untyped", "hello"),
        ("/untyped-bytes", b"\xff\xfe"),
        ("/problem", {"title": "no"}),
    ],
)
def test_answers(local: LocalEnvironment, endpoint: str, data: Any) -> None:
    answer = local.proxy(request(endpoint=endpoint, integration="root"))
    assert answer.data == data
    assert answer.status == Mirror.answers[endpoint][0]
    assert all(name == name.lower() for name in answer.headers)


def test_text_that_utf8_cannot_hold_does_no_harm(local: LocalEnvironment) -> None:
    odd = "\ud800"
    for asked in (
        request("POST", data={"a": odd}, params={"b": odd}, headers={"X-Name": "é"}),
        request("POST", data=odd, params=odd),
    ):
        assert local.proxy(asked).status == 200
    with pytest.raises(Unreachable, match="the header `X-Name` cannot be sent"):
        local.proxy(request(headers={"X-Name": "a\nb"}))


def test_nobody_there(local: LocalEnvironment) -> None:
    with pytest.raises(Unreachable, match=r"no connection to 127\.0\.0\.1:9") as caught:
        local.proxy(request(base_url_override="http://127.0.0.1:9"))
    assert caught.value.code == "NG702"
    assert caught.value.help == "check the base URL in local.yaml, and the network"


def test_too_slow(url: str) -> None:
    with (
        LocalEnvironment(
            {"acme": LocalIntegration("acme", url, {}, {}, {"demo": LocalConnection()})}, timeout=0.1
        ) as local,
        pytest.raises(Unreachable, match=r"did not answer within 0\.1 seconds") as caught,
    ):
        local.proxy(request(endpoint="/slow"))
    assert caught.value.retryable


@pytest.mark.parametrize(
    ("endpoint", "base", "message"),
    [
        ("/loop", None, "redirects in circles"),
        ("/x", "ftp://example.com", "`ftp://example.com/x` is not an address"),
        ("/x", "nonsense", "`nonsense/x` is not an address"),
        ("/x", "http:///y", "is not an address"),
    ],
)
def test_what_no_retry_helps(local: LocalEnvironment, endpoint: str, base: str | None, message: str) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        local.proxy(request(endpoint=endpoint, integration="root", base_url_override=base))
    assert message in caught.value.message
    assert caught.value.code == "NG702"
    assert not getattr(caught.value, "retryable", False)


def test_a_proxy_server_is_not_asked_for_this_machine(local: LocalEnvironment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert local.proxy(request()).status == 200


def test_the_sample_api_runs_as_long_as_it_is_needed(local: LocalEnvironment) -> None:
    pulls = request(integration="sample", endpoint="/repos/octo-org/hello-world/pulls")
    first = local.proxy(pulls)
    assert len(first.data) == 7
    local.close()
    with pytest.raises(Unreachable):
        local.proxy(request(base_url_override=first.url.partition("/repos")[0]))
    assert local.proxy(pulls).data == first.data


def test_a_dry_run_writes_nothing_but_a_list(local: LocalEnvironment) -> None:
    writes: list[Write] = []
    store = Store.open(None)
    dry = DryRun(local, store, tell=writes.append)
    destination = Destination(Task("acme", "demo", "users"), "User")
    assert dry.save(destination, [{"id": 1}, {"id": 2}]) == Counts(added=2)
    assert dry.update(destination, [{"id": 1}]) == Counts(unchanged=1)
    assert dry.delete(destination, [{"id": 1}]) == Counts(deleted=1)
    store.close()
    assert writes == [
        Write("save", destination, ({"id": 1}, {"id": 2})),
        Write("update", destination, ({"id": 1},)),
        Write("delete", destination, ({"id": 1},)),
    ]
    assert dry.connection("acme", "demo") == local.connection("acme", "demo")
    assert dry.proxy(request()).data["path"] == "/v1/x"
    assert Counts(1, 2, 3) + Counts(1, 1, 1) == Counts(2, 3, 4)


def test_httpx_is_imported_when_it_is_needed() -> None:
    code = """if True:
        import sys, nango_cli.execution.run, nango_cli.environments.local
        print(*("httpx" in sys.modules, "pydantic" in sys.modules, "pydantic_core" in sys.modules))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False"]
