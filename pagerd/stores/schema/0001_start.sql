-- Instants are microseconds since 1970 in UTC. `body` is JSON; what SQL must find stands in columns of its own.

CREATE TABLE alerts (
    source TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL,
    page_id TEXT,
    ticket_id TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (source, fingerprint)
);
CREATE INDEX alerts_of_page ON alerts (page_id) WHERE page_id IS NOT NULL;
CREATE INDEX alerts_of_ticket ON alerts (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX alerts_open ON alerts (source, fingerprint) WHERE status <> 'resolved';

CREATE TABLE pages (
    id TEXT PRIMARY KEY,
    group_key TEXT NOT NULL,
    team TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    resolved_at BIGINT,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX pages_open ON pages (group_key) WHERE status <> 'resolved';
CREATE INDEX pages_of_group ON pages (group_key, resolved_at);
CREATE INDEX pages_by_time ON pages (opened_at);

-- What happened to a page or a ticket, with the timeline entries that it made. Append only.
CREATE TABLE history (
    object_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    plan TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    entries TEXT NOT NULL,
    PRIMARY KEY (object_id, version)
);

-- Everything that waits. A claimed row is due again when its claim ends.
CREATE TABLE timers (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    due BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX timers_due ON timers (due);

-- The outbox. `due` is when to send; of a claimed row, when its claim ends.
CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    page_id TEXT,
    ticket_id TEXT,
    person TEXT NOT NULL,
    medium TEXT NOT NULL,
    address TEXT NOT NULL,
    purpose TEXT NOT NULL,
    urgency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due BIGINT NOT NULL,
    due_first BIGINT NOT NULL,
    why TEXT NOT NULL,
    actor TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    again BIGINT NOT NULL,
    provider TEXT,
    provider_id TEXT,
    code TEXT,
    digit TEXT,
    text TEXT NOT NULL,
    trail TEXT NOT NULL,
    claim TEXT
);
CREATE INDEX notifications_due ON notifications (due) WHERE status IN ('pending', 'claimed');
CREATE INDEX notifications_of_page ON notifications (page_id, person) WHERE page_id IS NOT NULL;

-- What a person may answer with. A code stands for exactly this set of pages (a sorted JSON array).
CREATE TABLE reply_codes (
    person TEXT NOT NULL,
    code TEXT NOT NULL,
    pages TEXT NOT NULL,
    free_at BIGINT,
    is_short BIGINT NOT NULL,
    PRIMARY KEY (person, code)
);
CREATE INDEX reply_codes_of_pages ON reply_codes (pages, person);
CREATE INDEX reply_codes_short ON reply_codes (person, is_short);
CREATE INDEX reply_codes_free ON reply_codes (person, free_at) WHERE free_at IS NOT NULL;

CREATE TABLE links (
    token_hash TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    page_id TEXT NOT NULL,
    medium TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX links_expire ON links (expires_at);

-- Answers that came in, so that a provider's second delivery of one does nothing.
CREATE TABLE inbound (
    provider_id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    answer TEXT NOT NULL
);

-- Codes that were none of the sender's: too many, and somebody is guessing.
CREATE TABLE wrong_codes (
    person TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX wrong_codes_of ON wrong_codes (person, at);

CREATE TABLE tickets (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    team TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX tickets_open ON tickets (key) WHERE status <> 'closed';
CREATE INDEX tickets_of_team ON tickets (team, status);

CREATE TABLE silences (
    id TEXT PRIMARY KEY,
    end_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE overrides (
    id TEXT PRIMARY KEY,
    end_at BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- Contact methods that a provider refused for good. `address` is what was refused: a new one is usable again.
CREATE TABLE unusable_contacts (
    person TEXT NOT NULL,
    medium TEXT NOT NULL,
    address TEXT NOT NULL,
    at BIGINT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (person, medium)
);

CREATE TABLE night_pages (
    person TEXT NOT NULL,
    page_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (person, page_id)
);
CREATE INDEX night_pages_by_time ON night_pages (at);

CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT
);

-- The text of the config files behind each revision that was ever in force.
CREATE TABLE plans (
    revision TEXT PRIMARY KEY,
    loaded_at BIGINT NOT NULL,
    files TEXT NOT NULL
);

CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
CREATE TABLE quarantine (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL
);
CREATE INDEX quarantine_by_time ON quarantine (at);

-- What the operators were told of, so that they are told once an hour and not once a second.
CREATE TABLE alarms (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
);
