-- When which revision came into force: `plans` remembers of a revision only its last time.
CREATE TABLE plan_loads (
    at BIGINT NOT NULL,
    revision TEXT NOT NULL,
    PRIMARY KEY (at, revision)
);
INSERT INTO plan_loads (at, revision) SELECT loaded_at, revision FROM plans;

-- Which ticket a group had at some instant; the open one has an index of its own.
CREATE INDEX tickets_of_group ON tickets (key, opened_at);
