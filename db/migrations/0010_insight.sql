-- Counts for "right now": folded from the public trail in batches, so that opening a page over millions of appeals reads a few hundred rows.
-- A row counts one metric in one slot of time for one cut: topic, place and body, each of them or none ('' and 0 mean "all").

CREATE TABLE tally (
	span TEXT NOT NULL,         -- hour | day | all
	slot BIGINT NOT NULL,       -- hours or days since 1970 in the country's zone; 0 for all
	metric TEXT NOT NULL,       -- filed, answered, late ... or tta:N, a bucket of the time to answer
	topic TEXT NOT NULL,
	place_id BIGINT NOT NULL,   -- region or district
	body_id BIGINT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (span, metric, place_id, body_id, topic, slot)
);
CREATE INDEX tally_by_slot ON tally (span, metric, slot, place_id, body_id, topic);
CREATE INDEX tally_by_cut ON tally (span, place_id, body_id, topic, slot);

-- How far folding has come: the last event that is counted.
CREATE TABLE tally_mark (
	id BIGINT PRIMARY KEY,
	event BIGINT NOT NULL,
	folded_at BIGINT NOT NULL
);
