"""Locks between runs, of any process."""

from __future__ import annotations

from nango_cli.environments.destination import Task
from nango_cli.environments.store.scope import Scope

_MILLISECOND = 1000


class Locks:
    """The role `Locks`. A key is one lock in all of the environment. Its owner may acquire it again, which prolongs it.

    A lock that has expired is nobody's, so one of a run that was killed ends by itself.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def acquire(self, task: Task, key: str, ttl_ms: int) -> bool:
        with self._scope.database.write() as connection:
            owner, now = self._scope.task(connection, task), self._scope.now()
            done = connection.execute(
                "INSERT INTO locks VALUES (?, ?, ?, ?) ON CONFLICT (environment, key) DO UPDATE"
                " SET task = excluded.task, expires = excluded.expires WHERE task = excluded.task OR expires <= ?",
                (self._scope.environment, key, owner, now + ttl_ms * _MILLISECOND, now),
            )
            return done.rowcount == 1

    def release(self, task: Task, key: str) -> bool:
        """Whether the task held the lock until now."""
        with self._scope.database.write() as connection:
            owner, now = self._scope.find_task(connection, task), self._scope.now()
            held = connection.execute(
                "SELECT expires > ? FROM locks WHERE environment = ? AND key = ? AND task = ?",
                (now, self._scope.environment, key, owner),
            ).fetchone()
            connection.execute(
                "DELETE FROM locks WHERE environment = ? AND key = ? AND task = ?",
                (self._scope.environment, key, owner),
            )
        return bool(held and held[0])

    def release_all(self, task: Task) -> None:
        with self._scope.database.write() as connection:
            connection.execute("DELETE FROM locks WHERE task = ?", (self._scope.find_task(connection, task),))
