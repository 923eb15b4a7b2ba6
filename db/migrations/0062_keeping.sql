-- Who keeps the standard: each duty is counted once for its body, by the day it was due; what it counts as now stands on its row, so that a number always
-- opens to the very rows behind it.

ALTER TABLE duty ADD COLUMN kept_line TEXT NOT NULL DEFAULT '';    -- of the board (keeping/keeping.h); '': on none
ALTER TABLE duty ADD COLUMN kept_on BIGINT NOT NULL DEFAULT 0;     -- the day it counts for
ALTER TABLE duty ADD COLUMN kept_as TEXT NOT NULL DEFAULT '';      -- kept | late | open (overdue) | none; '': not counted yet
-- what has to be counted, or counted anew: closed; overdue; no longer overdue
CREATE INDEX duty_to_count ON duty (closed_at, id) WHERE closed_at <> 0 AND kept_as IN ('', 'open');
CREATE INDEX duty_overdue ON duty (due_at, id) WHERE closed_at = 0 AND kept_as = '';
CREATE INDEX duty_counted_open ON duty (due_at, id) WHERE closed_at = 0 AND kept_as = 'open';
-- the rows behind a number
CREATE INDEX duty_of_line ON duty (body_id, kept_line, kept_on, id) WHERE kept_line <> '';

-- span: m month, q quarter, h half-year, y year; slots are numbered from the year 0.
CREATE TABLE keep_count (
	span TEXT NOT NULL,
	slot BIGINT NOT NULL,
	body_id BIGINT NOT NULL,
	line TEXT NOT NULL,
	kept BIGINT NOT NULL DEFAULT 0,
	late BIGINT NOT NULL DEFAULT 0,           -- done after its time
	open BIGINT NOT NULL DEFAULT 0,           -- overdue and not done
	PRIMARY KEY (span, slot, body_id, line)
);
-- What is measured and no duty: minutes of waiting by visits, seconds of talk by seconds in all.
CREATE TABLE keep_sum (
	span TEXT NOT NULL,
	slot BIGINT NOT NULL,
	body_id BIGINT NOT NULL,
	line TEXT NOT NULL,
	part BIGINT NOT NULL DEFAULT 0,
	whole BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (span, slot, body_id, line)
);
-- How far folding has come, by line.
CREATE TABLE keep_mark (
	line TEXT PRIMARY KEY,
	upto BIGINT NOT NULL
);
