-- The browser that asked for a code, as a keyed hash: the code works there only.
ALTER TABLE login_code ADD COLUMN browser TEXT NOT NULL DEFAULT '';
