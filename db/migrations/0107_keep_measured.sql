-- The rows behind what the board measures: meetings by their end, visits by the moment they began.
CREATE INDEX meeting_ended_of_body ON meeting (body_id, ended_at, id) WHERE ended_at <> 0;
CREATE INDEX reception_visit_of_body ON reception_visit (body_id, opened_at, id);
