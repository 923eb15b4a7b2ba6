-- channel.sql: keys of other programs.

-- channel_client(key_hash text) -> one channel_client_row
SELECT id, name, may_write FROM api_client WHERE key_hash = :key_hash AND revoked_at = 0;
