#include "db/db.h"

#include <assert.h>

#include <stdio.h>

#include "db/inner.h"

#define CHANNEL_MAX 60
#define PAYLOAD_MAX 7900 /* NOTIFY takes 8,000 bytes with the channel */

enum rc db_open(const struct db_options *o, struct arena *start, struct db_pool **ret, struct str *ret_why)
{
	struct db_pool *p = ARENA_NEW(start, struct db_pool);

	p->options = *o;
	p->start = start;
	if (!p->options.queue_max)
		p->options.queue_max = 10000;
	p->engine = o->url ? DB_POSTGRES : DB_SQLITE;
	TRY(o->url ? postgres_open(p, ret_why) : sqlite_open(p, ret_why));
	*ret = p;
	return RC_OK;
}

void db_close(struct db_pool *p)
{
	p->part->close(p);
}

enum db_engine db_engine(const struct db_pool *p)
{
	return p->engine;
}

enum db_engine db_engine_of(const struct db *db)
{
	return db->pool->engine;
}

enum rc db_read_begin(struct db_pool *p, struct arena *a, struct db **ret)
{
	return p->part->read_begin(p, a, ret);
}

void db_read_end(struct db *db)
{
	db->pool->part->read_end(db);
}

void db_read_rest(struct db_pool *p)
{
	if (p->part->read_rest)
		p->part->read_rest(p);
}

void db_submit(struct db_pool *p, struct db_work *w)
{
	w->next_ = NULL;
	w->since_us_ = when_monotonic_us();
	p->part->submit(p, w);
}

struct waiting {
	struct db_work work;
	enum rc (*run)(struct db *db, void *arg);
	void *arg;
	enum rc rc;
	bool done;
	pthread_mutex_t lock;
	pthread_cond_t ready;
};

static enum rc wait_run(struct db_work *w, struct db *db)
{
	struct waiting *s = (struct waiting *)(void *)w;

	return s->run(db, s->arg);
}

static void wait_done(struct db_work *w, enum rc rc)
{
	struct waiting *s = (struct waiting *)(void *)w;

	pthread_mutex_lock(&s->lock);
	s->rc = rc;
	s->done = true;
	pthread_cond_signal(&s->ready);
	pthread_mutex_unlock(&s->lock);
}

enum rc db_write(struct db_pool *p, struct arena *a, enum rc (*run)(struct db *db, void *arg), void *arg)
{
	struct waiting s = { .work = { .run = wait_run, .done = wait_done, .arena = a }, .run = run, .arg = arg };

	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.ready, NULL);
	db_submit(p, &s.work);
	pthread_mutex_lock(&s.lock);
	while (!s.done)
		pthread_cond_wait(&s.ready, &s.lock);
	pthread_mutex_unlock(&s.lock);
	pthread_mutex_destroy(&s.lock);
	pthread_cond_destroy(&s.ready);
	return s.rc;
}

enum rc db_savepoint(struct db *db)
{
	struct str why;

	return db->ops->script(db, "SAVEPOINT inner_part", &why);
}

enum rc db_release(struct db *db)
{
	struct str why;

	return db->ops->script(db, "RELEASE SAVEPOINT inner_part", &why);
}

enum rc db_rollback_to(struct db *db)
{
	struct str why;

	return db->ops->script(db, "ROLLBACK TO SAVEPOINT inner_part; RELEASE SAVEPOINT inner_part", &why);
}

struct arena *db_arena(struct db *db)
{
	return db->arena;
}

enum rc db_ready(struct db_pool *p, struct str *ret_why)
{
	return p->part->ready(p, ret_why);
}

void db_stats(struct db_pool *p, struct db_stats *ret)
{
	*ret = (struct db_stats){ .works = p->works, .commits = p->commits, .rollbacks = p->rollbacks, .retries = p->retries,
				  .queue = p->queue, .group_max = p->group_max, .commit_us_sum = p->commit_us };
	p->part->stats(p, ret);
}

const char *db_why(const struct db *db)
{
	return db->why;
}

void db_why_set(struct db *db, const char *why)
{
	snprintf(db->why, sizeof(db->why), "%s", why);
	size_t n = strlen(db->why);

	while (n && db->why[n - 1] == '\n')
		db->why[--n] = '\0';
}

enum rc db_notify(struct db *db, struct str channel, struct str payload)
{
	if (channel.n > CHANNEL_MAX || payload.n > PAYLOAD_MAX)
		return RC_TOO_LARGE;
	struct db_note *n = ARENA_NEW(db->arena, struct db_note);

	*n = (struct db_note){ db->notes, str_dup(db->arena, channel), str_dup(db->arena, payload) };
	db->notes = n;
	return RC_OK;
}

void db_listen(struct db_pool *p, void (*hear)(void *arg, struct str channel, struct str payload), void *arg)
{
	assert(p->n_hears < ARRAY_LEN(p->hears));
	p->hears[p->n_hears] = (struct db_hear){ hear, arg };
	p->n_hears++; /* last: a thread of the pool may be reading the list */
}

void db_tell(struct db_pool *p, const struct db_note *n)
{
	if (!n)
		return;
	db_tell(p, n->next);
	for (size_t i = 0; i < p->n_hears; i++)
		p->hears[i].hear(p->hears[i].arg, n->channel, n->payload);
}

enum rc db_backup(struct db_pool *p, const char *to_path, struct str *ret_why)
{
	return p->part->backup(p, to_path, ret_why);
}

enum rc db_exec(struct db *db, const struct db_stmt *s, const struct db_value *args, int64_t *ret_changed)
{
	enum rc rc = db->ops->exec(db, s, args, ret_changed);

	if (rc == RC_OK)
		db->changed += *ret_changed;
	return rc;
}

int64_t db_changed(const struct db *db)
{
	return db->changed;
}

enum rc db_query(struct db *db, const struct db_stmt *s, const struct db_value *args, struct db_cursor *ret)
{
	*ret = (struct db_cursor){ .db = db, .row = -1 };
	return db->ops->query(db, s, args, ret);
}

bool db_next(struct db_cursor *c)
{
	return c->at && c->db->ops->next(c);
}

void db_cursor_end(struct db_cursor *c)
{
	if (c->at)
		c->db->ops->end(c);
	c->at = NULL;
}

int64_t db_col_int(const struct db_cursor *c, size_t column)
{
	return c->db->ops->col_int(c, column);
}

double db_col_real(const struct db_cursor *c, size_t column)
{
	return c->db->ops->col_real(c, column);
}

struct str db_col_text(const struct db_cursor *c, size_t column)
{
	return c->db->ops->col_text(c, column);
}

struct str db_col_blob(const struct db_cursor *c, size_t column)
{
	return c->db->ops->col_blob(c, column);
}

enum rc db_prepares(struct db *db, const struct db_stmt *s, struct str *ret_why)
{
	return db->ops->prepares(db, s, ret_why);
}
