"""Records as callers see them, with their `_nango_metadata`."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from nango_cli.environments.destination import Record, RecordPage
from nango_cli.environments.store import instant
from nango_cli.environments.store.canonical import decode
from nango_cli.environments.store.cursor import change_of, cursor_of
from nango_cli.environments.store.merge import Action, Stored
from nango_cli.environments.store.schema import CHANGE_BITS

_AT_ONCE = 900  # ids in one query; before version 3.32, SQLite takes 999 values
_COLUMNS = "SELECT r.id, r.change, r.first_seen, r.modified, r.action, r.deleted, r.pruned, p.data FROM"
_BY_ID = f"{_COLUMNS} records r JOIN payloads p ON p.change = r.change"
_BY_CHANGE = f"{_COLUMNS} payloads p CROSS JOIN records r ON r.collection = ? AND r.id = p.id"


def stored(
    connection: sqlite3.Connection, collection: int, ids: Sequence[str], *, with_data: bool
) -> dict[str, Stored]:
    """The rows that there are of these ids, deleted ones too."""
    data, source = ("p.data", "records r JOIN payloads p ON p.change = r.change") if with_data else ("x''", "records r")
    columns = f"r.id, r.change, r.hash, r.writer, r.first_seen, r.deleted, {data}"
    result: dict[str, Stored] = {}
    for some, marks in _chunks(ids):
        query = f"SELECT {columns} FROM {source} WHERE r.collection = ? AND r.id IN ({marks})"
        result.update((row[0], Stored._make(row)) for row in connection.execute(query, (collection, *some)))
    return result


def get(connection: sqlite3.Connection, collection: int, ids: Sequence[str]) -> dict[str, Record]:
    result: dict[str, Record] = {}
    for some, marks in _chunks(ids):
        query = f"{_BY_ID} WHERE r.collection = ? AND r.deleted IS NULL AND r.id IN ({marks})"
        result.update((row[0], _record(row)) for row in connection.execute(query, (collection, *some)))
    return result


def page(
    connection: sqlite3.Connection,
    collection: int,
    cursor: str | None,
    limit: int,
    modified_after: datetime | None,
    actions: Collection[Action],
) -> RecordPage:
    first = collection << CHANGE_BITS
    after = first if cursor is None else change_of(cursor, collection)
    conditions = "p.change > ? AND p.change < ?"
    values: list[Any] = [collection, after, first + (1 << CHANGE_BITS)]
    if modified_after is not None:
        conditions += " AND r.modified > ?"
        values.append(instant.from_datetime(modified_after))
    if actions:
        conditions += f" AND r.action IN ({','.join('?' * len(actions))})"
        values += actions
    limit = max(limit, 1)
    query = f"{_BY_CHANGE} WHERE {conditions} ORDER BY p.change LIMIT ?"
    rows = connection.execute(query, (*values, limit + 1)).fetchall()
    more = len(rows) > limit
    records = tuple(_record(row) for row in rows[:limit])
    return RecordPage(records, cursor_of(rows[limit - 1][1]) if more else None)


def changes(connection: sqlite3.Connection, collection: int, after: int) -> list[tuple[Any, ...]]:
    """Some rows after a change: change, id, action, hash and data, as the rows of `RecordChange` are made of."""
    query = "SELECT r.change, r.id, r.action, r.hash, p.data FROM payloads p CROSS JOIN records r"
    query += " ON r.collection = ? AND r.id = p.id WHERE p.change > ? AND p.change < ? ORDER BY p.change LIMIT ?"
    first, end = collection << CHANGE_BITS, (collection + 1) << CHANGE_BITS
    return connection.execute(query, (collection, max(first, after), end, _AT_ONCE)).fetchall()


def _record(row: tuple[Any, ...]) -> Record:
    _, change, first_seen, modified, action, deleted, pruned, data = row
    record: Record = decode(data)
    record["_nango_metadata"] = {
        "first_seen_at": instant.to_text(first_seen),
        "last_modified_at": instant.to_text(modified),
        "last_action": action,
        "deleted_at": None if deleted is None else instant.to_text(deleted),
        "pruned_at": None if pruned is None else instant.to_text(pruned),
        "cursor": cursor_of(change),
    }
    return record


def _chunks(ids: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """Ids in groups that fit into a query, each with its question marks."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        yield some, ",".join("?" * len(some))
