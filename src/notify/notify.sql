-- notify.sql: outgoing letters and what became of them.

-- mail_insert(id mail, account int, address text, lang text, subject text, body_text text, body_html text, about text, about_id int, unsubscribe text, typed_key text, once_ends time, now time) -> done
INSERT INTO mail (id, account_id, address, lang, subject, body_text, body_html, subject_kind, subject_id, unsubscribe, typed_key, once_ends_at, made_at)
VALUES (:id, :account, :address, :lang, :subject, :body_text, :body_html, :about, :about_id, :unsubscribe, :typed_key, :once_ends, :now);

-- mail_insert_once(id mail, account int, address text, lang text, subject text, body_text text, body_html text, about text, about_id int, unsubscribe text, typed_key text, once_ends time, dedup text, now time) -> done
INSERT INTO mail (id, account_id, address, lang, subject, body_text, body_html, subject_kind, subject_id, unsubscribe, typed_key, once_ends_at, dedup, made_at)
VALUES (:id, :account, :address, :lang, :subject, :body_text, :body_html, :about, :about_id, :unsubscribe, :typed_key, :once_ends, :dedup, :now)
ON CONFLICT (dedup) DO NOTHING;

-- mail_by_id(id mail) -> one mail_row
SELECT id, address, lang, subject, body_text, body_html, unsubscribe, state, attempts, smtp_reply, once_ends_at, made_at, sent_at FROM mail WHERE id = :id;

-- mail_sent(id mail, reply text, now time) -> done
UPDATE mail SET state = 'sent', smtp_reply = :reply, sent_at = :now, attempts = attempts + 1 WHERE id = :id AND state = 'queued';

-- mail_refused(id mail, reply text) -> done
UPDATE mail SET state = 'refused', smtp_reply = :reply, attempts = attempts + 1 WHERE id = :id AND state = 'queued';

-- mail_list(before mail, limit int) -> many mail_line
SELECT id, address, lang, subject, state, smtp_reply, attempts, made_at, sent_at FROM mail WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- mail_hold(id mail) -> done
UPDATE mail SET state = 'held' WHERE id = :id AND state = 'queued';

-- mail_held_readers(before time, limit int) -> many mail_held_reader
SELECT DISTINCT account_id FROM mail WHERE state = 'held' AND made_at < :before ORDER BY account_id LIMIT :limit;

-- to: only those to this address; empty: all.
-- mail_held_list(account int, to text, limit int) -> many mail_held_row
SELECT id, address, subject, body_text FROM mail WHERE state = 'held' AND account_id = :account AND (:to = '' OR address = :to) ORDER BY id LIMIT :limit;

-- mail_held_end(account int, to text, upto mail, state text) -> done
UPDATE mail SET state = :state WHERE state = 'held' AND account_id = :account AND (:to = '' OR address = :to) AND id <= :upto;

-- mail_refused_list(before mail, limit int) -> many mail_refused_row
SELECT id, address, subject_kind, smtp_reply, made_at FROM mail WHERE state = 'refused' AND id < :before ORDER BY id DESC LIMIT :limit;

-- Letters that have not left yet and need not any more.
-- mail_drop(about text, about_id int) -> done
UPDATE mail SET state = 'dropped' WHERE subject_kind = :about AND subject_id = :about_id AND state IN ('queued', 'held');

-- How many went to the same typed address in the hour before this one: counted up to :most, more is not asked.
-- mail_typed_before(id mail, most int) -> value int
SELECT COUNT(*)
  FROM (SELECT o.id FROM mail m JOIN mail o ON o.typed_key = m.typed_key
         WHERE m.id = :id AND m.typed_key <> '' AND o.typed_key <> '' AND o.made_at > m.made_at - 3600000000 AND o.id < m.id AND o.state <> 'dropped'
         LIMIT :most) x;

-- mail_withheld(id mail) -> done
UPDATE mail SET state = 'dropped' WHERE id = :id AND state = 'queued';

-- A code stands in the subject too.
-- mail_forget_once(id mail) -> done
UPDATE mail SET subject = '', body_text = '', body_html = '' WHERE id = :id AND once_ends_at <> 0 AND state <> 'queued';

-- mail_forget_ended(ended time, limit int) -> done
UPDATE mail SET subject = '', body_text = '', body_html = '', state = CASE WHEN state = 'queued' THEN 'dropped' ELSE state END
 WHERE id IN (SELECT id FROM mail WHERE once_ends_at <> 0 AND body_text <> '' AND once_ends_at < :ended ORDER BY once_ends_at LIMIT :limit);

-- What has not left by then never will.
-- mail_empty_old(before time, limit int) -> done
UPDATE mail SET body_text = '', body_html = '', unsubscribe = '', state = CASE WHEN state IN ('queued', 'held') THEN 'dropped' ELSE state END
 WHERE id IN (SELECT id FROM mail WHERE body_text <> '' AND made_at < :before ORDER BY made_at LIMIT :limit);
