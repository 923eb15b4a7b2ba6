-- What is owed: every deadline of every slice is a row here and nowhere else. Compliance, reminders and queues are queries over it.

CREATE TABLE duty (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,                     -- register | answer | supplement ... (standard/duty.h)
	clause TEXT NOT NULL,                   -- the norm of the standard it comes from
	subject_kind TEXT NOT NULL,             -- appeal ...
	subject_id BIGINT NOT NULL,
	part_id BIGINT NOT NULL DEFAULT 0,      -- the narrower thing: an assignment, an answer, a hearing
	body_id BIGINT NOT NULL,                -- who owes; 0: the person
	account_id BIGINT NOT NULL DEFAULT 0,   -- the official it lies with; 0: the body as a whole
	opened_at BIGINT NOT NULL,
	due_at BIGINT NOT NULL,
	closed_at BIGINT NOT NULL DEFAULT 0,    -- done or cancelled; open rows have 0
	outcome TEXT NOT NULL DEFAULT '',       -- '' open | done | cancelled
	late BOOLEAN NOT NULL DEFAULT '0',      -- closed after its time
	paused_at BIGINT NOT NULL DEFAULT 0,    -- the clock stands since then
	paused_us BIGINT NOT NULL DEFAULT 0,    -- how long it stood in all
	next_at BIGINT NOT NULL DEFAULT 0,      -- when to look at it again for a reminder; 0: no more
	reminded BIGINT NOT NULL DEFAULT 0      -- bits of the reminders sent (duty.h)
);
-- what is owed first, per body and per official; closed rows weigh nothing
CREATE INDEX duty_owed ON duty (body_id, due_at, id) WHERE closed_at = 0;
CREATE INDEX duty_mine ON duty (account_id, due_at, id) WHERE closed_at = 0 AND account_id <> 0;
CREATE INDEX duty_of ON duty (subject_id, id);
CREATE INDEX duty_to_remind ON duty (next_at) WHERE closed_at = 0 AND next_at <> 0;
-- compliance of a body over time
CREATE INDEX duty_kept ON duty (body_id, closed_at) WHERE closed_at <> 0;
