-- Pool membership: one row a sandbox, from before it is made until it is gone.
CREATE TABLE sandboxes (
    id            TEXT    NOT NULL PRIMARY KEY,
    provider      TEXT    NOT NULL,
    template      TEXT    NOT NULL,
    template_hash TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('creating', 'ready', 'claimed', 'destroying')),
    created_at_ms INTEGER NOT NULL,
    ready_at_ms   INTEGER,
    checked_at_ms INTEGER
) STRICT;

CREATE INDEX sandboxes_to_claim ON sandboxes (provider, template, state, ready_at_ms);

-- Who may do what until when. What happened is in the journal.
CREATE TABLE sessions (
    id            TEXT    NOT NULL PRIMARY KEY,
    kind          TEXT    NOT NULL,
    token_hash    TEXT    NOT NULL,
    preview_id    TEXT    NOT NULL UNIQUE,
    sandbox_id    TEXT    NOT NULL,
    visitor       TEXT    NOT NULL,
    claimed_at_ms INTEGER NOT NULL,
    ended_at_ms   INTEGER
) STRICT;

CREATE INDEX sessions_live ON sessions (ended_at_ms) WHERE ended_at_ms IS NULL;
CREATE INDEX sessions_by_token ON sessions (token_hash);
CREATE INDEX sessions_by_visitor ON sessions (visitor, claimed_at_ms);

-- The append-only, numbered record of each session: body is the event as JSON.
CREATE TABLE journal (
    session_id TEXT    NOT NULL REFERENCES sessions (id),
    seq        INTEGER NOT NULL,
    body       TEXT    NOT NULL,
    PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;

-- File contents by SHA-256, as long as their session lives.
CREATE TABLE blobs (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    hash       TEXT NOT NULL,
    content    BLOB NOT NULL,
    PRIMARY KEY (session_id, hash)
) STRICT, WITHOUT ROWID;
