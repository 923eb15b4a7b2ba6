-- Letters to an address that somebody typed and nobody has shown to be theirs: so many an hour go, whatever form they come from.
ALTER TABLE mail ADD COLUMN typed_key TEXT NOT NULL DEFAULT ''; -- the address in small letters; empty for all other letters
CREATE INDEX mail_by_typed ON mail (typed_key, made_at) WHERE typed_key <> '';
