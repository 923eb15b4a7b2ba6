-- Taking a window changes one row and no index: people who take different windows then do not collide on PostgreSQL.
DROP INDEX reception_slot_free;
DROP INDEX reception_slot_body_free;
CREATE INDEX reception_slot_body ON reception_slot (body_id, starts_at) WHERE closed = '0';
-- only postgres
ALTER TABLE reception_slot SET (fillfactor = 60);
-- end
