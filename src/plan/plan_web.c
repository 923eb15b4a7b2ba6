/* plan_web.c: what the public sees of plans: all measures, the plan of a body, one measure with its history and evidence; CSV and ATOM. */
#include "app/app.h"
#include "app/subject.h"
#include "body/body.h"
#include "channel/feed.h"
#include "file/file.h"
#include "gen/messages.h"
#include "gen/plan_tmpl.h"
#include "place/place.h"
#include "plan/plan_view.h"
#include "standard/calendar.h"
#include "standard/options.h"

#define PAGE 30
#define EXPORT 5000
#define EVENTS 200
#define BEHIND 20

struct url plan_url(struct arena *a, struct measure_id id)
{
	struct str part[] = { str_i64(a, id.v) };

	return url_path(a, "/plans/{}", 1, part);
}

bool plan_is_late(const struct measure_row *m, struct day today)
{
	return m->due_on.v > 0 && m->due_on.v < today.v && (str_eq(m->state, S("planned")) || str_eq(m->state, S("working")));
}

enum tone plan_tone(struct str state, bool late)
{
	static const enum tone tones[MEASURE_STATE_N] = { TONE_PLAIN, TONE_INFO, TONE_GOOD, TONE_BAD, TONE_WAIT };
	enum measure_state s;

	if (late)
		return TONE_BAD;
	return measure_state_by_name(state, &s) ? tones[s] : TONE_PLAIN;
}

struct str plan_state_text(const struct lang *l, struct str state)
{
	enum measure_state s;

	return measure_state_by_name(state, &s) ? msg_text(l, measure_state_msg(s)) : S("");
}

struct option *plan_states(struct arena *a, const struct lang *l, struct str chosen)
{
	struct option *v = ARENA_ARRAY(a, MEASURE_STATE_N, struct option);

	for (unsigned i = 0; i < MEASURE_STATE_N; i++) {
		v[i] = (struct option){ .value = str_of(measure_state_name((enum measure_state)i)), .text = msg_text(l, measure_state_msg((enum measure_state)i)) };
		v[i].chosen = str_eq(chosen, v[i].value);
	}
	return v;
}

struct str plan_money(struct arena *a, const struct lang *l, const struct measure_row *m)
{
	struct msg_arg args[] = { ARG_I("n", m->amount), ARG_S("source", m->money_source) };

	if (!m->amount)
		return m->money_source;
	return msg_fmt(a, l, m->money_source.n ? MSG_PLAN_MONEY_FROM : MSG_PLAN_MONEY, args, m->money_source.n ? 2 : 1);
}

/* ---- lists ---- */

static struct plan_filter filter_of(struct req *rq)
{
	const struct pack *p = rq->ctx.app->pack;
	struct plan_filter f = { .state = req_query(rq, "state") };
	enum measure_state s;
	int64_t id;

	if (!measure_state_by_name(f.state, &s))
		f.state = S("");
	if (str_to_i64(req_query(rq, "region"), &id) && pack_place(p, id) && !pack_place(p, id)->up)
		f.region = id;
	f.n_regions = pack_region_options(rq, f.region, &f.regions);
	f.states = plan_states(rq->ctx.arena, rq->view.lang, f.state);
	f.n_states = MEASURE_STATE_N;
	return f;
}

static enum rc load_list(struct req *rq, const struct plan_filter *f, int64_t limit, struct measure_row_list *ret)
{
	int64_t after = req_after(rq);
	struct measure_id before = { after ? after : INT64_MAX };

	if (f->region)
		return measure_list_region(rq->ctx.db, f->region, f->state, before, limit, ret);
	return f->state.n ? measure_list_state(rq->ctx.db, f->state, before, limit, ret) : measure_list(rq->ctx.db, before, limit, ret);
}

static struct url older_of(struct req *rq, const struct plan_filter *f, struct str after)
{
	struct url u = URL("/plans");

	if (f->region)
		u = url_with(rq->ctx.arena, u, S("region"), str_i64(rq->ctx.arena, f->region));
	if (f->state.n)
		u = url_with(rq->ctx.arena, u, S("state"), f->state);
	return url_with(rq->ctx.arena, u, S("after"), after);
}

static enum rc list_get(struct req *rq)
{
	struct plan_filter f = filter_of(rq);
	struct measure_row_list l;
	struct url older = URL("");

	TRY(load_list(rq, &f, PAGE + 1, &l));
	if (l.n > PAGE) {
		l.n = PAGE;
		older = older_of(rq, &f, str_i64(rq->ctx.arena, l.v[PAGE - 1].id.v));
	}
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PLAN_TITLE, .nav = MSG_LAYOUT_NAV_BODIES, .feed = S("/plans.atom") });

	tmpl_plan_list(o, &rq->view, &l, &f, rq->ctx.app->pack, when_day(rq->ctx.now), older);
	return page_close(rq);
}

static enum rc body_get(struct req *rq)
{
	const struct body *b;
	struct plan_filter f = filter_of(rq);
	struct measure_row_list l;
	struct measure_count_row_list counts;
	struct plan_report_row_list reports;
	struct str older = S("");
	int64_t id, due = -1, after = 0;

	TRY(req_id(rq, 0, &id));
	b = pack_body(rq->ctx.app->pack, id);
	if (!b)
		return RC_NOT_FOUND;
	req_after_both(rq, INT32_MAX, &due, &after);
	TRY(measure_plan(rq->ctx.db, id, f.state, (struct day){ (int32_t)due }, (struct measure_id){ after }, PAGE + 1, &l));
	TRY(measure_counts(rq->ctx.db, id, &counts));
	TRY(plan_report_list(rq->ctx.db, id, 20, &reports));
	if (l.n > PAGE) {
		l.n = PAGE;
		older = list_cursor(rq->ctx.arena, l.v[PAGE - 1].due_on.v, l.v[PAGE - 1].id.v);
	}
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PLAN_OF_BODY, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_plan_body(o, &rq->view, b, &l, &f, &counts, &reports, when_day(rq->ctx.now), older);
	return page_close(rq);
}

/* ---- one measure ---- */

enum rc plan_page_make(struct req *rq, struct measure_id id, struct plan_page *ret)
{
	struct plan_page p = { 0 };

	TRY(measure_by_id(rq->ctx.db, id, &p.m));
	if (!measure_state_by_name(p.m.state, &p.state))
		return RC_INTERNAL;
	const struct topic *t = pack_topic(rq->ctx.app->pack, p.m.topic);
	struct day today = when_day(rq->ctx.now);

	p.body = body_name(rq->ctx.app->pack, p.m.body_id, lang_id(rq->view.lang));
	p.topic = t ? name_in(&t->name, rq->view.lang) : S("");
	p.late = plan_is_late(&p.m, today);
	p.left = calendar_working_between(rq->ctx.app->pack, today, p.m.due_on);
	p.keeper = plan_keeper(&rq->who, p.m.body_id);
	TRY(measure_event_list(rq->ctx.db, id, EVENTS, &p.events));
	enum rc rc = p.m.origin.n ? subject_show(&rq->ctx, rq->view.lang, p.m.origin, p.m.origin_id, &p.origin) : RC_NOT_FOUND;

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret = p;
	return RC_OK;
}

enum rc plan_behind(struct ctx *c, const char *kind, int64_t subject, struct measure_row_list *ret)
{
	return measure_of_voice(c->db, str_of(kind), subject, BEHIND, ret);
}

void plan_behind_show(struct out *o, const struct view *v, const struct measure_row_list *l)
{
	tmpl_plan_behind(o, v, l);
}

static enum rc show_get(struct req *rq)
{
	struct plan_page p;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(plan_page_make(rq, (struct measure_id){ id }, &p));
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title_text = p.m.title, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_plan_show(o, &rq->view, &p);
	return page_close(rq);
}

static enum rc file_get(struct req *rq)
{
	struct measure_event_row e;
	struct str bytes;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(measure_event_by_id(rq->ctx.db, (struct measure_event_id){ id }, &e));
	if (!e.sha256.n)
		return RC_NOT_FOUND;
	TRY(file_load(&rq->ctx, e.sha256, &bytes));
	cache_public(rq, 3600);
	return send_file(rq, str_z(rq->ctx.arena, e.media_type), e.file_name, bytes);
}

/* ---- for programs ---- */

static enum rc atom_get(struct req *rq)
{
	struct plan_filter f = filter_of(rq);
	struct measure_row_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct str root = rq->ctx.app->public_url;

	TRY(load_list(rq, &f, PAGE, &l));
	struct atom_feed feed = { .id = str_cat(rq->ctx.arena, root, S("/plans.atom")), .title = msg_text(rq->view.lang, MSG_PLAN_TITLE),
				  .lang = lang_code(rq->view.lang), .page = str_cat(rq->ctx.arena, root, S("/plans")),
				  .updated = l.n ? l.v[0].updated_at : rq->ctx.app->started };

	atom_begin(&o, &feed);
	for (size_t i = 0; i < l.n; i++) {
		struct str link = str_cat(rq->ctx.arena, root, url_str(plan_url(rq->ctx.arena, l.v[i].id)));
		struct atom_entry e = { .id = link, .title = l.v[i].title, .link = link, .summary = plan_state_text(rq->view.lang, l.v[i].state),
					.author = body_name(rq->ctx.app->pack, l.v[i].body_id, lang_id(rq->view.lang)), .updated = l.v[i].updated_at,
					.published = l.v[i].made_at };

		atom_add(&o, &e);
	}
	atom_end(&o);
	cache_public(rq, 60);
	return send_text(rq, 200, "application/atom+xml; charset=utf-8", out_done(&o));
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "id", "body", "title", "state", "reason", "who", "first_due", "due", "moved_times", "ended", "amount", "money_from", "origin", "voices" };
	struct plan_filter f = filter_of(rq);
	struct measure_row_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;

	TRY(load_list(rq, &f, EXPORT, &l));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l.n; i++) {
		const struct measure_row *m = &l.v[i];

		csv_cell_int(&o, true, m->id.v);
		csv_cell(&o, false, body_name(rq->ctx.app->pack, m->body_id, lang_id(rq->view.lang)));
		csv_cell(&o, false, m->title);
		csv_cell(&o, false, m->state);
		csv_cell(&o, false, m->reason);
		csv_cell(&o, false, m->post);
		csv_cell(&o, false, m->first_due_on.v ? day_iso(a, m->first_due_on) : S(""));
		csv_cell(&o, false, m->due_on.v ? day_iso(a, m->due_on) : S(""));
		csv_cell_int(&o, false, m->moves);
		csv_cell(&o, false, when_set(m->ended_at) ? when_iso(a, m->ended_at) : S(""));
		csv_cell(&o, false, m->amount ? str_i64(a, m->amount) : S(""));
		csv_cell(&o, false, m->money_source);
		csv_cell(&o, false, m->origin);
		csv_cell_int(&o, false, m->voices);
		csv_end_row(&o);
	}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("plans.csv"), out_done(&o));
}

static const struct route routes[] = {
	{ HTTP_GET, "/plans", ANYONE, RL_READ, READ, list_get, .keep = true },
	{ HTTP_GET, "/plans.atom", ANYONE, RL_READ, READ, atom_get },
	{ HTTP_GET, "/plans.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/plans/:id", ANYONE, RL_READ, READ, show_get, .keep = true },
	{ HTTP_GET, "/plans/evidence/:id", ANYONE, RL_READ, READ, file_get },
	{ HTTP_GET, "/bodies/:id/plan", ANYONE, RL_READ, READ, body_get, .keep = true },
};

static const struct search_source search[] = {
	{ "plan", MSG_PLAN_TITLE, plan_search_fill, false },
};

const struct module plan_module = { .name = "plan", .routes = routes, .n_routes = ARRAY_LEN(routes), .search = search, .n_search = ARRAY_LEN(search) };
