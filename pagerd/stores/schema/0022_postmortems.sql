-- The texts of postmortems, from 1 on for each incident; the last one is in force. Append only, save that `filed` says
-- that the text was seen in, or written to, its file.
CREATE TABLE postmortems (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    written_by TEXT NOT NULL,
    filed BIGINT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (incident, number)
);
-- How the postmortem of an incident stands; NULL where none is wanted.
ALTER TABLE incidents ADD COLUMN review TEXT;
CREATE INDEX incidents_reviewed ON incidents (review, number) WHERE review IS NOT NULL;

CREATE INDEX postmortems_unfiled ON postmortems (incident) WHERE filed = 0;
