#include <jansson.h>

#include "app/app.h"
#include "appeal/appeal_list.h"
#include "appeal/appeal_view.h"
#include "appeal/filing.h"
#include "base/utf8.h"
#include "channel/api.h"
#include "gen/messages.h"
#include "html/asset.h"
#include "http/conditional.h"

#define PAGE 50
#define BODY_MAX ((size_t)128 << 10)

static void text(struct out *o, const char *name, struct str value)
{
	out_fmt(o, "\"%s\":", name);
	out_json_str(o, value);
	out_char(o, ',');
}

static void when(struct out *o, const char *name, struct when w)
{
	if (when_set(w))
		text(o, name, when_iso(o->arena, w));
	else
		out_fmt(o, "\"%s\":null,", name);
}

static void close_object(struct out *o)
{
	if (o->n && o->p[o->n - 1] == ',')
		o->n--;
	out_char(o, '}');
}

static void put_appeal(struct out *o, const struct appeal_public_row *a)
{
	out_char(o, '{');
	text(o, "number", a->number);
	text(o, "kind", a->kind);
	text(o, "origin", a->origin);
	text(o, "lang", a->lang);
	text(o, "state", a->state);
	text(o, "topic", a->topic);
	out_fmt(o, "\"place\":%lld,\"region\":%lld,\"body\":%lld,\"first_body\":%lld,", (long long)a->place_id, (long long)a->region_id,
		(long long)a->body_id, (long long)a->first_body_id);
	when(o, "filed_at", a->filed_at);
	when(o, "due_at", a->due_at);
	when(o, "answered_at", a->answered_at);
	when(o, "updated_at", a->updated_at);
	text(o, "decision", a->decision);
	text(o, "rating", a->rating);
	text(o, "title", a->public_title);
	text(o, "text", a->public_text);
	close_object(o);
}

static void tail_add(struct arena *a, struct str *tail, const char *name, struct str value)
{
	if (value.n)
		*tail = str_fmt(a, "%.*s%s=%.*s&", STR_FMT(*tail), name, STR_FMT(value));
}

/* What changed since, the oldest change first. Rows of other topics and regions are passed over: a page may be short and still have a next one. */
static enum rc changed_since(struct req *rq, const struct appeal_filter *f, struct when *after, struct appeal_public_row_list *ret, int64_t *ret_next)
{
	size_t kept = 0;

	TRY(appeal_public_updated(rq->ctx.db, *after, (struct appeal_id){ req_after(rq) }, PAGE + 1, ret));
	if (ret->n > PAGE) {
		ret->n = PAGE;
		*after = ret->v[PAGE - 1].updated_at;
		*ret_next = ret->v[PAGE - 1].id.v;
	}
	for (size_t i = 0; i < ret->n; i++)
		if ((!f->n_topics || appeal_filter_has(f, ret->v[i].topic)) && (!f->region || f->region == ret->v[i].region_id))
			ret->v[kept++] = ret->v[i];
	ret->n = kept;
	return RC_OK;
}

static enum rc list_get(struct req *rq)
{
	struct appeal_public_row_list l;
	struct arena *a = rq->ctx.arena;
	struct str topic = req_query(rq, "topic"), since = req_query(rq, "updated_after"), region = req_query(rq, "region"), tail = S("");
	struct appeal_filter f = { .state = S("") };
	struct when after = { 0 };
	int64_t next = 0;
	struct out o = OUT_ON(a);

	if ((region.n && !str_to_i64(region, &f.region)) || (since.n && !when_parse(since, &after)) ||
	    (topic.n && !appeal_filter_add(rq->ctx.app->pack, topic, &f)))
		return RC_INVALID;
	tail_add(a, &tail, "topic", topic);
	tail_add(a, &tail, "region", region);
	if (since.n) {
		TRY(changed_since(rq, &f, &after, &l, &next));
		tail_add(a, &tail, "updated_after", when_iso_exact(a, after));
	} else {
		TRY(appeal_list(&rq->ctx, &f, req_after(rq), PAGE + 1, &l));
		next = l.n > PAGE ? l.v[PAGE - 1].id.v : 0;
		l.n = l.n > PAGE ? PAGE : l.n;
	}
	OUT_LIT(&o, "{\"data\":[");
	for (size_t i = 0; i < l.n; i++) {
		if (i)
			out_char(&o, ',');
		put_appeal(&o, &l.v[i]);
	}
	OUT_LIT(&o, "],\"links\":{");
	if (next)
		text(&o, "next", str_fmt(a, "%.*s/api/v1/appeals?%.*safter=%lld", STR_FMT(rq->ctx.app->public_url), STR_FMT(tail), (long long)next));
	close_object(&o);
	OUT_LIT(&o, "}\n");
	cache_public(rq, 15);
	return send_json(rq, 200, out_done(&o));
}

static void day(struct out *o, const char *name, struct day d)
{
	if (d.v)
		text(o, name, day_iso(o->arena, d));
	else
		out_fmt(o, "\"%s\":null,", name);
}

/* What the answer promised and what became of it; hidden: a moderator has not let the answer through. */
static void put_steps(struct out *o, const struct req *rq, const struct answer_whole *w, bool hidden)
{
	OUT_LIT(o, "\"steps\":[");
	for (size_t i = 0; !hidden && i < w->steps.n; i++) {
		const struct answer_step_row *s = &w->steps.v[i];

		if (i)
			out_char(o, ',');
		out_char(o, '{');
		text(o, "text", s->text);
		text(o, "state", str_of(step_state_name(step_state(s, when_day(rq->ctx.now)))));
		day(o, "due_on", s->due_on);
		day(o, "first_on", s->moved_n ? s->first_on : s->due_on);
		day(o, "done_on", s->done_on);
		text(o, "said", s->said);
		close_object(o);
	}
	OUT_LIT(o, "],");
}

static void put_case(struct out *o, struct req *rq, const struct appeal_page *p)
{
	const struct appeal_row *a = &p->k->a;

	out_char(o, '{');
	text(o, "number", a->number);
	text(o, "state", a->state);
	text(o, "kind", a->kind);
	text(o, "topic", a->topic);
	text(o, "lang", a->lang);
	out_fmt(o, "\"place\":%lld,\"body\":%lld,\"first_body\":%lld,", (long long)a->place_id, (long long)a->body_id, (long long)a->first_body_id);
	when(o, "filed_at", a->filed_at);
	when(o, "registered_at", a->registered_at);
	when(o, "due_at", a->due_at);
	when(o, "answered_at", a->answered_at);
	text(o, "decision", a->decision);
	text(o, "rating", a->rating);
	text(o, "title", p->title);
	text(o, "text", p->text);
	OUT_LIT(o, "\"trail\":[");
	for (size_t i = 0; i < p->n_trail; i++) {
		if (i)
			out_char(o, ',');
		out_char(o, '{');
		when(o, "at", p->trail[i].at);
		text(o, "words", p->trail[i].title);
		close_object(o);
	}
	OUT_LIT(o, "],\"answers\":[");
	for (size_t i = 0; i < p->n_answers; i++) {
		const struct answer_whole *w = &p->answers[i];

		if (i)
			out_char(o, ',');
		out_char(o, '{');
		when(o, "delivered_at", w->a.delivered_at);
		text(o, "decision", w->a.decision);
		text(o, "text", p->k->view == VIEW_PUBLIC ? w->a.public_text : w->a.text);
		put_steps(o, rq, w, p->k->view == VIEW_PUBLIC && !w->a.public_text.n);
		close_object(o);
	}
	OUT_LIT(o, "],");
	close_object(o);
}

static enum rc one_get(struct req *rq)
{
	struct appeal_case k;
	struct appeal_page p;
	struct str number;
	struct out o = OUT_ON(rq->ctx.arena);
	struct actor guest = { .roles = BIT(ROLE_GUEST) };

	if (!appeal_number_clean(rq->ctx.arena, rq->params[0], &number))
		return RC_NOT_FOUND;
	TRY(appeal_open(&rq->ctx, &guest, number, http_header(rq->http, "x-receipt-secret"), false, &k));
	TRY(appeal_page_make(rq, &k, S(""), &p));
	OUT_LIT(&o, "{\"data\":");
	put_case(&o, rq, &p);
	OUT_LIT(&o, "}\n");
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return send_json(rq, 200, out_done(&o));
}

/* A string of the request's JSON, cleaned; empty when absent. */
static bool member(struct req *rq, json_t *j, const char *name, struct str *ret)
{
	json_t *v = json_object_get(j, name);

	*ret = S("");
	if (!v || json_is_null(v))
		return true;
	if (!json_is_string(v))
		return false;
	struct str raw = str_dup(rq->ctx.arena, (struct str){ json_string_value(v), json_string_length(v) });

	return utf8_clean(rq->ctx.arena, str_trim(raw), ret) == RC_OK;
}

static bool read_filing(struct req *rq, json_t *j, struct api_filing *f)
{
	struct { const char *name; struct str *to; } texts[] = {
		{ "kind", &f->kind },   { "text", &f->text },   { "topic", &f->topic }, { "address", &f->address },
		{ "name", &f->name },   { "email", &f->email }, { "phone", &f->phone }, { "lang", &f->lang },
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (!member(rq, j, texts[i].name, texts[i].to))
			return false;
	f->place = json_integer_value(json_object_get(j, "place"));
	f->body = json_integer_value(json_object_get(j, "body"));
	f->lat = json_number_value(json_object_get(j, "lat"));
	f->lon = json_number_value(json_object_get(j, "lon"));
	f->agreed_public = json_is_true(json_object_get(j, "agreed_public"));
	f->danger = json_is_true(json_object_get(j, "danger"));
	return true;
}

/* Whom the program should tell its person to call first. */
static void put_danger(struct out *o, const struct req *rq, const struct filing_danger *d)
{
	out_fmt(o, "\"danger\":%s,\"call\":[", d->now ? "true" : "false");
	for (size_t i = 0; i < d->n; i++) {
		out_fmt(o, "%s{", i ? "," : "");
		text(o, "number", d->phones[i]->number);
		text(o, "who", name_in(&d->phones[i]->who, rq->view.lang));
		close_object(o);
	}
	OUT_LIT(o, "],");
}

static enum rc appeals_post(struct req *rq)
{
	struct api_filing f = { .origin = S("api") };
	struct api_filed done;
	json_error_t error;
	struct out o = OUT_ON(rq->ctx.arena);
	json_t *j = json_loadb(rq->http->body.p ? rq->http->body.p : "", rq->http->body.n, JSON_REJECT_DUPLICATES, &error);

	if (!j || !json_is_object(j) || !read_filing(rq, j, &f)) {
		json_decref(j);
		return fail(&rq->ctx, RC_INVALID, MSG_CHANNEL_JSON);
	}
	json_decref(j);
	enum rc rc = api_file(rq, &f, &done);

	if (rc == RC_INVALID)
		req_fail(rq, done.field, rq->ctx.fail_msg);
	TRY(rc);
	out_char(&o, '{');
	text(&o, "number", done.k.a.number);
	text(&o, "secret", appeal_secret(&rq->ctx, rq->ctx.arena, done.k.a.id));
	when(&o, "filed_at", done.k.a.filed_at);
	when(&o, "due_at", done.k.a.due_at);
	put_danger(&o, rq, &done.danger);
	close_object(&o);
	out_char(&o, '\n');
	http_set_header(rq->http, S("Location"), str_fmt(rq->ctx.arena, "/api/v1/appeals/%.*s", STR_FMT(done.k.a.number)));
	return send_json(rq, 201, out_done(&o));
}

/* ---- the pack ---- */

static void names(struct out *o, const struct name3 *n)
{
	OUT_LIT(o, "\"name\":{");
	text(o, "kk", n->v[LANG_KK]);
	text(o, "ru", n->v[LANG_RU]);
	text(o, "en", n->v[LANG_EN]);
	close_object(o);
	out_char(o, ',');
}

static void put_place(struct out *o, const struct pack *p, size_t i)
{
	const struct place *pl = &p->places[i];

	out_fmt(o, "\"id\":%lld,\"parent\":%lld,\"lat\":%.4f,\"lon\":%.4f,", (long long)pl->id, (long long)(pl->up ? pl->up->id : 0), pl->lat, pl->lon);
	names(o, &pl->name);
}

static void put_body(struct out *o, const struct pack *p, size_t i)
{
	const struct body *b = &p->bodies[i];

	out_fmt(o, "\"id\":%lld,\"parent\":%lld,\"place\":%lld,", (long long)b->id, (long long)(b->up ? b->up->id : 0),
		(long long)(b->place ? b->place->id : 0));
	text(o, "code", b->code);
	names(o, &b->name);
}

static void put_topic(struct out *o, const struct pack *p, size_t i)
{
	text(o, "code", p->topics[i].code);
	names(o, &p->topics[i].name);
}

static void put_kind(struct out *o, const struct pack *p, size_t i)
{
	text(o, "code", p->kinds[i].code);
	names(o, &p->kinds[i].name);
	out_fmt(o, "\"term\":%d,\"working_days\":%s,", p->kinds[i].term, p->kinds[i].unit == UNIT_WORKING_DAY ? "true" : "false");
	text(o, "basis", p->kinds[i].basis->code);
}

static void put_clause(struct out *o, const struct pack *p, size_t i)
{
	text(o, "code", p->clauses[i].code);
	out_fmt(o, "\"value\":%lld,", (long long)p->clauses[i].value);
	names(o, &p->clauses[i].text);
	text(o, "basis", p->clauses[i].basis->code);
	text(o, "confidence", p->clauses[i].confidence);
	text(o, "valid_from", day_iso(o->arena, p->clauses[i].valid_from));
}

static enum rc pack_get(struct req *rq)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct { const char *name; size_t n; void (*put)(struct out *o, const struct pack *p, size_t i); } lists[] = {
		{ "places", p->n_places, put_place }, { "bodies", p->n_bodies, put_body },     { "topics", p->n_topics, put_topic },
		{ "kinds", p->n_kinds, put_kind },    { "standard", p->n_clauses, put_clause },
	};
	struct out o = OUT_ON(rq->ctx.arena);

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		if (!str_eq(rq->params[0], str_of(lists[i].name)))
			continue;
		OUT_LIT(&o, "{\"data\":[");
		for (size_t k = 0; k < lists[i].n; k++) {
			OUT_LIT(&o, "{");
			lists[i].put(&o, p, k);
			close_object(&o);
			if (k + 1 < lists[i].n)
				out_char(&o, ',');
		}
		OUT_LIT(&o, "]}\n");
		cache_public(rq, 3600);
		if (http_not_modified(rq->http, http_etag_of(rq->ctx.arena, out_done(&o)), (struct when){ 0 }))
			return RC_OK;
		return send_json(rq, 200, out_done(&o));
	}
	return RC_NOT_FOUND;
}

static enum rc openapi_get(struct req *rq)
{
	struct asset a;

	if (!asset_find(S("/assets/openapi.json"), ASSET_RAW, &a))
		return RC_INTERNAL;
	cache_public(rq, 3600);
	return send_json(rq, 200, a.bytes);
}

static const struct form body_form = { NULL, 0, 1, BODY_MAX };

static const struct route routes[] = {
	{ HTTP_GET, "/api/v1/appeals", ANYONE, RL_API, READ, list_get, .api = true },
	{ HTTP_POST, "/api/v1/appeals", ANYONE, RL_SUBMIT, WRITE, appeals_post, &body_form, .api = true },
	{ HTTP_GET, "/api/v1/appeals/:number", ANYONE, RL_API, READ, one_get, .api = true },
	{ HTTP_GET, "/api/v1/openapi.json", ANYONE, RL_API, PLAIN, openapi_get, .api = true },
	{ HTTP_GET, "/api/v1/:list", ANYONE, RL_API, PLAIN, pack_get, .api = true },
};

const struct module api_module = { .name = "api", .routes = routes, .n_routes = ARRAY_LEN(routes) };
