-- Meetings by their end, for the share of talk on the board.
CREATE INDEX meeting_by_end ON meeting (ended_at) WHERE ended_at <> 0;
