-- Action items, numbered over all incidents as incidents are. `due` is a date as ISO 8601 writes it, so that dates sort as
-- texts do; empty for one without. The timeline of an action item is its history, under the object `a-NUMBER`.
CREATE TABLE actions (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    incident BIGINT NOT NULL,
    team TEXT NOT NULL,
    service TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    due TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX actions_of ON actions (incident);
CREATE INDEX actions_unfinished ON actions (due) WHERE status IN ('open', 'started', 'done');
