#include "app/once.h"

#include "app/app.h"
#include "gen/app_sql.h"

#define ANSWER_MAX ((size_t)64 << 10)
#define KEY_LETTERS 32 /* 128 bits tell requests apart as surely as 256, in an index half as large that every form writes to */

static void line(struct out *o, struct str s)
{
	out_str(o, s);
	out_char(o, '\n');
}

/* All that makes two requests the same one. Empty: this request carries no key and is not remembered. */
static struct str same_of(const struct req *rq)
{
	struct str key = http_form(rq->http, S("_key")), who, words = S("");
	struct arena *a = rq->ctx.arena;

	if (rq->route->api)
		key = http_header(rq->http, "idempotency-key");
	if (key.n < 8 || key.n > 200)
		return S("");
	if (rq->route->api) { /* a program chooses its key itself, and others guess it: the same answer only for the same words */
		who = http_header(rq->http, "authorization");
		words = rq->http->body;
	} else {
		who = rq->who.account ? str_i64(a, rq->who.account) : rq->visitor;
	}
	struct out o = OUT_ON(a);

	line(&o, rq->http->path);
	line(&o, who);
	line(&o, key);
	out_str(&o, words);
	return out_done(&o);
}

static struct str key_of(const struct req *rq)
{
	struct str same = same_of(rq);

	return same.n ? str_sub(key_hash(rq->ctx.arena, rq->ctx.app->keys, "once", same), 0, KEY_LETTERS) : same;
}

static void answer_again(struct req *rq, struct str answer)
{
	struct str status, location, type;
	int64_t n = 500;

	if (!str_cut(&answer, '\n', &status) || !str_cut(&answer, '\n', &location) || !str_cut(&answer, '\n', &type) ||
	    !str_to_i64(status, &n))
		return;
	rq->http->response.status = (int)n;
	rq->http->response.type = type;
	if (location.n)
		http_set_header(rq->http, S("Location"), location);
	rq->http->response.body = OUT_ON(rq->ctx.arena);
	out_str(&rq->http->response.body, answer);
}

enum rc once_recall(struct req *rq, bool *ret_answered)
{
	struct str answer;

	*ret_answered = false;
	rq->once_key = rq->route->own_key ? S("") : key_of(rq);
	if (!rq->once_key.n)
		return RC_OK;
	enum rc rc = once_find(rq->ctx.db, rq->once_key, &answer);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	answer_again(rq, answer);
	*ret_answered = true;
	return RC_OK;
}

enum rc once_keep(struct req *rq)
{
	struct str location = S("");
	const struct http_response *r = &rq->http->response;
	int64_t changed;

	if (!rq->once_key.n || r->body.n > ANSWER_MAX)
		return RC_OK;
	for (size_t i = 0; i < r->n_headers; i++)
		if (str_eq_nocase(r->headers[i].name, S("Location")))
			location = r->headers[i].value;
	struct out o = OUT_ON(rq->ctx.arena);

	out_i64(&o, r->status);
	out_char(&o, '\n');
	line(&o, location);
	line(&o, r->type);
	out_str(&o, out_done(&r->body));
	return once_insert(rq->ctx.db, rq->once_key, out_done(&o), rq->ctx.now, &changed);
}

int64_t once_number(const struct req *rq)
{
	struct str same = same_of(rq);

	return same.n ? key_number(rq->ctx.app->keys, same) : 0;
}
