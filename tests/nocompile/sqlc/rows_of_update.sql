-- must say: rows_of_update.sql:3: the SQL gives no rows: person_rename

-- person_rename(id person, name text) -> one person_row
UPDATE person SET name = :name WHERE id = :id;
