-- must say: done_with_rows.sql:3: the SQL gives rows, "done" takes none: person_list

-- person_list() -> done
SELECT id FROM person;
