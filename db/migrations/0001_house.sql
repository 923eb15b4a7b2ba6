-- The house: people who sign in, what they may do, work that waits, mail that leaves, and who did what.
-- Moments (*_at) are microseconds since 1970 in UTC, days (*_on) are days since 1970-01-01; 0 means "not set".

CREATE TABLE account (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,                     -- citizen | staff
	state TEXT NOT NULL DEFAULT 'active',   -- active | blocked
	name TEXT NOT NULL DEFAULT '',
	email TEXT NOT NULL DEFAULT '',
	email_key TEXT,                         -- folded address; NULL where there is none
	phone TEXT NOT NULL DEFAULT '',
	lang TEXT NOT NULL DEFAULT 'kk',
	identity_key TEXT,                      -- keyed hash of the verified personal identifier
	identity_sealed BLOB,                   -- the identifier itself, sealed; only where it must come back
	password_hash TEXT NOT NULL DEFAULT '', -- Argon2id, staff only
	totp_sealed BLOB,
	totp_last BIGINT NOT NULL DEFAULT 0,    -- last time step used: a code works once
	fails BIGINT NOT NULL DEFAULT 0,        -- wrong passwords or codes in a row
	fails_at BIGINT NOT NULL DEFAULT 0,
	mail_off BOOLEAN NOT NULL DEFAULT '0',
	created_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX account_by_email ON account (kind, email_key);
CREATE UNIQUE INDEX account_by_identity ON account (identity_key);

CREATE TABLE staff_role (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	body_id BIGINT NOT NULL,                -- a body of the country pack
	role TEXT NOT NULL,
	given_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX staff_role_once ON staff_role (account_id, body_id, role);
CREATE INDEX staff_role_by_body ON staff_role (body_id, role);

CREATE TABLE session (
	id BIGINT PRIMARY KEY,
	token_hash TEXT NOT NULL,               -- SHA-256 of the cookie; the cookie itself is nowhere
	account_id BIGINT NOT NULL REFERENCES account (id),
	body_id BIGINT NOT NULL DEFAULT 0,      -- staff: the body they work in just now
	csrf TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,                -- idle limit counts from here
	expires_at BIGINT NOT NULL              -- absolute limit
);
CREATE UNIQUE INDEX session_by_token ON session (token_hash);
CREATE INDEX session_by_account ON session (account_id);
CREATE INDEX session_by_end ON session (expires_at);

CREATE TABLE login_code (
	id BIGINT PRIMARY KEY,
	email_key TEXT NOT NULL,
	code_hash TEXT NOT NULL,
	tries BIGINT NOT NULL DEFAULT 0,
	made_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX login_code_by_email ON login_code (email_key, made_at);

CREATE TABLE recovery_code (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	code_hash TEXT NOT NULL,
	used_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX recovery_code_by_account ON recovery_code (account_id);

-- A write that a nervous finger or a lost reply repeats gives the same answer twice.
CREATE TABLE once (
	key TEXT PRIMARY KEY,                   -- route and the form's key
	answer TEXT NOT NULL,                   -- where the first one led
	made_at BIGINT NOT NULL
);
CREATE INDEX once_by_age ON once (made_at);

CREATE TABLE job (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,
	payload TEXT NOT NULL DEFAULT '',
	dedup TEXT,                             -- at most one job of this name; NULL: no limit
	state TEXT NOT NULL DEFAULT 'waiting',  -- waiting | done | failed
	due_at BIGINT NOT NULL,
	attempts BIGINT NOT NULL DEFAULT 0,
	claimed_by TEXT NOT NULL DEFAULT '',
	claimed_at BIGINT NOT NULL DEFAULT 0,
	done_at BIGINT NOT NULL DEFAULT 0,
	last_error TEXT NOT NULL DEFAULT '',
	made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX job_once ON job (dedup);
CREATE INDEX job_by_due ON job (state, due_at);

-- Delivery has states of its own: an answer is an answer even while its mail is on the way.
CREATE TABLE mail (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL DEFAULT 0,
	address TEXT NOT NULL,
	lang TEXT NOT NULL,
	subject TEXT NOT NULL,
	body_text TEXT NOT NULL,
	body_html TEXT NOT NULL,
	subject_kind TEXT NOT NULL DEFAULT '',  -- what it is about: appeal ...
	subject_id BIGINT NOT NULL DEFAULT 0,
	dedup TEXT,
	state TEXT NOT NULL DEFAULT 'queued',   -- queued | sent | refused | failed
	smtp_reply TEXT NOT NULL DEFAULT '',    -- the other side's own line, kept as proof
	attempts BIGINT NOT NULL DEFAULT 0,
	made_at BIGINT NOT NULL,
	sent_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX mail_once ON mail (dedup);
CREATE INDEX mail_by_state ON mail (state, made_at);
CREATE INDEX mail_by_subject ON mail (subject_kind, subject_id);

CREATE TABLE api_client (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	key_hash TEXT NOT NULL,
	account_id BIGINT NOT NULL REFERENCES account (id), -- who asked for the key
	may_write BOOLEAN NOT NULL DEFAULT '0',
	made_at BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX api_client_by_key ON api_client (key_hash);

-- What staff and administrators did, for good.
CREATE TABLE audit (
	id BIGINT PRIMARY KEY,
	happened_at BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	body_id BIGINT NOT NULL DEFAULT 0,
	action TEXT NOT NULL,
	object_kind TEXT NOT NULL DEFAULT '',
	object_id BIGINT NOT NULL DEFAULT 0,
	detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_by_account ON audit (account_id, id);
CREATE INDEX audit_by_object ON audit (object_kind, object_id, id);

-- only sqlite
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
-- end
-- only postgres
CREATE FUNCTION append_only() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql;
CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION append_only();
-- end
