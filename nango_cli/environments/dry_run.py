"""An environment in which nothing is kept: reads go through to another, what a run writes stays in a store of its own.

Requests to the provider, metadata and actions on a server are real, as in Nango's dry run: `ReadOnly` refuses those.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.destination import Counts, Destination, Record, RecordPage, Task
from nango_cli.environments.environment import Environment, Level
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.environments.kept import Keeper, KeptInStore
from nango_cli.providers.provider import Provider


@dataclass(frozen=True, slots=True)
class Write:
    """One batch that a script wrote."""

    operation: Literal["save", "update", "delete"]
    destination: Destination
    records: tuple[Record, ...]


class DryRun(KeptInStore):
    """`tell` hears of every batch, in order. `metadata` stands in for that of the connections, and is not kept either.

    `keeper` takes what the run writes, so that it can tell a new record from a changed one. When it knows what earlier
    runs wrote (`remembers`), it alone is read, and what it says of changes is right; if not, an update or a deletion
    of records that it does not know counts as one.
    """

    def __init__(
        self,
        inner: Environment,
        keeper: Keeper,
        *,
        tell: Callable[[Write], None] = lambda write: None,
        metadata: Mapping[str, Any] | None = None,
        remembers: bool = False,
    ) -> None:
        self._inner = inner
        self._keeper = keeper
        self._remembers = remembers
        self._tell = tell
        self._metadata = None if metadata is None else dict(metadata)

    def _kept(self) -> Keeper:
        return self._keeper

    @property
    def retries(self) -> bool:
        return self._inner.retries

    @property
    def runs_actions(self) -> bool:
        return self._inner.runs_actions

    @property
    def runs_syncs(self) -> bool:
        """Never: a sync that a dry run triggers is dry too."""
        return False

    def definition(self, provider: str) -> Provider | None:
        return self._inner.definition(provider)

    def warm_up(self, integration: str) -> None:
        self._inner.warm_up(integration)

    def connection(self, integration: str, connection_id: str) -> Connection:
        found = self._inner.connection(integration, connection_id)
        return found if self._metadata is None else replace(found, metadata=self._metadata)

    def connections(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        return self._inner.connections(integration=integration, connection_id=connection_id)

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        return self._inner.credentials(integration, connection_id, refresh=refresh)

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        if self._metadata is None:
            self._inner.set_metadata(integration, connection_id, metadata)
        else:
            self._metadata = dict(metadata)

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        if self._metadata is None:
            self._inner.update_metadata(integration, connection_id, metadata)
        else:
            self._metadata = {**self._metadata, **metadata}

    def secrets(self) -> Collection[str]:
        return self._inner.secrets()

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        return self._inner.proxy(request)

    def fetch(self, request: ProxyRequest) -> ProxyResponse:
        return self._inner.fetch(request)

    def integration(self, name: str, include: Sequence[str] = ()) -> dict[str, Any]:
        return self._inner.integration(name, include)

    def variables(self) -> Sequence[Mapping[str, str]]:
        return self._inner.variables()

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts:
        self._tell(Write("save", destination, tuple(records)))
        return super().save(destination, records)

    def update(self, destination: Destination, records: Sequence[Record]) -> Counts:
        self._tell(Write("update", destination, tuple(records)))
        known = super().update(destination, records)
        return known if self._remembers else replace(known, updated=len(records) - known.unchanged)

    def delete(self, destination: Destination, records: Sequence[Record]) -> Counts:
        self._tell(Write("delete", destination, tuple(records)))
        known = super().delete(destination, records)
        return known if self._remembers else Counts(deleted=len(records))

    def get(self, destination: Destination, ids: Sequence[str]) -> Mapping[str, Record]:
        """Records of the environment, and over them those that this run wrote."""
        known = super().get(destination, ids)
        return known if self._remembers else {**self._inner.get(destination, ids), **known}

    def read(self, destination: Destination, cursor: str | None = None, limit: int = 100) -> RecordPage:
        """The environment's records; where it has none, those that this run wrote."""
        if self._remembers:
            return super().read(destination, cursor, limit)
        if cursor is None or not cursor.startswith(_OWN):
            page = self._inner.read(destination, cursor, limit)
            if page.records or cursor is not None:
                return page
        page = super().read(destination, cursor.removeprefix(_OWN) if cursor else None, limit)
        return replace(page, next_cursor=page.next_cursor and _OWN + page.next_cursor)

    def trigger_action(self, integration: str, connection_id: str, action: str, input: Any) -> Any:
        return self._inner.trigger_action(integration, connection_id, action, input)

    def trigger_sync(self, task: Task, mode: str) -> None:
        raise NotImplementedError("a dry run never asks the environment to run a sync")

    def start_sync(self, tasks: Sequence[Task]) -> None:
        """Start no schedule: a dry run leaves them alone."""

    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None:
        """Keep nothing: whoever watches the run has seen the line."""


_OWN = "dry-run:"  # before cursors of the run's own store
