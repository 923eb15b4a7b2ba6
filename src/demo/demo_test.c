/* demo_test.c: what the demonstration fills is what the real operations write: by itself, and in every copy. */
#include "demo/demo.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "app/world_test.h"
#include "insight/insight.h"

#define ORIGINALS 160
#define TIMES 3

static void fill(struct world *w, struct demo *d)
{
	*d = (struct demo){ .app = w->app, .arena = &w->arena, .rng = { 5 }, .appeals = ORIGINALS * TIMES + 2, .age_days = 120 };
	CHECK_INT(demo_people(d), RC_OK);
	CHECK_INT(demo_lives(d, ORIGINALS, TIMES), RC_OK);
}

/* Each finds rows that no real operation leaves behind. */
static const struct { const char *what, *sql; } wrong[] = {
	{ "an appeal without exactly one filing", "SELECT COUNT(*) FROM appeal a WHERE (SELECT COUNT(*) FROM event e WHERE e.appeal_id = a.id AND e.kind = 'filed') <> 1" },
	{ "a trail that does not begin with the filing", "SELECT COUNT(*) FROM appeal a WHERE (SELECT e.kind FROM event e WHERE e.appeal_id = a.id ORDER BY e.id LIMIT 1) <> 'filed'" },
	{ "a trail that runs backwards", "SELECT COUNT(*) FROM event e JOIN event f ON f.appeal_id = e.appeal_id AND f.id > e.id AND f.happened_at < e.happened_at" },
	{ "an end with something owed", "SELECT COUNT(*) FROM appeal a JOIN duty d ON d.subject_id = a.id AND d.closed_at = 0 WHERE a.state IN ('answered', 'closed', 'stopped', 'withdrawn', 'joined')" },
	{ "work that nobody owes", "SELECT COUNT(*) FROM appeal a WHERE a.state IN ('filed', 'registered', 'working', 'paused', 'unclear') AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.subject_id = a.id AND d.closed_at = 0)" },
	{ "a share with another term than its duty", "SELECT COUNT(*) FROM assignment s JOIN duty d ON d.part_id = s.id AND d.kind = 'answer' AND d.closed_at = 0 WHERE s.done_at = 0 AND s.due_at <> d.due_at AND d.paused_at = 0" },
	{ "an answer before the registration", "SELECT COUNT(*) FROM appeal WHERE answered_at <> 0 AND answered_at < registered_at" },
	{ "a time to answer that is not the time it took", "SELECT COUNT(*) FROM event e JOIN appeal a ON a.id = e.appeal_id WHERE e.kind = 'answered' AND a.reopened_n = 0 AND e.value <> (e.happened_at - a.registered_at) / 1000000" },
	{ "a duty that is late or not against its own times", "SELECT COUNT(*) FROM duty WHERE outcome = 'done' AND (CASE WHEN late THEN 1 ELSE 0 END) <> (CASE WHEN closed_at > due_at THEN 1 ELSE 0 END)" },
	{ "a delivered answer without its three approvals", "SELECT COUNT(*) FROM answer w WHERE w.delivered_at <> 0 AND (SELECT COUNT(*) FROM approval p WHERE p.answer_id = w.id) < 3" },
	{ "a rated appeal whose answers say something else", "SELECT COUNT(*) FROM appeal a WHERE a.rating <> '' AND NOT EXISTS (SELECT 1 FROM answer w WHERE w.appeal_id = a.id AND w.state = a.rating)" },
	{ "a complaint about nothing", "SELECT COUNT(*) FROM appeal a WHERE a.complaint_about <> 0 AND NOT EXISTS (SELECT 1 FROM appeal b WHERE b.id = a.complaint_about)" },
	{ "a cleared appeal without public words", "SELECT COUNT(*) FROM appeal WHERE public_state = 'cleared' AND public_text = ''" },
	{ "something that has not happened yet", "SELECT COUNT(*) FROM event WHERE happened_at > (SELECT MAX(created_at) FROM account)" },
	{ "answers counted otherwise than signed", "SELECT (SELECT COUNT(*) FROM approval WHERE verdict = 'signed') - (SELECT SUM(n) FROM quality_count WHERE metric = 'answers')" },
	{ "what was said counted otherwise than rated", "SELECT (SELECT COUNT(*) FROM answer WHERE rated_at <> 0) - (SELECT SUM(n) FROM quality_cut WHERE cut = 'writer')" },
	{ "findings counted otherwise than found", "SELECT (SELECT COUNT(*) FROM finding) - (SELECT SUM(n) FROM quality_cut WHERE cut = 'found_topic')" },
	{ "duties on the board counted otherwise than their rows say", "SELECT (SELECT COUNT(*) FROM duty WHERE kept_as IN ('kept', 'moved', 'late', 'open')) - (SELECT COALESCE(SUM(kept + moved + late + open), 0) FROM keep_count WHERE span = 'y')" },
	{ "a cleared appeal that cannot be found", "SELECT COUNT(*) FROM appeal a WHERE a.public_state = 'cleared' AND NOT EXISTS (SELECT 1 FROM search_doc d WHERE d.object_id = a.id AND d.path = '/appeals/' || a.number)" },
	{ "rows that point nowhere", "SELECT COUNT(*) FROM event e WHERE e.assignment_id <> 0 AND NOT EXISTS (SELECT 1 FROM assignment s WHERE s.id = e.assignment_id AND s.appeal_id = e.appeal_id)" },
	{ "answers of no share", "SELECT COUNT(*) FROM answer w WHERE NOT EXISTS (SELECT 1 FROM assignment s WHERE s.id = w.assignment_id AND s.appeal_id = w.appeal_id)" },
};

static void is_lawful(struct world *w, struct test_store *s)
{
	struct demo d;

	fill(w, &d);
	CHECK(store_sql(s, "SELECT COUNT(*) FROM appeal") >= ORIGINALS * TIMES + 2);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		int64_t n = store_sql(s, wrong[i].sql);

		if (n)
			print_error("%lld times: %s\n", (long long)n, wrong[i].what);
		CHECK_INT(n, 0);
	}
}

TEST(every_life_keeps_the_rules_that_real_operations_keep)
{
	world_with(is_lawful);
}

static enum rc fold(struct db *db, void *arg)
{
	struct ctx c = app_ctx(arg, db_arena(db), db);

	c.now = when_add(c.now, WHEN_MINUTE);
	do
		TRY(insight_fold(&c, S("")));
	while (c.more);
	return RC_OK;
}

static void counts_as_recounted(struct world *w, struct test_store *s)
{
	struct demo d;

	fill(w, &d);
	CHECK_INT(db_write(w->app->db, &w->arena, fold, w->app), RC_OK); /* the two lives behind the copies */
	store_sql(s, "CREATE TABLE was AS SELECT span, slot, metric, topic, place_id, body_id, n FROM tally; DELETE FROM tally; DELETE FROM tally_mark");
	CHECK_INT(db_write(w->app->db, &w->arena, fold, w->app), RC_OK);
	CHECK(store_sql(s, "SELECT COUNT(*) FROM was") > 1000);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM (SELECT span, slot, metric, topic, place_id, body_id, n FROM tally EXCEPT SELECT * FROM was) x"), 0);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM (SELECT * FROM was EXCEPT SELECT span, slot, metric, topic, place_id, body_id, n FROM tally) x"), 0);
}

TEST(counts_of_copies_are_what_a_recount_finds)
{
	world_with(counts_as_recounted);
}

/* What a copy may have of its own, besides ids and moments. */
static const char *const own[] = { "appeal.number", "appeal.name", "appeal.email", "appeal.address", "appeal.text", "appeal.account_id",
				   "event.account_id", "thread_message.account_id", "duty.account_id", "search_doc.path" };
/* Not part of a life: work that waits, letters, the bands (by keys, not by ids). */
static const char *const not_copied[] = { "job", "mail" };

static bool among(const char *const *list, size_t n, const char *one)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], one) == 0)
			return true;
	return false;
}

static void compare_column(struct test_store *s, const struct demo *d, const char *table, const char *column)
{
	char name[80], sql[600];

	snprintf(name, sizeof(name), "%s.%s", table, column);
	if (among(own, ARRAY_LEN(own), name))
		return;
	for (int64_t n = 1; n < TIMES; n++) {
		struct demo_offset o = demo_offset(d, n);

		snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM \"%s\" m JOIN \"%s\" k ON k.id = m.id - %lld WHERE m.id >= %lld AND m.id < %lld AND k.%s "
			 "IS NOT m.%s AND k.%s IS NOT m.%s - %lld AND k.%s IS NOT m.%s + %lld", table, table, (long long)o.shift, (long long)d->bounds.v[0],
			 (long long)d->bounds.v[1], column, column, column, column, (long long)o.shift, column, column, (long long)o.later);
		if (store_sql(s, sql))
			fail_msg("%s of copy %lld differs: is the column in demo_copy.sql?", name, (long long)n);
	}
}

static int64_t rows_of(struct test_store *s, const struct demo *d, const char *table, int64_t shift)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM \"%s\" WHERE id >= %lld AND id < %lld", table, (long long)(d->bounds.v[0] - shift),
		 (long long)(d->bounds.v[1] - shift));
	return store_sql(s, sql);
}

static void compare_table(struct test_store *s, const struct demo *d, sqlite3 *h, const char *table, int64_t *compared)
{
	int64_t rows = rows_of(s, d, table, 0);
	sqlite3_stmt *columns;

	if (!rows)
		return;
	for (int64_t n = 1; n < TIMES; n++)
		if (rows_of(s, d, table, demo_offset(d, n).shift) != rows)
			fail_msg("copy %lld has another number of rows in %s: is the table in demo_copy.sql?", (long long)n, table);
	CHECK_INT(sqlite3_prepare_v2(h, "SELECT name FROM pragma_table_info(?1)", -1, &columns, NULL), SQLITE_OK);
	sqlite3_bind_text(columns, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(columns) == SQLITE_ROW)
		compare_column(s, d, table, (const char *)sqlite3_column_text(columns, 0));
	sqlite3_finalize(columns);
	++*compared;
}

/* By the schema itself, so that a table or a column that comes tomorrow is not forgotten. */
static void copies_are_complete(struct world *w, struct test_store *s)
{
	sqlite3 *h;
	sqlite3_stmt *tables;
	struct demo d;
	int64_t compared = 0;

	if (s->options.url)
		return;
	fill(w, &d);
	CHECK_INT(d.bounds.n, 2);
	CHECK_INT(sqlite3_open(s->path, &h), SQLITE_OK);
	CHECK_INT(sqlite3_prepare_v2(h, "SELECT t.name FROM sqlite_master t WHERE t.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) c "
					"WHERE c.name = 'id' AND c.type = 'INTEGER')", -1, &tables, NULL), SQLITE_OK);
	while (sqlite3_step(tables) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(tables, 0);

		if (!among(not_copied, ARRAY_LEN(not_copied), table))
			compare_table(s, &d, h, table, &compared);
	}
	sqlite3_finalize(tables);
	sqlite3_close(h);
	CHECK(compared >= 12);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) - COUNT(DISTINCT number) FROM appeal"), 0);
	CHECK_INT(store_sql(s, "SELECT (SELECT COUNT(*) FROM answer_sketch) * 10 - (SELECT COUNT(*) FROM answer_band)"), 0);
}

TEST(a_copy_has_every_row_of_its_original)
{
	world_with(copies_are_complete);
}

TESTS("demo", T(every_life_keeps_the_rules_that_real_operations_keep), T(counts_of_copies_are_what_a_recount_finds), T(a_copy_has_every_row_of_its_original))
