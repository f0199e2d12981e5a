-- What each person knows of their shifts: where they are on call, and what comes. It is compared with the plan.
CREATE TABLE shifts_told (
    person TEXT PRIMARY KEY,
    body TEXT NOT NULL
);

-- What was told around shifts, one row for each person and instant.
CREATE TABLE shift_notices (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX shift_notices_by_time ON shift_notices (at);
