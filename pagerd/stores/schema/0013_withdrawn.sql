-- A message that was with a sender when nobody wanted it any more: what is in the air may still arrive, but it is not
-- tried again.
ALTER TABLE notifications ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0;

-- The notification that this person was told of last: one whose sender died with it must not be held back by itself.
ALTER TABLE last_told ADD COLUMN notification TEXT NOT NULL DEFAULT '';
