-- must say: row_differs.sql:6: this row has other columns or types in an earlier statement: person_row

-- person_by_id(id person) -> one person_row
SELECT id, name FROM person WHERE id = :id;

-- person_list() -> many person_row
SELECT id, name, born_on FROM person ORDER BY id;
