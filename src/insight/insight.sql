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

-- A span of time is its whole weeks, from :week up to :week_end, and the days from :since up to :until that are in none of them.

-- tally_topics(place int, since int, week int, week_end int, until int) -> many tally_topic(topic text, n int)
SELECT topic, SUM(n) AS n
  FROM (SELECT topic, n FROM tally
         WHERE span = 'day' AND metric = 'filed' AND place_id = :place AND body_id = 0 AND topic <> ''
           AND slot >= :since AND slot < :week * 7 AND slot <= :until
        UNION ALL
        SELECT topic, n FROM tally
         WHERE span = 'week' AND metric = 'filed' AND place_id = :place AND body_id = 0 AND topic <> ''
           AND slot >= :week AND slot < :week_end
        UNION ALL
        SELECT topic, n FROM tally
         WHERE span = 'day' AND metric = 'filed' AND place_id = :place AND body_id = 0 AND topic <> ''
           AND slot >= :week_end * 7 AND slot <= :until) s
 GROUP BY topic ORDER BY n DESC, topic LIMIT 300;

-- tally_places(topic text, since int, week int, week_end int, until int) -> many tally_place(place_id int, n int)
SELECT place_id, SUM(n) AS n
  FROM (SELECT place_id, n FROM tally
         WHERE span = 'day' AND metric = 'filed' AND body_id = 0 AND topic = :topic AND place_id <> 0
           AND slot >= :since AND slot < :week * 7 AND slot <= :until
        UNION ALL
        SELECT place_id, n FROM tally
         WHERE span = 'week' AND metric = 'filed' AND body_id = 0 AND topic = :topic AND place_id <> 0
           AND slot >= :week AND slot < :week_end
        UNION ALL
        SELECT place_id, n FROM tally
         WHERE span = 'day' AND metric = 'filed' AND body_id = 0 AND topic = :topic AND place_id <> 0
           AND slot >= :week_end * 7 AND slot <= :until) s
 GROUP BY place_id ORDER BY n DESC, place_id LIMIT 300;

-- tally_bodies(topic text, since int, week int, week_end int, until int) -> many tally_body(body_id int, n int)
SELECT body_id, SUM(n) AS n
  FROM (SELECT body_id, n FROM tally
         WHERE span = 'day' AND metric = 'filed' AND place_id = 0 AND topic = :topic AND body_id <> 0
           AND slot >= :since AND slot < :week * 7 AND slot <= :until
        UNION ALL
        SELECT body_id, n FROM tally
         WHERE span = 'week' AND metric = 'filed' AND place_id = 0 AND topic = :topic AND body_id <> 0
           AND slot >= :week AND slot < :week_end
        UNION ALL
        SELECT body_id, n FROM tally
         WHERE span = 'day' AND metric = 'filed' AND place_id = 0 AND topic = :topic AND body_id <> 0
           AND slot >= :week_end * 7 AND slot <= :until) s
 GROUP BY body_id ORDER BY n DESC, body_id LIMIT 1000;

-- tally_sums(place int, body int, topic text, since int, week int, week_end int, until int) -> many tally_metric(metric text, n int)
SELECT metric, SUM(n) AS n
  FROM (SELECT metric, n FROM tally
         WHERE span = 'day' AND place_id = :place AND body_id = :body AND topic = :topic
           AND slot >= :since AND slot < :week * 7 AND slot <= :until
        UNION ALL
        SELECT metric, n FROM tally
         WHERE span = 'week' AND place_id = :place AND body_id = :body AND topic = :topic
           AND slot >= :week AND slot < :week_end
        UNION ALL
        SELECT metric, n FROM tally
         WHERE span = 'day' AND place_id = :place AND body_id = :body AND topic = :topic
           AND slot >= :week_end * 7 AND slot <= :until) s
 GROUP BY metric ORDER BY metric LIMIT 200;

-- tally_filed(place int, topic text, since int, week int, week_end int, until int) -> value int
SELECT COALESCE(SUM(n), 0) AS n
  FROM (SELECT slot, n FROM tally
         WHERE span = 'day' AND metric = 'filed' AND place_id = :place AND body_id = 0 AND topic = :topic
           AND slot >= :since AND slot < :week * 7 AND slot <= :until
        UNION ALL
        SELECT slot, n FROM tally
         WHERE span = 'week' AND metric = 'filed' AND place_id = :place AND body_id = 0 AND topic = :topic
           AND slot >= :week AND slot < :week_end
        UNION ALL
        SELECT slot, n FROM tally
         WHERE span = 'day' AND metric = 'filed' AND place_id = :place AND body_id = 0 AND topic = :topic
           AND slot >= :week_end * 7 AND slot <= :until) s;

-- tally_total(metric text) -> value int
SELECT n FROM tally WHERE span = 'all' AND metric = :metric AND place_id = 0 AND body_id = 0 AND topic = '' AND slot = 0;
