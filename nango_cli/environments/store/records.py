"""The records of an environment; every write is one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from nango_cli.environments.destination import Counts, Destination, Record, RecordPage, Strategy, Task
from nango_cli.environments.store import reading, tracking
from nango_cli.environments.store.change import RecordChange, changed, unchanged
from nango_cli.environments.store.cursor import change_of
from nango_cli.environments.store.database import StoreFailure
from nango_cli.environments.store.merge import Action, Changes, Operation, Stamp, delete, merge
from nango_cli.environments.store.pruning import prune
from nango_cli.environments.store.runs import note
from nango_cli.environments.store.schema import CHANGE_BITS
from nango_cli.environments.store.scope import Scope


class StoredCollection(NamedTuple):
    """`model` may have a variant, as in `Model::variant`; `size` leaves out deleted records."""

    integration: str
    connection_id: str
    model: str
    size: int


class Records:
    """The role `Records`. Merging strategies last as long as this object, so a run gets one of its own.

    With `run`, a number from `Runs`, whatever changes is noted there too, in the same transaction.
    """

    def __init__(self, scope: Scope, run: int | None = None) -> None:
        self._scope = scope
        self._run = run
        self._ignore_after: dict[Destination, int] = {}

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._write("save", destination, records)

    def update(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._write("update", destination, records)

    def delete(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._write("delete", destination, records)

    def get(self, destination: Destination, ids: Sequence[str]) -> Mapping[str, Record]:
        """With their `_nango_metadata`; deleted records are not there."""
        with self._scope.database.read() as connection:
            found = self._scope.find_collection(connection, destination)
            return reading.get(connection, found[0], [_storable(id) for id in ids]) if found else {}

    def read(
        self,
        destination: Destination,
        cursor: str | None = None,
        limit: int = 100,
        *,
        modified_after: datetime | None = None,
        actions: Collection[Action] = (),
    ) -> RecordPage:
        """With their `_nango_metadata`, and deleted ones too, with the data that they had.

        A record has one place, that of its last change. One that changes while somebody pages moves to the end, so it
        is seen again, and none is missed. `actions` leaves out records whose last change was another one. Raises
        StoreFailure if the cursor is not one of these records.
        """
        with self._scope.database.read() as connection:
            found = self._scope.find_collection(connection, destination)
            if found is None:
                return RecordPage((), None)
            return reading.page(connection, found[0], cursor, limit, modified_after, actions)

    def set_merging_strategy(self, destination: Destination, strategy: Strategy) -> None:
        self._ignore_after.pop(destination, None)
        if strategy == "ignore_if_modified_after":
            with self._scope.database.read() as connection:
                found = self._scope.find_collection(connection, destination)
            self._ignore_after[destination] = found[1] if found else 0

    def start_tracking(self, destination: Destination) -> None:
        with self._scope.database.write() as connection:
            collection, change = self._scope.collection(connection, destination)
            tracking.start(connection, collection, self._scope.task(connection, destination.task), change)

    def end_tracking(self, destination: Destination) -> Sequence[str]:
        """Delete what was not saved since the start, all of it in one transaction, and return the ids."""
        deleted: list[str] = []
        with self._scope.database.write() as connection:
            collection, change = self._scope.collection(connection, destination)
            task = self._scope.task(connection, destination.task)
            since = tracking.since(connection, collection, task)
            if since is None:
                message = f"deletes of `{destination.stored_model}` were not being tracked"
                raise StoreFailure(message, help="start to track deletes before the first record is saved")
            now = self._scope.now()
            for some in tracking.unseen(connection, collection, task, since):
                changes = delete(some, Stamp(collection, change, task, now))
                self._apply(connection, destination, collection, changes)
                change = changes.change
                deleted += [old.id for old in some]
            tracking.end(connection, collection, task)
        return deleted

    def abandon_tracking(self, destination: Destination) -> None:
        with self._scope.database.write() as connection:
            collection, _ = self._scope.collection(connection, destination)
            tracking.end(connection, collection, self._scope.task(connection, destination.task))

    def prune(self, destination: Destination, until: str) -> int:
        """Forget the data of the records up to a cursor, but for their ids; how many those were.

        Their hashes stay, so saving the same again is no change, and an update of one begins with nothing but the id.
        """
        with self._scope.database.write() as connection:
            collection, _ = self._scope.collection(connection, destination)
            return prune(connection, collection, change_of(until, collection), self._scope.now())

    def changes(self, destination: Destination) -> Iterator[RecordChange]:
        """What is there, as changes of a run that began with nothing; in the order of changes, some at a time."""
        after = 0
        while True:
            with self._scope.database.read() as connection:
                found = self._scope.find_collection(connection, destination)
                rows = reading.changes(connection, found[0], after) if found else []
            for _, id, action, hash, data in rows:
                there = action != "DELETED"
                yield RecordChange(destination.stored_model, id, action, hash if there else b"", data if there else b"")
            if not rows:
                return
            after = rows[-1][0]

    def collections(self) -> Sequence[StoredCollection]:
        """The collections of the environment, by integration, connection and model."""
        with self._scope.database.read() as connection:
            rows = connection.execute(
                "SELECT integration, connection_id, model, (SELECT count(*) FROM records"
                " WHERE collection = collections.id AND deleted IS NULL) FROM collections"
                " WHERE environment = ? ORDER BY 1, 2, 3",
                (self._scope.environment,),
            )
            return [StoredCollection(*row) for row in rows]

    def clear(self, task: Task, models: Sequence[str]) -> int:
        """Forget the records of these models as if they had never been saved; how many those were."""
        with self._scope.database.write() as connection:
            number = 0
            for model in models:
                found = self._scope.find_collection(connection, Destination(task, model))
                if found is None:
                    continue
                number += connection.execute("DELETE FROM records WHERE collection = ?", (found[0],)).rowcount
                first, end = found[0] << CHANGE_BITS, (found[0] + 1) << CHANGE_BITS
                connection.execute("DELETE FROM payloads WHERE change > ? AND change < ?", (first, end))
                for table in ("trackings", "seen"):
                    connection.execute(f"DELETE FROM {table} WHERE collection = ?", (found[0],))
        return number

    def _write(self, operation: Operation, destination: Destination, records: Sequence[Record]) -> Counts:
        incoming = _by_id(records)
        with self._scope.database.write() as connection:
            collection, change = self._scope.collection(connection, destination)
            task = self._scope.task(connection, destination.task)
            changes = merge(
                reading.stored(connection, collection, list(incoming), with_data=operation == "update"),
                incoming,
                operation=operation,
                stamp=Stamp(collection, change, task, self._scope.now()),
                ignore_after=self._ignore_after.get(destination),
            )
            self._apply(connection, destination, collection, changes)
            tracking.see(connection, collection, task, changes.unchanged)
            if self._run is not None and operation == "save":
                same = ((id, incoming[id]) for id in changes.unchanged)
                note(connection, self._run, unchanged(destination.stored_model, same))
        return changes.counts

    def _apply(
        self, connection: sqlite3.Connection, destination: Destination, collection: int, changes: Changes
    ) -> None:
        if not changes.rows:
            return
        connection.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", changes.rows)
        connection.executemany("DELETE FROM payloads WHERE change = ?", changes.replaced)
        connection.executemany("UPDATE payloads SET change = ? WHERE change = ?", changes.moved)
        connection.executemany("INSERT INTO payloads VALUES (?, ?, ?)", changes.payloads)
        connection.execute("UPDATE collections SET change = ? WHERE id = ?", (changes.change, collection))
        if self._run is not None:
            note(connection, self._run, changed(destination.stored_model, changes))


def _by_id(records: Sequence[Record]) -> dict[str, Record]:
    """The records by their ids as text; of several with one id the last. An id is text or a number."""
    result: dict[str, Record] = {}
    for record in records:
        id = record["id"]
        result[id if type(id) is str else str(id)] = record
    try:
        "".join(result).encode()
    except UnicodeEncodeError:
        result = {_storable(id): record for id, record in result.items()}
    return result


def _storable(id: str) -> str:
    """SQLite keeps no unpaired surrogates."""
    return id.encode("utf-8", "replace").decode()
