-- What a question of a meeting came to in the plan of the body.
ALTER TABLE meeting_question ADD COLUMN measure_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX meeting_question_joined ON meeting_question (joined_to) WHERE joined_to <> 0;
