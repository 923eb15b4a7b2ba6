-- check.sql: the check of answers: sketches, findings, second readers, plain words of a body, quality.

-- sketch_insert(id answer, appeal appeal, least blob) -> done
INSERT INTO answer_sketch (answer_id, appeal_id, least) VALUES (:id, :appeal, :least) ON CONFLICT (answer_id) DO NOTHING;

-- band_insert(band int, id answer) -> done
INSERT INTO answer_band (band, answer_id) VALUES (:band, :id) ON CONFLICT (band, answer_id) DO NOTHING;

-- Delivered answers to other appeals that share a band, the newest first; a band that too many share says nothing.
-- sketch_near(band int, appeal int, limit int) -> many sketch_row(answer_id int, least blob)
SELECT s.answer_id, s.least
  FROM answer_band b JOIN answer_sketch s ON s.answer_id = b.answer_id
 WHERE b.band = :band AND s.appeal_id <> :appeal
 ORDER BY b.answer_id DESC LIMIT :limit;

-- finding_insert(id finding, answer answer, body int, writer int, topic text, kind text, passed bool, now time) -> done
INSERT INTO finding (id, answer_id, body_id, writer_id, topic, kind, passed, found_at) VALUES (:id, :answer, :body, :writer, :topic, :kind, :passed, :now);

-- finding_pass_insert(id finding_pass, answer answer, body int, kind text, account int, reason text, now time) -> done
INSERT INTO finding_pass (id, answer_id, body_id, kind, account_id, reason, passed_at) VALUES (:id, :answer, :body, :kind, :account, :reason, :now)
ON CONFLICT (answer_id, kind) DO NOTHING;

-- finding_pass_list(answer answer) -> many finding_pass_row
SELECT kind, account_id, reason, passed_at FROM finding_pass WHERE answer_id = :answer ORDER BY id LIMIT 20;

-- finding_pass_of_body(body int, since time, limit int) -> many finding_pass_line
SELECT kind, reason, passed_at FROM finding_pass WHERE body_id = :body AND passed_at >= :since ORDER BY passed_at DESC LIMIT :limit;

-- reading_insert(id second_reading, answer answer, body int, reader int, now time) -> done
INSERT INTO second_reading (id, answer_id, body_id, reader_id, asked_at) VALUES (:id, :answer, :body, :reader, :now) ON CONFLICT (answer_id) DO NOTHING;

-- reading_waiting(reader int, limit int) -> many reading_row(question text, text text)
SELECT r.id, r.answer_id, r.asked_at, w.lang, a.number, a.text AS question, w.text
  FROM second_reading r JOIN answer w ON w.id = r.answer_id JOIN appeal a ON a.id = w.appeal_id
 WHERE r.reader_id = :reader AND r.read_at = 0 ORDER BY r.asked_at LIMIT :limit;

-- reading_done(id second_reading, reader int, verdict text, words text, now time) -> done
UPDATE second_reading SET verdict = :verdict, words = :words, read_at = :now WHERE id = :id AND reader_id = :reader AND read_at = 0;

-- What second readers said of answers of a body, without their names.
-- reading_of_answer(answer answer) -> one reading_verdict
SELECT verdict, words, read_at FROM second_reading WHERE answer_id = :answer AND read_at <> 0;

-- plain_word_insert(id plain_word, body int, lang text, pattern text, instead text, account int, now time) -> done
INSERT INTO plain_word (id, body_id, lang, pattern, instead, account_id, made_at) VALUES (:id, :body, :lang, :pattern, :instead, :account, :now);

-- plain_word_list(body int, limit int) -> many plain_word_row
SELECT id, lang, pattern, instead, made_at FROM plain_word WHERE body_id = :body AND ended_at = 0 ORDER BY id DESC LIMIT :limit;

-- plain_word_end(id plain_word, body int, now time) -> done
UPDATE plain_word SET ended_at = :now WHERE id = :id AND body_id = :body AND ended_at = 0;

-- quality_add(week int, body int, metric text, n int) -> done
INSERT INTO quality_count (week, body_id, metric, n) VALUES (:week, :body, :metric, :n)
ON CONFLICT (week, body_id, metric) DO UPDATE SET n = quality_count.n + excluded.n;

-- quality_sums(since int, until int) -> many quality_row(body_id int, metric text, n int)
SELECT body_id, metric, SUM(n) AS n FROM quality_count WHERE week >= :since AND week <= :until GROUP BY body_id, metric ORDER BY body_id, metric;

-- quality_sums_of(body int, since int) -> many quality_row(body_id int, metric text, n int)
SELECT body_id, metric, SUM(n) AS n FROM quality_count WHERE body_id = :body AND week >= :since GROUP BY body_id, metric ORDER BY body_id, metric;

-- unclear_insert(id unclear_mark, answer answer, sentence int, now time) -> done
INSERT INTO unclear_mark (id, answer_id, sentence, marked_at) VALUES (:id, :answer, :sentence, :now);

-- unclear_list(answer answer) -> many unclear_row
SELECT sentence, marked_at FROM unclear_mark WHERE answer_id = :answer ORDER BY id LIMIT 10;

-- Answers on a topic in a language that people called clear, the newest first.
-- answer_called_clear(topic text, lang text, limit int) -> many answer_clear_text(text text)
SELECT w.id, w.decision, w.delivered_at, w.text
  FROM appeal a JOIN answer w ON w.appeal_id = a.id
 WHERE a.topic = :topic AND a.rating = 'clear' AND w.state = 'clear' AND w.lang = :lang
 ORDER BY a.id DESC LIMIT :limit;

-- What people said and what was found, in cuts of a body: written in the transaction of the rating or the signing.
-- cut_add(body int, week int, cut text, account int, name text, said text, n int) -> done
INSERT INTO quality_cut (body_id, week, cut, account_id, name, said, n) VALUES (:body, :week, :cut, :account, :name, :said, :n)
ON CONFLICT (body_id, week, cut, account_id, name, said) DO UPDATE SET n = quality_cut.n + excluded.n;

-- cut_list(body int, since int, limit int) -> many cut_row(cut text, account_id int, name text, said text, n int, who text)
SELECT q.cut, q.account_id, q.name, q.said, SUM(q.n) AS n, COALESCE(a.name, '') AS who
  FROM quality_cut q LEFT JOIN account a ON a.id = q.account_id
 WHERE q.body_id = :body AND q.week >= :since
 GROUP BY q.cut, q.account_id, q.name, q.said, a.name HAVING SUM(q.n) > 0
 ORDER BY q.cut, q.account_id, q.name, q.said LIMIT :limit;

-- The answers that a rating is about: see answer_set_rated.
-- rateable(appeal appeal) -> many rateable_row
SELECT w.id, w.body_id, w.writer_id, w.state, w.rated_at FROM answer w
 WHERE w.appeal_id = :appeal AND w.state IN ('delivered', 'clear', 'not_clear', 'not_solved')
   AND w.version = (SELECT MAX(o.version) FROM answer o WHERE o.assignment_id = w.assignment_id AND o.delivered_at <> 0)
 ORDER BY w.id LIMIT 100;

-- finding_of_answer(answer answer) -> many finding_kind
SELECT kind FROM finding WHERE answer_id = :answer ORDER BY id LIMIT 50;
