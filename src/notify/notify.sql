-- notify.sql: outgoing letters and what became of them.

-- mail_insert(id mail, account int, address text, lang text, subject text, body_text text, body_html text, about text, about_id int, unsubscribe text, now time) -> done
INSERT INTO mail (id, account_id, address, lang, subject, body_text, body_html, subject_kind, subject_id, unsubscribe, made_at)
VALUES (:id, :account, :address, :lang, :subject, :body_text, :body_html, :about, :about_id, :unsubscribe, :now);

-- mail_insert_once(id mail, account int, address text, lang text, subject text, body_text text, body_html text, about text, about_id int, unsubscribe text, dedup text, now time) -> done
INSERT INTO mail (id, account_id, address, lang, subject, body_text, body_html, subject_kind, subject_id, unsubscribe, dedup, made_at)
VALUES (:id, :account, :address, :lang, :subject, :body_text, :body_html, :about, :about_id, :unsubscribe, :dedup, :now)
ON CONFLICT (dedup) DO NOTHING;

-- mail_by_id(id mail) -> one mail_row
SELECT id, address, lang, subject, body_text, body_html, unsubscribe, state, attempts, smtp_reply, made_at, sent_at FROM mail WHERE id = :id;

-- mail_sent(id mail, reply text, now time) -> done
UPDATE mail SET state = 'sent', smtp_reply = :reply, sent_at = :now, attempts = attempts + 1 WHERE id = :id AND state <> 'sent';

-- mail_refused(id mail, reply text) -> done
UPDATE mail SET state = 'refused', smtp_reply = :reply, attempts = attempts + 1 WHERE id = :id AND state <> 'sent';

-- mail_list(before mail, limit int) -> many mail_line
SELECT id, address, lang, subject, state, smtp_reply, attempts, made_at, sent_at FROM mail WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- Letters that have not left yet and need not any more.
-- mail_drop(about text, about_id int) -> done
UPDATE mail SET state = 'dropped' WHERE subject_kind = :about AND subject_id = :about_id AND state = 'queued';
