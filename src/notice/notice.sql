-- notice.sql: explanations in advance.

-- notice_insert(id notice, body int, lang text, topic text, title text, effective day, writer int, now time) -> done
INSERT INTO notice (id, body_id, lang, topic, state, draft_version, draft_state, title, effective_on, writer_id, updated_at)
VALUES (:id, :body, :lang, :topic, 'draft', 1, 'draft', :title, :effective, :writer, :now);

-- notice_by_id(id notice) -> one notice_row
SELECT id, body_id, lang, topic, state, public_version, draft_version, draft_state, title, effective_on, publish_at, published_at, writer_id, approver_id,
       outcome, outcome_at, updated_at
  FROM notice WHERE id = :id;

-- The public list, newest first.
-- notice_list(before time, before_id notice, limit int) -> many notice_line
SELECT id, body_id, lang, state, draft_state, title, effective_on, published_at, outcome, updated_at FROM notice
 WHERE state = 'published' AND (published_at < :before OR (published_at = :before AND id < :before_id))
 ORDER BY published_at DESC, id DESC LIMIT :limit;

-- notice_list_of_body(body int, limit int) -> many notice_line
SELECT id, body_id, lang, state, draft_state, title, effective_on, published_at, outcome, updated_at FROM notice
 WHERE body_id = :body AND state = 'published' ORDER BY published_at DESC, id DESC LIMIT :limit;

-- notice_of_id(before notice, limit int) -> many notice_line
SELECT id, body_id, lang, state, draft_state, title, effective_on, published_at, outcome, updated_at FROM notice
 WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- notice_desk(body int, after notice, limit int) -> many notice_line
SELECT id, body_id, lang, state, draft_state, title, effective_on, published_at, outcome, updated_at FROM notice
 WHERE body_id = :body AND id < :after ORDER BY id DESC LIMIT :limit;

-- notice_set_draft(id notice, version int, state text, writer int, now time) -> done
UPDATE notice SET draft_version = :version, draft_state = :state, writer_id = :writer, updated_at = :now WHERE id = :id;

-- notice_set_state(id notice, from_state text, state text, now time) -> done
UPDATE notice SET draft_state = :state, updated_at = :now WHERE id = :id AND draft_state = :from_state;

-- notice_set_title(id notice, title text, topic text, effective day, now time) -> done
UPDATE notice SET title = :title, topic = :topic, effective_on = :effective, updated_at = :now WHERE id = :id;

-- notice_set_public(id notice, state text, title text, effective day, approver int, publish time, published time, now time) -> done
UPDATE notice SET state = :state, public_version = draft_version, draft_version = 0, draft_state = '', title = :title, effective_on = :effective,
       approver_id = :approver, publish_at = :publish, published_at = :published, updated_at = :now
 WHERE id = :id AND draft_state = 'waiting';

-- notice_due(now time, limit int) -> many notice_due_row
SELECT id, publish_at FROM notice WHERE state = 'scheduled' AND publish_at <= :now ORDER BY publish_at LIMIT :limit;

-- notice_publish(id notice, now time) -> done
UPDATE notice SET state = 'published', published_at = :now, updated_at = :now WHERE id = :id AND state = 'scheduled';

-- notice_set_outcome(id notice, outcome text, now time) -> done
UPDATE notice SET outcome = :outcome, outcome_at = :now, updated_at = :now WHERE id = :id AND state = 'published';

-- notice_text_insert(id notice_text, notice notice, version int, title text, what text, why text, weighed text, affected text, softened text, ask text, changed text, effective day, now time) -> done
INSERT INTO notice_text (id, notice_id, version, title, what, why, weighed, affected, softened, ask, changed, effective_on, made_at)
VALUES (:id, :notice, :version, :title, :what, :why, :weighed, :affected, :softened, :ask, :changed, :effective, :now);

-- notice_text_update(notice notice, version int, title text, what text, why text, weighed text, affected text, softened text, ask text, changed text, effective day, now time) -> done
UPDATE notice_text SET title = :title, what = :what, why = :why, weighed = :weighed, affected = :affected, softened = :softened, ask = :ask,
       changed = :changed, effective_on = :effective, made_at = :now
 WHERE notice_id = :notice AND version = :version;

-- notice_text_get(notice notice, version int) -> one notice_text_row
SELECT version, title, what, why, weighed, affected, softened, ask, changed, effective_on, made_at
  FROM notice_text WHERE notice_id = :notice AND version = :version;

-- notice_text_list(notice notice, upto int) -> many notice_text_row
SELECT version, title, what, why, weighed, affected, softened, ask, changed, effective_on, made_at
  FROM notice_text WHERE notice_id = :notice AND version <= :upto ORDER BY version DESC LIMIT 50;

-- notice_question_insert(notice notice, appeal appeal) -> done
INSERT INTO notice_question (notice_id, appeal_id) VALUES (:notice, :appeal) ON CONFLICT (notice_id, appeal_id) DO NOTHING;

-- What the public may see of the questions under a notice.
-- notice_question_list(notice notice, limit int) -> many notice_question_row(title text, answered time)
SELECT a.number, a.state, a.public_title AS title, a.answered_at AS answered
  FROM notice_question q JOIN appeal a ON a.id = q.appeal_id
 WHERE q.notice_id = :notice AND a.public_state = 'cleared' ORDER BY a.id DESC LIMIT :limit;
