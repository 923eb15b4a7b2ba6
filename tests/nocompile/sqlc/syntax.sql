-- must say: syntax.sql:3: near "SELCT": syntax error

-- person_count() -> value int
SELCT COUNT(*) FROM person;
