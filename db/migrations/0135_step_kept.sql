-- What became of a step that an answer promised. due_on is the day that holds now.
ALTER TABLE answer_step ADD COLUMN first_on BIGINT NOT NULL DEFAULT 0;    -- the day that was signed; 0: never moved
ALTER TABLE answer_step ADD COLUMN moved_n BIGINT NOT NULL DEFAULT 0;
ALTER TABLE answer_step ADD COLUMN done_on BIGINT NOT NULL DEFAULT 0;     -- the day it was done; done_at: the moment that was said
ALTER TABLE answer_step ADD COLUMN said TEXT NOT NULL DEFAULT '';         -- how it was done, or why it was moved
ALTER TABLE answer_step ADD COLUMN replaced_at BIGINT NOT NULL DEFAULT 0; -- a newer version of the answer took its place
