-- Calendars that are subscribed to by their secret address, known by its hash alone. `name` is whose shifts they show: a
-- person, a team or a schedule; without it all. Each is of the person who made it, and worth nothing when they leave.
-- compatible: 26
CREATE TABLE feeds (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    name TEXT,
    created_at BIGINT NOT NULL,
    fetched_at BIGINT
);
