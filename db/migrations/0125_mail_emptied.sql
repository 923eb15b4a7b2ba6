-- A letter's words go after a term, those with a one-time code or link as soon as it is delivered or worth nothing; the row with its delivery stays.
ALTER TABLE mail ADD COLUMN once_ends_at BIGINT NOT NULL DEFAULT 0; -- holds a one-time code or link, until then; 0: none
CREATE INDEX mail_once_words ON mail (once_ends_at) WHERE once_ends_at <> 0 AND body_text <> '';
CREATE INDEX mail_words ON mail (made_at) WHERE body_text <> '';
