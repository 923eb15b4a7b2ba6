-- duty.sql: what is owed.

-- duty_insert(id duty, kind text, clause text, subject_kind text, subject int, part int, body int, account int, now time, due time, next time) -> done
INSERT INTO duty (id, kind, clause, subject_kind, subject_id, part_id, body_id, account_id, opened_at, due_at, next_at)
VALUES (:id, :kind, :clause, :subject_kind, :subject, :part, :body, :account, :now, :due, :next);

-- duty_open_of(subject int) -> many duty_row
SELECT id, kind, clause, subject_kind, subject_id, part_id, body_id, account_id, opened_at, due_at, closed_at, outcome, late, paused_at, paused_us, reminded
  FROM duty WHERE subject_id = :subject AND closed_at = 0 ORDER BY due_at, id LIMIT 200;

-- duty_of_subject(subject int) -> many duty_row
SELECT id, kind, clause, subject_kind, subject_id, part_id, body_id, account_id, opened_at, due_at, closed_at, outcome, late, paused_at, paused_us, reminded
  FROM duty WHERE subject_id = :subject ORDER BY id LIMIT 200;

-- duty_by_id(id duty) -> one duty_row
SELECT id, kind, clause, subject_kind, subject_id, part_id, body_id, account_id, opened_at, due_at, closed_at, outcome, late, paused_at, paused_us, reminded
  FROM duty WHERE id = :id;

-- duty_shut(id duty, now time, outcome text, late bool) -> done
UPDATE duty SET closed_at = :now, outcome = :outcome, late = :late, next_at = 0 WHERE id = :id AND closed_at = 0;

-- duty_set_due(id duty, due time, next time) -> done
UPDATE duty SET due_at = :due, next_at = :next, reminded = 0 WHERE id = :id AND closed_at = 0;

-- duty_set_account(id duty, account int) -> done
UPDATE duty SET account_id = :account WHERE id = :id AND closed_at = 0;

-- duty_set_paused(id duty, now time) -> done
UPDATE duty SET paused_at = :now, next_at = 0 WHERE id = :id AND closed_at = 0 AND paused_at = 0;

-- duty_set_resumed(id duty, stood int, due time, next time) -> done
UPDATE duty SET paused_at = 0, paused_us = paused_us + :stood, due_at = :due, next_at = :next
 WHERE id = :id AND closed_at = 0 AND paused_at <> 0;

-- duty_set_reminded(id duty, reminded int, next time) -> done
UPDATE duty SET reminded = :reminded, next_at = :next WHERE id = :id AND closed_at = 0;

-- duty_to_remind(now time, limit int) -> many duty_row
SELECT id, kind, clause, subject_kind, subject_id, part_id, body_id, account_id, opened_at, due_at, closed_at, outcome, late, paused_at, paused_us, reminded
  FROM duty WHERE closed_at = 0 AND next_at <> 0 AND next_at <= :now ORDER BY next_at LIMIT :limit;

-- What the body owes first; go on behind (due, after).
-- duty_owed(body int, due time, after duty, limit int) -> many duty_row
SELECT id, kind, clause, subject_kind, subject_id, part_id, body_id, account_id, opened_at, due_at, closed_at, outcome, late, paused_at, paused_us, reminded
  FROM duty
 WHERE body_id = :body AND closed_at = 0 AND (due_at, id) > (:due, :after)
 ORDER BY due_at, id LIMIT :limit;

-- duty_mine(account int, due time, after duty, limit int) -> many duty_row
SELECT id, kind, clause, subject_kind, subject_id, part_id, body_id, account_id, opened_at, due_at, closed_at, outcome, late, paused_at, paused_us, reminded
  FROM duty
 WHERE account_id = :account AND account_id <> 0 AND closed_at = 0 AND (due_at, id) > (:due, :after)
 ORDER BY due_at, id LIMIT :limit;

