-- A message that stands for several notifications: the others name the one that carried them.
ALTER TABLE notifications ADD COLUMN rank BIGINT NOT NULL DEFAULT 9;
ALTER TABLE notifications ADD COLUMN merged_into TEXT;
CREATE INDEX notifications_merged ON notifications (merged_into) WHERE merged_into IS NOT NULL;

-- When a person was last told something of one kind on one medium: more of it waits, and goes out together.
CREATE TABLE last_told (
    person TEXT NOT NULL,
    medium TEXT NOT NULL,
    purpose TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person, medium, purpose)
);

-- The code of the message that the link stands in.
ALTER TABLE links ADD COLUMN code TEXT;
