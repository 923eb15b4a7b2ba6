-- What people bring on paper: the day it came counts, not the day it was typed.
ALTER TABLE appeal ADD COLUMN received_on BIGINT NOT NULL DEFAULT 0;
-- Who wrote it down for the person, and where; taken_by is whoever registers.
ALTER TABLE appeal ADD COLUMN written_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE appeal ADD COLUMN written_body_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX appeal_written_by ON appeal (written_by, id) WHERE written_by <> 0;
