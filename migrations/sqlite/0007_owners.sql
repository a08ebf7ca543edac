-- A session may belong to a user, and may follow other rules than those it began with; limits go on counting the beginning.
ALTER TABLE sessions ADD COLUMN owner TEXT;
ALTER TABLE sessions ADD COLUMN claimed_as TEXT NOT NULL DEFAULT 'demo';

CREATE INDEX sessions_by_owner ON sessions (owner, claimed_at_ms) WHERE owner IS NOT NULL;
