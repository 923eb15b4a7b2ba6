/*
 * test_both.h: one test, both engines. ON_BOTH(fn) gives two entries for TESTS(); fn gets an open store with the table
 * "thing" (test_both.c), whose rows have an id of their own, and loses it afterwards.
 */
#ifndef DB_TEST_BOTH_H
#define DB_TEST_BOTH_H

#include "base/test.h"
#include "db/stmt.h"
#include "db/test_store.h"

struct both {
	enum db_engine engine;
	bool empty; /* no table yet, and not open: for tests of the migrations */
	void (*fn)(struct test_store *s);
};

void both_run(void **state);

#define ON_(engine_, name_, empty_, fn_)                                                                     \
	{                                                                                                    \
		#fn_ " on " name_, both_run, NULL, NULL, &(struct both){ engine_, empty_, fn_ }              \
	}
#define ON_BOTH(fn) ON_(DB_SQLITE, "SQLite", false, fn), ON_(DB_POSTGRES, "PostgreSQL", false, fn)
#define ON_BOTH_EMPTY(fn) ON_(DB_SQLITE, "SQLite", true, fn), ON_(DB_POSTGRES, "PostgreSQL", true, fn)
#define ON_SQLITE(fn) ON_(DB_SQLITE, "SQLite", false, fn)
#define ON_POSTGRES(fn) ON_(DB_POSTGRES, "PostgreSQL", false, fn)

extern const struct migration thing_migrations[1];

/* INSERT INTO thing (id, name); the reason of a refusal is in the answer. */
enum rc thing_insert(struct db *db, int64_t id, struct str name);
enum rc thing_n_set(struct db *db, int64_t id, int64_t n);
enum rc thing_n(struct db *db, int64_t id, int64_t *ret);
enum rc thing_count(struct db *db, int64_t *ret);
/* The same in a work or a snapshot of its own. */
enum rc thing_put(struct test_store *s, int64_t id, struct str name);
int64_t thing_rows(struct test_store *s);

#endif
