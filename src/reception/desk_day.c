/* desk_day.c: one reception at the desk: who comes, its hours to change, its end; and a day of its own, also beside a meeting. */
#include "base/vec.h"
#include "gen/messages.h"
#include "gen/reception_tmpl.h"
#include "reception/desk_view.h"

struct day_form {
	int64_t head, centre, slot, version, meeting;
	struct str from, to, how, link;
	struct day on;
};
static const struct field day_fields[] = {
	FIELD(struct day_form, from, F_TEXT, 4, 5, .label = MSG_RECEPTION_FROM, .hint = MSG_RECEPTION_TIME_HINT),
	FIELD(struct day_form, to, F_TEXT, 4, 5, .label = MSG_RECEPTION_TO),
	FIELD(struct day_form, slot, F_INT, 5, 240, .label = MSG_RECEPTION_SLOT),
	FIELD(struct day_form, centre, F_ID, 1, INT64_MAX, .label = MSG_RECEPTION_PLACE, .needed = true),
	FIELD(struct day_form, how, F_CHOICE, 1, 8, .choices = "person|video", .label = MSG_RECEPTION_HOW),
	FIELD(struct day_form, link, F_TEXT, 0, 300, .label = MSG_RECEPTION_LINK, .hint = MSG_RECEPTION_LINK_HINT),
	FIELD(struct day_form, version, F_ID, 0, INT64_MAX),
};
static const struct form day_form = { day_fields, ARRAY_LEN(day_fields), sizeof(struct day_form), 0, .repeats = true };
static const struct field new_fields[] = {
	FIELD(struct day_form, head, F_ID, 1, INT64_MAX, .label = MSG_RECEPTION_WHO, .needed = true),
	FIELD(struct day_form, on, F_DAY, 0, 0, .label = MSG_RECEPTION_DAY, .needed = true),
	FIELD(struct day_form, from, F_TEXT, 4, 5, .label = MSG_RECEPTION_FROM, .hint = MSG_RECEPTION_TIME_HINT),
	FIELD(struct day_form, to, F_TEXT, 4, 5, .label = MSG_RECEPTION_TO),
	FIELD(struct day_form, slot, F_INT, 5, 240, .label = MSG_RECEPTION_SLOT),
	FIELD(struct day_form, centre, F_ID, 1, INT64_MAX, .label = MSG_RECEPTION_PLACE, .needed = true),
	FIELD(struct day_form, how, F_CHOICE, 1, 8, .choices = "person|video", .label = MSG_RECEPTION_HOW),
	FIELD(struct day_form, link, F_TEXT, 0, 300, .label = MSG_RECEPTION_LINK, .hint = MSG_RECEPTION_LINK_HINT),
	FIELD(struct day_form, meeting, F_ID, 0, INT64_MAX),
};
static const struct form new_form = { new_fields, ARRAY_LEN(new_fields), sizeof(struct day_form), 0 };

struct reason_form {
	struct str reason;
};
static const struct field reason_fields[] = {
	FIELD(struct reason_form, reason, F_TEXT, 3, 300, .label = MSG_RECEPTION_REASON, .hint = MSG_RECEPTION_REASON_HINT),
};
static const struct form reason_form = { reason_fields, ARRAY_LEN(reason_fields), sizeof(struct reason_form), 0, .repeats = true };

static struct url day_desk(const struct req *rq, int64_t id)
{
	struct str part[] = { str_i64(rq->ctx.arena, id) };

	return url_path(rq->ctx.arena, "/desk/reception/days/{}", 1, part);
}

/* Officials of the body that receives, and of the place where it receives. */
static enum rc own_day(struct req *rq, struct reception_day_row *ret)
{
	struct reception_centre_row at;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_day_by_id(rq->ctx.db, (struct reception_day_id){ id }, ret));
	TRY(reception_centre_by_id(rq->ctx.db, ret->centre_id, &at));
	return ret->body_id == rq->who.body || at.body_id == rq->who.body ? RC_OK : RC_NOT_FOUND;
}

static struct form_state day_state(struct req *rq, const struct reception_day_row *d)
{
	struct day_form *f = ARENA_NEW(rq->ctx.arena, struct day_form);
	struct arena *a = rq->ctx.arena;

	if (rq->form.form == &day_form && rq->form.values)
		return rq->form;
	*f = (struct day_form){ .from = reception_minute_text(a, d->from_min), .to = reception_minute_text(a, d->to_min), .slot = d->slot_min, .how = d->kind, .link = d->link,
				.centre = d->centre_id.v };
	return (struct form_state){ .form = &day_form, .values = f, .arena = a };
}

static enum rc day_page(struct req *rq)
{
	struct reception_desk_day p = { 0 };
	struct reception_centre_row_list centres;
	struct reception_day_row d;

	TRY(own_day(rq, &d));
	TRY(reception_day_page_make(rq, d.id, &p.p));
	TRY(reception_bookings_of_day(rq->ctx.db, d.id, &p.bookings));
	TRY(reception_events_of(rq->ctx.db, d.id.v, &p.p.events));
	TRY(reception_centres_for(rq, &centres));
	p.n_centres = reception_centre_options(rq, &centres, &p.centres);
	for (size_t i = 0; i < p.n_centres; i++)
		p.centres[i].chosen = str_eq(p.centres[i].value, str_i64(rq->ctx.arena, d.centre_id.v));
	p.planner = reception_may_plan(&rq->who, d.body_id);
	p.clerk = reception_may_serve(&rq->who, rq->who.body);
	struct form_state hours = day_state(rq, &d), why = rq->form;

	if (rq->form.form != &reason_form)
		why = (struct form_state){ .form = &reason_form, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title_text = p.p.h.name, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_day_desk(o, &rq->view, &p, &hours, &why, &rq->form);
	return page_close(rq);
}

static enum rc times(struct req *rq, const struct day_form *f, struct reception_day_new *ret)
{
	*ret = (struct reception_day_new){ .head = { f->head }, .centre = { f->centre }, .meeting = f->meeting, .slot_min = f->slot, .on = f->on, .kind = f->how, .link = f->link };
	if (!reception_minute_parse(f->from, &ret->from_min))
		req_fail(rq, "from", MSG_RECEPTION_FAULT_TIME);
	if (!reception_minute_parse(f->to, &ret->to_min))
		req_fail(rq, "to", MSG_RECEPTION_FAULT_TIME);
	return rq->form.n_errors ? RC_INVALID : RC_OK;
}

static enum rc said(struct req *rq, enum rc rc)
{
	if (rc == RC_INVALID || rc == RC_DUPLICATE || rc == RC_CONFLICT) {
		req_fail(rq, rq->ctx.fail_msg == MSG_RECEPTION_FAULT_VIDEO ? "link" : rq->ctx.fail_msg == MSG_RECEPTION_FAULT_HOURS ? "from" : NULL, rq->ctx.fail_msg);
		return RC_INVALID;
	}
	return rc;
}

static enum rc change_post(struct req *rq)
{
	const struct day_form *f = FORM_OF(rq, struct day_form);
	struct reception_day_row d;
	struct reception_day_new n;

	TRY(own_day(rq, &d));
	TRY(times(rq, f, &n));
	TRY(said(rq, reception_day_change(&rq->ctx, &rq->who, d.id, f->version, &n)));
	return redirect(rq, day_desk(rq, d.id.v), MSG_RECEPTION_DONE_SAVED);
}

static enum rc shut_post(struct req *rq)
{
	struct reception_day_row d;

	TRY(own_day(rq, &d));
	TRY(said(rq, reception_day_shut(&rq->ctx, &rq->who, d.id, FORM_OF(rq, struct reason_form)->reason)));
	return redirect(rq, day_desk(rq, d.id.v), MSG_RECEPTION_DONE_CLOSED);
}

static enum rc hold_post(struct req *rq)
{
	struct reception_day_row d;

	TRY(own_day(rq, &d));
	TRY(reception_day_hold(&rq->ctx, &rq->who, d.id));
	return redirect(rq, day_desk(rq, d.id.v), MSG_RECEPTION_DONE_HELD);
}

static enum rc new_get(struct req *rq)
{
	struct reception_desk_day p = { 0 };
	struct reception_head_row_list heads;
	struct reception_centre_row_list centres;
	struct str meeting = req_query(rq, "meeting");

	TRY(reception_head_of_body(rq->ctx.db, rq->who.body, 60, &heads));
	TRY(reception_centres_for(rq, &centres));
	p.n_heads = reception_head_options(rq, &heads, false, &p.heads);
	p.n_centres = reception_centre_options(rq, &centres, &p.centres);
	rq->form.form = &new_form;
	if (!rq->form.values) { /* beside a meeting: on its day */
		struct day_form *f = ARENA_NEW(rq->ctx.arena, struct day_form);

		if (!day_parse(req_query(rq, "on"), &f->on))
			f->on.v = INT32_MIN;
		rq->form.values = f;
	}
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_DAY_NEW, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_day_new(o, &rq->view, &p, &rq->form, meeting.n ? meeting : http_form(rq->http, S("meeting")));
	return page_close(rq);
}

static enum rc new_post(struct req *rq)
{
	struct reception_day_id id;
	struct reception_day_new n;

	TRY(times(rq, FORM_OF(rq, struct day_form), &n));
	TRY(said(rq, reception_day_add(&rq->ctx, &rq->who, &n, &id)));
	return redirect(rq, day_desk(rq, id.v), MSG_RECEPTION_DONE_SAVED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/reception/days/new", STAFF, RL_READ, READ, new_get },
	{ HTTP_POST, "/desk/reception/days/new", STAFF, RL_WRITE, WRITE, new_post, &new_form, new_get },
	{ HTTP_GET, "/desk/reception/days/:id", STAFF, RL_READ, READ, day_page },
	{ HTTP_POST, "/desk/reception/days/:id", STAFF, RL_WRITE, WRITE, change_post, &day_form, day_page },
	{ HTTP_POST, "/desk/reception/days/:id/close", STAFF, RL_WRITE, WRITE, shut_post, &reason_form, day_page },
	{ HTTP_POST, "/desk/reception/days/:id/held", STAFF, RL_WRITE, WRITE, hold_post },
};

const struct module reception_day_module = { .name = "reception_day", .routes = routes, .n_routes = ARRAY_LEN(routes) };
