-- What somebody wrote for whoever has a schedule next. Append only.
CREATE TABLE handoff_notes (
    id TEXT PRIMARY KEY,
    schedule TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX handoff_notes_of ON handoff_notes (schedule, at);
