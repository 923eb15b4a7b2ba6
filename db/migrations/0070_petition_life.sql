-- Petitions: contests and stops, signatures by mail and on paper, taking out what was not signed honestly, letters to signers, search.

ALTER TABLE petition ADD COLUMN listed BOOLEAN NOT NULL DEFAULT '0';            -- everybody may find it
ALTER TABLE petition ADD COLUMN excluded TEXT NOT NULL DEFAULT '';              -- of a refusal: the point of the list it falls under
ALTER TABLE petition ADD COLUMN contest TEXT NOT NULL DEFAULT '';               -- the author's words against the refusal
ALTER TABLE petition ADD COLUMN contested_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE petition ADD COLUMN contest_answer TEXT NOT NULL DEFAULT '';        -- of the moderators, when the refusal stands
ALTER TABLE petition ADD COLUMN register_due_at BIGINT NOT NULL DEFAULT 0;      -- the threshold is reached; registered then, if it still is
ALTER TABLE petition ADD COLUMN delay_told_at BIGINT NOT NULL DEFAULT 0;        -- the author knows that moderation is late
ALTER TABLE petition ADD COLUMN discuss_at BIGINT NOT NULL DEFAULT 0;           -- the public discussion with the applicant
ALTER TABLE petition ADD COLUMN discuss_where TEXT NOT NULL DEFAULT '';
ALTER TABLE petition ADD COLUMN source TEXT NOT NULL DEFAULT '';                -- address of a petition taken over from elsewhere
ALTER TABLE petition ADD COLUMN source_state TEXT NOT NULL DEFAULT '';          -- what it was there
ALTER TABLE petition ADD COLUMN author_mail BLOB;                                -- sealed address for letters about it
ALTER TABLE petition ADD COLUMN indexed BOOLEAN NOT NULL DEFAULT '0';           -- its words stand in petition_term
ALTER TABLE petition ADD COLUMN anonymised_at BIGINT NOT NULL DEFAULT 0;
UPDATE petition SET listed = '1' WHERE state IN ('open', 'review', 'decided', 'refused') OR (state = 'not_enough' AND opened_at <> 0);
DROP INDEX petition_public;
CREATE INDEX petition_listed ON petition (id) WHERE listed = '1';
CREATE INDEX petition_listed_state ON petition (state, id) WHERE listed = '1';
CREATE INDEX petition_to_anonymise ON petition (closed_at) WHERE anonymised_at = 0 AND closed_at <> 0;
CREATE INDEX petition_to_index ON petition (id) WHERE indexed = '0';

-- Words of a petition, for search: those of text_terms().
CREATE TABLE petition_term (
	term TEXT NOT NULL,
	petition_id BIGINT NOT NULL,
	PRIMARY KEY (term, petition_id)
);

ALTER TABLE petition_signature ADD COLUMN net TEXT NOT NULL DEFAULT '';         -- network it came from: 32 hex digits, /24 or /48, host bits 0
ALTER TABLE petition_signature ADD COLUMN mail_domain TEXT NOT NULL DEFAULT '';
ALTER TABLE petition_signature ADD COLUMN mail_key TEXT NOT NULL DEFAULT '';    -- keyed hash of the canonical address
ALTER TABLE petition_signature ADD COLUMN mail_sealed BLOB;                     -- the address, where there is no account
ALTER TABLE petition_signature ADD COLUMN lang TEXT NOT NULL DEFAULT '';
ALTER TABLE petition_signature ADD COLUMN wants_mail BOOLEAN NOT NULL DEFAULT '0'; -- news beyond the decision
ALTER TABLE petition_signature ADD COLUMN mail_off BOOLEAN NOT NULL DEFAULT '0';   -- no letters at all
ALTER TABLE petition_signature ADD COLUMN paper_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE petition_signature ADD COLUMN invalidated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE petition_signature ADD COLUMN invalidation_id BIGINT NOT NULL DEFAULT 0;
DROP INDEX petition_signature_shown;
CREATE INDEX petition_signature_of ON petition_signature (petition_id, id);

-- Signed by mail and not confirmed yet. Two people may share an address.
CREATE TABLE petition_pending (
	id BIGINT PRIMARY KEY,
	petition_id BIGINT NOT NULL REFERENCES petition (id),
	mail_key TEXT NOT NULL,
	slot BIGINT NOT NULL,                     -- 1 or 2
	name_key TEXT NOT NULL,                   -- keyed hash of the folded name
	mail_sealed BLOB,
	mail_domain TEXT NOT NULL,
	first_name TEXT NOT NULL,
	initial TEXT NOT NULL,
	hidden BOOLEAN NOT NULL,
	wants_mail BOOLEAN NOT NULL,
	place_id BIGINT NOT NULL,
	region_id BIGINT NOT NULL,
	net TEXT NOT NULL,
	lang TEXT NOT NULL,
	mails BIGINT NOT NULL DEFAULT 0,
	made_at BIGINT NOT NULL,
	confirmed_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX petition_pending_once ON petition_pending (petition_id, mail_key, slot);

-- A sheet of paper signatures.
CREATE TABLE petition_paper (
	id BIGINT PRIMARY KEY,
	petition_id BIGINT NOT NULL REFERENCES petition (id),
	sheet TEXT NOT NULL,                      -- its number, as written on it
	counted BIGINT NOT NULL,                  -- signatures on the sheet
	taken BIGINT NOT NULL,
	doubled BIGINT NOT NULL,                  -- had signed before
	doubled_lines TEXT NOT NULL DEFAULT '',
	place_id BIGINT NOT NULL,
	reason TEXT NOT NULL,
	scan_sha256 TEXT NOT NULL,
	scan_type TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX petition_paper_once ON petition_paper (petition_id, sheet);

-- Many signatures taken out at once, as a job that can be counted first, stopped and undone. Conditions hold together; empty ones do not ask.
CREATE TABLE petition_invalidation (
	id BIGINT PRIMARY KEY,
	petition_id BIGINT NOT NULL REFERENCES petition (id),
	state TEXT NOT NULL,                      -- counting | counted | running | done | cancelled | undoing | undone
	domain TEXT NOT NULL DEFAULT '',
	cidr TEXT NOT NULL DEFAULT '',            -- as typed
	net_from TEXT NOT NULL DEFAULT '',
	net_to TEXT NOT NULL DEFAULT '',
	since_at BIGINT NOT NULL DEFAULT 0,
	until_at BIGINT NOT NULL DEFAULT 0,
	place_id BIGINT NOT NULL DEFAULT 0,
	paper_id BIGINT NOT NULL DEFAULT 0,
	reason TEXT NOT NULL,
	matched BIGINT NOT NULL DEFAULT 0,
	done_n BIGINT NOT NULL DEFAULT 0,
	mark BIGINT NOT NULL DEFAULT 0,           -- last signature looked at
	account_id BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX petition_invalidation_of ON petition_invalidation (petition_id, id);

-- A letter to every signer, at a set rate. The mark moves in the transaction that queues the letters.
CREATE TABLE petition_mailing (
	id BIGINT PRIMARY KEY,
	petition_id BIGINT NOT NULL REFERENCES petition (id),
	kind TEXT NOT NULL,                       -- decision: to all | news: to those who want to hear more
	state TEXT NOT NULL,                      -- running | done | superseded | cancelled
	text TEXT NOT NULL,
	text_other TEXT NOT NULL DEFAULT '',
	mark BIGINT NOT NULL DEFAULT 0,
	upto BIGINT NOT NULL,                     -- the last signature there was
	total BIGINT NOT NULL DEFAULT 0,          -- signatures to go through
	seen BIGINT NOT NULL DEFAULT 0,
	queued BIGINT NOT NULL DEFAULT 0,
	account_id BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX petition_mailing_of ON petition_mailing (petition_id, id);
CREATE INDEX petition_mailing_runs ON petition_mailing (id) WHERE state = 'running';
ALTER TABLE mail ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT '';               -- path that ends letters of this sort in one tap

-- What a recount found.
CREATE TABLE petition_recount (
	id BIGINT PRIMARY KEY,
	counted_at BIGINT NOT NULL,
	petitions BIGINT NOT NULL,
	repaired BIGINT NOT NULL,                 -- counts that were wrong
	off_by BIGINT NOT NULL                    -- and by how much in all
);

CREATE INDEX petition_by_original ON petition (original_id) WHERE original_id <> 0;
