-- Incidents. What grows stands in rows of its own, each with its instant; the timeline of an incident is its history,
-- under the object `i-NUMBER`. Numbers have no gaps: the next one is one more than the greatest, and none is deleted.
CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    team TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX incidents_open ON incidents (number) WHERE status IN ('triage', 'investigating', 'mitigating', 'monitoring');

-- The pages of an incident: those of alerts, and those that it raised itself, each for an errand.
CREATE TABLE incident_pages (
    page_id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    errand TEXT
);
CREATE INDEX incident_pages_of ON incident_pages (incident);

-- Numbered updates, from 0 on. Append only.
CREATE TABLE incident_updates (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (incident, number)
);

-- What was tried to stop the bleeding.
CREATE TABLE incident_mitigations (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (incident, number)
);

-- What was found of each resolution criterion. Append only.
CREATE TABLE incident_readings (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX incident_readings_of ON incident_readings (incident, at);
