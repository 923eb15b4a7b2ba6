/*
 * kept.c: a page that is the same for every visitor is rendered once and sent as it stands for a fraction of a second. Each I/O thread keeps
 * its own, so there is nothing to lock; a slot holds the newest page of its hash and nothing grows.
 */
#include <stdlib.h>

#include "base/of_thread.h"
#include "http/conditional.h"
#include "http/inner.h"

#define SLOTS 256
#define BYTES_MAX ((size_t)64 << 10)

struct slot {
	struct str key, etag, body; /* one malloc, at key.p */
	struct MHD_Response *whole, *same; /* 200, 304 */
	int64_t until_us;
};

struct kept {
	struct slot slots[SLOTS];
};

static void forget(struct slot *s)
{
	if (s->whole)
		MHD_destroy_response(s->whole);
	if (s->same)
		MHD_destroy_response(s->same);
	free((void *)(uintptr_t)s->key.p);
	*s = (struct slot){ 0 };
}

static void thread_ends(void *p)
{
	struct kept *k = p;

	for (size_t i = 0; i < SLOTS; i++)
		forget(&k->slots[i]);
	free(k);
}

static struct of_thread all = { .size = sizeof(struct kept), .end = thread_ends };

/* What tells one answer from another: the address as it came, what the application says, how it is packed. */
static struct str key_of(struct http_connection_ *c)
{
	struct str variant = c->plan.keep_variant;
	char *p = arena_alloc(&c->rq.arena, 1 + variant.n + c->uri.n);

	p[0] = http_accepts_encoding(&c->rq, "gzip") ? 'g' : '-';
	memcpy(p + 1, variant.p, variant.n);
	memcpy(p + 1 + variant.n, c->uri.p, c->uri.n);
	return (struct str){ p, 1 + variant.n + c->uri.n };
}

static struct slot *slot_of(struct str key)
{
	struct kept *mine = of_thread(&all);

	return &mine->slots[str_hash(key, 0) % SLOTS];
}

struct MHD_Response *kept_find(struct http_connection_ *c)
{
	if (!c->plan.keep_ms)
		return NULL;
	c->keep_key = key_of(c);
	struct slot *s = slot_of(c->keep_key);

	if (!s->whole || s->until_us < c->rq.began_us || !str_eq(s->key, c->keep_key))
		return NULL;
	struct str none_match = http_header(&c->rq, "if-none-match");
	bool same = none_match.n && s->same && http_tag_matches(none_match, s->etag);

	c->rq.response.status = same ? 304 : 200;
	if (!same)
		c->server->bytes_out += (int64_t)s->body.n;
	return same ? s->same : s->whole;
}

static struct str header_of(const struct http_response *r, struct str name)
{
	for (size_t i = 0; i < r->n_headers; i++)
		if (str_eq_nocase(r->headers[i].name, name))
			return r->headers[i].value;
	return S("");
}

/* Only what is for everybody: the application must have said so by an ETag, and nothing of the person may be in it. */
static bool fit_to_keep(const struct http_connection_ *c, struct str body)
{
	const struct http_response *r = &c->rq.response;

	return c->keep_key.n && r->status == 200 && !r->sse && !r->file.n && c->rq.method == HTTP_GET && body.n && body.n <= BYTES_MAX &&
	       header_of(r, S("ETag")).n && !header_of(r, S("Set-Cookie")).n;
}

static struct str put(char **at, struct str s)
{
	struct str there = { *at, s.n };

	memcpy(*at, s.p, s.n);
	*at += s.n;
	return there;
}

void kept_store(struct http_connection_ *c, struct str body, struct str coding)
{
	struct http_request *rq = &c->rq;

	if (!fit_to_keep(c, body))
		return;
	struct slot *s = slot_of(c->keep_key);
	struct str etag = header_of(&rq->response, S("ETag"));
	char *at = malloc(c->keep_key.n + etag.n + body.n);

	if (!at)
		return;
	forget(s);
	s->key = put(&at, c->keep_key);
	s->etag = put(&at, etag);
	s->body = put(&at, body);
	s->whole = MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)s->body.p, MHD_RESPMEM_MUST_COPY);
	s->same = MHD_create_response_from_buffer(0, (void *)(uintptr_t)s->body.p, MHD_RESPMEM_PERSISTENT);
	s->until_us = when_monotonic_us() + (int64_t)c->plan.keep_ms * 1000;
	if (!s->whole || !s->same) {
		forget(s);
		return;
	}
	response_headers(c, s->whole, coding);
	response_headers(c, s->same, S(""));
	MHD_add_response_header(s->whole, "Content-Type", str_z(&rq->arena, rq->response.type));
}
