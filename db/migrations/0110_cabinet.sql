-- The cabinet: what is a person's is found by the person. The index that lets one person sign once serves both ways when the person comes first.

DROP INDEX petition_signature_once;
CREATE UNIQUE INDEX petition_signature_once ON petition_signature (identity_key, petition_id);
CREATE INDEX meeting_seat_of_account ON meeting_seat (account_id, id) WHERE account_id <> 0;
CREATE INDEX meeting_follow_of_mail ON meeting_follow (email_key, id);
CREATE INDEX reception_visit_of_account ON reception_visit (account_id, id) WHERE account_id <> 0;
