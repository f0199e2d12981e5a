-- Digests as they were put together; the key holds a team and a day, so that no day has two.
CREATE TABLE digests (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    day TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX digests_of_team ON digests (team, day);
CREATE INDEX digests_by_time ON digests (at);
