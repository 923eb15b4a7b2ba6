-- Records taken over from elsewhere: each one once, however often a file is read.
CREATE TABLE import_record (
	source TEXT NOT NULL,                     -- eotinish | open311
	source_id TEXT NOT NULL,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	imported_at BIGINT NOT NULL,
	PRIMARY KEY (source, source_id)
);
