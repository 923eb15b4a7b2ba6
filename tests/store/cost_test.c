/*
 * cost_test.c: what a page reads does not grow with the table. SQLite counts the steps of each statement that the pages of a meeting run; with 20,000
 * questions they are those with 500.
 */
#include <sqlite3.h>

#include "base/test.h"
#include "db/stmt.h"
#include "db/test_store.h"
#include "gen/migrations.h"

extern const struct db_stmt *const meeting_stmts[];
extern const size_t meeting_stmts_n;

#define ALL INT64_MAX
static const struct { const char *statement; int64_t args[5]; } asked[] = {
	{ "meeting_by_id", { 1 } },
	{ "meeting_topic_list", { 1 } },
	{ "meeting_question_current", { 1 } },
	{ "meeting_question_outcome", { 1, 0, 101 } },
	{ "meeting_question_outcome", { 1, 300, 101 } },
	{ "meeting_outcome_unsolved", { 1, 0, 21 } },
	{ "meeting_outcome_unsolved", { 1, 300, 21 } },
	{ "meeting_answer_list", { 1, 300, 400 } },
	{ "meeting_question_waiting", { 1, 0, 51 } },
	{ "meeting_question_waiting", { 1, 100, 51 } },
	{ "meeting_question_queue", { 1, ALL, 0, 0, 51 } },
	{ "meeting_question_queue", { 1, ALL, 0, 0, 3 } },
	{ "meeting_question_queue", { 1, 3, 0, 0, 51 } },
	{ "meeting_question_settled", { 1, ALL, 51 } },
	{ "meeting_question_recent", { 1, ALL, 51 } },
	{ "meeting_line_recent", { 1, ALL, 101 } },
};

/* One meeting; every so many-th question is not waiting: 500 of them in turn queued, answered, owed, joined or cannot be solved now. */
static const char fill[] =
	"DELETE FROM meeting_line; DELETE FROM meeting_question; DELETE FROM meeting_topic; DELETE FROM meeting;"
	"INSERT INTO meeting (id, body_id, place_id, state, starts_at, ends_at, lang, speaker, venue, made_at, updated_at) VALUES (1, 1, 1, 'live', 1, 2, 'kk', '', '', 1, 1);"
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
	" INSERT INTO meeting_question (id, meeting_id, number, how, state, lang, text, shown, votes, unsolved, asked_at, let_at)"
	" SELECT i, 1, i, 'web', CASE WHEN i %% %d <> 0 THEN 'waiting' ELSE CASE i / %d %% 5 WHEN 0 THEN 'queued' WHEN 1 THEN 'on_spot' WHEN 2 THEN 'owed' WHEN 3 THEN 'joined'"
	" ELSE 'waiting' END END, 'kk', 'x', 'x', i %% 7, CASE WHEN i %% %d = 0 AND i / %d %% 5 = 2 THEN 'why' ELSE '' END, i, i FROM n;"
	"INSERT INTO meeting_line (id, meeting_id, question_id, line_key, kind, text, account_id, made_at)"
	" SELECT id, 1, id, CAST(id AS TEXT), 'answer', 'x', 1, 1 FROM meeting_question;";

static int64_t steps(sqlite3 *h, const char *name, const int64_t *args)
{
	sqlite3_stmt *s = NULL;
	int64_t n;

	for (size_t i = 0; i < meeting_stmts_n; i++)
		if (strcmp(meeting_stmts[i]->name, name) == 0) {
			CHECK_INT(sqlite3_prepare_v2(h, meeting_stmts[i]->sqlite, -1, &s, NULL), SQLITE_OK);
			for (size_t k = 0; k < meeting_stmts[i]->n_params; k++)
				CHECK_INT(sqlite3_bind_int64(s, (int)k + 1, args[k]), SQLITE_OK);
		}
	if (!s)
		fail_msg("there is no statement %s", name);
	while (sqlite3_step(s) == SQLITE_ROW)
		;
	n = sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 0);
	sqlite3_finalize(s);
	return n;
}

static void measure(sqlite3 *h, int questions, int64_t *ret)
{
	char sql[4000];
	int each = questions / 500;

	CHECK((size_t)snprintf(sql, sizeof(sql), fill, questions, each, each, each, each) < sizeof(sql));
	CHECK_INT(sqlite3_exec(h, sql, NULL, NULL, NULL), SQLITE_OK);
	for (size_t i = 0; i < ARRAY_LEN(asked); i++)
		ret[i] = steps(h, asked[i].statement, asked[i].args);
}

TEST(the_pages_of_a_meeting_read_as_little_with_20000_questions_as_with_500)
{
	int64_t few[ARRAY_LEN(asked)], many[ARRAY_LEN(asked)];
	struct test_store s;
	struct str why = S("");
	sqlite3 *h;

	store_make(&s, DB_SQLITE);
	s.options.unsafe_no_sync = true;
	store_open(&s);
	CHECK_INT(db_migrate(s.pool, migrations, migrations_n, &why), RC_OK);
	CHECK_INT(sqlite3_open(s.path, &h), SQLITE_OK);
	measure(h, 500, few);
	measure(h, 20000, many);
	sqlite3_close(h);
	store_end(&s);
	for (size_t i = 0; i < ARRAY_LEN(asked); i++)
		if (many[i] > few[i] + few[i] / 4)
			fail_msg("%s: %lld steps with 500 questions, %lld with 20,000", asked[i].statement, (long long)few[i], (long long)many[i]);
}

TESTS("cost", T(the_pages_of_a_meeting_read_as_little_with_20000_questions_as_with_500))
