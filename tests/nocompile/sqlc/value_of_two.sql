-- must say: value_of_two.sql:3: a value is one column: person_name

-- person_name(id person) -> value text
SELECT name, id FROM person WHERE id = :id;
