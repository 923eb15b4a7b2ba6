/* migrate_test.c: the schema goes forward only, whole steps only, and one process at a time. */
#include "db/test_both.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STEPS 40

static const struct migration first = { 1, "0001_a.sql", "CREATE TABLE a (id BIGINT PRIMARY KEY, bytes BLOB);\n" };
static const struct migration second = { 2, "0002_b.sql",
					 "CREATE TABLE b (id BIGINT PRIMARY KEY);\nINSERT INTO b (id) SELECT id FROM a;\n" };
static const struct migration broken = { 2, "0002_b.sql", "CREATE TABLE b (id BIGINT PRIMARY KEY);\nINSERT INTO nowhere (id) VALUES (1);\n" };

static void a_step_that_fails_leaves_nothing(struct test_store *s)
{
	const struct migration bad[] = { first, broken }, good[] = { first, second };
	struct str why = S("");

	store_open(s);
	CHECK(db_migrate(s->pool, bad, 2, &why) != RC_OK);
	CHECK(str_find(why, S("0002_b.sql"), 0) != SIZE_MAX && str_find(why, S("nowhere"), 0) != SIZE_MAX);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM schema_migration"), 1);
	CHECK_INT(db_migrate(s->pool, good, 2, &why), RC_OK); /* table b was not left behind: it can be made */
	CHECK_INT(db_migrate(s->pool, good, 2, &why), RC_OK);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM schema_migration"), 2);
}

static void a_newer_or_another_database_is_refused(struct test_store *s)
{
	const struct migration good[] = { first, second };
	struct migration changed[] = { first, second };
	struct str why = S("");

	store_open(s);
	CHECK_INT(db_migrate(s->pool, good, 2, &why), RC_OK);
	CHECK_INT(db_migrate(s->pool, good, 1, &why), RC_CONFLICT);
	CHECK(str_find(why, S("newer"), 0) != SIZE_MAX);
	changed[0].sql = "CREATE TABLE a (id BIGINT PRIMARY KEY, bytes BLOB );\n";
	CHECK_INT(db_migrate(s->pool, changed, 2, &why), RC_CONFLICT);
	CHECK(str_find(why, S("0001_a.sql"), 0) != SIZE_MAX);
	changed[0] = first;
	changed[1].number = 1;
	CHECK_INT(db_migrate(s->pool, changed, 2, &why), RC_INVALID);
}

static void each_engine_gets_its_own_lines(struct test_store *s)
{
	const struct migration m = { 1, "0001_x.sql",
				     "CREATE TABLE x (id BIGINT PRIMARY KEY, v BLOB, BLOB_n BIGINT NOT NULL DEFAULT 0);\n"
				     "-- only sqlite\nINSERT INTO x (id) VALUES (1);\n-- end\n"
				     "-- only postgres\nINSERT INTO x (id) VALUES (2);\n-- end\n"
				     "INSERT INTO x (id) VALUES (4);\n" };
	struct str why = S("");

	store_open(s);
	CHECK_INT(db_migrate(s->pool, &m, 1, &why), RC_OK);
	CHECK_INT(store_sql(s, "SELECT SUM(id) FROM x"), s->options.url ? 6 : 5);
	CHECK_INT(store_sql(s, "SELECT SUM(blob_n) FROM x"), 0);
}

/* An index that SQLite makes beside the rows for their own key would be written with every row and nobody's. */
static void rows_are_kept_by_their_key(struct test_store *s)
{
	const struct migration m = { 1, "0001_x.sql",
				     "CREATE TABLE x (\n\tid BIGINT PRIMARY KEY,\n\tn BIGINT NOT NULL\n);\n"
				     "CREATE TABLE y (\n\tx_id BIGINT NOT NULL REFERENCES x (id),\n\tn BIGINT NOT NULL,\n\tPRIMARY KEY (x_id, n)\n);\n"
				     "CREATE TABLE z (\n\tid BIGINT PRIMARY KEY\n);\n"
				     "INSERT INTO x (id, n) VALUES (9223372036854775807, 1), (1, 1);\nINSERT INTO y (x_id, n) VALUES (1, 2);\n" };
	struct str why = S("");

	store_open(s);
	CHECK_INT(db_migrate(s->pool, &m, 1, &why), RC_OK);
	CHECK_INT(store_sql(s, "SELECT SUM(n) FROM x"), 2);
	if (s->options.url)
		return;
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name IN ('x', 'y', 'z') AND type = 'index'"), 0);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM pragma_table_list WHERE name IN ('x', 'y', 'z') AND wr"), 1);
}

/* Step i makes table t_i with one row that holds i, and adds i to the sum: done twice or half it would show. */
static void make_steps(struct arena *a, struct migration *m)
{
	m[0] = (struct migration){ 1, "0001_sum.sql", "CREATE TABLE total (n BIGINT NOT NULL);\nINSERT INTO total (n) VALUES (0);\n" };
	for (int i = 1; i < STEPS; i++) {
		m[i].number = i + 1;
		m[i].name = str_fmt(a, "%04d_step.sql", i + 1).p;
		m[i].sql = str_fmt(a,
				   "UPDATE total SET n = n + %d;\nCREATE TABLE t_%d (id BIGINT PRIMARY KEY);\n"
				   "INSERT INTO t_%d (id) VALUES (%d);\n",
				   i, i, i, i)
				   .p;
	}
}

static pid_t migrate_in_child(const struct test_store *s, const struct migration *m)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	struct test_store mine = *s;
	struct str why = S("");

	mine.arena = (struct arena){ 0 };
	store_open(&mine);
	_exit(db_migrate(mine.pool, m, STEPS, &why) == RC_OK ? 0 : 1);
}

static void killed_in_the_middle_it_goes_on(struct test_store *s)
{
	struct migration m[STEPS];
	struct str why = S("");
	int killed = 0;

	make_steps(&s->arena, m);
	for (int i = 0; i < 12; i++) {
		pid_t pid = migrate_in_child(s, m);
		int status;

		CHECK(pid > 0);
		nanosleep(&(struct timespec){ 0, (200 + i * i * 400) * 1000L }, NULL); /* from before it began to well behind its end */
		kill(pid, SIGKILL);
		CHECK(waitpid(pid, &status, 0) == pid);
		killed += WIFSIGNALED(status);
	}
	CHECK(killed > 0);
	store_open(s);
	CHECK_INT(db_migrate(s->pool, m, STEPS, &why), RC_OK);
	CHECK_INT(store_sql(s, "SELECT n FROM total"), STEPS * (STEPS - 1) / 2);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM schema_migration"), STEPS);
}

/* The first look at a new file is the dangerous one: SQLite turns it to a write-ahead log without waiting for the others. */
static void start_together(struct test_store *s, const struct migration *m)
{
	pid_t pids[4];

	for (size_t i = 0; i < ARRAY_LEN(pids); i++)
		pids[i] = migrate_in_child(s, m);
	for (size_t i = 0; i < ARRAY_LEN(pids); i++) {
		int status;

		CHECK(waitpid(pids[i], &status, 0) == pids[i]);
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	CHECK_INT(store_sql(s, "SELECT n FROM total"), STEPS * (STEPS - 1) / 2);
}

static void several_processes_may_start_at_once(struct test_store *s)
{
	enum db_engine engine = s->options.url ? DB_POSTGRES : DB_SQLITE;
	struct migration m[STEPS];

	make_steps(&s->arena, m);
	for (int i = 0; i < (engine == DB_SQLITE ? 60 : 3); i++) {
		struct test_store fresh;

		store_make(&fresh, engine);
		fresh.options.unsafe_no_sync = s->options.unsafe_no_sync;
		start_together(&fresh, m);
		store_end(&fresh);
	}
}

TESTS("migrate", ON_BOTH_EMPTY(a_step_that_fails_leaves_nothing), ON_BOTH_EMPTY(a_newer_or_another_database_is_refused),
      ON_BOTH_EMPTY(each_engine_gets_its_own_lines), ON_BOTH_EMPTY(rows_are_kept_by_their_key),
      ON_BOTH_EMPTY(killed_in_the_middle_it_goes_on),
      ON_BOTH_EMPTY(several_processes_may_start_at_once))
