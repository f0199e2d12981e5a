-- History becomes a chain: each entry has the hash of itself and of the entry before it. `seq` is the order of writing,
-- for the anchors. Rows from before this migration have no hash; anchor 0 says up to where those may be.

CREATE TABLE history_chained (
    seq INTEGER PRIMARY KEY,
    object_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    plan TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    entries TEXT NOT NULL,
    hash TEXT NOT NULL,
    content TEXT,
    redaction BIGINT,
    UNIQUE (object_id, version)
);
INSERT INTO history_chained (seq, object_id, version, at, plan, event, body, entries, hash)
    SELECT rowid, object_id, version, at, plan, event, body, entries, '' FROM history ORDER BY rowid;
DROP TABLE history;
ALTER TABLE history_chained RENAME TO history;

-- Once an hour: the newest entry of each object that had one since the anchor before. `heads` is JSON.
CREATE TABLE anchors (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    through BIGINT NOT NULL,
    heads TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO anchors (number, at, since, through, heads, previous, hash)
    SELECT 0, CAST(unixepoch('subsec') * 1000000 AS INTEGER), 0, COALESCE(MAX(seq), 0), '[]', '', '' FROM history;

-- The end of each chain that is not carried by a page or a ticket, and of the chain of anchors.
CREATE TABLE heads (
    object_id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL
);

-- What retention took away, with the end of its chain; `entry` is the version of the entry of `keeping` that says so.
CREATE TABLE tombstones (
    object_id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    entry BIGINT NOT NULL
);

-- Retention looks for pages that have been over the longest, and for what belongs to a ticket or to nothing.
CREATE INDEX pages_resolved ON pages (resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX notifications_of_ticket ON notifications (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX notifications_of_nothing ON notifications (created_at) WHERE page_id IS NULL AND ticket_id IS NULL;
