-- One row for each time that somebody asked for a code to sign in, whether or not anybody is called so: what it can be
-- tried with, and what limits the next. `told` is of how many wrong codes the chain has heard.
CREATE TABLE sign_ins (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    wanted TEXT NOT NULL,
    peer TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    sent_at BIGINT,
    sent_by TEXT,
    code_hashes TEXT NOT NULL,
    tries BIGINT NOT NULL,
    told BIGINT NOT NULL,
    over_at BIGINT
);
CREATE INDEX sign_ins_by_time ON sign_ins (asked_at);
CREATE INDEX sign_ins_of_person ON sign_ins (person, asked_at);

-- Whoever is signed in. `rights` are those that the files gave them then and that no turn of a schedule takes away.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    medium TEXT NOT NULL,
    agent TEXT NOT NULL,
    rights TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_person ON sessions (person, began_at);
