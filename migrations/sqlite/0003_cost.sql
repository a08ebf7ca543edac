-- What living sandboxes cost. Time is kept, in whole milliseconds beside the price it was lived at, and money is derived
-- from it when it is read: so no fraction of a micro-dollar is ever lost, and a new price does not rewrite what was.
ALTER TABLE sandboxes ADD COLUMN claimed_at_ms INTEGER;
-- Up to here its time is in `spending`.
ALTER TABLE sandboxes ADD COLUMN metered_until_ms INTEGER NOT NULL DEFAULT 0;
UPDATE sandboxes SET metered_until_ms = created_at_ms;

-- Sandbox time by the day it was lived on, in the configured zone.
CREATE TABLE spending (
    day                   TEXT    NOT NULL,
    provider              TEXT    NOT NULL,
    template              TEXT    NOT NULL,
    purpose               TEXT    NOT NULL CHECK (purpose IN ('warm', 'session')),
    hour_in_micro_dollars INTEGER NOT NULL,
    sandbox_ms            INTEGER NOT NULL,
    PRIMARY KEY (day, provider, template, purpose, hour_in_micro_dollars)
) STRICT, WITHOUT ROWID;

-- Known once the session's sandbox is gone.
ALTER TABLE sessions ADD COLUMN cost_micro_dollars INTEGER;

CREATE INDEX sessions_of_sandbox ON sessions (sandbox_id);
