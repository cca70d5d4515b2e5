"""The runs of an environment, the requests that they sent and the records that they changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from nango_cli.environments.destination import Task
from nango_cli.environments.store import instant
from nango_cli.environments.store.canonical import decode, encode
from nango_cli.environments.store.change import RecordChange
from nango_cli.environments.store.scope import Scope

Kind = Literal["sync", "action", "on-event"]
Status = Literal["running", "succeeded", "failed", "cancelled"]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Run:
    """`input` and `outcome` are JSON values that the caller chose. A run that was killed stays `running`."""

    id: int
    task: Task
    kind: Kind
    dry: bool
    status: Status
    started: datetime
    finished: datetime | None
    input: Any
    outcome: Any


@dataclass(frozen=True, slots=True)
class Request:
    """`url` and `detail`, any JSON, come without credentials. `status` is None if nobody answered; `duration` is in
    seconds."""

    method: str
    url: str
    status: int | None
    duration: float
    detail: Mapping[str, Any] = field(default_factory=dict)


class Runs:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def start(self, task: Task, kind: Kind, *, input: Any = None, dry: bool = False) -> int:
        """Note a run that begins; the number is good for all other methods."""
        with self._scope.database.write() as writing:
            done = writing.execute(
                "INSERT INTO runs (environment, integration, connection_id, script, variant, kind, dry, status,"
                " started, input) VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?)",
                (self._scope.environment, *_key(task), kind, dry, self._scope.now(), encode(input)),
            )
            assert done.lastrowid is not None
            return done.lastrowid

    def finish(self, run: int, status: Status, outcome: Any = None) -> None:
        values = (status, self._scope.now(), encode(outcome), run)
        with self._scope.database.write() as writing:
            writing.execute("UPDATE runs SET status = ?, finished = ?, outcome = ? WHERE id = ?", values)

    def get(self, run: int) -> Run | None:
        return next(iter(self._select("id = ?", (run,), 1)), None)

    def latest(self, task: Task | None = None, *, limit: int = 20, before: int | None = None) -> Sequence[Run]:
        """The newest first, of one task or of all; `before` is a run, and gives those that are older."""
        condition, values = "id < ?", [before if before is not None else 1 << 62]
        if task is None:
            return self._select(condition, values, limit)
        condition += " AND integration = ? AND connection_id = ? AND script = ? AND variant = ?"
        return self._select(condition, [*values, *_key(task)], limit)

    def add_requests(self, run: int, requests: Iterable[Request]) -> None:
        """Append to the requests of a run."""
        with self._scope.database.write() as writing:
            (last,) = writing.execute("SELECT coalesce(max(number), 0) FROM requests WHERE run = ?", (run,)).fetchone()
            rows = (
                (run, number, each.method, each.url, each.status, int(each.duration * 1e6), encode(dict(each.detail)))
                for number, each in enumerate(requests, last + 1)
            )
            writing.executemany("INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def requests(self, run: int) -> Sequence[Request]:
        """In the order in which they were sent."""
        query = "SELECT method, url, status, duration, detail FROM requests WHERE run = ? ORDER BY number"
        with self._scope.database.read() as connection:
            return [
                Request(method, url, status, duration / 1e6, decode(detail))
                for method, url, status, duration, detail in connection.execute(query, (run,))
            ]

    def keep(self, run: int, changes: Iterable[RecordChange]) -> None:
        """Note changes of a run, such as those of a temporary store (`Records.changes`); some at a time."""
        rest = iter(changes)
        while some := list(islice(rest, _AT_ONCE)):
            with self._scope.database.write() as writing:
                note(writing, run, some)

    def changes(self, run: int) -> Iterator[RecordChange]:
        """What a run did to records, in the order of models and ids; `change.compare` takes two of these."""
        last = ("", "")
        while True:
            with self._scope.database.read() as connection:
                rows = connection.execute(
                    "SELECT model, id, action, hash, data FROM run_changes"
                    " WHERE run = ? AND (model, id) > (?, ?) ORDER BY model, id LIMIT ?",
                    (run, *last, _AT_ONCE),
                ).fetchall()
            if not rows:
                return
            yield from map(RecordChange._make, rows)
            last = rows[-1][:2]

    def forget(self, until: datetime) -> int:
        """Delete the runs that ended before a moment, with all that belongs to them; how many."""
        values = (self._scope.environment, instant.from_datetime(until))
        ended = "SELECT id FROM runs WHERE environment = ? AND finished < ?"
        with self._scope.database.write() as writing:
            for table in ("requests", "run_changes"):
                writing.execute(f"DELETE FROM {table} WHERE run IN ({ended})", values)
            return writing.execute("DELETE FROM runs WHERE environment = ? AND finished < ?", values).rowcount

    def _select(self, condition: str, values: Sequence[Any], limit: int) -> list[Run]:
        with self._scope.database.read() as connection:
            rows = connection.execute(
                "SELECT id, integration, connection_id, script, variant, kind, dry, status, started, finished, input,"
                f" outcome FROM runs WHERE environment = ? AND {condition} ORDER BY id DESC LIMIT ?",
                (self._scope.environment, *values, limit),
            )
            return [_run(row) for row in rows]


def note(writing: sqlite3.Connection, run: int, changes: Iterable[RecordChange]) -> None:
    """Note changes in a transaction. What a run added and changed or saved again, it added."""
    writing.executemany(
        "INSERT INTO run_changes VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (run, model, id) DO UPDATE SET hash = excluded.hash, data = excluded.data,"
        " action = CASE WHEN excluded.action = 'UNCHANGED' OR (excluded.action = 'UPDATED' AND action <> 'UNCHANGED')"
        " THEN action ELSE excluded.action END",
        ((run, *change) for change in changes),
    )


def _key(task: Task) -> tuple[str, str, str, str]:
    return (task.integration, task.connection_id, task.script, task.variant)


def _run(row: tuple[Any, ...]) -> Run:
    id, integration, connection_id, script, variant, kind, dry, status, started, finished, input, outcome = row
    return Run(
        id,
        Task(integration, connection_id, script, variant),
        kind,
        bool(dry),
        status,
        instant.to_datetime(started),
        None if finished is None else instant.to_datetime(finished),
        decode(input),
        None if outcome is None else decode(outcome),
    )
