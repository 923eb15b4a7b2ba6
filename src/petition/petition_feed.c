/*
 * petition_feed.c: petitions for programs: JSON in the shape of the UK Parliament's petitions service, a count for trackers, CSV, ATOM, an event stream.
 * Ids are texts there: they have more digits than a JavaScript number keeps.
 */
#include "app/app.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/messages.h"
#include "petition/petition_view.h"
#include "place/place.h"
#include "text/text.h"

#define PER_PAGE 50
#define PAGES_MAX 40
#define SEARCHED 2000

/* Three words there for our states. */
static struct str shape_state(struct str state)
{
	return str_eq(state, S("open")) ? S("open") : str_eq(state, S("refused")) ? S("rejected") : S("closed");
}

static void put(struct out *o, const char *name, struct str value)
{
	out_fmt(o, "%s\"%s\":", o->n && o->p[o->n - 1] != '{' ? "," : "", name);
	if (value.n)
		out_json_str(o, value);
	else
		OUT_LIT(o, "null");
}

static void put_int(struct out *o, const char *name, int64_t v)
{
	out_fmt(o, "%s\"%s\":%lld", o->n && o->p[o->n - 1] != '{' ? "," : "", name, (long long)v);
}

static void put_when(struct out *o, struct arena *a, const char *name, struct when w)
{
	put(o, name, when_set(w) ? when_iso(a, w) : S(""));
}

static struct str self_of(const struct req *rq, int64_t id)
{
	return str_fmt(rq->ctx.arena, "%.*s/petitions/%lld.json", STR_FMT(rq->ctx.app->public_url), (long long)id);
}

static void put_attributes(struct out *o, const struct req *rq, const struct petition_page *p)
{
	const struct petition_row *x = &p->p;
	struct arena *a = rq->ctx.arena;

	OUT_LIT(o, "\"attributes\":{");
	put(o, "action", x->title);
	put(o, "background", x->text);
	put(o, "additional_details", x->text_other);
	put(o, "state", shape_state(x->state));
	put(o, "stage", x->state);
	put(o, "language", x->lang);
	put_int(o, "signature_count", x->signatures);
	put_int(o, "threshold", x->threshold);
	put_when(o, a, "created_at", x->made_at);
	put_when(o, a, "updated_at", x->updated_at);
	put_when(o, a, "opened_at", x->opened_at);
	put_when(o, a, "closed_at", x->closed_at);
	put_when(o, a, "rejected_at", str_eq(x->state, S("refused")) ? x->moderated_at : (struct when){ 0 });
	put_when(o, a, "response_threshold_reached_at", x->reached_at);
	put_when(o, a, "government_response_at", x->decided_at);
	put(o, "creator_name", x->author);
	put(o, "body", p->body);
	put(o, "appeal_number", p->appeal);
	OUT_LIT(o, ",\"rejection\":");
	if (x->ground.n) {
		OUT_LIT(o, "{");
		put(o, "code", x->ground);
		put(o, "details", x->ground_text);
		OUT_LIT(o, "}");
	} else {
		OUT_LIT(o, "null");
	}
	OUT_LIT(o, ",\"government_response\":");
	if (x->decision.n) {
		OUT_LIT(o, "{");
		put(o, "details", x->decision);
		put(o, "summary", x->report);
		put_when(o, a, "responded_on", x->decided_at);
		OUT_LIT(o, "}");
	} else {
		OUT_LIT(o, "null");
	}
	OUT_LIT(o, ",\"signatures_by_region\":[");
	for (size_t i = 0; i < p->regions.n; i++) {
		out_str(o, i ? S(",{") : S("{"));
		put(o, "name", place_name(p->pack, p->regions.v[i].slot, lang_id(rq->view.lang)));
		put_int(o, "code", p->regions.v[i].slot);
		put_int(o, "signature_count", p->regions.v[i].n);
		out_char(o, '}');
	}
	OUT_LIT(o, "]}");
}

static enum rc put_petition(struct out *o, struct req *rq, struct petition_id id)
{
	struct petition_row row;
	struct petition_page p;

	TRY(petition_by_id(rq->ctx.db, id, &row));
	TRY(petition_is_public(&row) ? petition_page_make(rq, &row, &p) : RC_NOT_FOUND);
	OUT_LIT(o, "{\"type\":\"petition\",");
	out_fmt(o, "\"id\":\"%lld\",\"links\":{\"self\":", (long long)id.v);
	out_json_str(o, self_of(rq, id.v));
	OUT_LIT(o, "},");
	put_attributes(o, rq, &p);
	out_char(o, '}');
	return RC_OK;
}

/* The path's part is "ID.json". */
static enum rc id_of(const struct req *rq, int64_t *ret)
{
	struct str name = rq->params[0];

	if (!str_ends(name, S(".json")) || !str_to_i64(str_sub(name, 0, name.n - 5), ret) || *ret <= 0)
		return RC_NOT_FOUND;
	return RC_OK;
}

enum rc petition_json(struct req *rq)
{
	struct out o = OUT_ON(rq->ctx.arena);
	int64_t id;

	TRY(id_of(rq, &id));
	OUT_LIT(&o, "{\"links\":{\"self\":");
	out_json_str(&o, self_of(rq, id));
	OUT_LIT(&o, "},\"data\":");
	TRY(put_petition(&o, rq, (struct petition_id){ id }));
	OUT_LIT(&o, "}\n");
	cache_public(rq, 5);
	return send_json(rq, 200, out_done(&o));
}

/* ---- the list ---- */

static bool wanted(struct req *rq, const struct petition_line *l, struct str state, struct str query)
{
	struct str rest = query, one, terms;

	if (state.n && !str_eq(state, S("all")) && !str_eq(state, l->state) && !str_eq(state, shape_state(l->state)))
		return false;
	if (!query.n)
		return true;
	terms = str_fmt(rq->ctx.arena, " %.*s ", STR_FMT(text_terms(rq->ctx.arena, str_fmt(rq->ctx.arena, "%.*s %.*s", STR_FMT(l->title), STR_FMT(l->title_other)), false)));
	while (rest.n && str_cut(&rest, ' ', &one))
		if (str_find(terms, str_fmt(rq->ctx.arena, " %.*s ", STR_FMT(one)), 0) == SIZE_MAX)
			return false;
	return true;
}

/* Goes over the newest in bounded steps and keeps the page that was asked for; *ret_more: there is another behind. */
static enum rc collect(struct req *rq, struct str state, struct str query, int64_t page, struct petition_id *ids, size_t *ret_n, bool *ret_more)
{
	struct petition_id before = { INT64_MAX };
	int64_t skip = (page - 1) * PER_PAGE;

	*ret_n = 0;
	*ret_more = false;
	for (size_t seen = 0; seen < SEARCHED;) {
		struct petition_line_list l;

		TRY(petition_list(rq->ctx.db, before, 200, &l));
		for (size_t i = 0; i < l.n; i++, seen++) {
			before = l.v[i].id;
			if (!wanted(rq, &l.v[i], state, query) || skip-- > 0)
				continue;
			if (*ret_n == PER_PAGE) {
				*ret_more = true;
				return RC_OK;
			}
			ids[(*ret_n)++] = l.v[i].id;
		}
		if (l.n < 200)
			return RC_OK;
	}
	return RC_OK;
}

static void put_link(struct out *o, const struct req *rq, const char *name, struct str state, struct str q, int64_t page)
{
	struct url u = URL("/petitions.json");

	if (state.n)
		u = url_with(rq->ctx.arena, u, S("state"), state);
	if (q.n)
		u = url_with(rq->ctx.arena, u, S("q"), q);
	u = url_with(rq->ctx.arena, u, S("page"), str_fmt(rq->ctx.arena, "%lld", (long long)page));
	out_fmt(o, "%s\"%s\":", o->p[o->n - 1] != '{' ? "," : "", name);
	if (page > 0)
		out_json_str(o, str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(u)));
	else
		OUT_LIT(o, "null");
}

static enum rc list_json(struct req *rq)
{
	struct out o = OUT_ON(rq->ctx.arena);
	struct str state = req_query(rq, "state"), q = req_query(rq, "q");
	struct petition_id ids[PER_PAGE];
	int64_t page = 1;
	size_t n;
	bool more;

	if (!str_to_i64(req_query(rq, "page"), &page) || page < 1 || page > PAGES_MAX)
		page = 1;
	TRY(collect(rq, state, q.n ? text_terms(rq->ctx.arena, q, true) : S(""), page, ids, &n, &more));
	OUT_LIT(&o, "{\"links\":{");
	put_link(&o, rq, "self", state, q, page);
	put_link(&o, rq, "first", state, q, 1);
	put_link(&o, rq, "prev", state, q, page - 1);
	put_link(&o, rq, "next", state, q, more ? page + 1 : 0);
	OUT_LIT(&o, "},\"data\":[");
	for (size_t i = 0; i < n; i++) {
		if (i)
			out_char(&o, ',');
		TRY(put_petition(&o, rq, ids[i]));
	}
	OUT_LIT(&o, "]}\n");
	cache_public(rq, 5);
	return send_json(rq, 200, out_done(&o));
}

/* ---- the count: cheap enough for a nation's trackers ---- */

static enum rc count_json(struct req *rq)
{
	struct petition_row p;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_by_id(rq->ctx.db, (struct petition_id){ id }, &p));
	if (!petition_is_public(&p))
		return RC_NOT_FOUND;
	cache_public(rq, PETITION_LAG_SEC);
	return send_json(rq, 200, str_fmt(rq->ctx.arena, "{\"id\":\"%lld\",\"signature_count\":%lld,\"threshold\":%lld,\"lag_seconds\":%d}\n", (long long)p.id.v,
					  (long long)p.signatures, (long long)p.threshold, PETITION_LAG_SEC));
}

static enum rc live_get(struct req *rq)
{
	struct http_response *r = &rq->http->response;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	r->status = 200;
	r->sse = rq->ctx.app->sse;
	r->sse_topic = str_fmt(rq->ctx.arena, "petition:%lld", (long long)id);
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return RC_OK;
}

/* ---- CSV and ATOM ---- */

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "id", "state", "body", "title", "signatures", "threshold", "opened", "closes" };
	struct petition_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	int64_t before = req_after(rq);

	TRY(petition_list(rq->ctx.db, (struct petition_id){ before ? before : INT64_MAX }, 1000, &l));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l.n; i++) {
		const struct petition_line *x = &l.v[i];

		csv_cell_int(&o, true, x->id.v);
		csv_cell(&o, false, x->state);
		csv_cell(&o, false, body_name(rq->ctx.app->pack, x->body_id, lang_id(rq->view.lang)));
		csv_cell(&o, false, x->title);
		csv_cell_int(&o, false, x->signatures);
		csv_cell_int(&o, false, x->threshold);
		csv_cell(&o, false, when_set(x->opened_at) ? when_iso(rq->ctx.arena, x->opened_at) : S(""));
		csv_cell(&o, false, when_set(x->closes_at) ? when_iso(rq->ctx.arena, x->closes_at) : S(""));
		csv_end_row(&o);
	}
	cache_public(rq, 30);
	return send_file(rq, "text/csv; charset=utf-8", S("petitions.csv"), out_done(&o));
}

static enum rc atom_get(struct req *rq)
{
	struct petition_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;
	struct str root = rq->ctx.app->public_url;

	TRY(petition_list(rq->ctx.db, (struct petition_id){ INT64_MAX }, 50, &l));
	struct atom_feed feed = { .id = str_cat(a, root, S("/petitions.atom")), .title = msg_text(rq->view.lang, MSG_PETITION_TITLE), .lang = lang_code(rq->view.lang),
				  .page = str_cat(a, root, S("/petitions")), .updated = l.n ? l.v[0].updated_at : rq->ctx.app->started };

	atom_begin(&o, &feed);
	for (size_t i = 0; i < l.n; i++) {
		struct str link = str_fmt(a, "%.*s/petitions/%lld", STR_FMT(root), (long long)l.v[i].id.v);
		struct atom_entry e = { .id = link, .title = l.v[i].title, .link = link, .summary = l.v[i].title_other,
					.author = body_name(rq->ctx.app->pack, l.v[i].body_id, lang_id(rq->view.lang)), .updated = l.v[i].updated_at,
					.published = when_set(l.v[i].opened_at) ? l.v[i].opened_at : l.v[i].updated_at };

		atom_add(&o, &e);
	}
	atom_end(&o);
	cache_public(rq, 60);
	return send_text(rq, 200, "application/atom+xml; charset=utf-8", out_done(&o));
}

static const struct route routes[] = {
	{ HTTP_GET, "/petitions.json", ANYONE, RL_API, READ, list_json, .keep = true, .api = true },
	{ HTTP_GET, "/petitions/:id/count.json", ANYONE, RL_API, READ, count_json, .keep = true, .api = true },
	{ HTTP_GET, "/petitions/:id/live", ANYONE, RL_READ, PLAIN, live_get, .api = true },
	{ HTTP_GET, "/petitions.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/petitions.atom", ANYONE, RL_READ, READ, atom_get },
};

/* What any process folds, every process tells its viewers: the page's scripts ask for the count then. */
static void hear(void *arg, struct str channel, struct str payload)
{
	struct app *app = arg;
	char topic[40];

	if (!app->sse || !str_eq(channel, S("petition")) || payload.n > 20)
		return;
	memcpy(topic, "petition:", 9);
	memcpy(topic + 9, payload.p, payload.n);
	sse_publish(app->sse, (struct str){ topic, 9 + payload.n }, S("refresh"), S("1"));
}

static enum rc start(struct app *app, struct arena *a)
{
	(void)a;
	db_listen(app->db, hear, app);
	return RC_OK;
}

const struct module petition_feed_module = { .name = "petition_feed", .routes = routes, .n_routes = ARRAY_LEN(routes), .start = start };
