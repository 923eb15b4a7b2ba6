-- cabinet.sql: what a person takes along, and what goes when the person goes.

-- cabinet_petitions(account int, before petition, limit int) -> many cabinet_petition
SELECT id, state, title, signatures, made_at FROM petition WHERE account_id = :account AND id < :before ORDER BY id DESC LIMIT :limit;

-- Those that everybody may see; under the others a signature has ended with them.
-- cabinet_signed(identity_key text, before petition, limit int) -> many cabinet_signed_row(petition_id petition)
SELECT s.petition_id, s.signed_at, p.state, p.title FROM petition_signature s JOIN petition p ON p.id = s.petition_id
 WHERE s.identity_key = substr(:identity_key, 1, 32) AND s.petition_id < :before AND s.withdrawn_at = 0 AND p.listed = '1'
 ORDER BY s.petition_id DESC LIMIT :limit;

-- cabinet_seats(account int, before meeting_seat, limit int) -> many cabinet_seat(meeting_id meeting, state text, meeting_state text)
SELECT s.id, s.meeting_id, s.state, s.code, s.came_at, m.state AS meeting_state, m.place_id, m.starts_at
  FROM meeting_seat s JOIN meeting m ON m.id = s.meeting_id
 WHERE s.account_id = :account AND s.account_id <> 0 AND s.state <> 'left' AND s.id < :before ORDER BY s.id DESC LIMIT :limit;

-- cabinet_follows(email_key text, before meeting_follow, limit int) -> many cabinet_follow
SELECT id, place_id, made_at, confirmed_at FROM meeting_follow WHERE email_key = :email_key AND id < :before ORDER BY id DESC LIMIT :limit;

-- cabinet_follow_stop(id meeting_follow, email_key text) -> done
DELETE FROM meeting_follow WHERE id = :id AND email_key = :email_key;

-- cabinet_visits(account int, before reception_visit, limit int) -> many cabinet_visit
SELECT id, body_id, state, settled, opened_at, promise_on, kept_at
  FROM reception_visit WHERE account_id = :account AND account_id <> 0 AND id < :before ORDER BY id DESC LIMIT :limit;

-- Appeals stay with the body by their number; nothing leads from the account to them any more.
-- cabinet_leave_appeals(account int) -> done
UPDATE appeal SET account_id = 0 WHERE account_id = :account AND account_id <> 0;

-- cabinet_leave_petitions(account int) -> done
UPDATE petition SET account_id = 0 WHERE account_id = :account AND account_id <> 0;

-- cabinet_leave_seats(account int) -> done
UPDATE meeting_seat SET account_id = 0 WHERE account_id = :account AND account_id <> 0;

-- cabinet_leave_follows(email_key text) -> done
DELETE FROM meeting_follow WHERE email_key = :email_key;

-- cabinet_end_sessions(account account) -> done
DELETE FROM session WHERE account_id = :account;

-- cabinet_end_mail_changes(account account) -> done
DELETE FROM mail_change WHERE account_id = :account;

-- cabinet_forget(id account) -> done
UPDATE account SET state = 'gone', name = '', email = '', email_key = NULL, phone = '', identity_key = NULL, identity_sealed = NULL, mail_off = '1'
 WHERE id = :id AND kind = 'citizen' AND state = 'active';
