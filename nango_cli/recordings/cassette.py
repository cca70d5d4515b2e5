"""One recorded run: what it started from, what it was answered, and what it wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nango_cli.environments.destination import Checkpoint, Record
from nango_cli.recordings.identity import Identity

Batches = Mapping[str, Sequence[Record]]
"""Records by model, as the server's API names it: `Model`, or `Model::variant`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is what the script saw: parsed JSON, text, bytes or None. `url` is None where nobody wrote it down."""

    status: int
    headers: Mapping[str, str]
    data: Any
    url: str | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nobody answered; `retryable` says whether another attempt might have helped."""

    message: str
    help: str | None
    retryable: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. `described` is false in old recordings that hold an address and no more."""

    request: Identity
    hash: str
    answer: Answer | NoAnswer
    described: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """What else a run asked of its environment, such as its connection; `refusal` has `code`, `message` and `help`."""

    method: str
    params: Mapping[str, Any]
    result: Any = None
    refusal: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """What a run started from. `metadata` is what the command line gave in place of the connection's.

    `now` is where the script's clock stood; None in recordings of other tools, for which it goes on. `webhook` holds
    the one payload of a run of a webhook handler.
    """

    connection_id: str = "recorded"
    environment: str = "dev"
    variant: str = "base"
    input: Any = None
    webhook: tuple[Any, ...] = ()
    metadata: Mapping[str, Any] | None = None
    now: datetime | None = None
    last_sync_date: datetime | None = None
    checkpoint: Checkpoint | None = None
    limit_pages: int | None = None
    limit_records: int | None = None


@dataclass(frozen=True, slots=True)
class Cassette:
    """`retries` and `runs_actions` are those of the environment that was recorded.

    `questions` is None in recordings of other tools; `provider`, `metadata` and `config` are then all that is known of
    the connection.
    """

    exchanges: tuple[Exchange, ...] = ()
    questions: tuple[Question, ...] | None = None
    start: Start = field(default_factory=Start)
    retries: bool = True
    runs_actions: bool = False
    provider: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    output: Any = None
    saved: Batches = field(default_factory=dict)
    updated: Batches = field(default_factory=dict)
    deleted: Batches = field(default_factory=dict)
    checkpoint: Checkpoint | None = None
