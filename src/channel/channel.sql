-- channel.sql: keys of other programs.

-- channel_client(key_hash text) -> one channel_client_row
SELECT id, name, may_write FROM api_client WHERE key_hash = :key_hash AND revoked_at = 0;

-- client_appeal_insert(appeal appeal, client api_client) -> done
INSERT INTO client_appeal (appeal_id, client_id) VALUES (:appeal, :client);

-- client_appeal_of(appeal appeal, client api_client) -> one client_appeal_row
SELECT appeal_id FROM client_appeal WHERE appeal_id = :appeal AND client_id = :client;

-- import_seen(source text, source_id text) -> one import_row(appeal_id int)
SELECT appeal_id FROM import_record WHERE source = :source AND source_id = :source_id;

-- import_keep(source text, source_id text, appeal appeal, now time) -> done
INSERT INTO import_record (source, source_id, appeal_id, imported_at) VALUES (:source, :source_id, :appeal, :now)
ON CONFLICT (source, source_id) DO NOTHING;
