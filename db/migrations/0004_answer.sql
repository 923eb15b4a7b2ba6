-- Answers: each body's share has its own, in versions; one that was sent back or not understood stays as it was.

CREATE TABLE answer (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	assignment_id BIGINT NOT NULL REFERENCES assignment (id),
	body_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	state TEXT NOT NULL,                      -- draft | checked | approved | delivered | clear | not_clear | not_solved
	decision TEXT NOT NULL DEFAULT '',        -- granted | refused | explained
	ground TEXT NOT NULL DEFAULT '',          -- of a refusal: code in the pack
	lang TEXT NOT NULL,
	writer_id BIGINT NOT NULL,
	approver_id BIGINT NOT NULL DEFAULT 0,
	signer_id BIGINT NOT NULL DEFAULT 0,
	made_at BIGINT NOT NULL,
	saved_at BIGINT NOT NULL,
	checked_at BIGINT NOT NULL DEFAULT 0,
	approved_at BIGINT NOT NULL DEFAULT 0,
	signed_at BIGINT NOT NULL DEFAULT 0,
	delivered_at BIGINT NOT NULL DEFAULT 0,
	rated_at BIGINT NOT NULL DEFAULT 0,
	rating_text TEXT NOT NULL DEFAULT '',     -- the person's words with the rating
	public_text TEXT NOT NULL DEFAULT '',     -- masked; filled when the appeal is cleared for the public
	text TEXT NOT NULL
);
CREATE INDEX answer_of ON answer (appeal_id, id);
CREATE UNIQUE INDEX answer_version ON answer (assignment_id, version);
CREATE INDEX answer_to_sign ON answer (body_id, state, saved_at) WHERE state IN ('checked', 'approved');

CREATE INDEX answer_to_clear ON answer (id) WHERE public_text = '' AND delivered_at <> 0;

-- The reply to each point asked.
CREATE TABLE answer_part (
	id BIGINT PRIMARY KEY,
	answer_id BIGINT NOT NULL REFERENCES answer (id),
	number BIGINT NOT NULL,                   -- of the point
	text TEXT NOT NULL
);
CREATE UNIQUE INDEX answer_part_of ON answer_part (answer_id, number);

-- What happens next: what, by when, by whom.
CREATE TABLE answer_step (
	id BIGINT PRIMARY KEY,
	answer_id BIGINT NOT NULL REFERENCES answer (id),
	number BIGINT NOT NULL,
	text TEXT NOT NULL,
	due_on BIGINT NOT NULL DEFAULT 0,
	who TEXT NOT NULL DEFAULT '',
	done_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX answer_step_of ON answer_step (answer_id, number);

-- What the person can still do.
CREATE TABLE answer_option (
	id BIGINT PRIMARY KEY,
	answer_id BIGINT NOT NULL REFERENCES answer (id),
	number BIGINT NOT NULL,
	code TEXT NOT NULL DEFAULT '',            -- contest | court | a programme of the pack; '' free
	text TEXT NOT NULL
);
CREATE UNIQUE INDEX answer_option_of ON answer_option (answer_id, number);

CREATE TABLE approval (
	id BIGINT PRIMARY KEY,
	answer_id BIGINT NOT NULL REFERENCES answer (id),
	account_id BIGINT NOT NULL,
	verdict TEXT NOT NULL,                    -- submitted | approved | sent_back | signed
	comment TEXT NOT NULL DEFAULT '',
	decided_at BIGINT NOT NULL
);
CREATE INDEX approval_of ON approval (answer_id, id);

-- The person is heard before an unfavourable decision.
CREATE TABLE hearing (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	assignment_id BIGINT NOT NULL REFERENCES assignment (id),
	body_id BIGINT NOT NULL,
	state TEXT NOT NULL,                      -- planned | objected | held
	preliminary TEXT NOT NULL,                -- the decision that the body leans to, and why
	where_text TEXT NOT NULL DEFAULT '',      -- room or link
	starts_at BIGINT NOT NULL,
	told_at BIGINT NOT NULL,
	object_until_at BIGINT NOT NULL,
	objection TEXT NOT NULL DEFAULT '',
	objected_at BIGINT NOT NULL DEFAULT 0,
	protocol TEXT NOT NULL DEFAULT '',
	held_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX hearing_of ON hearing (appeal_id, id);

-- only sqlite
CREATE TRIGGER approval_keeps BEFORE UPDATE ON approval BEGIN SELECT RAISE(ABORT, 'approval is append-only'); END;
CREATE TRIGGER approval_stays BEFORE DELETE ON approval BEGIN SELECT RAISE(ABORT, 'approval is append-only'); END;
-- end
-- only postgres
CREATE TRIGGER approval_keeps BEFORE UPDATE OR DELETE ON approval FOR EACH ROW EXECUTE FUNCTION append_only();
-- end
