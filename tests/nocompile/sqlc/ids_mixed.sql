-- must say: incompatible type
-- (one table's id where another's is wanted: refused by the C compiler)

-- letter_by_person(person person) -> value int
SELECT COUNT(*) FROM letter WHERE person_id = :person;
