"""Every auth mode, by real requests through the embedded environment."""

from __future__ import annotations

import json
from typing import Any

import pytest
from environments.auth.definitions import EC, RSA, SECRET
from joserfc.jwk import OctKey
from oauth_server import API_KEY, CLIENT_SECRET, OAuthServer

from nango_cli.environments.exchange import ProxyRequest, Unreachable
from nango_cli.environments.local import LocalEnvironment
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure


def status(environment: LocalEnvironment, integration: str, endpoint: str, **more: Any) -> int:
    request = ProxyRequest(integration, "demo", more.pop("method", "GET"), endpoint, **more)
    return environment.proxy(request).status


@pytest.mark.parametrize(
    ("integration", "endpoint"),
    [
        ("key-header", "/api/header"),
        ("key-query", "/api/query"),
        ("basic", "/api/basic"),
        ("client", "/api/bearer"),
        ("client-key", "/api/bearer"),
        ("jwt", "/api/jwt"),
        ("jwt-grant", "/api/bearer"),
        ("wsse", "/api/wsse"),
    ],
)
def test_credentials_arrive(environment: LocalEnvironment, integration: str, endpoint: str) -> None:
    assert status(environment, integration, endpoint) == 200
    assert status(environment, integration, endpoint) == 200
    assert status(environment, "none", endpoint) == 401


def test_a_key_in_the_body(environment: LocalEnvironment) -> None:
    """A definition cannot say so; the script writes it."""
    key = environment.credentials("key-body", "demo")["apiKey"]
    assert status(environment, "key-body", "/api/body", method="POST", data={"key": key}) == 200


def test_client_credentials_are_fetched_once_and_kept(
    environment: LocalEnvironment, server: OAuthServer, store: Store
) -> None:
    for _ in range(3):
        assert status(environment, "client", "/api/bearer") == 200
    [asked] = server.grants("client_credentials")
    assert asked["scope"] == "a b"
    assert "audience" not in asked  # the connection has none
    kept = store.connections.credentials("client", "demo")
    assert kept is not None
    assert kept["client_secret"] == CLIENT_SECRET
    assert kept["token"] in server.tokens
    assert kept["expires_at"].endswith("Z")


def test_a_private_key_shows_who_the_client_is(environment: LocalEnvironment, server: OAuthServer) -> None:
    environment.credentials("client-key", "demo")
    [asked] = server.grants("client_credentials")
    claims = json.loads(asked["claims"])
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("client-7", "client-7", f"{server.url}/token")
    assert "client_secret" not in asked


@pytest.mark.parametrize(
    ("key", "pem", "algorithm"),
    [
        (RSA, RSA.as_pem(private=True).decode(), "RS256"),
        (RSA, RSA.as_pem(private=True).decode().replace("\n", "\\n"), "RS256"),
        (EC, EC.as_pem(private=True).decode(), "ES256"),
        (OctKey.import_key(SECRET), SECRET, "HS256"),
    ],
)
def test_signed_tokens(
    environment: LocalEnvironment, server: OAuthServer, store: Store, key: Any, pem: str, algorithm: str
) -> None:
    from joserfc import jwt

    server.key = key
    credentials = {"type": "JWT", "privateKey": pem, "privateKeyId": "k1", "issuerId": "me"}
    store.connections.set_credentials("jwt", "demo", credentials)
    assert status(environment, "jwt", "/api/jwt") == 200
    found = jwt.decode(environment.credentials("jwt", "demo")["token"], key, algorithms=[algorithm])
    assert (found.header["alg"], found.header["kid"]) == (algorithm, "k1")
    assert {name: found.claims[name] for name in ("iss", "aud", "sub")} == {
        "iss": "me",
        "aud": "the-api",
        "sub": "nobody",
    }
    assert found.claims["exp"] - found.claims["iat"] == 60
    assert store.connections.credentials("jwt", "demo") == credentials


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "there is none"),
        ("planted-x", "too short for a secret"),
        (
            "-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----",
            "not a private key of a kind that is known",
        ),
        (RSA.as_pem(private=False).decode(), "not a private key"),
    ],
)
def test_keys_that_are_none(environment: LocalEnvironment, store: Store, key: str, why: str) -> None:
    store.connections.set_credentials("jwt", "demo", {"type": "JWT", "privateKey": key})
    with pytest.raises(EnvironmentFailure) as caught:
        environment.credentials("jwt", "demo")
    assert caught.value.code == "NG705"
    assert why in caught.value.message
    assert "planted" not in caught.value.message


def test_modes_that_only_a_server_has(environment: LocalEnvironment) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        environment.credentials("oauth1", "demo")
    assert caught.value.code == "NG704"
    assert "OAUTH1, which is not supported here" in caught.value.message


def test_an_oauth_connection_that_nobody_authorized(environment: LocalEnvironment) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        environment.proxy(ProxyRequest("oauth", "demo", "GET", "/api/bearer"))
    assert caught.value.code == "NG705"


def test_private_addresses_have_to_be_allowed(environment: LocalEnvironment, store: Store, server: OAuthServer) -> None:
    store.integrations.save(Integration("client", "client"))
    store.integrations.save(Integration("key-header", "key-header"))
    for name in ("client", "key-header"):
        with pytest.raises(Unreachable) as caught:
            environment.proxy(ProxyRequest(name, "demo", "GET", "/api/header"))
        assert "private address" in caught.value.message
    assert server.requests == []


def test_what_was_seen_is_known_as_secret(environment: LocalEnvironment, server: OAuthServer) -> None:
    environment.credentials("key-header", "demo")
    environment.credentials("client", "demo")
    [token] = server.tokens.keys() & set(environment.secrets())
    assert {API_KEY, CLIENT_SECRET, token} <= set(environment.secrets())
    assert "client-7" not in environment.secrets()
