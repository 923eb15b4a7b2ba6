-- Explanations in advance: what a body is going to decide, published before it takes effect, approved by a second person.

CREATE TABLE notice (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	lang TEXT NOT NULL,
	topic TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL,                      -- draft | scheduled | published
	public_version BIGINT NOT NULL DEFAULT 0, -- of notice_text; 0: nothing public yet
	draft_version BIGINT NOT NULL DEFAULT 0,  -- under work; 0: nothing is
	draft_state TEXT NOT NULL DEFAULT '',     -- draft | waiting
	title TEXT NOT NULL,                      -- of the public version, before that of the draft
	effective_on BIGINT NOT NULL,
	publish_at BIGINT NOT NULL DEFAULT 0,
	published_at BIGINT NOT NULL DEFAULT 0,
	writer_id BIGINT NOT NULL,                -- of the draft under work
	approver_id BIGINT NOT NULL DEFAULT 0,
	outcome TEXT NOT NULL DEFAULT '',         -- what became of it
	outcome_at BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL
);
CREATE INDEX notice_public ON notice (published_at, id) WHERE state = 'published';
CREATE INDEX notice_public_body ON notice (body_id, published_at, id) WHERE state = 'published';
CREATE INDEX notice_of_body ON notice (body_id, id);
CREATE INDEX notice_scheduled ON notice (publish_at) WHERE state = 'scheduled';

-- Versions: what was public once stays as it was.
CREATE TABLE notice_text (
	id BIGINT PRIMARY KEY,
	notice_id BIGINT NOT NULL REFERENCES notice (id),
	version BIGINT NOT NULL,
	title TEXT NOT NULL,
	what TEXT NOT NULL,                       -- changes, and when
	why TEXT NOT NULL,
	weighed TEXT NOT NULL,                    -- and turned down
	affected TEXT NOT NULL,                   -- who and how
	softened TEXT NOT NULL,                   -- by which measures
	ask TEXT NOT NULL,                        -- whom
	changed TEXT NOT NULL DEFAULT '',         -- why there is a new version
	effective_on BIGINT NOT NULL,
	made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX notice_text_version ON notice_text (notice_id, version);

-- Questions under a notice are appeals.
CREATE TABLE notice_question (
	notice_id BIGINT NOT NULL REFERENCES notice (id),
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	PRIMARY KEY (notice_id, appeal_id)
);
ALTER TABLE appeal_draft ADD COLUMN notice_id BIGINT NOT NULL DEFAULT 0;
