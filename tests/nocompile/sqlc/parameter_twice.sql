-- must say: parameter_twice.sql:3: this name stands twice: id

-- person_rename(id person, id text) -> done
UPDATE person SET name = :id WHERE id = :id;
