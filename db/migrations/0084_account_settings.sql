-- Settings of an account: where it is signed in, and another e-mail address, confirmed at both.

ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT ''; -- browser and system in two words, never the whole header

CREATE TABLE mail_change (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	email TEXT NOT NULL,
	email_key TEXT NOT NULL,
	old_hash TEXT NOT NULL DEFAULT '',     -- of the code that went to the address so far; empty: there was none
	new_hash TEXT NOT NULL,
	tries BIGINT NOT NULL DEFAULT 0,
	made_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX mail_change_of_account ON mail_change (account_id, made_at);
CREATE INDEX mail_change_by_end ON mail_change (expires_at);
