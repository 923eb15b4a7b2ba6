-- The press: who is accredited with which body, briefings, questions of journalists with the time of their release, releases.

CREATE TABLE accreditation (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	name TEXT NOT NULL,                       -- of the journalist; for the body only
	medium TEXT NOT NULL,
	post TEXT NOT NULL DEFAULT '',
	link TEXT NOT NULL DEFAULT '',            -- where the medium is read
	state TEXT NOT NULL,                      -- asked | granted | refused | revoked
	reason TEXT NOT NULL DEFAULT '',          -- of a refusal or of taking it back
	asked_at BIGINT NOT NULL,
	decided_at BIGINT NOT NULL DEFAULT 0,
	decided_by BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX accreditation_once ON accreditation (account_id, body_id) WHERE state IN ('asked', 'granted');
CREATE INDEX accreditation_of_body ON accreditation (body_id, id);
CREATE INDEX accreditation_of_account ON accreditation (account_id, id);

CREATE TABLE briefing (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL DEFAULT 0,
	about_kind TEXT NOT NULL DEFAULT '',      -- meeting; '': called by the body itself
	about_id BIGINT NOT NULL DEFAULT 0,
	state TEXT NOT NULL,                      -- owed | planned | held | cancelled
	lang TEXT NOT NULL DEFAULT 'kk',
	title TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL DEFAULT '',
	starts_at BIGINT NOT NULL DEFAULT 0,
	place TEXT NOT NULL DEFAULT '',
	link TEXT NOT NULL DEFAULT '',            -- broadcast
	accredited BOOLEAN NOT NULL DEFAULT '0',  -- only accredited journalists see and enter it
	record TEXT NOT NULL DEFAULT '',          -- what was said
	record_link TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',          -- why it was called off
	made_at BIGINT NOT NULL,
	held_at BIGINT NOT NULL DEFAULT 0,
	updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX briefing_about ON briefing (about_kind, about_id) WHERE about_id <> 0;
CREATE INDEX briefing_ahead ON briefing (starts_at, id) WHERE state = 'planned';
CREATE INDEX briefing_held ON briefing (held_at, id) WHERE state = 'held';
CREATE INDEX briefing_of_body ON briefing (body_id, id);

-- A question of a journalist is an appeal; here stands who asked for which medium, and what the public gets to read, when.
CREATE TABLE press_question (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	account_id BIGINT NOT NULL,
	body_id BIGINT NOT NULL,                  -- that answered, once it has
	region_id BIGINT NOT NULL DEFAULT 0,
	medium TEXT NOT NULL,
	state TEXT NOT NULL,                      -- asked | answered | embargoed | public | withheld
	title TEXT NOT NULL DEFAULT '',           -- for the public
	question TEXT NOT NULL DEFAULT '',
	answer TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',          -- why it is withheld
	release_at BIGINT NOT NULL DEFAULT 0,
	reminded BOOLEAN NOT NULL DEFAULT '0',    -- that the embargo is about to lapse
	published_at BIGINT NOT NULL DEFAULT 0,
	made_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX press_question_of ON press_question (appeal_id);
CREATE INDEX press_question_by_account ON press_question (account_id, id);
CREATE INDEX press_question_asked ON press_question (id) WHERE state = 'asked';
CREATE INDEX press_question_due ON press_question (release_at, id) WHERE state = 'embargoed';
CREATE INDEX press_question_public ON press_question (published_at, id) WHERE state = 'public';
CREATE INDEX press_question_of_body ON press_question (body_id, state, id);

CREATE TABLE press_release (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL DEFAULT 0,
	state TEXT NOT NULL,                      -- scheduled | public
	lang TEXT NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,
	link TEXT NOT NULL DEFAULT '',
	release_at BIGINT NOT NULL,
	made_by BIGINT NOT NULL,
	made_at BIGINT NOT NULL
);
CREATE INDEX press_release_due ON press_release (release_at, id) WHERE state = 'scheduled';
CREATE INDEX press_release_public ON press_release (release_at, id) WHERE state = 'public';
CREATE INDEX press_release_of_body ON press_release (body_id, id);
