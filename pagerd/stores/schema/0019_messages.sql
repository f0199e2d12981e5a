-- Messages about incidents: one row for each of them and each place that is told. `due` is set for the oldest row of a
-- place and an incident that waits, so that the messages of an incident come in order and one that waits holds up no
-- other incident; of a claimed row it is when the claim ends. `body` is empty once it was told: the timeline has it.
CREATE TABLE incident_messages (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    receiver TEXT NOT NULL,
    address TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    due BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    claim TEXT,
    fault TEXT NOT NULL DEFAULT '',
    done_at BIGINT
);
CREATE INDEX incident_messages_of ON incident_messages (incident, seq);
CREATE INDEX incident_messages_due ON incident_messages (due) WHERE due IS NOT NULL;
CREATE INDEX incident_messages_waiting ON incident_messages (receiver, address, incident, seq) WHERE state = 'waiting';
