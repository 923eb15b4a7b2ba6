-- Whether anything refers to a stored file is asked by its sum.
CREATE INDEX measure_event_by_sum ON measure_event (sha256) WHERE sha256 <> '';
CREATE INDEX meeting_proof_by_sum ON meeting_proof (sha256) WHERE sha256 <> '';
CREATE INDEX petition_paper_by_sum ON petition_paper (scan_sha256);
CREATE INDEX appeal_draft_files ON appeal_draft (id) WHERE files <> '';
