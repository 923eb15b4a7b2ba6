-- must say: parameter_unknown.sql:5: a parameter that the first line does not name: idd

-- person_rename(id person, name text) -> done
UPDATE person SET name = :name
 WHERE id = :idd;
