-- What the sources said that was news, in the order in which it was taken in, one row for each message that had any:
-- `alerts` keeps of an alert only its latest episode, and a replay needs them all. `body` is a JSON list.
CREATE TABLE signals (
    seq INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX signals_by_time ON signals (at);
