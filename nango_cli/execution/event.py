"""What happens during a run, told as it happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from nango_cli.environments.destination import Counts
from nango_cli.environments.environment import Level
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse


@dataclass(frozen=True, slots=True)
class RequestDone:
    """The provider answered. `page` counts from 1 within a `paginate`, `attempt` from 1 within the retries.

    `status` is None when nobody answered; `reason` says why then.
    """

    method: str
    url: str
    status: int | None
    ms: float
    page: int | None = None
    attempt: int = 1
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Exchanged:
    """All of a request and its answer, for those who look closely; `response` is None when nobody answered."""

    request: ProxyRequest
    response: ProxyResponse | None


@dataclass(frozen=True, slots=True)
class Retrying:
    """A request is about to be repeated, in `wait` seconds, for the `attempt`th time of `attempts`."""

    method: str
    url: str
    reason: str
    wait: float
    attempt: int
    attempts: int


@dataclass(frozen=True, slots=True)
class RecordsSaved:
    """A batch reached the environment: `count` without the records that were refused; `counts` is what it changed."""

    model: str
    count: int
    operation: Literal["save", "update", "delete"] = "save"
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True, slots=True)
class SideEffect:
    """The script is about to change something outside of the run: at the provider, or on a server."""

    kind: Literal["request", "metadata", "action", "sync"]
    text: str


@dataclass(frozen=True, slots=True)
class LogLine:
    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class CheckpointSaved:
    """None when it was cleared."""

    checkpoint: dict[str, Any] | None


Event = RequestDone | Exchanged | Retrying | RecordsSaved | SideEffect | LogLine | CheckpointSaved
