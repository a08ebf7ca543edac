-- What each pool has learnt about demand, as the pool writes it.
CREATE TABLE pool_forecasts (
    provider TEXT NOT NULL,
    template TEXT NOT NULL,
    forecast TEXT NOT NULL,
    PRIMARY KEY (provider, template)
) STRICT, WITHOUT ROWID;
