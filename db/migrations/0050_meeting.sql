-- Meetings of heads with residents: what is owed, the calendar, the announcement, the hall, the questions and what became of them.

-- A calendar of the year: one a body, due by the day that the standard names.
CREATE TABLE meeting_calendar (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	year BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	approved_at BIGINT NOT NULL DEFAULT 0,
	approved_by BIGINT NOT NULL DEFAULT 0,
	note TEXT NOT NULL DEFAULT ''             -- who was told: the council's letter
);
CREATE UNIQUE INDEX meeting_calendar_once ON meeting_calendar (body_id, year);

-- One meeting that a head owes a place in a span of time.
CREATE TABLE meeting_owed (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	place_id BIGINT NOT NULL,                 -- 0: the whole country
	region_id BIGINT NOT NULL DEFAULT 0,
	from_on BIGINT NOT NULL,
	until_on BIGINT NOT NULL,
	number BIGINT NOT NULL,                   -- 1 ... how many are owed in the span
	meeting_id BIGINT NOT NULL DEFAULT 0,     -- that kept it
	kept_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX meeting_owed_once ON meeting_owed (body_id, place_id, from_on, number);
CREATE INDEX meeting_owed_open ON meeting_owed (until_on, id) WHERE kept_at = 0;
CREATE INDEX meeting_owed_by_end ON meeting_owed (until_on, id);

CREATE TABLE meeting (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	place_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL DEFAULT 0,
	state TEXT NOT NULL,                      -- planned | announced | live | ended | published | cancelled
	outside BOOLEAN NOT NULL DEFAULT '0',     -- added besides the calendar of the year
	starts_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,                  -- as planned
	moved BIGINT NOT NULL DEFAULT 0,          -- how often
	lang TEXT NOT NULL,
	speaker TEXT NOT NULL,                    -- the head: name and post
	venue TEXT NOT NULL,
	agenda TEXT NOT NULL DEFAULT '',
	seats BIGINT NOT NULL DEFAULT 0,          -- 0: no limit
	reserved BIGINT NOT NULL DEFAULT 0,       -- of them kept back; the standard says how many may be
	taken BIGINT NOT NULL DEFAULT 0,
	broadcast TEXT NOT NULL DEFAULT '',       -- address of the public broadcast
	video TEXT NOT NULL DEFAULT '',           -- address for those who ask by video link
	contact TEXT NOT NULL DEFAULT '',
	questions BIGINT NOT NULL DEFAULT 0,      -- the last number given
	announced_at BIGINT NOT NULL DEFAULT 0,
	began_at BIGINT NOT NULL DEFAULT 0,
	ended_at BIGINT NOT NULL DEFAULT 0,
	filed_at BIGINT NOT NULL DEFAULT 0,       -- every question has become an appeal
	published_at BIGINT NOT NULL DEFAULT 0,
	talk_sec BIGINT NOT NULL DEFAULT 0,       -- measured, when it ended
	question_sec BIGINT NOT NULL DEFAULT 0,
	other_sec BIGINT NOT NULL DEFAULT 0,
	came BIGINT NOT NULL DEFAULT 0,
	summary TEXT NOT NULL DEFAULT '',         -- of the minutes
	made_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE INDEX meeting_by_start ON meeting (starts_at, id);
CREATE INDEX meeting_by_region ON meeting (region_id, starts_at, id);
CREATE INDEX meeting_by_body ON meeting (body_id, starts_at, id);
CREATE INDEX meeting_live ON meeting (id) WHERE state = 'live';
CREATE INDEX meeting_to_file ON meeting (id) WHERE state IN ('ended', 'published', 'cancelled') AND filed_at = 0;

CREATE TABLE meeting_event (
	id BIGINT PRIMARY KEY,
	meeting_id BIGINT NOT NULL REFERENCES meeting (id),
	kind TEXT NOT NULL,
	happened_at BIGINT NOT NULL,
	account_id BIGINT NOT NULL DEFAULT 0,
	detail TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX meeting_event_of ON meeting_event (meeting_id, id);

-- Where it was announced: a link, a photo, a date.
CREATE TABLE meeting_proof (
	id BIGINT PRIMARY KEY,
	meeting_id BIGINT NOT NULL REFERENCES meeting (id),
	channel TEXT NOT NULL,                    -- a code of the pack
	link TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT '',
	shown_on BIGINT NOT NULL,
	sha256 TEXT NOT NULL DEFAULT '',
	media_type TEXT NOT NULL DEFAULT '',
	file_name TEXT NOT NULL DEFAULT '',
	account_id BIGINT NOT NULL,
	made_at BIGINT NOT NULL
);
CREATE INDEX meeting_proof_of ON meeting_proof (meeting_id, id);

-- Who registered: a seat, or a place in the waiting list in the order of coming.
CREATE TABLE meeting_seat (
	id BIGINT PRIMARY KEY,
	meeting_id BIGINT NOT NULL REFERENCES meeting (id),
	state TEXT NOT NULL,                      -- seat | waiting | left
	code TEXT NOT NULL,                       -- said at the door
	person_key TEXT,                          -- keyed address, once a meeting; NULL: none given, or left
	account_id BIGINT NOT NULL DEFAULT 0,
	name TEXT NOT NULL,
	email TEXT NOT NULL DEFAULT '',
	lang TEXT NOT NULL,
	walked_in BOOLEAN NOT NULL DEFAULT '0',   -- without registering
	made_at BIGINT NOT NULL,
	came_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX meeting_seat_code ON meeting_seat (meeting_id, code);
CREATE UNIQUE INDEX meeting_seat_once ON meeting_seat (meeting_id, person_key);
CREATE INDEX meeting_seat_waiting ON meeting_seat (meeting_id, id) WHERE state = 'waiting';
CREATE INDEX meeting_seat_of ON meeting_seat (meeting_id, id);

CREATE TABLE meeting_question (
	id BIGINT PRIMARY KEY,
	meeting_id BIGINT NOT NULL REFERENCES meeting (id),
	number BIGINT NOT NULL,
	how TEXT NOT NULL,                        -- web | hall | phone | video
	state TEXT NOT NULL,                      -- waiting | queued | answering | on_spot | owed | not_ours | joined
	lang TEXT NOT NULL,
	text TEXT NOT NULL,
	shown TEXT NOT NULL,                      -- the same without personal data, as the public reads it
	topic TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	email TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	account_id BIGINT NOT NULL DEFAULT 0,
	visitor_key TEXT NOT NULL DEFAULT '',
	line_key TEXT,                            -- made by a line of the minutes-taker
	joined_to BIGINT NOT NULL DEFAULT 0,
	votes BIGINT NOT NULL DEFAULT 0,
	pass_body BIGINT NOT NULL DEFAULT 0,      -- whose it is, when not ours
	unsolved TEXT NOT NULL DEFAULT '',        -- why it cannot be solved now
	appeal_id BIGINT NOT NULL DEFAULT 0,      -- it became
	spoken BOOLEAN NOT NULL DEFAULT '0',      -- an answer was given in the hall
	asked_at BIGINT NOT NULL,
	let_at BIGINT NOT NULL DEFAULT 0,         -- through, by the moderator
	done_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX meeting_question_number ON meeting_question (meeting_id, number);
CREATE UNIQUE INDEX meeting_question_line ON meeting_question (meeting_id, line_key);
CREATE UNIQUE INDEX meeting_question_now ON meeting_question (meeting_id) WHERE state = 'answering';
CREATE INDEX meeting_question_to_file ON meeting_question (meeting_id, id) WHERE appeal_id = 0;
CREATE INDEX meeting_question_by_appeal ON meeting_question (appeal_id) WHERE appeal_id <> 0;

CREATE TABLE meeting_vote (
	question_id BIGINT NOT NULL REFERENCES meeting_question (id),
	voter_key TEXT NOT NULL,                  -- of an account or of a browser
	PRIMARY KEY (question_id, voter_key)
);

-- The clock of the hall: at most one span runs. Moments are the server's.
CREATE TABLE meeting_span (
	id BIGINT PRIMARY KEY,
	meeting_id BIGINT NOT NULL REFERENCES meeting (id),
	kind TEXT NOT NULL,                       -- talk | questions | other
	began_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX meeting_span_runs ON meeting_span (meeting_id) WHERE ended_at = 0;
CREATE INDEX meeting_span_of ON meeting_span (meeting_id, id);

-- The minutes as they are typed: lines are only added. The key is made where it was typed, so that a line sent again is the same line.
CREATE TABLE meeting_line (
	id BIGINT PRIMARY KEY,
	meeting_id BIGINT NOT NULL REFERENCES meeting (id),
	question_id BIGINT NOT NULL DEFAULT 0,
	line_key TEXT NOT NULL,
	kind TEXT NOT NULL,                       -- question | answer | note
	text TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX meeting_line_once ON meeting_line (meeting_id, line_key);
CREATE INDEX meeting_line_of ON meeting_line (meeting_id, id);

-- Who wants a letter when a meeting is announced in a place.
CREATE TABLE meeting_follow (
	id BIGINT PRIMARY KEY,
	place_id BIGINT NOT NULL,
	email TEXT NOT NULL,
	email_key TEXT NOT NULL,
	lang TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	confirmed_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX meeting_follow_once ON meeting_follow (place_id, email_key);
