-- The runs of pagerd that share this database, each with what the others and the operators must know of it. A run has an
-- id of its own; no lease hangs on a row here, so a row may go whenever its run is gone.
CREATE TABLE nodes (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    version TEXT NOT NULL,
    schema BIGINT NOT NULL,
    plan TEXT NOT NULL,
    files TEXT NOT NULL,
    plan_since BIGINT NOT NULL,
    observing BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- How often the stored part of the plan has changed: silences, overrides, unusable contacts. One row; whoever finds
-- another number than it knows reads them anew before it decides anything.
CREATE TABLE plan_changes (
    id BIGINT PRIMARY KEY,
    count BIGINT NOT NULL
);
INSERT INTO plan_changes (id, count) VALUES (1, 0);
