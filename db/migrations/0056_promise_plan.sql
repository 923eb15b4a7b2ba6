-- A promise of a reception may become a measure of the body's plan: its date and duty are then the plan's.
ALTER TABLE reception_visit ADD COLUMN measure_id BIGINT NOT NULL DEFAULT 0;
