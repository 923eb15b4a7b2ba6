-- A point on the map beside the place, and the one that a photo brought, until the person takes it or sends without it.
ALTER TABLE appeal_draft ADD COLUMN lat DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE appeal_draft ADD COLUMN lon DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE appeal_draft ADD COLUMN photo_lat DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE appeal_draft ADD COLUMN photo_lon DOUBLE PRECISION NOT NULL DEFAULT 0;
