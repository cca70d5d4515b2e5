"""Forgetting what records contain, but not that they are there."""

from __future__ import annotations

import sqlite3

from nango_cli.environments.store.canonical import decode, encode
from nango_cli.environments.store.schema import CHANGE_BITS

_AT_ONCE = 1000


def prune(writing: sqlite3.Connection, collection: int, last: int, now: int) -> int:
    """Leave only the ids of the records whose last change is `last` or before; how many those were."""
    pruned, after = 0, collection << CHANGE_BITS
    while True:
        rows = writing.execute(
            "SELECT p.change, r.id, p.data FROM payloads p CROSS JOIN records r ON r.collection = ? AND r.id = p.id"
            " WHERE p.change > ? AND p.change <= ? AND r.pruned IS NULL ORDER BY p.change LIMIT ?",
            (collection, after, last, _AT_ONCE),
        ).fetchall()
        if not rows:
            return pruned
        data = [(encode({"id": decode(row[2])["id"]}), row[0]) for row in rows]
        writing.executemany("UPDATE payloads SET data = ? WHERE change = ?", data)
        marks = [(now, collection, row[1]) for row in rows]
        writing.executemany("UPDATE records SET pruned = ? WHERE collection = ? AND id = ?", marks)
        pruned += len(rows)
        after = rows[-1][0]
