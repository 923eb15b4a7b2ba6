-- press.sql: accreditations, briefings, questions of journalists, releases.

-- accreditation_insert(id accreditation, body int, account int, name text, medium text, post text, link text, now time) -> done
INSERT INTO accreditation (id, body_id, account_id, name, medium, post, link, state, asked_at) VALUES (:id, :body, :account, :name, :medium, :post, :link, 'asked', :now);

-- accreditation_by_id(id accreditation) -> one accreditation_row
SELECT id, body_id, account_id, name, medium, post, link, state, reason, asked_at, decided_at FROM accreditation WHERE id = :id;

-- accreditation_held(account int) -> many accreditation_row
SELECT id, body_id, account_id, name, medium, post, link, state, reason, asked_at, decided_at FROM accreditation WHERE account_id = :account ORDER BY id DESC LIMIT 100;

-- accreditation_list(body int, before accreditation, limit int) -> many accreditation_row
SELECT id, body_id, account_id, name, medium, post, link, state, reason, asked_at, decided_at FROM accreditation WHERE body_id = :body AND id < :before ORDER BY id DESC LIMIT :limit;

-- accreditation_set(id accreditation, from_state text, state text, reason text, who int, now time) -> done
UPDATE accreditation SET state = :state, reason = :reason, decided_by = :who, decided_at = :now WHERE id = :id AND state = :from_state;

-- accreditation_media(body int, limit int) -> many accreditation_medium_row(medium text, n int)
SELECT medium, COUNT(*) AS n FROM accreditation WHERE body_id = :body AND state = 'granted' GROUP BY medium ORDER BY medium LIMIT :limit;

-- briefing_insert(id briefing, body int, region int, kind text, about int, state text, lang text, title text, now time) -> done
INSERT INTO briefing (id, body_id, region_id, about_kind, about_id, state, lang, title, made_at, updated_at)
VALUES (:id, :body, :region, :kind, :about, :state, :lang, :title, :now, :now) ON CONFLICT (about_kind, about_id) WHERE about_id <> 0 DO NOTHING;

-- briefing_by_id(id briefing) -> one briefing_row
SELECT id, body_id, region_id, about_kind, about_id, state, lang, title, text, starts_at, place, link, accredited, record, record_link, reason, made_at, held_at, updated_at
  FROM briefing WHERE id = :id;

-- briefing_of(kind text, about int) -> one briefing_row
SELECT id, body_id, region_id, about_kind, about_id, state, lang, title, text, starts_at, place, link, accredited, record, record_link, reason, made_at, held_at, updated_at
  FROM briefing WHERE about_kind = :kind AND about_id = :about AND about_id <> 0;

-- briefing_set_plan(id briefing, lang text, title text, text text, starts time, place text, link text, accredited bool, now time) -> done
UPDATE briefing SET state = 'planned', lang = :lang, title = :title, text = :text, starts_at = :starts, place = :place, link = :link, accredited = :accredited,
       reason = '', updated_at = :now
 WHERE id = :id AND state IN ('owed', 'planned', 'cancelled');

-- briefing_set_held(id briefing, record text, link text, now time) -> done
UPDATE briefing SET state = 'held', record = :record, record_link = :link, held_at = CASE WHEN held_at = 0 THEN :now ELSE held_at END, updated_at = :now
 WHERE id = :id AND state IN ('owed', 'planned', 'held');

-- briefing_set_cancelled(id briefing, reason text, now time) -> done
UPDATE briefing SET state = 'cancelled', reason = :reason, updated_at = :now WHERE id = :id AND state = 'planned';

-- Ahead, soonest first. closed: those for accredited journalists too.
-- briefing_ahead(closed bool, after time, after_id briefing, limit int) -> many briefing_row
SELECT id, body_id, region_id, about_kind, about_id, state, lang, title, text, starts_at, place, link, accredited, record, record_link, reason, made_at, held_at, updated_at
  FROM briefing WHERE state = 'planned' AND (starts_at, id) > (:after, :after_id) AND (accredited = '0' OR :closed) ORDER BY starts_at, id LIMIT :limit;

-- briefing_held(before time, before_id briefing, limit int) -> many briefing_row
SELECT id, body_id, region_id, about_kind, about_id, state, lang, title, text, starts_at, place, link, accredited, record, record_link, reason, made_at, held_at, updated_at
  FROM briefing WHERE state = 'held' AND (held_at < :before OR (held_at = :before AND id < :before_id)) ORDER BY held_at DESC, id DESC LIMIT :limit;

-- briefing_of_body(body int, before briefing, limit int) -> many briefing_row
SELECT id, body_id, region_id, about_kind, about_id, state, lang, title, text, starts_at, place, link, accredited, record, record_link, reason, made_at, held_at, updated_at
  FROM briefing WHERE body_id = :body AND id < :before ORDER BY id DESC LIMIT :limit;

-- press_question_insert(id press_question, appeal appeal, account int, body int, region int, medium text, now time) -> done
INSERT INTO press_question (id, appeal_id, account_id, body_id, region_id, medium, state, made_at, updated_at)
VALUES (:id, :appeal, :account, :body, :region, :medium, 'asked', :now, :now);

-- press_question_by_id(id press_question) -> one press_question_row
SELECT id, appeal_id, account_id, body_id, region_id, medium, state, title, question, answer, reason, release_at, reminded, published_at, made_at, updated_at
  FROM press_question WHERE id = :id;

-- Asked ones whose appeal has been answered meanwhile.
-- press_question_answered(after press_question, limit int) -> many press_answered_row(body_id int)
SELECT q.id, q.appeal_id, a.body_id FROM press_question q JOIN appeal a ON a.id = q.appeal_id
 WHERE q.state = 'asked' AND q.id > :after AND a.answered_at <> 0 ORDER BY q.id LIMIT :limit;

-- press_question_set_answered(id press_question, body int, region int, now time) -> done
UPDATE press_question SET state = 'answered', body_id = :body, region_id = :region, updated_at = :now WHERE id = :id AND state = 'asked';

-- press_question_set_words(id press_question, state text, title text, question text, answer text, release time, published time, now time) -> done
UPDATE press_question SET state = :state, title = :title, question = :question, answer = :answer, release_at = :release, reminded = '0', published_at = :published,
       reason = '', updated_at = :now
 WHERE id = :id AND state IN ('answered', 'embargoed', 'withheld');

-- press_question_set_withheld(id press_question, reason text, now time) -> done
UPDATE press_question SET state = 'withheld', reason = :reason, release_at = 0, updated_at = :now WHERE id = :id AND state IN ('answered', 'embargoed');

-- press_question_set_public(id press_question, now time) -> done
UPDATE press_question SET state = 'public', published_at = :now, updated_at = :now WHERE id = :id AND state = 'embargoed';

-- press_question_set_reminded(id press_question) -> done
UPDATE press_question SET reminded = '1' WHERE id = :id;

-- press_question_due(until time, limit int) -> many press_question_row
SELECT id, appeal_id, account_id, body_id, region_id, medium, state, title, question, answer, reason, release_at, reminded, published_at, made_at, updated_at
  FROM press_question WHERE state = 'embargoed' AND release_at <= :until ORDER BY release_at, id LIMIT :limit;

-- press_question_mine(account int, before press_question, limit int) -> many press_mine_row(number text, title text, answered time, due time)
SELECT q.id, q.state, q.body_id, q.release_at, q.reason, q.made_at, a.number, a.title, a.answered_at AS answered, a.due_at AS due
  FROM press_question q JOIN appeal a ON a.id = q.appeal_id WHERE q.account_id = :account AND q.id < :before ORDER BY q.id DESC LIMIT :limit;

-- press_question_desk(body int, state text, before press_question, limit int) -> many press_mine_row(number text, title text, answered time, due time)
SELECT q.id, q.state, q.body_id, q.release_at, q.reason, q.made_at, a.number, a.title, a.answered_at AS answered, a.due_at AS due
  FROM press_question q JOIN appeal a ON a.id = q.appeal_id WHERE q.body_id = :body AND q.state = :state AND q.id < :before ORDER BY q.id DESC LIMIT :limit;

-- What the public reads: only what has been released.
-- press_question_public(before time, before_id press_question, limit int) -> many press_public_row(number text)
SELECT q.id, q.body_id, q.medium, q.title, q.question, q.answer, q.published_at, q.made_at, a.number
  FROM press_question q JOIN appeal a ON a.id = q.appeal_id
 WHERE q.state = 'public' AND (q.published_at < :before OR (q.published_at = :before AND q.id < :before_id)) ORDER BY q.published_at DESC, q.id DESC LIMIT :limit;

-- press_question_public_of(body int, limit int) -> many press_public_row(number text)
SELECT q.id, q.body_id, q.medium, q.title, q.question, q.answer, q.published_at, q.made_at, a.number
  FROM press_question q JOIN appeal a ON a.id = q.appeal_id WHERE q.body_id = :body AND q.state = 'public' ORDER BY q.id DESC LIMIT :limit;

-- press_release_insert(id press_release, body int, region int, state text, lang text, title text, text text, link text, release time, who int, now time) -> done
INSERT INTO press_release (id, body_id, region_id, state, lang, title, text, link, release_at, made_by, made_at)
VALUES (:id, :body, :region, :state, :lang, :title, :text, :link, :release, :who, :now);

-- press_release_by_id(id press_release) -> one press_release_row
SELECT id, body_id, state, lang, title, text, link, release_at, made_at FROM press_release WHERE id = :id;

-- press_release_ids(before press_release, limit int) -> many press_release_line
SELECT id FROM press_release WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- press_release_due(now time, limit int) -> many press_release_row
SELECT id, body_id, state, lang, title, text, link, release_at, made_at FROM press_release WHERE state = 'scheduled' AND release_at <= :now ORDER BY release_at, id LIMIT :limit;

-- press_release_set_public(id press_release) -> done
UPDATE press_release SET state = 'public' WHERE id = :id AND state = 'scheduled';

-- press_release_public(before time, before_id press_release, limit int) -> many press_release_row
SELECT id, body_id, state, lang, title, text, link, release_at, made_at FROM press_release
 WHERE state = 'public' AND (release_at < :before OR (release_at = :before AND id < :before_id)) ORDER BY release_at DESC, id DESC LIMIT :limit;

-- Under embargo, for accredited journalists.
-- press_release_scheduled(after time, after_id press_release, limit int) -> many press_release_row
SELECT id, body_id, state, lang, title, text, link, release_at, made_at FROM press_release
 WHERE state = 'scheduled' AND (release_at, id) > (:after, :after_id) ORDER BY release_at, id LIMIT :limit;

-- press_release_of_body(body int, before press_release, limit int) -> many press_release_row
SELECT id, body_id, state, lang, title, text, link, release_at, made_at FROM press_release WHERE body_id = :body AND id < :before ORDER BY id DESC LIMIT :limit;
