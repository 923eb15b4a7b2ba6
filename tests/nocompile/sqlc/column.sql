-- must say: column.sql:4: no such column: nmae
-- (a misspelt column)

-- person_by_id(id person) -> one person_row
SELECT id, nmae FROM person WHERE id = :id;
