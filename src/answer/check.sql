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

-- finding_by_writer(body int, since time, limit int) -> many finding_writer_row(writer_id int, name text, kind text, n int)
SELECT f.writer_id, a.name, f.kind, COUNT(*) AS n
  FROM finding f JOIN account a ON a.id = f.writer_id
 WHERE f.body_id = :body AND f.found_at >= :since
 GROUP BY f.writer_id, a.name, f.kind ORDER BY n DESC, f.writer_id, f.kind LIMIT :limit;

-- finding_by_topic(body int, since time, limit int) -> many finding_topic_row(topic text, kind text, n int)
SELECT topic, kind, COUNT(*) AS n FROM finding
 WHERE body_id = :body AND found_at >= :since GROUP BY topic, kind ORDER BY n DESC, topic, kind LIMIT :limit;

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

-- What people said, by who wrote the answer.
-- rated_by_writer(body int, since time, limit int) -> many rated_writer_row(name text, state text, n int)
SELECT a.name, w.state, COUNT(*) AS n
  FROM answer w JOIN account a ON a.id = w.writer_id
 WHERE w.body_id = :body AND w.rated_at <> 0 AND w.rated_at >= :since
 GROUP BY a.name, w.state ORDER BY a.name, w.state LIMIT :limit;

-- rated_by_topic(body int, since time, limit int) -> many rated_topic_row(topic text, state text, n int)
SELECT p.topic, w.state, COUNT(*) AS n
  FROM answer w JOIN appeal p ON p.id = w.appeal_id
 WHERE w.body_id = :body AND w.rated_at <> 0 AND w.rated_at >= :since
 GROUP BY p.topic, w.state ORDER BY p.topic, w.state LIMIT :limit;

-- How answers that carried a finding were received.
-- rated_by_finding(body int, since time, limit int) -> many rated_finding_row(kind text, state text, n int)
SELECT f.kind, w.state, COUNT(*) AS n
  FROM answer w JOIN finding f ON f.answer_id = w.id
 WHERE w.body_id = :body AND w.rated_at <> 0 AND w.rated_at >= :since
 GROUP BY f.kind, w.state ORDER BY f.kind, w.state LIMIT :limit;
