/*
 * plans_test.c: no statement of any slice reads a table from end to end. SQLite is asked how it would run each of them; a walk over all rows is a
 * failure, unless the statement stands below with the reason why the table is short or the walk is the purpose.
 */
#include <sqlite3.h>

#include "base/test.h"
#include "db/stmt.h"
#include "db/test_store.h"
#include "gen/migrations.h"

#define X(slice)                                          \
	extern const struct db_stmt *const slice##_stmts[]; \
	extern const size_t slice##_stmts_n;
SQL_SLICES
#undef X

static const struct { const char *statement, *why; } allowed[] = {
	{ "client_list", "the clients of the interface are a handful" },
	{ "demo_forget_letters", "the command that fills a demonstration, once" },
	{ "demo_appeals_there", "stops at the first row" },
	{ "copy_bands", "the short list of copies, made in the statement itself" },
	{ "copy_tallies", "the command that fills a demonstration, once: every count is multiplied" },
	{ "copy_quality", "as copy_tallies" },
	{ "copy_quality_cuts", "as copy_tallies" },
	{ "copy_keeping", "as copy_tallies" },
	{ "keep_closed", "an index of the closed duties that are not counted yet" },
	{ "search_count", "the command that makes the index anew says how much it holds" },
	{ "meeting_live_list", "an index of the meetings that go on just now" },
	{ "meeting_to_file_list", "an index of what was asked in meetings that are over and waits to be filed" },
	{ "petition_page", "pages have numbers, as programs made for the UK service ask: it stops behind the page" },
	{ "petition_page_n", "as petition_page: how many pages there are; over the index of what is public alone" },
	{ "petition_ground_unkept", "the index holds only those from before whose words wait: soon none" },
	{ "petition_unindexed", "the index holds only those whose words wait: in most minutes none" },
	{ "recount_last", "stops at the first row" },
};

static bool used[ARRAY_LEN(allowed)];

static bool is_allowed(const char *statement)
{
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (strcmp(allowed[i].statement, statement) == 0)
			return used[i] = true;
	return false;
}

/* "SCAN appeal", "SCAN a USING COVERING INDEX x": every row is read, or every row of an index; not when x is "(SELECT ...) x" of the statement itself. */
static bool reads_all(const char *step, const char *sql)
{
	char inner[100];

	if (strstr(step, " VIRTUAL TABLE ")) /* words looked up in FTS5 */
		return false;
	if (strncmp(step, "SCAN ", 5) != 0)
		return strstr(step, "AUTOMATIC") != NULL; /* an index made for this one run reads all rows, too */
	snprintf(inner, sizeof(inner), ") %.*s", (int)strcspn(step + 5, " "), step + 5);
	return strncmp(step, "SCAN CONSTANT ROW", 17) != 0 && !strstr(sql, inner);
}

static size_t walks(sqlite3 *h, const struct db_stmt *st)
{
	char sql[8000];
	sqlite3_stmt *s;
	size_t n = 0;

	CHECK((size_t)snprintf(sql, sizeof(sql), "EXPLAIN QUERY PLAN %s", st->sqlite) < sizeof(sql));
	if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", st->name, sqlite3_errmsg(h));
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(s, 3);

		if (!reads_all(step, st->sqlite) || is_allowed(st->name))
			continue;
		print_error("%s: %s\n", st->name, step);
		n++;
	}
	sqlite3_finalize(s);
	return n;
}

static size_t walks_of(sqlite3 *h, const struct db_stmt *const *stmts, size_t n)
{
	size_t bad = 0;

	for (size_t i = 0; i < n; i++)
		bad += walks(h, stmts[i]);
	return bad;
}

TEST(no_statement_reads_a_table_from_end_to_end)
{
	struct test_store s;
	struct str why = S("");
	sqlite3 *h;
	size_t bad = 0;

	store_make(&s, DB_SQLITE);
	s.options.unsafe_no_sync = true;
	store_open(&s);
	CHECK_INT(db_migrate(s.pool, migrations, migrations_n, &why), RC_OK);
	CHECK_INT(sqlite3_open(s.path, &h), SQLITE_OK);
#define X(slice) bad += walks_of(h, slice##_stmts, slice##_stmts_n);
	SQL_SLICES
#undef X
	sqlite3_close(h);
	store_end(&s);
	CHECK_INT(bad, 0);
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (!used[i])
			fail_msg("%s reads no table from end to end: it needs no row here", allowed[i].statement);
}

TESTS("plans", T(no_statement_reads_a_table_from_end_to_end))
