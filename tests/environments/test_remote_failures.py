"""A server that does wrong: every way of it is one clear failure, in which the secret key never stands."""

from __future__ import annotations

import logging
import subprocess
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nango_server import KEY, NangoServer
from provider_server import Answer, Loopback

from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.exchange import ProxyRequest, Unreachable
from nango_cli.environments.remote import RemoteEnvironment
from nango_cli.errors import EnvironmentFailure

TASK = Task("github", "demo", "users")
HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = b"<!doctype html><html><head><title>Sign in\n to &amp; go on</title></head></html>"

CALLS: dict[str, Callable[[RemoteEnvironment], Any]] = {
    "connection": lambda remote: remote.connection("github", "demo"),
    "connections": lambda remote: remote.connections(),
    "integration": lambda remote: remote.integration("github"),
    "credentials": lambda remote: remote.credentials("github", "demo", refresh=True),
    "metadata": lambda remote: remote.set_metadata("github", "demo", {}),
    "variables": lambda remote: remote.variables(),
    "get": lambda remote: remote.get(Destination(TASK, "User"), ["1"]),
    "read": lambda remote: remote.read(Destination(TASK, "User")),
    "status": lambda remote: remote.checkpoint(TASK),
    "action": lambda remote: remote.trigger_action("github", "demo", "echo", None),
    "sync": lambda remote: remote.trigger_sync(TASK, "incremental"),
}

FAULTS: dict[str, tuple[Answer, str, str, str]] = {
    # a fault, and the code, a part of the message and of the help that it leads to
    "page": (Answer(200, PAGE, HTML), "NG706", "got a web page, entitled “Sign in to & go on”", "a sign-in"),
    "page without a title": (Answer(404, b"<html>", HTML), "NG706", "got a web page, status 404", "NANGO_HOSTPORT"),
    "gateway": (Answer(502, PAGE, HTML), "NG704", "answered 502 (Bad Gateway)", "try again later"),
    "nothing": (Answer(404), "NG706", "got nothing, status 404", "NANGO_HOSTPORT"),
    "not JSON": (Answer(200, b'{"connection_id": ', {"Content-Type": "application/json"}), "NG706", "API's JSON", "is"),
    "deep": (Answer(200, b"[" * 200_000), "NG706", "what is not its API's JSON", "NANGO_HOSTPORT"),
    "noise": (Answer(200, b"\xff\x00\xfe"), "NG706", "what is not its API's JSON", "NANGO_HOSTPORT"),
    "other JSON": (Answer(418, {"message": "teapot"}), "NG706", "what is not its API's JSON, status 418", "is "),
    "unknown key": (Answer(401, {"error": {"code": "unknown_account"}}), "NG705", "does not know this", "MY_KEY"),
    "odd key": (Answer(401, {"error": {"code": "invalid_secret_key_format"}}), "NG705", "expects a UUID", "MY_KEY"),
    "no key": (Answer(401, {"error": {"code": "missing_auth_header"}}), "NG705", "saw no secret key", "a proxy"),
    "forbidden": (Answer(403, {"error": {"code": "forbidden", "message": "No."}}), "NG705", "No.", "MY_KEY"),
    "too many": (
        Answer(429, {"error": {"code": "too_many"}}, {"Retry-After": "30"}), "NG704", "answered 429", "in 30 seconds"
    ),
    "too many, later": (Answer(429, PAGE, {**HTML, "Retry-After": "Friday"}), "NG704", "Too Many", "after Friday"),
    "broken": (
        Answer(500, {"error": {"code": "server_error", "message": "Oh\nno"}}), "NG704", "`server_error` Oh no", "logs"
    ),
    "refused": (
        Answer(400, {"error": {"code": "invalid_body", "errors": [{"path": ["a", 0], "message": "unknown"}]}}),
        "NG704", "`invalid_body` a.0: unknown", "",
    ),
    "text for an error": (Answer(400, {"error": "bad"}), "NG704", "answered 400", ""),
    "redirect": (
        Answer(301, None, {"Location": "https://user:pw@api.nango.dev:8443/x?y"}),
        "NG706", "to https://api.nango.dev:8443 (status 301)", "set NANGO_HOSTPORT to https://api.nango.dev:8443",
    ),
    "redirect to a page": (Answer(302, None, {"Location": "/login?next=x"}), "NG706", "to /login (", "sign-in"),
    "redirect to nowhere": (Answer(307), "NG706", "to nowhere", "NANGO_HOSTPORT"),
    "half": (Answer(200, {"connection_id": "x" * 1000}, cut=100), "NG702", "hung up in the middle", "try again"),
    "reset": (Answer(reset=True), "NG702", "the exchange with 127.0.0.1", "try again"),
    "slow": (Answer(200, {}, delay=1.0), "NG702", "did not answer within 0.2 seconds", "try again later"),
    "not gzip": (Answer(200, b"xxxx", {"Content-Encoding": "gzip"}), "NG702", "broke off", "try again"),
    "key in words": (Answer(500, {"error": {"code": "x", "message": f"bad key {KEY}"}}), "NG704", "bad key ***", ""),
    "key in a page": (Answer(200, f"<title>{KEY}</title>".encode(), HTML), "NG706", "entitled “***”", ""),
    "key in a redirect": (Answer(302, None, {"Location": f"https://x/{KEY}"}), "NG706", "https://x (", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[NangoServer]:
    with NangoServer("http://127.0.0.1:9") as server:
        yield server


def failure(call: Callable[[], Any]) -> EnvironmentFailure:
    """What a call raises; whatever can be shown of it is looked at for the key."""
    with pytest.raises(EnvironmentFailure) as caught:
        call()
    shown = [*traceback.format_exception(caught.value), repr(caught.value), caught.value.help or ""]
    error: BaseException | None = caught.value
    while error is not None:
        shown += [repr(error), str(error), repr(vars(error))]
        request = getattr(error, "_request", None)
        shown += [repr(dict(request.headers))] if request is not None else []
        error = error.__cause__ or error.__context__
    assert not any(KEY in each for each in shown)
    return caught.value


@pytest.mark.parametrize("name", FAULTS)
def test_faults(server: NangoServer, name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fault, code, message, help = FAULTS[name]
    server.faults = {"/connection/": fault}
    with RemoteEnvironment(server.url, KEY, is_sync=True, timeout=0.2, key_name="MY_KEY") as remote:
        found = failure(lambda: remote.connection("github", "demo"))
    assert (found.code, message in found.message, help in (found.help or "")) == (code, True, True), found
    assert "127.0.0.1" in found.message or code == "NG705"
    assert "\n" not in found.message
    assert KEY not in caplog.text or name == "key in a redirect"  # httpcore logs what servers send


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", ["page", "not JSON", "unknown key", "too many", "broken", "redirect", "half", "reset"])
def test_every_call_meets_faults(server: NangoServer, call: str, name: str) -> None:
    fault, code, _, _ = FAULTS[name]
    server.faults = {"/": fault}
    with RemoteEnvironment(server.url, KEY, is_sync=True, timeout=0.2) as remote:
        assert failure(lambda: CALLS[call](remote)).code == code


@pytest.mark.parametrize("call", [name for name in CALLS if name not in ("metadata", "action", "sync")])
@pytest.mark.parametrize("data", [[1], {}, "text", None, {"data": 1, "records": 1, "syncs": 1, "connections": {}}])
def test_json_of_another_shape(server: NangoServer, call: str, data: Any) -> None:
    server.faults = {"/": Answer(200, data)}
    with RemoteEnvironment(server.url, KEY, is_sync=True) as remote:
        if call == "variables" and data == [1]:
            return
        found = failure(lambda: CALLS[call](remote))
    assert found.code == "NG706"
    assert "is not answering like a Nango server" in found.message


@pytest.mark.parametrize("name", ["unknown key", "odd key", "no key"])
def test_a_key_that_the_proxy_refuses(server: NangoServer, name: str) -> None:
    server.faults = {"/proxy/": FAULTS[name][0]}
    with RemoteEnvironment(server.url, KEY, is_sync=True) as remote:
        assert failure(lambda: remote.proxy(ProxyRequest("github", "demo", "GET", "/x"))).code == "NG705"
    server.faults = {"/proxy/": Answer(401, {"error": {"code": "token_expired"}})}
    with RemoteEnvironment(server.url, KEY, is_sync=True) as remote:
        assert remote.proxy(ProxyRequest("github", "demo", "GET", "/x")).status == 401


def test_a_proxied_answer_that_breaks_off(server: NangoServer) -> None:
    request = ProxyRequest("github", "demo", "GET", "/x")
    with RemoteEnvironment(server.url, KEY, is_sync=True, timeout=0.2) as remote:
        for name in ("half", "reset", "slow"):
            server.faults = {"/proxy/": FAULTS[name][0]}
            found = failure(lambda: remote.proxy(request))
            assert isinstance(found, Unreachable)
            assert found.retryable
        server.faults = {"/proxy/": Answer(200, {}, delay=0.3)}
        assert remote.proxy(ProxyRequest("github", "demo", "GET", "/x", retries=1)).status == 200


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://127.0.0.1:9", "no connection to 127.0.0.1:9: connection refused"),
        ("http://nobody.invalid", "no connection to nobody.invalid: "),
    ],
)
def test_nobody_there(address: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with RemoteEnvironment(address, KEY, is_sync=True) as remote:
        found = failure(lambda: remote.connection("github", "demo"))
    assert (found.code, found.help) == ("NG702", "check NANGO_HOSTPORT, and the network")
    assert found.message.startswith(message)


def test_a_server_without_tls(server: NangoServer) -> None:
    with RemoteEnvironment(server.url.replace("http:", "https:"), KEY, is_sync=True) as remote:
        found = failure(lambda: remote.connection("github", "demo"))
    assert found.code == "NG702"
    assert "no secure connection to 127.0.0.1" in found.message
    assert found.help == "does the server speak TLS? check NANGO_HOSTPORT"


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    import ssl

    files = [str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", files[0], "-out", files[1]]
    try:
        subprocess.run([*command, "-days", "1", "-subj", "/CN=127.0.0.1"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("it takes openssl to make a certificate")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(files[1], files[0])
    with Loopback(tls=context) as server, RemoteEnvironment(server.url, KEY, is_sync=True) as remote:
        found = failure(lambda: remote.connection("github", "demo"))
    assert found.code == "NG702"
    assert "cannot be trusted" in found.message
    assert server.requests == []


@pytest.mark.parametrize("key", ["", " ", "a\nb", "sécret", "a\x00b"])
def test_a_key_that_no_header_can_hold(key: str) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        RemoteEnvironment("http://127.0.0.1:9", key, is_sync=True, key_name="MY_KEY")
    assert (caught.value.code, caught.value.help) == ("NG705", "check MY_KEY; keys are UUIDs")
    assert not key.strip() or key not in caught.value.message
