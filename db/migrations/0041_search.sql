-- One search over everything that is public. The words are the program's own terms, so both indexes are dumb and find the same.
CREATE TABLE search_doc (
	id BIGINT PRIMARY KEY,                    -- of the record; of what the country pack holds: made anew
	kind TEXT NOT NULL,                       -- appeal | petition | body ...
	object_id BIGINT NOT NULL,
	lang TEXT NOT NULL DEFAULT '',            -- of what stands there in each language; empty: there is but one
	region_id BIGINT NOT NULL DEFAULT 0,
	path TEXT NOT NULL,                       -- its page
	title TEXT NOT NULL,
	text TEXT NOT NULL                        -- what is shown of it
);
CREATE UNIQUE INDEX search_doc_of ON search_doc (kind, object_id, lang);

-- only sqlite
CREATE VIRTUAL TABLE search_index USING fts5(title, words, tags, tokenize = "unicode61 remove_diacritics 0", detail = full);
-- end
-- only postgres
CREATE TABLE search_index (id BIGINT PRIMARY KEY, title tsvector NOT NULL, words tsvector NOT NULL);
CREATE INDEX search_index_title ON search_index USING gin (title);
CREATE INDEX search_index_words ON search_index USING gin (words);
-- end

-- What the pack looked like when its part of the index was made.
CREATE TABLE search_mark (
	id BIGINT PRIMARY KEY,
	pack TEXT NOT NULL
);
