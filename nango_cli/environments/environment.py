"""What a run needs from the world, split by role; a function asks for the smallest role that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from nango_cli.errors import EnvironmentFailure

Record = dict[str, Any]
Level = Literal["debug", "info", "warn", "error"]


@dataclass(frozen=True, slots=True)
class Connection:
    """One account at a provider. Its credentials stay inside the environment."""

    id: str
    integration: str
    provider: str
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProxyRequest:
    """A request to a connection's provider. `data` is sent as JSON unless it is text, bytes or None.

    `retries` and `retry_on` matter to environments that retry by themselves.
    """

    integration: str
    connection_id: str
    method: str
    endpoint: str
    params: Mapping[str, Any] | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Any = None
    base_url_override: str | None = None
    decompress: bool = False
    retries: int = 0
    retry_on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProxyResponse:
    """What the provider answered, whatever the status: `data` is parsed JSON, text, bytes or None when empty.

    Header names are lower case. `url` is the address asked, without credentials.
    """

    status: int
    headers: Mapping[str, str]
    data: Any
    url: str


class Unreachable(EnvironmentFailure):
    """No answer at all. `retryable` when the next attempt may get one."""

    code = "NG702"

    def __init__(self, message: str, *, help: str | None = None, retryable: bool = True) -> None:
        super().__init__(message, help=help)
        self.retryable = retryable


@dataclass(frozen=True, slots=True)
class Destination:
    """The records of one model that one script keeps for one connection."""

    integration: str
    connection_id: str
    script: str
    model: str


@dataclass(frozen=True, slots=True)
class Counts:
    added: int = 0
    updated: int = 0
    deleted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.added + other.added, self.updated + other.updated, self.deleted + other.deleted)


class Connections(Protocol):
    @property
    def retries(self) -> bool:
        """Whether `proxy` retries by itself, as a Nango server does."""

    def warm_up(self, integration: str) -> None:
        """Do now what the first request would wait for; called while a guest starts."""

    def connection(self, integration: str, connection_id: str) -> Connection:
        """Raises EnvironmentFailure NG701 when there is none."""

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        """Send a request with the connection's credentials. Raises Unreachable (NG702) when nobody answers."""


class Records(Protocol):
    """Records arrive validated, one of each `id`; the counts say what changed."""

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts: ...

    def update(self, destination: Destination, records: Sequence[Record]) -> Counts: ...

    def delete(self, destination: Destination, records: Sequence[Record]) -> Counts: ...


class Logs(Protocol):
    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None: ...


class Environment(Connections, Records, Logs, Protocol):
    """All of it: what a script runs in."""
