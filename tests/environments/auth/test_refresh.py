"""Tokens are replaced before they end, after a refusal, and once for all who ask at the same time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from environments.auth.definitions import DEFINITIONS
from oauth_server import OAuthServer

from nango_cli.environments.exchange import ProxyRequest, Unreachable
from nango_cli.environments.local import LocalEnvironment
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.catalog import Catalog

Authorized = Callable[..., dict[str, Any]]


def ask(environment: LocalEnvironment, integration: str = "oauth") -> int:
    return environment.proxy(ProxyRequest(integration, "demo", "GET", "/api/bearer")).status


def test_a_token_with_time_left_is_used(
    environment: LocalEnvironment, server: OAuthServer, authorized: Authorized
) -> None:
    given = authorized(ends=3600)
    assert ask(environment) == 200
    assert server.granted == []
    assert environment.credentials("oauth", "demo") == given


@pytest.mark.parametrize("ends", [-10, 30])
def test_before_it_ends(
    environment: LocalEnvironment, server: OAuthServer, authorized: Authorized, store: Store, ends: float
) -> None:
    before = authorized(ends=ends)
    assert [ask(environment), ask(environment)] == [200, 200]
    [asked] = server.grants("refresh_token")
    assert asked["refresh_token"] == before["refresh_token"]
    kept = store.connections.credentials("oauth", "demo")
    assert kept is not None
    assert kept["access_token"] != before["access_token"]
    assert kept["refresh_token"] in server.refresh


def test_short_lives_are_used_half(environment: LocalEnvironment, server: OAuthServer, authorized: Authorized) -> None:
    server.behaviour.lifetime = 40
    authorized(ends=-1)
    assert [ask(environment) for _ in range(3)] == [200] * 3
    assert len(server.granted) == 1


@pytest.mark.parametrize("integration", ["oauth-basic", "oauth-form", "oauth-json"])
def test_endpoints_of_all_kinds(
    environment: LocalEnvironment, server: OAuthServer, authorized: Authorized, store: Store, integration: str
) -> None:
    for rotates in (True, False):
        server.behaviour.rotates = rotates
        before = authorized(integration, ends=-1)
        assert ask(environment, integration) == 200
        kept = store.connections.credentials(integration, "demo")
        assert kept is not None
        assert (kept["refresh_token"] == before["refresh_token"]) is not rotates


def test_after_a_refusal(environment: LocalEnvironment, server: OAuthServer, authorized: Authorized) -> None:
    given = authorized(ends=None)
    server.tokens.pop(given["access_token"])
    assert ask(environment) == 200
    assert len(server.granted) == 1
    paths = [each.path for each in server.requests]
    assert paths == ["/api/bearer", "/token", "/api/bearer"]


def test_a_refusal_that_no_token_helps_against(
    environment: LocalEnvironment, server: OAuthServer, authorized: Authorized, monkeypatch: pytest.MonkeyPatch
) -> None:
    authorized()
    request = ProxyRequest("oauth", "demo", "GET", "/api/basic")
    assert [environment.proxy(request).status for _ in range(3)] == [401] * 3
    assert len(server.granted) == 1
    monkeypatch.setattr("nango_cli.environments.local_auth._AGAIN", 0.0)  # a while later
    assert environment.proxy(request).status == 401
    assert len(server.granted) == 2


def test_client_credentials_after_a_refusal(environment: LocalEnvironment, server: OAuthServer) -> None:
    assert ask(environment, "client") == 200
    server.tokens.clear()
    assert ask(environment, "client") == 200
    assert len(server.grants("client_credentials")) == 2


def test_by_force(environment: LocalEnvironment, server: OAuthServer, authorized: Authorized) -> None:
    given = authorized()
    newer = environment.credentials("oauth", "demo", refresh=True)
    assert newer["access_token"] != given["access_token"]
    assert environment.credentials("oauth", "demo") == newer
    assert environment.credentials("key-header", "demo", refresh=True)["type"] == "API_KEY"
    assert {given["access_token"], given["refresh_token"], newer["access_token"]} <= set(environment.secrets())


def test_once_for_eight_threads(environment: LocalEnvironment, server: OAuthServer, authorized: Authorized) -> None:
    server.behaviour.delay = 0.1
    authorized(ends=-1)
    barrier = threading.Barrier(8)

    def one(_: int) -> int:
        barrier.wait()
        return ask(environment)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(8))) == [200] * 8
    assert len(server.granted) == 1


def test_once_for_eight_threads_after_a_refusal(
    environment: LocalEnvironment, server: OAuthServer, authorized: Authorized
) -> None:
    server.behaviour.delay = 0.1
    given = authorized()
    server.tokens.pop(given["access_token"])
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: ask(environment), range(8))) == [200] * 8
    assert len(server.granted) == 1


PROCESS = """
import sys
from pathlib import Path
from nango_cli.diagnostics.source import Source
from nango_cli.environments.exchange import ProxyRequest
from nango_cli.environments.local import LocalEnvironment
from nango_cli.environments.store.store import Store
from nango_cli.providers.catalog import alone

catalog = alone(Source("providers.yaml", Path(sys.argv[2]).read_text()))
with LocalEnvironment({}, catalog=catalog, store=lambda: Store.open(Path(sys.argv[1]), environ={})) as environment:
    environment.connection("oauth", "demo")
    print("ready", flush=True)
    sys.stdin.readline()
    print(environment.proxy(ProxyRequest("oauth", "demo", "GET", "/api/bearer")).status)
"""


def test_once_for_three_processes(
    server: OAuthServer, authorized: Authorized, path: Path, tmp_path: Path, store: Store
) -> None:
    server.behaviour.delay = 0.3
    definitions = tmp_path / "definitions.yaml"
    definitions.write_text(DEFINITIONS.replace("URL", server.url))
    command = [sys.executable, "-c", PROCESS, str(path), str(definitions)]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for each in processes:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    authorized(ends=-1)
    for each in processes:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    assert [each.communicate(timeout=60)[0] for each in processes] == ["200\n"] * 3
    assert len(server.granted) == 1


def test_a_lock_that_nobody_gives_back_ends(
    environment: LocalEnvironment, authorized: Authorized, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nango_cli.environments.destination import Task

    store.locks.acquire(Task("oauth", "demo", "killed"), "nango:refresh\noauth\ndemo", 300)
    authorized(ends=-1)
    assert ask(environment) == 200
    store.locks.acquire(Task("oauth", "demo", "killed"), "nango:refresh\noauth\ndemo", 60_000)
    monkeypatch.setattr("nango_cli.environments.auth.refresh._LONGEST", 0.1)
    with pytest.raises(EnvironmentFailure, match="another process has been trying for too long"):
        environment.credentials("oauth", "demo", refresh=True)


def test_revoked(environment: LocalEnvironment, server: OAuthServer, authorized: Authorized, store: Store) -> None:
    server.behaviour.spill = True
    given = authorized(ends=-1)
    server.revoke()
    store.connections.set_errors("oauth", "demo", [{"type": "sync", "log_id": "1"}])
    for _ in range(2):
        with pytest.raises(EnvironmentFailure) as caught:
            ask(environment)
    assert caught.value.code == "NG711"
    message = "the credentials of the connection `demo` of `oauth` cannot be refreshed: `invalid_grant` *** was revoked"
    assert caught.value.message == message
    assert caught.value.help == "authorize it again: `nango connection connect oauth demo`"
    assert caught.value.__context__ is None
    [sync, auth] = environment.connection("oauth", "demo").errors
    assert (sync["type"], auth["type"], len(auth["log_id"])) == ("sync", "auth", 20)
    assert given["refresh_token"] not in repr(caught.value)
    authorized(ends=-1)
    assert ask(environment) == 200
    assert [each["type"] for each in environment.connection("oauth", "demo").errors] == ["sync"]


def test_revoked_client(environment: LocalEnvironment, store: Store, server: OAuthServer) -> None:
    server.behaviour.spill = True
    wrong = {"type": "OAUTH2_CC", "client_id": "client-7", "client_secret": "planted-wrong"}
    store.connections.set_credentials("client", "demo", wrong)
    with pytest.raises(EnvironmentFailure) as caught:
        ask(environment, "client")
    assert caught.value.code == "NG711"
    assert "`invalid_client` *** is wrong" in caught.value.message
    assert "check its credentials at the provider" in str(caught.value.help)


def test_ended_without_a_refresh_token(environment: LocalEnvironment, store: Store, server: OAuthServer) -> None:
    access, _ = server.issue()
    for until, code in (("2999-01-01T00:00:00Z", None), ("2020-01-01T00:00:00Z", "NG711")):
        credentials = {"type": "OAUTH2", "access_token": access, "expires_at": until}
        store.connections.set_credentials("oauth", "demo", credentials)
        if code is None:
            assert ask(environment) == 200
            server.tokens.pop(access)
            assert ask(environment) == 401
            continue
        with pytest.raises(EnvironmentFailure, match="they have ended, and there is no refresh token") as caught:
            ask(environment)
        assert caught.value.code == code


def test_an_endpoint_that_is_down(environment: LocalEnvironment, authorized: Authorized, store: Store) -> None:
    authorized("oauth-down", ends=30)
    assert ask(environment, "oauth-down") == 200  # good for half a minute
    authorized("oauth-down", ends=-1)
    with pytest.raises(EnvironmentFailure, match="the token endpoint answered 503") as caught:
        ask(environment, "oauth-down")
    assert caught.value.code == "NG711"
    assert store.connections.get("oauth-down", "demo").errors == ()  # type: ignore[union-attr]  # it is there


def test_an_endpoint_that_is_not_there(store: Store, authorized: Authorized, server: OAuthServer) -> None:
    from nango_cli.diagnostics.source import Source
    from nango_cli.providers.catalog import alone

    text = DEFINITIONS.replace("URL/token-down", "http://127.0.0.1:9/token").replace("URL", server.url)
    catalog: Catalog = alone(Source("providers.yaml", text))
    store.integrations.save(Integration("oauth-down", "oauth-down", settings={"allow_private": True}))
    authorized("oauth-down", ends=-1)
    with (
        LocalEnvironment({}, catalog=catalog, store=store) as environment,
        pytest.raises(Unreachable, match=r"no connection to 127\.0\.0\.1:9") as caught,
    ):
        ask(environment, "oauth-down")
    assert caught.value.retryable
