/* statements_test.c: both engines understand every migration and every statement of every slice, with the types that C gives them. */
#include "base/test.h"
#include "db/stmt.h"
#include "db/test_store.h"
#include "gen/migrations.h"

/* SQL_SLICES comes from the build: X(app) X(account) ... */
#define X(slice)                                          \
	extern const struct db_stmt *const slice##_stmts[]; \
	extern const size_t slice##_stmts_n;
SQL_SLICES
#undef X

static size_t prepare_all(struct db *db, const char *slice, const struct db_stmt *const *stmts, size_t n)
{
	size_t bad = 0;

	for (size_t i = 0; i < n; i++) {
		struct str why = S("");

		if (db_prepares(db, stmts[i], &why) == RC_OK)
			continue;
		print_error("%s: %s: %.*s\n", slice, stmts[i]->name, STR_FMT(why));
		bad++;
	}
	return bad;
}

static void check(enum db_engine e)
{
	struct test_store s;
	struct str why = S("");
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;
	size_t n = 0, bad = 0;

	store_make(&s, e);
	s.options.unsafe_no_sync = true;
	store_open(&s);
	if (db_migrate(s.pool, migrations, migrations_n, &why) != RC_OK)
		fail_msg("%.*s", STR_FMT(why));
	CHECK_INT(db_read_begin(s.pool, &a, &db), RC_OK);
#define X(slice)                                                                  \
	bad += prepare_all(db, #slice, slice##_stmts, slice##_stmts_n);             \
	n += slice##_stmts_n;
	SQL_SLICES
#undef X
	db_read_end(db);
	store_end(&s);
	CHECK(n > 50);
	CHECK_INT(bad, 0);
}

TEST(sqlite_understands_every_statement)
{
	check(DB_SQLITE);
}

TEST(postgresql_understands_every_statement)
{
	if (!store_has(DB_POSTGRES))
		skip();
	check(DB_POSTGRES);
}

TESTS("statements", T(sqlite_understands_every_statement), T(postgresql_understands_every_statement))
