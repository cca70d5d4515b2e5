"""An environment of a server that speaks Nango's HTTP API: Nango Cloud, a self-hosted Nango, or our own.

Its calls are those of Nango's own CLI in a dry run, by the paths that servers of all ages know.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from nango_cli.environments.api_client import ApiClient
from nango_cli.environments.api_failure import KEY_CODES, error_of, unexpected
from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.destination import Task
from nango_cli.environments.environment import Level
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.environments.http import HttpClient, answer
from nango_cli.environments.kept_by_server import KeptByServer, place
from nango_cli.environments.remote_directory import Directory, as_connection
from nango_cli.environments.remote_proxy import wrap
from nango_cli.environments.wire import USER_AGENT
from nango_cli.providers.provider import Provider

_ACTION_PATIENCE = 900.0  # seconds; a server lets an action run for that long


class RemoteEnvironment(KeptByServer):
    """The environment that a secret key opens. A context manager: leaving it closes its connections.

    `base_url` is the server's address, `is_sync` whether requests are made for a sync or an on-event script, `dry_run`
    whether the server is told that nothing is kept. `timeout` is in seconds, for each request and without the server's
    own retries. `key_name` is the variable that the key came from; the key itself is never shown.
    """

    retries = True
    runs_actions = True
    runs_syncs = True

    def __init__(
        self,
        base_url: str,
        secret_key: str,
        *,
        is_sync: bool,
        dry_run: bool = True,
        timeout: float = 30.0,
        key_name: str = "the secret key",
    ) -> None:
        super().__init__(ApiClient(base_url, secret_key, timeout=timeout, key_name=key_name))
        self._directory = Directory(self._client, dry_run=dry_run)
        self._directory.secrets.add(secret_key)
        self._is_sync = is_sync
        self._dry_run = dry_run
        self._timeout = timeout
        self._direct: HttpClient | None = None

    def __repr__(self) -> str:
        return f"RemoteEnvironment({self._client.host!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()
        if self._direct is not None:
            self._direct.__exit__(None, None, None)
            self._direct = None

    def definition(self, provider: str) -> Provider | None:
        """None: a server retries by itself."""
        return None

    def warm_up(self, integration: str) -> None:
        self._client.warm_up()

    def connection(self, integration: str, connection_id: str) -> Connection:
        found = self._directory.connection(integration, connection_id)
        return as_connection(found, str(self._directory.integration(integration).get("provider")))

    def connections(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        return [
            as_connection(each, str(each.get("provider")))
            for each in self._directory.listed(connection_id)
            if integration in (None, each.get("provider_config_key"))
        ]

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        found = self._directory.connection(integration, connection_id, refresh=refresh)
        return found.get("credentials") or {}

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        self._write_metadata("POST", integration, connection_id, metadata)

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        self._write_metadata("PATCH", integration, connection_id, metadata)

    def secrets(self) -> Collection[str]:
        return self._directory.secrets

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        wrapped = wrap(
            request, is_sync=self._is_sync, dry_run=self._dry_run, user_agent=USER_AGENT, timeout=self._timeout
        )
        client = self._client
        response = client.send(request.method, wrapped.target, wrapped.headers, wrapped.content, wrapped.patience)
        if response.status_code == 401:  # the provider's, unless the server says that it is its own
            error = error_of(response.content, response.headers.get("content-type", ""))
            if error is not None and error.get("code") in KEY_CODES:
                raise client.failure(f"{request.method} {wrapped.shown}", response)
        return answer(response, wrapped.shown)

    def fetch(self, request: ProxyRequest) -> ProxyResponse:
        if self._direct is None:
            self._direct = HttpClient(self._timeout)
        return self._direct.send(
            request, "", {}, private=True
        )  # a server's integrations say nothing about this machine

    def integration(self, name: str, include: Sequence[str] = ()) -> dict[str, Any]:
        return self._directory.integration(name, include)

    def variables(self) -> Sequence[Mapping[str, str]]:
        found = self._client.json("GET", "/environment-variables")
        if not isinstance(found, list):
            raise unexpected("GET /environment-variables", self._client.host, "name")
        return found

    def trigger_action(self, integration: str, connection_id: str, action: str, input: Any) -> Any:
        """Raises ServerRefusal (NG704), whose `payload` is what the action threw."""
        headers = place(integration, connection_id)
        body = {"action_name": action, **({} if input is None else {"input": input})}
        patience = max(self._timeout, _ACTION_PATIENCE)
        return self._client.json("POST", "/action/trigger", headers=headers, body=body, timeout=patience)

    def trigger_sync(self, task: Task, mode: str) -> None:
        self._start("/sync/trigger", [task], sync_mode=mode)

    def start_sync(self, tasks: Sequence[Task]) -> None:
        together: dict[tuple[str, str], list[Task]] = {}
        for task in tasks:
            together.setdefault((task.integration, task.connection_id), []).append(task)
        for each in together.values():
            self._start("/sync/start", each)

    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None:
        """Keep nothing: a server logs what it runs itself."""

    def _write_metadata(self, method: str, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        body = {"metadata": dict(metadata), "connection_id": connection_id, "provider_config_key": integration}
        try:
            self._client.json(method, "/connection/metadata", body=body)
        finally:
            self._directory.forget(integration, connection_id)

    def _start(self, path: str, tasks: Sequence[Task], **more: str) -> None:
        syncs = [
            each.script if each.variant == "base" else {"name": each.script, "variant": each.variant} for each in tasks
        ]
        connection = {"provider_config_key": tasks[0].integration, "connection_id": tasks[0].connection_id}
        self._client.json("POST", path, body={**connection, "syncs": syncs, **more})
