-- Who ruled on a petition last: whoever refused it does not decide the objection to that.
ALTER TABLE petition ADD COLUMN moderated_by BIGINT NOT NULL DEFAULT 0;
UPDATE petition SET moderated_by = COALESCE((SELECT e.account_id FROM petition_event e WHERE e.petition_id = petition.id AND e.kind = 'refused'
                                              ORDER BY e.id DESC LIMIT 1), 0)
 WHERE state = 'refused';
