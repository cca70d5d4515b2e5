"""Credentials that can be used now: fetched before they end, once for all who ask at the same time.

Who finds that they end soon takes a lock, one for the threads of a process and one of the store for all processes, and
looks again: whoever had the lock before may have fetched new ones. That matters, because a provider that gives out a
new refresh token with each access token takes the second use of an old one for a theft, and revokes them all.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nango_cli.environments.auth import grant
from nango_cli.environments.auth.account import Account, expiry, token
from nango_cli.environments.auth.failure import RefreshFailed, TokenRefused, refresh_failed, unsupported
from nango_cli.environments.connection import Credentials
from nango_cli.environments.destination import Task
from nango_cli.environments.exchange import Unreachable

if TYPE_CHECKING:
    from nango_cli.environments.store.store import Store
    from nango_cli.environments.wire import Wire

MARGIN = timedelta(seconds=60)

_LOCK = "nango:refresh"
_LONGEST = 120.0  # seconds that a refresh may take, after which others try
_STEP = 0.05  # seconds between two looks at a lock

_threads: dict[tuple[str, str], threading.Lock] = {}
_threads_mutex = threading.Lock()


def _now() -> datetime:
    return datetime.now(UTC)


class Refresh:
    """Keeps the credentials of a store's connections fresh. `wire` is opened when a provider has to be asked."""

    def __init__(self, store: Store, wire: Callable[[], Wire], now: Callable[[], datetime] = _now) -> None:
        self._store = store
        self._wire = wire
        self._now = now

    def current(self, account: Account, *, force: bool = False) -> Credentials:
        """The account's credentials, or newer ones; with `force` others than these, if there can be any.

        Raises EnvironmentFailure: NG711 when there are none that work, NG702 when the provider does not answer, NG704
        when the auth mode is not known here.
        """
        if account.provider.auth_mode not in grant.SUPPORTED:
            raise unsupported(account, account.provider.name, account.provider.auth_mode)
        if grant.STATIC.intersection((account.provider.auth_mode, account.credentials.get("type"))):
            return account.credentials
        if grant.made_here(account):
            return grant.renewed(account, self._wire(), self._now())
        if not (force or self._ends_soon(account)):
            return account.credentials
        if not grant.renewable(account):
            if self._has_ended(account):
                raise refresh_failed(account, "they have ended, and there is no refresh token")
            return account.credentials
        with self._alone(account):
            return self._renewed(account, force=force)

    def _renewed(self, account: Account, *, force: bool) -> Credentials:
        """New credentials, stored; those of somebody who was faster, if there are any."""
        found = self._store.connections.credentials(account.integration, account.connection_id)
        latest = replace(account, credentials=found or account.credentials)
        if token(latest.credentials) != token(account.credentials) and not self._ends_soon(latest):
            return latest.credentials
        if not grant.renewable(latest):
            raise refresh_failed(account, "there is no refresh token any more")
        failure: RefreshFailed | Unreachable
        try:
            renewed = grant.renewed(latest, self._wire(), self._now())
        except TokenRefused as error:
            passing = error.passing
            if not passing:
                self._mark(account)
            failure = refresh_failed(account, error.message)
        except Unreachable as error:
            passing, failure = True, error
        else:
            self._store.connections.set_credentials(account.integration, account.connection_id, renewed)
            self._unmark(account)
            return renewed
        if passing and not force and not self._has_ended(latest):
            return latest.credentials  # good for a little longer; the next request tries again
        raise failure

    def _ends_soon(self, account: Account) -> bool:
        """Whether there is no token, or only a little of its time is left."""
        ends = expiry(account.credentials)
        return not token(account.credentials) or (
            ends is not None and ends - _margin(account.credentials) <= self._now()
        )

    def _has_ended(self, account: Account) -> bool:
        ends = expiry(account.credentials)
        return not token(account.credentials) or (ends is not None and ends <= self._now())

    def _mark(self, account: Account) -> None:
        """Note on the connection that it needs somebody, as a server does."""
        self._set_errors(account, {"type": "auth", "log_id": uuid.uuid4().hex[:20]})

    def _unmark(self, account: Account) -> None:
        self._set_errors(account)

    def _set_errors(self, account: Account, *auth: dict[str, str]) -> None:
        found = self._store.connections.get(account.integration, account.connection_id)
        if found is None:
            return
        others = [each for each in found.errors if each.get("type") != "auth"]
        if auth or len(others) != len(found.errors):
            self._store.connections.set_errors(account.integration, account.connection_id, [*others, *auth])

    @contextmanager
    def _alone(self, account: Account) -> Iterator[None]:
        key = (account.integration, account.connection_id)
        with _threads_mutex:
            mine = _threads.setdefault(key, threading.Lock())
        # The lock's owner is this process, by a name that no other has at the same time, nor on another machine.
        owner = Task(*key, _LOCK, f"{socket.gethostname()}:{os.getpid()}")
        name = "\n".join((_LOCK, *key))
        with mine:
            give_up = time.monotonic() + _LONGEST
            while not self._store.locks.acquire(owner, name, int(_LONGEST * 1000)):
                if time.monotonic() > give_up:
                    raise refresh_failed(account, "another process has been trying for too long")
                time.sleep(_STEP)
            try:
                yield
            finally:
                self._store.locks.release(owner, name)


def _margin(credentials: Credentials) -> timedelta:
    """How early to fetch new ones: a minute, but no more than half of their life."""
    raw = credentials.get("raw")
    life = raw.get("expires_in") if isinstance(raw, Mapping) else None
    return min(MARGIN, timedelta(seconds=life) / 2) if isinstance(life, int) and life > 0 else MARGIN
