#include "db/test_store.h"

#include <assert.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int64_t on_postgres(const char *url, const char *sql)
{
	PGconn *h = PQconnectdb(url);
	PGresult *r = PQexec(h, sql);
	int64_t value = 0;

	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK) {
		fprintf(stderr, "%s: %s\n", sql, PQerrorMessage(h));
		abort();
	}
	if (PQntuples(r) > 0 && !str_to_i64(str_of(PQgetvalue(r, 0, 0)), &value))
		value = 0;
	PQclear(r);
	PQfinish(h);
	return value;
}

static int first_cell(void *arg, int n, char **values, char **names)
{
	(void)n;
	(void)names;
	if (!str_to_i64(str_of(values[0]), arg))
		*(int64_t *)arg = 0;
	return 0;
}

static int64_t on_sqlite(const char *path, const char *sql)
{
	sqlite3 *h;
	char *why = NULL;
	int64_t value = 0;

	assert(sqlite3_open(path, &h) == SQLITE_OK);
	sqlite3_busy_timeout(h, 10000);
	if (sqlite3_exec(h, sql, first_cell, &value, &why) != SQLITE_OK) {
		fprintf(stderr, "%s: %s\n", sql, why);
		abort();
	}
	sqlite3_close(h);
	return value;
}

bool store_has(enum db_engine e)
{
	if (e == DB_SQLITE || getenv("JAUAP_TEST_PG"))
		return true;
	puts("skipped: JAUAP_TEST_PG names no PostgreSQL (tests/pg/start DIR prints an address)");
	return false;
}

static void make(struct test_store *s, enum db_engine e, const char *template)
{
	static _Atomic int number;
	char create[120];

	*s = (struct test_store){ 0 };
	snprintf(s->folder, sizeof(s->folder), "/tmp/jauap-store.XXXXXX");
	assert(mkdtemp(s->folder));
	snprintf(s->path, sizeof(s->path), "%s/test.db", s->folder);
	s->options.path = s->path;
	if (e == DB_SQLITE)
		return;
	snprintf(s->name, sizeof(s->name), "test_%d_%d", (int)getpid(), ++number);
	snprintf(create, sizeof(create), "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", s->name, template);
	on_postgres(getenv("JAUAP_TEST_PG"), create);
	/* a later dbname in the address wins over the one in its path */
	snprintf(s->url, sizeof(s->url), "%s%cdbname=%s", getenv("JAUAP_TEST_PG"), strchr(getenv("JAUAP_TEST_PG"), '?') ? '&' : '?', s->name);
	s->options.url = s->url;
}

void store_make(struct test_store *s, enum db_engine e)
{
	make(s, e, "template0");
}

void store_copy(struct test_store *s, const struct test_store *model)
{
	make(s, DB_POSTGRES, model->name);
}

void store_open(struct test_store *s)
{
	struct str why = S("");

	if (db_open(&s->options, &s->arena, &s->pool, &why) != RC_OK) {
		fprintf(stderr, "db_open: %.*s\n", STR_FMT(why));
		abort();
	}
}

void store_close(struct test_store *s)
{
	if (s->pool)
		db_close(s->pool);
	s->pool = NULL;
}

void store_end(struct test_store *s)
{
	char drop[80], file[80];

	store_close(s);
	if (s->options.url) {
		snprintf(drop, sizeof(drop), "DROP DATABASE %s WITH (FORCE)", s->name);
		on_postgres(getenv("JAUAP_TEST_PG"), drop);
	}
	for (size_t i = 0; i < 4; i++) {
		snprintf(file, sizeof(file), "%s/%s", s->folder, ((const char *const[]){ "test.db", "test.db-wal", "test.db-shm", "copy.db" })[i]);
		unlink(file);
	}
	rmdir(s->folder);
	arena_end(&s->arena);
}

int64_t store_sql(struct test_store *s, const char *sql)
{
	return s->options.url ? on_postgres(s->url, sql) : on_sqlite(s->path, sql);
}
