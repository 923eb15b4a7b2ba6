/* desk_web.c: where a body makes its schedule: who receives, hours with their history, months, single days, closures. */
#include "base/vec.h"
#include "body/body.h"
#include "gen/messages.h"
#include "gen/reception_tmpl.h"
#include "place/place.h"
#include "reception/desk_view.h"
#include "standard/calendar.h"

#define MONTHS 3
#define HOURS_SHOWN 40

struct head_form {
	struct str kind, name, post_kk, post_ru, post_en, matters;
	bool gone;
};
static const struct field head_fields[] = {
	FIELD(struct head_form, kind, F_CHOICE, 1, 12, .choices = "head|deputy|lawyer|mediator|adviser", .label = MSG_RECEPTION_KIND),
	FIELD(struct head_form, name, F_TEXT, 3, 120, .label = MSG_RECEPTION_NAME),
	FIELD(struct head_form, post_kk, F_TEXT, 2, 160, .label = MSG_RECEPTION_POST_KK),
	FIELD(struct head_form, post_ru, F_TEXT, 0, 160, .label = MSG_RECEPTION_POST_RU),
	FIELD(struct head_form, post_en, F_TEXT, 0, 160, .label = MSG_RECEPTION_POST_EN),
	FIELD(struct head_form, matters, F_TEXT, 0, 300, .label = MSG_RECEPTION_MATTERS, .hint = MSG_RECEPTION_MATTERS_HINT),
	FIELD(struct head_form, gone, F_BOOL, 0, 1, .label = MSG_RECEPTION_GONE),
};
static const struct form head_form = { head_fields, ARRAY_LEN(head_fields), sizeof(struct head_form), 0 };

struct centre_form {
	struct str kind, name_kk, name_ru, name_en, address;
	int64_t counters;
};
static const struct field centre_fields[] = {
	FIELD(struct centre_form, kind, F_CHOICE, 1, 8, .choices = "room|centre", .label = MSG_RECEPTION_PLACE_KIND),
	FIELD(struct centre_form, name_kk, F_TEXT, 3, 160, .label = MSG_RECEPTION_NAME_KK),
	FIELD(struct centre_form, name_ru, F_TEXT, 0, 160, .label = MSG_RECEPTION_NAME_RU),
	FIELD(struct centre_form, name_en, F_TEXT, 0, 160, .label = MSG_RECEPTION_NAME_EN),
	FIELD(struct centre_form, address, F_TEXT, 3, 240, .label = MSG_RECEPTION_ADDRESS),
	FIELD(struct centre_form, counters, F_INT, 1, 60, .label = MSG_RECEPTION_COUNTERS),
};
static const struct form centre_form = { centre_fields, ARRAY_LEN(centre_fields), sizeof(struct centre_form), 0 };

struct hours_form {
	int64_t centre, weekday, slot;
	struct field_list weeks;
	struct str from, to, how, link;
	struct day since;
};
static const struct field hours_fields[] = {
	FIELD(struct hours_form, weekday, F_ID, 1, 7, .label = MSG_RECEPTION_WEEKDAY, .needed = true),
	FIELD(struct hours_form, weeks, F_MANY, 0, 5, .label = MSG_RECEPTION_WEEKS, .hint = MSG_RECEPTION_WEEKS_HINT),
	FIELD(struct hours_form, from, F_TEXT, 4, 5, .label = MSG_RECEPTION_FROM, .hint = MSG_RECEPTION_TIME_HINT),
	FIELD(struct hours_form, to, F_TEXT, 4, 5, .label = MSG_RECEPTION_TO),
	FIELD(struct hours_form, slot, F_INT, 5, 240, .label = MSG_RECEPTION_SLOT),
	FIELD(struct hours_form, centre, F_ID, 1, INT64_MAX, .label = MSG_RECEPTION_PLACE, .needed = true),
	FIELD(struct hours_form, how, F_CHOICE, 1, 8, .choices = "person|video", .label = MSG_RECEPTION_HOW),
	FIELD(struct hours_form, link, F_TEXT, 0, 300, .label = MSG_RECEPTION_LINK, .hint = MSG_RECEPTION_LINK_HINT),
	FIELD(struct hours_form, since, F_DAY, 0, 0, .label = MSG_RECEPTION_SINCE, .needed = true),
};
static const struct form hours_form = { hours_fields, ARRAY_LEN(hours_fields), sizeof(struct hours_form), 0 };

static struct url back(const struct req *rq, const char *what, int64_t id)
{
	struct str parts[] = { str_of(what), str_i64(rq->ctx.arena, id) };

	return url_path(rq->ctx.arena, "/desk/reception/{}/{}", 2, parts);
}

bool reception_minute_parse(struct str s, int64_t *ret)
{
	struct str rest = s, hour = S("");
	int64_t h, m;

	if (!str_cut(&rest, ':', &hour) || !str_to_i64(hour, &h) || !str_to_i64(rest, &m) || h < 0 || h > 23 || m < 0 || m > 59)
		return false;
	*ret = h * 60 + m;
	return true;
}

struct str reception_month_text(struct arena *a, const struct lang *l, struct day month)
{
	static const unsigned names[] = { MSG_RECEPTION_M_1, MSG_RECEPTION_M_2, MSG_RECEPTION_M_3, MSG_RECEPTION_M_4, MSG_RECEPTION_M_5, MSG_RECEPTION_M_6,
					  MSG_RECEPTION_M_7, MSG_RECEPTION_M_8, MSG_RECEPTION_M_9, MSG_RECEPTION_M_10, MSG_RECEPTION_M_11, MSG_RECEPTION_M_12 };
	int y, m, d;

	day_to_ymd(month, &y, &m, &d);
	return str_fmt(a, "%.*s %d", STR_FMT(msg_text(l, names[m - 1])), y);
}

/* ---- the overview ---- */

static enum rc load_months(struct req *rq, struct reception_desk_page *p)
{
	struct day first = reception_month_of_day(when_day(rq->ctx.now));

	for (size_t i = 0; i < MONTHS; i++) {
		struct reception_desk_month *m = &p->months[i];
		struct reception_month_row row;

		m->first = day_add_months(first, (int)i);
		TRY(reception_days_of_body(rq->ctx.db, rq->who.body, i ? m->first : when_day(rq->ctx.now), reception_month_last(m->first), 200, rq->ctx.now, &m->days));
		for (size_t k = 0; k < m->days.n; k++)
			m->planned += str_eq(m->days.v[k].state, S("planned"));
		enum rc rc = reception_month_of(rq->ctx.db, rq->who.body, m->first, &row);

		if (rc != RC_NOT_FOUND)
			TRY(rc);
		m->published = rc == RC_OK ? row.published_at : (struct when){ 0 };
	}
	return RC_OK;
}

static enum rc desk_get(struct req *rq)
{
	struct reception_desk_page *p = ARENA_NEW(rq->ctx.arena, struct reception_desk_page);

	p->planner = reception_may_plan(&rq->who, rq->who.body);
	p->clerk = reception_may_serve(&rq->who, rq->who.body);
	p->body = body_name(rq->ctx.app->pack, rq->who.body, lang_id(rq->view.lang));
	TRY(reception_head_of_body(rq->ctx.db, rq->who.body, 60, &p->heads));
	TRY(reception_centre_of_body(rq->ctx.db, rq->who.body, 20, &p->centres));
	TRY(reception_closures(rq->ctx.db, rq->who.body, when_day(rq->ctx.now), 20, &p->closures));
	TRY(load_months(rq, p));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_DESK, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_desk(o, &rq->view, p, &rq->form);
	return page_close(rq);
}

struct month_form {
	struct day month;
};
static const struct field month_fields[] = { FIELD(struct month_form, month, F_DAY, 0, 0) };
static const struct form month_form = { month_fields, ARRAY_LEN(month_fields), sizeof(struct month_form), 0 };

static enum rc plan_post(struct req *rq)
{
	const struct month_form *f = FORM_OF(rq, struct month_form);
	int64_t n;
	enum rc rc = reception_month_plan(&rq->ctx, &rq->who, rq->who.body, f->month, &n);

	if (rc == RC_INVALID)
		return redirect(rq, URL("/desk/reception"), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, URL("/desk/reception"), n ? MSG_RECEPTION_DONE_PLANNED : MSG_RECEPTION_DONE_NOTHING);
}

static enum rc publish_post(struct req *rq)
{
	const struct month_form *f = FORM_OF(rq, struct month_form);
	enum rc rc = reception_month_open(&rq->ctx, &rq->who, rq->who.body, f->month);

	if (rc == RC_INVALID)
		return redirect(rq, URL("/desk/reception"), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, URL("/desk/reception"), MSG_RECEPTION_DONE_PUBLISHED);
}

struct close_form {
	int64_t head;
	struct day from, to;
	struct str reason;
};
static const struct field close_fields[] = {
	FIELD(struct close_form, head, F_ID, 0, INT64_MAX, .label = MSG_RECEPTION_WHO),
	FIELD(struct close_form, from, F_DAY, 0, 0, .label = MSG_RECEPTION_FROM_DAY, .needed = true),
	FIELD(struct close_form, to, F_DAY, 0, 0, .label = MSG_RECEPTION_TO_DAY, .needed = true),
	FIELD(struct close_form, reason, F_TEXT, 3, 300, .label = MSG_RECEPTION_REASON, .hint = MSG_RECEPTION_REASON_HINT),
};
static const struct form close_form = { close_fields, ARRAY_LEN(close_fields), sizeof(struct close_form), 0 };

size_t reception_head_options(struct req *rq, const struct reception_head_row_list *heads, bool all, struct option **ret)
{
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, heads->n + 1, struct option);
	if (all)
		(*ret)[n++] = (struct option){ .value = S("0"), .text = msg_text(rq->view.lang, MSG_RECEPTION_EVERYBODY) };
	for (size_t i = 0; i < heads->n; i++)
		if (heads->v[i].active)
			(*ret)[n++] = (struct option){ .value = str_i64(rq->ctx.arena, heads->v[i].id.v), .text = reception_head_text(&rq->view, &heads->v[i]) };
	return n;
}

size_t reception_centre_options(struct req *rq, const struct reception_centre_row_list *l, struct option **ret)
{
	*ret = ARENA_ARRAY(rq->ctx.arena, l->n + 1, struct option);
	for (size_t i = 0; i < l->n; i++)
		(*ret)[i] = (struct option){ .value = str_i64(rq->ctx.arena, l->v[i].id.v), .text = reception_centre_name(&rq->view, &l->v[i]) };
	return l->n;
}

/* A body receives in its own rooms and in the centres of its region. */
enum rc reception_centres_for(struct req *rq, struct reception_centre_row_list *ret)
{
	const struct body *b = pack_body(rq->ctx.app->pack, rq->who.body);
	struct reception_centre_row_list own, near = { 0 };

	TRY(reception_centre_of_body(rq->ctx.db, rq->who.body, 20, &own));
	if (b && b->place)
		TRY(reception_centre_region(rq->ctx.db, place_region(b->place)->id, (struct reception_centre_id){ 0 }, 60, &near));
	ret->v = ARENA_ARRAY(rq->ctx.arena, own.n + near.n + 1, struct reception_centre_row);
	ret->n = 0;
	for (size_t i = 0; i < own.n; i++)
		ret->v[ret->n++] = own.v[i];
	for (size_t i = 0; i < near.n; i++)
		if (near.v[i].body_id != rq->who.body && str_eq(near.v[i].kind, S("centre")))
			ret->v[ret->n++] = near.v[i];
	return RC_OK;
}

static enum rc close_get(struct req *rq)
{
	struct reception_head_row_list heads;
	struct option *options;

	TRY(reception_head_of_body(rq->ctx.db, rq->who.body, 60, &heads));
	size_t n = reception_head_options(rq, &heads, true, &options);

	rq->form.form = &close_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_CLOSE, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_close(o, &rq->view, &rq->form, options, n);
	return page_close(rq);
}

static enum rc close_post(struct req *rq)
{
	const struct close_form *f = FORM_OF(rq, struct close_form);
	enum rc rc = reception_close(&rq->ctx, &rq->who, rq->who.body, f->head, f->from, f->to, f->reason);

	if (rc == RC_INVALID)
		req_fail(rq, rq->ctx.fail_msg == MSG_RECEPTION_FAULT_DAY ? "to" : "reason", rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, URL("/desk/reception"), MSG_RECEPTION_DONE_CLOSED);
}

/* ---- heads and their hours ---- */

static enum rc head_new_get(struct req *rq)
{
	rq->form.form = &head_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_HEAD_NEW, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_head_new(o, &rq->view, &rq->form);
	return page_close(rq);
}

static struct reception_head_new head_of(const struct req *rq)
{
	const struct head_form *f = FORM_OF(rq, struct head_form);

	return (struct reception_head_new){ .body = rq->who.body, .kind = f->kind, .name = f->name, .post_kk = f->post_kk, .post_ru = f->post_ru, .post_en = f->post_en,
					    .matters = f->matters };
}

static enum rc head_new_post(struct req *rq)
{
	struct reception_head_new h = head_of(rq);
	struct reception_head_id id;

	TRY(reception_head_add(&rq->ctx, &rq->who, &h, &id));
	return redirect(rq, back(rq, "heads", id.v), MSG_RECEPTION_DONE_SAVED);
}

static enum rc own_head(struct req *rq, struct reception_head_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_head_by_id(rq->ctx.db, (struct reception_head_id){ id }, ret));
	return ret->body_id == rq->who.body ? RC_OK : RC_NOT_FOUND;
}

static enum rc head_page(struct req *rq)
{
	struct reception_head_page p = { 0 };
	struct reception_centre_row_list centres;

	TRY(own_head(rq, &p.h));
	TRY(reception_hours_of(rq->ctx.db, p.h.id, HOURS_SHOWN, &p.hours));
	TRY(reception_centres_for(rq, &centres));
	TRY(reception_events_of(rq->ctx.db, p.h.id.v, &p.events));
	p.planner = reception_may_plan(&rq->who, p.h.body_id);
	p.n_centres = reception_centre_options(rq, &centres, &p.centres);
	for (size_t i = 0; i < 7; i++)
		p.weekdays[i] = (struct option){ .value = str_fmt(rq->ctx.arena, "%zu", i + 1), .text = reception_weekday(&rq->view, (struct day){ (int32_t)(i + 4) }) };
	for (size_t i = 0; i < 5; i++)
		p.weeks[i] = (struct option){ .value = str_fmt(rq->ctx.arena, "%zu", i + 1), .chosen = true,
					      .text = msg_fmt(rq->ctx.arena, rq->view.lang, MSG_RECEPTION_NTH, ARGS(ARG_I("n", i + 1))) };
	struct form_state hours = rq->form, head = rq->form;

	if (rq->form.form != &hours_form)
		hours = (struct form_state){ .form = &hours_form, .arena = rq->ctx.arena };
	if (rq->form.form != &head_form) {
		struct head_form *f = ARENA_NEW(rq->ctx.arena, struct head_form);

		*f = (struct head_form){ p.h.kind, p.h.name, p.h.post_kk, p.h.post_ru, p.h.post_en, p.h.matters, !p.h.active };
		head = (struct form_state){ .form = &head_form, .values = f, .arena = rq->ctx.arena };
	}
	struct out *o = page_open(rq, &(struct page){ .title_text = p.h.name, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_head(o, &rq->view, &p, &head, &hours, &rq->form);
	return page_close(rq);
}

static enum rc head_post(struct req *rq)
{
	struct reception_head_new h = head_of(rq);
	struct reception_head_row row;

	TRY(own_head(rq, &row));
	TRY(reception_head_change(&rq->ctx, &rq->who, row.id, &h, !FORM_OF(rq, struct head_form)->gone));
	return redirect(rq, back(rq, "heads", row.id.v), MSG_RECEPTION_DONE_SAVED);
}

static enum rc hours_post(struct req *rq)
{
	const struct hours_form *f = FORM_OF(rq, struct hours_form);
	struct reception_head_row row;

	TRY(own_head(rq, &row));
	struct reception_hours_new h = { .head = row.id, .centre = { f->centre }, .weekday = f->weekday, .slot_min = f->slot, .kind = f->how, .link = f->link,
					 .from_on = f->since.v > 0 ? f->since : when_day(rq->ctx.now) };

	for (size_t i = 0; i < f->weeks.n; i++) {
		int64_t week;

		if (str_to_i64(f->weeks.v[i], &week) && week >= 1 && week <= 5)
			h.weeks |= (int64_t)1 << (week - 1);
	}
	if (!reception_minute_parse(f->from, &h.from_min))
		req_fail(rq, "from", MSG_RECEPTION_FAULT_TIME);
	if (!reception_minute_parse(f->to, &h.to_min))
		req_fail(rq, "to", MSG_RECEPTION_FAULT_TIME);
	if (rq->form.n_errors)
		return RC_INVALID;
	enum rc rc = reception_hours_add(&rq->ctx, &rq->who, &h);

	if (rc == RC_INVALID)
		req_fail(rq, rq->ctx.fail_msg == MSG_RECEPTION_FAULT_VIDEO ? "link" : rq->ctx.fail_msg == MSG_RECEPTION_FAULT_WEEKDAY ? "weeks" : "from", rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, back(rq, "heads", row.id.v), MSG_RECEPTION_DONE_SAVED);
}

static enum rc stop_post(struct req *rq)
{
	struct reception_head_row row;
	struct reception_hours_row hours;
	int64_t id;

	TRY(own_head(rq, &row));
	TRY(req_id(rq, 1, &id));
	TRY(reception_hours_by_id(rq->ctx.db, (struct reception_hours_id){ id }, &hours));
	if (hours.head_id.v != row.id.v)
		return RC_NOT_FOUND;
	TRY(reception_hours_stop(&rq->ctx, &rq->who, hours.id, when_day(rq->ctx.now)));
	return redirect(rq, back(rq, "heads", row.id.v), MSG_RECEPTION_DONE_SAVED);
}

/* ---- centres ---- */

static enum rc centre_new_get(struct req *rq)
{
	rq->form.form = &centre_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_CENTRE_NEW, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_centre_edit(o, &rq->view, &rq->form, 0);
	return page_close(rq);
}

static struct reception_centre_new centre_of(const struct req *rq)
{
	const struct centre_form *f = FORM_OF(rq, struct centre_form);
	const struct body *b = pack_body(rq->ctx.app->pack, rq->who.body);

	return (struct reception_centre_new){ .body = rq->who.body, .place = b && b->place ? b->place->id : 0, .kind = f->kind, .name_kk = f->name_kk, .name_ru = f->name_ru,
					      .name_en = f->name_en, .address = f->address, .counters = f->counters };
}

static enum rc centre_new_post(struct req *rq)
{
	struct reception_centre_new n = centre_of(rq);
	struct reception_centre_id id;

	TRY(reception_centre_add(&rq->ctx, &rq->who, &n, &id));
	return redirect(rq, URL("/desk/reception"), MSG_RECEPTION_DONE_SAVED);
}

static enum rc own_centre(struct req *rq, struct reception_centre_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_centre_by_id(rq->ctx.db, (struct reception_centre_id){ id }, ret));
	return ret->body_id == rq->who.body ? RC_OK : RC_NOT_FOUND;
}

static enum rc centre_get(struct req *rq)
{
	struct reception_centre_row row;
	struct centre_form *f = ARENA_NEW(rq->ctx.arena, struct centre_form);

	TRY(own_centre(rq, &row));
	*f = (struct centre_form){ row.kind, row.name_kk, row.name_ru, row.name_en, row.address, row.counters };
	if (!rq->form.values)
		rq->form = (struct form_state){ .form = &centre_form, .values = f, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title_text = reception_centre_name(&rq->view, &row), .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_centre_edit(o, &rq->view, &rq->form, row.id.v);
	return page_close(rq);
}

static enum rc centre_post(struct req *rq)
{
	struct reception_centre_new n = centre_of(rq);
	struct reception_centre_row row;

	TRY(own_centre(rq, &row));
	TRY(reception_centre_change(&rq->ctx, &rq->who, row.id, &n));
	return redirect(rq, URL("/desk/reception"), MSG_RECEPTION_DONE_SAVED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/reception", STAFF, RL_READ, READ, desk_get },
	{ HTTP_POST, "/desk/reception/plan", STAFF, RL_WRITE, WRITE, plan_post, &month_form, desk_get },
	{ HTTP_POST, "/desk/reception/publish", STAFF, RL_WRITE, WRITE, publish_post, &month_form, desk_get },
	{ HTTP_GET, "/desk/reception/close", STAFF, RL_READ, READ, close_get },
	{ HTTP_POST, "/desk/reception/close", STAFF, RL_WRITE, WRITE, close_post, &close_form, close_get },
	{ HTTP_GET, "/desk/reception/heads/new", STAFF, RL_READ, READ, head_new_get },
	{ HTTP_POST, "/desk/reception/heads/new", STAFF, RL_WRITE, WRITE, head_new_post, &head_form, head_new_get },
	{ HTTP_GET, "/desk/reception/heads/:id", STAFF, RL_READ, READ, head_page },
	{ HTTP_POST, "/desk/reception/heads/:id", STAFF, RL_WRITE, WRITE, head_post, &head_form, head_page },
	{ HTTP_POST, "/desk/reception/heads/:id/hours", STAFF, RL_WRITE, WRITE, hours_post, &hours_form, head_page },
	{ HTTP_POST, "/desk/reception/heads/:id/stop/:hours", STAFF, RL_WRITE, WRITE, stop_post },
	{ HTTP_GET, "/desk/reception/centres/new", STAFF, RL_READ, READ, centre_new_get },
	{ HTTP_POST, "/desk/reception/centres/new", STAFF, RL_WRITE, WRITE, centre_new_post, &centre_form, centre_new_get },
	{ HTTP_GET, "/desk/reception/centres/:id", STAFF, RL_READ, READ, centre_get },
	{ HTTP_POST, "/desk/reception/centres/:id", STAFF, RL_WRITE, WRITE, centre_post, &centre_form, centre_get },
};

const struct module reception_desk_module = { .name = "reception_desk", .routes = routes, .n_routes = ARRAY_LEN(routes) };
