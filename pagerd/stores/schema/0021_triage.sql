-- What people say of the steps of checklists: the last word on each. What was said before is in the history.
CREATE TABLE incident_steps (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    step TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (incident, step)
);

-- Hypotheses, and what was found of each.
CREATE TABLE incident_hypotheses (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (incident, number)
);

-- What was changed, as pipelines and people tell it. Append only; kept as long as pages are.
CREATE TABLE changes (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    service TEXT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX changes_of ON changes (service, at);
CREATE INDEX changes_at ON changes (at);
