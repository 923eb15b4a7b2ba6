-- must compile

-- person_by_id(id person) -> one person_row
SELECT id, name, photo, share, active, born_on, seen_at FROM person WHERE id = :id;

-- person_list_after(after person, limit int) -> many person_row
SELECT id, name, photo, share, active, born_on, seen_at
  FROM person -- a comment with a 'quote' and a :parameter
 WHERE id > :after AND name <> 'it''s :after'
 ORDER BY id
 LIMIT :limit;

-- person_insert(id person, name text, photo blob, share real, active bool, born day, seen time) -> done
INSERT INTO person (id, name, photo, share, active, born_on, seen_at)
VALUES (:id, :name, :photo, :share, :active, :born, :seen);

-- letter_pages(least int) -> many letter_pages_row(name text, last_at time)
SELECT l.person_id, l.id, COALESCE(p.name, '') AS name, SUM(l.pages) AS sum, MAX(p.seen_at) AS last_at, COUNT(*) AS n
  FROM letter l JOIN person p ON p.id = l.person_id
 GROUP BY l.person_id, l.id, p.name
HAVING SUM(l.pages) >= :least;

-- letter_first(person person) -> value letter
SELECT id FROM letter WHERE person_id = :person ORDER BY id LIMIT 1;

-- letter_year(id letter) -> value text
-- only sqlite
SELECT CAST(pages AS TEXT) FROM letter WHERE id = :id;
-- end
-- only postgres
SELECT pages::text FROM letter WHERE id = :id;
-- end
