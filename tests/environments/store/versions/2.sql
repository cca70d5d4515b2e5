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
