-- What people said of a body's answers, and what the check found in them, counted by week: by writer, topic and finding. The page of a large body then reads
-- some thousand counts, not every answer of a quarter.

CREATE TABLE quality_cut (
	body_id BIGINT NOT NULL,
	week BIGINT NOT NULL,                     -- weeks since 1970
	cut TEXT NOT NULL,                        -- said: writer | topic | finding; found: found_writer | found_topic
	account_id BIGINT NOT NULL,               -- of cuts by writer; 0: none
	name TEXT NOT NULL,                       -- topic or finding; '' of cuts by writer
	said TEXT NOT NULL,                       -- clear | not_clear | not_solved, or the finding
	n BIGINT NOT NULL,
	PRIMARY KEY (body_id, week, cut, account_id, name, said)
);

INSERT INTO quality_cut (body_id, week, cut, account_id, name, said, n)
SELECT body_id, rated_at / 604800000000, 'writer', writer_id, '', state, COUNT(*) FROM answer
 WHERE rated_at <> 0 GROUP BY body_id, rated_at / 604800000000, writer_id, state;
INSERT INTO quality_cut (body_id, week, cut, account_id, name, said, n)
SELECT w.body_id, w.rated_at / 604800000000, 'topic', 0, a.topic, w.state, COUNT(*) FROM answer w JOIN appeal a ON a.id = w.appeal_id
 WHERE w.rated_at <> 0 GROUP BY w.body_id, w.rated_at / 604800000000, a.topic, w.state;
INSERT INTO quality_cut (body_id, week, cut, account_id, name, said, n)
SELECT w.body_id, w.rated_at / 604800000000, 'finding', 0, f.kind, w.state, COUNT(*) FROM answer w JOIN finding f ON f.answer_id = w.id
 WHERE w.rated_at <> 0 GROUP BY w.body_id, w.rated_at / 604800000000, f.kind, w.state;
INSERT INTO quality_cut (body_id, week, cut, account_id, name, said, n)
SELECT body_id, found_at / 604800000000, 'found_writer', writer_id, '', kind, COUNT(*) FROM finding
 GROUP BY body_id, found_at / 604800000000, writer_id, kind;
INSERT INTO quality_cut (body_id, week, cut, account_id, name, said, n)
SELECT body_id, found_at / 604800000000, 'found_topic', 0, topic, kind, COUNT(*) FROM finding
 GROUP BY body_id, found_at / 604800000000, topic, kind;

DROP INDEX answer_rated;
DROP INDEX finding_by_body;
