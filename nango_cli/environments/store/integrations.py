"""The integrations and variables of an environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nango_cli.environments.connection import Credentials
from nango_cli.environments.store import instant, place
from nango_cli.environments.store.canonical import decode, encode
from nango_cli.environments.store.encryption import Encryption
from nango_cli.environments.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Integration:
    """`settings` is what the environment makes of them, such as a base address. Times are ISO texts."""

    name: str
    provider: str
    display_name: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    created_at: str | None = None
    updated_at: str | None = None


class Integrations:
    def __init__(self, scope: Scope, encryption: Encryption) -> None:
        self._scope = scope
        self._encryption = encryption

    def all(self) -> Sequence[Integration]:
        """By name."""
        with self._scope.database.read() as connection:
            rows = connection.execute(
                "SELECT name, provider, display_name, settings, created, updated FROM integrations"
                " WHERE environment = ? ORDER BY name",
                (self._scope.environment,),
            )
            return [
                Integration(name, provider, title, decode(settings), instant.to_text(created), instant.to_text(updated))
                for name, provider, title, settings, created, updated in rows
            ]

    def get(self, name: str) -> Integration | None:
        return next((each for each in self.all() if each.name == name), None)

    def save(self, integration: Integration, credentials: Credentials | None = None) -> None:
        """Add an integration, or replace one; without `credentials` it keeps those that it has. The times are ours."""
        name, now = integration.name, self._scope.now()
        settings = encode(dict(integration.settings))
        with self._scope.database.write() as writing:
            secret = None
            if credentials is not None:
                where = place.integration(self._scope.environment, name)
                secret = self._encryption.encrypt(dict(credentials), where)
            writing.execute(
                "INSERT INTO integrations (environment, name, provider, display_name, settings, credentials, created,"
                " updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (environment, name) DO UPDATE SET provider = excluded.provider,"
                " display_name = excluded.display_name, settings = excluded.settings, updated = excluded.updated,"
                " credentials = coalesce(excluded.credentials, credentials)",
                (
                    self._scope.environment,
                    name,
                    integration.provider,
                    integration.display_name,
                    settings,
                    secret,
                    now,
                    now,
                ),
            )

    def credentials(self, name: str) -> Credentials | None:
        """None if it has none, or if it is not there. Raises CredentialFailure (NG708)."""
        key = (self._scope.environment, name)
        query = "SELECT credentials FROM integrations WHERE environment = ? AND name = ?"
        with self._scope.database.read() as connection:
            found = connection.execute(query, key).fetchone()
        if found is None or found[0] is None:
            return None
        credentials: Credentials = self._encryption.decrypt(found[0], place.integration(*key))
        return credentials

    def delete(self, name: str) -> bool:
        """Whether it was there. Its connections stay."""
        key = (self._scope.environment, name)
        with self._scope.database.write() as writing:
            return writing.execute("DELETE FROM integrations WHERE environment = ? AND name = ?", key).rowcount == 1


class Variables:
    """The environment's variables, whose values are as secret as credentials."""

    def __init__(self, scope: Scope, encryption: Encryption) -> None:
        self._scope = scope
        self._encryption = encryption

    def all(self) -> Sequence[Mapping[str, str]]:
        """Each `{"name", "value"}`, by name. Raises CredentialFailure (NG708)."""
        query = "SELECT name, value FROM variables WHERE environment = ? ORDER BY name"
        with self._scope.database.read() as connection:
            rows = connection.execute(query, (self._scope.environment,)).fetchall()
        return [{"name": name, "value": self._value(name, secret)} for name, secret in rows]

    def set(self, name: str, value: str) -> None:
        with self._scope.database.write() as writing:
            secret = self._encryption.encrypt(value, place.variable(self._scope.environment, name))
            values = (self._scope.environment, name, secret)
            writing.execute("INSERT OR REPLACE INTO variables VALUES (?, ?, ?)", values)

    def delete(self, name: str) -> bool:
        """Whether it was there."""
        key = (self._scope.environment, name)
        with self._scope.database.write() as writing:
            return writing.execute("DELETE FROM variables WHERE environment = ? AND name = ?", key).rowcount == 1

    def _value(self, name: str, secret: bytes) -> str:
        return str(self._encryption.decrypt(secret, place.variable(self._scope.environment, name)))
