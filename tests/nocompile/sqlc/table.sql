-- must say: table.sql:3: no such table: persons

-- person_count() -> value int
SELECT COUNT(*) FROM persons;
