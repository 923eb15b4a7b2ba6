-- insight.sql: folding the trail into counts, and reading them.

-- tally_mark_get(id tally_mark) -> one tally_mark_row
SELECT event, folded_at FROM tally_mark WHERE id = :id;

-- tally_mark_insert(id tally_mark, event int, now time) -> done
INSERT INTO tally_mark (id, event, folded_at) VALUES (:id, :event, :now) ON CONFLICT (id) DO NOTHING;

-- tally_mark_set(id tally_mark, event int, before int, now time) -> done
UPDATE tally_mark SET event = :event, folded_at = :now WHERE id = :id AND event = :before;

-- tally_add(span text, slot int, metric text, topic text, place int, body int, n int) -> done
INSERT INTO tally (span, slot, metric, topic, place_id, body_id, n) VALUES (:span, :slot, :metric, :topic, :place, :body, :n)
ON CONFLICT (span, metric, place_id, body_id, topic, slot) DO UPDATE SET n = tally.n + excluded.n;

-- tally_series(span text, metric text, place int, body int, topic text, since int, limit int) -> many tally_point(slot int, n int)
SELECT slot, n FROM tally
 WHERE span = :span AND metric = :metric AND place_id = :place AND body_id = :body AND topic = :topic AND slot >= :since
 ORDER BY slot LIMIT :limit;

-- tally_topics(metric text, place int, since int, until int) -> many tally_topic(topic text, n int)
SELECT topic, SUM(n) AS n FROM tally
 WHERE span = 'day' AND metric = :metric AND place_id = :place AND body_id = 0 AND topic <> '' AND slot >= :since AND slot <= :until
 GROUP BY topic ORDER BY n DESC, topic LIMIT 300;

-- tally_places(metric text, since int, until int) -> many tally_place(place_id int, n int)
SELECT place_id, SUM(n) AS n FROM tally
 WHERE span = 'day' AND metric = :metric AND place_id > 0 AND body_id = 0 AND topic = '' AND slot >= :since AND slot <= :until
 GROUP BY place_id ORDER BY n DESC, place_id LIMIT 300;

-- tally_bodies(metric text, since int, until int) -> many tally_body(body_id int, n int)
SELECT body_id, SUM(n) AS n FROM tally
 WHERE span = 'day' AND metric = :metric AND place_id = 0 AND body_id > 0 AND topic = '' AND slot >= :since AND slot <= :until
 GROUP BY body_id ORDER BY n DESC, body_id LIMIT 1000;

-- tally_sums(place int, body int, topic text, since int, until int) -> many tally_metric(metric text, n int)
SELECT metric, SUM(n) AS n FROM tally
 WHERE span = 'day' AND place_id = :place AND body_id = :body AND topic = :topic AND slot >= :since AND slot <= :until
 GROUP BY metric ORDER BY metric LIMIT 200;

-- tally_total(metric text) -> value int
SELECT n FROM tally WHERE span = 'all' AND metric = :metric AND place_id = 0 AND body_id = 0 AND topic = '' AND slot = 0;
