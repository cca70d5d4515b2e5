"""What happens during a run, told as it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nango_cli.environments.environment import Level


@dataclass(frozen=True, slots=True)
class RequestDone:
    """The provider answered. `page` counts from 1 within a `paginate`; `status` is None when nobody answered."""

    method: str
    url: str
    status: int | None
    ms: float
    page: int | None = None


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
    """A batch reached the environment: `count` without the records that were refused."""

    model: str
    count: int
    operation: Literal["save", "update", "delete"] = "save"


@dataclass(frozen=True, slots=True)
class LogLine:
    level: Level
    text: str


Event = RequestDone | Retrying | RecordsSaved | LogLine
