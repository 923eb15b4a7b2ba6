-- answer.sql: answers, approvals, hearings.

-- answer_insert(id answer, appeal appeal, assignment assignment, body int, version int, lang text, writer int, now time, text text, decision text, ground text) -> done
INSERT INTO answer (id, appeal_id, assignment_id, body_id, version, state, lang, writer_id, made_at, saved_at, text, decision, ground)
VALUES (:id, :appeal, :assignment, :body, :version, 'draft', :lang, :writer, :now, :now, :text, :decision, :ground);

-- answer_by_id(id answer) -> one answer_row
SELECT id, appeal_id, assignment_id, body_id, version, state, decision, ground, lang, writer_id, approver_id, signer_id, made_at, saved_at, checked_at,
       approved_at, signed_at, delivered_at, rated_at, rating_text, public_text, text
  FROM answer WHERE id = :id;

-- answer_list(appeal appeal) -> many answer_row
SELECT id, appeal_id, assignment_id, body_id, version, state, decision, ground, lang, writer_id, approver_id, signer_id, made_at, saved_at, checked_at,
       approved_at, signed_at, delivered_at, rated_at, rating_text, public_text, text
  FROM answer WHERE appeal_id = :appeal ORDER BY id LIMIT 100;

-- answer_newest(assignment assignment) -> one answer_row
SELECT id, appeal_id, assignment_id, body_id, version, state, decision, ground, lang, writer_id, approver_id, signer_id, made_at, saved_at, checked_at,
       approved_at, signed_at, delivered_at, rated_at, rating_text, public_text, text
  FROM answer WHERE assignment_id = :assignment ORDER BY version DESC LIMIT 1;

-- answer_save(id answer, text text, decision text, ground text, lang text, writer int, now time) -> done
UPDATE answer SET text = :text, decision = :decision, ground = :ground, lang = :lang, writer_id = :writer, saved_at = :now WHERE id = :id AND state = 'draft';

-- answer_set_draft(id answer) -> done
UPDATE answer SET state = 'draft', checked_at = 0, approved_at = 0, approver_id = 0 WHERE id = :id AND state IN ('checked', 'approved');

-- answer_set_checked(id answer, now time) -> done
UPDATE answer SET state = 'checked', checked_at = :now WHERE id = :id AND state = 'draft';

-- answer_set_approved(id answer, approver int, now time) -> done
UPDATE answer SET state = 'approved', approver_id = :approver, approved_at = :now WHERE id = :id AND state = 'checked';

-- answer_set_delivered(id answer, signer int, now time) -> done
UPDATE answer SET state = 'delivered', signer_id = :signer, signed_at = :now, delivered_at = :now WHERE id = :id AND state = 'approved';

-- answer_set_rated(appeal appeal, state text, words text, now time) -> done
UPDATE answer SET state = :state, rating_text = :words, rated_at = :now
 WHERE appeal_id = :appeal AND state IN ('delivered', 'clear', 'not_clear', 'not_solved')
   AND version = (SELECT MAX(o.version) FROM answer o WHERE o.assignment_id = answer.assignment_id AND o.delivered_at <> 0);

-- answer_set_public(id answer, text text) -> done
UPDATE answer SET public_text = :text WHERE id = :id;

-- What waits for an approver or a signer, oldest first.
-- answer_waiting(body int, state text, after time, limit int) -> many answer_wait_line(title text)
SELECT w.id, w.appeal_id, w.decision, w.writer_id, w.saved_at, a.number, a.topic, a.due_at, a.title
  FROM answer w JOIN appeal a ON a.id = w.appeal_id
 WHERE w.body_id = :body AND w.state = :state AND w.state IN ('checked', 'approved') AND w.saved_at > :after
 ORDER BY w.saved_at LIMIT :limit;

-- answer_part_insert(id answer_part, answer answer, number int, text text) -> done
INSERT INTO answer_part (id, answer_id, number, text) VALUES (:id, :answer, :number, :text);

-- answer_part_list(answer answer) -> many answer_part_row
SELECT id, number, text FROM answer_part WHERE answer_id = :answer ORDER BY number LIMIT 30;

-- answer_part_delete(answer answer) -> done
DELETE FROM answer_part WHERE answer_id = :answer;

-- answer_step_insert(id answer_step, answer answer, number int, text text, due day, who text) -> done
INSERT INTO answer_step (id, answer_id, number, text, due_on, who) VALUES (:id, :answer, :number, :text, :due, :who);

-- answer_step_list(answer answer) -> many answer_step_row
SELECT id, answer_id, number, text, due_on, who, done_at, first_on, moved_n, done_on, said, replaced_at
  FROM answer_step WHERE answer_id = :answer ORDER BY number LIMIT 10;

-- answer_step_by_id(id answer_step) -> one answer_step_row
SELECT id, answer_id, number, text, due_on, who, done_at, first_on, moved_n, done_on, said, replaced_at FROM answer_step WHERE id = :id;

-- answer_step_set_done(id answer_step, day day, said text, now time) -> done
UPDATE answer_step SET done_at = :now, done_on = :day, said = :said WHERE id = :id AND done_at = 0 AND replaced_at = 0;

-- answer_step_set_moved(id answer_step, due day, said text, moved int) -> done
UPDATE answer_step SET first_on = CASE WHEN first_on = 0 THEN due_on ELSE first_on END, due_on = :due, said = :said, moved_n = moved_n + 1
 WHERE id = :id AND done_at = 0 AND replaced_at = 0 AND moved_n = :moved;

-- answer_step_set_replaced(id answer_step, now time) -> done
UPDATE answer_step SET replaced_at = :now WHERE id = :id AND done_at = 0 AND replaced_at = 0;

-- answer_step_delete(answer answer) -> done
DELETE FROM answer_step WHERE answer_id = :answer;

-- answer_option_insert(id answer_option, answer answer, number int, code text, text text) -> done
INSERT INTO answer_option (id, answer_id, number, code, text) VALUES (:id, :answer, :number, :code, :text);

-- answer_option_list(answer answer) -> many answer_option_row
SELECT id, number, code, text FROM answer_option WHERE answer_id = :answer ORDER BY number LIMIT 10;

-- answer_option_delete(answer answer) -> done
DELETE FROM answer_option WHERE answer_id = :answer;

-- approval_insert(id approval, answer answer, account int, verdict text, comment text, now time) -> done
INSERT INTO approval (id, answer_id, account_id, verdict, comment, decided_at) VALUES (:id, :answer, :account, :verdict, :comment, :now);

-- hearing_insert(id hearing, appeal appeal, assignment assignment, body int, preliminary text, place text, starts time, now time, until time) -> done
INSERT INTO hearing (id, appeal_id, assignment_id, body_id, state, preliminary, where_text, starts_at, told_at, object_until_at)
VALUES (:id, :appeal, :assignment, :body, 'planned', :preliminary, :place, :starts, :now, :until);

-- hearing_list(appeal appeal) -> many hearing_row
SELECT id, assignment_id, body_id, state, preliminary, where_text, starts_at, told_at, object_until_at, objection, objected_at, protocol, held_at
  FROM hearing WHERE appeal_id = :appeal ORDER BY id LIMIT 20;

-- hearing_set_objected(id hearing, objection text, now time) -> done
UPDATE hearing SET state = 'objected', objection = :objection, objected_at = :now WHERE id = :id AND held_at = 0;

-- hearing_set_held(id hearing, protocol text, now time) -> done
UPDATE hearing SET state = 'held', protocol = :protocol, held_at = :now WHERE id = :id AND held_at = 0;
