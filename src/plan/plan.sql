-- plan.sql: measures, voices, their trail, half-year reports.

-- measure_insert(id measure, body int, region int, topic text, lang text, title text, text text, state text, reason text, post text, account int, due day, amount int, source text, origin text, origin_id int, who int, now time, ended time) -> done
INSERT INTO measure (id, body_id, region_id, topic, lang, title, text, state, reason, post, account_id, due_on, first_due_on, amount, money_source, origin,
                     origin_id, made_by, made_at, updated_at, ended_at)
VALUES (:id, :body, :region, :topic, :lang, :title, :text, :state, :reason, :post, :account, :due, :due, :amount, :source, :origin, :origin_id, :who, :now, :now,
        :ended);

-- measure_by_id(id measure) -> one measure_row
SELECT id, body_id, region_id, topic, lang, title, text, state, reason, post, account_id, due_on, first_due_on, moves, amount, money_source, origin, origin_id,
       voices, made_at, updated_at, ended_at
  FROM measure WHERE id = :id;

-- measure_set_state(id measure, from_state text, state text, reason text, now time, ended time) -> done
UPDATE measure SET state = :state, reason = :reason, updated_at = :now, ended_at = :ended WHERE id = :id AND state = :from_state;

-- measure_set_due(id measure, before day, due day, now time) -> done
UPDATE measure SET due_on = :due, first_due_on = CASE WHEN first_due_on = 0 THEN :due ELSE first_due_on END,
       moves = moves + CASE WHEN due_on = 0 THEN 0 ELSE 1 END, updated_at = :now
 WHERE id = :id AND due_on = :before;

-- measure_touch(id measure, now time) -> done
UPDATE measure SET updated_at = :now WHERE id = :id;

-- measure_set_words(id measure, from_state text, title text, text text, topic text, post text, account int, amount int, source text, now time) -> done
UPDATE measure SET title = :title, text = :text, topic = :topic, post = :post, account_id = :account, amount = :amount, money_source = :source, updated_at = :now
 WHERE id = :id AND state = :from_state;

-- Lists, the newest first.
-- measure_list(before measure, limit int) -> many measure_row
SELECT id, body_id, region_id, topic, lang, title, text, state, reason, post, account_id, due_on, first_due_on, moves, amount, money_source, origin, origin_id,
       voices, made_at, updated_at, ended_at
  FROM measure WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- measure_list_state(state text, before measure, limit int) -> many measure_row
SELECT id, body_id, region_id, topic, lang, title, text, state, reason, post, account_id, due_on, first_due_on, moves, amount, money_source, origin, origin_id,
       voices, made_at, updated_at, ended_at
  FROM measure WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :limit;

-- measure_list_region(region int, state text, before measure, limit int) -> many measure_row
SELECT id, body_id, region_id, topic, lang, title, text, state, reason, post, account_id, due_on, first_due_on, moves, amount, money_source, origin, origin_id,
       voices, made_at, updated_at, ended_at
  FROM measure WHERE region_id = :region AND (:state = '' OR state = :state) AND id < :before ORDER BY id DESC LIMIT :limit;

-- The plan of a body by date; go on behind (due, after).
-- measure_plan(body int, state text, due day, after measure, limit int) -> many measure_row
SELECT id, body_id, region_id, topic, lang, title, text, state, reason, post, account_id, due_on, first_due_on, moves, amount, money_source, origin, origin_id,
       voices, made_at, updated_at, ended_at
  FROM measure WHERE body_id = :body AND (due_on, id) > (:due, :after) AND (:state = '' OR state = :state) ORDER BY due_on, id LIMIT :limit;

-- measure_of_origin(origin text, origin_id int, limit int) -> many measure_row
SELECT id, body_id, region_id, topic, lang, title, text, state, reason, post, account_id, due_on, first_due_on, moves, amount, money_source, origin, origin_id,
       voices, made_at, updated_at, ended_at
  FROM measure WHERE origin = :origin AND origin_id = :origin_id ORDER BY id LIMIT :limit;

-- Measures that a voice stands behind.
-- measure_of_voice(kind text, subject int, limit int) -> many measure_row
SELECT m.id, m.body_id, m.region_id, m.topic, m.lang, m.title, m.text, m.state, m.reason, m.post, m.account_id, m.due_on, m.first_due_on, m.moves, m.amount,
       m.money_source, m.origin, m.origin_id, m.voices, m.made_at, m.updated_at, m.ended_at
  FROM measure_voice v JOIN measure m ON m.id = v.measure_id
 WHERE v.subject_id = :subject AND v.kind = :kind ORDER BY v.measure_id LIMIT :limit;

-- measure_counts(body int) -> many measure_count_row(state text, n int)
SELECT state, COUNT(*) AS n FROM measure WHERE body_id = :body GROUP BY state ORDER BY state;

-- measure_voice_insert(measure measure, kind text, subject int) -> done
INSERT INTO measure_voice (measure_id, kind, subject_id) VALUES (:measure, :kind, :subject) ON CONFLICT (measure_id, subject_id, kind) DO NOTHING;

-- measure_voiced(id measure) -> done
UPDATE measure SET voices = voices + 1 WHERE id = :id;

-- measure_voice_list(measure measure, after int, limit int) -> many measure_voice_row
SELECT kind, subject_id FROM measure_voice WHERE measure_id = :measure AND subject_id > :after ORDER BY subject_id, kind LIMIT :limit;

-- measure_event_insert(id measure_event, measure measure, kind text, now time, account int, text text, link text, from_on day, to_on day, sha256 text, media_type text, file_name text) -> done
INSERT INTO measure_event (id, measure_id, kind, happened_at, account_id, text, link, from_on, to_on, sha256, media_type, file_name)
VALUES (:id, :measure, :kind, :now, :account, :text, :link, :from_on, :to_on, :sha256, :media_type, :file_name);

-- measure_event_list(measure measure, limit int) -> many measure_event_row
SELECT id, measure_id, kind, happened_at, text, link, from_on, to_on, sha256, media_type, file_name
  FROM measure_event WHERE measure_id = :measure ORDER BY id LIMIT :limit;

-- measure_event_by_id(id measure_event) -> one measure_event_row
SELECT id, measure_id, kind, happened_at, text, link, from_on, to_on, sha256, media_type, file_name FROM measure_event WHERE id = :id;

-- ---- reports ----

-- Bodies that had a plan before a moment.
-- plan_bodies(before time, after int, limit int) -> many plan_body_row(body_id int, n int)
SELECT body_id, COUNT(*) AS n FROM measure WHERE made_at < :before AND body_id > :after GROUP BY body_id ORDER BY body_id LIMIT :limit;

-- plan_report_insert(id plan_report, body int, half int, now time, due time) -> done
INSERT INTO plan_report (id, body_id, half, made_at, due_at) VALUES (:id, :body, :half, :now, :due) ON CONFLICT (body_id, half) DO NOTHING;

-- plan_report_by_id(id plan_report) -> one plan_report_row
SELECT id, body_id, half, words, made_at, due_at, published_at FROM plan_report WHERE id = :id;

-- plan_report_list(body int, limit int) -> many plan_report_row
SELECT id, body_id, half, words, made_at, due_at, published_at FROM plan_report WHERE body_id = :body ORDER BY half DESC LIMIT :limit;

-- plan_report_recent(before time, before_id plan_report, limit int) -> many plan_report_row
SELECT id, body_id, half, words, made_at, due_at, published_at FROM plan_report
 WHERE published_at <> 0 AND (published_at < :before OR (published_at = :before AND id < :before_id)) ORDER BY published_at DESC, id DESC LIMIT :limit;

-- plan_report_set_published(id plan_report, words text, who int, now time) -> done
UPDATE plan_report SET words = :words, published_at = :now, published_by = :who WHERE id = :id AND published_at = 0;

-- What a half-year is about: due in it, by the first date or the present one, or ended in it.
-- plan_report_live(body int, since day, until day, since_at time, until_at time, limit int) -> many plan_report_line_row
SELECT id AS measure_id, title, lang, state, due_on, first_due_on, moves, reason FROM measure
 WHERE body_id = :body AND ((first_due_on >= :since AND first_due_on < :until) OR (due_on >= :since AND due_on < :until) OR (ended_at >= :since_at AND ended_at < :until_at))
 ORDER BY first_due_on, id LIMIT :limit;

-- plan_report_line_insert(report plan_report, measure measure, state text, due day, first_due day, moves int, reason text) -> done
INSERT INTO plan_report_line (report_id, measure_id, state, due_on, first_due_on, moves, reason) VALUES (:report, :measure, :state, :due, :first_due, :moves, :reason);

-- plan_report_lines(report plan_report, limit int) -> many plan_report_line_row
SELECT l.measure_id, m.title, m.lang, l.state, l.due_on, l.first_due_on, l.moves, l.reason
  FROM plan_report_line l JOIN measure m ON m.id = l.measure_id
 WHERE l.report_id = :report ORDER BY l.first_due_on, l.measure_id LIMIT :limit;

-- plan_report_number_insert(report plan_report, name text, n int) -> done
INSERT INTO plan_report_number (report_id, name, n) VALUES (:report, :name, :n);

-- plan_report_numbers(report plan_report) -> many plan_report_number_row
SELECT name, n FROM plan_report_number WHERE report_id = :report ORDER BY name LIMIT 50;

-- ---- letters ----

-- plan_letters_off_get(key text) -> value int
SELECT off_at FROM plan_letters_off WHERE address_key = :key;

-- plan_letters_off_put(key text, now time) -> done
INSERT INTO plan_letters_off (address_key, off_at) VALUES (:key, :now) ON CONFLICT (address_key) DO NOTHING;
