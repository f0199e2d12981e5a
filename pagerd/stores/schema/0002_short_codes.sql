-- Counting a person's short codes, and those that are free again, reads the index alone: it happens for every new page.
DROP INDEX reply_codes_short;
DROP INDEX reply_codes_free;
CREATE INDEX reply_codes_short ON reply_codes (person, is_short, free_at);
CREATE INDEX reply_codes_free ON reply_codes (free_at) WHERE free_at IS NOT NULL;
