-- file.sql: what refers to stored files. A table that gets a sum of a file gets a line here.

-- file_used(sha256 text) -> value int
SELECT COUNT(*) FROM (SELECT sha256 FROM file WHERE sha256 = :sha256
                      UNION ALL SELECT sha256 FROM measure_event WHERE sha256 = :sha256 AND sha256 <> ''
                      UNION ALL SELECT sha256 FROM meeting_proof WHERE sha256 = :sha256 AND sha256 <> ''
                      UNION ALL SELECT scan_sha256 FROM petition_paper WHERE scan_sha256 = :sha256) x;

-- file_drafts(after appeal_draft, limit int) -> many file_draft_row
SELECT id, files FROM appeal_draft WHERE files <> '' AND id > :after ORDER BY id LIMIT :limit;
