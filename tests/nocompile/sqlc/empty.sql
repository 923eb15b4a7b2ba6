-- must say: empty.sql:3: a statement without SQL: letter_delete

-- letter_delete(id letter) -> done

-- letter_all() -> value int
SELECT COUNT(*) FROM letter;
