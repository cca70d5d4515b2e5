"""The embedded store, by role."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from nango_cli.environments.store import FILE, FOLDER, database, rotation
from nango_cli.environments.store.connections import Connections
from nango_cli.environments.store.database import Database
from nango_cli.environments.store.encryption import Encryption
from nango_cli.environments.store.integrations import Integrations, Variables
from nango_cli.environments.store.keys import Keyring
from nango_cli.environments.store.locks import Locks
from nango_cli.environments.store.records import Records
from nango_cli.environments.store.runs import Runs
from nango_cli.environments.store.scope import Clock, Scope
from nango_cli.environments.store.state import State

KEY_FILE = "key"
DEFAULT_ENVIRONMENT = "dev"

_IGNORED = f"/{FILE}*\n/{KEY_FILE}*\n/.gitignore\n"


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One environment of a store. A context manager: leaving it closes the database.

    Threads may share one; a process that forks opens another one in the child. Every method of its parts may raise
    StoreFailure (NG707), those that touch credentials CredentialFailure (NG708) too.
    """

    def __init__(self, database: Database, clock: Clock, environment: str, keyring: Keyring) -> None:
        self._database = database
        self._scope = Scope(database, clock, environment)
        self._encryption = Encryption(keyring)
        self.records = Records(self._scope)
        self.state = State(self._scope)
        self.locks = Locks(self._scope)
        self.connections = Connections(self._scope, self._encryption)
        self.integrations = Integrations(self._scope, self._encryption)
        self.variables = Variables(self._scope, self._encryption)
        self.runs = Runs(self._scope)

    @classmethod
    def open(
        cls,
        path: Path | None,
        clock: Clock = _now,
        *,
        environment: str = DEFAULT_ENVIRONMENT,
        environ: Mapping[str, str] = os.environ,
    ) -> Self:
        """The store of a file, which is made if it is not there; without a path a private one, gone when it is closed.

        `clock` gives times with a time zone. A key, if `environ` has none, lies in a file beside. Raises StoreFailure.
        """
        opened = database.temporary() if path is None else database.file(path)
        try:
            if path is not None:
                _ignore(path.parent)
            key_file = None if path is None else path.with_name(KEY_FILE)
            return cls(opened, clock, environment, Keyring(key_file, environ))
        except BaseException:
            opened.close()
            raise

    def run_records(self, run: int | None = None) -> Records:
        """Records for one run: with merging strategies of their own; with its number, what changes is noted."""
        return Records(self._scope, run)

    def rotate_key(self) -> int:
        """Encrypt all credentials anew, with a new key, and return how many those were. See `rotation.rotate`."""
        return rotation.rotate(self._database, self._encryption)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _ignore(folder: Path) -> None:
    """Keep our files out of git; a `.gitignore` that is there already is the user's."""
    if folder.name == FOLDER:
        try:
            with (folder / ".gitignore").open("x", encoding="ascii") as file:
                file.write(_IGNORED)
        except OSError:
            return
