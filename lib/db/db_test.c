/* db_test.c: what one thread sees of the store, the same on both engines. */
#include "db/test_both.h"

#include <float.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

static void wait_ms(long ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

static enum rc insert_two_refuse(struct db *db, void *arg)
{
	(void)arg;
	TRY(thing_insert(db, 1, S("one")));
	TRY(thing_insert(db, 2, S("two")));
	return RC_FORBIDDEN;
}

static void what_a_work_did_goes_when_it_refuses(struct test_store *s)
{
	CHECK_INT(db_write(s->pool, &s->arena, insert_two_refuse, NULL), RC_FORBIDDEN);
	CHECK_INT(thing_rows(s), 0);
}

/* The first work holds the writer until all others wait, so that they make one group. */
struct member {
	struct db_work work;
	int64_t id;
	bool refuse;
	enum rc rc;
	_Atomic bool done;
	pthread_mutex_t *gate;
	long takes_ms;
};

static enum rc member_run(struct db_work *w, struct db *db)
{
	struct member *m = (struct member *)(void *)w;

	if (m->gate) {
		pthread_mutex_lock(m->gate);
		pthread_mutex_unlock(m->gate);
	}
	wait_ms(m->takes_ms);
	TRY(thing_insert(db, m->id, str_fmt(w->arena, "thing %d", (int)m->id)));
	return m->refuse ? RC_CONFLICT : RC_OK;
}

static void member_done(struct db_work *w, enum rc rc)
{
	struct member *m = (struct member *)(void *)w;

	m->rc = rc;
	m->done = true;
}

#define MEMBERS 60

static void a_refusal_in_a_group_is_nobody_elses(struct test_store *s)
{
	static struct member all[MEMBERS];
	static struct arena arenas[MEMBERS];
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	struct db_stats stats;

	memset(all, 0, sizeof(all));
	pthread_mutex_lock(&gate);
	for (int i = 0; i < MEMBERS; i++) {
		all[i].work = (struct db_work){ .run = member_run, .done = member_done, .arena = &arenas[i] };
		all[i].id = i + 1;
		all[i].refuse = i % 3 == 1;
		all[i].gate = i == 0 ? &gate : NULL;
		db_submit(s->pool, &all[i].work);
	}
	pthread_mutex_unlock(&gate);
	for (int i = 0; i < MEMBERS; i++) {
		while (!all[i].done)
			wait_ms(1);
		CHECK_INT(all[i].rc, i % 3 == 1 ? RC_CONFLICT : RC_OK);
		arena_end(&arenas[i]);
	}
	CHECK_INT(thing_rows(s), MEMBERS - MEMBERS / 3);
	db_stats(s->pool, &stats);
	CHECK(stats.works == MEMBERS && stats.queue == 0);
	/* those who came before the writer took the first, and all others: the larger group has at least half */
	if (db_engine(s->pool) == DB_SQLITE)
		CHECK(stats.group_max >= MEMBERS / 2 && stats.commits <= 3);
}

/* As after a start with a cold file: nobody waits for the slow works of all others. */
static void a_group_ends_in_time(struct test_store *s)
{
	static struct member slow[12];
	static struct arena arenas[12];
	struct db_stats stats;

	memset(slow, 0, sizeof(slow));
	for (size_t i = 0; i < ARRAY_LEN(slow); i++) {
		slow[i] = (struct member){ .work = { .run = member_run, .done = member_done, .arena = &arenas[i] }, .id = (int64_t)i + 1, .takes_ms = 40 };
		db_submit(s->pool, &slow[i].work);
	}
	while (!slow[0].done)
		wait_ms(1);
	if (db_engine(s->pool) == DB_SQLITE)
		CHECK(!slow[11].done);
	for (size_t i = 0; i < ARRAY_LEN(slow); i++) {
		while (!slow[i].done)
			wait_ms(1);
		CHECK_INT(slow[i].rc, RC_OK);
		arena_end(&arenas[i]);
	}
	CHECK_INT(thing_rows(s), ARRAY_LEN(slow));
	db_stats(s->pool, &stats);
	if (db_engine(s->pool) == DB_SQLITE)
		CHECK(stats.group_max <= 4 && stats.commits >= 3);
}

static enum rc duplicate_then_more(struct db *db, void *arg)
{
	(void)arg;
	TRY(thing_insert(db, 1, S("one")));
	if (thing_insert(db, 2, S("one")) != RC_DUPLICATE || thing_insert(db, 1, S("other")) != RC_DUPLICATE)
		return RC_INTERNAL;
	return thing_insert(db, 3, S("three"));
}

static void a_duplicate_leaves_the_work_as_it_was(struct test_store *s)
{
	CHECK_INT(db_write(s->pool, &s->arena, duplicate_then_more, NULL), RC_OK);
	CHECK_INT(thing_rows(s), 2);
	CHECK_INT(thing_put(s, 9, S("three")), RC_DUPLICATE);
}

static enum rc orphan(struct db *db, void *arg)
{
	static const struct db_stmt st = { "orphan", "UPDATE thing SET parent_id = ?1", "UPDATE thing SET parent_id = $1", 1, "i" };
	const struct db_value args[] = { DB_V_INT(77) };
	int64_t changed;

	(void)arg;
	return db_exec(db, &st, args, &changed);
}

static void a_reference_into_nothing_is_a_conflict(struct test_store *s)
{
	CHECK_INT(thing_put(s, 1, S("one")), RC_OK);
	CHECK_INT(db_write(s->pool, &s->arena, orphan, NULL), RC_CONFLICT);
}

static enum rc part_taken_back(struct db *db, void *arg)
{
	(void)arg;
	TRY(thing_insert(db, 1, S("one")));
	TRY(db_savepoint(db));
	TRY(thing_insert(db, 2, S("two")));
	TRY(db_rollback_to(db));
	TRY(db_savepoint(db));
	TRY(thing_insert(db, 3, S("three")));
	return db_release(db);
}

static void a_part_can_be_taken_back_alone(struct test_store *s)
{
	CHECK_INT(db_write(s->pool, &s->arena, part_taken_back, NULL), RC_OK);
	CHECK_INT(thing_rows(s), 2);
	CHECK_INT(store_sql(s, "SELECT SUM(id) FROM thing"), 4);
}

struct full_row {
	int64_t id, n;
	struct str name, bytes;
	double share;
	bool seen;
};

static enum rc row_write(struct db *db, void *arg)
{
	static const struct db_stmt st = {
		"row_write", "INSERT INTO thing (id, n, name, bytes, share, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
		"INSERT INTO thing (id, n, name, bytes, share, seen) VALUES ($1, $2, $3, $4, $5, $6)", 6, "iitxrb"
	};
	const struct full_row *r = arg;
	const struct db_value args[] = { DB_V_INT(r->id),     DB_V_INT(r->n),      DB_V_TEXT(r->name),
					 DB_V_BLOB(r->bytes), DB_V_REAL(r->share), DB_V_BOOL(r->seen) };
	int64_t changed;

	return db_exec(db, &st, args, &changed);
}

static enum rc row_read(struct db *db, int64_t id, struct full_row *ret)
{
	static const struct db_stmt st = { "row_read", "SELECT id, n, name, bytes, share, seen, parent_id FROM thing WHERE id = ?1",
					   "SELECT id, n, name, bytes, share, seen, parent_id FROM thing WHERE id = $1", 1, "i" };
	const struct db_value args[] = { DB_V_INT(id) };
	struct db_cursor c CLEANUP(db_cursor_end);

	TRY(db_query(db, &st, args, &c));
	if (!db_next(&c))
		return RC_NOT_FOUND;
	*ret = (struct full_row){ .id = db_col_int(&c, 0), .n = db_col_int(&c, 1), .name = db_col_text(&c, 2), .bytes = db_col_blob(&c, 3),
				  .share = db_col_real(&c, 4), .seen = db_col_int(&c, 5) != 0 };
	return db_col_int(&c, 6) == 0 && db_col_text(&c, 6).n == 0 ? RC_OK : RC_INTERNAL; /* NULL reads as zero and as empty */
}

static void values_come_back_as_they_went(struct test_store *s)
{
	char all[256];

	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	const struct full_row rows[] = {
		{ 1, INT64_MAX, S("Қазақ тілі: \"\\' {,} \xf0\x9f\x8c\xb3\n\t%"), { all, sizeof(all) }, 1e-7, true },
		{ 2, INT64_MIN, S(""), S(""), -DBL_MAX, false },
		{ 3, -1, S("0"), S("\\x00"), 0.1, true },
		{ 4, 0, S("NULL"), { all, 1 }, 5e300, false },
	};
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct full_row r = rows[i];

		CHECK_INT(db_write(s->pool, &s->arena, row_write, &r), RC_OK);
	}
	CHECK_INT(db_read_begin(s->pool, &a, &db), RC_OK);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct full_row r = { 0 };

		CHECK_INT(row_read(db, rows[i].id, &r), RC_OK);
		CHECK(r.n == rows[i].n && r.share >= rows[i].share && r.share <= rows[i].share && r.seen == rows[i].seen);
		CHECK_STR(r.name, rows[i].name);
		CHECK_STR(r.bytes, rows[i].bytes);
	}
	db_read_end(db);
}

static void sums_and_averages_are_numbers(struct test_store *s)
{
	static const struct db_stmt st = { "sums", "SELECT COUNT(*), SUM(n), AVG(n), MAX(n) > 3, SUM(share) FROM thing",
					   "SELECT COUNT(*), SUM(n), AVG(n), MAX(n) > 3, SUM(share) FROM thing", 0, "" };
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;
	struct db_cursor c;

	for (int64_t i = 1; i <= 3; i++) {
		struct full_row r = { .id = i, .n = i + 1, .name = str_fmt(&s->arena, "%d", (int)i), .share = 0.5 };

		CHECK_INT(db_write(s->pool, &s->arena, row_write, &r), RC_OK);
	}
	CHECK_INT(db_read_begin(s->pool, &a, &db), RC_OK);
	CHECK_INT(db_query(db, &st, NULL, &c), RC_OK);
	CHECK(db_next(&c));
	CHECK_INT(db_col_int(&c, 0), 3);
	CHECK_INT(db_col_int(&c, 1), 9);
	CHECK_INT(db_col_int(&c, 2), 3);
	CHECK_INT(db_col_int(&c, 3), 1);
	CHECK(db_col_real(&c, 4) > 1.49 && db_col_real(&c, 4) < 1.51);
	CHECK(!db_next(&c) && c.rc == RC_OK);
	db_cursor_end(&c);
	db_read_end(db);
}

static void a_reader_sees_one_snapshot(struct test_store *s)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;
	int64_t n = -1;

	CHECK_INT(thing_put(s, 1, S("one")), RC_OK);
	CHECK_INT(db_read_begin(s->pool, &a, &db), RC_OK);
	CHECK_INT(thing_count(db, &n), RC_OK);
	CHECK_INT(n, 1);
	CHECK_INT(thing_put(s, 2, S("two")), RC_OK); /* the writer does not wait for the reader */
	CHECK_INT(thing_count(db, &n), RC_OK);
	CHECK_INT(n, 1);
	db_read_end(db);
	CHECK_INT(thing_rows(s), 2);
}

static void a_reader_that_rests_sees_every_commit_before_it(struct test_store *s)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;
	int64_t n = -1;

	db_read_rest(s->pool);
	for (int64_t i = 1; i <= 6; i++) {
		CHECK_INT(thing_put(s, i, str_fmt(&s->arena, "%d", (int)i)), RC_OK);
		for (int again = 0; again < 3; again++) {
			CHECK_INT(db_read_begin(s->pool, &a, &db), RC_OK);
			CHECK_INT(thing_count(db, &n), RC_OK);
			CHECK_INT(n, i);
			db_read_end(db);
		}
		if (i % 2 == 0)
			db_read_rest(s->pool);
	}
}

static void a_reader_cannot_write(struct test_store *s)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;

	CHECK_INT(db_read_begin(s->pool, &a, &db), RC_OK);
	CHECK(thing_insert(db, 1, S("one")) != RC_OK);
	CHECK(strlen(db_why(db)) > 5);
	db_read_end(db);
	CHECK_INT(thing_rows(s), 0);
}

/* Notes */

struct heard {
	pthread_mutex_t lock;
	char text[2000];
};

static void hear(void *arg, struct str channel, struct str payload)
{
	struct heard *h = arg;

	pthread_mutex_lock(&h->lock);
	size_t n = strlen(h->text);

	snprintf(h->text + n, sizeof(h->text) - n, "%.*s=%.*s;", STR_FMT(channel), STR_FMT(payload));
	pthread_mutex_unlock(&h->lock);
}

static bool heard_in_2s(struct heard *h, const char *want)
{
	for (int i = 0; i < 200; i++, wait_ms(10)) {
		pthread_mutex_lock(&h->lock);
		bool yes = strcmp(h->text, want) == 0;

		pthread_mutex_unlock(&h->lock);
		if (yes)
			return true;
	}
	print_error("heard \"%s\", want \"%s\"\n", h->text, want);
	return false;
}

static enum rc speak(struct db *db, void *arg)
{
	TRY(db_notify(db, S("appeal"), S("{\"id\": 1, \"t\": \"a b\\c\"}")));
	TRY(db_notify(db, S("pulse"), S("")));
	return arg ? RC_CONFLICT : RC_OK;
}

static enum rc shout(struct db *db, void *arg)
{
	(void)arg;
	return db_notify(db, S("x"), (struct str){ memset(arena_alloc(db_arena(db), 9000), 'x', 9000), 9000 });
}

static void notes_are_heard_after_the_commit_and_only_then(struct test_store *s)
{
	struct heard here = { .lock = PTHREAD_MUTEX_INITIALIZER }, there = here;
	const char *want = "appeal={\"id\": 1, \"t\": \"a b\\c\"};pulse=;";
	struct test_store other = *s; /* the same place, a pool of its own */

	other.arena = (struct arena){ 0 };

	db_listen(s->pool, hear, &here);
	if (s->options.url) { /* another process */
		store_open(&other);
		db_listen(other.pool, hear, &there);
		wait_ms(300); /* until both listen */
	}
	CHECK_INT(db_write(s->pool, &s->arena, speak, s), RC_CONFLICT);
	CHECK_INT(db_write(s->pool, &s->arena, speak, NULL), RC_OK);
	CHECK(heard_in_2s(&here, want));
	if (s->options.url) {
		CHECK(heard_in_2s(&there, want));
		store_close(&other);
		arena_end(&other.arena);
	}
	CHECK_INT(db_write(s->pool, &s->arena, shout, NULL), RC_TOO_LARGE);
}

static void a_pool_that_works_is_ready(struct test_store *s)
{
	struct str why = S("");

	CHECK_INT(db_ready(s->pool, &why), RC_OK);
}

static void a_backup_of_postgresql_names_its_own_tools(struct test_store *s)
{
	struct str why = S("");

	CHECK_INT(db_backup(s->pool, "/tmp/never", &why), RC_INVALID);
	CHECK(str_find(why, S("pg_basebackup"), 0) != SIZE_MAX);
}

static enum rc take_indexes(struct db *db, void *arg)
{
	return db_indexes_take(db, db_arena(db), arg);
}

static enum rc make_indexes(struct db *db, void *arg)
{
	return db_indexes_make(db, db_arena(db), *(struct str *)arg);
}

static void indexes_that_are_no_rule_stand_aside(struct test_store *s)
{
	const char *count = db_engine(s->pool) == DB_SQLITE ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND sql <> ''"
							    : "SELECT COUNT(*) FROM pg_indexes WHERE tablename = 'thing' AND indexname <> 'thing_pkey'";
	struct str make, again;

	store_sql(s, "CREATE INDEX thing_by_n ON thing (n, id); CREATE INDEX thing_by_share ON thing (share) WHERE share > 0");
	CHECK_INT(store_sql(s, count), 3);
	CHECK_INT(db_write(s->pool, &s->arena, take_indexes, &make), RC_OK);
	CHECK_INT(store_sql(s, count), 1);
	CHECK_INT(thing_put(s, 1, S("one")), RC_OK);
	CHECK_INT(thing_put(s, 2, S("one")), RC_DUPLICATE); /* the rule holds meanwhile */
	CHECK_INT(db_write(s->pool, &s->arena, make_indexes, &make), RC_OK);
	CHECK_INT(store_sql(s, count), 3);
	CHECK_INT(db_write(s->pool, &s->arena, take_indexes, &again), RC_OK);
	CHECK(str_eq(make, again));
}

TESTS("db", ON_BOTH(what_a_work_did_goes_when_it_refuses), ON_BOTH(a_refusal_in_a_group_is_nobody_elses), ON_BOTH(a_group_ends_in_time),
      ON_BOTH(a_duplicate_leaves_the_work_as_it_was), ON_BOTH(a_reference_into_nothing_is_a_conflict), ON_BOTH(a_part_can_be_taken_back_alone),
      ON_BOTH(values_come_back_as_they_went), ON_BOTH(sums_and_averages_are_numbers), ON_BOTH(a_reader_sees_one_snapshot),
      ON_BOTH(a_reader_that_rests_sees_every_commit_before_it),
      ON_BOTH(a_reader_cannot_write), ON_BOTH(notes_are_heard_after_the_commit_and_only_then), ON_BOTH(a_pool_that_works_is_ready),
      ON_BOTH(indexes_that_are_no_rule_stand_aside),
      ON_POSTGRES(a_backup_of_postgresql_names_its_own_tools))
