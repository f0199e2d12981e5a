-- compatible: 14
-- A message that was with a sender when its page began to settle: should that attempt fail, the next one waits until
-- then.
ALTER TABLE notifications ADD COLUMN not_before BIGINT;
