-- A moderator may keep the exact place from the public: it moves aside, so that nothing that shows lat and lon can show it.
ALTER TABLE appeal ADD COLUMN hidden_lat DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE appeal ADD COLUMN hidden_lon DOUBLE PRECISION NOT NULL DEFAULT 0;
