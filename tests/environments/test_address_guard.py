"""Addresses that no request reaches, whatever name leads there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from provider_server import ProviderServer

from nango_cli.environments.address_guard import is_private, refusal
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse, Unreachable
from nango_cli.environments.http import HttpClient
from nango_cli.environments.local import LocalConnection, LocalEnvironment, LocalIntegration

PUBLIC = ("1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8")
PRIVATE = (
    *("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
    *("fd12::1", "192.0.2.1", "198.18.0.1", "255.255.255.255", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("64:ff9b::10.0.0.1", "2002:7f00:1::", "2130706433", "0x7f000001", "127.1"),
)
NEVER = (
    *("169.254.169.254", "169.254.1.1", "fe80::1", "fe80::1%lo", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200"),
    *("168.63.129.16", "192.0.0.192", "::ffff:169.254.169.254", "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::"),
    *("2852039166", "0xa9fea9fe", "224.0.0.1", "ff02::1"),
)


@pytest.mark.parametrize(
    ("hosts", "public", "private"), [(PUBLIC, True, True), (PRIVATE, False, True), (NEVER, False, False)]
)
def test_addresses(hosts: tuple[str, ...], public: bool, private: bool) -> None:
    for host in hosts:
        found = refusal(host, private=False) is None, refusal(host, private=True) is None
        assert found == (public, private), host


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("api.localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("192.168.0.9", True),
        ("8.8.8.8", False),
        ("169.254.169.254", False),
        ("example.com", False),
        ("${connectionConfig.host}", False),
        ("", False),
    ],
)
def test_private_as_written(host: str, expected: bool) -> None:
    assert is_private(host) == expected


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


def send(client: HttpClient, address: str, *, private: bool = False, **params: str) -> ProxyResponse:
    request = ProxyRequest("acme", "demo", "GET", address, params=params)
    return client.send(request, "", {"Authorization": "planted"}, private=private)


def resolving(monkeypatch: pytest.MonkeyPatch, **answers: list[str]) -> list[str]:
    """Names answer in turn with these addresses, and the last for ever; the names that were looked up."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def answer(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        name = str(host if isinstance(host, str) else host.decode()).replace(".", "_")
        if name not in answers:
            return real(host, port, *rest, **more)
        asked.append(name)
        left = answers[name]
        return real(left.pop(0) if len(left) > 1 else left[0], port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]"])
def test_this_machine_needs_to_be_allowed(host: str, provider: ProviderServer) -> None:
    before = len(provider.requests)
    with HttpClient(2.0) as client, pytest.raises(Unreachable, match="is a private address") as caught:
        send(client, f"http://{host}:{provider.url.rpartition(':')[2]}/echo")
    assert caught.value.message.count("127.0.0.1") <= 1
    assert caught.value.help is not None
    assert "`allow_private: true`" in caught.value.help
    assert "`nango integration update NAME --allow-private`" in caught.value.help
    assert not caught.value.retryable
    assert len(provider.requests) == before


def test_metadata_is_refused_even_where_private_addresses_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, cloud_example=["169.254.169.254"])
    for host in ("169.254.169.254", "cloud.example"):
        with HttpClient(2.0) as client, pytest.raises(Unreachable, match="not an address of the internet"):
            send(client, f"http://{host}/latest/meta-data/", private=True)


def test_a_name_that_changes_its_mind_gains_nothing(monkeypatch: pytest.MonkeyPatch, provider: ProviderServer) -> None:
    address = f"http://rebind.example:{provider.url.rpartition(':')[2]}/echo"
    asked = resolving(monkeypatch, rebind_example=["127.0.0.1", "169.254.169.254"])
    with HttpClient(2.0) as client:
        assert send(client, address, private=True).status == 200
        assert asked == ["rebind_example"]  # the connection went to the address that was looked at
    with HttpClient(2.0) as client, pytest.raises(Unreachable, match="not an address of the internet"):
        send(client, address, private=True)


def test_one_bad_address_of_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with HttpClient(2.0) as client, pytest.raises(Unreachable, match=r"10\.0\.0\.1, which is a private address"):
        send(client, "http://both.example/")


def test_redirects_are_looked_at_too(monkeypatch: pytest.MonkeyPatch, provider: ProviderServer) -> None:
    port = provider.url.rpartition(":")[2]
    resolving(monkeypatch, cloud_example=["169.254.169.254"], flip_example=["8.8.8.8", "169.254.169.254"])
    with HttpClient(2.0) as client:
        for host in ("cloud.example", "flip.example"):  # the second shows its address only when it is connected to
            with pytest.raises(Unreachable, match="not an address of the internet"):
                send(client, provider.url + "/redirect", private=True, to=f"http://{host}:{port}/echo")


def test_kept_connections_are_not_shared_with_those_who_may_less(provider: ProviderServer) -> None:
    with HttpClient(2.0) as client:
        assert send(client, provider.url + "/echo", private=True).status == 200
        with pytest.raises(Unreachable, match="private address"):
            send(client, provider.url + "/echo")
        client.warm_up(provider.url)
        with pytest.raises(Unreachable, match="private address"):
            send(client, provider.url + "/echo")


def test_with_a_proxy_server(monkeypatch: pytest.MonkeyPatch, provider: ProviderServer) -> None:
    monkeypatch.setenv("http_proxy", provider.url)
    monkeypatch.setenv("no_proxy", "nowhere.example")
    resolving(monkeypatch, inside_example=["10.0.0.1"])
    with HttpClient(2.0) as client, pytest.raises(Unreachable, match="private address"):
        send(client, "http://inside.example/")


def local(base_url: str, *, allow_private: bool = False) -> LocalEnvironment:
    acme = LocalIntegration("acme", base_url, connections={"demo": LocalConnection()}, allow_private=allow_private)
    return LocalEnvironment({"acme": acme}, timeout=2.0)


def test_integrations_of_local_yaml(monkeypatch: pytest.MonkeyPatch, provider: ProviderServer) -> None:
    port = httpx.URL(provider.url).port
    resolving(monkeypatch, inside_example=["127.0.0.1"])
    echo = ProxyRequest("acme", "demo", "GET", "/echo")
    inside = f"http://inside.example:{port}"
    with local(provider.url) as environment:  # an address that is written down is allowed, and what is near it
        assert environment.proxy(echo).status == 200
    with local(inside, allow_private=True) as environment:
        assert environment.proxy(echo).status == 200
    with local(inside) as environment, pytest.raises(Unreachable, match="is a private address"):
        environment.proxy(echo)
    with local("https://api.example.com") as environment:
        with pytest.raises(Unreachable, match="is a private address"):
            environment.proxy(ProxyRequest("acme", "demo", "GET", "/echo", base_url_override=provider.url))
        with pytest.raises(Unreachable, match="is a private address"):
            environment.fetch(ProxyRequest("acme", "demo", "GET", provider.url + "/echo"))
