"""Requests straight to providers: redirects, broken answers, proxy servers, what is kept between requests."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from provider_server import Answer, Asked, Loopback, ProviderServer

from nango_cli.environments import encoding
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse, Unreachable
from nango_cli.environments.http import HttpClient

SECRETS = {"Authorization": "Bearer planted", "X-Api-Key": "planted", "Cookie": "a=planted", "Accept": "text/plain"}


class Scripted(Loopback):
    """Answers with what a test gave it."""

    reply = Answer()

    def answer(self, asked: Asked) -> Answer:
        return self.reply


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


@pytest.fixture(scope="module")
def scripted() -> Iterator[Scripted]:
    with Scripted() as scripted:
        yield scripted


@pytest.fixture
def client() -> Iterator[HttpClient]:
    with HttpClient(2.0) as client:
        yield client


def send(client: HttpClient, base: str, endpoint: str, method: str = "GET", **more: Any) -> ProxyResponse:
    headers = more.pop("secrets", {})
    return client.send(ProxyRequest("acme", "demo", method, endpoint, **more), base, headers, private=True)


def test_a_redirect_within_a_host_keeps_everything(client: HttpClient, provider: ProviderServer) -> None:
    answer = send(client, provider.url, "/redirect", params={"to": "/echo?x=1"}, secrets=SECRETS)
    assert (answer.status, answer.url) == (200, provider.url + "/echo?x=1")
    assert {name: answer.data["headers"][name.lower()] for name in SECRETS} == SECRETS


def test_a_redirect_to_another_host_takes_no_credentials(client: HttpClient, provider: ProviderServer) -> None:
    with ProviderServer() as other:
        answer = send(
            client,
            provider.url,
            "/redirect",
            "POST",
            params={"to": other.url + "/echo", "status": 307},
            data={"a": 1},
            headers={"X-Session": "planted"},
            secrets=SECRETS,
        )
    assert (answer.data["method"], answer.data["body"]) == ("POST", '{"a":1}')
    assert (answer.data["headers"]["accept"], answer.data["headers"]["content-type"]) == (
        "text/plain",
        "application/json",
    )
    assert "planted" not in str(answer.data)


@pytest.mark.parametrize(
    ("status", "method", "becomes"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (302, "PUT", "PUT"),
        (307, "POST", "POST"),
        (308, "DELETE", "DELETE"),
    ],
)
def test_methods_along_redirects(
    client: HttpClient, provider: ProviderServer, status: int, method: str, becomes: str
) -> None:
    params = {"to": "/echo", "status": status}
    seen = send(client, provider.url, "/redirect", method, params=params, data={"a": 1}).data
    assert (seen["method"], seen["body"]) == (becomes, "" if becomes == "GET" else '{"a":1}')
    assert ("content-type" in seen["headers"]) == (becomes != "GET")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.1.2/",
        "http://2852039166/latest",
        "http://0xa9fea9fe/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/latest",
        "http://[::ffff:169.254.169.254]/",
        "http://user:pw@169.254.169.254/",
    ],
)
def test_no_redirect_leads_to_a_cloud_s_metadata(client: HttpClient, provider: ProviderServer, target: str) -> None:
    with pytest.raises(Unreachable, match="not an address of the internet") as caught:
        send(client, provider.url, "/redirect", params={"to": target})
    assert not caught.value.retryable
    assert "pw" not in caught.value.message


@pytest.mark.parametrize(
    "target", ["ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)", "http://0251.0376.0251.0376/"]
)
def test_redirects_to_what_is_no_address(client: HttpClient, provider: ProviderServer, target: str) -> None:
    with pytest.raises(Unreachable, match="redirects to what is no address") as caught:
        send(client, provider.url, "/redirect", params={"to": target})
    assert not caught.value.retryable


def test_redirects_in_circles(client: HttpClient, provider: ProviderServer) -> None:
    with pytest.raises(Unreachable, match="redirects in circles"):
        send(client, provider.url, "/redirect-loop")
    assert send(client, provider.url, "/status/304").status == 304


@pytest.mark.parametrize(
    ("endpoint", "message"),
    [
        ("/truncated", "hung up in the middle of its answer"),
        ("/reset", "broke off"),
        ("/slow?seconds=5", "did not answer within 2 seconds"),
    ],
)
def test_answers_that_break_off_can_be_asked_for_again(
    client: HttpClient, provider: ProviderServer, endpoint: str, message: str
) -> None:
    with pytest.raises(Unreachable, match=message) as caught:
        send(client, provider.url, endpoint)
    assert caught.value.retryable
    assert send(client, provider.url, "/echo").status == 200


def test_cookies_are_forgotten(client: HttpClient, provider: ProviderServer) -> None:
    assert "planted" in send(client, provider.url, "/secrets").headers["set-cookie"]
    assert "cookie" not in send(client, provider.url, "/echo").data["headers"]


def test_credentials_of_an_address_go_into_a_header(client: HttpClient, provider: ProviderServer) -> None:
    base = provider.url.replace("://", "://us%40er:pw@")
    answer = send(client, base, "/echo")
    assert answer.data["headers"]["authorization"] == "Basic dXNAZXI6cHc="
    assert answer.url == provider.url + "/echo"
    own = send(client, base, "/echo", headers={"authorization": "Bearer own"})
    assert own.data["headers"]["authorization"] == "Bearer own"
    with pytest.raises(Unreachable) as caught:
        send(client, "http://user:secret@127.0.0.1:9", "/echo")
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    "base", ["http://planted:planted@/x", "ftp://a:planted@b", "http://planted@a:b", "x?k=planted"]
)
def test_what_is_no_address(client: HttpClient, base: str) -> None:
    with pytest.raises(Unreachable, match="is not an address") as caught:
        send(client, base, "/echo", params={"key": "planted"})
    assert "planted" not in caught.value.message


def test_names_that_cannot_be(client: HttpClient) -> None:
    with pytest.raises(Unreachable, match="no connection to"):
        send(client, f"http://{'a' * 70}.example", "/")


def test_fragments_are_not_sent(client: HttpClient, provider: ProviderServer) -> None:
    assert send(client, provider.url, "/echo?a=1#b", params={"c": 2}).data["query"] == [["a", "1"], ["c", "2"]]


def test_warming_up_never_fails(client: HttpClient) -> None:
    for base in ("https://${connectionConfig.host}", "nonsense", "http://127.0.0.1:9"):
        client.warm_up(base)


def test_compressed_answers(client: HttpClient, scripted: Scripted) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    scripted.reply = Answer(200, gzip.compress(b'{"a": 1}'), headers)
    assert send(client, scripted.url, "/").data == {"a": 1}
    scripted.reply = Answer(200, b"no gzip", headers)
    with pytest.raises(Unreachable, match="broke off"):
        send(client, scripted.url, "/")


def test_a_proxy_server_is_used(provider: ProviderServer, scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted.reply = Answer(200, {"through": "proxy"})
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "direct.example")
    monkeypatch.setenv("http_proxy", scripted.url.removeprefix("http://"))
    with HttpClient(2.0) as client:
        assert send(client, "http://provider.example", "/a").data == {"through": "proxy"}
        assert scripted.requests[-1].target == "http://provider.example/a"
        assert send(client, provider.url, "/echo").data["path"] == "/echo"
        with pytest.raises(Unreachable, match=r"no connection to direct\.example"):
            send(client, "http://direct.example", "/a")
    monkeypatch.setenv("http_proxy", "socks9://127.0.0.1:1")
    with HttpClient(2.0) as client, pytest.raises(Unreachable, match="the proxy server cannot be used"):
        send(client, "http://provider.example", "/a")


def test_the_body_as_it_came(client: HttpClient, provider: ProviderServer) -> None:
    answer = send(client, provider.url, "/big")
    assert (answer.raw, answer.data) == (b'{"id":12345678901234567890123}', {"id": 12345678901234567890123})
    assert "raw" not in repr(answer)


@pytest.mark.parametrize(
    ("content", "kind", "data"),
    [
        (b"", "application/json", None),
        (b"null", "application/json", None),
        (b'\xef\xbb\xbf{"a": 1}', "application/json", {"a": 1}),
        ('{"a": "é"}'.encode("utf-16"), "application/json", {"a": "é"}),
        (b'"\\ud800"', "application/json", "\ud800"),
        (b"[" * 100_000, "application/json", "[" * 100_000),
        (b"1e400", "application/json", float("inf")),
        (b"123456789012345678901234567890", "application/json", 123456789012345678901234567890),
        (b"<a/>", "application/atom+xml; charset=utf-8", "<a/>"),
        (b"\xe9", "text/plain", "�"),
        (b"\xff", "application/octet-stream", b"\xff"),
    ],
)
@pytest.mark.parametrize("fast", [True, False])
def test_bodies_as_values(content: bytes, kind: str, data: Any, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    import pydantic_core

    if fast:
        monkeypatch.setitem(sys.modules, "pydantic_core", pydantic_core)
    else:
        monkeypatch.delitem(sys.modules, "pydantic_core", raising=False)
    assert encoding.decode(content, kind) == data


def test_charsets() -> None:
    assert encoding.decode("é".encode("latin-1"), "text/plain", "latin-1") == "é"
    assert encoding.decode("é".encode(), "text/plain", "no-such-charset") == "é"
