-- What was done by a day that had been moved to is told apart from what was done when it was first promised. Measures are counted anew.
ALTER TABLE keep_count ADD COLUMN moved BIGINT NOT NULL DEFAULT 0; -- done in time, by a date that was moved
DELETE FROM keep_count WHERE line = 'plan';
UPDATE duty SET kept_line = '', kept_as = '' WHERE kept_line = 'plan';
