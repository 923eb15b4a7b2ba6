-- must say: head_misspelt.sql:3: more than one statement, or a misspelt first line behind it: letter_delete

-- letter_delete(id letter) -> done
DELETE FROM letter WHERE id = :id;

-- letter_delete_all() > done
DELETE FROM letter;
