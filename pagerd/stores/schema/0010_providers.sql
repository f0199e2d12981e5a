-- Providers that failed often enough to be passed over. `told`: the operators heard of it, and hear when it is over.
CREATE TABLE provider_troubles (
    medium TEXT NOT NULL,
    provider TEXT NOT NULL,
    since BIGINT NOT NULL,
    detail TEXT NOT NULL,
    told BIGINT NOT NULL,
    by_report BIGINT NOT NULL,
    PRIMARY KEY (medium, provider)
);

-- What is known of a person's contact method at its address of then: when a provider took a message for it, when one
-- arrived, and the last test page with when it was answered.
CREATE TABLE contacts (
    person TEXT NOT NULL,
    medium TEXT NOT NULL,
    address TEXT NOT NULL,
    tried_at BIGINT,
    arrived_at BIGINT,
    tested_at BIGINT,
    test_id TEXT,
    answered_at BIGINT,
    PRIMARY KEY (person, medium)
);
