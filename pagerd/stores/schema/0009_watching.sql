-- When something of pagerd last went on: writing it is the proof that the disk takes writes.
CREATE TABLE progress (
    what TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);

-- The auditor walks all open pages, some in each round.
CREATE INDEX pages_open_by_id ON pages (id) WHERE status <> 'resolved';
