-- What a nation's load asks for: nothing is looked for by reading a table from end to end.
CREATE INDEX login_code_by_end ON login_code (expires_at);
