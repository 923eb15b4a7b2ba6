-- Plans: what a body has promised to do, by when, with which money, and what became of it.

CREATE TABLE measure (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL DEFAULT 0,      -- of the body; 0: the whole country
	topic TEXT NOT NULL DEFAULT '',
	lang TEXT NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL,                      -- planned | working | done | dropped | not_now
	reason TEXT NOT NULL DEFAULT '',          -- of dropped and not_now
	post TEXT NOT NULL,                       -- who does it: the post, in words
	account_id BIGINT NOT NULL DEFAULT 0,     -- the official it lies with; 0: the body
	due_on BIGINT NOT NULL DEFAULT 0,         -- 0: no date (not_now only)
	first_due_on BIGINT NOT NULL DEFAULT 0,   -- the date named first, whatever it was moved to
	moves BIGINT NOT NULL DEFAULT 0,          -- how often the date was moved
	amount BIGINT NOT NULL DEFAULT 0,         -- money, in whole units of the currency; 0: not known
	money_source TEXT NOT NULL DEFAULT '',
	origin TEXT NOT NULL DEFAULT '',          -- meeting | reception | petition | appeal | problem; '': the body itself
	origin_id BIGINT NOT NULL DEFAULT 0,
	voices BIGINT NOT NULL DEFAULT 0,         -- who asked for it, counted
	made_by BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL DEFAULT 0        -- done, dropped or put off
);
CREATE INDEX measure_by_state ON measure (state, id);
CREATE INDEX measure_of_region ON measure (region_id, id);
CREATE INDEX measure_of_body ON measure (body_id, due_on, id);
CREATE INDEX measure_of_origin ON measure (origin, origin_id, id);

-- Whose words stand behind a measure. Everyone is told once when it is done.
CREATE TABLE measure_voice (
	measure_id BIGINT NOT NULL REFERENCES measure (id),
	kind TEXT NOT NULL,                       -- a kind of subject: appeal ...
	subject_id BIGINT NOT NULL,
	PRIMARY KEY (measure_id, subject_id, kind)
);
CREATE INDEX measure_voice_of ON measure_voice (subject_id, kind, measure_id);

-- The trail: progress with its evidence, every moved date, every change of state.
CREATE TABLE measure_event (
	id BIGINT PRIMARY KEY,
	measure_id BIGINT NOT NULL REFERENCES measure (id),
	kind TEXT NOT NULL,                       -- added | started | noted | moved | done | dropped | not_now | resumed
	happened_at BIGINT NOT NULL,
	account_id BIGINT NOT NULL DEFAULT 0,
	text TEXT NOT NULL DEFAULT '',
	link TEXT NOT NULL DEFAULT '',
	from_on BIGINT NOT NULL DEFAULT 0,        -- moved
	to_on BIGINT NOT NULL DEFAULT 0,
	sha256 TEXT NOT NULL DEFAULT '',          -- a photo or document as evidence
	media_type TEXT NOT NULL DEFAULT '',
	file_name TEXT NOT NULL DEFAULT ''
);
CREATE INDEX measure_event_of ON measure_event (measure_id, id);

-- only sqlite
CREATE TRIGGER measure_event_keeps BEFORE UPDATE ON measure_event BEGIN SELECT RAISE(ABORT, 'measure_event is append-only'); END;
CREATE TRIGGER measure_event_stays BEFORE DELETE ON measure_event BEGIN SELECT RAISE(ABORT, 'measure_event is append-only'); END;
-- end
-- only postgres
CREATE TRIGGER measure_event_keeps BEFORE UPDATE OR DELETE ON measure_event FOR EACH ROW EXECUTE FUNCTION append_only();
-- end

-- Reports on a half-year: owed by every body that has a plan; the numbers stand still once it is published.
CREATE TABLE plan_report (
	id BIGINT PRIMARY KEY,
	body_id BIGINT NOT NULL,
	half BIGINT NOT NULL,                     -- year * 2, + 1 for the second half
	words TEXT NOT NULL DEFAULT '',           -- of the head
	made_at BIGINT NOT NULL,
	due_at BIGINT NOT NULL,
	published_at BIGINT NOT NULL DEFAULT 0,
	published_by BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX plan_report_once ON plan_report (body_id, half);
CREATE INDEX plan_report_public ON plan_report (published_at, id) WHERE published_at <> 0;

CREATE TABLE plan_report_line (
	report_id BIGINT NOT NULL REFERENCES plan_report (id),
	measure_id BIGINT NOT NULL REFERENCES measure (id),
	state TEXT NOT NULL,
	due_on BIGINT NOT NULL,
	first_due_on BIGINT NOT NULL,
	moves BIGINT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (report_id, measure_id)
);
CREATE TABLE plan_report_number (
	report_id BIGINT NOT NULL REFERENCES plan_report (id),
	name TEXT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (report_id, name)
);
