-- What a nation's load asks for: nothing is looked for by reading a table from end to end, and a year of counts is a few dozen rows.

CREATE INDEX login_code_by_end ON login_code (expires_at);

-- Counts by week beside those by day: a span of time is its whole weeks and the days at its ends. Weeks are days since 1970 divided by seven.
INSERT INTO tally (span, slot, metric, topic, place_id, body_id, n)
SELECT 'week', slot / 7, metric, topic, place_id, body_id, SUM(n) FROM tally WHERE span = 'day'
 GROUP BY slot / 7, metric, topic, place_id, body_id;

DROP INDEX tally_by_slot;
DROP INDEX tally_by_cut;
-- all metrics of one cut, and who has most of what was filed: read from the index alone
CREATE INDEX tally_of_cut ON tally (span, place_id, body_id, topic, slot, metric, n);
CREATE INDEX tally_filed_topics ON tally (span, place_id, slot, topic, n) WHERE metric = 'filed' AND body_id = 0 AND topic <> '';
CREATE INDEX tally_filed_places ON tally (span, slot, place_id, n) WHERE metric = 'filed' AND body_id = 0 AND topic = '' AND place_id <> 0;
CREATE INDEX tally_filed_bodies ON tally (span, slot, body_id, n) WHERE metric = 'filed' AND place_id = 0 AND topic = '' AND body_id <> 0;

-- The quality of one body's answers.
CREATE INDEX quality_of_body ON quality_count (body_id, week);
