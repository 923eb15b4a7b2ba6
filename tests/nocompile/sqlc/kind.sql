-- must say: kind.sql:3: unknown kind of result: some

-- person_by_id(id person) -> some person_row
SELECT id, name FROM person WHERE id = :id;
