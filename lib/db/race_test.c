/* race_test.c: what many threads do to each other: nothing. */
#include "db/test_both.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 10000
#define COUNTERS 8
#define COUNTS 40

struct racer {
	struct test_store *s;
	pthread_t thread;
	int64_t won, lost, other;
	int64_t first, step;
	_Atomic int64_t acked;
	_Atomic bool stop;
};

static void *insert_all(void *arg)
{
	struct racer *r = arg;

	for (int64_t i = 1; i <= ROUNDS; i++) {
		char name[30];
		enum rc rc;

		snprintf(name, sizeof(name), "round %d", (int)i);
		do
			rc = thing_put(r->s, i, str_of(name));
		while (rc == RC_BUSY); /* as a person would: the answer of the first try is not known */
		r->won += rc == RC_OK;
		r->lost += rc == RC_DUPLICATE;
		r->other += rc != RC_OK && rc != RC_DUPLICATE;
	}
	return NULL;
}

/* Two people sign with one identifier at the same moment, ten thousand times. */
static void ten_thousand_double_inserts_give_one_row_each(struct test_store *s)
{
	struct racer two[2] = { { .s = s }, { .s = s } };

	for (size_t i = 0; i < 2; i++)
		CHECK(pthread_create(&two[i].thread, NULL, insert_all, &two[i]) == 0);
	for (size_t i = 0; i < 2; i++)
		pthread_join(two[i].thread, NULL);
	CHECK_INT(two[0].other + two[1].other, 0);
	CHECK_INT(two[0].won + two[1].won, ROUNDS);
	CHECK_INT(two[0].lost + two[1].lost, ROUNDS);
	CHECK_INT(thing_rows(s), ROUNDS);
}

static enum rc count_one(struct db *db, void *arg)
{
	int64_t n = 0;

	(void)arg;
	TRY(thing_n(db, 1, &n));
	return thing_n_set(db, 1, n + 1);
}

static void *count_many(void *arg)
{
	struct racer *r = arg;

	for (int i = 0; i < COUNTS; i++) {
		struct arena a CLEANUP(arena_end) = { 0 };
		enum rc rc = db_write(r->s->pool, &a, count_one, NULL);

		r->won += rc == RC_OK;
		r->other += rc != RC_OK;
	}
	return NULL;
}

/* Read, think, write: without isolation counts would be lost. PostgreSQL must have run some works again. */
static void nobody_counts_over_another(struct test_store *s)
{
	struct racer all[COUNTERS];
	struct db_stats stats;
	int64_t won = 0;

	CHECK_INT(thing_put(s, 1, S("counter")), RC_OK);
	for (size_t i = 0; i < COUNTERS; i++) {
		all[i] = (struct racer){ .s = s };
		CHECK(pthread_create(&all[i].thread, NULL, count_many, &all[i]) == 0);
	}
	for (size_t i = 0; i < COUNTERS; i++) {
		pthread_join(all[i].thread, NULL);
		CHECK_INT(all[i].other, 0);
		won += all[i].won;
	}
	CHECK_INT(won, COUNTERS * COUNTS);
	CHECK_INT(store_sql(s, "SELECT n FROM thing"), won);
	db_stats(s->pool, &stats);
	if (db_engine(s->pool) == DB_POSTGRES)
		CHECK(stats.retries > 0);
}

/* Looks at the whole table. */
static enum rc count_all(struct db *db, void *arg)
{
	int64_t rows;

	TRY(thing_count(db, &rows));
	return count_one(db, arg);
}

static void *count_on(void *arg)
{
	struct racer *r = arg;

	while (!r->stop) {
		struct arena a CLEANUP(arena_end) = { 0 };
		enum rc rc = db_write(r->s->pool, &a, count_all, NULL);

		r->acked++;
		r->won += rc == RC_OK;
		r->other += rc != RC_OK;
	}
	return NULL;
}

/*
 * A serializable transaction that lasts, in another database of the server, and somebody who reads here: PostgreSQL forgets who
 * committed since and who only may have, and refuses a writer that is all by itself. It gets through when the other has ended.
 */
static void a_long_transaction_elsewhere_fails_nobody(struct test_store *s)
{
	struct racer one = { .s = s };
	struct db_stats stats = { 0 };
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *reader;
	int64_t n;
	PGconn *h = PQconnectdb(getenv("JAUAP_TEST_PG"));

	PQclear(PQexec(h, "BEGIN ISOLATION LEVEL SERIALIZABLE"));
	PQclear(PQexec(h, "SELECT pg_current_xact_id()"));
	CHECK_INT(PQtransactionStatus(h), PQTRANS_INTRANS);
	CHECK_INT(thing_put(s, 1, S("counter")), RC_OK);
	CHECK_INT(db_read_begin(s->pool, &a, &reader), RC_OK);
	CHECK_INT(thing_count(reader, &n), RC_OK); /* its snapshot keeps the old versions of the row */
	CHECK(pthread_create(&one.thread, NULL, count_on, &one) == 0);
	while (stats.retries < 8 && one.acked < 20000) {
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
		db_stats(s->pool, &stats);
	}
	PQfinish(h);
	db_read_end(reader);
	int64_t then = one.acked;

	while (one.acked < then + 10)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	one.stop = true;
	pthread_join(one.thread, NULL);
	CHECK(stats.retries >= 8); /* more than chance: this is the case it was made for */
	CHECK_INT(one.other, 0);
	CHECK_INT(store_sql(s, "SELECT n FROM thing"), one.won);
}

struct pair {
	int64_t mine, other;
};

/* On call: the last but one may leave, the last may not. Each looks at both and changes only itself. */
static enum rc leave(struct db *db, void *arg)
{
	const struct pair *p = arg;
	int64_t other = 0;

	TRY(thing_n(db, p->other, &other));
	return other == 1 ? thing_n_set(db, p->mine, 0) : RC_CONFLICT;
}

static enum rc both_back(struct db *db, void *arg)
{
	(void)arg;
	TRY(thing_n_set(db, 1, 1));
	return thing_n_set(db, 2, 1);
}

static void *leave_once(void *arg)
{
	struct racer *r = arg;
	struct arena a CLEANUP(arena_end) = { 0 };
	struct pair p = { r->first, 3 - r->first };

	r->won = db_write(r->s->pool, &a, leave, &p) == RC_OK;
	return NULL;
}

static void two_that_look_and_change_do_not_both_win(struct test_store *s)
{
	CHECK_INT(thing_put(s, 1, S("Aigul")), RC_OK);
	CHECK_INT(thing_put(s, 2, S("Marat")), RC_OK);
	for (int i = 0; i < 100; i++) {
		struct racer two[2] = { { .s = s, .first = 1 }, { .s = s, .first = 2 } };

		CHECK_INT(db_write(s->pool, &s->arena, both_back, NULL), RC_OK);
		for (size_t k = 0; k < 2; k++)
			CHECK(pthread_create(&two[k].thread, NULL, leave_once, &two[k]) == 0);
		for (size_t k = 0; k < 2; k++)
			pthread_join(two[k].thread, NULL);
		CHECK_INT(two[0].won + two[1].won, 1);
	}
}

static void *put_until_stopped(void *arg)
{
	struct racer *r = arg;

	for (int64_t id = r->first; !r->stop; id += r->step) {
		char name[30];

		snprintf(name, sizeof(name), "%d", (int)id);
		if (thing_put(r->s, id, str_of(name)) == RC_OK)
			r->acked++;
	}
	return NULL;
}

static void *read_until_stopped(void *arg)
{
	struct racer *r = arg;

	while (!r->stop) {
		int64_t n = thing_rows(r->s);

		r->other += n < r->won; /* never fewer than before */
		r->won = n;
	}
	return NULL;
}

static void readers_see_what_was_acknowledged_and_never_less(struct test_store *s)
{
	struct racer writer = { .s = s, .first = 1, .step = 1 }, readers[3];

	CHECK(pthread_create(&writer.thread, NULL, put_until_stopped, &writer) == 0);
	for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
		readers[i] = (struct racer){ .s = s };
		CHECK(pthread_create(&readers[i].thread, NULL, read_until_stopped, &readers[i]) == 0);
	}
	for (int i = 0; i < 100; i++) {
		int64_t acked = writer.acked;

		CHECK(thing_rows(s) >= acked);
		nanosleep(&(struct timespec){ 0, 3000000 }, NULL);
	}
	for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
		readers[i].stop = true;
		pthread_join(readers[i].thread, NULL);
		CHECK_INT(readers[i].other, 0);
		CHECK(readers[i].won > 0);
	}
	writer.stop = true;
	pthread_join(writer.thread, NULL);
	CHECK_INT(thing_rows(s), writer.acked);
}

/* The copy is whole, holds all that was acknowledged before it began, and the writer goes on meanwhile. */
static void a_backup_under_load_is_whole(struct test_store *s)
{
	struct racer writer = { .s = s, .first = 1, .step = 1 };
	struct test_store copy = { 0 };
	struct str why = S("");

	CHECK(pthread_create(&writer.thread, NULL, put_until_stopped, &writer) == 0);
	while (writer.acked < 300)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	int64_t before = writer.acked;

	snprintf(copy.path, sizeof(copy.path), "%s/copy.db", s->folder);
	CHECK_INT(db_backup(s->pool, copy.path, &why), RC_OK);
	int64_t after = writer.acked;

	writer.stop = true;
	pthread_join(writer.thread, NULL);
	int64_t n = store_sql(&copy, "SELECT COUNT(*) FROM thing");

	CHECK(n >= before && n <= after + 1);
	CHECK_INT(store_sql(&copy, "SELECT MAX(id) FROM thing"), n); /* without holes */
	CHECK_INT(store_sql(&copy, "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
	CHECK_INT(db_backup(s->pool, "/nowhere/copy.db", &why), RC_BUSY);
	CHECK(why.n > 0);
}

static struct {
	pthread_mutex_t gate;
	_Atomic int done, refused;
} crowd = { .gate = PTHREAD_MUTEX_INITIALIZER };

static enum rc wait_at_gate(struct db_work *w, struct db *db)
{
	(void)w;
	(void)db;
	pthread_mutex_lock(&crowd.gate);
	pthread_mutex_unlock(&crowd.gate);
	return RC_OK;
}

static void count_done(struct db_work *w, enum rc rc)
{
	(void)w;
	if (rc == RC_BUSY)
		crowd.refused++;
	crowd.done++;
}

static void a_full_queue_says_so_at_once(struct test_store *s)
{
	static struct db_work works[40];

	store_close(s);
	s->options.queue_max = 10;
	s->options.writers = 1;
	store_open(s);
	crowd.done = crowd.refused = 0;
	pthread_mutex_lock(&crowd.gate);
	for (size_t i = 0; i < ARRAY_LEN(works); i++) {
		works[i] = (struct db_work){ .run = wait_at_gate, .done = count_done, .arena = &s->arena };
		db_submit(s->pool, &works[i]);
	}
	CHECK(crowd.refused >= 29 - 10 && crowd.refused <= 30); /* the writer holds one or a group, ten wait */
	CHECK_INT(crowd.done, crowd.refused);
	pthread_mutex_unlock(&crowd.gate);
	store_close(s); /* what waits is still done */
	CHECK_INT(crowd.done, ARRAY_LEN(works));
}

TESTS("race", ON_BOTH(ten_thousand_double_inserts_give_one_row_each), ON_BOTH(nobody_counts_over_another),
      ON_POSTGRES(a_long_transaction_elsewhere_fails_nobody),
      ON_BOTH(two_that_look_and_change_do_not_both_win), ON_BOTH(readers_see_what_was_acknowledged_and_never_less),
      ON_SQLITE(a_backup_under_load_is_whole), ON_BOTH(a_full_queue_says_so_at_once))
