"""What became of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nango_cli.environments.destination import Counts
from nango_cli.execution.event import RequestDone, SideEffect
from nango_cli.execution.validation import Problem

Status = Literal["success", "failure", "crash", "stopped", "interrupted"]


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
    | NG602 | `InvalidRecord`: `Outcome.invalid` is not empty; in a strict run with `frames` |
    | NG603, NG604 | `InvalidInput`, `InvalidOutput`, with `problems` |
    | NG605 | `Crash` with `exit_code` or `signal`, `Stopped`, with a `signal` if one ended us, or `Interrupted` |
    | NG605 | `ReaderGone`: nobody reads what the script prints any more |
    | NG606 | `InvalidMetadata`, with `problems` |

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
class Spent:
    """What a run took: bytes at the peak of the script's process and of ours, seconds of the script's CPU.

    `seconds` tells wall time apart: `http`, `validation`, `storing` and `protocol` (messages to and from the script's
    process); the rest of the duration is the script's own and its process' start.
    """

    script_memory: int = 0
    own_memory: int = 0
    script_cpu: float = 0.0
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a run. `output` is an action's; `duration` is in seconds. The records are in the environment.

    `warnings` did not end the run. `invalid` holds the first of `invalid_count` records that were not written.
    `limited` says that not all data was looked at, as was asked, `undeleted` that for this nothing was deleted for not
    being there. `confined` is None when the system cannot tell.
    `asked` holds the names of the questions that the script asked, as runners/protocol.py lists them.
    """

    status: Status
    counts: Mapping[str, Counts]
    output: Any
    requests: tuple[RequestDone, ...]
    invalid: tuple[InvalidRecord, ...]
    failure: Failure | None
    duration: float
    invalid_count: int = 0
    retries: int = 0
    warnings: tuple[Failure, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    limited: bool = False
    undeleted: bool = False
    asked: frozenset[str] = frozenset()
    confined: bool | None = None
    spent: Spent = field(default_factory=Spent)
