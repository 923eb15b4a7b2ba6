-- must say: no_name_for_column.sql:3: give this column a name with AS: COUNT(*)

-- person_counts() -> many person_counts_row
SELECT name, COUNT(*) FROM person GROUP BY name;
