-- The check of answers before they leave, and what people said afterwards.

-- Sixty least hashes of a delivered answer and ten keys over them: a near copy among millions is found by ten lookups.
CREATE TABLE answer_sketch (
	answer_id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL,
	least BLOB NOT NULL
);
CREATE TABLE answer_band (
	band BIGINT NOT NULL,
	answer_id BIGINT NOT NULL,
	PRIMARY KEY (band, answer_id)
);

-- What still stood in an answer when it was signed.
CREATE TABLE finding (
	id BIGINT PRIMARY KEY,
	answer_id BIGINT NOT NULL REFERENCES answer (id),
	body_id BIGINT NOT NULL,
	writer_id BIGINT NOT NULL,
	topic TEXT NOT NULL,
	kind TEXT NOT NULL,
	passed BOOLEAN NOT NULL DEFAULT '0',      -- it blocks, and a controller let it pass
	found_at BIGINT NOT NULL
);
CREATE INDEX finding_by_body ON finding (body_id, found_at);
CREATE INDEX finding_of ON finding (answer_id);

-- A controller lets one finding pass, with a reason that the public reads in the statistics.
CREATE TABLE finding_pass (
	id BIGINT PRIMARY KEY,
	answer_id BIGINT NOT NULL REFERENCES answer (id),
	body_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	reason TEXT NOT NULL,
	passed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX finding_pass_once ON finding_pass (answer_id, kind);
CREATE INDEX finding_pass_by_body ON finding_pass (body_id, passed_at);

-- One answer in so many goes to a second reader, drawn by lot; the writer does not learn who it was.
CREATE TABLE second_reading (
	id BIGINT PRIMARY KEY,
	answer_id BIGINT NOT NULL REFERENCES answer (id),
	body_id BIGINT NOT NULL,
	reader_id BIGINT NOT NULL,
	verdict TEXT NOT NULL DEFAULT '',         -- clear | not_clear
	words TEXT NOT NULL DEFAULT '',
	asked_at BIGINT NOT NULL,
	read_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX second_reading_once ON second_reading (answer_id);
CREATE INDEX second_reading_waits ON second_reading (reader_id, asked_at) WHERE read_at = 0;
CREATE INDEX second_reading_by_body ON second_reading (body_id, asked_at);

-- Plain words that a body's editors add to those of the pack.
CREATE TABLE plain_word (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	lang TEXT NOT NULL,
	pattern TEXT NOT NULL,
	instead TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX plain_word_of ON plain_word (body_id, id) WHERE ended_at = 0;

-- Quality of answers by body and week: answers, tta:N, finding:KIND, passed:KIND, clear, not_clear, not_solved, reopened.
CREATE TABLE quality_count (
	week BIGINT NOT NULL,                     -- weeks since 1970
	body_id BIGINT NOT NULL,
	metric TEXT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (week, body_id, metric)
);

-- The sentence that the person did not understand.
CREATE TABLE unclear_mark (
	id BIGINT PRIMARY KEY,
	answer_id BIGINT NOT NULL REFERENCES answer (id),
	sentence BIGINT NOT NULL,                 -- from 1, of the answer's text
	marked_at BIGINT NOT NULL
);
CREATE INDEX unclear_mark_of ON unclear_mark (answer_id);

-- Earlier answers on a topic that people called clear.
CREATE INDEX appeal_rated_clear ON appeal (topic, id) WHERE rating = 'clear';
