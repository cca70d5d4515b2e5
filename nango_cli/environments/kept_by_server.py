"""What a server keeps of syncs, as its API shows it.

A server stores records and checkpoints of the scripts that it runs itself. Its API takes none from outside: writing
them here raises EnvironmentFailure NG704. Locks hold within this process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn

from nango_cli.environments.api_client import ApiClient
from nango_cli.environments.api_failure import unexpected
from nango_cli.environments.destination import Checkpoint, Counts, Destination, Record, RecordPage, Strategy, Task
from nango_cli.environments.locks import MemoryLocks
from nango_cli.errors import EnvironmentFailure


class KeptByServer:
    """Records, state and locks for environments that have a client of a server."""

    def __init__(self, client: ApiClient) -> None:
        self._client = client
        self._locks = MemoryLocks()

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts:
        _refuse("records")

    update = delete = save

    def get(self, destination: Destination, ids: Sequence[str]) -> Mapping[str, Record]:
        query = [("model", destination.stored_model), *(("ids", id) for id in ids)]
        found = self._records("/records/", destination.task, query)["records"] if ids else []
        return {str(each.get("id")): each for each in found}

    def read(self, destination: Destination, cursor: str | None = None, limit: int = 100) -> RecordPage:
        query = [("model", destination.stored_model), ("limit", str(limit))]
        found = self._records("/records", destination.task, [*query, *([("cursor", cursor)] if cursor else [])])
        return RecordPage(tuple(found["records"]), found.get("next_cursor"))

    def set_merging_strategy(self, destination: Destination, strategy: Strategy) -> None:
        _refuse("records")

    def start_tracking(self, destination: Destination) -> None:
        _refuse("records")

    def end_tracking(self, destination: Destination) -> Sequence[str]:
        _refuse("records")

    def abandon_tracking(self, destination: Destination) -> None:
        _refuse("records")

    def last_sync_date(self, task: Task) -> datetime | None:
        """When the sync's last run ended, by the server's clock."""
        ended = self._status(task).get("finishedAt")
        if not isinstance(ended, str):
            return None
        try:
            date = datetime.fromisoformat(ended)
        except ValueError:
            return None
        return date if date.tzinfo else date.replace(tzinfo=UTC)

    def checkpoint(self, task: Task) -> Checkpoint | None:
        found = self._status(task).get("checkpoint")
        return found if isinstance(found, dict) else None

    def save_checkpoint(self, task: Task, checkpoint: Checkpoint) -> None:
        _refuse("checkpoints")

    def clear_checkpoint(self, task: Task) -> None:
        _refuse("checkpoints")

    def acquire(self, task: Task, key: str, ttl_ms: int) -> bool:
        return self._locks.acquire(task, key, ttl_ms)

    def release(self, task: Task, key: str) -> bool:
        return self._locks.release(task, key)

    def release_all(self, task: Task) -> None:
        self._locks.release_all(task)

    def _records(self, path: str, task: Task, query: Sequence[tuple[str, str]]) -> dict[str, Any]:
        found = self._client.json("GET", path, query=query, headers=place(task.integration, task.connection_id))
        if not isinstance(found, dict) or not isinstance(found.get("records"), list):
            raise unexpected(f"GET {path}", self._client.host, "records")
        return found

    def _status(self, task: Task) -> Mapping[str, Any]:
        """The sync's entry in the server's status, empty when there is none."""
        connection = [("provider_config_key", task.integration), ("connection_id", task.connection_id)]
        found = self._client.json("GET", "/sync/status", query=[("syncs", "*"), *connection])
        if not isinstance(found, dict) or not isinstance(found.get("syncs"), list):
            raise unexpected("GET /sync/status", self._client.host, "syncs")
        for each in found["syncs"]:
            if each.get("name") == task.script and (each.get("variant") or "base") == task.variant:
                return dict(each)
        return {}


def place(integration: str, connection_id: str) -> dict[str, str]:
    """The headers that say which connection a request is about."""
    return {"Connection-Id": connection_id, "Provider-Config-Key": integration}


def _refuse(what: str) -> NoReturn:
    message = f"a server keeps {what} only of the scripts that it runs itself"
    raise EnvironmentFailure(message, code="NG704", help="deploy the script, or run it with `nango dryrun`")
