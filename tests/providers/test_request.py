"""The request that a definition, an integration, a connection and a script make together."""

from __future__ import annotations

from typing import Any

import pytest

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.catalog import bundled
from nango_cli.providers.provider import Provider
from nango_cli.providers.request import Overrides, Prepared, build

KEY = {"type": "API_KEY", "apiKey": "k"}
USER = {"type": "BASIC", "username": "u", "password": "p"}
TOKEN = {"type": "OAUTH2", "access_token": "t"}
BASE = "https://api.example"


def provider(auth_mode: str = "NONE", **more: Any) -> Provider:
    return Provider(name="acme", auth_mode=auth_mode, **{"base_url": BASE, **more})


def prepared(
    definition: Provider,
    credentials: dict[str, Any] | None = None,
    config: dict[str, Any] | None = None,
    overrides: Overrides | None = None,
    **asked: Any,
) -> Prepared:
    request = ProxyRequest("acme", "demo", "GET", **{"endpoint": "/x", **asked})
    return build(definition, overrides or Overrides(), config or {}, credentials or {"type": "NONE"}, request)


@pytest.mark.parametrize(
    ("auth_mode", "credentials", "expected"),
    [
        ("NONE", TOKEN, None),
        ("API_KEY", KEY, None),
        ("OAUTH2", TOKEN, "Bearer t"),
        ("OAUTH2", KEY, "Bearer k"),
        ("OAUTH2_CC", {"token": "c"}, "Bearer c"),
        ("APP", {"access_token": "a"}, "Bearer a"),
        ("BASIC", USER, "Basic dTpw"),
        ("BASIC", {"username": "u", "password": ""}, "Basic dTo="),
        ("BASIC", {"apiKey": "u:p"}, "Basic dTpw"),
        ("BASIC", {"apiKey": "u"}, "Basic dTo="),
    ],
)
def test_auth_modes(auth_mode: str, credentials: dict[str, Any], expected: str | None) -> None:
    assert prepared(provider(auth_mode), credentials).headers.get("authorization") == expected


@pytest.mark.parametrize(
    ("definition", "credentials", "headers", "query"),
    [
        (provider("OAUTH2", headers={"X-Token": "${accessToken}"}), TOKEN, {"X-Token": "t"}, {}),
        (provider("OAUTH2", query={"token": "${credentials.access_token}"}), TOKEN, {}, {"token": "t"}),
        (provider("OAUTH2", headers={"Authorization": "T ${accessToken}"}), TOKEN, {"Authorization": "T t"}, {}),
        (provider("OAUTH2", headers={"accept": "a"}), TOKEN, {"authorization": "Bearer t", "accept": "a"}, {}),
        (provider("API_KEY", headers={"x": "${apiKey}"}, query={"v": "1"}), KEY, {"x": "k"}, {"v": "1"}),
        (provider("BASIC", headers={"x": "${username}/${credentials.password}"}), USER, {"x": "u/p"}, {}),
    ],
)  # fmt: skip
def test_where_credentials_go(
    definition: Provider, credentials: dict[str, Any], headers: dict[str, str], query: dict[str, str]
) -> None:
    assert prepared(definition, credentials) == Prepared(BASE + "/x", headers, query)


def test_who_wins() -> None:
    definition = provider("OAUTH2", headers={"Accept": "definition", "A": "1"}, query={"a": "1", "b": "1"})
    overrides = Overrides(headers={"accept": "integration", "B": "${connectionConfig.b}"}, query={"b": "2"})
    found = prepared(definition, TOKEN, {"b": 3}, overrides, headers={"ACCEPT": "script", "authorization": "own"})
    assert found.headers == {"A": "1", "B": "3", "ACCEPT": "script", "authorization": "own"}
    assert found.query == {"a": "1", "b": "2"}
    assert prepared(definition, TOKEN, {"b": 3}, overrides).headers == {
        "authorization": "Bearer t", "A": "1", "accept": "integration", "B": "3",
    }  # fmt: skip


def test_what_a_script_cannot_do() -> None:
    own = {"Host": "evil.example", "Content-Length": "1", "x": "${apiKey}"}
    found = prepared(provider("API_KEY"), KEY, headers=own, endpoint="/${apiKey}")
    assert found == Prepared(BASE + "/${apiKey}", {"x": "${apiKey}"}, {})


@pytest.mark.parametrize(
    ("base_url", "config", "asked", "url"),
    [
        (BASE + "/", {}, {"endpoint": "x"}, BASE + "/x"),
        (BASE, {}, {"endpoint": "https://other.example/y"}, "https://other.example/y"),
        (BASE, {}, {"base_url_override": "https://o.example/v1/"}, "https://o.example/v1/x"),
        ("https://${connectionConfig.s}.example", {"s": "a"}, {}, "https://a.example/x"),
        ("https://${connectionConfig.a.b}.example", {"a": {"b": "c"}}, {}, "https://c.example/x"),
        ("https://${connectionConfig.s}.e || https://e", {"s": "a"}, {}, "https://a.e/x"),
        ("https://${connectionConfig.s}.e || https://e", {"s": ""}, {}, "https://e/x"),
        ("https://${connectionConfig.s}.e || ${connectionConfig.d}", {"d": "https://d"}, {}, "https://d/x"),
    ],
)
def test_addresses(base_url: str, config: dict[str, Any], asked: dict[str, Any], url: str) -> None:
    assert prepared(provider(base_url=base_url), None, config, **asked).url == url


def test_an_integration_s_own_address() -> None:
    overrides = Overrides(base_url="https://${connectionConfig.s}.own")
    assert prepared(provider(), None, {"s": "a"}, overrides).url == "https://a.own/x"


@pytest.mark.parametrize(
    ("definition", "credentials", "config", "code", "message", "help"),
    [
        (provider("OAUTH2"), {}, {}, "NG705", "the connection has no access token for `acme` (OAUTH2)", "an `api_key`"),
        (provider("BASIC"), {}, {}, "NG705", "the connection has no user name for `acme` (BASIC)", "`user:password`"),
        (provider("TBA"), {}, {}, "NG705", "requests to `acme` (TBA) are signed, which is not supported here", "-e"),
        (provider(base_url=None), {}, {}, "NG703", "where `acme` is, nobody says", "give the integration a `base_url`"),
        (
            provider("API_KEY", headers={"x": "${apiKey}"}), {}, {},
            "NG703", "the connection has no value for `${apiKey}`", "give the connection an `api_key`",
        ),
        (
            bundled().get("zendesk"), TOKEN, {},
            "NG703", "the connection has no value for `${connectionConfig.subdomain}`", "`connectionConfig.subdomain`",
        ),
        (
            bundled().get("zendesk"), TOKEN, {"subdomain": "evil.example/"},
            "NG703", "the connection's `connectionConfig.subdomain` cannot be `evil.example/`", "such as `domain`",
        ),
        (
            provider(base_url="https://${connectionConfig.s}"), {}, {"s": "a b"},
            "NG703", "the connection's `connectionConfig.s` cannot be `a b`", "it becomes part of an address",
        ),
    ],
)  # fmt: skip
def test_what_is_missing(
    definition: Provider, credentials: dict[str, Any], config: dict[str, Any], code: str, message: str, help: str
) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        prepared(definition, {"type": "NONE", **credentials}, config)
    assert (caught.value.code, caught.value.message) == (code, message)
    assert help in (caught.value.help or "")


def test_a_pattern_holds_to_the_end() -> None:
    with pytest.raises(EnvironmentFailure, match="cannot be"):
        prepared(bundled().get("zendesk"), TOKEN, {"subdomain": "acme\n"})
