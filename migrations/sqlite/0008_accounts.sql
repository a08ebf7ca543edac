-- People with an account (J3). Whoever leaves keeps an empty row: what was theirs names nobody, and nobody else becomes the
-- first user, who is the admin.
CREATE TABLE users (
    id               TEXT    NOT NULL PRIMARY KEY,
    -- In lower case; none once they have left.
    email            TEXT    UNIQUE,
    name             TEXT    NOT NULL,
    -- As a PHC string, with its parameters and salt; none for those who sign in with a provider.
    password_hash    TEXT,
    is_admin         INTEGER NOT NULL,
    default_provider TEXT,
    theme            TEXT    CHECK (theme IN ('light', 'dark')),
    created_at_ms    INTEGER NOT NULL
) STRICT;

-- By what a provider knows them. Its address says which provider it is, as a name in the configuration may be given to another.
CREATE TABLE identities (
    issuer       TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    user_id      TEXT    NOT NULL REFERENCES users (id),
    linked_at_ms INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_by_user ON identities (user_id);

-- Browsers that are signed in. Tokens are kept as SHA-256, and change now and then; the one before holds for a moment longer.
CREATE TABLE sign_ins (
    id                TEXT    NOT NULL PRIMARY KEY,
    user_id           TEXT    NOT NULL REFERENCES users (id),
    token_hash        TEXT    NOT NULL UNIQUE,
    previous_hash     TEXT,
    -- Known once the newer one was shown.
    previous_until_ms INTEGER,
    began_at_ms       INTEGER NOT NULL,
    rotated_at_ms     INTEGER NOT NULL,
    used_at_ms        INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_ins_by_previous ON sign_ins (previous_hash) WHERE previous_hash IS NOT NULL;
CREATE INDEX sign_ins_by_user ON sign_ins (user_id, used_at_ms);
