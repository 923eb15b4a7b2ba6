-- must say: sql_without_head.sql:3: SQL before the first statement's line

DELETE FROM letter;
