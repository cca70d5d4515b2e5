"""An environment that notes what a run asks of another one, and what it is answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar

from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.destination import Checkpoint, Counts, Destination, Record, RecordPage, Strategy, Task
from nango_cli.environments.environment import Environment, Level
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse, Unreachable
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.provider import Provider
from nango_cli.recordings.cassette import Question

T = TypeVar("T")


class Recording:
    """Everything goes through to `inner`. `exchanges` and `questions` are what was asked, in order, secrets and all."""

    def __init__(self, inner: Environment) -> None:
        self.exchanges: list[tuple[ProxyRequest, ProxyResponse | Unreachable]] = []
        self.questions: list[Question] = []
        self._inner = inner

    @property
    def retries(self) -> bool:
        return self._inner.retries

    @property
    def runs_actions(self) -> bool:
        return self._inner.runs_actions

    @property
    def runs_syncs(self) -> bool:
        return self._inner.runs_syncs

    def definition(self, provider: str) -> Provider | None:
        return self._inner.definition(provider)

    def warm_up(self, integration: str) -> None:
        self._inner.warm_up(integration)

    def connection(self, integration: str, connection_id: str) -> Connection:
        params = {"integration": integration, "connection_id": connection_id}
        return self._note("connection", params, lambda: self._inner.connection(integration, connection_id), _plain)

    def connections(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        return self._inner.connections(integration=integration, connection_id=connection_id)

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        return self._note(
            "credentials",
            {"integration": integration, "connection_id": connection_id},
            lambda: self._inner.credentials(integration, connection_id, refresh=refresh),
            lambda found: {"credentials": dict(found)},
        )

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        self._inner.set_metadata(integration, connection_id, metadata)

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        self._inner.update_metadata(integration, connection_id, metadata)

    def secrets(self) -> Collection[str]:
        return self._inner.secrets()

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        return self._exchange(request, self._inner.proxy)

    def fetch(self, request: ProxyRequest) -> ProxyResponse:
        return self._exchange(request, self._inner.fetch)

    def integration(self, name: str, include: Sequence[str] = ()) -> dict[str, Any]:
        params = {"name": name, "include": list(include)}
        return self._note("integration", params, lambda: self._inner.integration(name, include), dict)

    def variables(self) -> Sequence[Mapping[str, str]]:
        return self._note("variables", {}, self._inner.variables, lambda found: [dict(each) for each in found])

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._inner.save(destination, records)

    def update(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._inner.update(destination, records)

    def delete(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._inner.delete(destination, records)

    def get(self, destination: Destination, ids: Sequence[str]) -> Mapping[str, Record]:
        params = {"model": destination.stored_model, "ids": list(ids)}
        return self._note("records.get", params, lambda: self._inner.get(destination, ids), dict)

    def read(self, destination: Destination, cursor: str | None = None, limit: int = 100) -> RecordPage:
        params = {"model": destination.stored_model, "cursor": cursor, "limit": limit}
        return self._note("records.read", params, lambda: self._inner.read(destination, cursor, limit), asdict)

    def set_merging_strategy(self, destination: Destination, strategy: Strategy) -> None:
        self._inner.set_merging_strategy(destination, strategy)

    def start_tracking(self, destination: Destination) -> None:
        self._inner.start_tracking(destination)

    def end_tracking(self, destination: Destination) -> Sequence[str]:
        return self._inner.end_tracking(destination)

    def abandon_tracking(self, destination: Destination) -> None:
        self._inner.abandon_tracking(destination)

    def last_sync_date(self, task: Task) -> datetime | None:
        return self._inner.last_sync_date(task)

    def checkpoint(self, task: Task) -> Checkpoint | None:
        return self._inner.checkpoint(task)

    def save_checkpoint(self, task: Task, checkpoint: Checkpoint) -> None:
        self._inner.save_checkpoint(task, checkpoint)

    def clear_checkpoint(self, task: Task) -> None:
        self._inner.clear_checkpoint(task)

    def acquire(self, task: Task, key: str, ttl_ms: int) -> bool:
        return self._inner.acquire(task, key, ttl_ms)

    def release(self, task: Task, key: str) -> bool:
        return self._inner.release(task, key)

    def release_all(self, task: Task) -> None:
        self._inner.release_all(task)

    def trigger_action(self, integration: str, connection_id: str, action: str, input: Any) -> Any:
        params = {"integration": integration, "connection_id": connection_id, "action": action, "input": input}
        run = self._inner.trigger_action
        return self._note(
            "action", params, lambda: run(integration, connection_id, action, input), lambda output: output
        )

    def trigger_sync(self, task: Task, mode: str) -> None:
        self._inner.trigger_sync(task, mode)

    def start_sync(self, tasks: Sequence[Task]) -> None:
        self._inner.start_sync(tasks)

    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None:
        self._inner.log(integration, connection_id, script, level, text)

    def _exchange(self, request: ProxyRequest, send: Callable[[ProxyRequest], ProxyResponse]) -> ProxyResponse:
        try:
            response = send(request)
        except Unreachable as error:
            self.exchanges.append((request, error))
            raise
        self.exchanges.append((request, response))
        return response

    def _note(self, method: str, params: Mapping[str, Any], ask: Callable[[], T], plain: Callable[[T], Any]) -> T:
        try:
            result = ask()
        except EnvironmentFailure as error:
            refusal = {"code": error.code, "message": error.message, "help": error.help}
            self.questions.append(Question(method, params, refusal=refusal))
            raise
        self.questions.append(Question(method, params, plain(result)))
        return result


def _plain(connection: Connection) -> dict[str, Any]:
    found = {each.name: getattr(connection, each.name) for each in fields(connection)}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in found.items()}
