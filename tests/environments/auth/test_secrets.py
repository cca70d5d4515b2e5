"""Planted secrets stay where they belong: not in the store's files, not in what is shown of anything."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from environments.auth.definitions import CREDENTIALS
from oauth_server import OAuthServer

from nango_cli.environments.auth.account import Account
from nango_cli.environments.exchange import ProxyRequest
from nango_cli.environments.local import LocalEnvironment
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure

Authorized = Callable[..., dict[str, Any]]


def test_not_in_the_files_of_the_store(
    environment: LocalEnvironment, authorized: Authorized, store: Store, path: Path
) -> None:
    authorized(ends=-1)
    store.variables.set("TOKEN", "planted-variable")
    for name in ("oauth", "client", "jwt-grant", "wsse", "basic", "key-header"):
        environment.credentials(name, "demo", refresh=True)
    assert "planted-variable" in {each["value"] for each in environment.variables()}
    found = [each for each in path.parent.rglob("*") if each.is_file()]
    assert path in found
    for each in found:
        assert b"planted" not in each.read_bytes(), each
        assert b"PRIVATE KEY" not in each.read_bytes(), each


def test_not_in_reprs(environment: LocalEnvironment, account: Callable[..., Account]) -> None:
    for name in CREDENTIALS:
        made = account(name)
        assert "planted" not in repr(made) + str(made)
        assert "PRIVATE KEY" not in repr(made)
        assert "planted" not in repr(environment.connection(name, "demo"))
    assert "planted" not in repr(environment)


@pytest.mark.parametrize("spill", [False, True])
def test_not_in_failures(
    environment: LocalEnvironment, server: OAuthServer, authorized: Authorized, store: Store, spill: bool
) -> None:
    server.behaviour.spill = spill
    authorized(ends=-1)
    server.revoke()
    store.connections.set_credentials(
        "client", "demo", {"type": "OAUTH2_CC", "client_id": "client-7", "client_secret": "planted-é-wrong"}
    )
    for name in ("oauth", "client"):
        with pytest.raises(EnvironmentFailure) as caught:
            environment.proxy(ProxyRequest(name, "demo", "GET", "/api/bearer"))
        shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(caught.value.help)
        assert "planted" not in shown
