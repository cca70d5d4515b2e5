"""The embedded environment: no server, no account; connections come from the project itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.declaration import LocalConnection, LocalIntegration, sample_of
from nango_cli.environments.destination import Task
from nango_cli.environments.environment import Level
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.environments.kept import Keeper, KeptInStore
from nango_cli.environments.local_directory import Directory, Target
from nango_cli.environments.local_request import prepare
from nango_cli.environments.local_resources import Resources
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.catalog import Catalog, bundled

if TYPE_CHECKING:
    from nango_cli.environments.local_auth import LocalAuth
    from nango_cli.environments.store.store import Store
    from nango_cli.providers.provider import Provider

__all__ = ["LocalConnection", "LocalEnvironment", "LocalIntegration"]

_UNAUTHORIZED = 401
_VARIABLE = "NANGO_VARIABLE_"


class LocalEnvironment(KeptInStore):
    """The connections of a project without a server. A context manager: leaving it closes what it opened.

    What local.yaml declares (`integrations`) wins over what the store has under the same name. `store` is an open one,
    which stays open, or opens one when it is needed, and may return None as long as there is none. `environ` is where
    API keys of local.yaml and variables of the environment (`NANGO_VARIABLE_<NAME>`) come from.

    Metadata of connections in local.yaml, and everything where there is no store, last as long as the environment.
    """

    retries = False
    runs_actions = False
    runs_syncs = False

    def __init__(
        self,
        integrations: Mapping[str, LocalIntegration],
        *,
        environ: Mapping[str, str] | None = None,
        timeout: float = 30.0,
        catalog: Catalog | None = None,
        store: Store | Callable[[], Store | None] | None = None,
    ) -> None:
        self._environ = environ or {}
        self._timeout = timeout
        self._resources = Resources(store, timeout)
        self._catalog = catalog or bundled()
        self._directory = Directory(integrations, self._catalog, self._resources.store)
        self._mutex = threading.Lock()
        self._auth: LocalAuth | None = None
        self._metadata: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._secrets: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._auth is not None:
            self._auth.close()
            self._auth = None
        self._resources.close()

    def definition(self, provider: str) -> Provider | None:
        return self._catalog.find(provider)

    def warm_up(self, integration: str) -> None:
        target = self._target(integration)
        self._resources.http().warm_up(target.base_url or "", private=target.private)

    def connection(self, integration: str, connection_id: str) -> Connection:
        found, declared = self._directory.find(integration, connection_id)
        if declared is None:
            self._authorized().kept(found)  # so that they are known as secrets from the start
            return found
        self._declared_credentials(found, declared)
        return replace(found, metadata=self._metadata.get((integration, connection_id), found.metadata))

    def connections(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        return self._directory.all(integration, connection_id)

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        return self._credentials(*self._directory.find(integration, connection_id), refresh=refresh)

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        _, declared = self._directory.find(integration, connection_id)
        if declared is None:
            self._required().connections.set_metadata(integration, connection_id, metadata)
        else:
            self._metadata[integration, connection_id] = dict(metadata)

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        found, declared = self._directory.find(integration, connection_id)
        if declared is None:
            self._required().connections.update_metadata(integration, connection_id, metadata)
        else:
            known = self._metadata.get((integration, connection_id), found.metadata)
            self._metadata[integration, connection_id] = {**known, **metadata}

    def secrets(self) -> Collection[str]:
        return self._secrets

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        connection, declared = self._directory.find(request.integration, request.connection_id)
        target = self._target(request.integration)
        credentials = self._credentials(connection, declared)
        response = self._send(request, target, connection, credentials)
        if response.status != _UNAUTHORIZED or declared is not None:
            return response
        newer = self._authorized().after_refusal(connection, credentials)
        return response if newer is None else self._send(request, target, connection, newer)

    def fetch(self, request: ProxyRequest) -> ProxyResponse:
        return self._resources.http().send(request, "", {}, private=self._target(request.integration).private)

    def integration(self, name: str, include: Sequence[str] = ()) -> dict[str, Any]:
        described = self._directory.described(name)
        if "webhook" in include:
            described["webhook_url"] = None
        if "credentials" in include:
            store = self._resources.store()
            found = store.integrations.credentials(name) if store else None
            self._learn(found or {})
            described["credentials"] = found
        return described

    def variables(self) -> Sequence[Mapping[str, str]]:
        store = self._resources.store()
        kept = {each["name"]: each["value"] for each in store.variables.all()} if store else {}
        self._secrets.update(filter(None, kept.values()))
        own = {name.removeprefix(_VARIABLE): value for name, value in self._environ.items() if _is_variable(name)}
        return [{"name": name, "value": value} for name, value in {**kept, **own}.items()]

    def trigger_action(self, integration: str, connection_id: str, action: str, input: Any) -> Any:
        raise NotImplementedError("the engine runs actions here")

    def trigger_sync(self, task: Task, mode: str) -> None:
        raise NotImplementedError("the engine runs syncs here")

    def start_sync(self, tasks: Sequence[Task]) -> None:
        """Start nothing: there are no schedules here."""

    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None:
        """Keep nothing: whoever watches the run has seen the line."""

    def _send(
        self, request: ProxyRequest, target: Target, connection: Connection, credentials: Credentials
    ) -> ProxyResponse:
        prepared = prepare(request, target, connection.config, credentials)
        return self._resources.http().send(prepared, "", {}, private=target.private)

    def _credentials(
        self, connection: Connection, declared: LocalConnection | None, *, refresh: bool = False
    ) -> Credentials:
        if declared is not None:
            return self._declared_credentials(connection, declared)
        return self._authorized().current(connection, force=refresh)

    def _declared_credentials(self, connection: Connection, declared: LocalConnection) -> Credentials:
        if declared.api_key is None:
            return {"type": "NONE"}
        value = self._environ.get(declared.api_key)
        if not value:
            message = f"the API key of `{connection.id}` ({connection.integration}) is not there"
            help = f"set the environment variable {declared.api_key}, or write it into .env"
            raise EnvironmentFailure(f"{message}: {declared.api_key} is not set", code="NG705", help=help)
        self._secrets.add(value)
        return {"type": "API_KEY", "apiKey": value}

    def _learn(self, credentials: Credentials) -> None:
        from nango_cli.environments.auth.account import secrets

        self._secrets.update(secrets(credentials))

    def _authorized(self) -> LocalAuth:
        with self._mutex:
            if self._auth is None:
                from nango_cli.environments.local_auth import LocalAuth

                self._auth = LocalAuth(self._required(), self._directory, self._learn, self._timeout)
            return self._auth

    def _required(self) -> Store:
        store = self._resources.store()
        assert store is not None, "a connection that is not in local.yaml is in the store"
        return store

    def _kept(self) -> Keeper:
        return self._resources.kept()

    def _target(self, integration: str) -> Target:
        """The integration's, with the address of the bundled API where it asks for that."""
        target = self._directory.target(integration)
        sample = sample_of(target.base_url)
        if sample is None:
            return target
        overrides = replace(target.overrides, base_url=self._resources.sample(sample))
        return replace(target, overrides=overrides, private=True)


def _is_variable(name: str) -> bool:
    return name.startswith(_VARIABLE) and name != _VARIABLE
