"""What the embedded environment opens when it is needed, and closes at its end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nango_cli.environments.http import HttpClient
    from nango_cli.environments.store.store import Store


class Resources:
    """Each is opened once, whichever thread asks first. After `close` they are opened anew.

    `store` is an open one, which stays open, or opens one, and may return None as long as there is none. `timeout` is
    in seconds for each request.
    """

    def __init__(self, store: Store | Callable[[], Store | None] | None, timeout: float) -> None:
        self._given = store
        self._timeout = timeout
        self._mutex = threading.RLock()
        self._open = ExitStack()
        self._store: Store | None = None
        self._temporary: Store | None = None
        self._client: HttpClient | None = None
        self._samples: dict[str, str] = {}

    def close(self) -> None:
        self._store = self._temporary = self._client = None
        self._samples.clear()
        self._open.close()

    def store(self) -> Store | None:
        if self._given is None or not callable(self._given):
            return self._given
        with self._mutex:
            if self._store is None:
                opened = self._given()
                self._store = self._open.enter_context(opened) if opened is not None else None
            return self._store

    def kept(self) -> Store:
        """The store, or a private one that is gone at the end."""
        with self._mutex:
            kept = self.store() or self._temporary
            if kept is None:
                from nango_cli.environments.store.store import Store

                kept = self._temporary = self._open.enter_context(Store.open(None))
            return kept

    def http(self) -> HttpClient:
        with self._mutex:
            if self._client is None:
                from nango_cli.environments.http import HttpClient

                self._client = self._open.enter_context(HttpClient(self._timeout))
            return self._client

    def sample(self, name: str) -> str:
        """Where the bundled API of that name is."""
        with self._mutex:
            if name not in self._samples:
                from nango_cli.sample_api.server import SampleApi

                self._samples[name] = self._open.enter_context(SampleApi(name))
            return self._samples[name]
