"""What became of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nango_cli.environments.environment import Counts
from nango_cli.execution.event import RequestDone
from nango_cli.execution.validation import Problem

Status = Literal["success", "failure", "crash", "stopped"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in one of the project's files, relative to its root; lines count from 1."""

    file: str
    line: int
    function: str
    source: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run did not succeed.

    | code | `type` |
    | --- | --- |
    | NG601 | the exception's class; `ActionError` and `HttpError` with a `payload`, `HttpError` with a `status` |
    | NG602 | `InvalidRecord`: the script ran to its end, but `Outcome.invalid` is not empty |
    | NG603, NG604 | `InvalidInput`, `InvalidOutput`, with `problems` |
    | NG605 | `Crash` with `exit_code` or `signal`, or `Stopped` |

    An exception keeps the code of what caused it, such as NG702 for a provider that does not answer or NG402 for a
    missing entry point. `frames` lead from the entry point to the place where it was raised.
    """

    code: str
    type: str
    message: str
    help: str | None = None
    frames: tuple[Frame, ...] = ()
    payload: Any = None
    status: int | None = None
    problems: tuple[Problem, ...] = ()
    exit_code: int | None = None
    signal: str | None = None


@dataclass(frozen=True, slots=True)
class InvalidRecord:
    """A record that was not written. `batch` counts the writes to any model from 1; `id` is None if it has none."""

    model: str
    operation: Literal["save", "update", "delete"]
    batch: int
    id: str | None
    problems: tuple[Problem, ...]
    code: str = "NG602"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a run. `output` is an action's; `duration` is in seconds. The records are in the environment."""

    status: Status
    counts: Mapping[str, Counts]
    output: Any
    requests: tuple[RequestDone, ...]
    invalid: tuple[InvalidRecord, ...]
    failure: Failure | None
    duration: float
