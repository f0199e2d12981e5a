-- What customers read of incidents. Drafts are never changed but for what became of them; `published_at` is null until a
-- person approved one, and nothing else is ever shown.
CREATE TABLE public_texts (
    id TEXT PRIMARY KEY,
    incident BIGINT NOT NULL,
    number BIGINT NOT NULL,
    published_at BIGINT,
    body TEXT NOT NULL,
    UNIQUE (incident, number)
);
CREATE INDEX public_texts_published ON public_texts (published_at) WHERE published_at IS NOT NULL;

-- What was said of each component, by which incident, or by a person alone (incident 0). Append only.
CREATE TABLE component_states (
    id TEXT PRIMARY KEY,
    component TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX component_states_of ON component_states (component, at);
