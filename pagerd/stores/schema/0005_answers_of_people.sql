-- Whose text it was: a phone that answers by itself must not talk with us all night.
ALTER TABLE inbound ADD COLUMN person TEXT NOT NULL DEFAULT '';
CREATE INDEX inbound_of_person ON inbound (person, at);
