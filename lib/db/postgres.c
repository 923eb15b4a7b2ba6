/*
 * postgres.c: the engine for more than one machine: writer threads with a connection each, a pool of connections
 * for reading, and one connection that listens (postgres_listen.c).
 *
 * A work runs SERIALIZABLE, as on SQLite where there is one writer: a rule that reads, decides and writes holds without
 * locks of its own. When PostgreSQL finds that two works cannot stand in a row, one of them runs again; from the third time
 * on it runs alone in this process. That is not always enough: while a long serializable transaction lasts, be it in
 * another database of the server, PostgreSQL takes what was committed since for unfinished and refuses works that met nobody.
 * So a work is tried for some six seconds, and transactions of ours are short.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "db/postgres_conn.h"
#include "db/postgres_listen.h"
#include "db/queue.h"

#define WRITERS 8
#define READERS 8
#define ATTEMPTS 16
#define PAUSE_MAX_US 1000000u
#define ALONE_FROM 2      /* attempts, counted from 0 */
#define READ_WAIT_SEC 2
#define VERSION_MIN 150000

static const char *const begin_write = "BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL lock_timeout = '5s'; "
				       "SET LOCAL statement_timeout = '60s'";
static const char *const begin_write_unsafe = "BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL synchronous_commit = off";
static const char *const begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '15s'";

struct postgres {
	struct db_queue queue;
	pthread_t *writers;
	size_t writers_n;
	pthread_rwlock_t alone;
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct pg_conn *free_readers;
	size_t readers_out; /* in use; made as needed, so never more than options.readers in all */
	struct pg_listen *listen;
};

static struct postgres *inside(const struct db_pool *p)
{
	return p->inside;
}

static enum rc transaction(struct pg_conn *c, struct db_work *w)
{
	struct db_pool *p = c->db.pool;

	TRY(pg_begin(c, w->arena, p->options.unsafe_no_sync || p->options.filling ? begin_write_unsafe : begin_write));
	enum rc rc = w->run(w, &c->db);

	if (rc != RC_OK && c->doomed == RC_OK) {
		pg_rollback(c);
		return rc;
	}
	int64_t began = when_monotonic_us();

	rc = pg_commit(c);
	p->commit_us += when_monotonic_us() - began;
	return rc;
}

/* Longer from time to time, with jitter: two that met do not meet again. */
static void pause_before(int attempt)
{
	unsigned most = 2000u << attempt < PAUSE_MAX_US ? 2000u << attempt : PAUSE_MAX_US;

	usleep(most / 2 + (useconds_t)random_below(most / 2));
}

static void serve(struct pg_conn *c, struct db_work *w)
{
	struct db_pool *p = c->db.pool;
	struct postgres *in = inside(p);
	enum rc rc = RC_RETRY;

	for (int i = 0; rc == RC_RETRY && i < ATTEMPTS; i++) {
		if (i > 0) {
			p->retries++;
			pause_before(i);
		}
		if (i >= ALONE_FROM)
			pthread_rwlock_wrlock(&in->alone);
		else
			pthread_rwlock_rdlock(&in->alone);
		rc = transaction(c, w);
		pthread_rwlock_unlock(&in->alone);
	}
	p->works++;
	if (rc == RC_OK) {
		p->commits++;
		pg_listen_send(in->listen, c->db.notes); /* they live in the work's arena: before done() */
	} else {
		p->rollbacks++;
	}
	w->done(w, rc == RC_RETRY ? RC_BUSY : rc);
}

static void *write_loop(void *arg)
{
	struct db_pool *p = arg;
	struct pg_conn *c = pg_conn_new(p);
	struct db_work *w;

	while ((w = db_queue_take(p, &inside(p)->queue, 1)))
		serve(c, w);
	pg_conn_free(c);
	return NULL;
}

static void submit(struct db_pool *p, struct db_work *w)
{
	db_queue_put(p, &inside(p)->queue, w);
}

/* A free reader, a new one as long as there may be more, or NULL after two seconds. */
static struct pg_conn *reader_take(struct db_pool *p)
{
	struct postgres *in = inside(p);
	struct timespec until;
	struct pg_conn *c = NULL;
	int code = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += READ_WAIT_SEC;
	pthread_mutex_lock(&in->lock);
	while (!in->free_readers && in->readers_out >= p->options.readers && code != ETIMEDOUT)
		code = pthread_cond_timedwait(&in->freed, &in->lock, &until);
	if (in->free_readers || in->readers_out < p->options.readers) {
		c = in->free_readers;
		if (c)
			in->free_readers = c->next;
		else
			c = pg_conn_new(p);
		in->readers_out++;
	}
	pthread_mutex_unlock(&in->lock);
	return c;
}

static void reader_give(struct pg_conn *c)
{
	struct postgres *in = inside(c->db.pool);

	c->db.arena = NULL;
	pthread_mutex_lock(&in->lock);
	c->next = in->free_readers;
	in->free_readers = c;
	in->readers_out--;
	pthread_cond_signal(&in->freed);
	pthread_mutex_unlock(&in->lock);
}

static enum rc read_begin(struct db_pool *p, struct arena *a, struct db **ret)
{
	struct pg_conn *c = reader_take(p);

	if (!c)
		return RC_BUSY;
	c->reading = true;
	enum rc rc = pg_begin(c, a, begin_read);

	if (rc != RC_OK) {
		pg_rollback(c);
		reader_give(c);
		return rc;
	}
	*ret = &c->db;
	return RC_OK;
}

/* Nothing was changed: rolling back ends the snapshot as well as committing does. */
static void read_end(struct db *db)
{
	pg_rollback(pg_of(db));
	reader_give(pg_of(db));
}

static enum rc own_begin(struct db_pool *p, struct arena *a, struct db **ret)
{
	struct pg_conn *c = pg_conn_new(p);
	enum rc rc = pg_connect(c);

	if (rc != RC_OK) {
		pg_conn_free(c);
		return rc;
	}
	c->db.arena = a;
	*ret = &c->db;
	return RC_OK;
}

static void own_end(struct db *db)
{
	pg_conn_free(pg_of(db));
}

static enum rc ready(struct db_pool *p, struct str *ret_why)
{
	static const struct db_stmt look = { "standby", "", "SELECT pg_is_in_recovery()", 0, "" };
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;
	struct db_cursor c;
	bool standby = false;

	if (read_begin(p, &a, &db) != RC_OK) {
		*ret_why = S("PostgreSQL does not answer");
		return RC_BUSY;
	}
	enum rc rc = db_query(db, &look, NULL, &c);

	if (rc == RC_OK)
		standby = db_next(&c) && db_col_int(&c, 0) != 0;
	db_cursor_end(&c);
	read_end(db);
	if (rc != RC_OK || standby) {
		*ret_why = standby ? S("the PostgreSQL server is a standby") : S("PostgreSQL does not answer");
		return RC_BUSY;
	}
	return RC_OK;
}

static enum rc backup(struct db_pool *p, const char *to_path, struct str *ret_why)
{
	(void)p;
	(void)to_path;
	*ret_why = S("a PostgreSQL database is saved with pg_basebackup (everything) or pg_dump (one database)");
	return RC_INVALID;
}

static void stats(struct db_pool *p, struct db_stats *ret)
{
	(void)p;
	ret->wal_bytes = 0;
}

/* Threads that read have ended before. */
static void close_pool(struct db_pool *p)
{
	struct postgres *in = inside(p);

	db_queue_stop(&in->queue);
	for (size_t i = 0; i < in->writers_n; i++)
		pthread_join(in->writers[i], NULL);
	pg_listen_stop(in->listen);
	for (struct pg_conn *c = in->free_readers, *next; c; c = next) {
		next = c->next;
		pg_conn_free(c);
	}
	pthread_rwlock_destroy(&in->alone);
	pthread_mutex_destroy(&in->lock);
	pthread_cond_destroy(&in->freed);
	db_queue_end(&in->queue);
	free(in->writers);
	free(in);
}

static const struct db_engine_part part = {
	.read_begin = read_begin, .read_end = read_end, .submit = submit, .close = close_pool, .own_begin = own_begin,
	.own_end = own_end, .ready = ready, .backup = backup, .stats = stats,
};

/* Settings of a server that would break our promises: refused before anything is served. */
static enum rc check_server(struct db_pool *p, struct str *ret_why)
{
	struct pg_conn *c = pg_conn_new(p);
	enum rc rc = pg_connect(c);

	if (rc != RC_OK) {
		*ret_why = str_dup(p->start, str_trim(str_of(c->db.why)));
	} else if (PQserverVersion(c->h) < VERSION_MIN) {
		*ret_why = S("PostgreSQL 15 or newer is needed");
		rc = RC_INVALID;
	} else if (!str_eq(str_of(PQparameterStatus(c->h, "server_encoding")), S("UTF8"))) {
		*ret_why = S("the database must be made with ENCODING UTF8");
		rc = RC_INVALID;
	} else {
		PGresult *r = PQexec(c->h, "SHOW synchronous_commit");

		if (PQntuples(r) == 1 && strcmp(PQgetvalue(r, 0, 0), "off") == 0 && !p->options.unsafe_no_sync && !p->options.filling) {
			*ret_why = S("synchronous_commit is off: what is acknowledged could be lost");
			rc = RC_INVALID;
		}
		PQclear(r);
	}
	pg_conn_free(c);
	return rc;
}

enum rc postgres_open(struct db_pool *p, struct str *ret_why)
{
	pthread_rwlockattr_t fair;

	p->part = &part;
	p->options.readers = p->options.readers ? p->options.readers : READERS;
	p->options.writers = p->options.writers ? p->options.writers : WRITERS;
	TRY(check_server(p, ret_why));
	struct postgres *in = calloc(1, sizeof(*in));

	if (!in || !(in->writers = calloc(p->options.writers, sizeof(*in->writers))))
		abort();
	p->inside = in;
	db_queue_init(&in->queue);
	pthread_mutex_init(&in->lock, NULL);
	pthread_cond_init(&in->freed, NULL);
	pthread_rwlockattr_init(&fair);
	pthread_rwlockattr_setkind_np(&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&in->alone, &fair);
	pthread_rwlockattr_destroy(&fair);
	in->listen = pg_listen_start(p);
	for (; in->writers_n < p->options.writers; in->writers_n++)
		if (pthread_create(&in->writers[in->writers_n], NULL, write_loop, p) != 0)
			abort();
	return RC_OK;
}
