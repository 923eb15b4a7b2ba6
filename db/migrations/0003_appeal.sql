-- Appeals: the tracked record. Places, bodies, topics and kinds are the country pack's: rows hold their stable numbers and codes.
-- Moments are microseconds since 1970 in UTC; 0 means "not set". Long texts stand last, so that lists do not read them.

CREATE TABLE appeal (
	id BIGINT PRIMARY KEY,
	number TEXT NOT NULL,                     -- public, short, with a check character
	kind TEXT NOT NULL,                       -- application | complaint | proposal | response | message | inquiry | information ...
	origin TEXT NOT NULL,                     -- web | mail | phone | paper | counter | meeting | reception | open311 ...
	lang TEXT NOT NULL,                       -- of the text: the answer comes in it
	state TEXT NOT NULL,                      -- appeal.h
	topic TEXT NOT NULL,
	place_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL,
	first_body_id BIGINT NOT NULL,            -- who took it in and stays answerable
	body_id BIGINT NOT NULL,                  -- who leads now
	account_id BIGINT NOT NULL DEFAULT 0,     -- the person's cabinet; 0: by number and secret only
	filed_at BIGINT NOT NULL,
	registered_at BIGINT NOT NULL,            -- the clock runs from here: in working hours at once, else the next working day
	taken_by BIGINT NOT NULL DEFAULT 0,       -- account of the registrar; 0: taken in by the program
	due_at BIGINT NOT NULL,
	paused_at BIGINT NOT NULL DEFAULT 0,
	answered_at BIGINT NOT NULL DEFAULT 0,
	closed_at BIGINT NOT NULL DEFAULT 0,
	decision TEXT NOT NULL DEFAULT '',        -- granted | refused | explained
	rating TEXT NOT NULL DEFAULT '',          -- clear | not_clear | not_solved
	rated_at BIGINT NOT NULL DEFAULT 0,
	extended_at BIGINT NOT NULL DEFAULT 0,
	deemed_at BIGINT NOT NULL DEFAULT 0,      -- silence past the term became a refusal
	followup_at BIGINT NOT NULL DEFAULT 0,    -- when "is it really done?" is asked; 0: not any more
	reopened_n BIGINT NOT NULL DEFAULT 0,
	hops BIGINT NOT NULL DEFAULT 0,
	joined_to BIGINT NOT NULL DEFAULT 0,      -- joined another appeal instead of a copy
	joined_n BIGINT NOT NULL DEFAULT 0,       -- how many joined this one
	complaint_about BIGINT NOT NULL DEFAULT 0,   -- the appeal whose answer or silence is contested
	collective BOOLEAN NOT NULL DEFAULT '0',
	people_n BIGINT NOT NULL DEFAULT 1,
	anonymous BOOLEAN NOT NULL DEFAULT '0',
	danger BOOLEAN NOT NULL DEFAULT '0',      -- crime or danger: passed on at once
	agreed_public BOOLEAN NOT NULL DEFAULT '0',
	public_state TEXT NOT NULL DEFAULT 'private', -- private | waiting | cleared | refused
	updated_at BIGINT NOT NULL,
	lat DOUBLE PRECISION NOT NULL DEFAULT 0,
	lon DOUBLE PRECISION NOT NULL DEFAULT 0,
	entity BOOLEAN NOT NULL DEFAULT '0',      -- a legal entity speaks
	name TEXT NOT NULL DEFAULT '',
	email TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	post_address TEXT NOT NULL DEFAULT '',
	on_behalf_of TEXT NOT NULL DEFAULT '',    -- for whom the applicant speaks; '': for themselves
	reply_by TEXT NOT NULL DEFAULT 'cabinet', -- cabinet | mail | post
	identity_key TEXT NOT NULL DEFAULT '',    -- keyed hash of the personal identifier
	identity_sealed BLOB,                     -- the identifier itself, for the body that must answer
	address TEXT NOT NULL DEFAULT '',         -- where it happens
	terms TEXT NOT NULL DEFAULT '',           -- search terms of title and text, for similar ones
	title TEXT NOT NULL,
	public_title TEXT NOT NULL DEFAULT '',    -- with personal data masked; the originals stay
	public_text TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL
);
CREATE UNIQUE INDEX appeal_by_number ON appeal (number);
CREATE INDEX appeal_by_account ON appeal (account_id, id) WHERE account_id <> 0;
CREATE INDEX appeal_by_topic ON appeal (topic, region_id, id); -- similar ones: the recent of a topic near a place
CREATE INDEX appeal_by_body ON appeal (body_id, id);
-- the public lists hold what a moderator cleared, and nothing else
CREATE INDEX appeal_public ON appeal (id) WHERE public_state = 'cleared';
CREATE INDEX appeal_public_updated ON appeal (updated_at, id) WHERE public_state = 'cleared';
CREATE INDEX appeal_public_place ON appeal (region_id, id) WHERE public_state = 'cleared';
CREATE INDEX appeal_public_topic ON appeal (topic, id) WHERE public_state = 'cleared';
CREATE INDEX appeal_to_clear ON appeal (body_id, id) WHERE public_state = 'waiting';
CREATE INDEX appeal_joined ON appeal (joined_to, id) WHERE joined_to <> 0;
CREATE INDEX appeal_contested ON appeal (complaint_about, id) WHERE complaint_about <> 0;
CREATE INDEX appeal_by_identity ON appeal (identity_key, id) WHERE identity_key <> '';
CREATE INDEX appeal_silent ON appeal (due_at) WHERE answered_at = 0 AND closed_at = 0 AND deemed_at = 0 AND paused_at = 0;
CREATE INDEX appeal_followup ON appeal (followup_at) WHERE followup_at <> 0;

-- A point asked. Numbers run from 1 within the appeal; every point needs a reply. An appeal without rows here asks one point: its title.
CREATE TABLE part (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	number BIGINT NOT NULL,                   -- 1 to 30
	text TEXT NOT NULL
);
CREATE UNIQUE INDEX part_of ON part (appeal_id, number);

-- A body's share. Passing on makes new rows below the old one, which stays open until all of them are done.
CREATE TABLE assignment (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	parent_id BIGINT NOT NULL DEFAULT 0,      -- the assignment that was passed on
	body_id BIGINT NOT NULL,
	from_body_id BIGINT NOT NULL DEFAULT 0,
	parts BIGINT NOT NULL DEFAULT 0,          -- bit n-1: point n; 0: the whole
	hop BIGINT NOT NULL DEFAULT 0,            -- how many passed it on before
	state TEXT NOT NULL,                      -- new | taken | working | passed | returned | done | cancelled
	reason TEXT NOT NULL DEFAULT '',          -- code of the reason for passing on
	reason_text TEXT NOT NULL DEFAULT '',
	resolution TEXT NOT NULL DEFAULT '',      -- the head's words to the executor
	executor_id BIGINT NOT NULL DEFAULT 0,    -- account
	head_id BIGINT NOT NULL DEFAULT 0,        -- account that resolved
	made_at BIGINT NOT NULL,
	taken_at BIGINT NOT NULL DEFAULT 0,
	due_at BIGINT NOT NULL,
	inner_due_at BIGINT NOT NULL DEFAULT 0,   -- the head's own, earlier term
	done_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX assignment_of ON assignment (appeal_id, id);
CREATE INDEX assignment_open ON assignment (body_id, due_at, id) WHERE done_at = 0;
CREATE INDEX assignment_mine ON assignment (executor_id, due_at, id) WHERE done_at = 0 AND executor_id <> 0;

-- Executor and co-executors with their shares.
CREATE TABLE assignee (
	id BIGINT PRIMARY KEY,
	assignment_id BIGINT NOT NULL REFERENCES assignment (id),
	account_id BIGINT NOT NULL,
	lead BOOLEAN NOT NULL DEFAULT '0',        -- the executor; the others help
	share TEXT NOT NULL DEFAULT '',           -- what of it is theirs, in words
	due_at BIGINT NOT NULL,
	reply TEXT NOT NULL DEFAULT '',           -- what a co-executor found
	done_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX assignee_once ON assignee (assignment_id, account_id);
CREATE INDEX assignee_mine ON assignee (account_id, due_at) WHERE done_at = 0;

-- The trail: who, what, when, why. Written in the transaction of the change itself, never changed. The site, the letters and the counts read
-- it, so they cannot differ. Place, topic and body are copied here: counting needs no other table.
CREATE TABLE event (
	id BIGINT PRIMARY KEY,                    -- rising in time
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	kind TEXT NOT NULL,                       -- its words are the message trail.KIND
	public BOOLEAN NOT NULL,                  -- the person and the public see it; otherwise only the bodies
	happened_at BIGINT NOT NULL,
	account_id BIGINT NOT NULL DEFAULT 0,     -- who did it; 0: a guest or the program
	actor TEXT NOT NULL,                      -- person | staff | system
	body_id BIGINT NOT NULL,                  -- the body it happened at
	to_body_id BIGINT NOT NULL DEFAULT 0,
	assignment_id BIGINT NOT NULL DEFAULT 0,
	answer_id BIGINT NOT NULL DEFAULT 0,
	detail TEXT NOT NULL DEFAULT '',          -- a code: decision, rating, ground, reason for passing on
	reason TEXT NOT NULL DEFAULT '',          -- why, in words that the person may read
	due_at BIGINT NOT NULL DEFAULT 0,         -- the deadline that holds from now on
	value BIGINT NOT NULL DEFAULT 0,          -- answered: seconds it took; passed_on: which hop; joined: how many by now
	late BOOLEAN NOT NULL DEFAULT '0',        -- done after its time
	place_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL,
	topic TEXT NOT NULL,
	appeal_kind TEXT NOT NULL,
	origin TEXT NOT NULL
);
CREATE INDEX event_of ON event (appeal_id, id);

-- What the person and the bodies say to each other while it is under way.
CREATE TABLE thread_message (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	kind TEXT NOT NULL,                       -- ask_supplement | supplement | objection | comment | question
	from_person BOOLEAN NOT NULL,
	account_id BIGINT NOT NULL DEFAULT 0,
	body_id BIGINT NOT NULL DEFAULT 0,
	lang TEXT NOT NULL DEFAULT '',
	text TEXT NOT NULL,
	sent_at BIGINT NOT NULL
);
CREATE INDEX thread_message_of ON thread_message (appeal_id, id);

-- Notes of officials; never leave their body.
CREATE TABLE note (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	body_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	text TEXT NOT NULL,
	written_at BIGINT NOT NULL
);
CREATE INDEX note_of ON note (appeal_id, body_id, id);

-- Photos and documents: the bytes lie in the file folder by their sum.
CREATE TABLE file (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	owner_kind TEXT NOT NULL,                 -- appeal | thread_message | answer | hearing
	owner_id BIGINT NOT NULL,
	sha256 TEXT NOT NULL,
	media_type TEXT NOT NULL,
	name TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	cleared BOOLEAN NOT NULL DEFAULT '0',     -- a moderator lets the public see it
	account_id BIGINT NOT NULL DEFAULT 0,
	added_at BIGINT NOT NULL
);
CREATE INDEX file_of ON file (appeal_id, id);
CREATE INDEX file_by_sum ON file (sha256);

-- Who works on an answer or a record just now. A lock ends by itself; another may take it over and the first is told.
CREATE TABLE edit_lock (
	subject_kind TEXT NOT NULL,
	subject_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	taken_at BIGINT NOT NULL,
	until_at BIGINT NOT NULL,
	PRIMARY KEY (subject_kind, subject_id)
);

-- only sqlite
CREATE TRIGGER event_keeps BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
-- end
-- only postgres
CREATE TRIGGER event_keeps BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION append_only();
-- end
