/*
 * petition_feed.c: petitions for programs: JSON in the shape of the UK Parliament's petitions service, a count for trackers, CSV, ATOM, an event stream.
 * Ids are texts there: they have more digits than a JavaScript number keeps.
 */
#include <stdio.h>

#include "app/app.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/appeal_sql.h"
#include "gen/messages.h"
#include "petition/petition_inner.h"
#include "petition/petition_pages.h"
#include "place/place.h"

#define PER_PAGE 50

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

static void put_rejection(struct out *o, const struct lang *l, const struct petition_row *x)
{
	OUT_LIT(o, ",\"rejection\":");
	if (!str_eq(x->state, S("refused"))) {
		OUT_LIT(o, "null");
		return;
	}
	OUT_LIT(o, "{");
	put(o, "code", x->ground);
	put(o, "ground", petition_ground_said(l, x));
	put(o, "details", x->ground_text);
	put(o, "excluded", x->excluded);
	put(o, "original_id", x->original_id ? str_i64(o->arena, x->original_id) : S(""));
	OUT_LIT(o, "}");
}

static void put_response(struct out *o, struct arena *a, const struct petition_row *x)
{
	OUT_LIT(o, ",\"government_response\":");
	if (!x->decision.n) {
		OUT_LIT(o, "null");
		return;
	}
	OUT_LIT(o, "{");
	put(o, "responded_on", when_set(x->decided_at) ? day_iso(a, when_day(x->decided_at)) : S(""));
	put(o, "summary", x->report);
	put(o, "details", x->decision);
	put_when(o, a, "created_at", x->decided_at);
	put_when(o, a, "updated_at", x->updated_at);
	OUT_LIT(o, "}");
}

static void put_places(struct out *o, const struct req *rq, const char *name, const struct petition_count_row_list *l)
{
	out_fmt(o, ",\"%s\":[", name);
	for (size_t i = 0; i < l->n; i++) {
		out_str(o, i ? S(",{") : S("{"));
		put(o, "name", place_name(rq->ctx.app->pack, l->v[i].slot, lang_id(rq->view.lang)));
		put_int(o, "code", l->v[i].slot);
		put_int(o, "signature_count", l->v[i].n);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void put_dates(struct out *o, struct arena *a, const struct petition_row *x)
{
	put_when(o, a, "created_at", x->made_at);
	put_when(o, a, "updated_at", x->updated_at);
	put_when(o, a, "rejected_at", str_eq(x->state, S("refused")) ? x->moderated_at : (struct when){ 0 });
	put_when(o, a, "opened_at", x->opened_at);
	put_when(o, a, "closed_at", x->closed_at);
	put_when(o, a, "moderation_threshold_reached_at", x->opened_at);
	put_when(o, a, "response_threshold_reached_at", x->reached_at);
	put_when(o, a, "government_response_at", x->decided_at);
	/* stages that only that Parliament has */
	put(o, "debate_threshold_reached_at", S(""));
	put(o, "scheduled_debate_date", S(""));
	put(o, "debate_outcome_at", S(""));
}

static void put_body(struct out *o, const struct req *rq, const struct petition_row *x)
{
	const struct body *b = pack_body(rq->ctx.app->pack, x->body_id);

	OUT_LIT(o, ",\"departments\":[{");
	put(o, "acronym", b ? b->code : S(""));
	put(o, "name", body_name(rq->ctx.app->pack, x->body_id, lang_id(rq->view.lang)));
	put(o, "url", str_fmt(o->arena, "%.*s/bodies/%lld", STR_FMT(rq->ctx.app->public_url), (long long)x->body_id));
	OUT_LIT(o, "}],\"topics\":[");
	if (x->topic.n)
		out_json_str(o, x->topic);
	out_char(o, ']');
}

/* Of one petition places are told too; a list would grow too long with them. */
static enum rc put_attributes(struct out *o, const struct req *rq, const struct petition_row *x, bool places)
{
	struct arena *a = rq->ctx.arena;
	struct petition_count_row_list regions = { 0 }, districts = { 0 };
	struct appeal_row appeal = { 0 };

	if (places) {
		TRY(petition_counts(rq->ctx.db, x->id, S("r"), 0, 100, &regions));
		TRY(petition_counts(rq->ctx.db, x->id, S("d"), 0, 1000, &districts));
	}
	if (x->appeal_id)
		TRY(appeal_by_id(rq->ctx.db, (struct appeal_id){ x->appeal_id }, &appeal));
	OUT_LIT(o, "\"attributes\":{");
	put(o, "action", x->text_hidden ? S("") : x->title);
	put(o, "background", x->text_hidden ? S("") : x->text);
	put(o, "additional_details", x->text_hidden ? S("") : x->text_other);
	put(o, "action_other", x->text_hidden ? S("") : x->title_other);
	put(o, "committee_note", S(""));
	put(o, "state", shape_state(x->state));
	put(o, "stage", x->state);
	put(o, "language", x->lang);
	put_int(o, "signature_count", x->signatures);
	put_int(o, "threshold", x->threshold);
	put_dates(o, a, x);
	put(o, "creator_name", petition_author_shown(x));
	put(o, "body", body_name(rq->ctx.app->pack, x->body_id, lang_id(rq->view.lang)));
	put(o, "appeal_number", appeal.number);
	put(o, "source", x->source);
	put_rejection(o, rq->view.lang, x);
	put_response(o, a, x);
	OUT_LIT(o, ",\"debate\":null");
	put_body(o, rq, x);
	if (places) {
		put_places(o, rq, "signatures_by_region", &regions);
		put_places(o, rq, "signatures_by_district", &districts);
	}
	out_char(o, '}');
	return RC_OK;
}

static enum rc put_petition(struct out *o, struct req *rq, struct petition_id id, bool places)
{
	struct petition_row row;

	TRY(petition_by_id(rq->ctx.db, id, &row));
	TRY(petition_is_public(&row) ? RC_OK : RC_NOT_FOUND);
	OUT_LIT(o, "{\"type\":\"petition\",");
	out_fmt(o, "\"id\":\"%lld\",\"links\":{\"self\":", (long long)id.v);
	out_json_str(o, self_of(rq, id.v));
	OUT_LIT(o, "},");
	TRY(put_attributes(o, rq, &row, places));
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
	TRY(put_petition(&o, rq, (struct petition_id){ id }, true));
	OUT_LIT(&o, "}\n");
	cache_public(rq, 5);
	return send_json(rq, 200, out_done(&o));
}

/* ---- the list ---- */

static void put_link(struct out *o, const struct req *rq, const char *name, struct str state, struct str q, int64_t page)
{
	struct url u = URL("/petitions.json");

	if (state.n)
		u = url_with(rq->ctx.arena, u, S("state"), state);
	if (q.n)
		u = url_with(rq->ctx.arena, u, S("q"), q);
	u = url_with(rq->ctx.arena, u, S("page"), str_i64(rq->ctx.arena, page));
	out_fmt(o, "%s\"%s\":", o->p[o->n - 1] != '{' ? "," : "", name);
	if (page > 0)
		out_json_str(o, str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(u)));
	else
		OUT_LIT(o, "null");
}

static enum rc list_json(struct req *rq)
{
	struct out o = OUT_ON(rq->ctx.arena);
	struct petition_search s;

	TRY(petition_search(rq, PER_PAGE, &s));
	OUT_LIT(&o, "{\"links\":{");
	put_link(&o, rq, "self", s.state, s.q, s.page);
	put_link(&o, rq, "first", s.state, s.q, 1);
	put_link(&o, rq, "last", s.state, s.q, s.pages);
	put_link(&o, rq, "next", s.state, s.q, s.page < s.pages ? s.page + 1 : 0);
	put_link(&o, rq, "prev", s.state, s.q, s.page - 1);
	OUT_LIT(&o, "},\"meta\":{");
	put_int(&o, "total", s.total);
	OUT_LIT(&o, "},\"data\":[");
	for (size_t i = 0; i < s.l.n; i++) {
		if (i)
			out_char(&o, ',');
		TRY(put_petition(&o, rq, s.l.v[i].id, false));
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
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return send_live(rq, str_fmt(rq->ctx.arena, "petition:%lld", (long long)id));
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
		csv_cell(&o, false, petition_title_shown(rq->view.lang, x->text_hidden, x->title));
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
		struct str title = petition_title_shown(rq->view.lang, l.v[i].text_hidden, l.v[i].title);
		struct atom_entry e = { .id = link, .title = title, .link = link, .summary = l.v[i].text_hidden ? S("") : l.v[i].title_other,
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

/* What any process folds, every process tells its viewers: "ID COUNT". */
static void hear(void *arg, struct str channel, struct str payload)
{
	struct app *app = arg;
	struct str count = payload, id = S("");
	char topic[40], numbers[64];

	if (!app->sse || !str_eq(channel, S("petition")) || payload.n > 40 || !str_cut(&count, ' ', &id) || id.n > 20 || count.n > 20)
		return;
	int n = snprintf(topic, sizeof(topic), "petition:%.*s", STR_FMT(id)), m = snprintf(numbers, sizeof(numbers), "{\"signatures\":%.*s}", STR_FMT(count));

	sse_publish(app->sse, (struct str){ topic, (size_t)n }, S("numbers"), (struct str){ numbers, (size_t)m });
}

static enum rc start(struct app *app, struct arena *a)
{
	(void)a;
	db_listen(app->db, hear, app);
	return RC_OK;
}

const struct module petition_feed_module = { .name = "petition_feed", .routes = routes, .n_routes = ARRAY_LEN(routes), .start = start };
