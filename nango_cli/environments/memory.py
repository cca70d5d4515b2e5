"""An environment without a world, for tests and examples: a function stands for every provider."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.destination import Task
from nango_cli.environments.environment import Level
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.environments.kept import KeptInStore
from nango_cli.environments.store.store import Store
from nango_cli.environments.unknown import unknown_connection, unknown_integration
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.provider import Provider

Provide = Callable[[ProxyRequest], ProxyResponse]
Action = Callable[[Any], Any]


def _nobody(request: ProxyRequest) -> ProxyResponse:
    return ProxyResponse(404, {}, {"message": "Not Found"}, request.endpoint)


class MemoryEnvironment(KeptInStore):
    """`provide` answers every request; `actions` are functions by name. A context manager.

    `requests` holds what providers were asked, `triggered` which syncs were run or started, `lines` what was logged.
    """

    retries = False
    runs_actions = True
    runs_syncs = True

    def __init__(
        self,
        connections: Iterable[Connection] = (),
        provide: Provide = _nobody,
        *,
        credentials: Mapping[str, Credentials] | None = None,
        variables: Mapping[str, str] | None = None,
        actions: Mapping[str, Action] | None = None,
    ) -> None:
        """`credentials` go by integration; all of its connections have the same."""
        self.requests: list[ProxyRequest] = []
        self.triggered: list[tuple[Task, str]] = []
        self.lines: list[tuple[Level, str]] = []
        self._connections = {(each.integration, each.id): each for each in connections}
        self._provide = provide
        self._credentials = credentials or {}
        self._variables = variables or {}
        self._actions = actions or {}
        self._open = contextlib.ExitStack()
        self._store: Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def definition(self, provider: str) -> Provider | None:
        return None

    def warm_up(self, integration: str) -> None:
        """Do nothing: nothing takes long here."""

    def connection(self, integration: str, connection_id: str) -> Connection:
        found = self._connections.get((integration, connection_id))
        if found is None:
            self.integration(integration)
            raise unknown_connection(
                integration, connection_id, [id for key, id in self._connections if key == integration]
            )
        return found

    def connections(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        return [
            each
            for each in self._connections.values()
            if integration in (None, each.integration) and connection_id in (None, each.id)
        ]

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        self.connection(integration, connection_id)
        return self._credentials.get(integration, {"type": "NONE"})

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        found = self.connection(integration, connection_id)
        self._connections[integration, connection_id] = replace(found, metadata=dict(metadata))

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        known = self.connection(integration, connection_id).metadata
        self.set_metadata(integration, connection_id, {**known, **metadata})

    def secrets(self) -> Collection[str]:
        return {
            value for each in self._credentials.values() for name, value in each.items() if name != "type" and value
        }

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        self.connection(request.integration, request.connection_id)
        return self.fetch(request)

    def fetch(self, request: ProxyRequest) -> ProxyResponse:
        self.requests.append(request)
        return self._provide(request)

    def integration(self, name: str, include: Sequence[str] = ()) -> dict[str, Any]:
        providers = {each.integration: each.provider for each in self._connections.values()}
        if name not in providers:
            raise unknown_integration(name, providers, "the environment")
        described: dict[str, Any] = {"unique_key": name, "provider": providers[name], "display_name": name}
        if "webhook" in include:
            described["webhook_url"] = None
        return described

    def variables(self) -> Sequence[Mapping[str, str]]:
        return [{"name": name, "value": value} for name, value in self._variables.items()]

    def trigger_action(self, integration: str, connection_id: str, action: str, input: Any) -> Any:
        self.connection(integration, connection_id)
        if action not in self._actions:
            raise EnvironmentFailure(f"the environment has no action `{action}`", code="NG704")
        return self._actions[action](input)

    def trigger_sync(self, task: Task, mode: str) -> None:
        self.triggered.append((task, mode))

    def start_sync(self, tasks: Sequence[Task]) -> None:
        self.triggered += [(task, "start") for task in tasks]

    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None:
        self.lines.append((level, text))

    def _kept(self) -> Store:
        if self._store is None:
            self._store = self._open.enter_context(Store.open(None))
        return self._store
