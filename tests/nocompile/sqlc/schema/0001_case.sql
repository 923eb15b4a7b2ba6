-- The tables that the cases speak of.
CREATE TABLE person (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	photo BLOB,
	share DOUBLE PRECISION NOT NULL DEFAULT 0,
	active BOOLEAN NOT NULL DEFAULT '1',
	born_on BIGINT NOT NULL DEFAULT 0,
	seen_at BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE letter (
	id BIGINT PRIMARY KEY,
	person_id BIGINT NOT NULL REFERENCES person (id),
	pages BIGINT NOT NULL
);
-- only postgres
CREATE INDEX letter_by_pages ON letter USING brin (pages);
-- end
