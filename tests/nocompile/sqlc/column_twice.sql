-- must say: column_twice.sql:3: two columns of this name: id

-- letter_and_person() -> many letter_row
SELECT l.id, p.id FROM letter l JOIN person p ON p.id = l.person_id;
