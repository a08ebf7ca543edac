-- How far visitors came, counted by day and variant (A10); nothing about who they are.
CREATE TABLE funnel (
    day     TEXT    NOT NULL,
    step    TEXT    NOT NULL CHECK (step IN ('viewed', 'claimed', 'prompted', 'used_up')),
    variant TEXT    NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (day, step, variant)
) STRICT, WITHOUT ROWID;
