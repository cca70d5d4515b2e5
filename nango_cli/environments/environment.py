"""What a run needs from the world, split by role; a function asks for the smallest role that it needs.

Every method may raise EnvironmentFailure (NG7xx) when the environment cannot be asked, or refuses.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol

from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.destination import Checkpoint, Counts, Destination, Record, RecordPage, Strategy, Task
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse

if TYPE_CHECKING:
    from nango_cli.providers.provider import Provider

Level = Literal["debug", "info", "warn", "error"]


class Connections(Protocol):
    @property
    def retries(self) -> bool:
        """Whether `proxy` retries by itself, as a Nango server does."""

    def definition(self, provider: str) -> Provider | None:
        """What is known of a provider; None to go by the definitions that travel with the package."""

    def warm_up(self, integration: str) -> None:
        """Do now what the first request would wait for; called while a guest starts."""

    def connection(self, integration: str, connection_id: str) -> Connection:
        """Raises EnvironmentFailure NG701 when there is none."""

    def connections(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        """All that fit, none if none does. Metadata and config may be left out."""

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        """What the provider is shown; fresh ones with `refresh`. Never for logs or recordings."""

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        """Replace all of a connection's metadata."""

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        """Replace the given top-level keys."""

    def secrets(self) -> Collection[str]:
        """Every secret that was seen so far, so that they can be hidden wherever they turn up."""

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        """Send a request with the connection's credentials. Raises Unreachable (NG702) when nobody answers."""

    def fetch(self, request: ProxyRequest) -> ProxyResponse:
        """Send a request whose endpoint is a whole address, without credentials, from here. Raises Unreachable."""


class Settings(Protocol):
    """What is set up once for an environment or an integration."""

    def integration(self, name: str, include: Sequence[str] = ()) -> dict[str, Any]:
        """`{"unique_key", "provider", "display_name", ...}`; `include`: `webhook` (`webhook_url`), `credentials`."""

    def variables(self) -> Sequence[Mapping[str, str]]:
        """The environment's variables, each `{"name", "value"}`."""


class Records(Protocol):
    """Records arrive validated, one of each `id`, at most 1000 at a time; the counts say what changed."""

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts:
        """Add records, or replace those with the same id."""

    def update(self, destination: Destination, records: Sequence[Record]) -> Counts:
        """Merge fields, deeply, into records that are there already."""

    def delete(self, destination: Destination, records: Sequence[Record]) -> Counts:
        """Mark records as deleted; only their `id` counts."""

    def get(self, destination: Destination, ids: Sequence[str]) -> Mapping[str, Record]:
        """Those of the records that are there, by id, at most 100 ids at a time."""

    def read(self, destination: Destination, cursor: str | None = None, limit: int = 100) -> RecordPage:
        """The records in the order in which they were last changed."""

    def set_merging_strategy(self, destination: Destination, strategy: Strategy) -> None:
        """How saves of this run treat records that an action changed meanwhile."""

    def start_tracking(self, destination: Destination) -> None:
        """From here on, remember which records are saved; a tracking that is open already goes on."""

    def end_tracking(self, destination: Destination) -> Sequence[str]:
        """Delete what was not saved since the start and return the ids. Raises EnvironmentFailure without a start."""

    def abandon_tracking(self, destination: Destination) -> None:
        """Forget what was saved since the start, if there was one; nothing is deleted."""


class State(Protocol):
    """What a task keeps between its runs."""

    def last_sync_date(self, task: Task) -> datetime | None: ...

    def checkpoint(self, task: Task) -> Checkpoint | None: ...

    def save_checkpoint(self, task: Task, checkpoint: Checkpoint) -> None: ...

    def clear_checkpoint(self, task: Task) -> None: ...


class Locks(Protocol):
    """Locks between runs of one environment; each is owned by a task and ends by itself."""

    def acquire(self, task: Task, key: str, ttl_ms: int) -> bool: ...

    def release(self, task: Task, key: str) -> bool: ...

    def release_all(self, task: Task) -> None: ...


class Scripts(Protocol):
    """Starting other scripts."""

    @property
    def runs_actions(self) -> bool:
        """Whether `trigger_action` works, as it does on a server. If not, the engine runs the action."""

    @property
    def runs_syncs(self) -> bool:
        """Whether `trigger_sync` works. If not, the engine runs the sync."""

    def trigger_action(self, integration: str, connection_id: str, action: str, input: Any) -> Any:
        """An action's output."""

    def trigger_sync(self, task: Task, mode: str) -> None:
        """Have a sync run now; `mode` is `incremental` or `full_refresh`."""

    def start_sync(self, tasks: Sequence[Task]) -> None:
        """Start the schedules of syncs."""


class Logs(Protocol):
    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None: ...


class Environment(Connections, Settings, Records, State, Locks, Scripts, Logs, Protocol):
    """All of it: what a script runs in."""
