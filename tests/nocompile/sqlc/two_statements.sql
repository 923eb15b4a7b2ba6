-- must say: two_statements.sql:3: more than one statement

-- letter_delete(id letter) -> done
DELETE FROM letter WHERE id = :id;
DELETE FROM letter WHERE id = :id + 1;
