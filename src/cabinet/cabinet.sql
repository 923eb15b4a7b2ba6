-- cabinet.sql: what a person takes along, and what goes when the person goes.

-- cabinet_petitions(account int, before petition, limit int) -> many cabinet_petition
SELECT id, state, title, signatures, made_at FROM petition WHERE account_id = :account AND id < :before ORDER BY id DESC LIMIT :limit;

-- Appeals stay with the body by their number; nothing leads from the account to them any more.
-- cabinet_leave_appeals(account int) -> done
UPDATE appeal SET account_id = 0 WHERE account_id = :account AND account_id <> 0;

-- cabinet_leave_petitions(account int) -> done
UPDATE petition SET account_id = 0 WHERE account_id = :account AND account_id <> 0;

-- cabinet_end_sessions(account account) -> done
DELETE FROM session WHERE account_id = :account;

-- cabinet_end_mail_changes(account account) -> done
DELETE FROM mail_change WHERE account_id = :account;

-- cabinet_forget(id account) -> done
UPDATE account SET state = 'gone', name = '', email = '', email_key = NULL, phone = '', identity_key = NULL, identity_sealed = NULL, mail_off = '1'
 WHERE id = :id AND kind = 'citizen' AND state = 'active';
