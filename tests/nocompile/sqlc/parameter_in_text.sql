-- must say: parameter_in_text.sql:4: a parameter that the SQL does not use: name
-- (what stands in quotes is no parameter)

-- person_rename(id person, name text) -> done
UPDATE person SET name = ':name' WHERE id = :id;
