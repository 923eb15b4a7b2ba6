/*
 * sse.c: event streams (WHATWG HTML 9.2). A viewer is a suspended connection; an event is made once and shared. A viewer that is slow misses what came
 * in between and gets the last: what is sent is the state of something, not a history.
 */
#include <assert.h>
#include <stdlib.h>
#include <time.h>

#include "base/vec.h"
#include "http/inner.h"

#define KEEP_ALIVE_SEC 25
#define TOPICS_MAX 20000

struct event {
	_Atomic int held;
	size_t n;
	char bytes[];
};

struct topic {
	struct topic *next;
	struct str name;
	struct event *last;
	size_t viewers;
};

struct sse_viewer {
	struct sse_viewer *next, *prev;
	struct sse_hub *hub;
	struct http_connection_ *c;
	struct topic *topic;
	struct event *now, *waiting; /* being sent; to be sent next */
	size_t at;                   /* bytes of now that are out */
	bool suspended, ends;
};

struct sse_hub {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct topic *topics;
	size_t n_topics;
	struct sse_viewer *viewers;
	struct http_server *server;
	pthread_t keeper;
	bool keeps, ends;
	uint64_t count;
};

static struct event *event_make(struct str text)
{
	struct event *e = malloc(sizeof(*e) + text.n);

	if (!e)
		abort();
	e->held = 1;
	e->n = text.n;
	memcpy(e->bytes, text.p, text.n);
	return e;
}

static struct event *hold(struct event *e)
{
	atomic_fetch_add(&e->held, 1);
	return e;
}

static void let_go(struct event *e)
{
	if (e && atomic_fetch_sub(&e->held, 1) == 1)
		free(e);
}

struct sse_hub *sse_hub_new(struct arena *start, struct http_server *s)
{
	struct sse_hub *h = ARENA_NEW(start, struct sse_hub);

	h->server = s;
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->wake, NULL);
	return h;
}

void sse_hub_end(struct sse_hub *h)
{
	while (h->topics) {
		struct topic *t = h->topics;

		h->topics = t->next;
		let_go(t->last);
		free(t);
	}
}

static void forget(struct sse_hub *h, struct topic **at)
{
	struct topic *t = *at;

	*at = t->next;
	h->n_topics--;
	let_go(t->last);
	free(t);
}

/* The oldest that nobody watches makes room for a new one. */
static bool make_room(struct sse_hub *h)
{
	struct topic **oldest = NULL;

	if (h->n_topics < TOPICS_MAX)
		return true;
	for (struct topic **at = &h->topics; *at; at = &(*at)->next)
		if (!(*at)->viewers)
			oldest = at;
	if (oldest)
		forget(h, oldest);
	return oldest != NULL;
}

/* With the lock held. NULL: all that there may be are watched. */
static struct topic *topic_of(struct sse_hub *h, struct str name)
{
	for (struct topic *t = h->topics; t; t = t->next)
		if (str_eq(t->name, name))
			return t;
	if (!make_room(h))
		return NULL;
	struct topic *t = calloc(1, sizeof(*t) + name.n);

	if (!t)
		abort();
	memcpy((char *)(t + 1), name.p, name.n);
	t->name = (struct str){ (char *)(t + 1), name.n };
	t->next = h->topics;
	h->topics = t;
	h->n_topics++;
	return t;
}

/* A topic that anybody can name is kept only while it is watched or has something to say. */
static void leave_topic(struct sse_hub *h, struct topic *t)
{
	struct topic **at = &h->topics;

	if (--t->viewers || t->last)
		return;
	while (*at != t)
		at = &(*at)->next;
	forget(h, at);
}

static void give(struct sse_viewer *v, struct event *e)
{
	let_go(v->waiting);
	v->waiting = hold(e);
	if (v->suspended) {
		v->suspended = false;
		io_resume(v->c);
	}
}

void sse_publish(struct sse_hub *h, struct str topic, struct str event, struct str data)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct out o = OUT_ON(&a);
	struct str line;

	pthread_mutex_lock(&h->lock);
	struct topic *t = topic_of(h, topic);

	if (!t) { /* nobody watches it */
		pthread_mutex_unlock(&h->lock);
		return;
	}
	out_fmt(&o, "id: %llu\nevent: %.*s\n", (unsigned long long)++h->count, STR_FMT(event));
	while (str_cut(&data, '\n', &line))
		out_fmt(&o, "data: %.*s\n", STR_FMT(line));
	OUT_LIT(&o, "\n");
	let_go(t->last);
	t->last = event_make(out_done(&o));
	for (struct sse_viewer *v = h->viewers; v; v = v->next)
		if (v->topic == t)
			give(v, t->last);
	pthread_mutex_unlock(&h->lock);
}

/* A comment now and then shows dead connections, to us and to proxies. */
static void *keep_alive(void *arg)
{
	struct sse_hub *h = arg;

	pthread_mutex_lock(&h->lock);
	while (!h->ends) {
		struct timespec until;

		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += KEEP_ALIVE_SEC;
		pthread_cond_timedwait(&h->wake, &h->lock, &until);
		struct event *e = event_make(S(":\n\n"));

		for (struct sse_viewer *v = h->viewers; v; v = v->next)
			if (v->suspended && !v->waiting)
				give(v, e);
		let_go(e);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

static ssize_t read_events(void *arg, uint64_t pos, char *buf, size_t max)
{
	struct sse_viewer *v = arg;
	struct sse_hub *h = v->hub;
	ssize_t n = 0;

	(void)pos;
	pthread_mutex_lock(&h->lock);
	if (!v->now && v->waiting) {
		v->now = v->waiting;
		v->waiting = NULL;
		v->at = 0;
	}
	if (v->now) {
		size_t left = v->now->n - v->at, take = left < max ? left : max;

		memcpy(buf, v->now->bytes + v->at, take);
		v->at += take;
		n = (ssize_t)take;
		if (v->at == v->now->n) {
			let_go(v->now);
			v->now = NULL;
		}
	} else if (v->ends) {
		n = MHD_CONTENT_READER_END_OF_STREAM;
	} else {
		v->suspended = true;
		MHD_suspend_connection(v->c->mhd);
	}
	pthread_mutex_unlock(&h->lock);
	return n;
}

static bool join_hub(struct sse_hub *h, struct sse_viewer *v, struct http_server *s)
{
	pthread_mutex_lock(&h->lock);
	if (!h->keeps) {
		h->keeps = true;
		h->server = s;
		pthread_mutex_lock(&s->lock);
		if (s->n_hubs < ARRAY_LEN(s->hubs))
			s->hubs[s->n_hubs++] = h;
		pthread_mutex_unlock(&s->lock);
		if (pthread_create(&h->keeper, NULL, keep_alive, h) != 0)
			abort();
	}
	v->topic = topic_of(h, v->c->rq.response.sse_topic);
	if (!v->topic) {
		pthread_mutex_unlock(&h->lock);
		return false;
	}
	v->topic->viewers++;
	v->waiting = v->topic->last ? hold(v->topic->last) : event_make(S(":\n\n"));
	v->ends = h->ends;
	v->next = h->viewers;
	if (v->next)
		v->next->prev = v;
	h->viewers = v;
	pthread_mutex_unlock(&h->lock);
	atomic_fetch_add(&s->viewers, 1);
	return true;
}

struct MHD_Response *sse_response(struct http_connection_ *c)
{
	struct sse_viewer *v = calloc(1, sizeof(*v));

	if (!v)
		return NULL;
	v->hub = c->rq.response.sse;
	v->c = c;
	if (!join_hub(v->hub, v, c->server)) {
		free(v);
		return NULL;
	}
	c->viewer = v;
	c->rq.response.type = S("text/event-stream");
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 256, read_events, v, NULL);
}

void sse_gone(struct http_connection_ *c)
{
	struct sse_viewer *v = c->viewer;
	struct sse_hub *h = v->hub;

	pthread_mutex_lock(&h->lock);
	if (v->prev)
		v->prev->next = v->next;
	else
		h->viewers = v->next;
	if (v->next)
		v->next->prev = v->prev;
	leave_topic(h, v->topic);
	pthread_mutex_unlock(&h->lock);
	let_go(v->now);
	let_go(v->waiting);
	free(v);
	c->viewer = NULL;
	atomic_fetch_sub(&c->server->viewers, 1);
}

void sse_close_all(struct sse_hub *h)
{
	bool kept;

	pthread_mutex_lock(&h->lock);
	kept = h->keeps && !h->ends;
	h->ends = true;
	for (struct sse_viewer *v = h->viewers; v; v = v->next) {
		v->ends = true;
		if (v->suspended) {
			v->suspended = false;
			io_resume(v->c);
		}
	}
	pthread_cond_signal(&h->wake);
	pthread_mutex_unlock(&h->lock);
	if (kept)
		pthread_join(h->keeper, NULL);
}
