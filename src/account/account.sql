-- account.sql: accounts, codes by mail, recovery codes, roles.

-- account_find_mail(kind text, email_key text) -> one account_row
SELECT id, kind, state, name, email, lang, password_hash, totp_sealed, totp_last, fails, fails_at, mail_off, mail_daily, mail_refused_at, created_at
  FROM account WHERE kind = :kind AND email_key = :email_key;

-- account_find_identity(identity_key text) -> one account_row
SELECT id, kind, state, name, email, lang, password_hash, totp_sealed, totp_last, fails, fails_at, mail_off, mail_daily, mail_refused_at, created_at
  FROM account WHERE identity_key = :identity_key;

-- account_by_id(id account) -> one account_row
SELECT id, kind, state, name, email, lang, password_hash, totp_sealed, totp_last, fails, fails_at, mail_off, mail_daily, mail_refused_at, created_at
  FROM account WHERE id = :id;

-- account_insert_citizen(id account, name text, email text, email_key text, lang text, now time) -> done
INSERT INTO account (id, kind, name, email, email_key, lang, created_at, seen_at)
VALUES (:id, 'citizen', :name, :email, :email_key, :lang, :now, :now);

-- account_insert_identity(id account, name text, identity_key text, identity_sealed blob, lang text, now time) -> done
INSERT INTO account (id, kind, name, identity_key, identity_sealed, lang, created_at, seen_at)
VALUES (:id, 'citizen', :name, :identity_key, :identity_sealed, :lang, :now, :now);

-- account_insert_staff(id account, name text, email text, email_key text, password_hash text, totp_sealed blob, now time) -> done
INSERT INTO account (id, kind, name, email, email_key, password_hash, totp_sealed, created_at)
VALUES (:id, 'staff', :name, :email, :email_key, :password_hash, :totp_sealed, :now);

-- account_failed(id account, now time) -> done
UPDATE account SET fails = fails + 1, fails_at = :now WHERE id = :id;

-- account_signed_in(id account, totp_last int, now time) -> done
UPDATE account SET fails = 0, totp_last = :totp_last, seen_at = :now WHERE id = :id AND totp_last < :totp_last;

-- account_seen(id account, now time) -> done
UPDATE account SET fails = 0, seen_at = :now WHERE id = :id;

-- account_set(id account, name text, lang text, mail_off bool, mail_daily bool) -> done
UPDATE account SET name = :name, lang = :lang, mail_off = :mail_off, mail_daily = :mail_daily WHERE id = :id;

-- account_set_secrets(id account, password_hash text, totp_sealed blob) -> done
UPDATE account SET password_hash = :password_hash, totp_sealed = :totp_sealed, totp_last = 0, fails = 0 WHERE id = :id;

-- account_set_state(id account, state text) -> done
UPDATE account SET state = :state WHERE id = :id;

-- login_code_insert(id login_code, email_key text, browser text, code_hash text, now time, expires time) -> done
INSERT INTO login_code (id, email_key, browser, code_hash, made_at, expires_at) VALUES (:id, :email_key, :browser, :code_hash, :now, :expires);

-- A code works in the browser that asked for it: nobody else uses up its tries or puts another in its place.
-- login_code_latest(email_key text, browser text, now time) -> one login_code_row
SELECT id, code_hash, tries FROM login_code
 WHERE email_key = :email_key AND browser = :browser AND expires_at > :now AND used_at = 0
 ORDER BY made_at DESC LIMIT 1;

-- login_code_count(email_key text, since time) -> value int
SELECT COUNT(*) FROM login_code WHERE email_key = :email_key AND made_at > :since;

-- login_code_tried(id login_code) -> done
UPDATE login_code SET tries = tries + 1 WHERE id = :id;

-- login_code_used(id login_code, now time) -> done
UPDATE login_code SET used_at = :now WHERE id = :id AND used_at = 0;

-- login_code_delete_old(before time) -> done
DELETE FROM login_code WHERE expires_at < :before;

-- mail_change_insert(id mail_change, account account, email text, email_key text, old_hash text, new_hash text, now time, expires time) -> done
INSERT INTO mail_change (id, account_id, email, email_key, old_hash, new_hash, made_at, expires_at)
VALUES (:id, :account, :email, :email_key, :old_hash, :new_hash, :now, :expires);

-- mail_change_latest(account account, now time) -> one mail_change_row
SELECT id, email, email_key, old_hash, new_hash, tries FROM mail_change
 WHERE account_id = :account AND expires_at > :now AND used_at = 0
 ORDER BY made_at DESC LIMIT 1;

-- mail_change_count(account account, since time) -> value int
SELECT COUNT(*) FROM mail_change WHERE account_id = :account AND made_at > :since;

-- mail_change_tried(id mail_change) -> done
UPDATE mail_change SET tries = tries + 1 WHERE id = :id;

-- mail_change_used(id mail_change, now time) -> done
UPDATE mail_change SET used_at = :now WHERE id = :id AND used_at = 0;

-- mail_change_delete_old(before time) -> done
DELETE FROM mail_change WHERE expires_at < :before;

-- account_set_mail(id account, email text, email_key text) -> done
UPDATE account SET email = :email, email_key = :email_key, mail_refused_at = 0 WHERE id = :id AND kind = 'citizen' AND state = 'active';

-- What became of the last letter to an address.
-- account_mail_refused(email_key text, now time) -> done
UPDATE account SET mail_refused_at = :now WHERE kind IN ('citizen', 'staff') AND email_key = :email_key;

-- account_mail_arrived(email_key text) -> done
UPDATE account SET mail_refused_at = 0 WHERE kind IN ('citizen', 'staff') AND email_key = :email_key AND mail_refused_at <> 0;

-- recovery_code_insert(id recovery_code, account account, code_hash text) -> done
INSERT INTO recovery_code (id, account_id, code_hash) VALUES (:id, :account, :code_hash);

-- recovery_code_use(account account, code_hash text, now time) -> done
UPDATE recovery_code SET used_at = :now WHERE account_id = :account AND code_hash = :code_hash AND used_at = 0;

-- recovery_code_delete(account account) -> done
DELETE FROM recovery_code WHERE account_id = :account;

-- staff_role_insert(id staff_role, account account, body int, role text, now time) -> done
INSERT INTO staff_role (id, account_id, body_id, role, given_at) VALUES (:id, :account, :body, :role, :now)
ON CONFLICT (account_id, body_id, role) DO NOTHING;

-- staff_role_delete(account account, body int) -> done
DELETE FROM staff_role WHERE account_id = :account AND body_id = :body;

-- staff_role_list(account account) -> many staff_role_row
SELECT body_id, role FROM staff_role WHERE account_id = :account ORDER BY body_id, role LIMIT 400;

-- staff_bodies(account account) -> many staff_body_row
SELECT DISTINCT body_id FROM staff_role WHERE account_id = :account ORDER BY body_id LIMIT 100;

-- staff_list(body int, after account, limit int) -> many staff_line
SELECT a.id, a.name, a.email, a.state, a.seen_at
  FROM account a
 WHERE a.id > :after AND EXISTS (SELECT 1 FROM staff_role r WHERE r.account_id = a.id AND r.body_id = :body)
 ORDER BY a.id LIMIT :limit;

-- staff_of_role(body int, role text, limit int) -> many staff_name
SELECT a.id, a.name, a.email, a.lang
  FROM staff_role r JOIN account a ON a.id = r.account_id
 WHERE r.body_id = :body AND r.role = :role AND a.state = 'active'
 ORDER BY a.name, a.id LIMIT :limit;

-- staff_works_in(account account, body int) -> value int
SELECT COUNT(*) FROM staff_role r JOIN account a ON a.id = r.account_id WHERE r.account_id = :account AND r.body_id = :body AND a.state = 'active';

-- session_end_all(account account) -> done
DELETE FROM session WHERE account_id = :account;

-- client_insert(id api_client, name text, key_hash text, account account, may_write bool, now time) -> done
INSERT INTO api_client (id, name, key_hash, account_id, may_write, made_at) VALUES (:id, :name, :key_hash, :account, :may_write, :now);

-- client_list() -> many client_line
SELECT id, name, may_write, made_at, revoked_at FROM api_client ORDER BY id DESC LIMIT 200;

-- client_revoke(id api_client, now time) -> done
UPDATE api_client SET revoked_at = :now WHERE id = :id AND revoked_at = 0;
