-- must say: row_type_differs.sql:6: this row has other columns or types in an earlier statement: line

-- letter_list() -> many line
SELECT id AS it, pages FROM letter;

-- person_list() -> many line
SELECT id AS it, 0 AS pages FROM person;
