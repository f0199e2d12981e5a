-- What onlookers ask, and what they were answered.
CREATE TABLE incident_questions (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (incident, number)
);
