-- What language models consumed, by day and by their names in the settings (H9). Sums, kept for ever: the day's budget and the
-- operators' metrics are read from them.
CREATE TABLE model_use (
    day TEXT NOT NULL,
    model TEXT NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cost_micro_dollars INTEGER NOT NULL,
    PRIMARY KEY (day, model)
) STRICT, WITHOUT ROWID;
