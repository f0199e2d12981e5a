-- Swaps between two people, each with its state; `end_at` is when the last shift in it is over.
CREATE TABLE swaps (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    end_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX swaps_by_time ON swaps (end_at);
