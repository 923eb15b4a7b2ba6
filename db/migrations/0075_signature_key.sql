-- The key of the form that a signature came by: a repeated request is recognised without a row of its own in table once.
ALTER TABLE petition_signature ADD COLUMN form_key BIGINT NOT NULL DEFAULT 0;
