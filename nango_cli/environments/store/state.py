"""What tasks keep between their runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from nango_cli.environments.destination import Checkpoint, Task
from nango_cli.environments.store import instant
from nango_cli.environments.store.canonical import decode, encode
from nango_cli.environments.store.scope import Scope


class State:
    """The role `State`, and what sets a last sync date."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def last_sync_date(self, task: Task) -> datetime | None:
        found = self._read("last_sync", task)
        return None if found is None else instant.to_datetime(found)

    def set_last_sync_date(self, task: Task, moment: datetime | None) -> None:
        """`moment` has a time zone; None makes the next run a first one."""
        self._write("last_sync", task, None if moment is None else instant.from_datetime(moment))

    def checkpoint(self, task: Task) -> Checkpoint | None:
        checkpoint: Checkpoint | None = self._read("checkpoint", task)
        return checkpoint

    def save_checkpoint(self, task: Task, checkpoint: Checkpoint) -> None:
        self._write("checkpoint", task, encode(dict(checkpoint)))

    def clear_checkpoint(self, task: Task) -> None:
        self._write("checkpoint", task, None)

    def tasks(self) -> Sequence[Task]:
        """Every task that keeps something, by integration, script, variant and connection."""
        with self._scope.database.read() as connection:
            rows = connection.execute(
                "SELECT integration, connection_id, script, variant FROM tasks WHERE environment = ?"
                " AND (last_sync IS NOT NULL OR checkpoint IS NOT NULL) ORDER BY 1, 3, 4, 2",
                (self._scope.environment,),
            ).fetchall()
        return [Task(*row) for row in rows]

    def _read(self, column: str, task: Task) -> Any:
        with self._scope.database.read() as connection:
            number = self._scope.find_task(connection, task)
            found = connection.execute(f"SELECT {column} FROM tasks WHERE id = ?", (number,)).fetchone()
            value = found[0] if found else None
            return decode(value) if isinstance(value, bytes) else value

    def _write(self, column: str, task: Task, value: int | bytes | None) -> None:
        with self._scope.database.write() as connection:
            number = self._scope.task(connection, task)
            connection.execute(f"UPDATE tasks SET {column} = ? WHERE id = ?", (value, number))
