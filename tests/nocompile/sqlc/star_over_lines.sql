-- must say: star_over_lines.sql:3: name the columns: no SELECT *: person_by_id

-- person_by_id(id person) -> one person_row
SELECT
  *
  FROM person WHERE id = :id;
