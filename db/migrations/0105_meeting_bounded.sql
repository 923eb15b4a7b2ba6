-- What the pages of a meeting show of its questions costs the same however many there are: counted as they come, and found by what they wait for.
ALTER TABLE meeting ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0; -- questions that no moderator has seen
UPDATE meeting SET waiting = (SELECT COUNT(*) FROM meeting_question q WHERE q.meeting_id = meeting.id AND q.state = 'waiting');

CREATE TABLE meeting_topic (
	meeting_id BIGINT NOT NULL REFERENCES meeting (id),
	topic TEXT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (meeting_id, topic)
);
INSERT INTO meeting_topic (meeting_id, topic, n)
SELECT q.meeting_id, q.topic, COUNT(*) FROM meeting_question q WHERE q.topic <> '' GROUP BY q.meeting_id, q.topic;

CREATE INDEX meeting_question_waiting ON meeting_question (meeting_id, number) WHERE state = 'waiting';
CREATE INDEX meeting_question_queued ON meeting_question (meeting_id, votes DESC, let_at, id) WHERE state = 'queued';
CREATE INDEX meeting_question_settled ON meeting_question (meeting_id, number) WHERE state IN ('answering', 'on_spot', 'owed', 'not_ours', 'joined');
CREATE INDEX meeting_question_unsolved ON meeting_question (meeting_id, number) WHERE unsolved <> '';
CREATE INDEX meeting_line_of_question ON meeting_line (question_id, id) WHERE question_id <> 0;
