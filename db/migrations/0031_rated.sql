-- What people said of answers, by writer, topic and finding.
CREATE INDEX answer_rated ON answer (body_id, rated_at) WHERE rated_at <> 0;
