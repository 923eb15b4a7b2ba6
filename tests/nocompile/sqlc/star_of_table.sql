-- must say: star_of_table.sql:3: name the columns: no SELECT *: person_by_id

-- person_by_id(id person) -> one person_row
SELECT p.* FROM person p WHERE p.id = :id;
