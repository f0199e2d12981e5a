-- One row per person and night in which a phone of theirs made a noise; `date` is the day on which the night began.
CREATE TABLE worked_nights (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    date TEXT NOT NULL,
    end_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX worked_nights_of_person ON worked_nights (person, date);
CREATE INDEX worked_nights_by_time ON worked_nights (end_at);

-- What a person may answer about a night. The code is N and two digits, and never one of a page. `asks` is what was
-- asked: how long they were up, or whether somebody's rest is granted.
CREATE TABLE night_codes (
    person TEXT NOT NULL,
    code TEXT NOT NULL,
    night_id TEXT NOT NULL,
    asks TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    free_at BIGINT NOT NULL,
    PRIMARY KEY (person, code)
);
CREATE INDEX night_codes_of_night ON night_codes (night_id);
