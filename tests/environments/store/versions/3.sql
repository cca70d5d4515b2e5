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
