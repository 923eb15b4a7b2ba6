-- must say: name_twice.sql:6: two statements of this name: letter_delete

-- letter_delete(id letter) -> done
DELETE FROM letter WHERE id = :id;

-- letter_delete(person person) -> done
DELETE FROM letter WHERE person_id = :person;
