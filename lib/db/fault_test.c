/* fault_test.c: the disk is full, the server goes away, a work passes a failure over: nothing half-done, and it goes on afterwards. */
#include "db/test_both.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

/* No file may grow past what is there: writing gives EFBIG, as a full disk gives ENOSPC. */
static void limit_files(rlim_t bytes)
{
	struct rlimit l;

	CHECK(getrlimit(RLIMIT_FSIZE, &l) == 0);
	l.rlim_cur = bytes;
	CHECK(setrlimit(RLIMIT_FSIZE, &l) == 0);
}

static enum rc change_nothing(struct db *db, void *arg)
{
	(void)db, (void)arg;
	return RC_OK;
}

static void a_full_disk_refuses_and_then_goes_on(struct test_store *s)
{
	static char name[20000];
	int64_t stored = 0, refused = 0;
	struct str why = S("");

	memset(name, 'x', sizeof(name));
	signal(SIGXFSZ, SIG_IGN);
	limit_files(200000);
	for (int64_t i = 1; i <= 40; i++) {
		name[i] = 'y';
		enum rc rc = thing_put(s, i, (struct str){ name, sizeof(name) });

		stored += rc == RC_OK;
		refused += rc == RC_BUSY;
	}
	CHECK_INT(db_ready(s->pool, &why), RC_BUSY);
	CHECK_INT(db_write(s->pool, &s->arena, change_nothing, NULL), RC_OK);
	CHECK_INT(db_ready(s->pool, &why), RC_BUSY); /* nobody has seen the disk take anything */
	limit_files(RLIM_INFINITY);
	CHECK(stored > 0 && refused > 10);
	CHECK_INT(stored + refused, 40);
	CHECK_INT(thing_rows(s), stored); /* what was acknowledged, no more and no less */
	CHECK_INT(thing_put(s, 1000, S("room again")), RC_OK);
	CHECK_INT(db_ready(s->pool, &why), RC_OK);
	store_close(s);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM thing"), stored + 1);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
	s->pool = NULL;
}

static enum rc spills(struct db *db, void *arg)
{
	static const struct db_stmt st = { "spills", "SELECT cache_spill FROM pragma_cache_spill", "", 0, "" };
	struct db_cursor c;

	TRY(db_query(db, &st, NULL, &c));
	*(int64_t *)arg = db_next(&c) ? db_col_int(&c, 0) : -1;
	db_cursor_end(&c);
	return RC_OK;
}

/* What a savepoint takes back after a page went to the log early cannot be read after a crash (sqlite.c; log_test.c keeps the two apart as well). */
static void no_page_leaves_memory_before_the_commit(struct test_store *s)
{
	int64_t pages = -1;

	CHECK_INT(db_write(s->pool, &s->arena, spills, &pages), RC_OK);
	CHECK_INT(pages, 0);
}

static enum rc pass_over(struct db *db, void *arg)
{
	static const struct db_stmt st = { "divide", "SELECT 1 / ?1", "SELECT 1 / $1", 1, "i" };
	const struct db_value args[] = { DB_V_INT(0) };
	struct db_cursor c;

	(void)arg;
	TRY(thing_insert(db, 1, S("one")));
	if (db_query(db, &st, args, &c) == RC_OK)
		return RC_CONFLICT; /* the server would not say so: no test */
	if (thing_insert(db, 2, S("two")) == RC_OK)
		return RC_CONFLICT;
	return RC_OK; /* wrongly */
}

static void a_failure_that_was_passed_over_is_not_acknowledged(struct test_store *s)
{
	CHECK_INT(db_write(s->pool, &s->arena, pass_over, NULL), RC_INTERNAL);
	CHECK_INT(thing_rows(s), 0);
	CHECK_INT(thing_put(s, 3, S("three")), RC_OK);
}

/* All but the asking connection itself. */
static const char *const end_all = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
				   "WHERE datname = current_database() AND pid <> pg_backend_pid()";

static enum rc lose_server(struct db *db, void *arg)
{
	TRY(thing_insert(db, 1, S("one")));
	store_sql(arg, end_all);
	nanosleep(&(struct timespec){ 0, 100000000 }, NULL);
	return thing_insert(db, 2, S("two"));
}

static void a_lost_connection_is_busy_once_and_then_a_new_one(struct test_store *s)
{
	CHECK_INT(db_write(s->pool, &s->arena, lose_server, s), RC_BUSY);
	CHECK_INT(thing_rows(s), 0);
	CHECK_INT(thing_put(s, 3, S("three")), RC_OK);
	store_sql(s, end_all); /* idle connections die unseen: nobody is told to come again for that */
	nanosleep(&(struct timespec){ 0, 100000000 }, NULL);
	CHECK_INT(thing_rows(s), 1);
	CHECK_INT(thing_put(s, 4, S("four")), RC_OK);
}

static enum rc fail_twice(struct db *db, void *arg)
{
	int *tries = arg;

	TRY(thing_insert(db, 1, S("one"))); /* would be a duplicate if a try before had left it */
	return ++*tries < 3 ? RC_RETRY : RC_OK;
}

static enum rc fail_always(struct db *db, void *arg)
{
	(void)db;
	++*(int *)arg;
	return RC_RETRY;
}

static void a_collision_runs_again_from_nothing_and_at_most_sixteen_times(struct test_store *s)
{
	int tries = 0;

	CHECK_INT(db_write(s->pool, &s->arena, fail_twice, &tries), RC_OK);
	CHECK_INT(tries, 3);
	CHECK_INT(thing_rows(s), 1);
	tries = 0;
	CHECK_INT(db_write(s->pool, &s->arena, fail_always, &tries), RC_BUSY);
	CHECK_INT(tries, 16);
}

static void readers_past_the_limit_wait_two_seconds_and_are_refused(struct test_store *s)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *one, *two, *three;
	int64_t began;

	store_close(s);
	s->options.readers = 2;
	store_open(s);
	CHECK_INT(db_read_begin(s->pool, &a, &one), RC_OK);
	CHECK_INT(db_read_begin(s->pool, &a, &two), RC_OK);
	began = when_monotonic_us();
	CHECK_INT(db_read_begin(s->pool, &a, &three), RC_BUSY);
	CHECK(when_monotonic_us() - began > WHEN_SECOND);
	db_read_end(one);
	CHECK_INT(db_read_begin(s->pool, &a, &three), RC_OK);
	db_read_end(two);
	db_read_end(three);
}

static void a_server_that_is_not_there_is_named(struct test_store *s)
{
	struct db_options o = { .url = "postgresql://127.0.0.1:1,127.0.0.1:2/jauap" };
	struct db_pool *p;
	struct str why = S("");

	CHECK_INT(db_open(&o, &s->arena, &p, &why), RC_BUSY);
	CHECK(str_find(why, S("127.0.0.1"), 0) != SIZE_MAX);
}

TESTS("fault", ON_SQLITE(a_full_disk_refuses_and_then_goes_on), ON_SQLITE(no_page_leaves_memory_before_the_commit),
      ON_POSTGRES(a_failure_that_was_passed_over_is_not_acknowledged),
      ON_POSTGRES(a_lost_connection_is_busy_once_and_then_a_new_one),
      ON_POSTGRES(a_collision_runs_again_from_nothing_and_at_most_sixteen_times),
      ON_POSTGRES(readers_past_the_limit_wait_two_seconds_and_are_refused), ON_POSTGRES(a_server_that_is_not_there_is_named))
