-- A recount goes over all petitions in batches: how far it is.
ALTER TABLE petition_recount ADD COLUMN mark BIGINT NOT NULL DEFAULT 0;      -- the last petition that was looked at
ALTER TABLE petition_recount ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;
UPDATE petition_recount SET ended_at = counted_at;
