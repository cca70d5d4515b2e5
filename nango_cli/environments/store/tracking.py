"""Which records a task has saved since it began to track deletes; in the file, so that an interrupted run goes on.

A record counts as saved if it changed since the start, whoever changed it, or if it is in `seen`: saved or updated by
the task as it already was. What an action adds while a sync runs is thus not deleted at the sync's end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from nango_cli.environments.store.merge import Stored

_AT_ONCE = 1000


def start(writing: sqlite3.Connection, collection: int, task: int, change: int) -> None:
    """`change` is the last one before the start. Nothing happens if there is an open tracking."""
    writing.execute("INSERT OR IGNORE INTO trackings VALUES (?, ?, ?)", (collection, task, change))


def since(connection: sqlite3.Connection, collection: int, task: int) -> int | None:
    """The last change before the start of the open tracking, None if there is none."""
    query = "SELECT since FROM trackings WHERE collection = ? AND task = ?"
    found = connection.execute(query, (collection, task)).fetchone()
    return found[0] if found else None


def see(writing: sqlite3.Connection, collection: int, task: int, ids: Sequence[str]) -> None:
    """Note records that were saved without a change; nothing happens without an open tracking."""
    if ids and since(writing, collection, task) is not None:
        rows = ((collection, task, id) for id in ids)
        writing.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", rows)


def unseen(connection: sqlite3.Connection, collection: int, task: int, since: int) -> Iterator[list[Stored]]:
    """The records that are there and were not saved, some at a time, which may be changed before going on."""
    last = ""
    while True:
        rows = connection.execute(
            "SELECT id, change, hash, writer, first_seen FROM records"
            " WHERE collection = ? AND id > ? AND change <= ? AND deleted IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM seen WHERE collection = ? AND task = ? AND seen.id = records.id)"
            " ORDER BY id LIMIT ?",
            (collection, last, since, collection, task, _AT_ONCE),
        )
        some = [Stored(*row) for row in rows]
        if not some:
            return
        last = some[-1].id
        yield some


def end(writing: sqlite3.Connection, collection: int, task: int) -> None:
    writing.execute("DELETE FROM seen WHERE collection = ? AND task = ?", (collection, task))
    writing.execute("DELETE FROM trackings WHERE collection = ? AND task = ?", (collection, task))
