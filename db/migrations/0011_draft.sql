-- An appeal on its way in: what was typed on the earlier pages of the form. Kept for a week, so that a lost network, a closed
-- browser or a sign-in in the middle loses nothing. Found by a random token that is in the address of the person's page only.
CREATE TABLE appeal_draft (
	id BIGINT PRIMARY KEY,
	token_hash TEXT NOT NULL,
	kind TEXT NOT NULL,
	lang TEXT NOT NULL,
	text TEXT NOT NULL,
	danger BOOLEAN NOT NULL DEFAULT '0',
	topic TEXT NOT NULL DEFAULT '',
	place_id BIGINT NOT NULL DEFAULT 0,
	address TEXT NOT NULL DEFAULT '',
	files TEXT NOT NULL DEFAULT '',       -- lines: sum, media type, size, name
	number TEXT NOT NULL DEFAULT '',      -- of the appeal that it became
	updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX appeal_draft_by_token ON appeal_draft (token_hash);
CREATE INDEX appeal_draft_by_age ON appeal_draft (updated_at);
