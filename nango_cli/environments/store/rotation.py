"""All secrets of a store get a new key."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence

from nango_cli.environments.store import keys, place
from nango_cli.environments.store.database import Database
from nango_cli.environments.store.encryption import Encryption, seal
from nango_cli.environments.store.place import Place

_SECRETS: Mapping[str, tuple[str, Sequence[str], Callable[..., Place]]] = {
    "integrations": ("credentials", ("name",), place.integration),
    "connections": ("credentials", ("integration", "id"), place.connection),
    "variables": ("value", ("name",), place.variable),
}


def rotate(database: Database, encryption: Encryption) -> int:
    """Encrypt everything anew, in all environments, and return how many secrets that were.

    The new key is the first of the variable, which then also names the previous one, or else a fresh one in the file.
    An interruption leaves everything decryptable: the file keeps the previous key until nothing needs it. Raises
    CredentialFailure, with nothing changed, if a secret cannot be decrypted.
    """
    keyring = encryption.keyring
    in_file = keyring.path is not None and not keyring.from_variable
    with database.write() as writing:
        found = [(where, encryption.open(secret, where)) for where, secret in _all(writing)]
        if in_file:
            keyring.replace_file([keys.fresh(), *keyring.in_file()])
        key = keyring.current()
        for where, data in found:
            column, names, _ = _SECRETS[where.table]
            row = " AND ".join(f"{name} = ?" for name in ("environment", *names))
            values = (seal(data, where, key), where.environment, *where.names)
            writing.execute(f"UPDATE {where.table} SET {column} = ? WHERE {row}", values)
    if in_file:
        with database.write():
            if keyring.current() == key:
                keyring.replace_file([key])
    return len(found)


def _all(connection: sqlite3.Connection) -> Iterator[tuple[Place, bytes]]:
    for table, (column, names, place_of) in _SECRETS.items():
        query = f"SELECT {column}, environment, {', '.join(names)} FROM {table} WHERE {column} IS NOT NULL"
        for secret, environment, *rest in connection.execute(query):
            yield place_of(environment, *rest), secret
