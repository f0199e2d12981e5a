-- What a link in a message opens that asks somebody for a swap: one swap, as one person, known by its hash alone. It
-- opens the swap a while longer than that can be answered, to say what became of it.
-- compatible: 28
CREATE TABLE swap_links (
    token_hash TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    swap_id TEXT NOT NULL,
    medium TEXT NOT NULL,
    code TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX swap_links_expire ON swap_links (expires_at);
