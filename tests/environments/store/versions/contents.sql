-- what a store of any version may hold
INSERT INTO environments (id, name) VALUES (1, 'dev');
INSERT INTO tasks (id, environment, integration, connection_id, script, variant, checkpoint)
    VALUES (1, 1, 'github', 'demo', 'issues', 'base', '{"page":3}');
UPDATE tasks SET checkpoint = CAST(checkpoint AS BLOB);
INSERT INTO collections (id, environment, integration, connection_id, model, change)
    VALUES (1, 1, 'github', 'demo', 'Issue', 1099511627778);
INSERT INTO records (collection, id, change, hash, writer, first_seen, modified, action) VALUES
    (1, '1', 1099511627777, x'e0007aa8dbc716348b83f2bf79cf1b02', 1, 1000000, 1000000, 'ADDED'),
    (1, '2', 1099511627778, x'e8756d41bee8c25bf2163eac246a927e', 1, 1000000, 1000000, 'ADDED');
INSERT INTO payloads (change, id, data) VALUES
    (1099511627777, '1', CAST('{"id":"1","title":"old"}' AS BLOB)),
    (1099511627778, '2', CAST('{"id":"2"}' AS BLOB));
INSERT INTO trackings (collection, task, since) VALUES (1, 1, 1099511627778);
