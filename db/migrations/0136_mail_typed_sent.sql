-- Whoever writes to one address without end meets the letters that went, not those that were dropped.
DROP INDEX mail_by_typed;
CREATE INDEX mail_by_typed ON mail (typed_key, made_at) WHERE typed_key <> '' AND state <> 'dropped';
