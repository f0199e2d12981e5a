-- Providers that failed often enough to be passed over. `told`: the operators heard of it, and hear when it is over.
CREATE TABLE provider_troubles (
    medium TEXT NOT NULL,
    provider TEXT NOT NULL,
    since BIGINT NOT NULL,
    detail TEXT NOT NULL,
    told BIGINT NOT NULL,
    PRIMARY KEY (medium, provider)
);
