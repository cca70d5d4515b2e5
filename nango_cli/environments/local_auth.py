"""The credentials of a store's connections as runs need them: fresh, and replaced when a provider refuses them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from nango_cli.environments.auth import grant
from nango_cli.environments.auth.account import Account, token
from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.local_directory import Directory

if TYPE_CHECKING:
    from nango_cli.environments.auth.refresh import Refresh
    from nango_cli.environments.store.store import Store
    from nango_cli.environments.wire import Wire

_AGAIN = 60.0  # seconds


class LocalAuth:
    """`learn` hears of all credentials that are decrypted or fetched. `timeout` is in seconds for each request."""

    def __init__(
        self, store: Store, directory: Directory, learn: Callable[[Credentials], object], timeout: float
    ) -> None:
        self._store = store
        self._directory = directory
        self._learn = learn
        self._timeout = timeout
        self._mutex = threading.Lock()
        self._replaced: dict[tuple[str, str], tuple[str | None, float]] = {}
        self._wire: Wire | None = None
        self._refresh: Refresh | None = None

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
        self._wire = self._refresh = None

    def kept(self, connection: Connection) -> Account:
        """A connection of the store with its credentials as they are. Raises CredentialFailure (NG708)."""
        found = self._store.connections.credentials(connection.integration, connection.id) or {"type": "NONE"}
        return self._account(connection, found)

    def current(self, connection: Connection, *, force: bool = False) -> Credentials:
        """The credentials of a connection of the store, fresh ones if they are due or with `force`.

        Raises EnvironmentFailure as `Refresh.current` does, and NG701, NG709 or NG710 for the integration.
        """
        return self._refreshed(self.kept(connection), force=force)

    def after_refusal(self, connection: Connection, refused: Credentials) -> Credentials | None:
        """Others than these, which a provider answered with 401; None if there cannot be any.

        A token that was fetched for a refusal a moment ago and is refused too is not replaced: the token is not why.
        """
        account = self._account(connection, refused)
        if not token(refused) or not grant.renewable(account):
            return None
        key = (connection.integration, connection.id)
        last, when = self._replaced.get(key, (None, 0.0))
        if last == token(refused) and time.monotonic() - when < _AGAIN:
            return None
        newer = self._refreshed(account, force=True)
        self._replaced[key] = (token(newer), time.monotonic())
        return newer if token(newer) != token(refused) else None

    def _account(self, connection: Connection, credentials: Credentials) -> Account:
        name = connection.integration
        target = self._directory.target(name)
        application = self._store.integrations.credentials(name) or {}
        self._learn(application)
        self._learn(credentials)
        return Account(
            name, connection.id, target.provider, connection.config, credentials, application, target.private
        )

    def _refreshed(self, account: Account, *, force: bool) -> Credentials:
        if self._refresh is None:
            from nango_cli.environments.auth.refresh import Refresh

            self._refresh = Refresh(self._store, self._opened)
        credentials = self._refresh.current(account, force=force)
        self._learn(credentials)
        return credentials

    def _opened(self) -> Wire:
        with self._mutex:
            if self._wire is None:
                from nango_cli.environments.wire import Wire

                self._wire = Wire(self._timeout, "the token URL in the provider's definition")
            return self._wire
