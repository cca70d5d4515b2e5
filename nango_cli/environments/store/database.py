"""A connection to SQLite whose transactions wait for other processes, and whose errors are ours.

A file is in WAL mode: readers never wait, writers wait for each other, and a process may be killed at any moment. What
was committed survives it; a power cut may take the last transactions, never half of one.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path

from nango_cli.environments.store.schema import APPLICATION, MIGRATIONS, VERSION, statements
from nango_cli.errors import EnvironmentFailure

PATIENCE = 60.0  # seconds that a transaction waits for other processes

_STEP = 5.0  # seconds that SQLite itself waits
_CACHE = 16_000  # KiB


class StoreFailure(EnvironmentFailure):
    """The store cannot be opened, read or written, or not in the way that was asked."""

    code = "NG707"


class Database:
    """One connection, usable from several threads, one at a time. Not across a fork."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self._path = path
        self._mutex = threading.Lock()

    def close(self) -> None:
        with self._mutex:
            self._connection.close()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer shares; what the block raises undoes it. Raises StoreFailure."""
        with self._mutex, _translated(self._path):
            try:
                _patiently(lambda: self._connection.execute("BEGIN IMMEDIATE"))
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A view of one moment. Raises StoreFailure."""
        with self._mutex, _translated(self._path):
            try:
                self._connection.execute("BEGIN")
                yield self._connection
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")


class _Private(Database):
    """A database that nobody else sees: one transaction without an end, as committing looks at all that is cached."""

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        with self._mutex, _translated(self._path):
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN")
            self._connection.execute("SAVEPOINT write")
            try:
                yield self._connection
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK TO write")
                raise
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("RELEASE write")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        with self._mutex, _translated(self._path):
            yield self._connection


def temporary() -> Database:
    """A private database that is gone when it is closed. It spills to a temporary file, so its size is no matter."""
    connection = _connect("")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA temp_store = FILE")
    _migrate(connection, None)
    return _Private(connection, None)


def file(path: Path) -> Database:
    """The database of a file that is made, with its folder, if it is not there. Raises StoreFailure."""
    with _translated(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = _connect(str(path))
        try:
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            connection.execute("BEGIN")
            version = _check(connection, path)
            connection.execute("COMMIT")
            _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
            connection.execute("PRAGMA synchronous = NORMAL")
            if version < VERSION:
                _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
    return Database(connection, path)


def _connect(name: str) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=_STEP, isolation_level=None, check_same_thread=False)


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a file, 0 if it is empty. Raises StoreFailure if it is not ours or too new. In a transaction."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    assert isinstance(version, int)
    if application != APPLICATION and (version or connection.execute("SELECT 1 FROM sqlite_master").fetchone()):
        raise StoreFailure(f"{path} is a database of another program", help="move it away")
    if version > VERSION:
        message = f"{path} was written by a newer nango: its format is {version}, this one knows {VERSION}"
        raise StoreFailure(message, help="update nango-cli, or move the file away to begin with an empty one")
    return version


def _migrate(connection: sqlite3.Connection, path: Path | None) -> None:
    """Bring a database up to date, whole or not at all, whoever else is trying."""
    _patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
    for script in MIGRATIONS[0 if path is None else _check(connection, path) :]:
        for statement in statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _patiently(begin: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            begin()
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
        else:
            return


_DAMAGED = "move it away: a new one is made, syncs bring the records back, connections have to be added again"
_FAILURES = {
    "SQLITE_BUSY": ("{path} is in use by another process", "wait for it to end, or look for one that hangs"),
    "SQLITE_NOTADB": ("{path} is not a store, or damaged", _DAMAGED),
    "SQLITE_CORRUPT": ("{path} is damaged", _DAMAGED),
    "SQLITE_READONLY": ("{path} cannot be written", "check the permissions of the file and of its folder"),
    "SQLITE_CANTOPEN": ("{path} cannot be opened", "check the permissions of the file and of its folder"),
    "SQLITE_FULL": ("no space is left for {path}", "free some space on the disk; what was saved before is safe"),
    "SQLITE_IOERR": ("{path} cannot be read or written", "check the disk, and that the file was not moved meanwhile"),
}


@contextmanager
def _translated(path: Path | None) -> Iterator[None]:
    """Errors of the world as StoreFailure; errors in our SQL stay what they are."""
    place = str(path) if path is not None else "the temporary store"
    try:
        yield
    except OSError as error:
        message = f"{place} cannot be opened: {error.strerror}"
        raise StoreFailure(message, help="check the permissions of the file and of its folder") from error
    except (UnicodeDecodeError, JSONDecodeError) as error:
        raise StoreFailure(f"{place} is damaged", help=_DAMAGED) from error
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if str(error).startswith("Could not decode to UTF-8"):
            name = "SQLITE_CORRUPT"
        for prefix, (message, help) in _FAILURES.items():
            if name.startswith(prefix):
                raise StoreFailure(message.format(path=place), help=help) from error
        raise
