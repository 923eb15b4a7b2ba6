-- must say: column_type_of_nothing.sql:3: the SQL gives no column of this name: summ

-- letter_pages() -> many letter_pages_row(summ int)
SELECT person_id, SUM(pages) AS sum FROM letter GROUP BY person_id;
