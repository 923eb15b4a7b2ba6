-- The desk's queue of journalists' questions begins with those, not with everything the body has open.
CREATE INDEX appeal_press ON appeal (closed_at, id) WHERE origin = 'press';
