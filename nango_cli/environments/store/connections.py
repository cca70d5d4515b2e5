"""The connections of an environment. Whether their integrations are in the store or elsewhere does not matter."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.store import instant, place
from nango_cli.environments.store.canonical import decode, encode
from nango_cli.environments.store.encryption import Encryption
from nango_cli.environments.store.schema import CHANGE_BITS
from nango_cli.environments.store.scope import Scope
from nango_cli.errors import EnvironmentFailure

_COLUMNS = "SELECT id, integration, provider, metadata, config, tags, errors, created FROM connections"
_THIS = "environment = ? AND integration = ? AND id = ?"


class Connections:
    """Methods that change a connection raise EnvironmentFailure NG701 when there is none."""

    def __init__(self, scope: Scope, encryption: Encryption) -> None:
        self._scope = scope
        self._encryption = encryption

    def all(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        """All that fit, by integration and id."""
        query = f"{_COLUMNS} WHERE environment = ?"
        values: list[Any] = [self._scope.environment]
        for column, value in (("integration", integration), ("id", connection_id)):
            if value is not None:
                query += f" AND {column} = ?"
                values.append(value)
        with self._scope.database.read() as connection:
            rows = connection.execute(f"{query} ORDER BY integration, id", values)
            return [_connection(row) for row in rows]

    def get(self, integration: str, id: str) -> Connection | None:
        return next(iter(self.all(integration=integration, connection_id=id)), None)

    def save(self, connection: Connection, credentials: Credentials | None = None) -> None:
        """Add a connection, or replace one; without `credentials` it keeps those that it has.

        Its `created_at` counts when it is added; without one, that is now.
        """
        now = self._scope.now()
        created = instant.from_text(connection.created_at) if connection.created_at else now
        key = (self._scope.environment, connection.integration, connection.id)
        contents = (connection.metadata, connection.config, connection.tags, list(connection.errors))
        with self._scope.database.write() as writing:
            writing.execute(
                "INSERT INTO connections (environment, integration, id, provider, metadata, config, tags, errors,"
                " created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (environment, integration, id) DO UPDATE SET provider = excluded.provider,"
                " metadata = excluded.metadata, config = excluded.config, tags = excluded.tags,"
                " errors = excluded.errors, updated = excluded.updated",
                (*key, connection.provider, *map(_json, contents), created, now),
            )
            if credentials is not None:
                self._set(writing, connection.integration, connection.id, credentials)

    def credentials(self, integration: str, id: str) -> Credentials | None:
        """None if it has none, or if it is not there. Raises CredentialFailure (NG708)."""
        key = (self._scope.environment, integration, id)
        with self._scope.database.read() as connection:
            found = connection.execute(f"SELECT credentials FROM connections WHERE {_THIS}", key).fetchone()
        if found is None or found[0] is None:
            return None
        credentials: Credentials = self._encryption.decrypt(found[0], place.connection(*key))
        return credentials

    def set_credentials(self, integration: str, id: str, credentials: Credentials) -> None:
        """Raises CredentialFailure (NG708) if the key cannot be read or made."""
        with self._scope.database.write() as writing:
            self._set(writing, integration, id, credentials)

    def set_metadata(self, integration: str, id: str, metadata: Mapping[str, Any]) -> None:
        with self._scope.database.write() as writing:
            self._change(writing, integration, id, "metadata", _json(metadata))

    def update_metadata(self, integration: str, id: str, metadata: Mapping[str, Any]) -> None:
        """Replace the given top-level keys."""
        with self._scope.database.write() as writing:
            key = (self._scope.environment, integration, id)
            found = writing.execute(f"SELECT metadata FROM connections WHERE {_THIS}", key).fetchone()
            before = decode(found[0]) if found else {}
            self._change(writing, integration, id, "metadata", _json({**before, **metadata}))

    def set_tags(self, integration: str, id: str, tags: Mapping[str, str]) -> None:
        with self._scope.database.write() as writing:
            self._change(writing, integration, id, "tags", _json(tags))

    def set_errors(self, integration: str, id: str, errors: Sequence[Mapping[str, Any]]) -> None:
        with self._scope.database.write() as writing:
            self._change(writing, integration, id, "errors", _json([dict(error) for error in errors]))

    def delete(self, integration: str, id: str) -> bool:
        """Delete a connection with its records, its runs and what its tasks keep; whether it was there."""
        key = (self._scope.environment, integration, id)
        this = "environment = ? AND integration = ? AND connection_id = ?"
        with self._scope.database.write() as writing:
            there = writing.execute(f"DELETE FROM connections WHERE {_THIS}", key).rowcount == 1
            for (number,) in writing.execute(f"SELECT id FROM collections WHERE {this}", key).fetchall():
                for table in ("records", "trackings", "seen"):
                    writing.execute(f"DELETE FROM {table} WHERE collection = ?", (number,))
                changes = (number << CHANGE_BITS, (number + 1) << CHANGE_BITS)
                writing.execute("DELETE FROM payloads WHERE change > ? AND change < ?", changes)
            writing.execute(f"DELETE FROM locks WHERE task IN (SELECT id FROM tasks WHERE {this})", key)
            for table in ("requests", "run_changes"):
                writing.execute(f"DELETE FROM {table} WHERE run IN (SELECT id FROM runs WHERE {this})", key)
            for table in ("collections", "tasks", "runs"):
                writing.execute(f"DELETE FROM {table} WHERE {this}", key)
        return there

    def _set(self, writing: sqlite3.Connection, integration: str, id: str, credentials: Credentials) -> None:
        where = place.connection(self._scope.environment, integration, id)
        secret = self._encryption.encrypt(dict(credentials), where)
        self._change(writing, integration, id, "credentials", secret)

    def _change(self, writing: sqlite3.Connection, integration: str, id: str, column: str, value: bytes) -> None:
        values = (value, self._scope.now(), self._scope.environment, integration, id)
        done = writing.execute(f"UPDATE connections SET {column} = ?, updated = ? WHERE {_THIS}", values)
        if done.rowcount != 1:
            raise EnvironmentFailure(f"`{integration}` has no connection `{id}`", code="NG701")


def _json(value: Any) -> bytes:
    return encode(dict(value) if isinstance(value, Mapping) else value)


def _connection(row: tuple[Any, ...]) -> Connection:
    id, integration, provider, metadata, config, tags, errors, created = row
    return Connection(
        id,
        integration,
        provider,
        metadata=decode(metadata),
        config=decode(config),
        tags=decode(tags),
        errors=tuple(decode(errors)),
        created_at=instant.to_text(created),
    )
