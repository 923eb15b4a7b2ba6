-- search.sql: documents and their words. The index is FTS5 on SQLite and tsvector on PostgreSQL; the query is written for each (search.c).

-- search_doc_insert(id search_doc, kind text, object int, lang text, region int, path text, title text, text text) -> done
INSERT INTO search_doc (id, kind, object_id, lang, region_id, path, title, text) VALUES (:id, :kind, :object, :lang, :region, :path, :title, :text);

-- search_index_insert(id search_doc, title text, words text, tags text) -> done
-- only sqlite
INSERT INTO search_index (rowid, title, words, tags) VALUES (:id, :title, :words, :tags);
-- end
-- only postgres
INSERT INTO search_index (id, title, words)
VALUES (:id, CAST(:title || ' ' || :tags AS tsvector), CAST(:title || ' ' || :words || ' ' || :tags AS tsvector));
-- end

-- search_docs_of(kind text, object int, limit int) -> many search_id_row
SELECT id FROM search_doc WHERE kind = :kind AND object_id = :object ORDER BY id LIMIT :limit;

-- search_docs_of_kind(kind text, limit int) -> many search_id_row
SELECT id FROM search_doc WHERE kind = :kind LIMIT :limit;

-- search_count() -> one search_sum(n int)
SELECT COUNT(*) AS n FROM search_doc;

-- search_doc_delete(id search_doc) -> done
DELETE FROM search_doc WHERE id = :id;

-- search_index_delete(id search_doc) -> done
-- only sqlite
DELETE FROM search_index WHERE rowid = :id;
-- end
-- only postgres
DELETE FROM search_index WHERE id = :id;
-- end

-- search_title(q text, before search_doc, limit int) -> many search_row
SELECT d.id, d.kind, d.object_id, d.lang, d.region_id, d.path, d.title, d.text
-- only sqlite
  FROM search_index i CROSS JOIN search_doc d ON d.id = i.rowid
 WHERE search_index MATCH :q AND i.rowid < :before ORDER BY i.rowid DESC LIMIT :limit;
-- end
-- only postgres
  FROM search_index i JOIN search_doc d ON d.id = i.id
 WHERE i.title @@ CAST(:q AS tsquery) AND i.id < :before ORDER BY i.id DESC LIMIT :limit;
-- end

-- Whose title does not say it, or it would be shown twice.
-- search_words(q text, before search_doc, limit int) -> many search_row
SELECT d.id, d.kind, d.object_id, d.lang, d.region_id, d.path, d.title, d.text
-- only sqlite
  FROM search_index i CROSS JOIN search_doc d ON d.id = i.rowid
 WHERE search_index MATCH :q AND i.rowid < :before ORDER BY i.rowid DESC LIMIT :limit;
-- end
-- only postgres
  FROM search_index i JOIN search_doc d ON d.id = i.id
 WHERE i.words @@ CAST(:q AS tsquery) AND NOT i.title @@ CAST(:q AS tsquery) AND i.id < :before ORDER BY i.id DESC LIMIT :limit;
-- end

-- search_mark_get(id search_mark) -> one search_mark_row
SELECT id, pack FROM search_mark WHERE id = :id;

-- search_mark_put(id search_mark, pack text) -> done
INSERT INTO search_mark (id, pack) VALUES (:id, :pack) ON CONFLICT (id) DO UPDATE SET pack = excluded.pack;
