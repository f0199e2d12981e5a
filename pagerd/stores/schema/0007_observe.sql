-- When pagerd only observed: it took everything in and decided, and sent nothing. The last has no end while it goes on.
CREATE TABLE observing (
    start_at BIGINT PRIMARY KEY,
    end_at BIGINT
);

-- What would have been sent. `event` is what had happened to the page when the message was put into the outbox;
-- `words` are empty where the message of another notification (`merged_into` there) stood for this one too.
CREATE TABLE observed_messages (
    notification_id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX observed_messages_by_time ON observed_messages (at);

-- Where each alert went that was judged meanwhile: what was dropped or silenced has no other row.
CREATE TABLE observed_alerts (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX observed_alerts_by_time ON observed_alerts (at);
