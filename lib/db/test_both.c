#include "db/test_both.h"

const struct migration thing_migrations[1] = {
	{ 1, "0001_thing.sql",
	  "CREATE TABLE thing (\n"
	  "	id BIGINT PRIMARY KEY,\n"
	  "	name TEXT NOT NULL,\n"
	  "	parent_id BIGINT REFERENCES thing (id),\n"
	  "	n BIGINT NOT NULL DEFAULT 0,\n"
	  "	share DOUBLE PRECISION NOT NULL DEFAULT 0,\n"
	  "	seen BOOLEAN NOT NULL DEFAULT '0',\n"
	  "	bytes BLOB\n"
	  ");\n"
	  "CREATE UNIQUE INDEX thing_by_name ON thing (name);\n" },
};

void both_run(void **state)
{
	const struct both *b = *state;
	struct test_store s;
	struct str why = S("");

	if (!store_has(b->engine))
		skip();
	store_make(&s, b->engine);
	s.options.unsafe_no_sync = true;
	if (!b->empty) {
		store_open(&s);
		CHECK_INT(db_migrate(s.pool, thing_migrations, 1, &why), RC_OK);
	}
	b->fn(&s);
	store_end(&s);
}

enum rc thing_insert(struct db *db, int64_t id, struct str name)
{
	static const struct db_stmt st = { "thing_insert", "INSERT INTO thing (id, name) VALUES (?1, ?2)",
					   "INSERT INTO thing (id, name) VALUES ($1, $2)", 2, "it" };
	const struct db_value args[] = { DB_V_INT(id), DB_V_TEXT(name) };
	int64_t changed = 0;

	TRY(db_exec(db, &st, args, &changed));
	return changed == 1 ? RC_OK : RC_INTERNAL;
}

enum rc thing_n_set(struct db *db, int64_t id, int64_t n)
{
	static const struct db_stmt st = { "thing_n_set", "UPDATE thing SET n = ?2 WHERE id = ?1", "UPDATE thing SET n = $2 WHERE id = $1", 2, "ii" };
	const struct db_value args[] = { DB_V_INT(id), DB_V_INT(n) };
	int64_t changed = 0;

	TRY(db_exec(db, &st, args, &changed));
	return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

static enum rc number(struct db *db, const struct db_stmt *st, const struct db_value *args, int64_t *ret)
{
	struct db_cursor c CLEANUP(db_cursor_end);

	TRY(db_query(db, st, args, &c));
	if (!db_next(&c))
		return c.rc == RC_OK ? RC_NOT_FOUND : c.rc;
	*ret = db_col_int(&c, 0);
	return RC_OK;
}

enum rc thing_n(struct db *db, int64_t id, int64_t *ret)
{
	static const struct db_stmt st = { "thing_n", "SELECT n FROM thing WHERE id = ?1", "SELECT n FROM thing WHERE id = $1", 1, "i" };
	const struct db_value args[] = { DB_V_INT(id) };

	return number(db, &st, args, ret);
}

enum rc thing_count(struct db *db, int64_t *ret)
{
	static const struct db_stmt st = { "thing_count", "SELECT COUNT(*) FROM thing", "SELECT COUNT(*) FROM thing", 0, "" };

	return number(db, &st, NULL, ret);
}

struct put {
	int64_t id;
	struct str name;
};

static enum rc put_run(struct db *db, void *arg)
{
	const struct put *p = arg;

	return thing_insert(db, p->id, p->name);
}

enum rc thing_put(struct test_store *s, int64_t id, struct str name)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct put p = { id, name };

	return db_write(s->pool, &a, put_run, &p);
}

int64_t thing_rows(struct test_store *s)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;
	int64_t n = -1;

	CHECK_INT(db_read_begin(s->pool, &a, &db), RC_OK);
	CHECK_INT(thing_count(db, &n), RC_OK);
	db_read_end(db);
	return n;
}
