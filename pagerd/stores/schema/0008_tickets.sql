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

-- What is still to be told to the tracker. `due` is set for the oldest row of each ticket alone, so that the events of a
-- ticket come in order and a ticket that waits holds up no other; of a claimed row it is when the claim ends.
CREATE TABLE exports (
    id TEXT PRIMARY KEY,
    ticket_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    event TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    due BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    claim TEXT,
    fault TEXT NOT NULL DEFAULT ''
);
CREATE INDEX exports_of_ticket ON exports (ticket_id, version);
CREATE INDEX exports_due ON exports (due) WHERE due IS NOT NULL;
CREATE INDEX exports_by_time ON exports (at);
