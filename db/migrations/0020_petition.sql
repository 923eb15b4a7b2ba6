-- Petitions: collective appeals with legal force.

CREATE TABLE petition (
	id BIGINT PRIMARY KEY,
	state TEXT NOT NULL,                      -- moderation | supporters | open | review | decided | not_enough | refused | withdrawn
	body_id BIGINT NOT NULL,                  -- whom it is addressed to
	region_id BIGINT NOT NULL DEFAULT 0,
	topic TEXT NOT NULL DEFAULT '',
	threshold BIGINT NOT NULL,
	account_id BIGINT NOT NULL,               -- the author
	author TEXT NOT NULL,                     -- leaves the page when it closes
	lang TEXT NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,
	title_other TEXT NOT NULL DEFAULT '',     -- the same in the other language, side by side
	text_other TEXT NOT NULL DEFAULT '',
	terms TEXT NOT NULL DEFAULT '',           -- search terms, for similar ones
	link_key TEXT NOT NULL,                   -- of the address for supporters
	signatures BIGINT NOT NULL DEFAULT 0,     -- folded; see petition_mark
	made_at BIGINT NOT NULL,
	moderated_at BIGINT NOT NULL DEFAULT 0,
	moderate_due_at BIGINT NOT NULL,
	supporters_due_at BIGINT NOT NULL DEFAULT 0,
	opened_at BIGINT NOT NULL DEFAULT 0,
	closes_at BIGINT NOT NULL DEFAULT 0,
	closed_at BIGINT NOT NULL DEFAULT 0,
	reached_at BIGINT NOT NULL DEFAULT 0,
	ground TEXT NOT NULL DEFAULT '',          -- of a refusal
	ground_text TEXT NOT NULL DEFAULT '',
	original_id BIGINT NOT NULL DEFAULT 0,    -- of a duplicate
	appeal_id BIGINT NOT NULL DEFAULT 0,      -- it became
	group_text TEXT NOT NULL DEFAULT '',      -- the working group, named
	discussion TEXT NOT NULL DEFAULT '',      -- the public discussion with the applicant: when, where, what was said
	decision TEXT NOT NULL DEFAULT '',
	decided_at BIGINT NOT NULL DEFAULT 0,
	report TEXT NOT NULL DEFAULT '',          -- the head's report in the media: where
	updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX petition_by_link ON petition (link_key);
CREATE INDEX petition_by_state ON petition (state, id);
CREATE INDEX petition_public ON petition (id) WHERE state IN ('open', 'review', 'decided', 'not_enough', 'refused');
CREATE INDEX petition_by_topic ON petition (topic, id);
CREATE INDEX petition_by_account ON petition (account_id, id);

-- One person once: the key is that of the verified identity.
CREATE TABLE petition_signature (
	id BIGINT PRIMARY KEY,
	petition_id BIGINT NOT NULL REFERENCES petition (id),
	identity_key TEXT NOT NULL,
	account_id BIGINT NOT NULL DEFAULT 0,
	first_name TEXT NOT NULL,
	initial TEXT NOT NULL DEFAULT '',
	hidden BOOLEAN NOT NULL DEFAULT '0',
	place_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL,
	how TEXT NOT NULL,                        -- web | paper
	signed_at BIGINT NOT NULL,
	withdrawn_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX petition_signature_once ON petition_signature (petition_id, identity_key);
CREATE INDEX petition_signature_shown ON petition_signature (petition_id, id) WHERE hidden = '0' AND withdrawn_at = 0;

-- Counts folded from the signatures: cut '' all, 'r' region, 'd' district, 'h' hour since 1970.
CREATE TABLE petition_count (
	petition_id BIGINT NOT NULL,
	cut TEXT NOT NULL,
	slot BIGINT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (petition_id, cut, slot)
);
-- How far folding has come.
CREATE TABLE petition_mark (
	id BIGINT PRIMARY KEY,
	signature BIGINT NOT NULL,
	folded_at BIGINT NOT NULL
);

-- The trail.
CREATE TABLE petition_event (
	id BIGINT PRIMARY KEY,
	petition_id BIGINT NOT NULL REFERENCES petition (id),
	kind TEXT NOT NULL,
	happened_at BIGINT NOT NULL,
	account_id BIGINT NOT NULL DEFAULT 0,
	detail TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX petition_event_of ON petition_event (petition_id, id);

-- only sqlite
CREATE TRIGGER petition_event_keeps BEFORE UPDATE ON petition_event BEGIN SELECT RAISE(ABORT, 'petition_event is append-only'); END;
CREATE TRIGGER petition_event_stays BEFORE DELETE ON petition_event BEGIN SELECT RAISE(ABORT, 'petition_event is append-only'); END;
-- end
-- only postgres
CREATE TRIGGER petition_event_keeps BEFORE UPDATE OR DELETE ON petition_event FOR EACH ROW EXECUTE FUNCTION append_only();
-- end
