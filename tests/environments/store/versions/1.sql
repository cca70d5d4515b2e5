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
