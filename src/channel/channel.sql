-- channel.sql: keys of other programs.

-- channel_client(key_hash text) -> one channel_client_row
SELECT id, name, may_write FROM api_client WHERE key_hash = :key_hash AND revoked_at = 0;

-- import_seen(source text, source_id text) -> one import_row(appeal_id int)
SELECT appeal_id FROM import_record WHERE source = :source AND source_id = :source_id;

-- import_keep(source text, source_id text, appeal appeal, now time) -> done
INSERT INTO import_record (source, source_id, appeal_id, imported_at) VALUES (:source, :source_id, :appeal, :now)
ON CONFLICT (source, source_id) DO NOTHING;
