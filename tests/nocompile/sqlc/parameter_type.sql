-- must say: parameter_type.sql:3: unknown type of a parameter: string

-- person_rename(id person, name string) -> done
UPDATE person SET name = :name WHERE id = :id;
