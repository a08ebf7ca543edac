-- Who asked that somebody looks at a preview: one row for each network, which is kept as a keyed hash.
CREATE TABLE reports (
    session_id     TEXT    NOT NULL REFERENCES sessions (id),
    network        TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    reported_at_ms INTEGER NOT NULL,
    PRIMARY KEY (session_id, network)
) STRICT, WITHOUT ROWID;
