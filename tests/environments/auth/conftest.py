"""A project's store with one integration for each auth mode, all at one provider on the loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from environments.auth.definitions import APPLICATION, CREDENTIALS, DEFINITIONS, RSA
from oauth_server import OAuthServer

from nango_cli.diagnostics.source import Source
from nango_cli.environments.auth.account import Account
from nango_cli.environments.connection import Connection
from nango_cli.environments.local import LocalEnvironment
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.store.store import Store
from nango_cli.environments.wire import Wire
from nango_cli.providers.catalog import Catalog, alone


@pytest.fixture(scope="session")
def _running() -> Iterator[OAuthServer]:
    with OAuthServer(RSA) as server:
        yield server


@pytest.fixture
def server(_running: OAuthServer) -> OAuthServer:
    _running.reset()
    _running.key = RSA
    return _running


@pytest.fixture
def catalog(server: OAuthServer) -> Catalog:
    return alone(Source("providers.yaml", DEFINITIONS.replace("URL", server.url)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".nango" / "store.sqlite"


@pytest.fixture
def store(path: Path, catalog: Catalog, server: OAuthServer) -> Iterator[Store]:
    with Store.open(path, environ={}) as store:
        for name in catalog.names():
            application = APPLICATION if name.startswith("oauth") else None
            store.integrations.save(Integration(name, name, settings={"allow_private": True}), application)
            store.connections.save(Connection("demo", name, name), CREDENTIALS.get(name))
        yield store


@pytest.fixture
def environment(store: Store, catalog: Catalog) -> Iterator[LocalEnvironment]:
    with LocalEnvironment({}, catalog=catalog, store=store, timeout=5) as environment:
        yield environment


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire(5, "the test")
    yield wire
    wire.close()


@pytest.fixture
def account(catalog: Catalog) -> Callable[..., Account]:
    def account(name: str, credentials: Mapping[str, Any] | None = None, **config: str) -> Account:
        application = APPLICATION if name.startswith("oauth") else {}
        given = CREDENTIALS.get(name, {}) if credentials is None else credentials
        return Account(name, "demo", catalog.get(name), config, given, application, True)

    return account


@pytest.fixture
def authorized(server: OAuthServer, store: Store) -> Callable[..., dict[str, Any]]:
    """Give a connection a token that ends in so many seconds, and is good for so many at the provider."""

    def authorized(name: str = "oauth", ends: float | None = 3600, good: float = 3600) -> dict[str, Any]:
        access, refresh = server.issue(good)
        until = None if ends is None else (datetime.now(UTC) + timedelta(seconds=ends)).isoformat()
        credentials = {"type": "OAUTH2", "access_token": access, "refresh_token": refresh, "expires_at": until}
        store.connections.set_credentials(name, "demo", credentials)
        return credentials

    return authorized
