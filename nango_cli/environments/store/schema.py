"""The tables, and how an older file becomes a newer one.

`MIGRATIONS[n]` leads from version n to n + 1; the file holds its version in `PRAGMA user_version`. A script that was
released is never edited. Times are microseconds since 1970, UTC.

Records are narrow rows, found by id, whose data lies apart in `payloads` in the order of changes: looking up a
thousand hashes touches few pages, and new data is always appended. A change is a number, `collection << 40` and a
counter, so that the data of a collection lies together and a cursor is a place in it.
"""

from __future__ import annotations

CHANGE_BITS = 40

MIGRATIONS = (
    """
    CREATE TABLE environments (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);

    -- one script for one connection, and what it keeps between its runs
    CREATE TABLE tasks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        environment INTEGER NOT NULL,
        integration TEXT NOT NULL,
        connection_id TEXT NOT NULL,
        script TEXT NOT NULL,
        variant TEXT NOT NULL,
        last_sync INTEGER,
        checkpoint BLOB,
        UNIQUE (environment, integration, connection_id, script, variant)
    );

    CREATE TABLE locks (
        environment INTEGER NOT NULL,
        key TEXT NOT NULL,
        task INTEGER NOT NULL,
        expires INTEGER NOT NULL,
        PRIMARY KEY (environment, key)
    ) WITHOUT ROWID;

    -- the records of one connection, model and variant, and the last change that was given out
    CREATE TABLE collections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        environment INTEGER NOT NULL,
        integration TEXT NOT NULL,
        connection_id TEXT NOT NULL,
        model TEXT NOT NULL,
        change INTEGER NOT NULL,
        UNIQUE (environment, integration, connection_id, model)
    );

    CREATE TABLE records (
        collection INTEGER NOT NULL,
        id TEXT NOT NULL,
        change INTEGER NOT NULL,
        hash BLOB NOT NULL,
        writer INTEGER NOT NULL,
        first_seen INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        action TEXT NOT NULL,
        deleted INTEGER,
        pruned INTEGER,
        PRIMARY KEY (collection, id)
    ) WITHOUT ROWID;

    CREATE TABLE payloads (change INTEGER PRIMARY KEY, id TEXT NOT NULL, data BLOB NOT NULL);

    -- what is saved between the start and the end of a tracking of deletes: changes after since, and what is in seen
    CREATE TABLE trackings (
        collection INTEGER NOT NULL,
        task INTEGER NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (collection, task)
    ) WITHOUT ROWID;

    CREATE TABLE seen (
        collection INTEGER NOT NULL,
        task INTEGER NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (collection, task, id)
    ) WITHOUT ROWID;
    """,
    """
    -- credentials and the values of variables are encrypted, everything else is canonical JSON
    CREATE TABLE integrations (
        environment INTEGER NOT NULL,
        name TEXT NOT NULL,
        provider TEXT NOT NULL,
        display_name TEXT,
        settings BLOB NOT NULL,
        credentials BLOB,
        created INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        PRIMARY KEY (environment, name)
    ) WITHOUT ROWID;

    CREATE TABLE connections (
        environment INTEGER NOT NULL,
        integration TEXT NOT NULL,
        id TEXT NOT NULL,
        provider TEXT NOT NULL,
        metadata BLOB NOT NULL,
        config BLOB NOT NULL,
        tags BLOB NOT NULL,
        errors BLOB NOT NULL,
        credentials BLOB,
        created INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        PRIMARY KEY (environment, integration, id)
    ) WITHOUT ROWID;

    CREATE TABLE variables (
        environment INTEGER NOT NULL,
        name TEXT NOT NULL,
        value BLOB NOT NULL,
        PRIMARY KEY (environment, name)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        environment INTEGER NOT NULL,
        integration TEXT NOT NULL,
        connection_id TEXT NOT NULL,
        script TEXT NOT NULL,
        variant TEXT NOT NULL,
        kind TEXT NOT NULL,
        dry INTEGER NOT NULL,
        status TEXT NOT NULL,
        started INTEGER NOT NULL,
        finished INTEGER,
        input BLOB NOT NULL,
        outcome BLOB
    );

    CREATE INDEX runs_of_script ON runs (environment, integration, connection_id, script, variant);

    CREATE TABLE requests (
        run INTEGER NOT NULL,
        number INTEGER NOT NULL,
        method TEXT NOT NULL,
        url TEXT NOT NULL,
        status INTEGER,
        duration INTEGER NOT NULL,
        detail BLOB NOT NULL,
        PRIMARY KEY (run, number)
    ) WITHOUT ROWID;

    -- what a run did to records: the content that it left, hash and data are empty where that is none
    CREATE TABLE run_changes (
        run INTEGER NOT NULL,
        model TEXT NOT NULL,
        id TEXT NOT NULL,
        action TEXT NOT NULL,
        hash BLOB NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (run, model, id)
    ) WITHOUT ROWID;
    """,
)

VERSION = len(MIGRATIONS)
APPLICATION = 0x6E616E67  # `nang`, so that another program's database is never taken for ours


def statements(script: str) -> list[str]:
    """The statements of a script, which has no `;` but between them, not even in a comment."""
    return [statement for statement in script.split(";") if statement.strip()]
