-- Every change of what the public sees of an appeal: whoever may see the originals may see what was done to them and take it back.
CREATE TABLE public_change (
	id BIGINT PRIMARY KEY,
	appeal_id BIGINT NOT NULL REFERENCES appeal (id),
	what TEXT NOT NULL,                       -- title | text | answer | file | state
	subject_id BIGINT NOT NULL DEFAULT 0,     -- of the answer, the file
	before_text TEXT NOT NULL,
	after_text TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	body_id BIGINT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	changed_at BIGINT NOT NULL
);
CREATE INDEX public_change_of ON public_change (appeal_id, id);

-- only sqlite
CREATE TRIGGER public_change_keeps BEFORE UPDATE ON public_change BEGIN SELECT RAISE(ABORT, 'public_change is append-only'); END;
CREATE TRIGGER public_change_stays BEFORE DELETE ON public_change BEGIN SELECT RAISE(ABORT, 'public_change is append-only'); END;
-- end
-- only postgres
CREATE TRIGGER public_change_keeps BEFORE UPDATE OR DELETE ON public_change FOR EACH ROW EXECUTE FUNCTION append_only();
-- end

-- The name that a file has for the public; empty: the file is not shown.
ALTER TABLE file ADD COLUMN public_name TEXT NOT NULL DEFAULT '';
-- An answer came after a moderator had looked.
ALTER TABLE appeal ADD COLUMN answer_unseen BOOLEAN NOT NULL DEFAULT '0';
CREATE INDEX appeal_answer_unseen ON appeal (body_id, id) WHERE answer_unseen = '1';
