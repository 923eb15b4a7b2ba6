-- must say: parameter_unused.sql:3: a parameter that the SQL does not use: limit

-- person_list(limit int) -> many person_row
SELECT id, name FROM person ORDER BY id;
