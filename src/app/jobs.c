#include "app/jobs.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/random.h"
#include "base/vec.h"
#include "gen/app_sql.h"

#define CLAIM_STALE (10 * WHEN_MINUTE) /* a claim older than this was made by a process that died */
#define BATCH 50
#define LARGE ((size_t)8 << 20) /* bytes: such a job's memory goes back to the kernel */
#define LOOK_EVERY_MS 250
#define LOOK_QUICK_MS 50
#define IDLE_WRITTEN WHEN_MINUTE /* so old may the row of a repeating job be that finds nothing to do: a quiet house leaves the disk alone */
#define REPEATING_MAX 64

enum job_lane { LANE_USUAL, LANE_QUICK, LANE_N, LANE_ALL };

struct job_thread {
	struct job_runner *runner;
	enum job_lane lane;
	pthread_t thread;
	struct job_rest {
		int64_t job, due_us, until_us;
	} rests[REPEATING_MAX]; /* what found nothing to do, and when it looks again unless its row changes, which does not say so */
	size_t n_rests;
};

struct job_runner {
	struct app *app;
	struct str name;
	struct job_thread threads[LANE_N];
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
};

struct job_run {
	struct app *app;
	const struct job_kind *kind;
	struct job_row row;
	struct str who, payload, error;
	struct when now, again; /* again: it has nothing to do until then */
	enum rc rc;
	bool claimed;
	struct job_rest *rest; /* repeating: where its rest is kept; NULL: it is written */
	struct arena *arena;
};

struct ctx app_ctx(const struct app *app, struct arena *a, struct db *db)
{
	return (struct ctx){ .arena = a, .db = db, .now = when_now(), .app = app };
}

enum rc job_add(struct ctx *c, const char *kind, struct str payload, struct str dedup, struct when due)
{
	struct job_id id = { id_make() };
	int64_t changed;

	if (!when_set(due))
		due = c->now;
	if (!dedup.n)
		return job_insert(c->db, id, str_of(kind), payload, due, c->now, &changed);
	return job_insert_once(c->db, id, str_of(kind), payload, dedup, due, c->now, &changed);
}

static const struct job_kind *kind_of(struct str name)
{
	for (size_t i = 0; i < modules_n; i++)
		for (size_t k = 0; k < modules[i]->n_jobs; k++)
			if (str_eq(str_of(modules[i]->jobs[k].name), name))
				return &modules[i]->jobs[k];
	return NULL;
}

static int64_t every_us(const struct job_kind *k)
{
	return k->every_sec * WHEN_SECOND + k->every_ms * (WHEN_SECOND / 1000);
}

static struct str repeating_name(struct arena *a, const struct job_kind *k)
{
	return str_fmt(a, "every %s", k->name);
}

static enum rc claim(struct db *db, void *arg)
{
	struct job_run *j = arg;
	int64_t changed;

	TRY(job_claim(db, j->row.id, j->who, j->now, when_add(j->now, -CLAIM_STALE), &changed));
	j->claimed = changed == 1;
	return RC_OK;
}

static struct when next_of(const struct job_run *j, const struct ctx *c)
{
	return c->more ? j->now : when_add(j->now, every_us(j->kind));
}

static enum rc run_kind(struct db *db, void *arg)
{
	struct job_run *j = arg;
	struct ctx c = { .arena = j->arena, .db = db, .now = j->now, .app = j->app };
	int64_t changed;

	TRY(j->kind->run(&c, j->payload));
	if (every_us(j->kind))
		return job_repeat(db, j->row.id, next_of(j, &c), &changed);
	return job_done(db, j->row.id, j->now, &changed);
}

/* Looked at, run and due again in one transaction, so it needs no claim: of two processes one comes too late. */
static enum rc repeat(struct db *db, void *arg)
{
	struct job_run *j = arg;
	struct ctx c = { .arena = j->arena, .db = db, .now = j->now, .app = j->app };
	int64_t due, changed, before = db_changed(db);
	enum rc rc = job_still_due(db, j->row.id, j->now, when_add(j->now, -CLAIM_STALE), &due);

	j->again = (struct when){ 0 };
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	TRY(j->kind->run(&c, j->payload));
	if (j->rest && !c.more && db_changed(db) == before && j->now.us - j->row.due_at.us < IDLE_WRITTEN) {
		j->again = next_of(j, &c);
		return RC_OK;
	}
	return job_repeat(db, j->row.id, next_of(j, &c), &changed);
}

/* 2 s, 4 s, 8 s ... at most an hour; repeating jobs never give up. */
static enum rc put_off(struct db *db, void *arg)
{
	struct job_run *j = arg;
	int64_t attempts = j->row.attempts + 1, changed;
	int64_t pause = attempts > 11 ? 3600 : (int64_t)1 << attempts;

	if (!j->kind || (attempts >= (j->kind->attempts_max ? j->kind->attempts_max : 10) && !every_us(j->kind)))
		return job_failed(db, j->row.id, j->error, j->now, &changed);
	return job_again(db, j->row.id, attempts, when_add(j->now, pause * WHEN_SECOND), j->error, &changed);
}

static void run_claimed(struct job_run *j)
{
	struct db_pool *db = j->app->db;

	j->rc = j->kind ? RC_OK : RC_NOT_FOUND;
	if (j->rc == RC_OK && j->kind->outside) {
		struct ctx c = { .arena = j->arena, .now = j->now, .app = j->app };

		j->rc = j->kind->outside(&c, j->row.payload, &j->payload);
		j->error = c.fail_detail;
	}
	if (j->rc == RC_OK)
		j->rc = db_write(db, j->arena, run_kind, j);
}

static void run_one(struct job_run *j)
{
	struct db_pool *db = j->app->db;

	j->payload = j->row.payload;
	if (j->kind && every_us(j->kind) && !j->kind->outside) {
		j->rc = db_write(db, j->arena, repeat, j);
		if (j->rest)
			*j->rest = (struct job_rest){ j->row.id.v, j->row.due_at.us, j->rc == RC_OK ? j->again.us : 0 };
	} else if (db_write(db, j->arena, claim, j) == RC_OK && j->claimed) {
		run_claimed(j);
	}
	if (j->rc == RC_OK)
		return;
	if (!j->error.n)
		j->error = str_of(rc_name(j->rc));
	LOG(LOG_WARN, "job put off", LOG_TEXT("kind", j->row.kind), LOG_INT("job", j->row.id.v), LOG_TEXT("why", j->error));
	rc_ignore(db_write(db, j->arena, put_off, j));
}

/* Quick ones by name: what waits of the others may be long. */
static enum rc due_quick(struct db *db, struct when now, struct job_row_list *ret)
{
	struct job_row_list one;
	VEC(struct job_row) found = { 0 };

	for (size_t i = 0; i < modules_n; i++)
		for (size_t k = 0; k < modules[i]->n_jobs; k++) {
			const struct job_kind *kind = &modules[i]->jobs[k];

			if (!kind->every_ms)
				continue;
			TRY(job_due_by_name(db, repeating_name(db_arena(db), kind), now, when_add(now, -CLAIM_STALE), &one));
			for (size_t r = 0; r < one.n; r++)
				*VEC_ADD(db_arena(db), &found) = one.v[r];
		}
	*ret = (struct job_row_list){ .v = found.v, .n = found.n };
	return RC_OK;
}

static bool is_of(enum job_lane lane, const struct job_kind *kind)
{
	return lane != LANE_USUAL || !kind || !kind->every_ms;
}

/* Of a repeating job; NULL: there is no room, so it is written each time. */
static struct job_rest *rest_of(struct job_thread *t, const struct job_row *row)
{
	size_t i = 0;

	while (t && i < t->n_rests && t->rests[i].job != row->id.v)
		i++;
	if (!t || i == REPEATING_MAX)
		return NULL;
	if (i == t->n_rests)
		t->rests[t->n_rests++] = (struct job_rest){ .job = row->id.v };
	return &t->rests[i];
}

static void run_row(struct job_thread *t, struct job_run *j)
{
	j->rest = j->kind && every_us(j->kind) ? rest_of(t, &j->row) : NULL;
	if (!j->rest || j->rest->until_us <= j->now.us || j->rest->due_us != j->row.due_at.us)
		run_one(j);
}

/* t: NULL for jobs_drain(), which leaves nothing to rest. */
static size_t run_batch(struct app *app, struct job_thread *t, enum job_lane lane, struct str who, struct when now)
{
	struct arena list CLEANUP(arena_end) = { .limit = 16 << 20 };
	struct db *db;
	struct job_row_list due = { 0 };

	if (db_read_begin(app->db, &list, &db) != RC_OK)
		return 0;
	enum rc rc = lane == LANE_QUICK ? due_quick(db, now, &due) : job_due(db, now, when_add(now, -CLAIM_STALE), BATCH, &due);

	db_read_end(db);
	if (rc != RC_OK)
		return 0;
	bool large = false;

	for (size_t i = 0; i < due.n; i++) {
		struct arena a CLEANUP(arena_end) = { .limit = 256 << 20 };
		struct job_run j = { .app = app, .kind = kind_of(due.v[i].kind), .row = due.v[i], .who = who, .now = now, .arena = &a };

		if (is_of(lane, j.kind))
			run_row(t, &j);
		large = large || a.used > LARGE;
	}
	if (large)
		malloc_trim(0);
	return due.n;
}

size_t jobs_drain(struct app *app, struct when now)
{
	size_t n = 0, ran;

	do {
		ran = run_batch(app, NULL, LANE_ALL, S("drain"), now);
		n += ran;
	} while (ran == BATCH);
	return n;
}

static void *work(void *arg)
{
	struct job_thread *t = arg;
	struct job_runner *r = t->runner;

	for (;;) {
		size_t ran = run_batch(r->app, t, t->lane, r->name, when_now());
		struct timespec until;

		pthread_mutex_lock(&r->lock);
		if (!r->stopping && ran < BATCH) {
			clock_gettime(CLOCK_REALTIME, &until);
			until.tv_nsec += (t->lane == LANE_QUICK ? LOOK_QUICK_MS : LOOK_EVERY_MS) * 1000000L;
			until.tv_sec += until.tv_nsec / 1000000000L;
			until.tv_nsec %= 1000000000L;
			pthread_cond_timedwait(&r->wake, &r->lock, &until);
		}
		bool stopping = r->stopping;

		pthread_mutex_unlock(&r->lock);
		if (stopping)
			return NULL;
	}
}

/*
 * Repeating jobs have a row each, made at the first start. A node's number is its own: what it had in hand was in the hands of a process that is
 * gone. Nobody waits ten minutes for it.
 */
static enum rc seed(struct db *db, void *arg)
{
	struct app *app = arg;
	struct when now = when_now();
	int64_t released, node = app->config.node;

	TRY(job_release(db, str_fmt(app->start, "%lld.", (long long)node), str_fmt(app->start, "%lld/", (long long)node), &released));
	for (size_t i = 0; i < modules_n; i++)
		for (size_t k = 0; k < modules[i]->n_jobs; k++) {
			const struct job_kind *kind = &modules[i]->jobs[k];
			int64_t changed;

			if (every_us(kind))
				TRY(job_insert_once(db, (struct job_id){ id_make() }, str_of(kind->name), S(""), repeating_name(app->start, kind), now, now,
						    &changed));
		}
	return RC_OK;
}

enum rc jobs_start(struct app *app, struct job_runner **ret)
{
	struct job_runner *r = calloc(1, sizeof(*r));

	if (!r)
		abort();
	TRY(db_write(app->db, app->start, seed, app));
	r->app = app;
	r->name = str_fmt(app->start, "%lld.%d", (long long)app->config.node, (int)getpid());
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->wake, NULL);
	for (int i = 0; i < LANE_N; i++) {
		r->threads[i] = (struct job_thread){ .runner = r, .lane = (enum job_lane)i };
		if (pthread_create(&r->threads[i].thread, NULL, work, &r->threads[i]) != 0)
			abort();
	}
	*ret = r;
	return RC_OK;
}

void jobs_stop(struct job_runner *r)
{
	pthread_mutex_lock(&r->lock);
	r->stopping = true;
	pthread_cond_broadcast(&r->wake);
	pthread_mutex_unlock(&r->lock);
	for (int i = 0; i < LANE_N; i++)
		pthread_join(r->threads[i].thread, NULL);
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->wake);
	free(r);
}
