-- app.sql: sessions, jobs, repeats, audit.

-- The id is made of the token's hash: no index beside the rows. The hash in the row decides.
-- session_by_token(id session, token_hash text) -> one session_who
SELECT s.id, s.account_id, s.body_id, s.csrf, s.seen_at, s.expires_at, a.kind, a.state, a.name, a.lang
  FROM session s JOIN account a ON a.id = s.account_id
 WHERE s.id = :id AND s.token_hash = :token_hash;

-- session_roles(account account) -> many session_role
SELECT body_id, role FROM staff_role WHERE account_id = :account ORDER BY body_id, role LIMIT 400;

-- session_insert(id session, token_hash text, account account, body int, csrf text, device text, now time, expires time) -> done
INSERT INTO session (id, token_hash, account_id, body_id, csrf, device, created_at, seen_at, expires_at)
VALUES (:id, :token_hash, :account, :body, :csrf, :device, :now, :now, :expires);

-- session_list(account account, now time, idle_since time) -> many session_line
SELECT id, device, created_at, seen_at FROM session
 WHERE account_id = :account AND expires_at > :now AND seen_at > :idle_since ORDER BY seen_at DESC, id DESC LIMIT 20;

-- session_touch(id session, now time) -> done
UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now;

-- session_body_set(id session, body int) -> done
UPDATE session SET body_id = :body WHERE id = :id;

-- session_delete(id session) -> done
DELETE FROM session WHERE id = :id;

-- session_delete_others(account account, keep session) -> done
DELETE FROM session WHERE account_id = :account AND id <> :keep;

-- session_delete_ended(now time) -> done
DELETE FROM session WHERE expires_at < :now;

-- once_find(key text) -> value text
SELECT answer FROM once WHERE key = :key;

-- once_insert(key text, answer text, now time) -> done
INSERT INTO once (key, answer, made_at) VALUES (:key, :answer, :now);

-- once_delete_old(before time) -> done
DELETE FROM once WHERE made_at < :before;

-- job_insert(id job, kind text, payload text, due time, now time) -> done
INSERT INTO job (id, kind, payload, due_at, made_at) VALUES (:id, :kind, :payload, :due, :now);

-- job_insert_once(id job, kind text, payload text, dedup text, due time, now time) -> done
INSERT INTO job (id, kind, payload, dedup, due_at, made_at) VALUES (:id, :kind, :payload, :dedup, :due, :now)
ON CONFLICT (dedup) DO NOTHING;

-- job_due(now time, stale time, limit int) -> many job_row
SELECT id, kind, payload, attempts, due_at
  FROM job
 WHERE state = 'waiting' AND due_at <= :now AND claimed_at < :stale
 ORDER BY due_at
 LIMIT :limit;

-- job_due_by_name(dedup text, now time, stale time) -> many job_row
SELECT id, kind, payload, attempts, due_at FROM job WHERE dedup = :dedup AND state = 'waiting' AND due_at <= :now AND claimed_at < :stale LIMIT 1;

-- job_claim(id job, who text, now time, stale time) -> done
UPDATE job SET claimed_by = :who, claimed_at = :now, attempts = attempts + 1
 WHERE id = :id AND state = 'waiting' AND claimed_at < :stale;

-- job_still_due(id job, now time, stale time) -> value int
SELECT 1 FROM job WHERE id = :id AND state = 'waiting' AND due_at <= :now AND claimed_at < :stale;

-- What a process of this node had in hand when it died: its name is NODE.PID, and "/" follows ".".
-- job_release(from text, to text) -> done
UPDATE job SET claimed_at = 0 WHERE state = 'waiting' AND claimed_at <> 0 AND claimed_by >= :from AND claimed_by < :to;

-- job_done(id job, now time) -> done
UPDATE job SET state = 'done', done_at = :now, dedup = NULL WHERE id = :id;

-- job_again(id job, attempts int, due time, error text) -> done
UPDATE job SET claimed_at = 0, claimed_by = '', attempts = :attempts, due_at = :due, last_error = :error WHERE id = :id;

-- job_repeat(id job, due time) -> done
UPDATE job SET claimed_at = 0, claimed_by = '', due_at = :due, attempts = 0, last_error = '' WHERE id = :id;

-- job_failed(id job, error text, now time) -> done
UPDATE job SET state = 'failed', last_error = :error, done_at = :now WHERE id = :id;

-- job_delete_old(before time) -> done
DELETE FROM job WHERE state = 'done' AND due_at < :before;

-- job_overview() -> many job_kind_row(waiting int, failed int, oldest_at time)
SELECT kind, SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS waiting,
       SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END) AS failed, MIN(due_at) AS oldest_at
  FROM job WHERE state IN ('waiting', 'failed') GROUP BY kind ORDER BY kind;

-- job_list_failed(before job, limit int) -> many job_failed_row
SELECT id, kind, attempts, last_error, due_at, made_at FROM job
 WHERE state = 'failed' AND id < :before ORDER BY id DESC LIMIT :limit;

-- job_try_again(id job, now time) -> done
UPDATE job SET state = 'waiting', attempts = 0, due_at = :now, claimed_at = 0 WHERE id = :id AND state = 'failed';

-- audit_insert(id audit, now time, account account, body int, action text, object_kind text, object int, detail text) -> done
INSERT INTO audit (id, happened_at, account_id, body_id, action, object_kind, object_id, detail)
VALUES (:id, :now, :account, :body, :action, :object_kind, :object, :detail);

