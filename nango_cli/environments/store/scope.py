"""One environment in a store: its clock, and the numbers of its tasks and collections."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.store import instant
from nango_cli.environments.store.database import Database
from nango_cli.environments.store.schema import CHANGE_BITS

Clock = Callable[[], datetime]


class Scope:
    """`name` is the environment's; several share a file without seeing each other."""

    def __init__(self, database: Database, clock: Clock, name: str) -> None:
        self.database = database
        self._clock = clock
        with database.read() as reading:
            found = reading.execute("SELECT id FROM environments WHERE name = ?", (name,)).fetchone()
        if found is None:
            with database.write() as writing:
                writing.execute("INSERT OR IGNORE INTO environments (name) VALUES (?)", (name,))
                found = writing.execute("SELECT id FROM environments WHERE name = ?", (name,)).fetchone()
        self.environment: int = found[0]

    def now(self) -> int:
        return instant.from_datetime(self._clock())

    def find_task(self, connection: sqlite3.Connection, task: Task) -> int | None:
        found = connection.execute(
            "SELECT id FROM tasks"
            " WHERE environment = ? AND integration = ? AND connection_id = ? AND script = ? AND variant = ?",
            (self.environment, task.integration, task.connection_id, task.script, task.variant),
        ).fetchone()
        return found[0] if found else None

    def task(self, writing: sqlite3.Connection, task: Task) -> int:
        """The task's number, which it gets if it has none."""
        found = self.find_task(writing, task)
        if found is None:
            writing.execute(
                "INSERT INTO tasks (environment, integration, connection_id, script, variant) VALUES (?, ?, ?, ?, ?)",
                (self.environment, task.integration, task.connection_id, task.script, task.variant),
            )
            found = self.find_task(writing, task)
            assert found is not None
        return found

    def find_collection(self, connection: sqlite3.Connection, destination: Destination) -> tuple[int, int] | None:
        """A collection's number and its last change."""
        task = destination.task
        found: tuple[int, int] | None = connection.execute(
            "SELECT id, change FROM collections"
            " WHERE environment = ? AND integration = ? AND connection_id = ? AND model = ?",
            (self.environment, task.integration, task.connection_id, destination.stored_model),
        ).fetchone()
        return found

    def collection(self, writing: sqlite3.Connection, destination: Destination) -> tuple[int, int]:
        """The same, of a collection that is made if it is not there."""
        found = self.find_collection(writing, destination)
        if found is None:
            task = destination.task
            writing.execute(
                "INSERT INTO collections (environment, integration, connection_id, model, change)"
                " VALUES (?, ?, ?, ?, 0)",
                (self.environment, task.integration, task.connection_id, destination.stored_model),
            )
            writing.execute(f"UPDATE collections SET change = id << {CHANGE_BITS} WHERE change = 0")
            found = self.find_collection(writing, destination)
            assert found is not None
        return found
