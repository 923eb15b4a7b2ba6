-- A letter about a promise that came from the petition: the measure; 0: staff wrote it.
ALTER TABLE petition_mailing ADD COLUMN about_id BIGINT NOT NULL DEFAULT 0;
