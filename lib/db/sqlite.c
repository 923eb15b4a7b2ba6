/*
 * sqlite.c: the embedded engine: one writer thread with group commit, a reading connection a thread, a checkpoint thread. The checkpoint never
 * runs in the writer: there it stalls everybody for hundreds of milliseconds.
 */
#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/queue.h"
#include "db/sqlite_conn.h"

#define GROUP_MAX 2000
#define GROUP_US (100 * 1000) /* on a cold file a work may take milliseconds: whoever came first does not wait for hundreds of them */
#define CHECKPOINT_PAGES 2000 /* pages that change again and again are copied once; more of them make single works wait */
#define RESTART_PAGES 8000 /* a writer without a pause never lets the log start over: then it waits for a moment */
#define RESTART_WAIT_MS 20 /* for long readers, such as a backup: the log grows meanwhile, nobody waits */
#define PAGES_READY 128 /* half a megabyte a connection */

struct sqlite_inside {
	struct db_queue queue;
	pthread_t writer, checkpointer;
	pthread_key_t reader;
	struct sqlite_conn *write;
	_Atomic bool broken; /* the last commit failed */
	bool logged;         /* the commit under way wrote something */
	pthread_mutex_t check_lock;
	pthread_cond_t check;
	_Atomic int wal_pages, checked_pages; /* in the log; of them in the database already */
	_Atomic bool log_long;                /* the writer shall let it start over */
	bool check_wanted, check_stop;
};

static struct sqlite_inside *inside(const struct db_pool *p)
{
	return p->inside;
}

static void close_reader(void *c)
{
	conn_close(c);
}

static void let_go(struct sqlite_conn *c)
{
	c->held = false;
	rc_ignore(conn_run(c, "COMMIT"));
}

/* A new snapshot costs locks and every page that was in memory: what nothing was committed after is as good. */
static enum rc read_begin(struct db_pool *p, struct arena *a, struct db **ret)
{
	struct sqlite_conn *c = pthread_getspecific(inside(p)->reader);

	if (!c) {
		TRY(conn_open(p, false, &c));
		pthread_setspecific(inside(p)->reader, c);
	}
	if (c->held && c->commits != p->commits)
		let_go(c);
	if (!c->held) {
		c->commits = p->commits;
		TRY(conn_run(c, "BEGIN"));
	}
	c->db.arena = a;
	*ret = &c->db;
	return RC_OK;
}

static void read_end(struct db *db)
{
	struct sqlite_conn *c = conn_of(db);

	c->held = c->keeps && !sqlite3_get_autocommit(c->h);
	if (!c->held)
		let_go(c);
	db->arena = NULL;
}

static void read_rest(struct db_pool *p)
{
	struct sqlite_conn *c = pthread_getspecific(inside(p)->reader);

	if (!c)
		return;
	c->keeps = true;
	if (c->held)
		let_go(c);
}

static int on_wal(void *arg, sqlite3 *h, const char *name, int pages)
{
	struct sqlite_inside *in = arg;

	(void)h;
	(void)name;
	in->logged = true;
	in->wal_pages = pages;
	if (pages < in->checked_pages) /* the log has started over */
		in->checked_pages = 0;
	if (pages - in->checked_pages >= CHECKPOINT_PAGES && pthread_mutex_trylock(&in->check_lock) == 0) {
		in->check_wanted = true;
		pthread_cond_signal(&in->check);
		pthread_mutex_unlock(&in->check_lock);
	}
	return SQLITE_OK;
}

/*
 * Nearly all of it beside the writer. Only while there is something to copy: one that begins when all is copied and meets the writer starting the log
 * over takes the new pages for copied ones, and they are lost (SQLite before 3.51.3: sqlite.org/wal.html, "The WAL-Reset Bug").
 */
static void check_point(struct sqlite_inside *in, sqlite3 *h)
{
	int pages = 0, checked = 0;

	if (in->wal_pages <= in->checked_pages || sqlite3_wal_checkpoint_v2(h, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &checked) != SQLITE_OK)
		return;
	in->checked_pages = checked;
	in->log_long = pages >= RESTART_PAGES;
}

/* By the writer itself, which then cannot start it over by chance. The rest is copied in a few milliseconds. */
static void start_log_over(struct sqlite_inside *in)
{
	sqlite3 *h = in->write->h;

	sqlite3_busy_timeout(h, RESTART_WAIT_MS);
	if (sqlite3_wal_checkpoint_v2(h, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL) == SQLITE_OK)
		in->wal_pages = in->checked_pages = 0;
	sqlite3_busy_timeout(h, BUSY_MS);
	in->log_long = false;
}

static void *check_points(void *arg)
{
	struct db_pool *p = arg;
	struct sqlite_inside *in = inside(p);
	struct sqlite_conn *c = NULL;

	pthread_mutex_lock(&in->check_lock);
	while (!in->check_stop) {
		if (!in->check_wanted) {
			pthread_cond_wait(&in->check, &in->check_lock);
			continue;
		}
		in->check_wanted = false;
		pthread_mutex_unlock(&in->check_lock);
		if (c || conn_open(p, true, &c) == RC_OK)
			check_point(in, c->h);
		pthread_mutex_lock(&in->check_lock);
	}
	pthread_mutex_unlock(&in->check_lock);
	if (c)
		conn_close(c);
	return NULL;
}

enum how_run { RUN_RIGHT, RUN_AGAIN, RUN_BROKEN };

/*
 * A work alone in a savepoint could be taken back alone, but every page it writes would be copied first. So a group runs without savepoints, and only
 * when a work fails that has written already is the whole group taken back and run once more, each work in a savepoint.
 */
static enum how_run run_one(struct db_pool *p, struct sqlite_conn *c, struct db_work *w, bool careful, enum rc *ret)
{
	struct db_note *before = c->db.notes;
	int64_t changes = sqlite3_total_changes64(c->h);

	c->db.arena = w->arena;
	if (careful && conn_run(c, "SAVEPOINT work") != RC_OK)
		return RUN_BROKEN;
	*ret = w->run(w, &c->db);
	if (sqlite3_get_autocommit(c->h)) /* some failures of the disk end the whole transaction */
		return RUN_BROKEN;
	if (*ret != RC_OK) {
		c->db.notes = before;
		if (!careful && sqlite3_total_changes64(c->h) != changes)
			return RUN_AGAIN;
		p->rollbacks++;
		if (careful && conn_run(c, "ROLLBACK TO work") != RC_OK)
			return RUN_BROKEN;
	}
	return careful && conn_run(c, "RELEASE work") != RC_OK ? RUN_BROKEN : RUN_RIGHT;
}

/* *ret_rest: those that wait for the next group. */
static enum how_run run_works(struct db_pool *p, struct sqlite_conn *c, struct db_work *first, bool careful, enum rc *rcs, struct db_work **ret_rest)
{
	enum how_run how = RUN_RIGHT;
	int64_t until = when_monotonic_us() + GROUP_US;
	struct db_work *w = first;

	*ret_rest = NULL;
	c->db.notes = NULL;
	if (conn_run(c, "BEGIN IMMEDIATE") != RC_OK)
		return RUN_BROKEN;
	do {
		how = run_one(p, c, w, careful, rcs++);
		w = w->next_;
	} while (w && how == RUN_RIGHT && when_monotonic_us() < until);
	if (how == RUN_RIGHT)
		*ret_rest = w;
	return how == RUN_AGAIN && conn_run(c, "ROLLBACK") != RC_OK ? RUN_BROKEN : how;
}

/*
 * Pages of a transaction under way stay in memory: written to the log before their time and taken back to a savepoint, they leave a log there that
 * nobody can read past after a crash (SQLite 3.40 at least, found by log_test.c).
 */
static enum rc open_writer(struct db_pool *p, struct sqlite_conn **ret)
{
	TRY(conn_open(p, true, ret));
	sqlite3_exec((*ret)->h, "PRAGMA cache_spill=OFF", NULL, NULL, NULL);
	sqlite3_wal_hook((*ret)->h, on_wal, inside(p));
	return RC_OK;
}

/* After a failed fsync the pages in memory are not to be trusted: a new connection reads them again. */
static void reopen(struct db_pool *p)
{
	struct sqlite_inside *in = inside(p);
	struct sqlite_conn *fresh;

	in->broken = true;
	if (open_writer(p, &fresh) != RC_OK)
		return;
	conn_close(in->write);
	in->write = fresh;
}

static enum rc commit(struct db_pool *p, struct sqlite_conn *c, bool broken)
{
	int64_t began = when_monotonic_us();
	struct sqlite_inside *in = inside(p);

	in->logged = p->options.filling; /* without a log nobody says so */
	if (!broken && conn_run(c, "COMMIT") == RC_OK) {
		p->commits += in->logged; /* what changed nothing is not on disk either, and readers keep what they have */
		p->commit_us += when_monotonic_us() - began;
		if (in->logged)
			in->broken = false; /* what wrote nothing says nothing of the disk */
		return RC_OK;
	}
	if (!sqlite3_get_autocommit(c->h))
		rc_ignore(conn_run(c, "ROLLBACK"));
	reopen(p);
	return RC_BUSY;
}

/* What is left for the next group. */
static struct db_work *run_group(struct db_pool *p, struct db_work *first)
{
	struct sqlite_conn *c = inside(p)->write;
	static _Thread_local enum rc rcs[GROUP_MAX];
	struct db_work *rest;
	enum how_run how = run_works(p, c, first, false, rcs, &rest);

	if (how == RUN_AGAIN)
		how = run_works(p, c, first, true, rcs, &rest);
	enum rc all = commit(p, c, how == RUN_BROKEN);

	if (all == RC_OK)
		db_tell(p, c->db.notes); /* notes live in the works' arenas: before done() */
	int64_t n = 0;

	for (const struct db_work *w = first; w != rest; w = w->next_)
		n++;
	p->works += n;
	if (n > p->group_max)
		p->group_max = n;
	const enum rc *rc = rcs;

	for (struct db_work *w = first, *next; w != rest; w = next) {
		next = w->next_;
		w->done(w, all == RC_OK ? *rc++ : RC_BUSY);
	}
	return rest;
}

static void *write_loop(void *arg)
{
	struct db_pool *p = arg;

	for (;;) {
		struct db_work *w = db_queue_take(p, &inside(p)->queue, GROUP_MAX);

		if (!w)
			return NULL;
		while (w) {
			w = run_group(p, w);
			if (inside(p)->log_long)
				start_log_over(inside(p));
		}
	}
}

static void submit(struct db_pool *p, struct db_work *w)
{
	db_queue_put(p, &inside(p)->queue, w);
}

static void stop_threads(struct sqlite_inside *in)
{
	db_queue_stop(&in->queue);
	pthread_join(in->writer, NULL);
	pthread_mutex_lock(&in->check_lock);
	in->check_stop = true;
	pthread_cond_signal(&in->check);
	pthread_mutex_unlock(&in->check_lock);
	pthread_join(in->checkpointer, NULL);
}

/* Threads that read have ended before, all but the caller's, whose connection ends here. */
static void close_pool(struct db_pool *p)
{
	struct sqlite_inside *in = inside(p);
	struct sqlite_conn *mine = pthread_getspecific(in->reader);

	stop_threads(in);
	if (mine) {
		pthread_setspecific(in->reader, NULL);
		conn_close(mine);
	}
	sqlite3_wal_checkpoint_v2(in->write->h, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	conn_close(in->write);
	pthread_key_delete(in->reader);
	free(in);
}

static enum rc own_begin(struct db_pool *p, struct arena *a, struct db **ret)
{
	struct sqlite_conn *c;

	TRY(conn_open(p, true, &c));
	c->db.arena = a;
	*ret = &c->db;
	return RC_OK;
}

static void own_end(struct db *db)
{
	conn_close(conn_of(db));
}

static enum rc ready(struct db_pool *p, struct str *ret_why)
{
	if (inside(p)->broken) {
		*ret_why = S("the last commit failed");
		return RC_BUSY;
	}
	if (access(p->options.path, R_OK | W_OK) != 0) {
		*ret_why = S("the database file cannot be written");
		return RC_BUSY;
	}
	return RC_OK;
}

/* VACUUM INTO reads one snapshot and does not hold up the writer. */
static enum rc backup(struct db_pool *p, const char *to_path, struct str *ret_why)
{
	struct sqlite_conn *c;
	sqlite3_stmt *s = NULL;

	TRY(conn_open(p, true, &c));
	int code = sqlite3_prepare_v2(c->h, "VACUUM INTO ?1", -1, &s, NULL);

	if (code == SQLITE_OK) {
		sqlite3_bind_text(s, 1, to_path, -1, SQLITE_STATIC);
		code = sqlite3_step(s);
	}
	if (code != SQLITE_DONE)
		*ret_why = str_dup(p->start, str_of(sqlite3_errmsg(c->h)));
	sqlite3_finalize(s);
	conn_close(c);
	return code == SQLITE_DONE ? RC_OK : RC_BUSY;
}

static void stats(struct db_pool *p, struct db_stats *ret)
{
	ret->wal_bytes = (int64_t)inside(p)->wal_pages * 4096;
}

static const struct db_engine_part part = {
	.read_begin = read_begin, .read_end = read_end, .read_rest = read_rest, .submit = submit, .close = close_pool, .own_begin = own_begin,
	.own_end = own_end, .ready = ready, .backup = backup, .stats = stats,
};

enum rc sqlite_open(struct db_pool *p, struct str *ret_why)
{
	struct sqlite_inside *in = calloc(1, sizeof(*in));

	assert(in);
	/* a lock at every allocation for a count that nobody reads: a quarter of the writer's speed. Refused, and no harm, when
	 * SQLite was in use before. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	/* whoever reads while another commits begins with an empty cache: these pages of a connection wait for it and are not asked of malloc again */
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, PAGES_READY);
	p->part = &part;
	p->inside = in;
	db_queue_init(&in->queue);
	pthread_mutex_init(&in->check_lock, NULL);
	pthread_cond_init(&in->check, NULL);
	if (open_writer(p, &in->write) != RC_OK) {
		*ret_why = str_fmt(p->start, "cannot open %s", p->options.path);
		free(in);
		return RC_BUSY;
	}
	if (pthread_key_create(&in->reader, close_reader) != 0 || pthread_create(&in->writer, NULL, write_loop, p) != 0 ||
	    pthread_create(&in->checkpointer, NULL, check_points, p) != 0)
		abort();
	return RC_OK;
}
