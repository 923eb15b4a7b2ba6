/* reception_web.c: where and when people are received: lists, the schedule of a body, one day, and the same for programs. */
#include "body/body.h"
#include "channel/feed.h"
#include "gen/messages.h"
#include "gen/reception_tmpl.h"
#include "place/place.h"
#include "reception/reception_view.h"
#include "standard/options.h"

#define PAGE 20 /* days at once: a page of a phone stays short, and the region is chosen above */
#define CENTRES 40
#define NEXT 6

struct str reception_clock(struct arena *a, struct when w)
{
	struct civil t = when_civil(w);

	return str_fmt(a, "%02d:%02d", t.hour, t.minute);
}

struct str reception_minute_text(struct arena *a, int64_t minute)
{
	return str_fmt(a, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

struct str reception_centre_name(const struct view *v, const struct reception_centre_row *r)
{
	return reception_post(v->lang, r->name_kk, r->name_ru, r->name_en);
}

struct str reception_weekday(const struct view *v, struct day d)
{
	static const unsigned names[] = { MSG_RECEPTION_WD_1, MSG_RECEPTION_WD_2, MSG_RECEPTION_WD_3, MSG_RECEPTION_WD_4, MSG_RECEPTION_WD_5, MSG_RECEPTION_WD_6,
					  MSG_RECEPTION_WD_7 };

	return msg_text(v->lang, names[day_weekday(d) - 1]);
}

struct str reception_head_text(const struct view *v, const struct reception_head_row *h)
{
	return str_fmt(v->arena, "%.*s, %.*s", STR_FMT(h->name), STR_FMT(reception_post(v->lang, h->post_kk, h->post_ru, h->post_en)));
}

struct str reception_line_text(const struct view *v, const struct reception_day_line *d)
{
	return str_fmt(v->arena, "%.*s, %.*s", STR_FMT(d->name), STR_FMT(reception_post(v->lang, d->post_kk, d->post_ru, d->post_en)));
}

struct url reception_day_url(struct arena *a, struct reception_day_id id)
{
	struct str part[] = { str_i64(a, id.v) };

	return url_path(a, "/receptions/{}", 1, part);
}

/* ---- lists ---- */

/* Behind which day of whom a list goes on; the next of a day that many receive on stands there too. */
static void cursor(const struct req *rq, struct day *ret_day, struct reception_day_id *ret_id)
{
	struct day today = when_day(rq->ctx.now);
	int64_t day, id;

	*ret_day = today;
	*ret_id = (struct reception_day_id){ 0 };
	if (req_after_both(rq, INT32_MAX, &day, &id) && day >= today.v)
		*ret_day = (struct day){ (int32_t)day }, *ret_id = (struct reception_day_id){ id };
}

static enum rc days_of(struct req *rq, int64_t limit, struct reception_day_line_list *ret)
{
	struct reception_day_id after;
	struct day from;
	int64_t region = 0, body = 0;

	cursor(rq, &from, &after);
	if (str_to_i64(req_query(rq, "body"), &body) && body)
		return reception_days_body(rq->ctx.db, body, from, after, limit, rq->ctx.now, ret);
	if (str_to_i64(req_query(rq, "region"), &region) && region)
		return reception_days_region(rq->ctx.db, region, from, after, limit, rq->ctx.now, ret);
	return reception_days_all(rq->ctx.db, from, after, limit, rq->ctx.now, ret);
}

static enum rc list_get(struct req *rq)
{
	struct reception_list_page p = { .pack = rq->ctx.app->pack };
	int64_t region = 0;

	p.region = str_to_i64(req_query(rq, "region"), &region) && pack_place(p.pack, region) ? req_query(rq, "region") : S("");
	TRY(days_of(rq, PAGE + 1, &p.l));
	if (p.l.n > PAGE) {
		p.l.n = PAGE;
		p.older = list_cursor(rq->ctx.arena, p.l.v[PAGE - 1].held_on.v, p.l.v[PAGE - 1].id.v);
	}
	TRY(p.region.n ? reception_centre_region(rq->ctx.db, region, (struct reception_centre_id){ 0 }, CENTRES, &p.centres)
		       : reception_centre_list(rq->ctx.db, (struct reception_centre_id){ 0 }, CENTRES, &p.centres));
	if (rq->who.account && (rq->who.roles & CITIZEN))
		TRY(reception_bookings_of_account(rq->ctx.db, rq->who.account, (struct reception_booking_id){ INT64_MAX }, 5, &p.mine));
	p.n_regions = pack_region_options(rq, region, &p.regions);
	cache_public(rq, 5);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_TITLE, .nav = MSG_LAYOUT_NAV_RECEPTIONS, .feed = S("/receptions.atom") });

	tmpl_reception_list(o, &rq->view, &p);
	return page_close(rq);
}

static enum rc body_get(struct req *rq)
{
	struct reception_head_row_list heads;
	struct reception_day_line_list l;
	struct reception_centre_row_list centres;
	int64_t body;

	TRY(req_id(rq, 0, &body));
	if (!pack_body(rq->ctx.app->pack, body))
		return RC_NOT_FOUND;
	TRY(reception_head_of_body(rq->ctx.db, body, 60, &heads));
	TRY(reception_days_body(rq->ctx.db, body, when_day(rq->ctx.now), (struct reception_day_id){ 0 }, 120, rq->ctx.now, &l));
	TRY(reception_centre_of_body(rq->ctx.db, body, 20, &centres));
	cache_public(rq, 5);
	struct str feed = str_fmt(rq->ctx.arena, "/receptions.atom?body=%lld", (long long)body);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_SCHEDULE, .nav = MSG_LAYOUT_NAV_RECEPTIONS, .feed = feed });

	tmpl_reception_body(o, &rq->view, body, &heads, &l, &centres, rq->ctx.app->pack);
	return page_close(rq);
}

/* ---- one day ---- */

enum rc reception_day_page_make(struct req *rq, struct reception_day_id id, struct reception_day_page *ret)
{
	struct reception_day_page p = { 0 };
	struct db *db = rq->ctx.db;

	TRY(reception_day_by_id(db, id, &p.d));
	TRY(reception_head_by_id(db, p.d.head_id, &p.h));
	TRY(reception_centre_by_id(db, p.d.centre_id, &p.at));
	TRY(reception_slots_of(db, id, &p.slots));
	p.body = body_name(rq->ctx.app->pack, p.d.body_id, lang_id(rq->view.lang));
	for (size_t i = 0; i < p.slots.n; i++)
		p.free += !p.slots.v[i].booking_id && p.slots.v[i].starts_at.us > rq->ctx.now.us;
	if (!p.free || !str_eq(p.d.state, S("public"))) {
		TRY(reception_slot_next_head(db, p.d.head_id.v, rq->ctx.now, NEXT, &p.next));
		if (!p.next.n)
			TRY(reception_slot_next_body(db, p.d.body_id, rq->ctx.now, NEXT, &p.next));
	}
	*ret = p;
	return RC_OK;
}

static enum rc day_get(struct req *rq)
{
	struct reception_day_page p;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_day_page_make(rq, (struct reception_day_id){ id }, &p));
	if (str_eq(p.d.state, S("planned")))
		return RC_NOT_FOUND;
	struct out *o = page_open(rq, &(struct page){ .title_text = p.h.name, .nav = MSG_LAYOUT_NAV_RECEPTIONS });

	tmpl_reception_day(o, &rq->view, &p);
	return page_close(rq);
}

/* ---- beside a meeting ---- */

enum rc reception_of_meeting(struct ctx *c, int64_t meeting, struct reception_offers *ret)
{
	struct reception_day_line_list days;

	TRY(reception_days_of_meeting(c->db, meeting, 20, c->now, &days));
	ret->v = arena_array(c->arena, days.n + 1, sizeof(ret->v[0]));
	ret->n = days.n;
	for (size_t i = 0; i < days.n; i++) {
		ret->v[i].d = days.v[i];
		TRY(reception_slots_free_day(c->db, days.v[i].id, c->now, &ret->v[i].free));
	}
	return RC_OK;
}

void reception_offers_show(struct out *o, const struct view *v, const struct reception_offers *l)
{
	tmpl_reception_at_meeting(o, v, l);
}

/* ---- for programs ---- */

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "id", "day", "from", "to", "kind", "body", "name", "post", "windows", "free" };
	struct reception_day_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;

	TRY(days_of(rq, 1000, &l));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l.n; i++) {
		const struct reception_day_line *d = &l.v[i];

		csv_cell_int(&o, true, d->id.v);
		csv_cell(&o, false, day_iso(a, d->held_on));
		csv_cell(&o, false, reception_minute_text(a, d->from_min));
		csv_cell(&o, false, reception_minute_text(a, d->to_min));
		csv_cell(&o, false, d->kind);
		csv_cell(&o, false, body_name(rq->ctx.app->pack, d->body_id, lang_id(rq->view.lang)));
		csv_cell(&o, false, d->name);
		csv_cell(&o, false, reception_post(rq->view.lang, d->post_kk, d->post_ru, d->post_en));
		csv_cell_int(&o, false, d->slots);
		csv_cell_int(&o, false, d->free);
		csv_end_row(&o);
	}
	cache_public(rq, 30);
	return send_file(rq, "text/csv; charset=utf-8", S("receptions.csv"), out_done(&o));
}

/* The filter of the list stays in the names of its feeds. */
static struct str filter(const struct req *rq)
{
	struct str body = req_query(rq, "body"), region = req_query(rq, "region");
	int64_t id;

	if (str_to_i64(body, &id))
		return str_fmt(rq->ctx.arena, "?body=%lld", (long long)id);
	return str_to_i64(region, &id) ? str_fmt(rq->ctx.arena, "?region=%lld", (long long)id) : S("");
}

static enum rc atom_get(struct req *rq)
{
	struct reception_day_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;
	struct str root = rq->ctx.app->public_url, with = filter(rq);
	struct when newest = rq->ctx.app->started;

	TRY(days_of(rq, 50, &l));
	for (size_t i = 0; i < l.n; i++)
		if (i == 0 || l.v[i].updated_at.us > newest.us)
			newest = l.v[i].updated_at;
	struct atom_feed feed = { .id = str_fmt(a, "%.*s/receptions.atom%.*s", STR_FMT(root), STR_FMT(with)), .title = msg_text(rq->view.lang, MSG_RECEPTION_TITLE),
				  .lang = lang_code(rq->view.lang), .page = str_fmt(a, "%.*s/receptions%.*s", STR_FMT(root), STR_FMT(with)), .updated = newest };

	atom_begin(&o, &feed);
	for (size_t i = 0; i < l.n; i++) {
		struct str link = str_fmt(a, "%.*s/receptions/%lld", STR_FMT(root), (long long)l.v[i].id.v);
		struct str when = str_fmt(a, "%.*s, %.*s", STR_FMT(lang_day(a, rq->view.lang, l.v[i].held_on)), STR_FMT(reception_hours_text(a, l.v[i].from_min, l.v[i].to_min)));
		struct atom_entry e = { .id = link, .link = link, .title = str_fmt(a, "%.*s: %.*s", STR_FMT(when), STR_FMT(l.v[i].name)),
					.summary = reception_line_text(&rq->view, &l.v[i]), .updated = l.v[i].updated_at, .published = l.v[i].updated_at,
					.author = body_name(rq->ctx.app->pack, l.v[i].body_id, lang_id(rq->view.lang)) };

		atom_add(&o, &e);
	}
	atom_end(&o);
	cache_public(rq, 60);
	return send_text(rq, 200, "application/atom+xml; charset=utf-8", out_done(&o));
}

static enum rc ics_get(struct req *rq)
{
	struct reception_day_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;

	TRY(days_of(rq, 300, &l));
	ical_begin(&o, msg_text(rq->view.lang, MSG_RECEPTION_TITLE));
	for (size_t i = 0; i < l.n; i++) {
		const struct reception_day_line *d = &l.v[i];
		struct ical_event e = { .uid = str_fmt(a, "reception-%lld@jauap", (long long)d->id.v), .title = reception_line_text(&rq->view, d),
					.text = body_name(rq->ctx.app->pack, d->body_id, lang_id(rq->view.lang)), .starts = reception_minute(d->held_on, d->from_min),
					.ends = reception_minute(d->held_on, d->to_min), .made = d->updated_at, .version = d->version, .shows_free = true,
					.link = str_fmt(a, "%.*s/receptions/%lld", STR_FMT(rq->ctx.app->public_url), (long long)d->id.v) };

		ical_add(&o, &e);
	}
	ical_end(&o);
	cache_public(rq, 60);
	return send_file(rq, "text/calendar; charset=utf-8", S("receptions.ics"), out_done(&o));
}

/* ---- what its duties are about ---- */

static enum rc month_subject(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct reception_month_row m;
	struct str part[1];

	TRY(reception_month_by_id(c->db, (struct reception_month_id){ id }, &m));
	part[0] = str_i64(c->arena, m.body_id);
	*ret = (struct subject){ .title = msg_fmt(c->arena, l, MSG_RECEPTION_MONTH_OF, ARGS(ARG_S("month", reception_month_text(c->arena, l, m.month_on)))),
				 .to = url_path(c->arena, "/receptions/bodies/{}", 1, part), .desk = URL("/desk/reception") };
	return RC_OK;
}

static const struct subject_kind subjects[] = {
	{ SUBJECT_MONTH, month_subject },
};

static const struct route routes[] = {
	{ HTTP_GET, "/receptions", ANYONE, RL_READ, READ, list_get, .keep = true },
	{ HTTP_GET, "/receptions.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/receptions.atom", ANYONE, RL_READ, READ, atom_get },
	{ HTTP_GET, "/receptions.ics", ANYONE, RL_READ, READ, ics_get },
	{ HTTP_GET, "/receptions/bodies/:id", ANYONE, RL_READ, READ, body_get, .keep = true },
	{ HTTP_GET, "/receptions/:id", ANYONE, RL_READ, READ, day_get },
};

static const struct job_kind jobs[] = {
	{ .name = "reception.free", .run = reception_free, .every_sec = 15 },
	{ .name = "reception.months", .run = reception_months, .every_sec = 21600 },
	{ .name = "reception.over", .run = reception_over, .every_sec = 3600 },
	{ .name = "reception.remind", .run = reception_remind, .every_sec = 60 },
};

static const struct search_source search[] = {
	{ "reception", MSG_LAYOUT_NAV_RECEPTIONS, reception_search_fill, false },
};

const struct module reception_module = { .search = search, .n_search = ARRAY_LEN(search), .name = "reception", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs),
					 .subjects = subjects, .n_subjects = ARRAY_LEN(subjects) };
