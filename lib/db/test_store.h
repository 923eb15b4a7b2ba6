/*
 * test_store.h: a database for one test, on either engine, and nothing left of it afterwards.
 *
 * SQLite: a file in a folder below /tmp. PostgreSQL: a database of its own on the server that JAUAP_TEST_PG names
 * (tests/pg/start gives one); without it tests on PostgreSQL are skipped with a line that says so.
 */
#ifndef DB_TEST_STORE_H
#define DB_TEST_STORE_H

#include "db/db.h"

struct test_store {
	struct arena arena;
	struct db_options options; /* may be changed before store_open, all but path and url */
	struct db_pool *pool;
	char folder[40], path[60], name[40], url[400];
};

bool store_has(enum db_engine e); /* false: not to be had here; says so on stdout */
/* Makes the place. The pool is opened by store_open, as often as wanted. */
void store_make(struct test_store *s, enum db_engine e);
/* The same on PostgreSQL, with what is in model, which must be closed. */
void store_copy(struct test_store *s, const struct test_store *model);
void store_open(struct test_store *s);
void store_close(struct test_store *s);
void store_end(struct test_store *s); /* closes and removes */
/* Past the pool, on a connection of its own; several statements. Returns the first cell of the last result as a number. */
int64_t store_sql(struct test_store *s, const char *sql);

#endif
