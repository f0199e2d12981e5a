-- What was asked about each contact method: whether it still reaches its person.
CREATE TABLE contact_questions (
    person TEXT NOT NULL,
    medium TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (person, medium)
);

-- When something arrived that was no test page: that shows that somebody uses it.
ALTER TABLE contacts ADD COLUMN used_at BIGINT;
