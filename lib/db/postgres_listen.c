#include "db/postgres_listen.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/out.h"
#include "db/postgres_conn.h"

#define WAITING_MAX 10000
#define BATCH_BYTES 500000
#define AGAIN_MS 1000
#define LOOK_MS 20000 /* a silent connection is asked whether it lives */

/* One channel of PostgreSQL for all of ours; the payload is "channel text". */
static const char *const listen_sql = "LISTEN jauap";
static const char *const notify_sql = "SELECT pg_notify('jauap', x) FROM unnest($1::text[]) WITH ORDINALITY AS t (x, n) ORDER BY n";

struct parcel {
	struct parcel *next;
	size_t n;
	char text[]; /* channel, a space, payload; NUL-terminated */
};

struct pg_listen {
	struct db_pool *pool;
	pthread_t thread;
	int wake; /* eventfd */
	PGconn *h;
	pthread_mutex_t lock;
	struct parcel *first, *last;
	size_t waiting;
	bool stopping;
};

/* Oldest first into the queue; the lock is held. */
static void add(struct pg_listen *l, const struct db_note *n)
{
	if (!n)
		return;
	add(l, n->next);
	size_t size = n->channel.n + 1 + n->payload.n;
	struct parcel *p = l->waiting < WAITING_MAX ? malloc(sizeof(*p) + size + 1) : NULL;

	if (!p)
		return;
	p->next = NULL;
	p->n = size;
	memcpy(p->text, n->channel.p, n->channel.n);
	p->text[n->channel.n] = ' ';
	memcpy(p->text + n->channel.n + 1, n->payload.n ? n->payload.p : "", n->payload.n);
	p->text[size] = '\0';
	if (l->last)
		l->last->next = p;
	else
		l->first = p;
	l->last = p;
	l->waiting++;
}

static void wake(struct pg_listen *l)
{
	uint64_t one = 1;

	if (write(l->wake, &one, sizeof(one)) < 0)
		return; /* full: it is awake anyway */
}

void pg_listen_send(struct pg_listen *l, const struct db_note *newest)
{
	if (!newest)
		return;
	pthread_mutex_lock(&l->lock);
	add(l, newest);
	pthread_mutex_unlock(&l->lock);
	wake(l);
}

static struct parcel *take(struct pg_listen *l)
{
	size_t bytes = 0, n = 0;

	pthread_mutex_lock(&l->lock);
	struct parcel *first = l->first, *cut = first;

	for (; cut; cut = cut->next) {
		bytes += cut->n;
		n++;
		if (bytes > BATCH_BYTES || !cut->next)
			break;
	}
	if (cut) {
		l->first = cut->next;
		cut->next = NULL;
		l->waiting -= n;
		if (!l->first)
			l->last = NULL;
	}
	pthread_mutex_unlock(&l->lock);
	return first;
}

/* {"channel text","channel text"} */
static struct str array_of(struct arena *a, const struct parcel *p)
{
	struct out o = OUT_ON(a);

	out_char(&o, '{');
	for (const struct parcel *first = p; p; p = p->next) {
		if (p != first)
			out_char(&o, ',');
		out_char(&o, '"');
		for (size_t i = 0; i < p->n; i++) {
			if (p->text[i] == '"' || p->text[i] == '\\')
				out_char(&o, '\\');
			out_char(&o, p->text[i]);
		}
		out_char(&o, '"');
	}
	out_char(&o, '}');
	return out_done(&o);
}

static void send_waiting(struct pg_listen *l)
{
	struct parcel *batch;

	while (PQstatus(l->h) == CONNECTION_OK && (batch = take(l))) {
		struct arena a CLEANUP(arena_end) = { 0 };
		const char *value = str_z(&a, array_of(&a, batch));

		PQclear(PQexecParams(l->h, notify_sql, 1, NULL, &value, NULL, NULL, 0));
		for (struct parcel *next; batch; batch = next) {
			next = batch->next;
			free(batch);
		}
	}
}

static void hear(struct pg_listen *l)
{
	PGnotify *n;

	if (PQconsumeInput(l->h) != 1)
		return;
	while ((n = PQnotifies(l->h))) {
		struct str payload = str_of(n->extra), channel;

		if (str_cut(&payload, ' ', &channel)) {
			struct db_note note = { NULL, channel, payload };

			db_tell(l->pool, &note);
		}
		PQfreemem(n);
	}
}

static bool connected(struct pg_listen *l)
{
	const struct db_options *o = &l->pool->options;

	if (PQstatus(l->h) == CONNECTION_OK)
		return true;
	PQfinish(l->h);
	l->h = pg_raw(o->listen_url ? o->listen_url : o->url);
	PGresult *r = PQstatus(l->h) == CONNECTION_OK ? PQexec(l->h, listen_sql) : NULL;
	bool good = PQresultStatus(r) == PGRES_COMMAND_OK;

	PQclear(r);
	if (!good) {
		PQfinish(l->h);
		l->h = NULL;
	}
	return good;
}

static bool stopping(struct pg_listen *l)
{
	pthread_mutex_lock(&l->lock);
	bool yes = l->stopping;

	pthread_mutex_unlock(&l->lock);
	return yes;
}

static void *loop(void *arg)
{
	struct pg_listen *l = arg;

	while (!stopping(l)) {
		bool up = connected(l);
		uint64_t count;

		if (up) {
			send_waiting(l);
			hear(l);
		}
		struct pollfd fds[] = { { .fd = l->wake, .events = POLLIN }, { .fd = up ? PQsocket(l->h) : -1, .events = POLLIN } };
		int woken = poll(fds, ARRAY_LEN(fds), up ? LOOK_MS : AGAIN_MS);

		if (woken == 0 && up)
			PQclear(PQexec(l->h, "SELECT 1"));
		if (fds[0].revents && up && read(l->wake, &count, sizeof(count)) < 0)
			continue;
		if (fds[0].revents && !up)
			usleep(AGAIN_MS * 1000); /* notes come in, but there is nobody to take them */
	}
	if (PQstatus(l->h) == CONNECTION_OK)
		send_waiting(l);
	return NULL;
}

struct pg_listen *pg_listen_start(struct db_pool *p)
{
	struct pg_listen *l = calloc(1, sizeof(*l));

	if (!l || (l->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) < 0)
		abort();
	l->pool = p;
	pthread_mutex_init(&l->lock, NULL);
	if (pthread_create(&l->thread, NULL, loop, l) != 0)
		abort();
	return l;
}

void pg_listen_stop(struct pg_listen *l)
{
	pthread_mutex_lock(&l->lock);
	l->stopping = true;
	pthread_mutex_unlock(&l->lock);
	wake(l);
	pthread_join(l->thread, NULL);
	for (struct parcel *p = l->first, *next; p; p = next) {
		next = p->next;
		free(p);
	}
	PQfinish(l->h);
	close(l->wake);
	pthread_mutex_destroy(&l->lock);
	free(l);
}
